import type { Selectable } from 'kysely';
import type { DemoRole } from '../../shared/people.ts';
import { isAnyOf } from './dialect.ts';
import type { AccountRow, FailureRow, GrantRow } from './people-schema.ts';
import type { Reader } from './store.ts';

/** An account as it is read. */
export type Account = Selectable<AccountRow>;
/** A grant as it is read. */
export type StoredGrant = Selectable<GrantRow>;

const accounts = ({ db }: Reader) => db.selectFrom('account').selectAll();

/** All accounts, by login. */
export async function readAccounts(reader: Reader): Promise<Account[]> {
  return accounts(reader).orderBy('login').execute();
}

/** The account with an id. */
export async function findAccount(reader: Reader, id: number): Promise<Account | undefined> {
  return accounts(reader).where('id', '=', id).executeTakeFirst();
}

/** The account with a login name. */
export async function findAccountByLogin(reader: Reader, login: string): Promise<Account | undefined> {
  return accounts(reader).where('login', '=', login).executeTakeFirst();
}

/** The account whose password may be set by a link. */
export async function findAccountByLink(reader: Reader, linkHash: string): Promise<Account | undefined> {
  return accounts(reader).where('linkHash', '=', linkHash).executeTakeFirst();
}

/** The account of a role of the demo. */
export async function findDemoAccount(reader: Reader, role: DemoRole): Promise<Account | undefined> {
  return accounts(reader).where('demoRole', '=', role).executeTakeFirst();
}

/** The roles of the demo that have an account one may step into. */
export async function readDemoRoles({ db }: Reader): Promise<DemoRole[]> {
  const rows = await db
    .selectFrom('account')
    .select('demoRole')
    .where('demoRole', 'is not', null)
    .where('disabledAt', 'is', null)
    .execute();
  return rows.flatMap(({ demoRole }) => demoRole ?? []);
}

/** Accounts that nobody used for too long by an instant, at most `most`. */
export async function readIdleAccounts(reader: Reader, now: number, most: number): Promise<Account[]> {
  return accounts(reader)
    .where('disableAt', 'is not', null)
    .where('disableAt', '<=', now)
    .where('disabledAt', 'is', null)
    .orderBy('disableAt')
    .limit(most)
    .execute();
}

/** Every grant there ever was, or those of some accounts; by id. */
export async function readGrants(reader: Reader, of?: readonly number[]): Promise<StoredGrant[]> {
  if (of?.length === 0) return [];
  const all = reader.db.selectFrom('grant').selectAll().orderBy('id');
  return (of === undefined ? all : all.where(isAnyOf(reader.dialect, 'account', of))).execute();
}

/** The grant with an id. */
export async function findGrant({ db }: Reader, id: number): Promise<StoredGrant | undefined> {
  return db.selectFrom('grant').selectAll().where('id', '=', id).executeTakeFirst();
}

/** Wrong passwords for an account from an address. */
export async function findFailure(
  { db }: Reader,
  account: number,
  address: string,
): Promise<FailureRow | undefined> {
  return db
    .selectFrom('failure')
    .selectAll()
    .where('account', '=', account)
    .where('address', '=', address)
    .executeTakeFirst();
}

/** Until when each account is locked for some address, of those that are. */
export async function readLocks({ db }: Reader, now: number): Promise<Map<number, number>> {
  const rows = await db
    .selectFrom('failure')
    .select((eb) => ['account' as const, eb.fn.max('lockedUntil').as('until')])
    .where('lockedUntil', '>', now)
    .groupBy('account')
    .execute();
  return new Map(rows.flatMap(({ account, until }) => (until === null ? [] : [[account, until] as const])));
}

/** What accounts are called on screen, by id. */
export async function readTitles(
  { db, dialect }: Reader,
  ids: readonly number[],
): Promise<Map<number, string>> {
  const rows = await db
    .selectFrom('account')
    .select(['id', 'title'])
    .where(isAnyOf(dialect, 'id', ids))
    .execute();
  return new Map(rows.map(({ id, title }) => [id, title]));
}

/** What accounts are called on screen, by login. */
export async function readTitlesByLogin({ db }: Reader): Promise<Map<string, string>> {
  const rows = await db.selectFrom('account').select(['login', 'title']).execute();
  return new Map(rows.map(({ login, title }) => [login, title]));
}
