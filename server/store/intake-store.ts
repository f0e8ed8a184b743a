import type { Selectable } from 'kysely';
import type { DayRange } from '../../shared/period.ts';
import type { FeedDayRow, RefusalRow } from './intake-tables.ts';
import type { Reader } from './store.ts';

/** A refused batch as it is read. */
export type StoredRefusal = Selectable<RefusalRow>;

/** What came in from feeds over some days, by feed; those of which nothing came are left out. */
export async function sumFeedDays(
  { db }: Reader,
  feeds: readonly string[],
  { from, to }: DayRange,
): Promise<Map<string, Omit<FeedDayRow, 'feed' | 'day'>>> {
  if (feeds.length === 0) return new Map();
  const rows = await db
    .selectFrom('feedDay')
    .select('feed')
    .select(({ fn }) => [
      fn.sum<number | string>('batches').as('batches'),
      fn.sum<number | string>('events').as('events'),
      fn.sum<number | string>('duplicates').as('duplicates'),
      fn.sum<number | string>('refusals').as('refusals'),
      fn.sum<number | string>('refusedEvents').as('refusedEvents'),
    ])
    .where('feed', 'in', feeds)
    .where('day', '>=', from)
    .where('day', '<', to)
    .groupBy('feed')
    .execute();
  // PostgreSQL gives sums as text.
  return new Map(
    rows.map(({ feed, ...sums }) => [
      feed,
      {
        batches: Number(sums.batches),
        events: Number(sums.events),
        duplicates: Number(sums.duplicates),
        refusals: Number(sums.refusals),
        refusedEvents: Number(sums.refusedEvents),
      },
    ]),
  );
}

/** The newest refused batches of a feed over some days, of those that were kept. */
export async function readRefusals(
  { db }: Reader,
  feed: string,
  { from, to, limit }: DayRange & { limit: number },
): Promise<StoredRefusal[]> {
  return db
    .selectFrom('refusal')
    .selectAll()
    .where('feed', '=', feed)
    .where('day', '>=', from)
    .where('day', '<', to)
    .orderBy('day', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
    .execute();
}
