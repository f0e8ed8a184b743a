/** The thread that holds a SQLite file for writing: runs what it is sent, in order. Started by sqlite-driver.ts alone. */
import { parentPort, workerData } from 'node:worker_threads';
import Database from 'better-sqlite3';
import { createStatements } from './sqlite-statements.ts';

/** The values of one column: numbers (NaN: null) or texts. */
export type ColumnValues = Float64Array | readonly (string | null)[];

/** A statement to run: once with its parameters, or once for each row of some columns. */
export type BoundStatement =
  | { sql: string; parameters: readonly unknown[] }
  | { sql: string; columns: readonly ColumnValues[] };

/** What to do: some statements in order, answered as the last of them; or to end. */
export type Order = { kind: 'run'; statements: readonly BoundStatement[] } | { kind: 'close' };

/** What came of it. */
export type Outcome =
  | { kind: 'rows'; rows: unknown[] }
  | { kind: 'changes'; changes: number; insertId: number | bigint }
  | { kind: 'error'; message: string; code: string };

function valueAt(column: ColumnValues, index: number): unknown {
  const value = column[index];
  return typeof value === 'number' && Number.isNaN(value) ? null : value;
}

/** A SQLite file (or `:memory:`) opened for writing, durable at every commit. */
function openWriter(path: string): Database.Database {
  const database = new Database(path, { timeout: 10_000 });
  database.pragma('page_size = 8192');
  database.pragma('journal_mode = WAL');
  database.pragma('synchronous = FULL');
  database.pragma('wal_autocheckpoint = 10000');
  database.pragma('cache_size = -131072');
  database.pragma('temp_store = MEMORY');
  return database;
}

function runBulk(statement: Database.Statement, columns: readonly ColumnValues[]): Outcome {
  const count = columns[0]?.length ?? 0;
  const row: unknown[] = new Array(columns.length);
  for (let index = 0; index < count; index++) {
    for (let column = 0; column < columns.length; column++)
      row[column] = valueAt(columns[column] ?? [], index);
    statement.run(row);
  }
  return { kind: 'changes', changes: count, insertId: 0 };
}

function runStatement(statement: Database.Statement, bound: BoundStatement): Outcome {
  if ('columns' in bound) return runBulk(statement, bound.columns);
  if (statement.reader) return { kind: 'rows', rows: statement.all(bound.parameters) };
  const { changes, lastInsertRowid } = statement.run(bound.parameters);
  return { kind: 'changes', changes, insertId: lastInsertRowid };
}

function serve(port: NonNullable<typeof parentPort>, path: string): void {
  const database = openWriter(path);
  const prepare = createStatements(database);
  port.on('message', (order: Order) => {
    if (order.kind === 'close') {
      database.close();
      port.close();
      return;
    }
    let outcome: Outcome = { kind: 'rows', rows: [] };
    try {
      for (const bound of order.statements) outcome = runStatement(prepare(bound.sql), bound);
    } catch (error) {
      const { message, code } = error as Error & { code?: string };
      outcome = { kind: 'error', message, code: code ?? '' };
    }
    port.postMessage(outcome);
  });
}

if (parentPort) serve(parentPort, (workerData as { path: string }).path);
