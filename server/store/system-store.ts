import { sql } from 'kysely';
import { obtain } from '../../shared/obtain.ts';
import { PROBE_MEASURES } from '../../shared/other-measures.ts';
import type { ProbeSums } from '../../shared/system-figures.ts';
import { keyOfText, SYSTEM_FIELD } from '../../shared/text.ts';
import { isAnyOf } from './dialect.ts';
import type { Reader } from './store.ts';
import { inRange, type RowRange } from './sum-store.ts';
import { readTopic, topicsOf } from './topic.ts';

/** A reading as its hour keeps it. */
export type StoredReading = {
  feed: string;
  at: number;
  up: boolean;
  latencyMs: number | null;
  calls: number;
  failed: number;
  queued: number | null;
  oldestQueuedAt: number | null;
  certificateUntil: number | null;
};

/** A system by whose it is and its name as it was told; names that read the same are one system (`key`). */
export type SystemName = { unit: number; key: string; name: string };

/** Written out: of a partial index a database needs to see the very words. */
const IS_PROBE = sql<boolean>`"kind" = 'probe'`;
const HOUR_MS = 3_600_000;
const IDS = Object.keys(PROBE_MEASURES) as (keyof ProbeSums)[];
const TOPICS = topicsOf(SYSTEM_FIELD);

/** Makes names of systems of rows, working out the key of each spelling once. */
function openNames(): (unit: number, name: string) => SystemName {
  const keys = new Map<string, string>();
  return (unit, name) => ({ unit, key: obtain(keys, name, () => keyOfText(name)), name });
}

/** Names under which some units, or units below them, had readings in months that begin on `months`. */
export async function readSystemNames(
  { db, dialect }: Reader,
  units: readonly number[],
  months: readonly string[],
): Promise<SystemName[]> {
  if (units.length === 0) return [];
  const rows = await db
    .selectFrom('breakdown')
    .select(['unit', 'topic'])
    .distinct()
    .where(isAnyOf(dialect, 'unit', units))
    .where('grain', '=', 'month')
    .where('start', 'in', [...months])
    .where('topic', '>=', TOPICS.from)
    .where('topic', '<', TOPICS.to)
    .execute();
  const nameOf = openNames();
  return rows.map(({ unit, topic }) => nameOf(unit, readTopic(topic).procedure));
}

type Sought = { names: readonly SystemName[]; from: number; to: number };

function seek({ db, dialect }: Reader, { names, from, to }: Sought) {
  return db
    .selectFrom('subject')
    .where(IS_PROBE)
    .where(isAnyOf(dialect, 'unit', [...new Set(names.map(({ unit }) => unit))]))
    .where(isAnyOf(dialect, 'procedure', [...new Set(names.map(({ name }) => name))]))
    .where('endAt', '>=', from)
    .where('endAt', '<', to);
}

/** The last reading of each hour of systems in `[from, to)`, in order: only whose own they are. */
export async function readHeardHours(
  reader: Reader,
  sought: Sought,
): Promise<(SystemName & { endAt: number })[]> {
  if (sought.names.length === 0) return [];
  const rows = await seek(reader, sought)
    .select(['unit', 'procedure', 'endAt'])
    .orderBy('endAt')
    .$narrowType<{ procedure: string; endAt: number }>()
    .execute();
  const nameOf = openNames();
  return rows.map(({ unit, procedure, endAt }) => ({ ...nameOf(unit, procedure), endAt }));
}

/** The last reading ever of each system before an instant; one without any is left out. */
export async function readLastReadings(
  reader: Reader,
  { names, from, to }: Sought,
): Promise<(SystemName & { endAt: number })[]> {
  const found: (SystemName & { endAt: number })[] = [];
  for (const one of names) {
    const row = await seek(reader, { names: [one], from, to })
      .select('endAt')
      .orderBy('endAt', 'desc')
      .limit(1)
      .executeTakeFirst();
    if (row?.endAt) found.push({ ...one, endAt: row.endAt });
  }
  return found;
}

/** Readings of systems in `[from, to)`, in order. */
export async function readReadings(
  reader: Reader,
  { names, from, to }: Sought,
): Promise<(SystemName & { readings: StoredReading[] })[]> {
  if (names.length === 0) return [];
  const rows = await seek(reader, { names, from, to: to + HOUR_MS })
    .select(['unit', 'procedure', 'history'])
    .orderBy('endAt')
    .$narrowType<{ procedure: string }>()
    .execute();
  const nameOf = openNames();
  return rows.map(({ unit, procedure, history }) => ({
    ...nameOf(unit, procedure),
    readings: (JSON.parse(history) as StoredReading[])
      .map((one) => ({ ...one, certificateUntil: one.certificateUntil ?? null }))
      .filter(({ at }) => from <= at && at < to)
      .sort((a, b) => a.at - b.at),
  }));
}

/** Sums of readings by unit, those of units below it among them, and by name. */
export async function sumSystems(
  { db, dialect }: Reader,
  units: readonly number[],
  range: RowRange,
): Promise<(SystemName & { sums: ProbeSums })[]> {
  if (units.length === 0) return [];
  const rows = await db
    .selectFrom('breakdown')
    .select(['unit', 'topic'])
    .select(IDS.map((id) => sql<number>`cast(sum(${sql.ref(id)}) as integer)`.as(id)))
    .where(isAnyOf(dialect, 'unit', units))
    .where(inRange(range))
    .where('topic', '>=', TOPICS.from)
    .where('topic', '<', TOPICS.to)
    .groupBy(['unit', 'topic'])
    .execute();
  const nameOf = openNames();
  return rows.map(({ unit, topic, ...sums }) => ({
    ...nameOf(unit, readTopic(topic).procedure),
    sums: sums as ProbeSums,
  }));
}
