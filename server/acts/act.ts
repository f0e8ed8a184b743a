import type { Caller } from '../people/caller.ts';
import type { Work } from './work.ts';

/**
 * What an act changed, for those who watch. `units` and `feeds` are hints: they may spare a read, never decide what is
 * sent; so is `rights`: somebody may see or do more or less. Null where nothing that anybody sees can have changed.
 */
export type Changed = { units: ReadonlySet<number> | 'any'; feeds: boolean; rights?: true };

/** Nothing on the board changed, but what somebody may see or do. */
export const RIGHTS_CHANGED: Changed = { units: new Set(), feeds: false, rights: true };

/** How an act ended. `isUndone`: it only looked, and everything is rolled back. */
export type Done<A> = { answer: A; changed: Changed | null; isUndone?: boolean };

/** One thing that changes the store, within a transaction of its own or shared with other small ones. */
export type Act<C extends Caller, I, A> = (work: Work, caller: C, input: I) => Promise<Done<A>>;
