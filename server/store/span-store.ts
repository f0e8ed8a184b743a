import { sql } from 'kysely';
import { isAnyOf } from './dialect.ts';
import type { Reader } from './store.ts';

/** For each unit the first month (its first day) in which it has figures; absent where it never told anything. */
export async function readFirstMonths(
  { db, dialect }: Reader,
  units: readonly number[],
): Promise<Map<number, string>> {
  if (units.length === 0) return new Map();
  const first = sql<string | null>`(select "start" from "tally" where "tally"."unit" = "unit"."id"
    and "grain" = 'month' order by "start" limit 1)`;
  const rows = await db
    .selectFrom('unit')
    .select('id')
    .select(first.as('first'))
    .where(isAnyOf(dialect, 'id', units))
    .execute();
  return new Map(rows.flatMap((row) => (row.first === null ? [] : [[row.id, row.first]])));
}

/** The first month in which any of some units has figures; null where none has. */
export async function readFirstMonth(reader: Reader, units: readonly number[]): Promise<string | null> {
  return [...(await readFirstMonths(reader, units)).values()].sort()[0] ?? null;
}
