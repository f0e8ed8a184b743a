import { sql } from 'kysely';
import { isAnyOf } from './dialect.ts';
import type { Reader } from './store.ts';

/** The first month (its first day) in which any of some units has figures; null where none has. */
export async function readFirstMonth(
  { db, dialect }: Reader,
  units: readonly number[],
): Promise<string | null> {
  if (units.length === 0) return null;
  const first = sql<string | null>`(select "start" from "tally" where "tally"."unit" = "unit"."id"
    and "grain" = 'month' order by "start" limit 1)`;
  const rows = await db
    .selectFrom('unit')
    .select(first.as('first'))
    .where(isAnyOf(dialect, 'id', units))
    .execute();
  return rows.reduce<string | null>((least, row) => {
    if (row.first === null) return least;
    return least === null || row.first < least ? row.first : least;
  }, null);
}
