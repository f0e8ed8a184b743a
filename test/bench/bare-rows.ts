/** What the rows cost by themselves: everything the pipeline writes for a batch, written by better-sqlite3 alone. */
import Database from 'better-sqlite3';
import type { CompiledQuery } from 'kysely';
import { BoundSteps } from '../../server/store/sqlite-driver.ts';
import type { BoundStep } from '../../server/store/sqlite-thread.ts';
import type { Store, Tx } from '../../server/store/store.ts';

/** A transaction whose written rows are noted on their way. */
function spyOn(tx: Tx, written: BoundStep[]): Tx {
  const db = new Proxy(tx.db, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name);
      if (typeof value !== 'function') return value;
      if (name !== 'executeQuery') return value.bind(target);
      return (query: CompiledQuery) => {
        const [first] = query.parameters;
        if (first instanceof BoundSteps) written.push(...first.steps);
        return target.executeQuery(query);
      };
    },
  });
  return { ...tx, db };
}

/** A store that notes, commit by commit, the rows written to it. */
export function watchWrites(store: Store): { store: Store; take: () => BoundStep[][] } {
  let commits: BoundStep[][] = [];
  const watched: Store = {
    ...store,
    commit(work) {
      const written: BoundStep[] = [];
      commits.push(written);
      return store.commit((tx) => work(spyOn(tx, written)));
    },
  };
  return {
    store: watched,
    take() {
      const taken = commits;
      commits = [];
      return taken;
    },
  };
}

function runStep(statement: Database.Statement, step: BoundStep): void {
  if ('parameters' in step) {
    statement.run(step.parameters);
    return;
  }
  const { columns } = step;
  const row: unknown[] = new Array(columns.length);
  for (let index = 0; index < (columns[0]?.length ?? 0); index++) {
    for (const [column, values] of columns.entries()) {
      const value = values[index];
      row[column] = typeof value === 'number' && Number.isNaN(value) ? null : value;
    }
    statement.run(row);
  }
}

/** Writes noted commits to a database of the same beginnings, opened as the store opens its own. */
export class BareWriter {
  readonly #database: Database.Database;
  readonly #prepared = new Map<string, Database.Statement>();

  constructor(path: string) {
    this.#database = new Database(path);
    this.#database.pragma('journal_mode = WAL');
    this.#database.pragma('synchronous = FULL');
    this.#database.pragma('wal_autocheckpoint = 10000');
    this.#database.pragma('cache_size = -131072');
  }

  /** Writes commits, a transaction each. */
  write(commits: readonly (readonly BoundStep[])[]): void {
    for (const steps of commits) {
      this.#database.exec('begin');
      for (const step of steps) {
        const statement = this.#prepared.get(step.sql) ?? this.#database.prepare(step.sql);
        this.#prepared.set(step.sql, statement);
        runStep(statement, step);
      }
      this.#database.exec('commit');
    }
  }

  close(): void {
    this.#database.close();
  }
}
