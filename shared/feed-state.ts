import type { FeedView } from './answers.ts';

/**
 * How a feed stands: `unheard` never spoke; of `unknown` the working calendar does not tell, so it is neither late nor
 * well; the others by whether it spoke when it should have.
 */
export type FeedState =
  | { kind: 'fresh' | 'unheard' | 'unknown' }
  /** `since` is the instant from which it has been late, epoch ms. */
  | { kind: 'late' | 'missing'; since: number };

/** How a feed stands at an instant, epoch ms; no calendar is needed, the server has worked out the instants. */
export function judgeFeed(
  { heardAt, lateAt, missingAt }: Pick<FeedView, 'heardAt' | 'lateAt' | 'missingAt'>,
  now: number,
): FeedState {
  if (heardAt === null) return { kind: 'unheard' };
  if (lateAt === null) return { kind: 'unknown' };
  const since = Date.parse(lateAt);
  if (now < since) return { kind: 'fresh' };
  return { kind: missingAt !== null && now >= Date.parse(missingAt) ? 'missing' : 'late', since };
}
