/**
 * The only place that knows SQL: the same code on SQLite and PostgreSQL. Hides connections, dialect and migrations.
 * Law: one commit is one transaction with the next seq; inside it only `tx` is in reach, never the store.
 */
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { Kysely, sql } from 'kysely';
import { Migrator } from 'kysely/migration';
import { type DialectName, openPostgres } from './dialect.ts';
import { listMigrations } from './migrations.ts';
import type { Schema } from './schema.ts';
import { openSqliteReader, openSqliteWriter } from './sqlite-driver.ts';

/** An open transaction. `seq` is its number; `unitSeq` the number that last changed the units. */
export type Tx = { db: Kysely<Schema>; dialect: DialectName; seq: number; unitSeq: number; tickedTo: number };

/** A handle for reading: what every query of this room takes. */
export type Reader = { db: Kysely<Schema>; dialect: DialectName };

/** Where the clock stands. */
export type Clock = { seq: number; unitSeq: number; foldKey: string; tickedTo: number };

export type Store = {
  reader: Reader;
  /** Secret of this store with which dossier codes are hashed. */
  hashKey: string;
  /** Runs `work` as one transaction, one after the other; a throw rolls everything back. */
  commit: <T>(work: (tx: Tx) => Promise<T>) => Promise<T>;
  readClock: () => Promise<Clock>;
  close: () => Promise<void>;
};

async function migrate(db: Kysely<Schema>, dialect: DialectName): Promise<void> {
  const migrator = new Migrator({ db, provider: listMigrations(dialect) });
  const { error } = await migrator.migrateToLatest();
  if (error) throw error;
}

async function readOrMakeClock(db: Kysely<Schema>): Promise<string> {
  const hashKey = randomBytes(32).toString('base64url');
  await db
    .insertInto('clock')
    .values({ id: 1, seq: 0, unitSeq: 0, hashKey, foldKey: '', tickedTo: 0 })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  const row = await db.selectFrom('clock').select('hashKey').executeTakeFirstOrThrow();
  return row.hashKey;
}

async function begin<T>(db: Kysely<Schema>, dialect: DialectName, work: (tx: Tx) => Promise<T>): Promise<T> {
  return db.transaction().execute(async (trx) => {
    const clock = await trx
      .updateTable('clock')
      .set({ seq: sql<number>`seq + 1` })
      .returning(['seq', 'unitSeq', 'tickedTo'])
      .executeTakeFirstOrThrow();
    return work({ db: trx, dialect, ...clock });
  });
}

function openConnections(url: string): {
  dialect: DialectName;
  writer: Kysely<Schema>;
  reader: () => Kysely<Schema>;
} {
  if (/^postgres(ql)?:/.test(url)) {
    const writer = new Kysely<Schema>({ dialect: openPostgres(url, 8) });
    return { dialect: 'postgres', writer, reader: () => writer };
  }
  if (url !== ':memory:' && !existsSync(dirname(url))) mkdirSync(dirname(url), { recursive: true });
  const writer = new Kysely<Schema>({ dialect: openSqliteWriter(url) });
  const separate = () => new Kysely<Schema>({ dialect: openSqliteReader(url) });
  return { dialect: 'sqlite', writer, reader: url === ':memory:' ? () => writer : separate };
}

/** Opens a store: a `postgres://` address, the path of a SQLite file, or `:memory:`. Migrates it, or throws. */
export async function openStore(url: string): Promise<Store> {
  const { dialect, writer, reader: openReader } = openConnections(url);
  await migrate(writer, dialect);
  const hashKey = await readOrMakeClock(writer);
  const db = openReader();
  let last: Promise<unknown> = Promise.resolve();
  return {
    reader: { db, dialect },
    hashKey,
    commit(work) {
      const next = last.then(() => begin(writer, dialect, work));
      last = next.catch(() => undefined);
      return next;
    },
    readClock: () =>
      db.selectFrom('clock').select(['seq', 'unitSeq', 'foldKey', 'tickedTo']).executeTakeFirstOrThrow(),
    async close() {
      await last;
      await writer.destroy();
      if (db !== writer) await db.destroy();
    },
  };
}
