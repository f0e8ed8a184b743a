/** The reference: prepared inserts of the same events by better-sqlite3 alone, into a table that refuses an id told before. */
import Database from 'better-sqlite3';
import type { OpsEvent } from '../../shared/event.ts';

/** A row of the event table, in the order of its columns. */
export type BareRow = [
  seq: number,
  feed: string,
  id: string,
  kind: string,
  at: number,
  subject: string,
  body: string,
];

/** Rows of the same size as those the server writes: a subject of 22 characters, the rest as JSON. */
export function toRows(events: readonly OpsEvent[], feed: string): BareRow[] {
  return events.map((event, index) => {
    const { id, kind, at, ...rest } = event;
    const subject = id.padEnd(22, '-').slice(-22);
    const body = JSON.stringify({ at, ...rest, dossier: undefined });
    return [index, feed, id, kind, Date.parse(at), subject, body];
  });
}

/** Opens a database as the store opens its own: WAL, synchronous FULL, the same cache and checkpoints. */
export function openBare(path: string): Database.Database {
  const database = new Database(path);
  database.pragma('journal_mode = WAL');
  database.pragma('synchronous = FULL');
  database.pragma('wal_autocheckpoint = 10000');
  database.pragma('cache_size = -131072');
  return database;
}

/** A table of its own, beside the log, to insert events into. */
export class BareStore {
  readonly #database: Database.Database;
  readonly #insert: Database.Statement;

  constructor(path: string) {
    this.#database = openBare(path);
    this.#database.exec(`create table "bare" (
      "n" integer primary key, "seq" bigint not null, "feed" text not null, "id" text not null, "kind" text not null,
      "at" bigint not null, "subject" text, "body" text not null, unique ("feed", "id"))`);
    this.#database.exec(
      `insert into "bare" select "n", "seq", "feed", "id", "kind", "at", "subject", "body" from "event"`,
    );
    this.#insert = this.#database.prepare(
      'insert into "bare" ("seq", "feed", "id", "kind", "at", "subject", "body") values (?, ?, ?, ?, ?, ?, ?)',
    );
  }

  /** Inserts rows, one transaction for each batch. */
  insert(batches: readonly BareRow[][]): void {
    for (const batch of batches) {
      this.#database.exec('begin');
      for (const row of batch) this.#insert.run(row);
      this.#database.exec('commit');
    }
  }

  close(): void {
    this.#database.close();
  }
}
