import { type Kysely, sql } from 'kysely';
import { countingKey, type DialectName } from './dialect.ts';

/** Yearly targets with their versions, and the way to the tasks of units among all that is folded. */
export async function createPlan(db: Kysely<unknown>, name: DialectName): Promise<void> {
  await sql`create table "target" (
    "id" ${countingKey(name)}, "unit" integer not null, "indicator" text not null, "year" integer not null,
    "value" double precision, "office" text not null, "paper" text not null,
    "reason" text not null, "state" text not null, "savedAt" bigint not null, "savedBy" text not null,
    "signedAt" bigint, "signedBy" text, "endedAt" bigint, "seq" bigint not null)`.execute(db);
  await sql`create index "targetOf" on "target" ("year", "indicator", "unit")`.execute(db);
  await sql`create index "subjectTask" on "subject" ("unit") where "kind" = 'task'`.execute(db);
}
