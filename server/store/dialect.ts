import Database from 'better-sqlite3';
import {
  CompiledQuery,
  type Dialect,
  type Kysely,
  PostgresDialect,
  type RawBuilder,
  type SqlBool,
  type SqliteDatabase,
  SqliteDialect,
  type SqliteStatement,
  sql,
} from 'kysely';
import pg from 'pg';
import type { Schema } from './schema.ts';

/** The only file that knows which database this is. */
export type DialectName = 'sqlite' | 'postgres';

/** A column of a bulk statement: its name and PostgreSQL type. */
export type BulkColumn = { name: string; type: 'integer' | 'bigint' | 'text' | 'double precision' };

/** One statement over many rows: `insert into table (columns) … conflict`. */
export type BulkStatement = { table: string; columns: readonly BulkColumn[]; conflict: string };

/** Rows bound to one prepared statement, one after the other. */
class BoundRows {
  readonly rows: readonly (readonly unknown[])[];
  constructor(rows: readonly (readonly unknown[])[]) {
    this.rows = rows;
  }
}

function wrapStatement(statement: Database.Statement): SqliteStatement {
  const run = (parameters: readonly unknown[]) => {
    const first = parameters[0];
    if (!(first instanceof BoundRows)) return statement.run(...parameters);
    for (const row of first.rows) statement.run(row);
    return { changes: first.rows.length, lastInsertRowid: 0 };
  };
  return {
    reader: statement.reader,
    all: (parameters) => statement.all(...parameters),
    run,
    iterate: (parameters) => statement.iterate(...parameters),
  };
}

/** better-sqlite3 behind a cache of prepared statements: preparing anew costs more than most of our queries. */
function wrapDatabase(database: Database.Database): SqliteDatabase {
  const prepared = new Map<string, SqliteStatement>();
  return {
    close: () => database.close(),
    prepare(text) {
      let statement = prepared.get(text);
      if (!statement) {
        if (prepared.size > 500) prepared.clear();
        statement = wrapStatement(database.prepare(text));
        prepared.set(text, statement);
      }
      return statement;
    },
  };
}

/** A SQLite file (or `:memory:`), durable at every commit. Readers get a connection of their own. */
export function openSqlite(path: string, mode: 'write' | 'read'): Dialect {
  const database = new Database(path, { readonly: mode === 'read', timeout: 10_000 });
  if (mode === 'write') {
    database.pragma('journal_mode = WAL');
    database.pragma('synchronous = FULL');
    database.pragma('wal_autocheckpoint = 10000');
  }
  database.pragma('cache_size = -131072');
  database.pragma('temp_store = MEMORY');
  return new SqliteDialect({ database: wrapDatabase(database) });
}

/** A PostgreSQL database; 64-bit integers come as numbers (ours stay below 2^53). */
export function openPostgres(url: string, connections: number): Dialect {
  const types = {
    getTypeParser: (oid: number, format?: 'text' | 'binary') =>
      oid === 20 ? Number : pg.types.getTypeParser(oid, format as 'text'),
  };
  const pool = new pg.Pool({ connectionString: url, max: connections, types });
  // An idle connection that the database ends is replaced at the next query; unheard, it would end the process.
  pool.on('error', () => undefined);
  return new PostgresDialect({ pool });
}

const texts = new Map<string, string>();

function bulkText(name: DialectName, { table, columns, conflict }: BulkStatement): string {
  const key = `${name}|${table}|${conflict}`;
  let text = texts.get(key);
  if (!text) {
    const names = columns.map((column) => `"${column.name}"`).join(', ');
    const source =
      name === 'sqlite'
        ? `values (${columns.map(() => '?').join(', ')})`
        : `select * from unnest(${columns.map((column, index) => `$${index + 1}::${column.type}[]`).join(', ')})`;
    text = `insert into "${table}" (${names}) ${source} ${conflict}`;
    texts.set(key, text);
  }
  return text;
}

/** Runs one statement over many rows; each row has a value for each column, in their order. */
export async function runBulk(
  db: Kysely<Schema>,
  name: DialectName,
  work: { statement: BulkStatement; rows: readonly (readonly unknown[])[] },
): Promise<void> {
  const { statement, rows } = work;
  if (rows.length === 0) return;
  const text = bulkText(name, statement);
  const parameters =
    name === 'sqlite'
      ? [new BoundRows(rows)]
      : statement.columns.map((_, index) => rows.map((row) => row[index]));
  await db.executeQuery(CompiledQuery.raw(text, parameters));
}

/** `column in (values)` with one parameter however many values there are. */
export function isAnyOf(
  name: DialectName,
  column: string,
  values: readonly (string | number)[],
): RawBuilder<SqlBool> {
  const reference = sql.ref(column);
  if (name === 'sqlite') {
    return sql<SqlBool>`${reference} in (select value from json_each(${JSON.stringify(values)}))`;
  }
  const type = typeof values[0] === 'number' ? sql`bigint[]` : sql`text[]`;
  return sql<SqlBool>`${reference} = any(${[...values]}::${type})`;
}

/** The end of a CREATE TABLE whose rows are to lie in the order of their primary key. */
export function clustered(name: DialectName): RawBuilder<unknown> {
  return name === 'sqlite' ? sql`without rowid` : sql``;
}

/** The type and default of a key that the database counts up. */
export function countingKey(name: DialectName): RawBuilder<unknown> {
  return name === 'sqlite'
    ? sql`integer primary key autoincrement`
    : sql`bigint generated by default as identity primary key`;
}

/** The end of a text column that sorts by its bytes on both databases, whatever the database's own language. */
export function byteOrder(name: DialectName): RawBuilder<unknown> {
  return name === 'sqlite' ? sql`` : sql`collate "C"`;
}

/** How the database finds rows of a query: its plan, one line a step. */
export async function explainQuery(
  db: Kysely<Schema>,
  name: DialectName,
  query: CompiledQuery,
): Promise<string[]> {
  const prefix = name === 'sqlite' ? 'explain query plan ' : 'explain ';
  const { rows } = await db.executeQuery<Record<string, string>>(
    CompiledQuery.raw(prefix + query.sql, [...query.parameters]),
  );
  return rows.map((row) => row.detail ?? row['QUERY PLAN'] ?? '');
}
