import { sql } from 'kysely';
import { MEASURE_IDS } from '../../shared/measure.ts';
import { type AreaName, bulkAreas } from './area-store.ts';
import {
  type Bulk,
  type BulkColumn,
  type BulkStatement,
  isAnyOf,
  runStatements,
  type Statement,
} from './dialect.ts';
import type { DossierRow, StoredGrain } from './schema.ts';
import type { Reader, Tx } from './store.ts';

/** An event as it enters the log: `subject` is what its effects are folded by (a dossier's key), `body` JSON. */
export type LogEvent = { id: string; kind: string; at: number; subject: string | null; body: string };

const EVENT_INSERT: BulkStatement = {
  table: 'event',
  columns: [
    { name: 'seq', type: 'bigint' },
    { name: 'feed', type: 'text' },
    { name: 'id', type: 'text' },
    { name: 'kind', type: 'text' },
    { name: 'at', type: 'bigint' },
    { name: 'subject', type: 'text' },
    { name: 'body', type: 'text' },
  ],
  conflict: '',
};

/** Which of these ids a feed has told already of anything but a dossier: a dossier knows its own steps. */
export async function findKnownIds(
  { db, dialect }: Reader,
  feed: string,
  ids: readonly string[],
): Promise<Set<string>> {
  if (ids.length === 0) return new Set();
  const rows = await db
    .selectFrom('event')
    .select('id')
    .where('feed', '=', feed)
    .where('kind', '<>', 'dossier')
    .where(isAnyOf(dialect, 'id', ids))
    .execute();
  return new Set(rows.map((row) => row.id));
}

function bulkEvents({ seq }: Tx, feed: string, events: readonly LogEvent[]): Bulk {
  const rows = events.map(({ id, kind, at, subject, body }) => [seq, feed, id, kind, at, subject, body]);
  return { statement: EVENT_INSERT, rows };
}

/** The dossiers with these keys, by key. */
export async function readDossiers(
  { db, dialect }: Reader,
  keys: readonly string[],
): Promise<Map<string, DossierRow>> {
  if (keys.length === 0) return new Map();
  const rows = await db
    .selectFrom('dossier')
    .selectAll()
    .where(isAnyOf(dialect, 'key', keys))
    .execute();
  return new Map(rows.map((row) => [row.key, row]));
}

const DOSSIER_COLUMNS: readonly BulkColumn[] = [
  { name: 'key', type: 'text' },
  { name: 'steps', type: 'text' },
  { name: 'foldedAt', type: 'bigint' },
  { name: 'nextAt', type: 'bigint' },
  { name: 'unit', type: 'integer' },
  { name: 'procedure', type: 'text' },
  { name: 'field', type: 'text' },
  { name: 'status', type: 'integer' },
  { name: 'channel', type: 'text' },
  { name: 'acceptedAt', type: 'bigint' },
  { name: 'dueAt', type: 'bigint' },
  { name: 'dueSoonAt', type: 'bigint' },
  { name: 'endAt', type: 'bigint' },
  { name: 'paused', type: 'integer' },
  { name: 'outcome', type: 'text' },
  { name: 'seq', type: 'bigint' },
];

const DOSSIER_UPSERT: BulkStatement = {
  table: 'dossier',
  columns: DOSSIER_COLUMNS,
  conflict: `on conflict ("key") do update set ${DOSSIER_COLUMNS.slice(1)
    .map(({ name }) => `"${name}" = excluded."${name}"`)
    .join(', ')}`,
};

function bulkDossiers({ seq }: Tx, dossiers: readonly Omit<DossierRow, 'seq'>[]): Bulk {
  const rows = dossiers.map((row) => [
    row.key,
    row.steps,
    row.foldedAt,
    row.nextAt,
    row.unit,
    row.procedure,
    row.field,
    row.status,
    row.channel,
    row.acceptedAt,
    row.dueAt,
    row.dueSoonAt,
    row.endAt,
    row.paused,
    row.outcome,
    seq,
  ]);
  return { statement: DOSSIER_UPSERT, rows };
}

/** Keys of dossiers whose contribution the clock alone changes by `now`, earliest first. */
export async function readDueDossiers(tx: Pick<Tx, 'db'>, now: number, limit: number): Promise<DossierRow[]> {
  return tx.db
    .selectFrom('dossier')
    .selectAll()
    .where('nextAt', '<=', now)
    .orderBy('nextAt')
    .limit(limit)
    .execute();
}

/** Differences to add to one row of sums; `subject` is empty for the unit's own row. `amounts` follow MEASURE_IDS. */
export type SumChange = {
  unit: number;
  grain: StoredGrain;
  start: string;
  subject: string;
  amounts: readonly number[];
};

const KEY_COLUMNS: readonly BulkColumn[] = [
  { name: 'unit', type: 'integer' },
  { name: 'grain', type: 'text' },
  { name: 'start', type: 'text' },
];
const SUM_COLUMNS: readonly BulkColumn[] = [
  { name: 'seq', type: 'bigint' },
  ...MEASURE_IDS.map((name): BulkColumn => ({ name, type: 'integer' })),
];

function upsertSums(table: 'tally' | 'breakdown', key: readonly BulkColumn[]): BulkStatement {
  const names = key.map(({ name }) => `"${name}"`).join(', ');
  const sums = MEASURE_IDS.map((name) => `"${name}" = "${table}"."${name}" + excluded."${name}"`).join(', ');
  const conflict = `on conflict (${names}) do update set "seq" = excluded."seq", ${sums}`;
  return { table, columns: [...key, ...SUM_COLUMNS], conflict };
}

const TALLY_UPSERT = upsertSums('tally', KEY_COLUMNS);
const BREAKDOWN_UPSERT = upsertSums('breakdown', [...KEY_COLUMNS, { name: 'subject', type: 'text' }]);

function compareKeys(a: SumChange, b: SumChange): number {
  if (a.unit !== b.unit) return a.unit - b.unit;
  if (a.grain !== b.grain) return a.grain < b.grain ? -1 : 1;
  if (a.start !== b.start) return a.start < b.start ? -1 : 1;
  return a.subject < b.subject ? -1 : a.subject > b.subject ? 1 : 0;
}

/** Differences to add to the sums, in key order. */
function bulkSums({ seq }: Tx, changes: readonly SumChange[]): Bulk[] {
  const sorted = [...changes].sort(compareKeys);
  const own = sorted.filter(({ subject }) => subject === '');
  const parts = sorted.filter(({ subject }) => subject !== '');
  const tallies = own.map(({ unit, grain, start, amounts }) => [unit, grain, start, seq, ...amounts]);
  return [
    { statement: TALLY_UPSERT, rows: tallies },
    {
      statement: BREAKDOWN_UPSERT,
      rows: parts.map(({ unit, grain, start, subject, amounts }) => [
        ...[unit, grain, start, subject, seq],
        ...amounts,
      ]),
    },
  ];
}

/** What a feed told: events for the log, the instant of the newest, heard at `now`. */
export type Telling = { feed: string; events: readonly LogEvent[]; now: number };

/** The log grows, and the feed is noted to have spoken. */
function logStatements(tx: Tx, { feed, events, now }: Telling): Statement[] {
  const lastAt = events.reduce<number | null>((last, { at }) => Math.max(last ?? at, at), null);
  const greatest = tx.dialect === 'sqlite' ? sql.raw('max') : sql.raw('greatest');
  const later = sql<number>`${greatest}(coalesce("lastAt", 0), cast(${lastAt} as bigint))`;
  const heard = tx.db
    .updateTable('feed')
    .set({
      heardAt: now,
      events: sql<number>`events + ${events.length}`,
      seq: tx.seq,
      ...(lastAt === null ? {} : { lastAt: later }),
    })
    .where('id', '=', feed);
  return [bulkEvents(tx, feed, events), heard.compile()];
}

/** What a commit writes: what a feed told, dossiers new or changed, their areas, differences to add to the sums. */
export type Writing = {
  log?: Telling;
  dossiers: readonly Omit<DossierRow, 'seq'>[];
  areas: readonly AreaName[];
  changes: readonly SumChange[];
};

/** Writes all of it: one statement per table. */
export async function writeRows(tx: Tx, { log, dossiers, areas, changes }: Writing): Promise<void> {
  const told = log ? logStatements(tx, log) : [];
  const folds = [bulkDossiers(tx, dossiers), bulkAreas(areas), ...bulkSums(tx, changes)];
  await runStatements(tx.db, tx.dialect, [...told, ...folds]);
}

/** Drops the fine rows of before a day: hours of a unit and days of its subjects are kept for weeks, not years. */
export async function dropFineSums(tx: Tx, day: string): Promise<void> {
  const units = tx.db.selectFrom('unit').select('id');
  await tx.db
    .deleteFrom('tally')
    .where('unit', 'in', units)
    .where('grain', '=', 'hour')
    .where('start', '<', day)
    .execute();
  await tx.db
    .deleteFrom('breakdown')
    .where('unit', 'in', units)
    .where('grain', '=', 'day')
    .where('start', '<', day)
    .execute();
}

/** Notes up to when the clock's own changes are in. */
export async function noteTick(tx: Tx, now: number): Promise<void> {
  await tx.db.updateTable('clock').set({ tickedTo: now }).execute();
}

/** A dossier event as the log keeps it. */
export type LoggedStep = { subject: string; feed: string; id: string; at: number; body: string };

/** Readies the log for reading by dossier; undone by `closeLogBySubject`. */
export async function openLogBySubject({ db }: Pick<Tx, 'db'>): Promise<void> {
  const rows = sql`"event" ("subject", "n") where "subject" is not null`;
  await sql`create index if not exists "eventSubject" on ${rows}`.execute(db);
}

/** Takes away what `openLogBySubject` made: an index in hash order would slow every event. */
export async function closeLogBySubject({ db }: Pick<Tx, 'db'>): Promise<void> {
  await sql`drop index if exists "eventSubject"`.execute(db);
}

/** Dossier events of the log after a dossier's key, by dossier in the order told; the last dossier of a full page may be cut short. */
export async function readLogPage(
  { db }: Pick<Tx, 'db'>,
  after: string,
  limit: number,
): Promise<LoggedStep[]> {
  const rows = await db
    .selectFrom('event')
    .select(['subject', 'feed', 'id', 'at', 'body'])
    .where('kind', '=', 'dossier')
    .where('subject', '>', after)
    .orderBy('subject')
    .orderBy('n')
    .limit(limit)
    .execute();
  return rows.flatMap((row) => (row.subject === null ? [] : [{ ...row, subject: row.subject }]));
}

/** Whether the log holds any event. */
export async function isLogEmpty({ db }: Pick<Tx, 'db'>): Promise<boolean> {
  return (await db.selectFrom('event').select('n').limit(1).executeTakeFirst()) === undefined;
}

/** Empties dossiers and tallies, so that they can be folded from the log again. */
export async function clearFolds(tx: Tx): Promise<void> {
  for (const table of ['tally', 'breakdown', 'dossier'] as const) await tx.db.deleteFrom(table).execute();
}

/** Notes by which site facts (zone, calendar, norms) the folds now stand. */
export async function noteFold(tx: Tx, foldKey: string): Promise<void> {
  await tx.db.updateTable('clock').set({ foldKey }).execute();
}

/** The newest dossier events of the log, newest first. */
export async function readNewestSteps(
  { db }: Pick<Tx, 'db'>,
  limit: number,
): Promise<(LoggedStep & { seq: number })[]> {
  const rows = await db
    .selectFrom('event')
    .select(['subject', 'feed', 'id', 'at', 'body', 'seq', 'kind'])
    .orderBy('n', 'desc')
    .limit(limit)
    .execute();
  return rows.flatMap(({ kind, subject, ...row }) =>
    kind === 'dossier' && subject !== null ? [{ ...row, subject }] : [],
  );
}
