import { type RawBuilder, sql } from 'kysely';
import { MEASURE_IDS } from '../../shared/measure.ts';
import { periodOf } from '../../shared/period.ts';
import { isAnyOf } from './dialect.ts';
import type { Reader } from './store.ts';

/** The first day that a query by unit gives for each of some units; absent where it gives none. */
async function readFirsts(
  { db, dialect }: Reader,
  units: readonly number[],
  first: RawBuilder<string | null>,
): Promise<Map<number, string>> {
  if (units.length === 0) return new Map();
  const rows = await db
    .selectFrom('unit')
    .select('id')
    .select(first.as('first'))
    .where(isAnyOf(dialect, 'id', units))
    .execute();
  return new Map(rows.flatMap((row) => (row.first === null ? [] : [[row.id, row.first]])));
}

/** For each unit the first month (its first day) in which it has figures; absent where it never told anything. */
export async function readFirstMonths(
  reader: Reader,
  units: readonly number[],
): Promise<Map<number, string>> {
  const first = sql<string | null>`(select "start" from "tally" where "tally"."unit" = "unit"."id"
    and "grain" = 'month' order by "start" limit 1)`;
  return readFirsts(reader, units, first);
}

/** The same as known at the end of a day: the month of the first day of which anything was known then. */
export async function readFirstMonthsKnown(
  reader: Reader,
  units: readonly number[],
  knownOn: string,
): Promise<Map<number, string>> {
  const later = MEASURE_IDS.map((id) => sql`coalesce(sum(${sql.ref(id)}), 0) as ${sql.ref(id)}`);
  const differs = MEASURE_IDS.map((id) => sql`"later".${sql.ref(id)} <> "tally".${sql.ref(id)}`);
  const first = sql<string | null>`(select "start" from "tally" where "tally"."unit" = "unit"."id"
    and "grain" = 'day' and "start" <= ${knownOn} and exists (
      select 1 from (select ${sql.join(later)} from "revision" where "revision"."unit" = "tally"."unit"
        and "revision"."day" = "tally"."start" and "knownOn" > ${knownOn}) as "later"
      where ${sql.join(differs, sql` or `)})
    order by "start" limit 1)`;
  const days = await readFirsts(reader, units, first);
  return new Map([...days].map(([unit, day]) => [unit, periodOf(day, 'month').from]));
}

/** The first month in which any of some units has figures; null where none has. */
export async function readFirstMonth(reader: Reader, units: readonly number[]): Promise<string | null> {
  return [...(await readFirstMonths(reader, units)).values()].sort()[0] ?? null;
}
