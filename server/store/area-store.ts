import type { Reader } from './store.ts';

/** The spelling by which every area of work was first told, by its key: some hundred rows. */
export async function readAreaNames({ db }: Pick<Reader, 'db'>): Promise<ReadonlyMap<string, string>> {
  const rows = await db.selectFrom('area').selectAll().execute();
  return new Map(rows.map(({ key, name }) => [key, name]));
}
