/**
 * Sums of many units over days or hours as rules are judged by them, in a few queries however many units there are. Hides lineage
 * and revisions. Law: as known in a slot it holds what was told by the end of that slot, of whom the unit answered for then.
 */
import { type MeasureId, STOCK_IDS } from '../../shared/measure.ts';
import { obtain } from '../../shared/obtain.ts';
import { listPeriods } from '../../shared/period.ts';
import { BEGINNING, type UnitTree } from '../../shared/unit.ts';
import type { SlotRevision, SumSeries } from '../rules/series.ts';
import { readSeriesTable, readSlotRevisions, type SlotSums, sumMeasures } from '../store/slot-store.ts';
import type { Reader } from '../store/store.ts';
import { coverDays } from '../store/sum-store.ts';

/** Slots from a day to a day (exclusive). `fine`: the first day whose hours are kept; days before it stand in their hour 0. */
export type SlotOrder = { grain: 'day' | 'hour'; from: string; to: string; fine: string };

/** Which sums of which units: `asKnown` with what was known in each slot, else as everything stands now. */
export type SumOrder = SlotOrder & {
  units: readonly number[];
  ids: readonly MeasureId[];
  mode: 'asKnown' | 'asRevised';
};

/** Which slots of an order are wanted; sums before them are read as far as it takes. */
export type LineOrder = Omit<SumOrder, 'units' | 'ids'>;

/** Where sums are read from, and the tree that says whose they are. */
export type SumSource = { reader: Reader; tree: UnitTree };

const HOURS = Array.from({ length: 24 }, (_, hour) => `T${String(hour).padStart(2, '0')}`);

/** The slots of an order, in order of time. */
export function listSlots({ grain, from, to }: Pick<SlotOrder, 'grain' | 'from' | 'to'>): string[] {
  const days = listPeriods({ from, to }, 'day').map(({ key }) => key);
  return grain === 'day' ? days : days.flatMap((day) => HOURS.map((hour) => day + hour));
}

/** Where a day or hour stands among the slots: below 0 before the first, their number or more after the last. */
export type FindSlot = (start: string) => number;

function createFind({ grain, from, to }: SlotOrder, starts: readonly string[]): FindSlot {
  const known = new Map(starts.map((start, index) => [start, index]));
  return (start) => {
    const key = grain === 'hour' && start.length === 10 ? `${start}T00` : start;
    return known.get(key) ?? (start < from ? -1 : start >= to ? starts.length : 0);
  };
}

/** Who answers for a unit in slots `from` to `to`, with what weight; in slots before `since` it did not answer yet. */
type Piece = { teller: number; weight: number; from: number; to: number; since: number };

/**
 * Who answers for a unit: itself, those it began with, and those it took over while it lived, from the day of that on with
 * their past.
 */
function listPieces(tree: UnitTree, unit: number, order: SlotOrder, find: FindSlot): Piece[] {
  const { from } = tree.get(unit);
  const range = { from: order.from, to: order.to };
  const taken = tree.predecessorsOf(unit).map(({ on }) => on);
  const days = [from, ...[...new Set(taken)].filter((on) => on > from && on < order.to).sort()];
  const before = new Map<number, number>();
  return days.flatMap((on) =>
    tree.answer(unit, range, { view: 'now', on }).flatMap((part): Piece[] => {
      const weight = part.weight - (before.get(part.unit) ?? 0);
      before.set(part.unit, part.weight);
      if (Math.abs(weight) < 1e-12) return [];
      const since = on === from ? 0 : Math.max(0, find(on));
      return [{ teller: part.unit, weight, from: find(part.from), to: find(part.to), since }];
    }),
  );
}

/** What has been read of tellers, ready to be added up. */
type Told = {
  sums: ReadonlyMap<number, readonly Float64Array[]>;
  bases: ReadonlyMap<number, readonly number[]>;
  revisions: ReadonlyMap<number, readonly Revised[]>;
};

/** A revision of a teller by its slots: `slot` -1 before the first, `known` their number where none of them knows it. */
type Revised = { slot: number; known: number; amounts: readonly number[] };

async function readSums(
  reader: Reader,
  tellers: readonly number[],
  { order, find, size }: { order: SumOrder; find: FindSlot; size: number },
): Promise<Told['sums']> {
  const { grain, from, to, fine, ids } = order;
  const sums = new Map<number, Float64Array[]>();
  const add = (rows: readonly SlotSums[]) => {
    for (const [unit, start, ...amounts] of rows) {
      const own = obtain(sums, unit, () => ids.map(() => new Float64Array(size)));
      const slot = find(start);
      for (const [index, amount] of amounts.entries()) {
        const line = own[index];
        if (line && slot >= 0 && slot < size) line[slot] = (line[slot] ?? 0) + amount;
      }
    }
  };
  const fineFrom = grain === 'day' || fine < from ? from : fine;
  add(await readSeriesTable(reader, tellers, { grain, from: fineFrom, to, ids }));
  if (from < fineFrom) add(await readSeriesTable(reader, tellers, { grain: 'day', from, to: fineFrom, ids }));
  return sums;
}

async function readRevised(
  reader: Reader,
  tellers: readonly number[],
  { order, find }: { order: SumOrder; find: FindSlot },
): Promise<Told['revisions']> {
  const revised = new Map<number, Revised[]>();
  if (order.mode === 'asRevised') return revised;
  const { grain, from, to, ids } = order;
  for (const [unit, start, knownIn, ...amounts] of await readSlotRevisions(reader, tellers, {
    grain,
    from,
    to,
    ids,
  }))
    obtain(revised, unit, () => []).push({ slot: find(start), known: find(knownIn), amounts });
  return revised;
}

/** The lines of one unit, measure by measure, while they are added up. */
class Lines {
  readonly #ids: readonly MeasureId[];
  readonly #size: number;
  readonly sums: Map<MeasureId, Float64Array>;
  readonly revisions: SlotRevision[] = [];

  constructor(ids: readonly MeasureId[], size: number) {
    this.#ids = ids;
    this.#size = size;
    this.sums = new Map(ids.map((id) => [id, new Float64Array(size)]));
  }

  /** Adds an amount that is known from a slot on; what no slot knows is not there. */
  #addFlow(measure: MeasureId, amount: number, { slot, known }: { slot: number; known: number }): void {
    const line = this.sums.get(measure);
    if (!line || amount === 0 || known >= this.#size) return;
    line[slot] = (line[slot] ?? 0) + amount;
    if (known > slot) this.revisions.push({ slot, known, measure, amount });
  }

  /** Adds the flows of a teller, as far as they count for the unit: what it told in time, and what it told later. */
  addFlows({ teller, weight, since, ...piece }: Piece, told: Told): void {
    const [from, to] = [Math.max(0, piece.from), Math.min(piece.to, this.#size)];
    const late = (told.revisions.get(teller) ?? []).filter(({ slot }) => slot >= from && slot < to);
    for (const [index, id] of this.#ids.entries()) {
      const line = told.sums.get(teller)?.[index];
      if (!line || STOCK_IDS.includes(id)) continue;
      for (let slot = from; slot < to; slot++)
        this.#addFlow(id, weight * (line[slot] ?? 0), { slot, known: since });
      for (const { slot, known, amounts } of late) {
        if (known <= Math.max(slot, since)) continue;
        const amount = weight * (amounts[index] ?? 0);
        this.#addFlow(id, -amount, { slot, known: since });
        this.#addFlow(id, amount, { slot, known });
      }
    }
  }

  /** Adds the stocks of the unit itself: what it had before the first slot, then what each slot changed. */
  addStocks(unit: number, told: Told): void {
    for (const [index, id] of this.#ids.entries()) {
      const line = this.sums.get(id);
      if (!line || !STOCK_IDS.includes(id)) continue;
      const own = told.sums.get(unit)?.[index];
      let level = told.bases.get(unit)?.[index] ?? 0;
      for (let slot = 0; slot < this.#size; slot++) {
        level += own?.[slot] ?? 0;
        line[slot] = level;
      }
      for (const { slot, known, amounts } of told.revisions.get(unit) ?? [])
        this.#reviseStock(id, amounts[index] ?? 0, { slot: Math.max(0, slot), known });
    }
  }

  #reviseStock(measure: MeasureId, amount: number, { slot, known }: { slot: number; known: number }): void {
    const line = this.sums.get(measure);
    if (!line || amount === 0 || known <= slot) return;
    if (known < this.#size) this.revisions.push({ slot, known, measure, amount });
    else for (let at = slot; at < this.#size; at++) line[at] = (line[at] ?? 0) - amount;
  }
}

async function readTold(
  reader: Reader,
  tellers: readonly number[],
  { order, find, size }: { order: SumOrder; find: FindSlot; size: number },
): Promise<Told> {
  const hasStocks = order.ids.some((id) => STOCK_IDS.includes(id));
  const until = hasStocks ? coverDays({ from: BEGINNING, to: order.from }) : [];
  return {
    sums: await readSums(reader, tellers, { order, find, size }),
    bases: await sumMeasures(reader, order.units, { ranges: until, ids: order.ids }),
    revisions: await readRevised(reader, tellers, { order, find }),
  };
}

/** The first and last slot (exclusive) of a unit's life. */
function listLife(tree: UnitTree, unit: number, find: FindSlot, size: number): readonly [number, number] {
  const { from, to } = tree.get(unit);
  return [Math.max(0, find(from)), to === null ? size : Math.max(0, find(to))];
}

/** Sums of units over slots, by unit, each once. */
export async function readSumSeries(
  { reader, tree }: SumSource,
  order: SumOrder,
): Promise<Map<number, SumSeries>> {
  const starts = listSlots(order);
  const find = createFind(order, starts);
  const size = starts.length;
  const pieces = new Map(order.units.map((unit) => [unit, listPieces(tree, unit, order, find)]));
  const tellers = new Set([...pieces.values()].flatMap((list) => list.map(({ teller }) => teller)));
  for (const unit of order.units) tellers.add(unit);
  const told = await readTold(reader, [...tellers], { order, find, size });
  const asKnown = order.mode === 'asKnown';
  return new Map(
    [...pieces].map(([unit, list]) => {
      const lines = new Lines(order.ids, size);
      for (const piece of list) lines.addFlows(asKnown ? piece : { ...piece, since: 0 }, told);
      lines.addStocks(unit, told);
      const { sums, revisions } = lines;
      const lives = listLife(tree, unit, find, size);
      return [unit, { unit, grain: order.grain, starts, sums, revisions, lives, told: null }];
    }),
  );
}
