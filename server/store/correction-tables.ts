import { type Kysely, sql } from 'kysely';

/** A feed that corrected, on the day `knownOn`, days of a unit gone by then. */
export type CorrectionRow = { unit: number; knownOn: string; feed: string };

/** Which feeds corrected days gone by of which units; of what was corrected before, as the log tells of the last commits. */
export async function createCorrections(db: Kysely<unknown>): Promise<void> {
  await sql`create table "correction" (
    "unit" integer not null, "knownOn" text not null, "feed" text not null,
    primary key ("unit", "knownOn", "feed"))`.execute(db);
  await sql`insert into "correction" select distinct "revision"."unit", "revision"."knownOn", "told"."feed"
    from (select distinct "seq", "feed" from "event" where "seq" in (select "seq" from "revision")) as "told"
    join "revision" on "revision"."seq" = "told"."seq"`.execute(db);
}
