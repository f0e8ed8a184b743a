import { type RawBuilder, sql } from 'kysely';
import { MEASURE_IDS, type MeasureId } from '../../../shared/measure.ts';
import { obtain } from '../../../shared/obtain.ts';
import { type Bulk, type BulkColumn, type BulkStatement, runBulks } from '../dialect.ts';
import type { StoredGrain } from '../schema.ts';
import type { Tx } from '../store.ts';
import { noteUnjudged } from './clock.ts';

/** Differences to add to one row of sums; `topic` is empty for the unit's own row. `amounts` are of the measures `ids`. */
export type SumChange = {
  unit: number;
  grain: StoredGrain;
  start: string;
  topic: string;
  ids: readonly MeasureId[];
  amounts: readonly number[];
};

const UNIT: BulkColumn = { name: 'unit', type: 'integer' };
const KEY: readonly BulkColumn[] = [UNIT, { name: 'grain', type: 'text' }, { name: 'start', type: 'text' }];
const TEXT_KEYS = {
  tally: [],
  breakdown: ['topic'],
  revision: ['day', 'knownOn'],
  hourRevision: ['hour', 'knownIn'],
} as const;

type SumTable = keyof typeof TEXT_KEYS;

const toText = (name: string): BulkColumn => ({ name, type: 'text' });

/** Adds to the columns of some measures and leaves the others as they are: a kind writes what it counts. */
function upsertSums(table: SumTable, ids: readonly MeasureId[]): BulkStatement {
  const isTold = table === 'tally' || table === 'breakdown';
  const key = [...(isTold ? KEY : [UNIT]), ...TEXT_KEYS[table].map(toText)];
  const names = key.map(({ name }) => `"${name}"`).join(', ');
  const sums = ids.map((name) => `"${name}" = "${table}"."${name}" + excluded."${name}"`).join(', ');
  const conflict = `on conflict (${names}) do update set "seq" = excluded."seq", ${sums}`;
  // Sums may outgrow 32 bits: the database narrows what its column is too narrow for.
  const columns = ids.map((name): BulkColumn => ({ name, type: 'bigint' }));
  return { table, columns: [...key, { name: 'seq', type: 'bigint' }, ...columns], conflict };
}

const statements = new Map<readonly MeasureId[], Map<SumTable, BulkStatement>>();

function statementOf(table: SumTable, ids: readonly MeasureId[]): BulkStatement {
  const own = obtain(statements, ids, () => new Map<SumTable, BulkStatement>());
  return obtain(own, table, () => upsertSums(table, ids));
}

function compareKeys(a: SumChange, b: SumChange): number {
  if (a.unit !== b.unit) return a.unit - b.unit;
  if (a.grain !== b.grain) return a.grain < b.grain ? -1 : 1;
  if (a.start !== b.start) return a.start < b.start ? -1 : 1;
  return a.topic < b.topic ? -1 : a.topic > b.topic ? 1 : 0;
}

/** When something is known: its local day and hour, and the first day whose hours are kept by then. */
export type KnownIn = { day: string; hour: string; fine: string };

/** Which differences are kept as revisions too: those that reach a day, or an hour, before the one in which they are known. */
function listRevisions(
  own: readonly SumChange[],
  { ids, seq, known }: { ids: readonly MeasureId[]; seq: number; known: KnownIn | null },
): Bulk[] {
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
    { statement: statementOf('revision', ids), rows: rowsOf(days, day) },
    { statement: statementOf('hourRevision', ids), rows: rowsOf(hours, hour) },
  ];
}

/** The bulks of differences in what one kind counts, in key order. */
function listBulks(
  changes: readonly SumChange[],
  { ids, seq, known }: { ids: readonly MeasureId[]; seq: number; known: KnownIn | null },
): Bulk[] {
  const own = changes.filter(({ topic }) => topic === '');
  const parts = changes.filter(({ topic }) => topic !== '');
  return [
    {
      statement: statementOf('tally', ids),
      rows: own.map(({ unit, grain, start, amounts }) => [unit, grain, start, seq, ...amounts]),
    },
    {
      statement: statementOf('breakdown', ids),
      rows: parts.map(({ unit, grain, start, topic, amounts }) => [
        ...[unit, grain, start, topic, seq],
        ...amounts,
      ]),
    },
    ...listRevisions(own, { ids, seq, known }),
  ];
}

/** Adds differences to the sums, in key order; as revisions too where they reach what lies before `known`. */
export async function addToSums(tx: Tx, changes: readonly SumChange[], known: KnownIn | null): Promise<void> {
  const sorted = [...changes].sort(compareKeys);
  const kinds = [...new Set(sorted.map(({ ids }) => ids))];
  for (const ids of kinds) {
    const own = sorted.filter((change) => change.ids === ids);
    await runBulks(tx, listBulks(own, { ids, seq: tx.seq, known }));
  }
  if (sorted.some(({ topic }) => topic === '')) await noteUnjudged(tx);
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
const totals = sql.raw(MEASURE_IDS.map((id) => `cast(sum("${id}") as bigint)`).join(', '));
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
