import { type SqlBool, sql } from 'kysely';
import { isAnyOf } from './dialect.ts';
import type { Reader } from './store.ts';

/** All that was reported of units, as it is kept, by the keys of its subjects. */
export async function readReportsOf(
  { db, dialect }: Reader,
  units: readonly number[],
): Promise<Map<string, string>> {
  if (units.length === 0) return new Map();
  const rows = await db
    .selectFrom('subject')
    .select(['key', 'history'])
    // As it stands in the index, which is of reports alone.
    .where(sql<SqlBool>`"kind" = 'report'`)
    .where(isAnyOf(dialect, 'unit', units))
    .execute();
  return new Map(rows.map(({ key, history }) => [key, history]));
}
