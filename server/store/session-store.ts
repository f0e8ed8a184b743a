import type { SessionRow } from './people-schema.ts';
import type { Reader } from './store.ts';

/** The session a cookie's hash stands for, by its present value or the one before; it may have ended. */
export async function findSession({ db }: Reader, hash: string): Promise<SessionRow | undefined> {
  const present = await db.selectFrom('session').selectAll().where('hash', '=', hash).executeTakeFirst();
  return present ?? db.selectFrom('session').selectAll().where('oldHash', '=', hash).executeTakeFirst();
}

/** The session with an id. */
export async function findSessionById({ db }: Reader, id: string): Promise<SessionRow | undefined> {
  return db.selectFrom('session').selectAll().where('id', '=', id).executeTakeFirst();
}

/** When each token was last used. */
export async function readTokenUses({ db }: Reader): Promise<Map<string, number>> {
  const rows = await db
    .selectFrom('tokenUse')
    .select((eb) => ['token' as const, eb.fn.max('lastAt').as('lastAt')])
    .groupBy('token')
    .execute();
  return new Map(rows.map(({ token, lastAt }) => [token, lastAt]));
}

/** When a token was last used from an address; undefined where it never was. */
export async function findTokenUse(
  { db }: Reader,
  token: string,
  address: string,
): Promise<number | undefined> {
  const row = await db
    .selectFrom('tokenUse')
    .select('lastAt')
    .where('token', '=', token)
    .where('address', '=', address)
    .executeTakeFirst();
  return row?.lastAt;
}
