import { CalendarYearMissing } from '../../shared/calendar.ts';
import type { BaseStep, Fold, FoldContext, Kinds, SubjectState } from '../kinds/kind.ts';
import type { SubjectRow } from '../store/schema.ts';
import type { Tx } from '../store/store.ts';
import { topicOf } from '../store/topic.ts';
import { noteCorrections } from '../store/write/corrections.ts';
import { writeSubjects } from '../store/write/subjects.ts';
import { addToSums, type SumChange } from '../store/write/sums.ts';
import { type Contribution, knownIn, openColumns, type Part } from './differences.ts';

/** How a kind folds, whatever its steps are. */
export type AnyFold = Fold<unknown, BaseStep>;

/** How a kind is folded; RangeError for one that nobody knows. */
export function getFold(kinds: Kinds, kind: string): AnyFold {
  if (!Object.hasOwn(kinds, kind)) throw new RangeError(`there is no kind ${kind}`);
  return kinds[kind as keyof Kinds].fold as AnyFold;
}

/** A subject folded at an instant: its steps in the order told, how it stands, and what it contributes. */
export type Folded = {
  kind: string;
  key: string;
  steps: readonly BaseStep[];
  foldedAt: number;
  state: SubjectState;
  contribution: Contribution;
};

/** Which subject: its kind, how that folds, and its key. */
export type Folding = { kind: string; fold: AnyFold; key: string };

/** Folds a subject's steps, in the order told. Throws CalendarYearMissing. */
export function foldSteps(
  { kind, fold, key }: Folding,
  steps: readonly BaseStep[],
  context: FoldContext,
): Folded {
  const parts: Part[] = [];
  const state = fold.fold({ key, steps }, context, (path, at, measure, amount) => {
    parts.push({ path, at, measure, amount });
  });
  const { field, procedure } = state;
  const topic = field === null && procedure === null ? '' : topicOf({ field, procedure: procedure ?? '' });
  const contribution = { columns: openColumns(fold.measures), topic, parts };
  return { kind, key, steps, foldedAt: context.now, state, contribution };
}

/** A stored subject as it was last folded, with what it contributed then. */
export function foldStored(row: SubjectRow, fold: AnyFold, context: FoldContext): Folded {
  const folding = { kind: row.kind, key: row.key, fold };
  return foldSteps(folding, fold.unpack(row.history), { ...context, now: row.foldedAt });
}

/** Whether a subject's steps can be folded; the year the calendar misses when they cannot. */
export function findMissingYear(
  folding: Folding,
  steps: readonly BaseStep[],
  context: FoldContext,
): number | null {
  try {
    foldSteps(folding, steps, context);
    return null;
  } catch (error) {
    if (error instanceof CalendarYearMissing) return error.year;
    throw error;
  }
}

/**
 * What folds come to: subjects in their new state, differences to add to the sums; kept as revisions too or not. `feed` is who told
 * of it, null: the clock.
 */
export type Writing = {
  folded: readonly { subject: Folded; fold: AnyFold }[];
  changes: readonly SumChange[];
  isRevised: boolean;
  feed: string | null;
};

/** The measures of units' days before one that changed. */
const listCorrected = (changes: readonly SumChange[], before: string) =>
  changes
    .filter(({ grain, topic, start }) => grain === 'day' && topic === '' && start < before)
    .flatMap(({ unit, start: day, ids, amounts }) =>
      ids.flatMap((measure, index) => (amounts[index] ? [{ unit, day, measure }] : [])),
    );

/** Writes it, one statement per table; gives the units whose sums changed. */
export async function writeFolds(
  tx: Tx,
  { folded, changes, isRevised, feed }: Writing,
  zone: string,
): Promise<ReadonlySet<number>> {
  const rows = folded.map(({ subject: { kind, key, steps, foldedAt, state }, fold }) => ({
    ...state,
    ...{ kind, key, history: fold.pack(steps), foldedAt, paused: state.paused ? 1 : 0 },
  }));
  const areas = folded.flatMap(({ subject: { state } }) =>
    state.field !== null && state.fieldName !== null ? [{ key: state.field, name: state.fieldName }] : [],
  );
  await writeSubjects(tx, rows, areas);
  const known = isRevised ? knownIn(tx, zone) : null;
  await addToSums(tx, changes, known);
  if (known)
    await noteCorrections(tx, { feed, knownOn: known.day, corrected: listCorrected(changes, known.day) });
  return new Set(changes.map(({ unit }) => unit));
}
