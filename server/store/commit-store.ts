import type { Reader } from './store.ts';

/** The instant of a commit; undefined for a number that stands for none, or for one before instants were kept. */
export async function findCommitAt({ db }: Reader, seq: number): Promise<number | undefined> {
  const row = await db.selectFrom('commit').select('at').where('seq', '=', seq).executeTakeFirst();
  return row?.at;
}
