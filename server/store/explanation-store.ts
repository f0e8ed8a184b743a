import type { Selectable } from 'kysely';
import type { ExplanationRow } from './alert-schema.ts';
import { isAnyOf } from './dialect.ts';
import type { Reader } from './store.ts';

/** An explanation as it is read. */
export type StoredExplanation = Selectable<ExplanationRow>;

/** The newest explanation of each episode; those without any are left out. */
export async function readNewestExplanations(
  { db, dialect }: Reader,
  episodes: readonly number[],
): Promise<Map<number, StoredExplanation>> {
  if (episodes.length === 0) return new Map();
  const rows = await db
    .selectFrom('explanation')
    .selectAll()
    .where(isAnyOf(dialect, 'episode', episodes))
    .orderBy('id')
    .execute();
  return new Map(rows.map((row) => [row.episode, row]));
}
