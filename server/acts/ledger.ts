import { MEASURE_IDS, type MeasureId } from '../../shared/measure.ts';
import { addDays, dayOf, hourOf, periodOf } from '../../shared/period.ts';
import type { StoredGrain } from '../store/schema.ts';
import type { SumChange } from '../store/write/sums.ts';

/** For how many days back hours of units and days of topics are kept. */
export const FINE_DAYS = 40;

/** The first day whose fine rows are kept at an instant. */
export function fineFrom(now: number, zone: string): string {
  return addDays(dayOf(now, zone), -FINE_DAYS);
}

/** `amount` of a measure at an instant (epoch ms), for every unit of a path. */
export type Part = { path: readonly number[]; at: number; measure: MeasureId; amount: number };

/** All that a subject adds to the sums, in the order of its life, and the topic (store/topic.ts) it adds it under. */
export type Contribution = { topic: string; parts: readonly Part[] };

/** Where the differences of a commit are summed before they are written: once per row, not once per event. */
export type Ledger = {
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
type Page = { grain: StoredGrain; start: string; topic: string; byUnit: Map<number, Amounts> };

/** Sums by path of the instants that fall in the same rows: one hour of late, one day of long ago. */
type Slot = {
  day: string;
  hour: string | null;
  own: Map<readonly number[], Amounts>;
  byTopic: Map<string, Map<readonly number[], Amounts>>;
};

/** The value of a key, made when it is not there yet. */
function obtain<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  let value = map.get(key);
  if (value === undefined) {
    value = make();
    map.set(key, value);
  }
  return value;
}

class Pages {
  readonly #pages = new Map<string, Page>();

  /** Adds sums by path to every unit of each path, on the page of a grain, start and topic. */
  add(grain: StoredGrain, start: string, topic: string, sums: Map<readonly number[], Amounts>): void {
    const page = obtain(this.#pages, `${grain}${start}|${topic}`, () => ({
      ...{ grain, start, topic },
      byUnit: new Map<number, Amounts>(),
    }));
    for (const [path, amounts] of sums) {
      for (const unit of path) {
        const known = page.byUnit.get(unit);
        if (known) addAmounts(known, amounts);
        else page.byUnit.set(unit, amounts.slice());
      }
    }
  }

  list(): SumChange[] {
    return [...this.#pages.values()].flatMap(({ grain, start, topic, byUnit }) =>
      [...byUnit].flatMap(([unit, amounts]) =>
        isZero(amounts) ? [] : [{ unit, grain, start, topic, amounts }],
      ),
    );
  }
}

/** Writes a slot's sums on all the pages they count on; topics have no hours, and days only of late. */
function turnPages(slot: Slot, pages: Pages, fine: string): void {
  const { day, hour, own, byTopic } = slot;
  const month = periodOf(day, 'month').from;
  pages.add('day', day, '', own);
  pages.add('month', month, '', own);
  pages.add('quarter', periodOf(day, 'quarter').from, '', own);
  pages.add('year', periodOf(day, 'year').from, '', own);
  pages.add('ever', '', '', own);
  if (hour !== null) pages.add('hour', hour, '', own);
  for (const [topic, sums] of byTopic) {
    pages.add('month', month, topic, sums);
    if (day >= fine) pages.add('day', day, topic, sums);
  }
}

/** Quarters of an hour: no zone's offset changes within one. */
const QUARTER_MS = 900_000;

/** A ledger for one commit at `now`. */
export function createLedger(zone: string, now: number): Ledger {
  const fine = fineFrom(now, zone);
  const slots = new Map<string, Slot>();
  const byQuarter = new Map<number, Slot>();

  const slotOf = (at: number): Slot =>
    obtain(byQuarter, Math.floor(at / QUARTER_MS), () => {
      const day = dayOf(at, zone);
      const hour = day < fine ? null : hourOf(at, zone);
      return obtain(slots, hour ?? day, () => ({ day, hour, own: new Map(), byTopic: new Map() }));
    });

  const add = ({ path, at, measure, amount }: Part, topic: string, sign: 1 | -1): void => {
    const slot = slotOf(at);
    const column = COLUMN.get(measure) ?? 0;
    const own = obtain(slot.own, path, noAmounts);
    own[column] = (own[column] ?? 0) + sign * amount;
    const sums = obtain(slot.byTopic, topic, () => new Map<readonly number[], Amounts>());
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
      const pages = new Pages();
      for (const slot of slots.values()) turnPages(slot, pages, fine);
      return pages.list();
    },
  };
}
