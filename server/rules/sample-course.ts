/** Samples of where a figure is going: its pace towards a target, and the period's end if it goes on as it did. */
import { evaluate, type Figure, type Indicator } from '../../shared/indicator.ts';
import { emptySums, MEASURES, type MeasureId, type Sums } from '../../shared/measure.ts';
import { percentOfWay } from '../../shared/pace.ts';
import { addDays, dayNumber, periodOf } from '../../shared/period.ts';
import type { ConditionOf, Window } from '../../shared/rule.ts';
import { type Axis, countWorked, slotOfDay, workedIn } from './axis.ts';
import { type Columns, createColumns, evaluateWindows, measuresIn, readWindows, setRow } from './columns.ts';
import { rowOf, type SampleOrder, type Sampler } from './sample-level.ts';
import type { SumSeries } from './series.ts';
import { cutWindows, firstDayOf, lastWindows, ownWindows, type SlotWindows } from './windows.ts';

/** So many days tell how it goes now: whole weeks, so that weekends weigh the same. */
const RECENT_DAYS = 28;

/** Where the way to a target begins: with the period, and with the year where the window is none. */
function startOfWay(window: Window, day: string): string {
  return firstDayOf(window === 'month' || window === 'quarter' ? window : 'year', day);
}

/** Which share of the way from a day to another (its end) is gone by at the end of a day, by working days. */
function shareOf({ from, by }: { from: string; by: string }, day: string, { calendar }: Axis): number {
  if (day >= by) return 1;
  const whole = countWorked(from, addDays(by, 1), calendar);
  const gone = countWorked(from, addDays(day, 1), calendar);
  if (whole !== null && gone !== null && whole > 0) return gone / whole;
  return (dayNumber(day) + 1 - dayNumber(from)) / (dayNumber(by) + 1 - dayNumber(from));
}

function isFlow({ numerator, denominator }: Indicator): boolean {
  const ids = Object.keys(numerator) as MeasureId[];
  return denominator === null && ids.every((id) => MEASURES[id].kind === 'flow');
}

/** The slot whose end the way of each slot begins at. */
function findBases(axis: Axis, window: Window): Int32Array {
  return Int32Array.from(axis.days, (day) => slotOfDay(axis, dayNumber(startOfWay(window, day))) - 1);
}

/** The window of a rate as it was when each slot's way began. */
function windowsBefore(axis: Axis, window: Window): SlotWindows {
  const bases = findBases(axis, window);
  const findFrom = (slot: number) =>
    slot < 0 ? -1 : slotOfDay(axis, dayNumber(firstDayOf(window, axis.days[slot] ?? '')));
  return {
    now: ownWindows(axis, window).now,
    from: Int32Array.from(bases, findFrom),
    to: bases.map((slot) => slot + 1),
  };
}

/**
 * Samples of the pace to a target: of a count from nothing, of a rate or a stock from what it was before the way began. A rate that
 * begins at the target or past it has no way to go: nothing is judged.
 */
export function createPaceSampler(
  { window, target, by }: ConditionOf<'pace'>,
  { indicator, axis, first }: SampleOrder,
): Sampler {
  const windows = cutWindows(ownWindows(axis, window), first);
  const before = cutWindows(windowsBefore(axis, window), first);
  const shares = axis.days
    .slice(first)
    .map((day) => shareOf({ from: startOfWay(window, day), by }, day, axis));
  const isFromNothing = isFlow(indicator);
  const isThere = (base: number) =>
    !isFromNothing && (indicator.direction === 'down' ? base <= target : base >= target);
  const baseOf = (figure: Figure | undefined) => (isFromNothing ? 0 : (figure?.value ?? null));
  return (series) => {
    const columns = createColumns(axis.size);
    const begun = isFromNothing ? [] : evaluateWindows(indicator, { series, windows: before, axis });
    for (const [row, now] of evaluateWindows(indicator, { series, windows, axis }).entries()) {
      const base = baseOf(begun[row]);
      if (now.value === null || base === null) continue;
      const way = { now: now.value, base, target, share: shares[row] ?? 0 };
      const figure = isThere(base) ? null : percentOfWay(way);
      const cases = figure === null ? 0 : now.denominator;
      setRow(columns, first + row, { figure, count: null, cases });
    }
    return columns;
  };
}

/** Working days of each slot's period: so far, still to come, and in the recent past. */
type Course = { whole: number | null; ahead: number | null; recent: number | null };

function listCourses(axis: Axis, window: 'month' | 'quarter' | 'year', recent: SlotWindows): Course[] {
  const ahead = new Map<string, Omit<Course, 'recent'>>();
  return axis.days.map((day, slot) => {
    const period = periodOf(day, window);
    const known = ahead.get(day) ?? {
      whole: countWorked(period.from, period.to, axis.calendar),
      ahead: countWorked(addDays(day, 1), period.to, axis.calendar),
    };
    ahead.set(day, known);
    const from = Math.max(0, recent.from[slot] ?? 0);
    return { ...known, recent: workedIn(axis, from, slot + 1) };
  });
}

type Line = { id: MeasureId; isStock: boolean };

/** Adds to the sums of a period what its remaining working days bring at the pace of the recent ones. */
function project(
  sums: Sums,
  { recent, lines, course }: { recent: Sums; lines: readonly Line[]; course: Course },
): boolean {
  if (!course.recent || course.ahead === null) return false;
  for (const { id, isStock } of lines) {
    const gained = isStock ? sums[id] - recent[id] : recent[id];
    const value = sums[id] + (gained * course.ahead) / course.recent;
    sums[id] = isStock ? Math.max(0, value) : value;
  }
  return true;
}

/** The windows that a projection reads: the period so far, the recent past, and the slot before that. */
type Reach = { own: SlotWindows; recent: SlotWindows; past: SlotWindows; first: number };

function projectUnit(
  series: SumSeries,
  { indicator, reach, courses }: { indicator: Indicator; reach: Reach; courses: readonly Course[] },
): Columns {
  const columns = createColumns(reach.first + courses.length);
  const lines = measuresIn(indicator).map((id) => ({ id, isStock: MEASURES[id].kind === 'stock' }));
  const own = readWindows(series, indicator, reach.own);
  const recent = readWindows(series, indicator, reach.recent);
  const past = readWindows(series, indicator, reach.past);
  const [sums, pace, before] = [emptySums(), emptySums(), emptySums()];
  for (const [row, course] of courses.entries()) {
    if (!own.fill(row, sums) || !recent.fill(row, pace)) continue;
    const seen = evaluate(indicator, pace, course.recent);
    const then = past.fill(row, before) ? before : sums;
    for (const { id, isStock } of lines) pace[id] = isStock ? then[id] : pace[id];
    if (!project(sums, { recent: pace, lines, course })) continue;
    const ended = evaluate(indicator, sums, course.whole);
    setRow(columns, reach.first + row, { ...rowOf(indicator, ended), cases: seen.denominator });
  }
  return columns;
}

/** Samples of the value at the end of the period, the remaining working days being like those of the last four weeks. */
export function createProjectionSampler(
  { window }: ConditionOf<'projection'>,
  { indicator, axis, first }: SampleOrder,
): Sampler {
  const own = cutWindows(ownWindows(axis, window), first);
  const all = lastWindows(axis, RECENT_DAYS);
  const recent = cutWindows(all, first);
  const past: SlotWindows = { now: recent.now, from: recent.from.map((slot) => slot - 1), to: recent.from };
  const courses = listCourses(axis, window, all).slice(first);
  return (series) => projectUnit(series, { indicator, reach: { own, recent, past, first }, courses });
}
