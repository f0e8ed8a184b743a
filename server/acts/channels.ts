import type { AlertSeverity } from '../../shared/rule.ts';
import { AppError } from '../errors.ts';
import { findDigestAfter, findQuietEnd } from '../notify/schedule.ts';
import { checkTarget, nameTarget } from '../notify/target.ts';
import type { ManagingCaller } from '../people/caller.ts';
import { hasRole, requireRole, requireRoleAnywhere } from '../people/roles.ts';
import { findChannel, type StoredChannel } from '../store/channel-store.ts';
import { readNewestNote } from '../store/note-store.ts';
import { deleteChannel, insertChannel, updateChannel } from '../store/write/channels.ts';
import type { Act, Changed } from './act.ts';
import { confirm, note, openStanding } from './audit.ts';
import { endFailing } from './channel-alerts.ts';

import type { Work } from './work.ts';

/** What people say of a channel. */
type ChannelFacts = {
  name: string;
  target: string;
  least: AlertSeverity;
  mode: 'immediate' | 'digest';
  repeatMs: number | null;
  quietFrom: string | null;
  quietTo: string | null;
};

/** A channel to make. `secret`: what a webhook is signed with; null for mail. */
export type ChannelOrder = ChannelFacts & { kind: 'webhook' | 'mail'; unit: number; secret: string | null };

/** What to change of a channel; what is not named stays. `sendTrial`: a trial is about to be sent, which changes nothing. */
export type ChannelChange = { id: number; isEnabled?: boolean | undefined; sendTrial?: true | undefined } & {
  [K in keyof ChannelFacts]?: ChannelFacts[K] | undefined;
};

/** Whoever looks at the demo must not have its server send things to others. */
function refuseDemo(caller: ManagingCaller): void {
  if (caller.kind === 'person' && caller.how === 'demo')
    throw new AppError(
      'forbidden',
      'In the demo nothing is sent outside: channels can only be looked at.',
      [],
      { says: { code: 'demoSends' } },
    );
}

function checkFacts({ site }: Work, kind: StoredChannel['kind'], facts: ChannelFacts): ChannelFacts {
  const { quietFrom, quietTo } = facts;
  if ((quietFrom === null) !== (quietTo === null) || (quietFrom !== null && quietFrom === quietTo))
    throw new AppError(
      'unprocessable',
      'Quiet hours have a beginning and another end.',
      [{ field: 'quietTo', reason: 'goes with quietFrom' }],
      { says: { code: 'quietHours' } },
    );
  if (kind === 'mail' && site.alerting.mail === null)
    throw new AppError(
      'unprocessable',
      'This site has no mail server: see alerting.mail of its configuration.',
      [{ field: 'kind', reason: 'needs a mail server' }],
      { says: { code: 'noMail' } },
    );
  return { ...facts, target: checkTarget({ kind, target: facts.target }, site.alerting) };
}

/** A channel that begins anew: with the next note, and nothing behind it. */
async function beginAnew({ tx, site }: Work, mode: ChannelFacts['mode']) {
  const place = await readNewestNote(tx);
  return {
    ...{ place, startsAfter: place, repeatedTo: tx.at, repeatAt: null, heldFrom: null, heldUntil: null },
    ...{ claim: null, claimUntil: null, failures: 0, failedFrom: null, failure: null },
    nextAt: mode === 'digest' ? findDigestAfter(site, tx.at) : null,
  };
}

const auditOf = ({ kind, ...facts }: ChannelFacts & { kind: StoredChannel['kind'] }) => ({
  kind,
  ...{ name: facts.name, least: facts.least, mode: facts.mode, repeatMs: facts.repeatMs },
  ...{ quietFrom: facts.quietFrom, quietTo: facts.quietTo },
  target: nameTarget({ kind, target: facts.target }),
});

/** Makes a channel and gives its id; it tells of what happens from now on. */
export const addChannel: Act<ManagingCaller, ChannelOrder, { id: number }> = async (work, asking, order) => {
  const caller = await confirm(work, asking);
  requireRole(caller, 'administrator', order.unit, await openStanding(work));
  refuseDemo(caller);
  const { kind, unit, secret, ...said } = order;
  const facts = checkFacts(work, kind, said);
  const id = await insertChannel(work.tx, {
    ...{ ...facts, kind, unit, secret, isEnabled: 1, sentAt: null, failedAt: null, episode: null },
    ...(await beginAnew(work, facts.mode)),
  });
  await note(work, caller, {
    ...{ act: 'addChannel', subject: `channel:${id}`, unit },
    after: auditOf({ kind, ...facts }),
  });
  return { answer: { id }, changed: null };
};

/** The channel a caller looks after; of any other AppError `notFound`, as if there were none. */
async function getChannelOf(work: Work, caller: ManagingCaller, id: number): Promise<StoredChannel> {
  requireRoleAnywhere(caller, 'administrator');
  const channel = await findChannel(work.tx, id);
  if (!channel || !hasRole(caller, 'administrator', channel.unit, await openStanding(work)))
    throw new AppError('notFound', `There is no channel ${id}.`);
  return channel;
}

const FACTS = ['name', 'target', 'least', 'mode', 'repeatMs', 'quietFrom', 'quietTo'] as const;

function mergeFacts(channel: StoredChannel, change: ChannelChange): ChannelFacts {
  const known: ChannelFacts = channel;
  const said = Object.fromEntries(
    FACTS.map((name) => [name, change[name] === undefined ? known[name] : change[name]]),
  );
  return said as ChannelFacts;
}

type Difference = { before: Record<string, unknown>; after: Record<string, unknown> };

function compareFacts(kind: StoredChannel['kind'], before: ChannelFacts, after: ChannelFacts): Difference {
  const [was, is] = [auditOf({ kind, ...before }), auditOf({ kind, ...after })];
  const changed = FACTS.filter((name) => before[name] !== after[name]);
  const pick = (from: typeof was) => Object.fromEntries(changed.map((name) => [name, from[name]]));
  return { before: pick(was), after: pick(is) };
}

/** What else becomes of a channel whose facts are others: when it is next looked at. */
function reschedule({ tx, site }: Work, channel: StoredChannel, facts: ChannelFacts) {
  const { mode, repeatMs } = facts;
  const isDigest = mode === 'digest' && channel.claim === null;
  return {
    nextAt: isDigest ? findDigestAfter(site, tx.at) : null,
    heldUntil: channel.heldFrom === null ? null : (findQuietEnd(facts, tx.at, site.zone) ?? tx.at),
    ...(repeatMs === channel.repeatMs ? {} : { repeatAt: repeatMs === null ? null : tx.at + repeatMs }),
  };
}

/** The unit whose alerts have changed. */
const seenIn = ({ unit }: StoredChannel): Changed => ({ units: new Set([unit]), feeds: false });

/** Changes a channel; switched on it begins anew. An alert that it fails ends when it is switched off. */
export const changeChannel: Act<ManagingCaller, ChannelChange, null> = async (work, asking, change) => {
  const caller = await confirm(work, asking);
  const channel = await getChannelOf(work, caller, change.id);
  refuseDemo(caller);
  const isEnabled = change.isEnabled ?? channel.isEnabled === 1;
  const isSwitched = isEnabled !== (channel.isEnabled === 1);
  const said = mergeFacts(channel, change);
  // One that can no longer be used may still be switched off.
  const facts = isSwitched && !isEnabled ? said : checkFacts(work, channel.kind, said);
  const { before, after } = compareFacts(channel.kind, channel, facts);
  const isEnding = isSwitched && !isEnabled && (await endFailing(work, channel));
  const more = isSwitched ? await beginAnew(work, facts.mode) : reschedule(work, channel, facts);
  if (isSwitched || Object.keys(after).length > 0)
    await updateChannel(work.tx, channel.id, {
      ...{ ...facts, ...more, isEnabled: isEnabled ? 1 : 0 },
      ...(isEnding ? { episode: null } : {}),
    });
  await note(work, caller, {
    ...{ act: 'changeChannel', subject: `channel:${channel.id}`, unit: channel.unit },
    before: { ...before, ...(isSwitched ? { isEnabled: !isEnabled } : {}) },
    after: {
      ...after,
      ...(isSwitched ? { isEnabled } : {}),
      ...(change.sendTrial ? { sendTrial: true } : {}),
    },
  });
  return { answer: null, changed: isEnding ? seenIn(channel) : null };
};

/** Removes a channel, with the alert that it fails. */
export const removeChannel: Act<ManagingCaller, { id: number }, null> = async (work, asking, { id }) => {
  const caller = await confirm(work, asking);
  const channel = await getChannelOf(work, caller, id);
  refuseDemo(caller);
  const isEnding = await endFailing(work, channel);
  await deleteChannel(work.tx, id);
  await note(work, caller, {
    ...{ act: 'removeChannel', subject: `channel:${id}`, unit: channel.unit },
    before: auditOf(channel),
    after: { removed: true },
  });
  return { answer: null, changed: isEnding ? seenIn(channel) : null };
};
