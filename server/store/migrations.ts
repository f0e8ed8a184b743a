import { type ColumnDefinitionBuilder, type Kysely, sql } from 'kysely';
import type { Migration, MigrationProvider } from 'kysely/migration';
import { addService, addWaiting, createWarning } from './alert-tables.ts';
import { addCatalogue } from './catalogue-tables.ts';
import { byteOrder, clustered, countingKey, type DialectName, numberKey } from './dialect.ts';
import { createPeople } from './people-tables.ts';

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

/** One table of whatever events are folded by, whoever's kind they are; its rows come along. */
async function createSubject(db: AnyDb): Promise<void> {
  await sql`create table "subject" (
    "kind" text not null, "key" text not null, "history" text not null, "foldedAt" bigint not null, "nextAt" bigint,
    "unit" integer not null, "procedure" text, "field" text, "status" integer, "channel" text, "acceptedAt" bigint,
    "dueAt" bigint, "dueSoonAt" bigint, "endAt" bigint, "paused" integer not null, "outcome" text,
    "seq" bigint not null, primary key ("key", "kind"))`.execute(db);
  await sql`insert into "subject" select 'dossier', "key", "steps", "foldedAt", "nextAt", "unit", "procedure", "field",
    "status", "channel", "acceptedAt", "dueAt", "dueSoonAt", "endAt", "paused", "outcome", "seq" from "dossier"`.execute(
    db,
  );
  await sql`drop table "dossier"`.execute(db);
  await sql`create index "subjectNext" on "subject" ("nextAt") where "nextAt" is not null`.execute(db);
  await sql`create index "subjectOpen" on "subject" ("unit", "dueAt")
    where "acceptedAt" is not null and "endAt" is null`.execute(db);
}

/** Only what is folded has a subject: the code of a petition, which is not, goes into its body. */
async function keepPetitionCodes(db: AnyDb): Promise<void> {
  const { rows } = await sql<{
    n: number;
    subject: string;
    body: string;
  }>`select "n", "subject", "body" from "event"
    where "kind" = 'petition' and "subject" is not null`.execute(db);
  for (const { n, subject, body } of rows) {
    const kept = JSON.stringify({ ...(JSON.parse(body) as object), petition: subject });
    await sql`update "event" set "body" = ${kept}, "subject" = null where "n" = ${n}`.execute(db);
  }
}

/** Numbers have instants, corrections leave a trace, codes count within a namespace. */
async function createTraces(db: AnyDb, name: DialectName): Promise<void> {
  await sql`create table "commit" ("seq" ${numberKey(name)}, "at" bigint not null)`.execute(db);
  await sql`alter table "clock" add column "resetSeq" bigint not null default 0`.execute(db);
  await sql`alter table "event" add column "unit" integer`.execute(db);
  await sql`alter table "event" add column "outcome" text`.execute(db);
  await keepPetitionCodes(db);
  await sql`drop index "eventOther"`.execute(db);
  await sql`create unique index "eventPlain" on "event" ("feed", "id") where "subject" is null`.execute(db);
  await sql`create index "eventUnit" on "event" ("unit", "seq", "n") where "unit" is not null`.execute(db);
  await sql`alter table "feed" add column "namespace" text not null default ''`.execute(db);
  for (const column of ['liveAt', 'cadenceMs', 'usualGapMs'])
    await sql`alter table "feed" add column ${sql.ref(column)} bigint`.execute(db);
  await sql`alter table "feed" add column "dueTime" text`.execute(db);
  await sql`update "feed" set "liveAt" = "heardAt"`.execute(db);
  await sql`alter table "breakdown" rename column "subject" to "topic"`.execute(db);
  const asKey = (column: ColumnDefinitionBuilder) => column.notNull().modifyEnd(byteOrder(name));
  let revision = db.schema
    .createTable('revision')
    .addColumn('unit', 'integer', (column) => column.notNull())
    .addColumn('day', 'text', asKey)
    .addColumn('knownOn', 'text', asKey)
    .addColumn('seq', 'bigint', (column) => column.notNull());
  for (const measure of FIRST_MEASURES)
    revision = revision.addColumn(measure, 'integer', (column) => column.notNull().defaultTo(0));
  await sql`${revision.addPrimaryKeyConstraint('revisionKey', ['unit', 'day', 'knownOn'] as never)} ${clustered(name)}`.execute(
    db,
  );
}

/** What living units pass on to each other is counted by itself, wherever sums are kept. */
async function countPassedOn(db: AnyDb): Promise<void> {
  for (const table of ['tally', 'breakdown', 'revision'])
    await sql`alter table ${sql.ref(table)} add column "passedOn" integer not null default 0`.execute(db);
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
  const subjects: Migration = {
    up: async (db) => {
      await createSubject(db);
      await createTraces(db, name);
    },
  };
  const areas: Migration = {
    up: async (db) => {
      await sql`create table "area" ("key" text primary key, "name" text not null)`.execute(db);
    },
  };
  const spare: Migration = {
    up: async (db) => {
      await sql`create table "spare" ("filler" text not null)`.execute(db);
      await sql`insert into "spare" values ('')`.execute(db);
    },
  };
  const passedOn: Migration = { up: (db) => countPassedOn(db) };
  const people: Migration = { up: (db) => createPeople(db, name) };
  const warning: Migration = { up: (db) => createWarning(db, name, [...FIRST_MEASURES, 'passedOn']) };
  const service: Migration = { up: addService };
  const waiting: Migration = { up: addWaiting };
  const steps = {
    '001-first': first,
    '002-other-ids': otherIds,
    '003-subjects': subjects,
    '004-areas': areas,
    '005-passed-on': passedOn,
    '006-spare': spare,
    '007-people': people,
    '008-warning': warning,
    '009-service': service,
    '010-waiting': waiting,
    '011-catalogue': { up: (db: AnyDb) => addCatalogue(db, name) },
  };
  return { getMigrations: async () => steps };
}
