/** What the coming working days bring: dossiers due, and overdue ones if a unit goes on resolving as it did. */
import { CalendarYearMissing, type WorkingCalendar } from '../../shared/calendar.ts';
import { addDays, dayOf } from '../../shared/period.ts';
import { type Axis, workedIn } from './axis.ts';
import { sumWindows } from './known-sums.ts';
import type { SumSeries } from './series.ts';

/** Over so many working days the throughput of a unit is measured. */
export const THROUGHPUT_DAYS = 20;

/** Open dossiers by due time: those overdue at an instant, and those due on each of the coming working days, the first today's. */
export type DueDays = { overdue: number; due: readonly number[] };

/** So many working days from a day on. */
function listWorkingDays(from: string, count: number, calendar: WorkingCalendar): string[] {
  const days: string[] = [];
  for (let day = from; days.length < count; day = addDays(day, 1))
    if (calendar.isWorkingDay(day)) days.push(day);
  return days;
}

/**
 * Counts open dossiers by working day of their due time, from the first working day at or after an instant on. What falls due
 * on a day off counts for the working day before. Null where the calendar does not know the days.
 */
export function countDueDays(
  dueAts: readonly number[],
  { now, days, calendar }: { now: number; days: number; calendar: WorkingCalendar },
): DueDays | null {
  const { zone } = calendar.config;
  try {
    const coming = listWorkingDays(dayOf(now, zone), days + 1, calendar);
    const due = new Array<number>(days).fill(0);
    let overdue = 0;
    for (const dueAt of dueAts) {
      if (dueAt <= now) overdue += 1;
      else {
        const day = dayOf(dueAt, zone);
        const next = coming.findIndex((one) => one > day);
        const index = Math.max(0, next - 1);
        if (next >= 0) due[index] = (due[index] ?? 0) + 1;
      }
    }
    return { overdue, due };
  } catch (error) {
    if (error instanceof CalendarYearMissing) return null;
    throw error;
  }
}

/** How many open dossiers fall due within so many working hours of an instant, those overdue left out; null: calendar unknown. */
export function countDueWithin(
  dueAts: readonly number[],
  { now, hours, calendar }: { now: number; hours: number; calendar: WorkingCalendar },
): number | null {
  try {
    const until = calendar.addWorkingHours(now, hours);
    return dueAts.filter((dueAt) => now < dueAt && dueAt <= until).length;
  } catch (error) {
    if (error instanceof CalendarYearMissing) return null;
    throw error;
  }
}

/**
 * Overdue dossiers at the end of each coming working day, if a unit resolves so many a working day, the oldest due first, and
 * nothing else comes in that falls due within these days.
 */
export function forecastOverdue({ overdue, due }: DueDays, throughput: number): number[] {
  let left = overdue;
  return due.map((count, index) => {
    left += count;
    return Math.max(0, Math.round((left - throughput * (index + 1)) * 100) / 100);
  });
}

/** Dossiers that a unit resolved per working day, over its last 20 up to a slot; null where they are not known. */
export function throughputAt(series: SumSeries, { axis, slot }: { axis: Axis; slot: number }): number | null {
  const to = slot + 1;
  let from = slot;
  while (from > 0 && (workedIn(axis, from, to) ?? THROUGHPUT_DAYS) < THROUGHPUT_DAYS) from -= 1;
  const days = workedIn(axis, from, to);
  if (!days) return null;
  const windows = { now: Int32Array.of(slot), from: Int32Array.of(from), to: Int32Array.of(to) };
  const measures = ['resolvedEarly', 'resolvedOnTime', 'resolvedLate'] as const;
  return measures.reduce((sum, id) => sum + (sumWindows(series, id, windows)[0] ?? 0), 0) / days;
}
