import type { FeedRow, TokenRow } from '../schema.ts';
import type { Tx } from '../store.ts';
import { noteRights, noteUnjudged } from './clock.ts';

/** Adds a token. */
export async function insertToken(tx: Tx, token: TokenRow): Promise<void> {
  await tx.db.insertInto('token').values(token).execute();
}

/** What a feed is told to be when its token is made. */
export type FeedFacts = Pick<FeedRow, 'id' | 'name' | 'unit' | 'namespace' | 'cadenceMs' | 'dueTime'>;

/** Makes the feed that tokens speak for, unless another token of it made it before; then brings its rhythm up to date. */
export async function writeFeed(tx: Tx, feed: FeedFacts): Promise<void> {
  const { cadenceMs, dueTime } = feed;
  const unheard = { lastAt: null, heardAt: null, events: 0, liveAt: null, usualGapMs: null };
  const stated = { ...(cadenceMs === null ? {} : { cadenceMs }), ...(dueTime === null ? {} : { dueTime }) };
  await tx.db
    .insertInto('feed')
    .values({ ...feed, ...unheard, seq: tx.seq })
    .onConflict((conflict) => conflict.column('id').doUpdateSet({ ...stated, seq: tx.seq }))
    .execute();
  await noteUnjudged(tx);
}

/** Takes a token back; false when there is none with that id. */
export async function revokeToken(tx: Tx, id: string): Promise<boolean> {
  const result = await tx.db
    .updateTable('token')
    .set({ revokedAt: tx.at })
    .where('id', '=', id)
    .where('revokedAt', 'is', null)
    .executeTakeFirst();
  if (Number(result.numUpdatedRows) === 0) return false;
  await noteRights(tx);
  return true;
}
