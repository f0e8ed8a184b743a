import { type Kysely, sql } from 'kysely';

/** Which kinds of events each feed has told: a row for each of its kinds. */
export async function createFeedKinds(db: Kysely<unknown>): Promise<void> {
  await sql`create table "feedKind" (
    "feed" text not null, "kind" text not null, "lastAt" bigint not null, "heardAt" bigint not null,
    "events" bigint not null, "seq" bigint not null, primary key ("feed", "kind"))`.execute(db);
  await sql`insert into "feedKind" select "event"."feed", "event"."kind", max("event"."at"),
    coalesce(max("commit"."at"), max("event"."at")), count(*), max("event"."seq")
    from "event" left join "commit" on "commit"."seq" = "event"."seq" group by "event"."feed", "event"."kind"`.execute(
    db,
  );
}
