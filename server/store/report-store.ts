import { isAnyOf } from './dialect.ts';
import type { Reader } from './store.ts';

/** What was reported of some subjects of reports, as it is kept, by their keys; those of which nothing was are left out. */
export async function readReports(
  { db, dialect }: Reader,
  keys: readonly string[],
): Promise<Map<string, string>> {
  if (keys.length === 0) return new Map();
  const rows = await db
    .selectFrom('subject')
    .select(['key', 'history'])
    .where('kind', '=', 'report')
    .where(isAnyOf(dialect, 'key', keys))
    .execute();
  return new Map(rows.map(({ key, history }) => [key, history]));
}
