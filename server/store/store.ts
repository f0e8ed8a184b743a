/**
 * The only place that knows SQL: the same code on SQLite and PostgreSQL. Hides connections, dialect and migrations.
 * Law: one commit is one transaction with the next seq; inside it only `tx` is in reach, never the store.
 */
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { Kysely, sql } from 'kysely';
import { Migrator } from 'kysely/migration';
import { AppError } from '../errors.ts';
import { type DialectName, openPostgres, readOutage } from './dialect.ts';
import { listMigrations } from './migrations.ts';
import type { Schema } from './schema.ts';
import { openSqliteReader, openSqliteWriter, type PrepareStatement } from './sqlite.ts';

/** A handle for reading: what every query of this room takes. */
export type Reader = { db: Kysely<Schema>; dialect: DialectName };

/** Where the clock stands. */
export type Clock = {
  seq: number;
  unitSeq: number;
  foldKey: string;
  tickedTo: number;
  resetSeq: number;
  rightsSeq: number;
  judgedSeq: number;
  judgedTo: number;
  rulesSeq: number;
  pausedUntil: number;
  unjudgedAt: number | null;
};

/** For how long anything has waited to be judged; 0 where nothing waits, and of a store that was never judged. */
export function readLagMs(
  { unjudgedAt, judgedSeq, pausedUntil }: Pick<Clock, 'unjudgedAt' | 'judgedSeq' | 'pausedUntil'>,
  now: number,
): number {
  if (unjudgedAt === null || judgedSeq === 0) return 0;
  return Math.max(0, now - Math.max(unjudgedAt, pausedUntil));
}

/** An open transaction: the clock as this commit has moved it, `at` its instant, and a way to write rows in bulk. */
export type Tx = Reader & Clock & { at: number; sqlite: PrepareStatement | null };

/** A store that can be read. */
export type ReadingStore = { reader: Reader; readClock: () => Promise<Clock>; close: () => Promise<void> };

/** Runs work within a transaction such that what throws leaves no trace of its own; AppError `notReady` ends them all. */
export type Attempt = <T>(work: () => Promise<T>) => Promise<T>;

export type Store = ReadingStore & {
  /** Secret of this store with which dossier codes are hashed. */
  hashKey: string;
  /** Runs `work` as one transaction, the next commit, at an instant; a throw rolls everything back. One at a time. */
  commit: <T>(at: number, work: (tx: Tx, attempt: Attempt) => Promise<T>) => Promise<T>;
  /** Writes what says nothing, durably: throws where a commit would. After one that failed it writes as much as many would. */
  tryWrite: () => Promise<void>;
};

const CLOCK = [
  'seq',
  'unitSeq',
  'foldKey',
  'tickedTo',
  'resetSeq',
  'rightsSeq',
  'judgedSeq',
  'judgedTo',
  'rulesSeq',
  'pausedUntil',
  'unjudgedAt',
] as const;

async function migrate(db: Kysely<Schema>, dialect: DialectName): Promise<void> {
  const migrator = new Migrator({ db, provider: listMigrations(dialect) });
  const { error } = await migrator.migrateToLatest();
  if (error) throw error;
}

async function readOrMakeClock(db: Kysely<Schema>): Promise<string> {
  const hashKey = randomBytes(32).toString('base64url');
  await db
    .insertInto('clock')
    .values({
      ...{ id: 1, seq: 0, unitSeq: 0, hashKey, foldKey: '', tickedTo: 0, resetSeq: 0, rightsSeq: 0 },
      ...{ judgedSeq: 0, judgedTo: 0, rulesSeq: 0, pausedUntil: 0, unjudgedAt: null },
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  const row = await db.selectFrom('clock').select('hashKey').executeTakeFirstOrThrow();
  return row.hashKey;
}

type Connections = {
  dialect: DialectName;
  writer: Kysely<Schema>;
  sqlite: PrepareStatement | null;
  openReader: () => Kysely<Schema>;
};

/** As much as a batch comes to: 1 MiB. */
const FILLER = ' '.repeat(1024 * 1024);

const isPostgres = (url: string) => /^postgres(ql)?:/.test(url);

function openConnections(url: string): Connections {
  if (isPostgres(url)) {
    const writer = new Kysely<Schema>({ dialect: openPostgres(url, 8) });
    return { dialect: 'postgres', writer, sqlite: null, openReader: () => writer };
  }
  if (url !== ':memory:' && !existsSync(dirname(url)))
    mkdirSync(dirname(url), { recursive: true, mode: 0o700 });
  const { dialect, prepare } = openSqliteWriter(url);
  const writer = new Kysely<Schema>({ dialect });
  const separate = () => new Kysely<Schema>({ dialect: openSqliteReader(url).dialect });
  const openReader = url === ':memory:' ? () => writer : separate;
  return { dialect: 'sqlite', writer, sqlite: prepare, openReader };
}

/** What the database cannot do now becomes `notReady`, with the cause kept for the log. */
export function explainOutage(error: unknown): unknown {
  const outage = error instanceof AppError ? null : readOutage(error);
  return outage === null ? error : new AppError('notReady', outage, [], { cause: error });
}

const readClock = (db: Kysely<Schema>): Promise<Clock> =>
  db
    .selectFrom('clock')
    .select([...CLOCK])
    .executeTakeFirstOrThrow();

async function begin<T>(
  { writer, dialect, sqlite }: Connections,
  at: number,
  work: (tx: Tx, attempt: Attempt) => Promise<T>,
): Promise<T> {
  return writer.transaction().execute(async (db) => {
    const clock = await db
      .updateTable('clock')
      .set({ seq: sql<number>`seq + 1` })
      .returning([...CLOCK])
      .executeTakeFirstOrThrow();
    await db.insertInto('commit').values({ seq: clock.seq, at }).execute();
    const attempt: Attempt = async (part) => {
      await sql`savepoint part`.execute(db);
      try {
        const done = await part();
        await sql`release savepoint part`.execute(db);
        return done;
      } catch (error) {
        const explained = explainOutage(error);
        if (explained !== error) throw explained;
        await sql`rollback to savepoint part`.execute(db);
        throw error;
      }
    };
    return work({ db, dialect, sqlite, at, ...clock }, attempt);
  });
}

/** Opens a store: a `postgres://` address, the path of a SQLite file, or `:memory:`. Migrates it, or throws. */
export async function openStore(url: string): Promise<Store> {
  const connections = openConnections(url);
  const { dialect, writer, openReader } = connections;
  await migrate(writer, dialect);
  const hashKey = await readOrMakeClock(writer);
  const db = openReader();
  let last: Promise<unknown> = Promise.resolve();
  let isOut = false;
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const next = last.then(work).catch((error: unknown) => {
      const explained = explainOutage(error);
      isOut ||= explained instanceof AppError && explained.code === 'notReady';
      throw explained;
    });
    last = next.catch(() => undefined);
    return next;
  };
  return {
    reader: { db, dialect },
    hashKey,
    commit: (at, work) => inTurn(() => begin(connections, at, work)),
    tryWrite: () =>
      inTurn(async () => {
        await writer.updateTable('clock').set({ tickedTo: sql<number>`"tickedTo"` }).execute();
        // On a full disk a little may still be written when a commit may not.
        if (isOut)
          for (const filler of [FILLER, '']) await writer.updateTable('spare').set({ filler }).execute();
        isOut = false;
      }),
    readClock: () => readClock(db),
    async close() {
      await last;
      await writer.destroy();
      if (db !== writer) await db.destroy();
    },
  };
}

/** Opens a store that another thread has opened for writing: a SQLite file, for reading only. */
export function openReadingStore(path: string): ReadingStore {
  const db = new Kysely<Schema>({ dialect: openSqliteReader(path).dialect });
  return { reader: { db, dialect: 'sqlite' }, readClock: () => readClock(db), close: () => db.destroy() };
}

/** Whether the store at an address is written in a thread of its own: a SQLite file is, others are not. */
export const hasWritingThread = (url: string): boolean => url !== ':memory:' && !isPostgres(url);
