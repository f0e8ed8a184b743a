/** Samples of what is unusual for the weekday and hour; days around Tết are compared with those of earlier years. */
import type { Figure, Indicator } from '../../shared/indicator.ts';
import { addDays, dayNumber } from '../../shared/period.ts';
import type { ConditionOf } from '../../shared/rule.ts';
import { type Axis, findWorked, hourIn, slotOfDay } from './axis.ts';
import { createColumns, evaluateWindows, setRow } from './columns.ts';
import { deviationOf } from './robust.ts';
import type { Sampler } from './sample-level.ts';
import { laggedWindows, type SlotWindows } from './windows.ts';

/** The first day of Tết, by year. Source: the Vietnamese lunar calendar. */
export const TET = [
  ...['2023-01-22', '2024-02-10', '2025-01-29', '2026-02-17'],
  ...['2027-02-06', '2028-01-26', '2029-02-13', '2030-02-02'],
] as const;

/** Days before and after the first of Tết that are like nothing but that time of another year. */
const TET_DAYS = { before: 10, after: 14 };
const YEARS_BACK = 3;
/** The fewest figures from which anything is said. */
const FEWEST = { weeks: 4, tet: 3 };

/** How far a day is from the first day of Tết, and which Tết that is; null for an ordinary day. */
export function findTet(day: string): { tet: number; distance: number } | null {
  const number = dayNumber(day);
  for (const [tet, first] of TET.entries()) {
    const distance = number - dayNumber(first);
    if (distance >= -TET_DAYS.before && distance <= TET_DAYS.after) return { tet, distance };
  }
  return null;
}

type Order = { indicator: Indicator; axis: Axis };

/** Which slots are ordinary, and like which: a working day is compared with working days alone. */
function describeDays({ days, calendar }: Axis) {
  const kinds = new Map<string, string>();
  return days.map((day) => {
    const known = kinds.get(day) ?? `${findTet(day) ? 'tet' : 'plain'} ${findWorked(day, calendar)}`;
    kinds.set(day, known);
    return known;
  });
}

/** Slots of Tết days, and for each the slots of a day as far from an earlier Tết. Only those that are known. */
function listTetWindows(axis: Axis, { years, shift }: { years: number; shift: number }): SlotWindows {
  const rows = axis.days.flatMap((day, slot) => {
    const found = findTet(day);
    const first = found ? TET[found.tet - years] : undefined;
    if (!found || first === undefined) return [];
    const then = slotOfDay(axis, dayNumber(addDays(first, found.distance + shift))) + hourIn(axis, slot);
    return then >= 0 ? [{ now: slot, then }] : [];
  });
  return {
    now: Int32Array.from(rows, ({ now }) => now),
    from: Int32Array.from(rows, ({ then }) => then),
    to: Int32Array.from(rows, ({ then }) => then + 1),
  };
}

function listPast(axis: Axis, weeks: number): { weekly: SlotWindows[]; tet: SlotWindows[] } {
  const perWeek = axis.grain === 'day' ? 7 : 168;
  const weekly = Array.from({ length: weeks }, (_, index) => laggedWindows(axis, (index + 1) * perWeek));
  const back = Array.from({ length: YEARS_BACK }, (_, index) => index + 1);
  const tet = back.flatMap((years) => [-1, 0, 1].map((shift) => listTetWindows(axis, { years, shift })));
  return { weekly, tet };
}

/** Values of the past of each slot that it may be compared with. */
function gather(
  axis: Axis,
  {
    past,
    kinds,
    evaluate,
  }: { past: ReturnType<typeof listPast>; kinds: string[]; evaluate: (windows: SlotWindows) => Figure[] },
): number[][] {
  const others: number[][] = Array.from({ length: axis.size }, () => []);
  for (const windows of past.weekly) {
    for (const [row, { value }] of evaluate(windows).entries()) {
      const then = kinds[windows.from[row] ?? -1];
      if (value !== null && then === kinds[row] && !then?.startsWith('tet')) others[row]?.push(value);
    }
  }
  for (const windows of past.tet)
    for (const [row, { value }] of evaluate(windows).entries())
      if (value !== null) others[windows.now[row] ?? -1]?.push(value);
  return others;
}

/** Samples of the robust deviation from the same weekday and hour of the weeks before. */
export function createSeasonSampler({ weeks }: ConditionOf<'anomaly'>, { indicator, axis }: Order): Sampler {
  const past = listPast(axis, weeks);
  const kinds = describeDays(axis);
  const own = laggedWindows(axis, 0);
  return (series) => {
    const columns = createColumns(axis.size);
    const evaluate = (windows: SlotWindows) => evaluateWindows(indicator, { series, windows, axis });
    const others = gather(axis, { past, kinds, evaluate });
    for (const [row, { value, denominator }] of evaluate(own).entries()) {
      const compared = others[row] ?? [];
      const fewest = kinds[row]?.startsWith('tet') ? FEWEST.tet : FEWEST.weeks;
      if (value === null || compared.length < fewest) continue;
      const figure = deviationOf(indicator, { figure: value, cases: denominator, others: compared });
      setRow(columns, row, { figure, count: null, cases: denominator });
    }
    return columns;
  };
}
