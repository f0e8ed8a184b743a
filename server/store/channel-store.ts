import { type Selectable, sql } from 'kysely';
import type { ChannelRow } from './alert-schema.ts';
import type { Reader } from './store.ts';

/** A channel as it is read. */
export type StoredChannel = Selectable<ChannelRow>;

/** All channels, by name. */
export async function readChannels({ db }: Reader): Promise<StoredChannel[]> {
  return db.selectFrom('channel').selectAll().orderBy('name').orderBy('id').execute();
}

/** The channel with an id, if there is one. */
export async function findChannel({ db }: Reader, id: number): Promise<StoredChannel | undefined> {
  return db.selectFrom('channel').selectAll().where('id', '=', id).executeTakeFirst();
}

/** Channels that have something to do at an instant, and that no process is sending by: one small read when there is nothing. */
export async function readDueChannels({ db }: Reader, now: number): Promise<StoredChannel[]> {
  const newest = sql<number>`(select max("n") from "episodeNote")`;
  return db
    .selectFrom('channel')
    .selectAll()
    .where('isEnabled', '=', 1)
    .where((eb) => eb.or([eb('nextAt', 'is', null), eb('nextAt', '<=', now)]))
    .where((eb) => eb.or([eb('claimUntil', 'is', null), eb('claimUntil', '<=', now)]))
    .where((eb) =>
      eb.or([
        ...[eb('claim', 'is not', null), eb('place', '<', newest), eb('mode', '=', 'digest')],
        ...[eb('heldUntil', '<=', now), eb('repeatAt', '<=', now)],
      ]),
    )
    .orderBy('id')
    .execute();
}

/** How many notes channels that send at once have yet to deal with, together. */
export async function countWaitingNotes({ db }: Reader): Promise<number> {
  const row = await db
    .selectFrom('channel')
    .select(
      sql<number | null>`sum((select coalesce(max("n"), 0) from "episodeNote") - "place")`.as('waiting'),
    )
    .where('isEnabled', '=', 1)
    .where('mode', '=', 'immediate')
    .executeTakeFirst();
  return Math.max(0, Number(row?.waiting ?? 0));
}
