/**
 * Sends alerts by channels: a follower of the log of notes, whose place of each channel moves in one commit with what became of a message.
 * Law: nothing is lost and nothing is forgotten; what is sent twice has the same key. One dead channel never holds up another.
 */
import { randomBytes } from 'node:crypto';
import type { Logger } from 'pino';
import type { Notification } from '../../shared/notification.ts';
import type { View } from '../figures/sums.ts';
import type { Site } from '../site.ts';
import { findChannel, readDueChannels, type StoredChannel } from '../store/channel-store.ts';
import { findMessageEnd } from '../store/note-store.ts';
import type { ReadingStore } from '../store/store.ts';
import type { Writer } from '../writer/writer.ts';
import { type Claim, readClaim } from './claim.ts';
import { buildMessage, buildTrial, type ReadDue } from './message.ts';
import { findQuietEnd } from './schedule.ts';
import { Undelivered } from './undelivered.ts';

/** Sends a message by a channel; gives what did not arrive of one that did in part. Throws `Undelivered`. */
export type Send = (channel: StoredChannel, message: Notification) => Promise<string | null>;

/** What a notifier works with. `jitter` gives 0 to 1; `openView` what somebody sees who may see a unit. */
export type NotifierParts = {
  store: ReadingStore;
  run: Writer['run'];
  site: Site;
  clock: () => number;
  log: Pick<Logger, 'error' | 'warn'>;
  send: Send;
  jitter: () => number;
  openView: (unit: number) => Promise<View>;
  readDue: ReadDue;
  onResult?: (result: 'sent' | 'failed') => void;
};

export type Notifier = {
  /** Begins to send what is due at an instant; gives by how many channels. Cheap when there is nothing. */
  pulse: (now: number) => Promise<number>;
  /** Waits until nothing is being sent. */
  settled: () => Promise<void>;
  /** Sends a trial by a channel at once. Throws `Undelivered`. */
  sendTrial: (channel: number) => Promise<void>;
};

/** For how long a message is one process's own: longer than sending may take. */
export const LEASE_MS = 60_000;
/** So many notes are one message, when that many wait; whole commits all the same. */
const NOTES_AT_ONCE = 5000;
/** The most messages of one channel in one go: the others of a long queue follow at the next. */
const MESSAGES_AT_ONCE = 20;
const CHANNELS_AT_ONCE = 16;
const LONGEST_REASON = 300;

/** What a channel is to send next, as of an instant; null where there is nothing. */
async function findNext(
  { store, site }: NotifierParts,
  channel: StoredChannel,
  now: number,
  by: string,
): Promise<Claim | null> {
  const pending = readClaim(channel.claim);
  if (pending) return { ...pending, by };
  const { place, mode, heldFrom, heldUntil, repeatAt, repeatedTo } = channel;
  const claim = { at: now, by };
  if (heldFrom !== null && (heldUntil ?? 0) <= now && findQuietEnd(channel, now, site.zone) === null)
    return { ...claim, kind: 'quietEnd', from: heldFrom, to: place };
  const end = await findMessageEnd(store.reader, place, NOTES_AT_ONCE);
  if (mode === 'digest') return { ...claim, kind: 'digest', from: place, to: end };
  if (end > place) return { ...claim, kind: 'alerts', from: place, to: end };
  if (repeatAt !== null && repeatAt <= now) return { ...claim, kind: 'repeat', from: repeatedTo, to: now };
  return null;
}

function describe(error: unknown, log: NotifierParts['log'], channel: number): string {
  if (error instanceof Undelivered) return error.message.slice(0, LONGEST_REASON);
  log.error({ err: error, channel }, 'sending a message failed');
  return 'internal error';
}

/** Sends one message of a channel, or notes that there was nothing in it. False ends this go. */
async function sendNext(parts: NotifierParts, channel: StoredChannel, claim: Claim): Promise<boolean> {
  const { run, clock, send, jitter, openView, readDue, log, onResult } = parts;
  const { id } = channel;
  const caller = { kind: 'clock' } as const;
  const { message, repeatAt } = await buildMessage(await openView(channel.unit), channel, { claim, readDue });
  const note = (result: 'sent' | 'nothing' | 'failed', failure: string | null) => {
    const input = { id, claim, result, failure, jitter: jitter(), repeatAt };
    return run({ name: 'noteSent', caller, input, now: clock() });
  };
  if (!message && channel.claim === null) return note('nothing', null);
  const now = clock();
  const isOurs = await run({
    name: 'claimMessage',
    caller,
    input: { id, claim, until: now + LEASE_MS },
    now,
  });
  if (!isOurs) return false;
  if (!message) return note('nothing', null);
  try {
    const missed = await send(channel, message);
    onResult?.('sent');
    return note('sent', missed);
  } catch (error) {
    const failure = describe(error, log, id);
    log.warn({ channel: id, failure, failures: channel.failures + 1 }, 'a message did not arrive');
    onResult?.('failed');
    await note('failed', failure);
    return false;
  }
}

async function work(parts: NotifierParts, due: StoredChannel, by: string): Promise<void> {
  let channel: StoredChannel | undefined = due;
  for (let sent = 0; channel && sent < MESSAGES_AT_ONCE; sent++) {
    const claim = await findNext(parts, channel, parts.clock(), by);
    if (!claim || !(await sendNext(parts, channel, claim))) return;
    channel = await findChannel(parts.store.reader, due.id);
    // A digest goes out once, however much came meanwhile.
    if (channel?.mode === 'digest' || channel?.isEnabled !== 1) return;
  }
}

/** Makes a notifier. Several may follow the same log: each message is sent by the one that claims it. */
export function createNotifier(parts: NotifierParts): Notifier {
  const { store, log } = parts;
  const by = randomBytes(9).toString('base64url');
  const busy = new Map<number, Promise<void>>();
  return {
    async pulse(now) {
      const due = (await readDueChannels(store.reader, now)).filter(({ id }) => !busy.has(id));
      const begun = due.slice(0, CHANNELS_AT_ONCE - busy.size);
      for (const channel of begun) {
        const { id } = channel;
        const done = work(parts, channel, by)
          .catch((error: unknown) => log.error({ err: error, channel: id }, 'a channel cannot go on'))
          .finally(() => busy.delete(id));
        busy.set(id, done);
      }
      return begun.length;
    },
    async settled() {
      while (busy.size > 0) await Promise.all(busy.values());
    },
    async sendTrial(id) {
      const channel = await findChannel(store.reader, id);
      if (channel) await parts.send(channel, buildTrial(await parts.openView(channel.unit), channel));
    },
  };
}
