import { sql } from 'kysely';
import type { FeedDayRow, RefusalRow } from '../intake-tables.ts';
import type { Tx } from '../store.ts';

/** Adds to what came in from a feed on a day, and gives how it stands by now. */
export async function addToFeedDay(tx: Tx, more: FeedDayRow): Promise<FeedDayRow> {
  const add = (column: Exclude<keyof FeedDayRow, 'feed' | 'day'>) =>
    sql<number>`${sql.ref(`feedDay.${column}`)} + ${more[column]}`;
  return tx.db
    .insertInto('feedDay')
    .values(more)
    .onConflict((conflict) =>
      conflict.columns(['feed', 'day']).doUpdateSet({
        batches: add('batches'),
        events: add('events'),
        duplicates: add('duplicates'),
        refusals: add('refusals'),
        refusedEvents: add('refusedEvents'),
      }),
    )
    .returningAll()
    .executeTakeFirstOrThrow();
}

/** Keeps why a batch was refused, and forgets what was kept of its feed before a day. */
export async function insertRefusal(
  tx: Tx,
  refusal: Omit<RefusalRow, 'id' | 'at'>,
  forgetBefore: string,
): Promise<void> {
  await tx.db
    .insertInto('refusal')
    .values({ ...refusal, at: tx.at })
    .execute();
  await tx.db
    .deleteFrom('refusal')
    .where('feed', '=', refusal.feed)
    .where('day', '<', forgetBefore)
    .execute();
}
