import { MEASURE_IDS, type MeasureId } from '../../shared/measure.ts';
import type { CorrectionRow } from './correction-tables.ts';
import { isAnyOf } from './dialect.ts';
import type { Reader } from './store.ts';
import type { SomeSums } from './sum-store.ts';

/** What commits of one day changed about an earlier day of a unit, with the last of these commits and its instant. */
export type Revision = {
  unit: number;
  day: string;
  knownOn: string;
  seq: number;
  at: number | null;
  sums: SomeSums;
};

/** Which revisions: of these units, of days before `before`, known from a day on up to another (both inclusive). */
export type RevisionOrder = {
  units: readonly number[];
  before: string;
  knownFrom: string;
  knownTo: string;
  ids?: readonly MeasureId[];
};

/** Who corrected a measure (empty: which is not known) of a day of a unit, and when last; an empty feed is the clock. */
export type Corrector = Omit<CorrectionRow, 'unit' | 'seq'> & { at: number | null };

/** Who corrected days of some units, measure by measure; of what a formula changed there is nobody. */
export async function readCorrectors(
  { db, dialect }: Reader,
  { units, before, knownFrom, knownTo, ids = MEASURE_IDS }: RevisionOrder,
): Promise<Corrector[]> {
  if (units.length === 0) return [];
  return db
    .selectFrom('correction')
    .leftJoin('commit', 'commit.seq', 'correction.seq')
    .select(['knownOn', 'day', 'measure', 'feed', 'commit.at as at'])
    .where(isAnyOf(dialect, 'unit', units))
    .where('day', '<', before)
    .where('knownOn', '>=', knownFrom)
    .where('knownOn', '<=', knownTo)
    .where(isAnyOf(dialect, 'measure', ['', ...ids]))
    .execute();
}

/** The revisions of some units, the last known first. */
export async function readRevisions(
  { db, dialect }: Reader,
  { units, before, knownFrom, knownTo, ids = MEASURE_IDS }: RevisionOrder,
): Promise<Revision[]> {
  if (units.length === 0) return [];
  const rows = await db
    .selectFrom('revision')
    .leftJoin('commit', 'commit.seq', 'revision.seq')
    .select(['unit', 'day', 'knownOn', 'revision.seq as seq', 'commit.at as at', ...ids])
    .where(isAnyOf(dialect, 'unit', units))
    .where('day', '<', before)
    .where('knownOn', '>=', knownFrom)
    .where('knownOn', '<=', knownTo)
    .orderBy('knownOn', 'desc')
    .execute();
  return rows.map(({ unit, day, knownOn, seq, at, ...sums }) => ({
    ...{ unit, day, knownOn, seq, at, sums: sums as SomeSums },
  }));
}
