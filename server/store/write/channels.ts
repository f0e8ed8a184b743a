import type { Insertable, Updateable } from 'kysely';
import type { ChannelRow } from '../alert-schema.ts';
import type { Tx } from '../store.ts';

/** Adds a channel and gives its id. */
export async function insertChannel(
  tx: Tx,
  channel: Omit<Insertable<ChannelRow>, 'id' | 'seq'>,
): Promise<number> {
  const row = await tx.db
    .insertInto('channel')
    .values({ ...channel, seq: tx.seq })
    .returning('id')
    .executeTakeFirstOrThrow();
  return row.id;
}

/** Changes facts of a channel. */
export async function updateChannel(
  tx: Tx,
  id: number,
  changes: Omit<Updateable<ChannelRow>, 'id' | 'seq'>,
): Promise<void> {
  await tx.db
    .updateTable('channel')
    .set({ ...changes, seq: tx.seq })
    .where('id', '=', id)
    .execute();
}

/** Removes a channel. */
export async function deleteChannel(tx: Tx, id: number): Promise<void> {
  await tx.db.deleteFrom('channel').where('id', '=', id).execute();
}
