import { sql } from 'kysely';
import { MEASURE_IDS } from '../../../shared/measure.ts';
import { type Bulk, type BulkColumn, type BulkStatement, runBulks } from '../dialect.ts';
import type { StoredGrain } from '../schema.ts';
import type { Tx } from '../store.ts';

/** Differences to add to one row of sums; `topic` is empty for the unit's own row. `amounts` follow MEASURE_IDS. */
export type SumChange = {
  unit: number;
  grain: StoredGrain;
  start: string;
  topic: string;
  amounts: readonly number[];
};

const UNIT: BulkColumn = { name: 'unit', type: 'integer' };
const KEY: readonly BulkColumn[] = [UNIT, { name: 'grain', type: 'text' }, { name: 'start', type: 'text' }];
const SUMS: readonly BulkColumn[] = [
  { name: 'seq', type: 'bigint' },
  ...MEASURE_IDS.map((name): BulkColumn => ({ name, type: 'integer' })),
];

function upsertSums(table: 'tally' | 'breakdown' | 'revision', key: readonly BulkColumn[]): BulkStatement {
  const names = key.map(({ name }) => `"${name}"`).join(', ');
  const sums = MEASURE_IDS.map((name) => `"${name}" = "${table}"."${name}" + excluded."${name}"`).join(', ');
  const conflict = `on conflict (${names}) do update set "seq" = excluded."seq", ${sums}`;
  return { table, columns: [...key, ...SUMS], conflict };
}

const TALLY_UPSERT = upsertSums('tally', KEY);
const BREAKDOWN_UPSERT = upsertSums('breakdown', [...KEY, { name: 'topic', type: 'text' }]);
const REVISION_UPSERT = upsertSums('revision', [
  UNIT,
  { name: 'day', type: 'text' },
  { name: 'knownOn', type: 'text' },
]);

function compareKeys(a: SumChange, b: SumChange): number {
  if (a.unit !== b.unit) return a.unit - b.unit;
  if (a.grain !== b.grain) return a.grain < b.grain ? -1 : 1;
  if (a.start !== b.start) return a.start < b.start ? -1 : 1;
  return a.topic < b.topic ? -1 : a.topic > b.topic ? 1 : 0;
}

/** Which differences are kept as revisions too: those that reach a day before `today`; none where it is null. */
function listRevisions(own: readonly SumChange[], seq: number, today: string | null): Bulk {
  const late = today === null ? [] : own.filter(({ grain, start }) => grain === 'day' && start < today);
  return {
    statement: REVISION_UPSERT,
    rows: late.map(({ unit, start, amounts }) => [unit, start, today, seq, ...amounts]),
  };
}

/** Adds differences to the sums, in key order; as revisions too where they reach a day before `revisedOn`. */
export async function addToSums(
  tx: Tx,
  changes: readonly SumChange[],
  revisedOn: string | null,
): Promise<void> {
  const sorted = [...changes].sort(compareKeys);
  const own = sorted.filter(({ topic }) => topic === '');
  const parts = sorted.filter(({ topic }) => topic !== '');
  await runBulks(tx, [
    {
      statement: TALLY_UPSERT,
      rows: own.map(({ unit, grain, start, amounts }) => [unit, grain, start, tx.seq, ...amounts]),
    },
    {
      statement: BREAKDOWN_UPSERT,
      rows: parts.map(({ unit, grain, start, topic, amounts }) => [
        ...[unit, grain, start, topic, tx.seq],
        ...amounts,
      ]),
    },
    listRevisions(own, tx.seq, revisedOn),
  ]);
}

/** Drops the fine rows of before a day: hours of a unit and days of its topics are kept for weeks, not years. */
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

/** Empties what the log is folded to, so that it can be folded again. */
export async function clearFolds(tx: Tx): Promise<void> {
  for (const table of ['tally', 'breakdown', 'subject'] as const) await tx.db.deleteFrom(table).execute();
}

/** Keeps as revisions of today in what days before it now differ from `tallyBefore`, the copy made by `copyFolds`. */
export async function reviseByCopy(tx: Tx, today: string): Promise<void> {
  const names = sql.raw(MEASURE_IDS.map((id) => `"${id}"`).join(', '));
  const sums = sql.raw(MEASURE_IDS.map((id) => `cast(sum("${id}") as integer)`).join(', '));
  const negated = sql.raw(MEASURE_IDS.map((id) => `-"${id}"`).join(', '));
  const differs = sql.raw(MEASURE_IDS.map((id) => `sum("${id}") <> 0`).join(' or '));
  const added = sql.raw(
    MEASURE_IDS.map((id) => `"${id}" = "revision"."${id}" + excluded."${id}"`).join(', '),
  );
  const of = sql`"grain" = 'day' and "start" < ${today}`;
  await sql`insert into "revision" ("unit", "day", "knownOn", "seq", ${names})
    select "unit", "start", cast(${today} as text), cast(${tx.seq} as bigint), ${sums} from (
      select "unit", "start", ${names} from "tally" where ${of}
      union all select "unit", "start", ${negated} from "tallyBefore" where ${of}) as "difference"
    where true group by "unit", "start" having ${differs}
    on conflict ("unit", "day", "knownOn") do update set "seq" = excluded."seq", ${added}`.execute(tx.db);
}
