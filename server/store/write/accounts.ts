import { type Insertable, sql, type Updateable } from 'kysely';
import type { AccountRow, GrantRow } from '../people-schema.ts';
import type { Tx } from '../store.ts';
import { noteRights } from './clock.ts';

/** Adds an account and gives its id. */
export async function insertAccount(
  tx: Tx,
  account: Omit<Insertable<AccountRow>, 'id' | 'seq' | 'rightsSeq' | 'createdAt'>,
): Promise<number> {
  const row = await tx.db
    .insertInto('account')
    .values({ ...account, createdAt: tx.at, rightsSeq: tx.seq, seq: tx.seq })
    .returning('id')
    .executeTakeFirstOrThrow();
  await noteRights(tx);
  return row.id;
}

/** Changes facts of an account that are no rights. */
export async function updateAccount(
  tx: Tx,
  id: number,
  changes: Omit<Updateable<AccountRow>, 'id' | 'seq' | 'rightsSeq'>,
): Promise<void> {
  await tx.db
    .updateTable('account')
    .set({ ...changes, seq: tx.seq })
    .where('id', '=', id)
    .execute();
}

/** Notes that an account may do more or less than before: its sessions are given new cookies. */
export async function noteAccountRights(tx: Tx, id: number): Promise<void> {
  await tx.db.updateTable('account').set({ rightsSeq: tx.seq, seq: tx.seq }).where('id', '=', id).execute();
  await noteRights(tx);
}

/** Adds a grant and gives its id. */
export async function insertGrant(tx: Tx, grant: Omit<Insertable<GrantRow>, 'id' | 'seq'>): Promise<number> {
  const row = await tx.db
    .insertInto('grant')
    .values({ ...grant, seq: tx.seq })
    .returning('id')
    .executeTakeFirstOrThrow();
  await noteAccountRights(tx, grant.account);
  return row.id;
}

/** Ends a grant on a day. */
export async function endGrant(tx: Tx, { id, account }: { id: number; account: number }, day: string) {
  await tx.db.updateTable('grant').set({ validTo: day, seq: tx.seq }).where('id', '=', id).execute();
  await noteAccountRights(tx, account);
}

/** Notes one more wrong password, and gives how many there are since the last right one. */
export async function addFailure(tx: Tx, account: number, address: string): Promise<number> {
  const row = await tx.db
    .insertInto('failure')
    .values({ account, address, count: 1, lockedUntil: null })
    .onConflict((conflict) =>
      conflict.columns(['account', 'address']).doUpdateSet({ count: sql<number>`"failure"."count" + 1` }),
    )
    .returning('count')
    .executeTakeFirstOrThrow();
  return row.count;
}

/** Locks an account for an address until an instant. */
export async function lockAddress(
  tx: Tx,
  { account, address }: { account: number; address: string },
  until: number,
): Promise<void> {
  await tx.db
    .updateTable('failure')
    .set({ lockedUntil: until })
    .where('account', '=', account)
    .where('address', '=', address)
    .execute();
}

/** Forgets the wrong passwords of an account, everywhere or from one address; gives from how many addresses. */
export async function forgetFailures(tx: Tx, account: number, address?: string): Promise<number> {
  const all = tx.db.deleteFrom('failure').where('account', '=', account);
  const some = address === undefined ? all : all.where('address', '=', address);
  return Number((await some.executeTakeFirst()).numDeletedRows);
}
