import { sql } from 'kysely';
import type { SilenceRow } from '../alert-schema.ts';
import { type Bulk, type BulkStatement, greatest, runBulks } from '../dialect.ts';
import type { EventRow } from '../schema.ts';
import type { Tx } from '../store.ts';
import { noteUnjudged } from './clock.ts';

/** An event as it enters the log: `subject` is what its effects are folded by, `unit` whose news it is, `body` JSON. */
export type LogEvent = {
  id: string;
  kind: string;
  at: number;
  subject: string | null;
  unit: number | null;
  outcome: EventRow['outcome'];
  body: string;
};

const EVENT_INSERT: BulkStatement = {
  table: 'event',
  columns: [
    { name: 'seq', type: 'bigint' },
    { name: 'feed', type: 'text' },
    { name: 'id', type: 'text' },
    { name: 'kind', type: 'text' },
    { name: 'at', type: 'bigint' },
    { name: 'subject', type: 'text' },
    { name: 'unit', type: 'integer' },
    { name: 'outcome', type: 'text' },
    { name: 'body', type: 'text' },
  ],
  conflict: '',
};

/** Adds events to the log, in the order told. */
export async function insertEvents(tx: Tx, feed: string, events: readonly LogEvent[]): Promise<void> {
  const rows = events.map(({ id, kind, at, subject, unit, outcome, body }) => [
    tx.seq,
    feed,
    id,
    kind,
    at,
    subject,
    unit,
    outcome,
    body,
  ]);
  const bulk: Bulk = { statement: EVENT_INSERT, rows };
  await runBulks(tx, [bulk]);
}

/** What is noted of a feed that spoke at the instant of the commit. */
export type Heard = {
  feed: string;
  events: number;
  lastAt: number | null;
  isLive: boolean;
  gapMs: number | null;
};

/** Notes that a feed has spoken: how many events, the newest of them, and how it usually pauses. */
export async function noteHeard(tx: Tx, { feed, events, lastAt, isLive, gapMs }: Heard): Promise<void> {
  await tx.db
    .updateTable('feed')
    .set({
      heardAt: tx.at,
      events: sql<number>`events + ${events}`,
      seq: tx.seq,
      ...(lastAt === null ? {} : { lastAt: greatest(tx.dialect, 'lastAt', lastAt) }),
      ...(isLive ? { liveAt: sql<number>`coalesce("liveAt", ${tx.at})` } : {}),
      ...(gapMs === null ? {} : { usualGapMs: gapMs }),
    })
    .where('id', '=', feed)
    .execute();
  await noteUnjudged(tx);
}

/** Notes that a feed, which has just spoken, had been late. */
export async function noteSilence(tx: Tx, silence: SilenceRow): Promise<void> {
  await tx.db
    .insertInto('silence')
    .values(silence)
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** Readies the log for reading by subject; undone by `closeLogBySubject`. */
export async function openLogBySubject({ db }: Pick<Tx, 'db'>): Promise<void> {
  await sql`create index if not exists "eventSubject" on "event" ("subject") where "subject" is not null`.execute(
    db,
  );
}

/** Takes away what `openLogBySubject` made: an index in hash order would slow every event. */
export async function closeLogBySubject({ db }: Pick<Tx, 'db'>): Promise<void> {
  await sql`drop index if exists "eventSubject"`.execute(db);
}
