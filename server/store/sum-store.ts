import { type Expression, type ExpressionBuilder, type SqlBool, sql } from 'kysely';
import { emptySums, MEASURE_IDS, type MeasureId, type Sums, TOPIC_IDS } from '../../shared/measure.ts';
import { obtain } from '../../shared/obtain.ts';
import { addDays, type DayRange, periodOf } from '../../shared/period.ts';
import { SYSTEM_FIELD } from '../../shared/text.ts';
import { isAnyOf } from './dialect.ts';
import type { Schema, StoredGrain, TallyRow } from './schema.ts';
import type { Reader } from './store.ts';
import { topicsOf } from './topic.ts';

/** Rows of one grain whose `start` lies in `[from, to)`. */
export type RowRange = { grain: StoredGrain; from: string; to: string };

const isStart = (day: string, grain: 'month' | 'year') => periodOf(day, grain).from === day;

/** Splits days into the fewest rows that hold them: days to a month's start, months to a year's, years, and down again. */
export function coverDays({ from, to }: DayRange): RowRange[] {
  const ranges: RowRange[] = [];
  const push = (grain: StoredGrain, start: string, end: string) => {
    if (start < end) ranges.push({ grain, from: start, to: end });
  };
  const monthFrom = isStart(from, 'month') ? from : periodOf(from, 'month').to;
  const monthTo = periodOf(to, 'month').from;
  if (monthFrom >= monthTo) {
    push('day', from, to);
    return ranges;
  }
  push('day', from, monthFrom);
  const yearFrom = isStart(monthFrom, 'year') ? monthFrom : periodOf(monthFrom, 'year').to;
  const yearTo = periodOf(monthTo, 'year').from;
  if (yearFrom < yearTo) {
    push('month', monthFrom, yearFrom);
    push('year', yearFrom, yearTo);
    push('month', yearTo, monthTo);
  } else {
    push('month', monthFrom, monthTo);
  }
  push('day', monthTo, to);
  return ranges;
}

const sumOf = (id: MeasureId) => sql<number>`cast(sum(${sql.ref(id)}) as bigint)`.as(id);
const TOPIC_SUMS = TOPIC_IDS.map(sumOf);

type Table = 'tally' | 'breakdown';

/** Condition: rows of a range. */
export function inRange({ grain, from, to }: RowRange) {
  return (builder: ExpressionBuilder<Schema, Table>): Expression<SqlBool> =>
    builder.and([builder('grain', '=', grain), builder('start', '>=', from), builder('start', '<', to)]);
}

/** Adds a row of some sums to those of a key. One range is one part of a union: an OR of ranges would read all rows of a unit. */
function addUp(into: Sums, row: SomeSums, ids: readonly MeasureId[]): void {
  for (const id of ids) into[id] += row[id] ?? 0;
}

/**
 * Sums of each unit over rows of the given ranges; a stock's sum is its net change. Units with nothing have zeros, and so has
 * what is not among `ids`: reading every column costs more than all the rest.
 */
export async function sumRanges(
  { db, dialect }: Reader,
  units: readonly number[],
  ranges: readonly RowRange[],
  ids: readonly MeasureId[] = MEASURE_IDS,
): Promise<Map<number, Sums>> {
  const result = new Map(units.map((unit) => [unit, emptySums()]));
  if (units.length === 0 || ids.length === 0) return result;
  const sums = ids.map(sumOf);
  const [first, ...others] = ranges.map((range) =>
    db
      .selectFrom('tally')
      .select('unit')
      .select(sums)
      .where(isAnyOf(dialect, 'unit', units))
      .where(inRange(range))
      .groupBy('unit'),
  );
  if (!first) return result;
  const rows = await others.reduce((query, other) => query.unionAll(other), first).execute();
  for (const { unit, ...row } of rows) {
    const own = result.get(unit);
    if (own) addUp(own, row as SomeSums, ids);
  }
  return result;
}

/** Which revisions: of some days, made after the day `knownAfter`. */
export type RevisionFilter = { days: DayRange; knownAfter: string; ids?: readonly MeasureId[] };

/** By how much each unit's sums over some days changed later; units whose sums did not are left out. */
export async function sumRevisions(
  { db, dialect }: Reader,
  units: readonly number[],
  { days, knownAfter, ids = MEASURE_IDS }: RevisionFilter,
): Promise<Map<number, SomeSums>> {
  if (units.length === 0 || ids.length === 0) return new Map();
  const rows = await db
    .selectFrom('revision')
    .select('unit')
    .select(ids.map(sumOf))
    .where(isAnyOf(dialect, 'unit', units))
    .where('day', '>=', days.from)
    .where('day', '<', days.to)
    .where('knownOn', '>', knownAfter)
    .groupBy('unit')
    .execute();
  return new Map(rows.map(({ unit, ...sums }) => [unit, sums as SomeSums]));
}

/** Which topics: those of areas of work and procedures, or those of connected systems. */
export type TopicKind = 'work' | 'systems';

const SYSTEMS = topicsOf(SYSTEM_FIELD);

/** The same by topic, as `readTopic` reads it. */
export async function sumTopics(
  { db }: Reader,
  unit: number,
  { ranges, kind }: { ranges: readonly RowRange[]; kind: TopicKind },
): Promise<Map<string, Sums>> {
  const result = new Map<string, Sums>();
  const [first, ...others] = ranges.map((range) =>
    db
      .selectFrom('breakdown')
      .select('topic')
      .select(TOPIC_SUMS)
      .where('unit', '=', unit)
      .where(inRange(range))
      .where((builder) => {
        const isSystem = builder.and([
          builder('topic', '>=', SYSTEMS.from),
          builder('topic', '<', SYSTEMS.to),
        ]);
        return kind === 'systems' ? isSystem : builder.not(isSystem);
      })
      .groupBy('topic'),
  );
  if (!first) return result;
  const rows = await others.reduce((query, other) => query.unionAll(other), first).execute();
  for (const { topic, ...row } of rows) addUp(obtain(result, topic, emptySums), row, TOPIC_IDS);
  return result;
}

/** Some measures of one row. */
export type SomeSums = Partial<Sums>;

/** Rows of one grain of units over `[from, to)`, by unit and start, with the measures asked for: what a series is made of. */
export async function readSeriesRows(
  { db, dialect }: Reader,
  units: readonly number[],
  { grain, from, to, ids }: RowRange & { ids: readonly MeasureId[] },
): Promise<Map<number, Map<string, SomeSums>>> {
  const result = new Map(units.map((unit) => [unit, new Map<string, SomeSums>()]));
  if (units.length === 0) return result;
  const rows = await db
    .selectFrom('tally')
    .select(['unit', 'start', ...ids])
    .where(isAnyOf(dialect, 'unit', units))
    .where('grain', '=', grain)
    .where('start', '>=', from)
    .where('start', '<', to)
    .execute();
  for (const { unit, ...row } of rows) result.get(unit)?.set(row.start, row as SomeSums);
  return result;
}

const TOPICAL: ReadonlySet<MeasureId> = new Set(TOPIC_IDS);
const isTopical = (id: MeasureId) => TOPICAL.has(id);

/** Rows of one area of work of a unit, its procedures added up, by their start. */
export async function readFieldRows(
  { db }: Reader,
  { unit, field }: { unit: number; field: string },
  { grain, from, to, ids }: RowRange & { ids: readonly MeasureId[] },
): Promise<Map<string, SomeSums>> {
  const topics = topicsOf(field);
  const rows = await db
    .selectFrom('breakdown')
    .select('start')
    .select(ids.filter(isTopical).map(sumOf))
    .where('unit', '=', unit)
    .where('grain', '=', grain)
    .where('start', '>=', from)
    .where('start', '<', to)
    .where('topic', '>=', topics.from)
    .where('topic', '<', topics.to)
    .groupBy('start')
    .execute();
  return new Map(rows.map((row) => [row.start, row as SomeSums]));
}

/** Which rows are told live: of which units, after which commit, and which of their measures. */
export type LiveSlice = {
  units: readonly number[];
  today: string;
  own: number;
  days: number;
  since: number;
  ids: readonly MeasureId[];
};

/** A row of sums with the measures asked for. */
export type LiveTally = Pick<TallyRow, 'unit' | 'grain' | 'start' | 'seq'> & SomeSums;

/** The live slice: rows of the current periods of many units, and the last days of one, changed after `since`. */
export async function readSlice({ db, dialect }: Reader, slice: LiveSlice): Promise<LiveTally[]> {
  const { units, today, own, days, since, ids } = slice;
  if (units.length === 0) return [];
  const current = (['day', 'month', 'quarter', 'year'] as const).map(
    (grain) => sql`(${grain}, ${periodOf(today, grain).from})`,
  );
  const rows = await db
    .selectFrom('tally')
    .select(['unit', 'grain', 'start', 'seq', ...ids])
    .where(isAnyOf(dialect, 'unit', units))
    .where(sql<SqlBool>`("grain", "start") in (values ${sql.join(current)}, ('ever', ''))`)
    .where('seq', '>', since)
    .execute();
  if (!units.includes(own)) return rows;
  const recent = await db
    .selectFrom('tally')
    .select(['unit', 'grain', 'start', 'seq', ...ids])
    .where('unit', '=', own)
    .where('grain', '=', 'day')
    .where('start', '>=', addDays(today, -days))
    .where('start', '<', today)
    .where('seq', '>', since)
    .execute();
  return [...rows, ...recent];
}

/** For each unit the newest hour, else the newest day, before a day in which any step was told; absent when none was. */
export async function readLastHeard(
  { db, dialect }: Reader,
  units: readonly number[],
  before: string,
): Promise<Map<number, string>> {
  if (units.length === 0) return new Map();
  const newest = (grain: StoredGrain) => sql<
    string | null
  >`(select "start" from "tally" where "tally"."unit" = "unit"."id"
    and "grain" = ${grain} and "steps" > 0 and "start" < ${before} order by "start" desc limit 1)`;
  const rows = await db
    .selectFrom('unit')
    .select('id')
    .select([newest('hour').as('hour'), newest('day').as('day')])
    .where(isAnyOf(dialect, 'id', units))
    .execute();
  return new Map(rows.flatMap(({ id, hour, day }) => ((hour ?? day) ? [[id, (hour ?? day) as string]] : [])));
}
