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

/** The explanation with an id. */
export async function findExplanation({ db }: Reader, id: number): Promise<StoredExplanation | undefined> {
  return db.selectFrom('explanation').selectAll().where('id', '=', id).executeTakeFirst();
}

/** Explanations that the clock alone moves by `now`, the earliest first. */
export async function readDueExplanations(
  { db }: Reader,
  now: number,
  limit: number,
): Promise<StoredExplanation[]> {
  return db
    .selectFrom('explanation')
    .selectAll()
    .where('nextAt', '<=', now)
    .orderBy('nextAt')
    .orderBy('id')
    .limit(limit)
    .execute();
}

/** The explanations of one episode, oldest first. */
export async function readExplanationsOf({ db }: Reader, episode: number): Promise<StoredExplanation[]> {
  return db.selectFrom('explanation').selectAll().where('episode', '=', episode).orderBy('id').execute();
}
