/** What the rows cost by themselves: everything the writer writes for a batch, written by better-sqlite3 alone. */
import type Database from 'better-sqlite3';
import type { Store, Tx } from '../../server/store/store.ts';
import { openBare } from './bare.ts';

/** Rows of one statement. */
export type WrittenRows = { sql: string; rows: unknown[][] };

/** A transaction whose rows written in bulk are noted on their way. */
function spyOn(tx: Tx, written: WrittenRows[]): Tx {
  const { sqlite } = tx;
  if (!sqlite) throw new Error('only SQLite is measured');
  return {
    ...tx,
    sqlite(sql) {
      const statement = sqlite(sql);
      const rows: unknown[][] = [];
      written.push({ sql, rows });
      return new Proxy(statement, {
        get: (target, name) =>
          name === 'run'
            ? (row: unknown[]) => {
                rows.push(row);
                return target.run(row);
              }
            : Reflect.get(target, name),
      });
    },
  };
}

/** A store that notes, commit by commit, the rows written to it. */
export function watchWrites(store: Store): { store: Store; take: () => WrittenRows[][] } {
  let commits: WrittenRows[][] = [];
  const watched: Store = {
    ...store,
    commit(now, work) {
      const written: WrittenRows[] = [];
      commits.push(written);
      return store.commit(now, (tx, attempt) => work(spyOn(tx, written), attempt));
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

/** Writes noted commits to a database of the same beginnings, opened as the store opens its own. */
export class BareWriter {
  readonly #database: Database.Database;
  readonly #prepared = new Map<string, Database.Statement>();

  constructor(path: string) {
    this.#database = openBare(path);
  }

  /** Writes commits, a transaction each. */
  write(commits: readonly (readonly WrittenRows[])[]): void {
    for (const written of commits) {
      this.#database.exec('begin');
      for (const { sql, rows } of written) {
        const statement = this.#prepared.get(sql) ?? this.#database.prepare(sql);
        this.#prepared.set(sql, statement);
        for (const row of rows) statement.run(row);
      }
      this.#database.exec('commit');
    }
  }

  close(): void {
    this.#database.close();
  }
}
