/** What kinds have in common whose subject is one thing of one unit: how it is kept, and the state of what is no work item. */
import type { BaseStep, Fold, FoldContext, ReadEvent, Subject, SubjectState } from '../kind.ts';

/** A step of a subject of one unit. */
export type PlainStep = BaseStep & { unit: number };

/** The one unit that an event names. */
export function unitOf({ units }: ReadEvent): number {
  const [unit] = units;
  if (unit === undefined) throw new RangeError('the event names a unit');
  return unit;
}

/** The steps by when they happened, those of one instant as told. */
export function inOrder<S extends BaseStep>({ steps }: Subject<S>): S[] {
  return steps.toSorted((a, b) => a.at - b.at);
}

/** The first and the last of some in order; RangeError without any. */
export function endsOf<S>(steps: readonly S[]): { first: S; last: S } {
  const [first] = steps;
  const last = steps.at(-1);
  if (!first || !last) throw new RangeError('a subject has at least one step');
  return { first, last };
}

/** How a subject stands that no list of dossiers shows. */
export function plainState(facts: Pick<SubjectState, 'unit'> & Partial<SubjectState>): SubjectState {
  return {
    ...{ procedure: null, field: null, fieldName: null, status: null, channel: null },
    ...{ acceptedAt: null, dueAt: null, dueSoonAt: null, endAt: null },
    ...{ paused: false, outcome: null, nextAt: null },
    ...facts,
  };
}

/** The first of some instants that is still to come; null when none is. */
export function nextOf(instants: readonly (number | null)[], { now }: FoldContext): number | null {
  const later = instants.filter((at): at is number => at !== null && at > now);
  return later.length === 0 ? null : Math.min(...later);
}

/** A fold whose steps are kept as JSON, of one unit each, no news of a live strip. */
export function plainFold<E, S extends PlainStep>(
  parts: Pick<Fold<E, S>, 'measures' | 'read' | 'fold'>,
): Fold<E, S> {
  return {
    ...parts,
    pack: (steps) => JSON.stringify(steps),
    unpack: (history) => JSON.parse(history) as S[],
    isNews: () => false,
    isTakeOver: () => false,
    isWithdrawal: () => false,
    unitsOf: ({ unit }) => [unit],
  };
}
