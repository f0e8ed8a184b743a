import type { Words } from './words.ts';

/**
 * What is counted. A `flow` happens in a period; a `stock` is a level, kept as the running sum of its +1 and -1.
 * `at` says whose figure it is: the receiving unit's, the resolving unit's, or the one unit's that the event names.
 */
export type Measure = { kind: 'flow' | 'stock'; at: 'receiver' | 'resolver' | 'unit'; words: Words };

/** A flow of a unit. */
export function flow(at: Measure['at'], vi: string, en: string): Measure {
  return { kind: 'flow', at, words: { vi, en } };
}

/** A stock of a unit. */
export function stock(at: Measure['at'], vi: string, en: string): Measure {
  return { kind: 'stock', at, words: { vi, en } };
}
