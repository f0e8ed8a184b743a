import type { Work } from './work.ts';

/** Who asks for an act: a feed by its token, the clock of the server, or the command line. */
export type Caller = FeedCaller | { kind: 'clock' } | { kind: 'command' };

/** A feed: the unit whose subtree it may speak of, and within which codes of its dossiers count. */
export type FeedCaller = { kind: 'feed'; feed: string; unit: number; namespace: string };

/**
 * What an act changed, for those who watch. `units` and `feeds` are hints: they may spare a read, never decide what is
 * sent. Null where nothing that anybody sees can have changed.
 */
export type Changed = { units: ReadonlySet<number> | 'any'; feeds: boolean };

/** How an act ended. `isUndone`: it only looked, and everything is rolled back. */
export type Done<A> = { answer: A; changed: Changed | null; isUndone?: boolean };

/** One thing that changes the store, within a transaction of its own or shared with other small ones. */
export type Act<C extends Caller, I, A> = (work: Work, caller: C, input: I) => Promise<Done<A>>;
