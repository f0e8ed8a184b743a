import type { Bulk, BulkStatement } from './dialect.ts';
import type { Reader } from './store.ts';

/** An area of work as it was first told: the key its rows are counted under, and the spelling it is shown by. */
export type AreaName = { key: string; name: string };

const AREA_INSERT: BulkStatement = {
  table: 'area',
  columns: [
    { name: 'key', type: 'text' },
    { name: 'name', type: 'text' },
  ],
  conflict: 'on conflict ("key") do nothing',
};

/** Keeps spellings of areas that have none yet. */
export function bulkAreas(areas: readonly AreaName[]): Bulk {
  const names = new Map(areas.toReversed().map(({ key, name }) => [key, name]));
  return { statement: AREA_INSERT, rows: [...names] };
}

/** The spelling of every area that was ever told, by key: some hundred rows. */
export async function readAreaNames({ db }: Pick<Reader, 'db'>): Promise<ReadonlyMap<string, string>> {
  const rows = await db.selectFrom('area').selectAll().execute();
  return new Map(rows.map(({ key, name }) => [key, name]));
}
