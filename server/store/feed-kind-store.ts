import type { FeedKindRow } from './schema.ts';
import type { Reader } from './store.ts';

/** Feeds that told events of some kinds, with when they last did, by feed. */
export async function readFeedKinds(
  { db }: Reader,
  kinds: readonly string[],
): Promise<Map<string, FeedKindRow[]>> {
  if (kinds.length === 0) return new Map();
  const rows = await db.selectFrom('feedKind').selectAll().where('kind', 'in', kinds).execute();
  return Map.groupBy(rows, ({ feed }) => feed);
}
