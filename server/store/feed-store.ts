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

/** Adds a token; `feed` is the feed that a feed's token speaks for, made unless another token of it made it before. */
export async function insertToken(tx: Tx, token: TokenRow, feed: string | null): Promise<void> {
  await tx.db.insertInto('token').values(token).execute();
  if (feed === null) return;
  const { name, unit } = token;
  await tx.db
    .insertInto('feed')
    .values({ id: feed, name, unit, lastAt: null, heardAt: null, events: 0, seq: tx.seq })
    .onConflict((conflict) => conflict.doNothing())
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
