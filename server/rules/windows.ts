/** Windows over slots: for each evaluation the slots that a figure is counted over, as whole ranges in order of time. */
import { addDays, dayNumber, periodOf, previousPeriod } from '../../shared/period.ts';
import type { Window } from '../../shared/rule.ts';
import { type Axis, hourIn, slotOfDay } from './axis.ts';

/**
 * Rows in order of time: at the end of slot `now` a sum is taken over slots `from` to `to` (exclusive). All three never go
 * back from row to row. A `from` below 0 begins before what is known.
 */
export type SlotWindows = { now: Int32Array; from: Int32Array; to: Int32Array };

/** A stretch of days, its end included; `isWhole`: the last day to its end, whatever the hour is. */
type Stretch = { from: string; end: string; isWhole: boolean };

const LAST_DAYS = { last7: 7, last30: 30, last90: 90 } as const;

/** The first day of a window that ends on a day. */
export function firstDayOf(window: Window, day: string): string {
  if (window === 'last7' || window === 'last30' || window === 'last90')
    return addDays(day, 1 - LAST_DAYS[window]);
  return periodOf(day, window).from;
}

function findPrevious(window: Window, day: string): Stretch {
  if (window === 'last7' || window === 'last30' || window === 'last90') {
    const end = addDays(day, -LAST_DAYS[window]);
    return { from: firstDayOf(window, end), end, isWhole: false };
  }
  const period = periodOf(day, window);
  const before = previousPeriod(period);
  const point = addDays(before.from, dayNumber(day) - dayNumber(period.from));
  const isWhole = point >= before.to;
  return { from: before.from, end: isWhole ? addDays(before.to, -1) : point, isWhole };
}

function findYearBefore(window: Window, day: string): Stretch {
  const isLeapDay = day.slice(5) === '02-29';
  const end = `${String(Number(day.slice(0, 4)) - 1).padStart(4, '0')}${isLeapDay ? '-02-28' : day.slice(4)}`;
  return { from: firstDayOf(window, end), end, isWhole: isLeapDay };
}

/** What a window is compared with on a day. */
function findCompared(
  against: 'previous' | 'sameWeekday' | 'previousYear',
  { window, day }: { window: Window; day: string },
): Stretch {
  if (against === 'previous') return findPrevious(window, day);
  if (against === 'previousYear') return findYearBefore(window, day);
  const end = addDays(day, -7);
  return { from: firstDayOf(window, end), end, isWhole: false };
}

function createWindows(axis: Axis, find: (day: string) => Stretch): SlotWindows {
  const { size, days, grain } = axis;
  const windows = { now: new Int32Array(size), from: new Int32Array(size), to: new Int32Array(size) };
  let day = '';
  let from = 0;
  let first = 0;
  let isWhole = false;
  for (let slot = 0; slot < size; slot++) {
    const today = days[slot] ?? '';
    if (today !== day) {
      day = today;
      const stretch = find(day);
      isWhole = stretch.isWhole || grain === 'day';
      from = slotOfDay(axis, dayNumber(stretch.from));
      first = slotOfDay(axis, dayNumber(stretch.end));
    }
    windows.now[slot] = slot;
    windows.from[slot] = from;
    windows.to[slot] = first + 1 + (grain === 'day' ? 0 : isWhole ? 23 : hourIn(axis, slot));
  }
  return windows;
}

/** The window of a rule up to the end of each slot. */
export function ownWindows(axis: Axis, window: Window): SlotWindows {
  return createWindows(axis, (end) => ({ from: firstDayOf(window, end), end, isWhole: false }));
}

/** The whole window before that of each slot. */
export function windowsBefore(axis: Axis, window: Window): SlotWindows {
  return createWindows(axis, (day) => {
    const end = addDays(firstDayOf(window, day), -1);
    return { from: firstDayOf(window, end), end, isWhole: true };
  });
}

/** What each of these windows is compared with, up to the same point. */
export function comparedWindows(
  axis: Axis,
  { window, against }: { window: Window; against: 'previous' | 'sameWeekday' | 'previousYear' },
): SlotWindows {
  return createWindows(axis, (day) => findCompared(against, { window, day }));
}

/** So many whole days up to each slot's day. */
export function lastWindows(axis: Axis, days: number): SlotWindows {
  return createWindows(axis, (end) => ({ from: addDays(end, 1 - days), end, isWhole: false }));
}

/** The rows of windows from a slot on: what is not wanted is not worked out. */
export function cutWindows({ now, from, to }: SlotWindows, first: number): SlotWindows {
  if (first === 0) return { now, from, to };
  return { now: now.subarray(first), from: from.subarray(first), to: to.subarray(first) };
}

/** Single slots, so many before each. */
export function laggedWindows({ size }: Pick<Axis, 'size'>, lag: number): SlotWindows {
  const now = Int32Array.from({ length: size }, (_, slot) => slot);
  return { now, from: now.map((slot) => slot - lag), to: now.map((slot) => slot - lag + 1) };
}
