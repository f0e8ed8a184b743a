import { type RawBuilder, sql } from 'kysely';
import { MEASURE_IDS } from '../../../shared/measure.ts';
import { type Bulk, type BulkColumn, type BulkStatement, runBulks } from '../dialect.ts';
import type { StoredGrain } from '../schema.ts';
import type { Tx } from '../store.ts';
import { noteUnjudged } from './clock.ts';

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

type SumTable = 'tally' | 'breakdown' | 'revision' | 'hourRevision';

function upsertSums(table: SumTable, key: readonly BulkColumn[]): BulkStatement {
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
const HOUR_REVISION_UPSERT = upsertSums('hourRevision', [
  UNIT,
  { name: 'hour', type: 'text' },
  { name: 'knownIn', type: 'text' },
]);

function compareKeys(a: SumChange, b: SumChange): number {
  if (a.unit !== b.unit) return a.unit - b.unit;
  if (a.grain !== b.grain) return a.grain < b.grain ? -1 : 1;
  if (a.start !== b.start) return a.start < b.start ? -1 : 1;
  return a.topic < b.topic ? -1 : a.topic > b.topic ? 1 : 0;
}

/** When something is known: its local day and hour, and the first day whose hours are kept by then. */
export type KnownIn = { day: string; hour: string; fine: string };

/** Which differences are kept as revisions too: those that reach a day, or an hour, before the one in which they are known. */
function listRevisions(own: readonly SumChange[], seq: number, known: KnownIn | null): Bulk[] {
  if (known === null) return [];
  const { day, hour, fine } = known;
  const days = own.filter(({ grain, start }) => grain === 'day' && start < day);
  // A day whose hours are no longer kept stands for all of them.
  const hours = own.filter(({ grain, start }) =>
    grain === 'hour' ? start < hour : grain === 'day' && start < fine,
  );
  const rowsOf = (late: readonly SumChange[], knownIn: string) =>
    late.map(({ unit, start, amounts }) => [unit, start, knownIn, seq, ...amounts]);
  return [
    { statement: REVISION_UPSERT, rows: rowsOf(days, day) },
    { statement: HOUR_REVISION_UPSERT, rows: rowsOf(hours, hour) },
  ];
}

/** Adds differences to the sums, in key order; as revisions too where they reach what lies before `known`. */
export async function addToSums(tx: Tx, changes: readonly SumChange[], known: KnownIn | null): Promise<void> {
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
        unit,
        grain,
        start,
        topic,
        tx.seq,
        ...amounts,
      ]),
    },
    ...listRevisions(own, tx.seq, known),
  ]);
  if (own.length > 0) await noteUnjudged(tx);
}

/** Drops the fine rows of before a day: hours of a unit, what was known in them, and days of its topics are kept for weeks. */
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
  await tx.db.deleteFrom('hourRevision').where('knownIn', '<', day).execute();
}

/** Empties what the log is folded to, so that it can be folded again. */
export async function clearFolds(tx: Tx): Promise<void> {
  for (const table of ['tally', 'breakdown', 'subject'] as const) await tx.db.deleteFrom(table).execute();
}

const names = sql.raw(MEASURE_IDS.map((id) => `"${id}"`).join(', '));
const totals = sql.raw(MEASURE_IDS.map((id) => `cast(sum("${id}") as integer)`).join(', '));
const negated = sql.raw(MEASURE_IDS.map((id) => `-"${id}"`).join(', '));
const differs = sql.raw(MEASURE_IDS.map((id) => `sum("${id}") <> 0`).join(' or '));

/** Keeps as revisions in what rows now differ from `tallyBefore`, those rows that `of` picks out. */
async function revise(
  tx: Tx,
  [table, start, known]:
    | readonly ['revision', 'day', 'knownOn']
    | readonly ['hourRevision', 'hour', 'knownIn'],
  { of, knownIn }: { of: RawBuilder<unknown>; knownIn: string },
): Promise<void> {
  const added = sql.raw(
    MEASURE_IDS.map((id) => `"${id}" = "${table}"."${id}" + excluded."${id}"`).join(', '),
  );
  const key = sql`"unit", ${sql.ref(start)}, ${sql.ref(known)}`;
  await sql`insert into ${sql.table(table)} (${key}, "seq", ${names})
    select "unit", "start", cast(${knownIn} as text), cast(${tx.seq} as bigint), ${totals} from (
      select "unit", "start", ${names} from "tally" where ${of}
      union all select "unit", "start", ${negated} from "tallyBefore" where ${of}) as "difference"
    where true group by "unit", "start" having ${differs}
    on conflict (${key}) do update set "seq" = excluded."seq", ${added}`.execute(tx.db);
}

/** Keeps as revisions in what days and hours gone by now differ from `tallyBefore`, the copy made by `copyFolds`. */
export async function reviseByCopy(tx: Tx, { day, hour, fine }: KnownIn): Promise<void> {
  const days = sql`"grain" = 'day' and "start" < ${day}`;
  const hours = sql`("grain" = 'hour' and "start" >= ${fine} and "start" < ${hour}
    or "grain" = 'day' and "start" < ${fine})`;
  await revise(tx, ['revision', 'day', 'knownOn'], { of: days, knownIn: day });
  await revise(tx, ['hourRevision', 'hour', 'knownIn'], { of: hours, knownIn: hour });
}
