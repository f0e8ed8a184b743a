import { type Kysely, sql } from 'kysely';

/**
 * A feed (empty: the clock) that corrected a measure of a unit (empty: which is not known) on the day `knownOn`, of a day gone by
 * then, with the last commit by which it did.
 */
export type CorrectionRow = {
  unit: number;
  knownOn: string;
  day: string;
  measure: string;
  feed: string;
  seq: number;
};

/** Which feeds corrected days gone by of which units; of what was corrected before, as the log tells of the last commits. */
export async function createCorrections(db: Kysely<unknown>): Promise<void> {
  await sql`create table "correction" (
    "unit" integer not null, "knownOn" text not null, "day" text not null, "measure" text not null,
    "feed" text not null, "seq" bigint not null,
    primary key ("unit", "knownOn", "day", "measure", "feed"))`.execute(db);
  await sql`insert into "correction" select "revision"."unit", "revision"."knownOn", "revision"."day", '', "told"."feed", "revision"."seq"
    from (select distinct "seq", "feed" from "event" where "seq" in (select "seq" from "revision")) as "told"
    join "revision" on "revision"."seq" = "told"."seq"`.execute(db);
}
