import { sql } from 'kysely';
import { listValues } from './dialect.ts';
import type { EventRow } from './schema.ts';
import type { Reader } from './store.ts';

/** An event of the log that is folded by a subject. */
export type LoggedEvent = {
  kind: string;
  subject: string;
  feed: string;
  id: string;
  at: number;
  body: string;
};

/** Where a page of the log by subject begins: after this subject. */
export type LogPage = { after: string; limit: number };

/** Events of the log by subject, each subject's in the order told; the last subject of a full page may be cut short. */
export async function readLogPage({ db }: Reader, { after, limit }: LogPage): Promise<LoggedEvent[]> {
  const rows = await db
    .selectFrom('event')
    .select(['kind', 'subject', 'feed', 'id', 'at', 'body'])
    .where('subject', '>', after)
    .orderBy('subject')
    .orderBy('n')
    .limit(limit)
    .execute();
  return rows.flatMap((row) => (row.subject === null ? [] : [{ ...row, subject: row.subject }]));
}

/** A step of the log as a live strip shows it. */
export type NewStep = Pick<EventRow, 'seq' | 'at' | 'body' | 'outcome'> & { n: number; unit: number };

/** Which steps: about any of some units, told after commit `since` and not after `upTo`. */
export type NewStepFilter = { units: readonly number[]; since: number; upTo: number; limit: number };

/** The newest steps, the last told first: at most `limit` are read of each unit, never the log. */
export async function readNewestSteps(
  { db, dialect }: Reader,
  { units, since, upTo, limit }: NewStepFilter,
): Promise<NewStep[]> {
  if (units.length === 0) return [];
  const rows = await sql<NewStep>`select "event"."n", "event"."seq", "at", "event"."unit", "body", "outcome"
    from ${listValues(dialect, units)} join "event" on "event"."n" in (
      select "n" from "event" as "own" where "own"."unit" = "wanted"."unit" and "own"."seq" > ${since}
        and "own"."seq" <= ${upTo}
      order by "own"."seq" desc, "own"."n" desc limit ${limit})
    order by "event"."n" desc limit ${limit}`.execute(db);
  return rows.rows;
}

/** Whether the log holds any event. */
export async function isLogEmpty({ db }: Reader): Promise<boolean> {
  return (await db.selectFrom('event').select('n').limit(1).executeTakeFirst()) === undefined;
}
