import { type ColumnDefinitionBuilder, type Kysely, sql } from 'kysely';
import type { Migration, MigrationProvider } from 'kysely/migration';
import { byteOrder, clustered, countingKey, type DialectName } from './dialect.ts';

/** Measure columns of the first schema: a migration states its own facts and never sees today's catalogue. */
const FIRST_MEASURES = [
  'received',
  'receivedOnline',
  'receivedDirect',
  'receivedPostal',
  'receivedFull',
  'receivedReused',
  'receivedVneid',
  'feeDue',
  'feePaidOnline',
  'takenOnline',
  'takenOffline',
  'inherited',
  'resolvedEarly',
  'resolvedOnTime',
  'resolvedLate',
  'resolvedRepeat',
  'supplemented',
  'supplementedAgain',
  'refused',
  'withdrawn',
  'stopped',
  'resultDue',
  'resultElectronic',
  'digitised',
  'steps',
  'open',
  'overdue',
  'dueSoon',
  'openRepeat',
];

type AnyDb = Kysely<unknown>;

async function createSums(db: AnyDb, name: DialectName, table: { name: string; subject: boolean }) {
  const asKey = (column: ColumnDefinitionBuilder) => column.notNull().modifyEnd(byteOrder(name));
  let builder = db.schema
    .createTable(table.name)
    .addColumn('unit', 'integer', (column) => column.notNull())
    .addColumn('grain', 'text', asKey)
    .addColumn('start', 'text', asKey)
    .addColumn('seq', 'bigint', (column) => column.notNull());
  if (table.subject) builder = builder.addColumn('subject', 'text', asKey);
  for (const measure of FIRST_MEASURES) {
    builder = builder.addColumn(measure, 'integer', (column) => column.notNull().defaultTo(0));
  }
  const key = ['unit', 'grain', 'start', ...(table.subject ? ['subject'] : [])];
  const keyed = builder.addPrimaryKeyConstraint(`${table.name}Key`, key as never);
  await sql`${keyed} ${clustered(name)}`.execute(db);
}

async function createLog(db: AnyDb, name: DialectName): Promise<void> {
  await sql`create table "event" (
    "n" ${countingKey(name)}, "seq" bigint not null, "feed" text not null, "id" text not null, "kind" text not null,
    "at" bigint not null, "subject" text, "body" text not null, unique ("feed", "id"))`.execute(db);
  await sql`create table "clock" (
    "id" integer primary key, "seq" bigint not null, "unitSeq" bigint not null, "hashKey" text not null, "foldKey" text not null,
    "tickedTo" bigint not null)`.execute(db);
  await sql`create table "feed" (
    "id" text primary key, "name" text not null, "unit" integer not null, "lastAt" bigint, "heardAt" bigint,
    "events" bigint not null, "seq" bigint not null)`.execute(db);
}

async function createDossier(db: AnyDb): Promise<void> {
  await sql`create table "dossier" (
    "key" text primary key, "steps" text not null, "foldedAt" bigint not null, "nextAt" bigint, "unit" integer not null,
    "procedure" text not null, "field" text, "status" integer not null, "channel" text not null, "acceptedAt" bigint,
    "dueAt" bigint, "dueSoonAt" bigint, "endAt" bigint, "paused" integer not null, "outcome" text,
    "seq" bigint not null)`.execute(db);
  await sql`create index "dossierNext" on "dossier" ("nextAt") where "nextAt" is not null`.execute(db);
  await sql`create index "dossierOpen" on "dossier" ("unit", "dueAt")
    where "acceptedAt" is not null and "endAt" is null`.execute(db);
}

async function createUnits(db: AnyDb, name: DialectName): Promise<void> {
  await sql`create table "unit" (
    "id" ${countingKey(name)}, "code" text not null, "nameVi" text not null, "nameEn" text not null,
    "level" text not null, "validFrom" text not null, "validTo" text, "lat" double precision, "lon" double precision,
    "seq" bigint not null, unique ("code", "validFrom"))`.execute(db);
  await sql`create table "unitParent" (
    "unit" integer not null, "parent" integer, "validFrom" text not null, primary key ("unit", "validFrom"))`.execute(
    db,
  );
  await sql`create table "unitLineage" (
    "predecessor" integer not null, "successor" integer not null, "validOn" text not null,
    "share" double precision not null, primary key ("predecessor", "successor"))`.execute(db);
  await sql`create table "unitAlias" (
    "alias" text not null, "unit" integer not null, primary key ("alias", "unit"))`.execute(db);
  await sql`create table "geometry" ("unit" integer primary key, "geometry" text not null)`.execute(db);
  await sql`create table "token" (
    "id" text primary key, "hash" text not null unique, "kind" text not null, "unit" integer not null,
    "name" text not null, "createdAt" bigint not null, "expiresAt" bigint, "revokedAt" bigint)`.execute(db);
}

/** Ids of dossiers' steps are told apart by their dossier: only other kinds of events need an index of ids. */
async function indexOtherIds(db: AnyDb, name: DialectName): Promise<void> {
  await sql`create table "log" (
    "n" ${countingKey(name)}, "seq" bigint not null, "feed" text not null, "id" text not null, "kind" text not null,
    "at" bigint not null, "subject" text, "body" text not null)`.execute(db);
  await sql`insert into "log" ("seq", "feed", "id", "kind", "at", "subject", "body")
    select "seq", "feed", "id", "kind", "at", "subject", "body" from "event" order by "n"`.execute(db);
  await sql`drop table "event"`.execute(db);
  await sql`alter table "log" rename to "event"`.execute(db);
  await sql`create unique index "eventOther" on "event" ("feed", "id") where "kind" <> 'dossier'`.execute(db);
}

/** Every step the schema has taken, in order; a list, not a folder scan. */
export function listMigrations(name: DialectName): MigrationProvider {
  const first: Migration = {
    up: async (db) => {
      await createLog(db, name);
      await createDossier(db);
      await createUnits(db, name);
      await createSums(db, name, { name: 'tally', subject: false });
      await createSums(db, name, { name: 'breakdown', subject: true });
    },
  };
  const otherIds: Migration = { up: (db) => indexOtherIds(db, name) };
  const areas: Migration = {
    up: async (db) => {
      await sql`create table "area" ("key" text primary key, "name" text not null)`.execute(db);
    },
  };
  return {
    getMigrations: async () => ({ '001-first': first, '002-other-ids': otherIds, '003-areas': areas }),
  };
}
