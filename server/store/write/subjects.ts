import { type BulkColumn, type BulkStatement, runBulks } from '../dialect.ts';
import type { AreaRow, SubjectRow } from '../schema.ts';
import type { Tx } from '../store.ts';

const KEY: readonly BulkColumn[] = [
  { name: 'kind', type: 'text' },
  { name: 'key', type: 'text' },
];
const FACTS: readonly BulkColumn[] = [
  { name: 'history', type: 'text' },
  { name: 'foldedAt', type: 'bigint' },
  { name: 'nextAt', type: 'bigint' },
  { name: 'unit', type: 'integer' },
  { name: 'procedure', type: 'text' },
  { name: 'field', type: 'text' },
  { name: 'status', type: 'integer' },
  { name: 'channel', type: 'text' },
  { name: 'acceptedAt', type: 'bigint' },
  { name: 'dueAt', type: 'bigint' },
  { name: 'dueSoonAt', type: 'bigint' },
  { name: 'endAt', type: 'bigint' },
  { name: 'paused', type: 'integer' },
  { name: 'outcome', type: 'text' },
  { name: 'seq', type: 'bigint' },
];

const UPSERT: BulkStatement = {
  table: 'subject',
  columns: [...KEY, ...FACTS],
  conflict: `on conflict ("key", "kind") do update set ${FACTS.map(({ name }) => `"${name}" = excluded."${name}"`).join(', ')}`,
};

const COLUMNS = [...KEY, ...FACTS].map(({ name }) => name) as (keyof SubjectRow)[];

const AREA_INSERT: BulkStatement = {
  table: 'area',
  columns: [
    { name: 'key', type: 'text' },
    { name: 'name', type: 'text' },
  ],
  conflict: 'on conflict ("key") do nothing',
};

/** Writes subjects, new or changed, and the spellings of areas that have none yet: the first told stays. */
export async function writeSubjects(
  tx: Tx,
  subjects: readonly Omit<SubjectRow, 'seq'>[],
  areas: readonly AreaRow[],
): Promise<void> {
  const rows = subjects.map((subject) => {
    const row: SubjectRow = { ...subject, seq: tx.seq };
    return COLUMNS.map((name) => row[name]);
  });
  const names = new Map(areas.toReversed().map(({ key, name }) => [key, name]));
  await runBulks(tx, [
    { statement: UPSERT, rows },
    { statement: AREA_INSERT, rows: [...names] },
  ]);
}
