import { type Kysely, sql } from 'kysely';
import { byteOrder, clustered, countingKey, type DialectName } from './dialect.ts';

type AnyDb = Kysely<unknown>;

async function createRules(db: AnyDb, name: DialectName): Promise<void> {
  await sql`create table "rule" (
    "id" text not null, "version" integer not null, "unit" integer, "body" text not null, "state" text not null,
    "reason" text not null, "savedAt" bigint not null, "savedBy" text not null, "approvedBy" text, "activeFrom" bigint,
    "activeTo" bigint, "seq" bigint not null, primary key ("id", "version"))`.execute(db);
  await sql`create table "override" (
    "id" ${countingKey(name)}, "rule" text not null, "unit" integer not null, "level" text, "values" text not null,
    "validFrom" text not null, "validTo" text not null, "reason" text not null, "savedAt" bigint not null,
    "savedBy" text not null, "state" text not null, "approvedBy" text, "seq" bigint not null)`.execute(db);
  await sql`create index "overrideRule" on "override" ("rule", "unit")`.execute(db);
}

async function createAlerts(db: AnyDb, name: DialectName): Promise<void> {
  await sql`create table "alert" (
    "rule" text not null, "unit" integer not null, "key" text not null, "state" text not null, "episode" bigint,
    "nextAt" bigint, "seq" bigint not null, primary key ("rule", "unit", "key")) ${clustered(name)}`.execute(
    db,
  );
  await sql`create index "alertNext" on "alert" ("nextAt") where "nextAt" is not null`.execute(db);
  await sql`create index "alertUnit" on "alert" ("unit")`.execute(db);
  await sql`create table "episode" (
    "id" ${countingKey(name)}, "rule" text not null, "version" integer not null, "unit" integer not null, "key" text not null,
    "condition" text not null, "severity" text not null, "worst" text not null, "quality" text not null,
    "response" text not null, "suppression" text not null, "isFlapping" integer not null, "figure" double precision,
    "threshold" double precision, "isCount" integer not null default 0, "openedAt" bigint not null, "changedAt" bigint not null, "clearedAt" bigint,
    "closedAt" bigint, "closeReason" text, "ackedAt" bigint, "ackedBy" text, "ackUntil" bigint, "assignee" integer,
    "shelvedUntil" bigint, "shelvedBy" text, "isOneShot" integer not null, "predecessor" bigint,
    "seq" bigint not null)`.execute(db);
  await sql`create index "episodeOpen" on "episode" ("unit", "id") where "closedAt" is null`.execute(db);
  await sql`create index "episodeSeq" on "episode" ("seq")`.execute(db);
  await sql`create index "episodeOf" on "episode" ("unit", "rule", "openedAt")`.execute(db);
  await sql`create index "episodeOpened" on "episode" ("openedAt")`.execute(db);
  await sql`create index "episodeClosed" on "episode" ("closedAt") where "closedAt" is not null`.execute(db);
  await sql`create table "episodeNote" (
    "n" ${countingKey(name)}, "seq" bigint not null, "at" bigint not null, "episode" bigint not null,
    "unit" integer not null, "kind" text not null, "severity" text, "figure" double precision, "by" text, "text" text,
    "facts" text, "isSilent" integer not null default 0)`.execute(db);
  await sql`create index "episodeNoteOf" on "episodeNote" ("episode", "n")`.execute(db);
  await sql`create index "episodeNoteAt" on "episodeNote" ("at", "n")`.execute(db);
  await sql`create index "episodeNoteKind" on "episodeNote" ("kind", "at")`.execute(db);
}

async function createExplanations(db: AnyDb, name: DialectName): Promise<void> {
  await sql`create table "explanation" (
    "id" ${countingKey(name)}, "episode" bigint not null, "unit" integer not null, "askedAt" bigint not null,
    "askedBy" text not null, "question" text not null, "dueAt" bigint not null, "answeredAt" bigint, "answeredBy" text,
    "cause" text, "measures" text, "promisedOn" text, "checkedAt" bigint, "checkedBy" text, "isKept" integer,
    "outcome" text, "urges" integer not null, "step" integer not null, "nextAt" bigint, "seq" bigint not null)`.execute(
    db,
  );
  await sql`create index "explanationOf" on "explanation" ("episode", "id")`.execute(db);
  await sql`create index "explanationNext" on "explanation" ("nextAt") where "nextAt" is not null`.execute(
    db,
  );
  await sql`create index "explanationUnit" on "explanation" ("unit", "id")`.execute(db);
}

async function createChannels(db: AnyDb, name: DialectName): Promise<void> {
  await sql`create table "channel" (
    "id" ${countingKey(name)}, "kind" text not null, "name" text not null, "unit" integer not null, "target" text not null,
    "secret" text, "least" text not null, "mode" text not null, "repeatMs" bigint, "quietFrom" text, "quietTo" text,
    "isEnabled" integer not null, "startsAfter" bigint not null, "place" bigint not null, "nextAt" bigint,
    "heldFrom" bigint, "heldUntil" bigint, "repeatedTo" bigint not null, "repeatAt" bigint, "claim" text,
    "claimUntil" bigint, "failures" integer not null, "failedFrom" bigint, "sentAt" bigint, "failedAt" bigint,
    "failure" text, "episode" bigint, "seq" bigint not null)`.execute(db);
  await sql`create table "alertVisit" (
    "account" integer primary key, "seq" bigint not null, "at" bigint not null)`.execute(db);
}

/** The same as a revision of a day, of an hour: its measures as the revision table has them. */
async function createHourRevision(db: AnyDb, name: DialectName, measures: readonly string[]): Promise<void> {
  const key = sql`not null ${byteOrder(name)}`;
  const sums = sql.join(measures.map((id) => sql`${sql.ref(id)} integer not null default 0`));
  await sql`create table "hourRevision" (
    "unit" integer not null, "hour" text ${key}, "knownIn" text ${key}, "seq" bigint not null, ${sums},
    primary key ("unit", "hour", "knownIn")) ${clustered(name)}`.execute(db);
}

async function createSilence(db: AnyDb, name: DialectName): Promise<void> {
  await sql`create table "silence" (
    "feed" text not null, "heardAt" bigint not null, "lateAt" bigint not null, "missingAt" bigint,
    "endedAt" bigint not null, primary key ("feed", "endedAt")) ${clustered(name)}`.execute(db);
}

/** Rules, alerts with their episodes, silences of feeds, explanations, channels, and how far the judge has come. */
export async function createWarning(
  db: AnyDb,
  name: DialectName,
  measures: readonly string[],
): Promise<void> {
  await createRules(db, name);
  await createAlerts(db, name);
  await createExplanations(db, name);
  await createChannels(db, name);
  await createHourRevision(db, name, measures);
  await createSilence(db, name);
  await sql`create index "tallyEver" on "tally" ("seq") where "grain" = 'ever'`.execute(db);
  for (const column of ['judgedSeq', 'judgedTo', 'rulesSeq', 'pausedUntil'])
    await sql`alter table "clock" add column ${sql.ref(column)} bigint not null default 0`.execute(db);
}

/** Episodes know when one that recovers will be over, and until when one is out of service, and by whom. */
export async function addService(db: AnyDb): Promise<void> {
  for (const [column, type] of Object.entries({ clearsAt: 'bigint', outUntil: 'bigint', outBy: 'text' }))
    await sql`alter table "episode" add column ${sql.ref(column)} ${sql.raw(type)}`.execute(db);
}

/**
 * The clock knows since when anything waits to be judged, lines of episodes whether their figure is a count: of those written
 * before, what their episode's is.
 */
export async function addWaiting(db: AnyDb): Promise<void> {
  await sql`alter table "clock" add column "unjudgedAt" bigint`.execute(db);
  await sql`alter table "episodeNote" add column "isCount" integer not null default 0`.execute(db);
  await sql`update "episodeNote" set "isCount" = 1
    where "episode" in (select "id" from "episode" where "isCount" = 1)`.execute(db);
}
