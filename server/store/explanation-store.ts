import { type Selectable, type SqlBool, sql } from 'kysely';
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

const isPending = sql<SqlBool>`("answeredAt" is null or ("promisedOn" is not null and "checkedAt" is null))`;

/** Explanations asked of units that wait for an answer, or whose promise is yet to be checked. */
export async function readPendingExplanations(
  { db, dialect }: Reader,
  units: readonly number[],
): Promise<StoredExplanation[]> {
  if (units.length === 0) return [];
  return db
    .selectFrom('explanation')
    .selectAll()
    .where(isAnyOf(dialect, 'unit', units))
    .where(isPending)
    .orderBy('id')
    .execute();
}

/** The newest of those asked of units that are over. */
export async function readExplanations(
  { db, dialect }: Reader,
  units: readonly number[],
  limit: number,
): Promise<StoredExplanation[]> {
  if (units.length === 0) return [];
  return db
    .selectFrom('explanation')
    .selectAll()
    .where(isAnyOf(dialect, 'unit', units))
    .where(sql<SqlBool>`not ${isPending}`)
    .orderBy('id', 'desc')
    .limit(limit)
    .execute();
}
