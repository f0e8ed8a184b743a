import type { z } from 'zod';
import type { CalendarYear } from './config.ts';
import { addDays, dayNumber, offsetOf, weekdayOf } from './period.ts';

/** What a year's working time is made from: local sessions in minutes after midnight, ISO weekly days off. */
export type YearPlan = {
  year: number;
  zone: string;
  sessions: readonly (readonly [number, number])[];
  weekend: readonly number[];
  days: z.infer<typeof CalendarYear>;
};

/** The working time of one year, its sessions in order: instants in epoch ms, working ms of the year before each. */
export type YearTable = {
  year: number;
  from: number;
  to: number;
  starts: Float64Array;
  ends: Float64Array;
  before: Float64Array;
  totalMs: number;
  firstDay: number;
  /** Working days of the year before each of its days, and last the count of all. */
  daysBefore: Uint16Array;
};

/** The working time of a year, worked out day by day. */
export function buildYear(plan: YearPlan): YearTable {
  const { year, zone, sessions } = plan;
  const working = listWorkingDays(plan);
  const firstDay = dayNumber(`${keyOfYear(year)}-01-01`);
  const daysBefore = new Uint16Array(working.length + 1);
  const starts: number[] = [];
  const ends: number[] = [];
  const before: number[] = [];
  let totalMs = 0;
  for (const [index, isWorking] of working.entries()) {
    daysBefore[index + 1] = (daysBefore[index] ?? 0) + (isWorking ? 1 : 0);
    for (const [opens, closes] of isWorking ? sessions : []) {
      const start = instantOf(firstDay + index, { minutes: opens, zone });
      const end = instantOf(firstDay + index, { minutes: closes, zone });
      starts.push(start);
      ends.push(end);
      before.push(totalMs);
      totalMs += end - start;
    }
  }
  return {
    year,
    from: instantOf(firstDay, { minutes: 0, zone }),
    to: instantOf(firstDay + working.length, { minutes: 0, zone }),
    starts: Float64Array.from(starts),
    ends: Float64Array.from(ends),
    before: Float64Array.from(before),
    totalMs,
    firstDay,
    daysBefore,
  };
}

function listWorkingDays({ year, weekend, days }: YearPlan): boolean[] {
  const holidays = new Set(days.holidays);
  const makeUp = new Set(days.makeUp);
  const key = keyOfYear(year);
  const working: boolean[] = [];
  for (let day = `${key}-01-01`; day.startsWith(key); day = addDays(day, 1)) {
    working.push(makeUp.has(day) || !(weekend.includes(weekdayOf(day)) || holidays.has(day)));
  }
  return working;
}

/** A year as the configuration names it: four digits. */
export function keyOfYear(year: number): string {
  return String(year).padStart(4, '0');
}

/** The instant of a local clock time, `minutes` after midnight, on a day given in days since 1970-01-01. */
export function instantOf(day: number, { minutes, zone }: { minutes: number; zone: string }): number {
  const local = day * 86_400_000 + minutes * 60_000;
  return local - offsetOf(local - offsetOf(local, zone), zone);
}

/** Working ms of the year before an instant of that year. */
export function elapsedAt(table: YearTable, at: number): number {
  const index = countBelow(table.starts, at) - 1;
  const start = table.starts[index];
  if (start === undefined) return 0;
  return (table.before[index] ?? 0) + Math.min(at, table.ends[index] ?? at) - start;
}

/** The instant at which `elapsed` (over 0) working ms of the year are done: between sessions, the end of the earlier. */
export function instantAfter(table: YearTable, elapsed: number): number {
  return instantIn(table, { index: countBelow(table.before, elapsed) - 1, elapsed });
}

/** The instant from which work goes on after `elapsed` (under the total): between sessions, the start of the later. */
export function instantFrom(table: YearTable, elapsed: number): number {
  return instantIn(table, { index: countBelow(table.before, elapsed + 1) - 1, elapsed });
}

function instantIn(table: YearTable, { index, elapsed }: { index: number; elapsed: number }): number {
  return (table.starts[index] ?? table.from) + elapsed - (table.before[index] ?? 0);
}

/** How many of some ascending whole numbers are below a limit. */
function countBelow(ascending: Float64Array, limit: number): number {
  let low = 0;
  let high = ascending.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((ascending[middle] ?? limit) < limit) low = middle + 1;
    else high = middle;
  }
  return low;
}
