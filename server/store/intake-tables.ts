import { type Generated, type Kysely, sql } from 'kysely';
import { countingKey, type DialectName } from './dialect.ts';

/** What came in from a feed on a day: batches taken with their new and repeated events, and batches refused. */
export type FeedDayRow = {
  feed: string;
  day: string;
  batches: number;
  events: number;
  duplicates: number;
  refusals: number;
  /** Of refused batches as far as they were read. */
  refusedEvents: number;
};

/** A batch that was refused: why, without a word of what it told. Only the first of a feed and day have a row. */
export type RefusalRow = {
  id: Generated<number>;
  feed: string;
  day: string;
  at: number;
  code: string;
  /** Events read until it was refused; null where none was. */
  events: number | null;
  /** How many faults it had. */
  faults: number;
  /** The first faults as JSON: index, field, reason. */
  reasons: string;
};

/** Tables of what came in and what was refused, feed by feed and day by day. */
export async function createIntake(db: Kysely<unknown>, name: DialectName): Promise<void> {
  await sql`create table "feedDay" (
    "feed" text not null, "day" text not null, "batches" integer not null, "events" bigint not null,
    "duplicates" bigint not null, "refusals" integer not null, "refusedEvents" bigint not null,
    primary key ("feed", "day"))`.execute(db);
  await sql`create table "refusal" (
    "id" ${countingKey(name)}, "feed" text not null, "day" text not null, "at" bigint not null,
    "code" text not null, "events" integer, "faults" integer not null, "reasons" text not null)`.execute(db);
  await sql`create index "refusalFeedDay" on "refusal" ("feed", "day")`.execute(db);
}
