import { type ExpressionBuilder, sql } from 'kysely';
import { isAnyOf } from './dialect.ts';
import type { Schema, SubjectRow } from './schema.ts';
import type { Reader } from './store.ts';

/** The subjects of a kind with these keys, by key. */
export async function readSubjects(
  { db, dialect }: Reader,
  kind: string,
  keys: readonly string[],
): Promise<Map<string, SubjectRow>> {
  if (keys.length === 0) return new Map();
  const rows = await db
    .selectFrom('subject')
    .selectAll()
    .where('kind', '=', kind)
    .where(isAnyOf(dialect, 'key', keys))
    .execute();
  return new Map(rows.map((row) => [row.key, row]));
}

/** Subjects of a kind by key, those after one. */
export async function readSubjectPage(
  { db }: Reader,
  kind: string,
  { after, limit }: { after: string; limit: number },
): Promise<SubjectRow[]> {
  return db
    .selectFrom('subject')
    .selectAll()
    .where('key', '>', after)
    .where('kind', '=', kind)
    .orderBy('key')
    .limit(limit)
    .execute();
}

/** Subjects whose contribution the clock alone changes by `now`, earliest first. */
export async function readDueSubjects({ db }: Reader, now: number, limit: number): Promise<SubjectRow[]> {
  return db
    .selectFrom('subject')
    .selectAll()
    .where('nextAt', '<=', now)
    .orderBy('nextAt')
    .limit(limit)
    .execute();
}

/** Which open dossiers: all, those past due at `now`, or those due soon then. */
export type DossierFilter = {
  units: readonly number[];
  state: 'open' | 'overdue' | 'dueSoon';
  /** Keys of areas of work; all without any. */
  fields?: readonly string[] | undefined;
  now: number;
  limit: number;
};

function matches({ state, fields, now }: DossierFilter) {
  return (builder: ExpressionBuilder<Schema, 'subject'>) => {
    const conditions = [builder('acceptedAt', 'is not', null), builder('endAt', 'is', null)];
    if (state !== 'open') conditions.push(builder('paused', '=', 0));
    if (state === 'overdue') conditions.push(builder('dueAt', '<', now));
    if (state === 'dueSoon') conditions.push(builder('dueAt', '>=', now), builder('dueSoonAt', '<=', now));
    if (fields !== undefined) conditions.push(builder('field', 'in', fields));
    return builder.and(conditions);
  };
}

/** A dossier's row: what every dossier has. */
export type OpenDossier = SubjectRow & { procedure: string; status: number; channel: string };

/** Open dossiers of units, the most urgent first (those without a due time last), and how many there are in all. */
export async function readOpenDossiers(
  { db, dialect }: Reader,
  filter: DossierFilter,
): Promise<{ total: number; rows: OpenDossier[] }> {
  if (filter.units.length === 0) return { total: 0, rows: [] };
  const base = db
    .selectFrom('subject')
    .where('kind', '=', 'dossier')
    .where(isAnyOf(dialect, 'unit', filter.units))
    .where(matches(filter));
  const count = await base
    .select(sql<number>`cast(count(*) as integer)`.as('count'))
    .executeTakeFirstOrThrow();
  const rows = await base
    .selectAll()
    .$narrowType<{ procedure: string; status: number; channel: string }>()
    .orderBy('paused')
    .orderBy(sql`"dueAt" is null`)
    .orderBy('dueAt')
    .limit(filter.limit)
    .execute();
  return { total: count.count, rows };
}

/** What is known of a dossier that runs towards its due time. */
export type RunningDossier = {
  key: string;
  unit: number;
  procedure: string;
  acceptedAt: number;
  dueAt: number;
};

/** Open dossiers of units whose clock runs and that have a due time within `from` to `to` (exclusive), the most urgent first. */
export async function readRunningDossiers(
  { db, dialect }: Reader,
  units: readonly number[],
  { from, to, procedure }: { from: number; to: number; procedure?: string | undefined },
): Promise<RunningDossier[]> {
  if (units.length === 0) return [];
  let query = db
    .selectFrom('subject')
    .select(['key', 'unit', 'procedure', 'acceptedAt', 'dueAt'])
    .where('kind', '=', 'dossier')
    .where(isAnyOf(dialect, 'unit', units))
    .where('acceptedAt', 'is not', null)
    .where('endAt', 'is', null)
    .where('paused', '=', 0)
    .where('dueAt', '>=', from)
    .where('dueAt', '<', to);
  if (procedure !== undefined) query = query.where('procedure', '=', procedure);
  return query
    .orderBy('dueAt')
    .orderBy('key')
    .$narrowType<{ procedure: string; acceptedAt: number; dueAt: number }>()
    .execute();
}

/** How many open dossiers that do not stand still are due from an instant to another (exclusive), by their own unit. */
export async function countDue(
  { db }: Reader,
  { from, to }: { from: number; to: number },
): Promise<Map<number, number>> {
  const rows = await db
    .selectFrom('subject')
    .select('unit')
    .select(sql<number>`cast(count(*) as integer)`.as('count'))
    .where('acceptedAt', 'is not', null)
    .where('endAt', 'is', null)
    .where('paused', '=', 0)
    .where('dueAt', '>=', from)
    .where('dueAt', '<', to)
    .groupBy('unit')
    .execute();
  return new Map(rows.map(({ unit, count }) => [unit, count]));
}

/** When open dossiers that do not stand still are due, up to an instant, by their own unit; the overdue ones are among them. */
export async function readDueTimes({ db }: Reader, until: number): Promise<Map<number, number[]>> {
  const rows = await db
    .selectFrom('subject')
    .select(['unit', 'dueAt'])
    .where('acceptedAt', 'is not', null)
    .where('endAt', 'is', null)
    .where('paused', '=', 0)
    .where('dueAt', '<=', until)
    .execute();
  const times = new Map<number, number[]>();
  for (const { unit, dueAt } of rows) {
    const own = times.get(unit) ?? [];
    if (dueAt !== null) own.push(dueAt);
    times.set(unit, own);
  }
  return times;
}

/** The tasks there are: whose each is by now, and all that was told of it. */
export async function readTaskRows({ db }: Reader): Promise<Pick<SubjectRow, 'key' | 'unit' | 'history'>[]> {
  return db
    .selectFrom('subject')
    .select(['key', 'unit', 'history'])
    .where(sql<boolean>`"kind" = 'task'`)
    .orderBy('unit')
    .execute();
}
