import { MEASURE_IDS, type MeasureId } from '../../shared/measure.ts';
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

/** The feeds that corrected days of some units, by the day on which they did; what the clock or a formula changed is no feed's. */
export async function readCorrectors(
  { db, dialect }: Reader,
  units: readonly number[],
  { knownFrom, knownTo }: Pick<RevisionOrder, 'knownFrom' | 'knownTo'>,
): Promise<Map<string, string[]>> {
  if (units.length === 0) return new Map();
  const rows = await db
    .selectFrom('correction')
    .select(['knownOn', 'feed'])
    .distinct()
    .where(isAnyOf(dialect, 'unit', units))
    .where('knownOn', '>=', knownFrom)
    .where('knownOn', '<=', knownTo)
    .execute();
  const byDay = Map.groupBy(rows, ({ knownOn }) => knownOn);
  return new Map([...byDay].map(([day, own]) => [day, own.map(({ feed }) => feed)]));
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
