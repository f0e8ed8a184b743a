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

/** The episode with an id. */
export async function findEpisode({ db }: Reader, id: number): Promise<StoredEpisode | undefined> {
  return db.selectFrom('episode').selectAll().where('id', '=', id).executeTakeFirst();
}

/** The episodes with some ids, by id; those that are not there are left out. */
export async function readEpisodes(
  { db, dialect }: Reader,
  ids: readonly number[],
): Promise<Map<number, StoredEpisode>> {
  if (ids.length === 0) return new Map();
  const rows = await db
    .selectFrom('episode')
    .selectAll()
    .where(isAnyOf(dialect, 'id', ids))
    .execute();
  return new Map(rows.map((row) => [row.id, row]));
}
