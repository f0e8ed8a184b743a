/**
 * SQLite for Kysely. Hides that the writing connection lives in a thread of its own, so that a commit that waits for the
 * disk holds up neither requests nor frames; reading connections answer where they are asked.
 */
import { Worker } from 'node:worker_threads';
import Database from 'better-sqlite3';
import {
  CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  type QueryResult,
  SqliteAdapter,
  SqliteDialect,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from 'kysely';
import { createStatements } from './sqlite-statements.ts';
import type { BoundStatement, Order, Outcome } from './sqlite-thread.ts';

/** Statements that go to the thread together; the only parameter of their query. */
export class BoundStatements {
  readonly statements: readonly BoundStatement[];
  constructor(statements: readonly BoundStatement[]) {
    this.statements = statements;
  }
}

function statementsOf({ sql, parameters }: CompiledQuery): readonly BoundStatement[] {
  const [first] = parameters;
  return first instanceof BoundStatements ? first.statements : [{ sql, parameters }];
}

type Waiting = { resolve: (outcome: Outcome) => void; reject: (error: Error) => void };

/** The connection that the thread holds; what it is asked is answered in order. */
class ThreadConnection implements DatabaseConnection {
  readonly #worker: Worker;
  readonly #waiting: Waiting[] = [];
  readonly #ended: Promise<void>;
  #failure: Error | undefined;
  #opening: readonly BoundStatement[] = [];

  constructor(path: string) {
    this.#worker = new Worker(new URL('./sqlite-thread.ts', import.meta.url), { workerData: { path } });
    this.#worker.on('message', (outcome: Outcome) => this.#waiting.shift()?.resolve(outcome));
    this.#worker.on('error', (error: Error) => this.#fail(error));
    this.#ended = new Promise((resolve) => {
      this.#worker.once('exit', () => {
        this.#fail(new Error('the thread of the database has ended'));
        resolve();
      });
    });
  }

  #fail(error: Error): void {
    this.#failure ??= error;
    for (const { reject } of this.#waiting.splice(0)) reject(this.#failure);
  }

  /** The next statement opens a transaction first: one way to the thread for both. */
  begin(): void {
    this.#opening = [{ sql: 'begin', parameters: [] }];
  }

  async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    if (this.#failure) throw this.#failure;
    const order: Order = { kind: 'run', statements: [...this.#opening, ...statementsOf(query)] };
    this.#opening = [];
    const outcome = await new Promise<Outcome>((resolve, reject) => {
      // Sent first: what cannot be sent throws, and must not wait for an answer that is another's.
      this.#worker.postMessage(order);
      this.#waiting.push({ resolve, reject });
    });
    if (outcome.kind === 'rows') return { rows: outcome.rows as R[] };
    if (outcome.kind === 'error') throw Object.assign(new Error(outcome.message), { code: outcome.code });
    const { changes, insertId } = outcome;
    return { rows: [], numAffectedRows: BigInt(changes), insertId: BigInt(insertId) };
  }

  streamQuery(): AsyncIterableIterator<QueryResult<never>> {
    throw new Error('the writing connection does not stream');
  }

  async close(): Promise<void> {
    if (!this.#failure) this.#worker.postMessage({ kind: 'close' } satisfies Order);
    await this.#ended;
  }
}

class ThreadDriver implements Driver {
  readonly #path: string;
  #connection: ThreadConnection | undefined;

  constructor(path: string) {
    this.#path = path;
  }

  async init(): Promise<void> {
    this.#connection = new ThreadConnection(this.#path);
  }

  async acquireConnection(): Promise<ThreadConnection> {
    if (!this.#connection) throw new Error('the database is not open');
    return this.#connection;
  }

  async beginTransaction(): Promise<void> {
    this.#connection?.begin();
  }

  async commitTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('commit'));
  }

  async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('rollback'));
  }

  async releaseConnection(): Promise<void> {}

  async destroy(): Promise<void> {
    await this.#connection?.close();
  }
}

/** A SQLite file (or `:memory:`) for writing, one transaction at a time, in a thread of its own. */
export function openSqliteWriter(path: string): Dialect {
  return {
    createDriver: () => new ThreadDriver(path),
    createQueryCompiler: () => new SqliteQueryCompiler(),
    createAdapter: () => new SqliteAdapter(),
    createIntrospector: (db) => new SqliteIntrospector(db),
  };
}

/** A SQLite file for reading only. */
export function openSqliteReader(path: string): Dialect {
  const database = new Database(path, { readonly: true, timeout: 10_000 });
  database.pragma('cache_size = -131072');
  database.pragma('temp_store = MEMORY');
  return new SqliteDialect({
    database: { close: () => database.close(), prepare: createStatements(database) },
  });
}
