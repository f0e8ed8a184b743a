import { sql } from 'kysely';
import { MEASURE_IDS, type MeasureId, TOPIC_IDS } from '../../../shared/measure.ts';
import type { Tx } from '../store.ts';

/** A table that is a fold of the log, and the columns in which a fold must come out the same. */
const FOLDED = [
  { table: 'tally', columns: ['unit', 'grain', 'start', ...MEASURE_IDS], sums: MEASURE_IDS },
  { table: 'breakdown', columns: ['unit', 'grain', 'start', 'topic', ...TOPIC_IDS], sums: TOPIC_IDS },
  {
    table: 'subject',
    columns: [
      'kind',
      'key',
      'history',
      'nextAt',
      'unit',
      'procedure',
      'field',
      'status',
      'channel',
      'acceptedAt',
      'dueAt',
      'dueSoonAt',
      'endAt',
      'paused',
      'outcome',
    ],
    sums: [],
  },
] as const;

const list = (columns: readonly string[]) => sql.raw(columns.map((name) => `"${name}"`).join(', '));

/** Rows that hold nothing but zeros say the same as no row. */
const nonZero = (sums: readonly MeasureId[]) =>
  sql.raw(sums.length > 0 ? `where ${sums.map((name) => `"${name}" <> 0`).join(' or ')}` : '');

type FoldedTable = (typeof FOLDED)[number]['table'];

/** Keeps a copy of folded tables (`tallyBefore` of `tally`) for the rest of the transaction, or until `dropCopies`. */
export async function copyFolds({ db }: Tx, tables: readonly FoldedTable[]): Promise<void> {
  for (const table of tables) {
    await sql`create temporary table ${sql.table(`${table}Before`)} as select * from ${sql.table(table)}`.execute(
      db,
    );
  }
}

/** Rows that stand in one of two folds only: `was` before, `is` after; `examples` holds a few as JSON. */
export type FoldDifference = { table: string; was: number; is: number; examples: string[] };

/** Takes the copies away. */
export async function dropCopies({ db }: Tx, tables: readonly FoldedTable[]): Promise<void> {
  for (const table of tables) await sql`drop table ${sql.table(`${table}Before`)}`.execute(db);
}

/** Every table that is a fold of the log. */
export const FOLDED_TABLES: readonly FoldedTable[] = FOLDED.map(({ table }) => table);

/** Compares the folded tables with their copies; empty when they are equal. */
export async function compareFolds({ db }: Tx): Promise<FoldDifference[]> {
  const differences: FoldDifference[] = [];
  for (const { table, columns, sums } of FOLDED) {
    const before = sql`select ${list(columns)} from ${sql.table(`${table}Before`)} ${nonZero(sums)}`;
    const after = sql`select ${list(columns)} from ${sql.table(table)} ${nonZero(sums)}`;
    const was = await sql<Record<string, unknown>>`${before} except ${after}`.execute(db);
    const is = await sql<Record<string, unknown>>`${after} except ${before}`.execute(db);
    if (was.rows.length + is.rows.length === 0) continue;
    const examples = [...was.rows.slice(0, 3), ...is.rows.slice(0, 3)].map((row) => JSON.stringify(row));
    differences.push({ table, was: was.rows.length, is: is.rows.length, examples });
  }
  return differences;
}
