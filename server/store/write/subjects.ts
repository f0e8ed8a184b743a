import { type BulkColumn, type BulkStatement, runBulks } from '../dialect.ts';
import type { SubjectRow } from '../schema.ts';
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

/** Writes subjects, new or changed. */
export async function writeSubjects(tx: Tx, subjects: readonly Omit<SubjectRow, 'seq'>[]): Promise<void> {
  const rows = subjects.map((subject) => {
    const row: SubjectRow = { ...subject, seq: tx.seq };
    return COLUMNS.map((name) => row[name]);
  });
  await runBulks(tx, [{ statement: UPSERT, rows }]);
}
