/** Sums as samples of rules are made of: many units over many slots, with no more structure than that takes. */
import { sql } from 'kysely';
import type { MeasureId } from '../../shared/measure.ts';
import { isAnyOf } from './dialect.ts';
import type { Reader } from './store.ts';
import { inRange, type RowRange } from './sum-store.ts';

/** A row's unit, start and measures asked for, in their order. */
export type SlotSums = readonly [unit: number, start: string, ...amounts: number[]];

const toCells = <R extends { unit: number; start: string }>(row: R) =>
  Object.values(row) as unknown as SlotSums;

/** Rows of one grain of units over `[from, to)`, in no order. */
export async function readSeriesTable(
  { db, dialect }: Reader,
  units: readonly number[],
  { grain, from, to, ids }: RowRange & { ids: readonly MeasureId[] },
): Promise<SlotSums[]> {
  if (units.length === 0 || from >= to) return [];
  const rows = await db
    .selectFrom('tally')
    .select(['unit', 'start', ...ids])
    .where(isAnyOf(dialect, 'unit', units))
    .where('grain', '=', grain)
    .where('start', '>=', from)
    .where('start', '<', to)
    .execute();
  return rows.map(toCells);
}

/** Sums of some measures of units over rows of the given ranges, in the order of the measures; units with nothing are left out. */
export async function sumMeasures(
  { db, dialect }: Reader,
  units: readonly number[],
  { ranges, ids }: { ranges: readonly RowRange[]; ids: readonly MeasureId[] },
): Promise<Map<number, number[]>> {
  const result = new Map<number, number[]>();
  const [first, ...others] = ranges.map((range) =>
    db
      .selectFrom('tally')
      .select('unit')
      .select(ids.map((id) => sql<number>`cast(sum(${sql.ref(id)}) as bigint)`.as(id)))
      .where(isAnyOf(dialect, 'unit', units))
      .where(inRange(range))
      .groupBy('unit'),
  );
  if (!first || units.length === 0) return result;
  for (const row of await others.reduce((query, other) => query.unionAll(other), first).execute()) {
    const sums = result.get(row.unit) ?? ids.map(() => 0);
    result.set(
      row.unit,
      sums.map((sum, index) => sum + Number((row as Record<string, unknown>)[ids[index] ?? ''] ?? 0)),
    );
  }
  return result;
}

/** A revision's unit, the day or hour it reaches, the one in which it became known, and the measures asked for. */
export type RevisionCells = readonly [unit: number, start: string, knownIn: string, ...amounts: number[]];

/** What became known from a day on about days, or hours, before another: revisions of units with the measures asked for. */
export async function readSlotRevisions(
  { db, dialect }: Reader,
  units: readonly number[],
  { grain, from, to, ids }: { grain: 'day' | 'hour'; from: string; to: string; ids: readonly MeasureId[] },
): Promise<RevisionCells[]> {
  if (units.length === 0) return [];
  const rows =
    grain === 'day'
      ? await db
          .selectFrom('revision')
          .select(['unit', 'day', 'knownOn', ...ids])
          .where(isAnyOf(dialect, 'unit', units))
          .where('day', '<', to)
          .where('knownOn', '>=', from)
          .execute()
      : await db
          .selectFrom('hourRevision')
          .select(['unit', 'hour', 'knownIn', ...ids])
          .where(isAnyOf(dialect, 'unit', units))
          .where('hour', '<', to)
          .where('knownIn', '>=', from)
          .execute();
  return rows.map((row) => Object.values(row) as unknown as RevisionCells);
}

/** Units whose sums a later commit changed. */
export async function readChangedUnits({ db }: Reader, since: number): Promise<number[]> {
  const rows = await db
    .selectFrom('tally')
    .select('unit')
    .where('grain', '=', 'ever')
    .where('seq', '>', since)
    .execute();
  return rows.map(({ unit }) => unit);
}

/** Whether a later commit changed the sums of any unit. */
export async function isAnyUnitChanged({ db }: Reader, since: number): Promise<boolean> {
  const row = await db
    .selectFrom('tally')
    .select('unit')
    .where('grain', '=', 'ever')
    .where('seq', '>', since)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}
