import { MEASURE_IDS, type MeasureId } from '../../shared/measure.ts';
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

/** All that a subject adds to the sums, in the order of its life, and the topic (store/topic.ts) it adds it under. */
export type Contribution = { topic: string; parts: readonly Part[] };

/** Where the differences of a commit are summed before they are written: once per row, not once per event. */
export type Differences = {
  /** Takes back what a subject contributed before (nothing: a new one) and puts in what it contributes after. */
  replace: (before: Contribution | undefined, after: Contribution) => void;
  /** The differences by row, without those that cancelled out. */
  listChanges: () => SumChange[];
};

const COLUMN = new Map<MeasureId, number>(MEASURE_IDS.map((id, index) => [id, index]));

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

const noAmounts = (): Amounts => new Array<number>(MEASURE_IDS.length).fill(0);
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
        isZero(amounts) ? [] : [{ unit, grain, start, topic, amounts }],
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
    rows.add('month', month, topic, sums);
    if (day >= fine) rows.add('day', day, topic, sums);
  }
}

/** Quarters of an hour: no zone's offset changes within one. */
const QUARTER_MS = 900_000;

/** Differences of one commit at `now`. */
export function createDifferences(zone: string, now: number): Differences {
  const fine = fineFrom(now, zone);
  const byStart = new Map<string, HourSums>();
  const byQuarter = new Map<number, HourSums>();

  const sumsOf = (at: number) =>
    obtain(byQuarter, Math.floor(at / QUARTER_MS), () => {
      const day = dayOf(at, zone);
      const hour = day < fine ? null : hourOf(at, zone);
      return obtain(byStart, hour ?? day, () => ({ day, hour, byTopic: new Map() }));
    });

  const add = ({ path, at, measure, amount }: Part, topic: string, sign: 1 | -1): void => {
    const hours = sumsOf(at);
    const column = COLUMN.get(measure) ?? 0;
    const sums = obtain(hours.byTopic, topic, () => new Map<readonly number[], Amounts>());
    const part = obtain(sums, path, noAmounts);
    part[column] = (part[column] ?? 0) + sign * amount;
  };

  return {
    replace(before, after) {
      const old = before?.parts ?? [];
      const { head, tail } =
        before?.topic === after.topic ? countShared(old, after.parts) : { head: 0, tail: 0 };
      for (let index = head; index < old.length - tail; index++) {
        const part = old[index];
        if (part) add(part, before?.topic ?? '', -1);
      }
      for (let index = head; index < after.parts.length - tail; index++) {
        const part = after.parts[index];
        if (part) add(part, after.topic, 1);
      }
    },
    listChanges() {
      const rows = new RowSums();
      for (const hours of byStart.values()) addToRows(hours, rows, fine);
      return rows.list();
    },
  };
}
