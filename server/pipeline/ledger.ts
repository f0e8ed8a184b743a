import { MEASURE_IDS, type MeasureId } from '../../shared/measure.ts';
import { addDays, dayOf, hourOf, periodOf } from '../../shared/period.ts';
import type { Emit } from '../dossier/fold.ts';
import type { SumChange } from '../store/log-store.ts';
import type { StoredGrain } from '../store/schema.ts';
import { subjectOf } from '../store/subject.ts';

/** For how many days back hours of units and days of subjects are kept. */
export const FINE_DAYS = 40;

/** The first day whose fine rows are kept at an instant. */
export function fineFrom(now: number, zone: string): string {
  return addDays(dayOf(now, zone), -FINE_DAYS);
}

const COLUMN = new Map<MeasureId, number>(MEASURE_IDS.map((id, index) => [id, index]));

type Row = SumChange & { amounts: number[] };
type Cell = { path: readonly number[]; slot: string; subject: Subject; amounts: number[] };
type Subject = { field: string | null; procedure: string };

/** Where the differences of a commit are summed before they are written: once per row, not once per event. */
export type Ledger = {
  /** Emits into the ledger with a sign: -1 takes a contribution back, +1 puts one in. */
  emitter: (subject: Subject, sign: 1 | -1) => Emit;
  /** The differences by row, without those that cancelled out. */
  listChanges: () => SumChange[];
};

const starts = new Map<string, [StoredGrain, string][]>();

/** The rows of a unit that a day counts in. */
function rowsOfDay(day: string): [StoredGrain, string][] {
  let rows = starts.get(day);
  if (!rows) {
    rows = [
      ['day', day],
      ['month', periodOf(day, 'month').from],
      ['quarter', periodOf(day, 'quarter').from],
      ['year', periodOf(day, 'year').from],
      ['ever', ''],
    ];
    starts.set(day, rows);
  }
  return rows;
}

function listRows({ slot, subject }: Cell, fine: string): [StoredGrain, string, string][] {
  const day = slot.slice(0, 10);
  const rows: [StoredGrain, string, string][] = rowsOfDay(day).map(([grain, start]) => [grain, start, '']);
  if (slot.length > 10) rows.push(['hour', slot, '']);
  const month = `${day.slice(0, 7)}-01`;
  const text = subjectOf(subject);
  rows.push(['month', month, text]);
  if (day >= fine) rows.push(['day', day, text]);
  return rows;
}

function addAmounts(into: number[], amounts: readonly number[]): void {
  for (let index = 0; index < amounts.length; index++)
    into[index] = (into[index] ?? 0) + (amounts[index] ?? 0);
}

function addTo(rows: Map<string, Row>, cell: Cell, fine: string): void {
  for (const [grain, start, subject] of listRows(cell, fine)) {
    const tail = `|${grain}${start}${subject}`;
    for (const unit of cell.path) {
      const key = unit + tail;
      const row = rows.get(key);
      if (row) addAmounts(row.amounts, cell.amounts);
      else rows.set(key, { unit, grain, start, subject, amounts: cell.amounts.slice() });
    }
  }
}

const isZero = (amounts: readonly number[]) => amounts.every((amount) => amount === 0);

/** A ledger for one commit at `now`. */
export function createLedger(zone: string, now: number): Ledger {
  const fine = fineFrom(now, zone);
  const cells = new Map<readonly number[], Map<string, Cell>>();
  const findCell = (path: readonly number[], at: number, subject: Subject): Cell => {
    const day = dayOf(at, zone);
    const slot = day < fine ? day : hourOf(at, zone);
    let byPath = cells.get(path);
    if (!byPath) {
      byPath = new Map();
      cells.set(path, byPath);
    }
    const key = `${slot}|${subject.procedure}|${subject.field ?? ''}`;
    let cell = byPath.get(key);
    if (!cell) {
      cell = { path, slot, subject, amounts: new Array<number>(MEASURE_IDS.length).fill(0) };
      byPath.set(key, cell);
    }
    return cell;
  };
  return {
    emitter(subject, sign) {
      let cell: Cell | undefined;
      let last = Number.NaN;
      return (path, at, measure, amount) => {
        if (!cell || cell.path !== path || last !== at) {
          cell = findCell(path, at, subject);
          last = at;
        }
        const column = COLUMN.get(measure) ?? 0;
        cell.amounts[column] = (cell.amounts[column] ?? 0) + sign * amount;
      };
    },
    listChanges() {
      const rows = new Map<string, Row>();
      for (const byPath of cells.values()) {
        for (const cell of byPath.values()) if (!isZero(cell.amounts)) addTo(rows, cell, fine);
      }
      return [...rows.values()].filter((row) => !isZero(row.amounts));
    },
  };
}
