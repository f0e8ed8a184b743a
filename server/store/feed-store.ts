import type { FeedRow, TokenRow } from './schema.ts';
import type { Reader, Tx } from './store.ts';

/** All feeds, by name. */
export async function readFeeds({ db }: Reader): Promise<FeedRow[]> {
  return db.selectFrom('feed').selectAll().orderBy('name').execute();
}

/** The token with a hash, if there is one. */
export async function findToken({ db }: Reader, hash: string): Promise<TokenRow | undefined> {
  return db.selectFrom('token').selectAll().where('hash', '=', hash).executeTakeFirst();
}

/** All tokens, newest first. */
export async function readTokens({ db }: Reader): Promise<TokenRow[]> {
  return db.selectFrom('token').selectAll().orderBy('createdAt', 'desc').execute();
}

/** Adds a token; a feed's token makes the feed it speaks for. */
export async function insertToken(tx: Tx, token: TokenRow): Promise<void> {
  await tx.db.insertInto('token').values(token).execute();
  if (token.kind !== 'feed') return;
  const { id, name, unit } = token;
  await tx.db
    .insertInto('feed')
    .values({ id, name, unit, lastAt: null, heardAt: null, events: 0, seq: tx.seq })
    .execute();
}

/** Takes a token back; false when there is none with that id. */
export async function revokeToken(tx: Tx, id: string, now: number): Promise<boolean> {
  const result = await tx.db
    .updateTable('token')
    .set({ revokedAt: now })
    .where('id', '=', id)
    .where('revokedAt', 'is', null)
    .executeTakeFirst();
  return Number(result.numUpdatedRows) > 0;
}
