import type { Language } from '../words/words.ts';

const KNOWN = {
  'the connection was refused': 'channels.failure.refused',
  'the connection was cut': 'channels.failure.cut',
  'the host cannot be reached': 'channels.failure.unreachable',
  'the network cannot be reached': 'channels.failure.unreachable',
  'the host is not known': 'channels.failure.unknownHost',
  'no answer in time': 'channels.failure.silent',
  'the target lies in a private network': 'channels.failure.private',
} as const;

const isKnown = (failure: string): failure is keyof typeof KNOWN => Object.hasOwn(KNOWN, failure);

/** Why a message did not arrive, in our words where we have them; else in the server's. */
export function wordFailure(failure: string, { t }: Pick<Language, 't'>): string {
  if (isKnown(failure)) return t(KNOWN[failure]);
  const status = /^the receiver answered (\d+)$/.exec(failure)?.[1];
  if (status !== undefined) return t('channels.failure.answered', { status });
  const code = /^the mail was not taken \((.+)\)$/.exec(failure)?.[1];
  if (code !== undefined) return t('channels.failure.mail', { code });
  const [, refused, all] = /^(\d+) of (\d+) recipients were refused$/.exec(failure) ?? [];
  return refused !== undefined && all !== undefined
    ? t('channels.failure.recipients', { refused, all })
    : failure;
}
