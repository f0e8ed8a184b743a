import type { StoredNote } from './episode-store.ts';
import type { Reader } from './store.ts';

/** The number of the newest note; 0 before the first. */
export async function readNewestNote({ db }: Reader): Promise<number> {
  const row = await db
    .selectFrom('episodeNote')
    .select((eb) => eb.fn.max('n').as('n'))
    .executeTakeFirst();
  return row?.n ?? 0;
}

/** Notes after one and up to another, in order. */
export async function readNotes(
  { db }: Reader,
  { from, to }: { from: number; to: number },
): Promise<StoredNote[]> {
  return db
    .selectFrom('episodeNote')
    .selectAll()
    .where('n', '>', from)
    .where('n', '<=', to)
    .orderBy('n')
    .execute();
}

/**
 * Up to which note a message reaches that goes on after one: whole commits, together about `most` notes; a commit that is
 * larger by itself is one message all the same. `from` where there is nothing new.
 */
export async function findMessageEnd({ db }: Reader, from: number, most: number): Promise<number> {
  const rows = await db
    .selectFrom('episodeNote')
    .select(['n', 'seq'])
    .where('n', '>', from)
    .orderBy('n')
    .limit(most + 1)
    .execute();
  const last = rows.at(-1);
  if (!last) return from;
  if (rows.length <= most) return last.n;
  const before = rows.findLast(({ seq }) => seq !== last.seq);
  if (before) return before.n;
  const row = await db
    .selectFrom('episodeNote')
    .select((eb) => eb.fn.max('n').as('n'))
    .where('n', '>', from)
    .where('seq', '=', last.seq)
    .executeTakeFirst();
  return row?.n ?? last.n;
}
