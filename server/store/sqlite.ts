/** SQLite for Kysely: how a file is opened for writing and for reading. */
import Database from 'better-sqlite3';
import {
  CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  SqliteAdapter,
  type SqliteDialectConfig,
  SqliteDriver,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from 'kysely';

/** Prepares a statement's text, or gives the one it prepared before. */
export type PrepareStatement = (sql: string) => Database.Statement;

/** The most statements kept; ours are some fifty texts. */
const MOST = 500;

/** Prepares each text once: preparing anew costs more than most of our statements. */
function createStatements(database: Database.Database): PrepareStatement {
  const prepared = new Map<string, Database.Statement>();
  return (sql) => {
    let statement = prepared.get(sql);
    if (!statement) {
      if (prepared.size >= MOST) prepared.clear();
      statement = database.prepare(sql);
      prepared.set(sql, statement);
    }
    return statement;
  };
}

/** Takes the write lock when a transaction begins, and does not roll back what SQLite has rolled back by itself. */
class ImmediateDriver extends SqliteDriver {
  readonly #database: Database.Database;

  constructor(database: Database.Database, config: SqliteDialectConfig) {
    super(config);
    this.#database = database;
  }

  override async beginTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('begin immediate'));
  }

  override async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    if (this.#database.inTransaction) await super.rollbackTransaction(connection);
  }
}

/** An open file: what Kysely needs, and its statements for rows in bulk. */
export type SqliteFile = { dialect: Dialect; prepare: PrepareStatement };

function serveKysely(database: Database.Database): SqliteFile {
  const prepare = createStatements(database);
  const config = { database: { close: () => database.close(), prepare } };
  return {
    prepare,
    dialect: {
      createDriver: () => new ImmediateDriver(database, config),
      createQueryCompiler: () => new SqliteQueryCompiler(),
      createAdapter: () => new SqliteAdapter(),
      createIntrospector: (db) => new SqliteIntrospector(db),
    },
  };
}

/** How long a statement waits for another program that writes. */
const BUSY_MS = 30_000;

/** A SQLite file (or `:memory:`) opened for writing, durable at every commit. */
export function openSqliteWriter(path: string): SqliteFile {
  const database = new Database(path, { timeout: BUSY_MS });
  database.pragma('page_size = 8192');
  database.pragma('journal_mode = WAL');
  database.pragma('synchronous = FULL');
  database.pragma('wal_autocheckpoint = 10000');
  database.pragma('cache_size = -131072');
  database.pragma('temp_store = MEMORY');
  return serveKysely(database);
}

/** A SQLite file for reading only. */
export function openSqliteReader(path: string): SqliteFile {
  const database = new Database(path, { readonly: true, timeout: BUSY_MS });
  database.pragma('cache_size = -131072');
  database.pragma('temp_store = MEMORY');
  return serveKysely(database);
}
