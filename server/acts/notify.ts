import { type Claim, isSameMessage, readClaim } from '../notify/claim.ts';
import {
  FAILING_AFTER_MS,
  findDigestAfter,
  findQuietEnd,
  findRepeatAfter,
  waitAfter,
} from '../notify/schedule.ts';
import type { Site } from '../site.ts';
import { findChannel, type StoredChannel } from '../store/channel-store.ts';
import { updateChannel } from '../store/write/channels.ts';
import type { Act, Changed } from './act.ts';
import { endFailing, raiseFailing } from './channel-alerts.ts';
import type { Work } from './work.ts';

const SEEN_BY_NOBODY = { changed: null } as const;

/** Whether a message is still the next one of a channel. */
function isNext(channel: StoredChannel, claim: Claim): boolean {
  const pending = readClaim(channel.claim);
  if (pending) return isSameMessage(pending, claim);
  if (claim.kind === 'repeat') return channel.repeatedTo === claim.from;
  if (claim.kind === 'quietEnd') return channel.heldFrom === claim.from && channel.place === claim.to;
  return channel.place === claim.from;
}

/** A message and the process that wants to send it, until when it alone may. */
export type ClaimOrder = { id: number; claim: Claim; until: number };

/** Takes a message for one process to send; false where another has it, or it is no longer the next one. */
export const claimMessage: Act<{ kind: 'clock' }, ClaimOrder, boolean> = async ({ tx }, _clock, order) => {
  const { id, claim, until } = order;
  const channel = await findChannel(tx, id);
  const isTaken = channel?.claimUntil != null && channel.claimUntil > tx.at;
  if (!channel || channel.isEnabled === 0 || isTaken || !isNext(channel, claim))
    return { answer: false, ...SEEN_BY_NOBODY, isUndone: true };
  await updateChannel(tx, id, { claim: JSON.stringify(claim), claimUntil: until });
  return { answer: true, ...SEEN_BY_NOBODY };
};

/**
 * What became of a message. `nothing`: it had nothing to tell. `failure`: why it, or a part of it, did not arrive. `jitter`: 0 to 1.
 * `repeatAt`: when the next repeat is due, as far as a repeat has just looked.
 */
export type SentOrder = {
  id: number;
  claim: Claim;
  result: 'sent' | 'nothing' | 'failed';
  failure: string | null;
  jitter: number;
  repeatAt: number | null;
};

/** How far a channel has come once a message is dealt with. */
function moveOn(channel: StoredChannel, { claim, result, repeatAt }: SentOrder, site: Site) {
  const { kind, from, to, at } = claim;
  const { mode, repeatMs } = channel;
  const soonest = (instants: (number | null)[]) => {
    const known = instants.filter((instant) => instant !== null);
    return known.length > 0 ? Math.min(...known) : null;
  };
  const repeats = repeatMs !== null && mode === 'immediate';
  const nextRepeat = repeats && result === 'sent' ? findRepeatAfter(at, repeatMs, at) : null;
  const done = {
    ...{ claim: null, claimUntil: null, nextAt: mode === 'digest' ? findDigestAfter(site, at) : null },
    repeatAt: repeats ? soonest([channel.repeatAt, nextRepeat]) : null,
  };
  if (kind === 'repeat') return { ...done, repeatedTo: to, repeatAt: repeats ? repeatAt : null };
  if (kind === 'quietEnd') return { ...done, heldFrom: null, heldUntil: null };
  const quietEnd = kind === 'alerts' ? findQuietEnd(channel, at, site.zone) : null;
  if (quietEnd === null) return { ...done, place: to };
  return { ...done, place: to, heldFrom: channel.heldFrom ?? from, heldUntil: quietEnd };
}

/** The facts of a channel that failed once more; after five minutes that is an alert, told by others. */
async function noteFailure(work: Work, channel: StoredChannel, { failure, jitter }: SentOrder) {
  const { tx } = work;
  const failures = channel.failures + 1;
  const failedFrom = channel.failedFrom ?? tx.at;
  const isFailing = tx.at - failedFrom >= FAILING_AFTER_MS;
  const isNew = isFailing && channel.episode === null;
  const wait = waitAfter(failures, jitter);
  // Whoever is told that it fails is told after five minutes, not when the wait that goes on by then is over.
  const nextAt = isFailing ? tx.at + wait : Math.min(tx.at + wait, failedFrom + FAILING_AFTER_MS);
  const episode = isNew ? await raiseFailing(work, channel, failures) : channel.episode;
  return {
    isNew,
    facts: {
      ...{ failures, failedFrom, failedAt: tx.at, failure, episode, claimUntil: null, nextAt },
    },
  };
}

const seenIn = ({ unit }: StoredChannel): Changed => ({ units: new Set([unit]), feeds: false });

/** Notes what became of a message, in one commit with how far the channel has come; false where another took it over meanwhile. */
export const noteSent: Act<{ kind: 'clock' }, SentOrder, boolean> = async (work, _clock, order) => {
  const { tx, site } = work;
  const { id, claim, result, failure } = order;
  const channel = await findChannel(tx, id);
  const pending = readClaim(channel?.claim ?? null);
  const isMine = pending === null ? result === 'nothing' : pending.by === claim.by;
  if (!channel || !isMine || !isNext(channel, claim))
    return { answer: false, ...SEEN_BY_NOBODY, isUndone: true };
  if (result === 'failed') {
    const { isNew, facts } = await noteFailure(work, channel, order);
    await updateChannel(tx, id, facts);
    return { answer: true, changed: isNew ? seenIn(channel) : null };
  }
  const next = moveOn(channel, order, site);
  if (result === 'nothing') {
    await updateChannel(tx, id, next);
    return { answer: true, ...SEEN_BY_NOBODY };
  }
  const hasEnded = await endFailing(work, channel);
  const well = { failures: 0, failedFrom: null, failure, sentAt: tx.at, episode: null };
  await updateChannel(tx, id, { ...next, ...well });
  return { answer: true, changed: hasEnded ? seenIn(channel) : null };
};
