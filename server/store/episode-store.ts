import type { Selectable } from 'kysely';
import type { EpisodeRow } from './alert-schema.ts';
import { isAnyOf } from './dialect.ts';
import type { Reader } from './store.ts';

/** An episode as it is read. */
export type StoredEpisode = Selectable<EpisodeRow>;

/** Episodes of units that are open, by id. */
export async function readOpenEpisodes(
  { db, dialect }: Reader,
  units: readonly number[],
): Promise<StoredEpisode[]> {
  if (units.length === 0) return [];
  return db
    .selectFrom('episode')
    .selectAll()
    .where(isAnyOf(dialect, 'unit', units))
    .where('closedAt', 'is', null)
    .orderBy('id')
    .execute();
}

/** Episodes, open or not, that changed after a number, those of some units alone. */
export async function readChangedEpisodes(
  { db }: Reader,
  units: ReadonlySet<number>,
  since: number,
): Promise<StoredEpisode[]> {
  const rows = await db.selectFrom('episode').selectAll().where('seq', '>', since).orderBy('id').execute();
  return rows.filter(({ unit }) => units.has(unit));
}
