/** What the rows cost by themselves: everything the pipeline writes for a batch, written by better-sqlite3 alone. */
import type Database from 'better-sqlite3';
import type { CompiledQuery } from 'kysely';
import { BoundStatements } from '../../server/store/sqlite-driver.ts';
import type { BoundStatement } from '../../server/store/sqlite-thread.ts';
import type { Store, Tx } from '../../server/store/store.ts';
import { openBare } from './bare.ts';

/** A transaction whose written rows are noted on their way. */
function spyOn(tx: Tx, written: BoundStatement[]): Tx {
  const db = new Proxy(tx.db, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name);
      if (typeof value !== 'function') return value;
      if (name !== 'executeQuery') return value.bind(target);
      return (query: CompiledQuery) => {
        const [first] = query.parameters;
        if (first instanceof BoundStatements) written.push(...first.statements);
        return target.executeQuery(query);
      };
    },
  });
  return { ...tx, db };
}

/** A store that notes, commit by commit, the rows written to it. */
export function watchWrites(store: Store): { store: Store; take: () => BoundStatement[][] } {
  let commits: BoundStatement[][] = [];
  const watched: Store = {
    ...store,
    commit(work) {
      const written: BoundStatement[] = [];
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

function runStatement(statement: Database.Statement, bound: BoundStatement): void {
  if ('parameters' in bound) {
    statement.run(bound.parameters);
    return;
  }
  const { columns } = bound;
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
    this.#database = openBare(path);
  }

  /** Writes commits, a transaction each. */
  write(commits: readonly (readonly BoundStatement[])[]): void {
    for (const statements of commits) {
      this.#database.exec('begin');
      for (const bound of statements) {
        const statement = this.#prepared.get(bound.sql) ?? this.#database.prepare(bound.sql);
        this.#prepared.set(bound.sql, statement);
        runStatement(statement, bound);
      }
      this.#database.exec('commit');
    }
  }

  close(): void {
    this.#database.close();
  }
}
