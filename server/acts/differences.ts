import type { MeasureId } from '../../shared/measure.ts';
import { obtain } from '../../shared/obtain.ts';
import { addDays, dayOf, hourOf, periodOf } from '../../shared/period.ts';
import { FINE_DAYS } from '../../shared/same-point.ts';
import type { StoredGrain } from '../store/schema.ts';
import type { Tx } from '../store/store.ts';
import type { KnownIn, SumChange } from '../store/write/sums.ts';

/** The first day whose fine rows are kept at an instant. */
export function fineFrom(now: number, zone: string): string {
  return addDays(dayOf(now, zone), -FINE_DAYS);
}

/** When what a commit tells is known. What hours and days were judged by stands: it is known after them, whatever the clock says. */
export function knownIn({ at, judgedTo }: Pick<Tx, 'at' | 'judgedTo'>, zone: string): KnownIn {
  const known = Math.max(at, judgedTo);
  return { day: dayOf(known, zone), hour: hourOf(known, zone), fine: fineFrom(at, zone) };
}

/** `amount` of a measure at an instant (epoch ms), for every unit of a path. */
export type Part = { path: readonly number[]; at: number; measure: MeasureId; amount: number };

/** All that a subject of a kind adds to the sums, in the order of its life, and the topic (store/topic.ts) it adds it under, empty for none. */
export type Contribution = { columns: Columns; topic: string; parts: readonly Part[] };

/** What a kind counts, as columns: rows are written kind by kind, as wide as the kind and not as all of them. */
export type Columns = { ids: readonly MeasureId[]; indexOf: ReadonlyMap<MeasureId, number> };

const columnsOf = new Map<readonly MeasureId[], Columns>();

/** The columns of what a kind counts; the same object for the same list. */
export function openColumns(ids: readonly MeasureId[]): Columns {
  return obtain(columnsOf, ids, () => ({ ids, indexOf: new Map(ids.map((id, index) => [id, index])) }));
}

/** Where the differences of a commit are summed before they are written: once per row, not once per event. */
export type Differences = {
  /** Takes back what a subject contributed before (nothing: a new one) and puts in what it contributes after. */
  replace: (before: Contribution | undefined, after: Contribution) => void;
  /** The differences by row, without those that cancelled out. */
  listChanges: () => SumChange[];
};

const isSame = (a: Part | undefined, b: Part | undefined) =>
  a !== undefined &&
  b !== undefined &&
  a.at === b.at &&
  a.measure === b.measure &&
  a.amount === b.amount &&
  a.path === b.path;

/** How many parts two lists share at their beginning, then at their end: most steps add a little in between. */
function countShared(before: readonly Part[], after: readonly Part[]): { head: number; tail: number } {
  const most = Math.min(before.length, after.length);
  let head = 0;
  while (head < most && isSame(before[head], after[head])) head++;
  let tail = 0;
  while (tail < most - head && isSame(before.at(-1 - tail), after.at(-1 - tail))) tail++;
  return { head, tail };
}

type Amounts = number[];

const noAmounts = ({ ids }: Columns): Amounts => new Array<number>(ids.length).fill(0);
const isZero = (amounts: Amounts) => amounts.every((amount) => amount === 0);

function addAmounts(into: Amounts, amounts: Amounts): void {
  for (let index = 0; index < amounts.length; index++)
    into[index] = (into[index] ?? 0) + (amounts[index] ?? 0);
}

/** The rows of one grain and start, by unit, of one topic (the units' own: empty). */
type RowGroup = { grain: StoredGrain; start: string; topic: string; byUnit: Map<number, Amounts> };

/** Sums by path of the instants that fall in the same rows: one hour of late, one day of long ago. */
type HourSums = {
  day: string;
  hour: string | null;
  byTopic: Map<string, Map<readonly number[], Amounts>>;
};

class RowSums {
  readonly #rows = new Map<string, RowGroup>();
  readonly #ids: readonly MeasureId[];

  constructor({ ids }: Columns) {
    this.#ids = ids;
  }

  /** Adds sums by path to every unit of each path, in the rows of a grain, start and topic. */
  add(grain: StoredGrain, start: string, topic: string, sums: Map<readonly number[], Amounts>): void {
    const group = obtain(this.#rows, `${grain}${start}|${topic}`, () => ({
      ...{ grain, start, topic },
      byUnit: new Map<number, Amounts>(),
    }));
    for (const [path, amounts] of sums) {
      for (const unit of path) {
        const known = group.byUnit.get(unit);
        if (known) addAmounts(known, amounts);
        else group.byUnit.set(unit, amounts.slice());
      }
    }
  }

  list(): SumChange[] {
    return [...this.#rows.values()].flatMap(({ grain, start, topic, byUnit }) =>
      [...byUnit].flatMap(([unit, amounts]) =>
        isZero(amounts) ? [] : [{ unit, grain, start, topic, ids: this.#ids, amounts }],
      ),
    );
  }
}

/** Sums by path whatever the topic. */
function addTopics(byTopic: HourSums['byTopic']): Map<readonly number[], Amounts> {
  const own = new Map<readonly number[], Amounts>();
  for (const sums of byTopic.values()) {
    for (const [path, amounts] of sums) {
      const known = own.get(path);
      if (known) addAmounts(known, amounts);
      else own.set(path, amounts.slice());
    }
  }
  return own;
}

/** Adds the sums of an hour or day to all the rows they count in; topics have no hours, and days only of late. */
function addToRows(hours: HourSums, rows: RowSums, fine: string): void {
  const { day, hour, byTopic } = hours;
  const own = addTopics(byTopic);
  const month = periodOf(day, 'month').from;
  rows.add('day', day, '', own);
  rows.add('month', month, '', own);
  rows.add('quarter', periodOf(day, 'quarter').from, '', own);
  rows.add('year', periodOf(day, 'year').from, '', own);
  rows.add('ever', '', '', own);
  if (hour !== null) rows.add('hour', hour, '', own);
  for (const [topic, sums] of byTopic) {
    if (topic === '') continue;
    rows.add('month', month, topic, sums);
    if (day >= fine) rows.add('day', day, topic, sums);
  }
}

/** Quarters of an hour: no zone's offset changes within one. */
const QUARTER_MS = 900_000;

/** Differences of one commit in what one kind counts. */
class KindDifferences {
  readonly #columns: Columns;
  readonly #zone: string;
  readonly #fine: string;
  readonly #byStart = new Map<string, HourSums>();
  readonly #byQuarter = new Map<number, HourSums>();

  constructor(columns: Columns, { zone, fine }: { zone: string; fine: string }) {
    this.#columns = columns;
    this.#zone = zone;
    this.#fine = fine;
  }

  #sumsOf(at: number): HourSums {
    return obtain(this.#byQuarter, Math.floor(at / QUARTER_MS), () => {
      const day = dayOf(at, this.#zone);
      const hour = day < this.#fine ? null : hourOf(at, this.#zone);
      return obtain(this.#byStart, hour ?? day, () => ({ day, hour, byTopic: new Map() }));
    });
  }

  #add({ path, at, measure, amount }: Part, topic: string, sign: 1 | -1): void {
    const column = this.#columns.indexOf.get(measure);
    if (column === undefined) throw new RangeError(`${measure} is none of the measures of its kind`);
    const sums = obtain(this.#sumsOf(at).byTopic, topic, () => new Map<readonly number[], Amounts>());
    const part = obtain(sums, path, () => noAmounts(this.#columns));
    part[column] = (part[column] ?? 0) + sign * amount;
  }

  /** Takes back what a subject contributed before and puts in what it contributes after, but for what is the same. */
  replace(before: Contribution | undefined, after: Contribution): void {
    const old = before?.parts ?? [];
    const { head, tail } =
      before?.topic === after.topic ? countShared(old, after.parts) : { head: 0, tail: 0 };
    for (let index = head; index < old.length - tail; index++) {
      const part = old[index];
      if (part) this.#add(part, before?.topic ?? '', -1);
    }
    for (let index = head; index < after.parts.length - tail; index++) {
      const part = after.parts[index];
      if (part) this.#add(part, after.topic, 1);
    }
  }

  list(): SumChange[] {
    const rows = new RowSums(this.#columns);
    for (const hours of this.#byStart.values()) addToRows(hours, rows, this.#fine);
    return rows.list();
  }
}

/** Differences of one commit at `now`. */
export function createDifferences(zone: string, now: number): Differences {
  const span = { zone, fine: fineFrom(now, zone) };
  const byKind = new Map<Columns, KindDifferences>();
  return {
    replace: (before, after) =>
      obtain(byKind, after.columns, () => new KindDifferences(after.columns, span)).replace(before, after),
    listChanges: () => [...byKind.values()].flatMap((kind) => kind.list()),
  };
}
