import type { SessionRow } from '../people-schema.ts';
import type { Tx } from '../store.ts';
import { noteRights } from './clock.ts';

/** Adds a session. */
export async function insertSession(
  tx: Tx,
  session: Pick<SessionRow, 'id' | 'hash' | 'account' | 'token' | 'how' | 'address'>,
): Promise<void> {
  await tx.db
    .insertInto('session')
    .values({
      ...session,
      ...{ oldHash: null, oldUntil: null, issuedSeq: tx.seq, lockedAt: null, endedAt: null },
      ...{ createdAt: tx.at, seenAt: tx.at },
    })
    .execute();
}

/** Notes that somebody is at the keyboard. */
export async function noteSeen(tx: Tx, id: string): Promise<void> {
  await tx.db.updateTable('session').set({ seenAt: tx.at }).where('id', '=', id).execute();
}

/** Locks a session, or unlocks it and begins its idle time anew. */
export async function writeLock(tx: Tx, id: string, lockedAt: number | null): Promise<void> {
  const seen = lockedAt === null ? { seenAt: tx.at } : {};
  await tx.db
    .updateTable('session')
    .set({ lockedAt, ...seen })
    .where('id', '=', id)
    .execute();
  await noteRights(tx);
}

/** Gives a session another cookie; the one it had stays good until an instant. */
export async function replaceCookie(
  tx: Tx,
  { id, hash }: Pick<SessionRow, 'id' | 'hash'>,
  next: { hash: string; oldUntil: number },
): Promise<void> {
  await tx.db
    .updateTable('session')
    .set({ hash: next.hash, oldHash: hash, oldUntil: next.oldUntil, issuedSeq: tx.seq })
    .where('id', '=', id)
    .execute();
}

/** Ends a session. */
export async function endSession(tx: Tx, id: string): Promise<void> {
  await tx.db
    .updateTable('session')
    .set({ endedAt: tx.at })
    .where('id', '=', id)
    .where('endedAt', 'is', null)
    .execute();
  await noteRights(tx);
}

/** Ends every session of an account. */
export async function endSessionsOf(tx: Tx, account: number): Promise<void> {
  await tx.db
    .updateTable('session')
    .set({ endedAt: tx.at })
    .where('account', '=', account)
    .where('endedAt', 'is', null)
    .execute();
  await noteRights(tx);
}

/** Drops sessions that ended, or that nobody was seen in, before an instant; a display's stays until it ends. */
export async function dropOldSessions(tx: Tx, before: number): Promise<void> {
  await tx.db
    .deleteFrom('session')
    .where((eb) =>
      eb.or([eb('endedAt', '<', before), eb('seenAt', '<', before).and('account', 'is not', null)]),
    )
    .execute();
}

/** Notes that a token was used from an address. */
export async function writeTokenUse(tx: Tx, token: string, address: string): Promise<void> {
  await tx.db
    .insertInto('tokenUse')
    .values({ token, address, firstAt: tx.at, lastAt: tx.at })
    .onConflict((conflict) => conflict.columns(['token', 'address']).doUpdateSet({ lastAt: tx.at }))
    .execute();
}
