import type { SilenceRow } from './alert-schema.ts';
import type { FeedRow, TokenRow } from './schema.ts';
import type { Reader } from './store.ts';

/** All feeds, by name. */
export async function readFeeds({ db }: Reader): Promise<FeedRow[]> {
  return db.selectFrom('feed').selectAll().orderBy('name').execute();
}

/** The feed with an id, if a token made it. */
export async function findFeed({ db }: Reader, id: string): Promise<FeedRow | undefined> {
  return db.selectFrom('feed').selectAll().where('id', '=', id).executeTakeFirst();
}

/** Whether any feed is live: figures of days gone by have been seen. */
export async function isAnyFeedLive({ db }: Reader): Promise<boolean> {
  const live = await db.selectFrom('feed').select('id').where('liveAt', 'is not', null).limit(1).execute();
  return live.length > 0;
}

/** When the first feed began to tell of things as they happened; null where none has: nothing was known of any day. */
export async function readFirstLive({ db }: Reader): Promise<number | null> {
  const { first } = await db
    .selectFrom('feed')
    .select((eb) => eb.fn.min('liveAt').as('first'))
    .executeTakeFirstOrThrow();
  return first;
}

/** The token with a hash, if there is one. */
export async function findToken({ db }: Reader, hash: string): Promise<TokenRow | undefined> {
  return db.selectFrom('token').selectAll().where('hash', '=', hash).executeTakeFirst();
}

/** The token with an id, if there is one. */
export async function findTokenById({ db }: Reader, id: string): Promise<TokenRow | undefined> {
  return db.selectFrom('token').selectAll().where('id', '=', id).executeTakeFirst();
}

/** All tokens, newest first. */
export async function readTokens({ db }: Reader): Promise<TokenRow[]> {
  return db.selectFrom('token').selectAll().orderBy('createdAt', 'desc').execute();
}

/** Stretches in which feeds were late and which ended after an instant, by feed and time. */
export async function readSilences({ db }: Reader, endedAfter: number): Promise<SilenceRow[]> {
  return db
    .selectFrom('silence')
    .selectAll()
    .where('endedAt', '>', endedAfter)
    .orderBy('feed')
    .orderBy('endedAt')
    .execute();
}
