import { type Kysely, sql } from 'kysely';
import { countingKey, type DialectName } from './dialect.ts';

type AnyDb = Kysely<unknown>;

async function createAccounts(db: AnyDb, name: DialectName): Promise<void> {
  await sql`create table "account" (
    "id" ${countingKey(name)}, "login" text not null unique, "title" text not null, "mail" text, "password" text,
    "linkHash" text unique, "linkUntil" bigint, "demoRole" text unique, "createdAt" bigint not null, "seenAt" bigint,
    "disableAt" bigint, "disabledAt" bigint, "rightsSeq" bigint not null, "seq" bigint not null)`.execute(db);
  await sql`create index "accountDue" on "account" ("disableAt")
    where "disableAt" is not null and "disabledAt" is null`.execute(db);
  await sql`create table "grant" (
    "id" ${countingKey(name)}, "account" integer not null, "role" text not null, "unit" integer not null,
    "validFrom" text not null, "validTo" text, "seq" bigint not null)`.execute(db);
  await sql`create index "grantAccount" on "grant" ("account")`.execute(db);
}

async function createSessions(db: AnyDb): Promise<void> {
  await sql`create table "session" (
    "id" text primary key, "hash" text not null unique, "oldHash" text unique, "oldUntil" bigint,
    "issuedSeq" bigint not null, "account" integer, "token" text, "how" text not null, "address" text,
    "createdAt" bigint not null, "seenAt" bigint not null, "lockedAt" bigint, "endedAt" bigint)`.execute(db);
  await sql`create index "sessionAccount" on "session" ("account") where "account" is not null`.execute(db);
  await sql`create table "failure" (
    "account" integer not null, "address" text not null, "count" integer not null, "lockedUntil" bigint,
    primary key ("account", "address"))`.execute(db);
  await sql`create table "tokenUse" (
    "token" text not null, "address" text not null, "firstAt" bigint not null, "lastAt" bigint not null,
    primary key ("token", "address"))`.execute(db);
}

async function createAudit(db: AnyDb, name: DialectName): Promise<void> {
  await sql`create table "audit" (
    "n" ${countingKey(name)}, "seq" bigint not null, "at" bigint not null, "caller" text not null, "act" text not null,
    "subject" text not null, "unit" integer, "before" text, "after" text, "address" text)`.execute(db);
  await sql`create index "auditSeq" on "audit" ("seq", "n")`.execute(db);
  for (const column of ['subject', 'caller', 'act'])
    await sql`create index ${sql.ref(`audit-${column}`)} on "audit" (${sql.ref(column)}, "seq", "n")`.execute(
      db,
    );
}

/** Accounts with their grants and sessions, and what was done by whom. */
export async function createPeople(db: AnyDb, name: DialectName): Promise<void> {
  await createAccounts(db, name);
  await createSessions(db);
  await createAudit(db, name);
  await sql`alter table "clock" add column "rightsSeq" bigint not null default 0`.execute(db);
}
