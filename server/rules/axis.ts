/** Slots of time as numbers, made once for all units: days, instants and working days of each. */
import { CalendarYearMissing, type WorkingCalendar } from '../../shared/calendar.ts';
import { instantOf } from '../../shared/calendar-year.ts';
import { addDays, dayNumber, startOfDay } from '../../shared/period.ts';

/**
 * Days or hours without a gap. Of each slot: its local `days`, the same as a number, and the instant at which it `ends`.
 * `worked` counts working days of the slots' days before each slot's day, with one more at the end; NaN from the first day on
 * whose year the calendar does not know.
 */
export type Axis = {
  grain: 'day' | 'hour';
  size: number;
  days: readonly string[];
  numbers: Int32Array;
  ends: Float64Array;
  worked: Float64Array;
  calendar: WorkingCalendar;
};

const perDay = ({ grain }: Pick<Axis, 'grain'>) => (grain === 'day' ? 1 : 24);

function findEnd(start: string, zone: string): number {
  if (start.length === 10) return startOfDay(addDays(start, 1), zone);
  const minutes = (Number(start.slice(11)) + 1) * 60;
  return instantOf(dayNumber(start.slice(0, 10)), { minutes, zone });
}

/** Whether a day is worked; null where the calendar does not know. */
export function findWorked(day: string, calendar: WorkingCalendar): boolean | null {
  try {
    return calendar.isWorkingDay(day);
  } catch (error) {
    if (error instanceof CalendarYearMissing) return null;
    throw error;
  }
}

/** Working days from a day to another (exclusive); null where the calendar does not know. */
export function countWorked(from: string, to: string, calendar: WorkingCalendar): number | null {
  try {
    return calendar.workingDaysBetween(from, to);
  } catch (error) {
    if (error instanceof CalendarYearMissing) return null;
    throw error;
  }
}

/** The axis of slots. Days `YYYY-MM-DD` or hours `YYYY-MM-DDTHH` without a gap, in order. */
export function createAxis(
  { grain, starts }: { grain: 'day' | 'hour'; starts: readonly string[] },
  calendar: WorkingCalendar,
): Axis {
  const size = starts.length;
  const days = starts.map((start) => start.slice(0, 10));
  const worked = new Float64Array(size + 1);
  let count = 0;
  for (let slot = 0; slot < size; slot += perDay({ grain })) {
    worked.fill(count, slot, slot + perDay({ grain }));
    const isWorked = findWorked(days[slot] ?? '', calendar);
    count += isWorked === null ? Number.NaN : Number(isWorked);
  }
  worked[size] = count;
  const { zone } = calendar.config;
  return {
    ...{ grain, size, days, calendar, worked },
    numbers: Int32Array.from(days, dayNumber),
    ends: Float64Array.from(starts, (start) => findEnd(start, zone)),
  };
}

/** The first slot of a day, by the day's number; below 0 or beyond the last where there is none. */
export function slotOfDay(axis: Pick<Axis, 'grain' | 'numbers'>, day: number): number {
  return (day - (axis.numbers[0] ?? 0)) * perDay(axis);
}

/** How many hours of its day are gone by before a slot; 0 for days. */
export function hourIn({ grain }: Pick<Axis, 'grain'>, slot: number): number {
  return grain === 'day' ? 0 : slot % 24;
}

/** Working days of slots `from` to `to` (exclusive), the day that is begun included; null where the calendar does not know. */
export function workedIn({ worked, size, grain }: Axis, from: number, to: number): number | null {
  const next = Math.min(size, Math.ceil(to / perDay({ grain })) * perDay({ grain }));
  const count = (worked[next] ?? Number.NaN) - (worked[from] ?? Number.NaN);
  return Number.isNaN(count) ? null : count;
}
