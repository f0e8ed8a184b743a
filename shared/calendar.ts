import { z } from 'zod';
import {
  buildYear,
  elapsedAt,
  instantAfter,
  instantFrom,
  instantOf,
  keyOfYear,
  type YearTable,
} from './calendar-year.ts';
import { CalendarYear } from './config.ts';
import { addDays, dayNumber, dayOf, weekdayOf } from './period.ts';

const ClockTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/);

/**
 * The working time of an office: `sessions` are local clock times of a working day in order, `weekend` the weekly
 * days off (ISO, 1 Monday to 7 Sunday). In a year, `holidays` are off and `makeUp` are weekly days off that are worked.
 * Days of a year that is not listed are unknown, not ordinary.
 */
export const CalendarConfig = z
  .strictObject({
    zone: z.string().refine(isZone, 'is not a time zone').default('Asia/Ho_Chi_Minh'),
    sessions: z
      .array(z.tuple([ClockTime, ClockTime]))
      .min(1)
      .default([
        ['07:30', '11:30'],
        ['13:00', '17:00'],
      ]),
    weekend: z.array(z.int().min(1).max(7)).max(6).default([6, 7]),
    years: z.record(z.string().regex(/^\d{4}$/), CalendarYear),
  })
  .superRefine((config, context) => {
    for (const { path, message } of findFaults(config)) context.addIssue({ code: 'custom', path, message });
  });
export type CalendarConfig = z.infer<typeof CalendarConfig>;

type Fault = { path: (string | number)[]; message: string };
type YearDays = z.infer<typeof CalendarYear>;
type Checked = { sessions: [string, string][]; weekend: number[]; years: Record<string, YearDays> };

function isZone(zone: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }) !== undefined;
  } catch {
    return false;
  }
}

function findFaults({ sessions, weekend, years }: Checked): Fault[] {
  const faults: Fault[] = [];
  let previous = '';
  for (const [index, [opens, closes]] of sessions.entries()) {
    const path = ['sessions', index];
    if (opens >= closes) faults.push({ path, message: 'ends before it begins' });
    if (opens < previous) faults.push({ path, message: 'begins before the session before it ends' });
    previous = closes;
  }
  if (new Set(weekend).size < weekend.length)
    faults.push({ path: ['weekend'], message: 'names a day twice' });
  for (const [year, days] of Object.entries(years)) faults.push(...findYearFaults(year, { days, weekend }));
  return faults;
}

function findYearFaults(year: string, { days, weekend }: { days: YearDays; weekend: number[] }): Fault[] {
  const faults: Fault[] = [];
  const seen = new Set<string>();
  for (const kind of ['holidays', 'makeUp'] as const) {
    for (const [index, day] of days[kind].entries()) {
      const path = ['years', year, kind, index];
      if (!day.startsWith(year)) faults.push({ path, message: `is not in ${year}` });
      if (seen.has(day)) faults.push({ path, message: 'is listed twice' });
      if (kind === 'makeUp' && !weekend.includes(weekdayOf(day))) {
        faults.push({ path, message: 'is not a weekly day off' });
      }
      seen.add(day);
    }
  }
  return faults;
}

/** Thrown by a computation that touches a day of a year whose days off are not known. */
export class CalendarYearMissing extends Error {
  override name = 'CalendarYearMissing';
  readonly year: number;

  constructor(year: number) {
    super(`the working calendar has no year ${year}`);
    this.year = year;
  }
}

/** The working time of one office. Instants are epoch ms, days `YYYY-MM-DD`; every method may throw CalendarYearMissing. */
export type WorkingCalendar = {
  config: CalendarConfig;
  /** Working ms of one working day. */
  workingDayMs: number;
  hasYear: (year: number) => boolean;
  /**
   * The instant with `hours` working hours (fractions count, negative goes back) between it and `at`. Where a break
   * lies there, forward gives its beginning (11:30, 17:00) and backward its end (13:00, 07:30). 0 hours gives the
   * first working instant at or after `at`. Throws RangeError unless `hours` is finite.
   */
  addWorkingHours: (at: number, hours: number) => number;
  /** The same, by working days: `at` after closing counts from the next morning, at lunch from the afternoon. */
  addWorkingDays: (at: number, days: number) => number;
  /**
   * When a term of calendar days (whole, not negative, else RangeError) ends: the day of `at` does not count; the end
   * is the close of the last day, or of the next working day if that is off (Civil Code 2015, articles 147 and 148).
   */
  addCalendarDays: (at: number, days: number) => number;
  /** Working ms from `a` to `b`; negative if `b` is earlier. */
  workingMsBetween: (a: number, b: number) => number;
  isWorkingDay: (day: string) => boolean;
  /** Working days in `[fromDay, toDay)`; 0 if the range is empty. */
  workingDaysBetween: (fromDay: string, toDay: string) => number;
};

/** The calendar of a configuration; throws ZodError when it contradicts itself. Years are worked out when first needed. */
export function createCalendar(input: z.input<typeof CalendarConfig>): WorkingCalendar {
  const config = CalendarConfig.parse(input);
  const sessionMinutes = config.sessions.map(([opens, closes]) => minutesOf(closes) - minutesOf(opens));
  const workingDayMs = sessionMinutes.reduce((sum, minutes) => sum + minutes, 0) * 60_000;
  const years = createYears(config);

  const isWorkingDay = (day: string) => {
    const table = years.tableOf(yearOfDay(day));
    const index = dayNumber(day) - table.firstDay;
    return table.daysBefore[index] !== table.daysBefore[index + 1];
  };
  const closes = minutesOf(config.sessions.at(-1)?.[1] ?? '00:00');
  const closeOf = (day: string) => instantOf(dayNumber(day), { minutes: closes, zone: config.zone });
  return {
    config,
    workingDayMs,
    hasYear: (year) => keyOfYear(year) in config.years,
    addWorkingHours: (at, hours) => addWorkingMs(years, { at, ms: Math.round(hours * 3_600_000) }),
    addWorkingDays: (at, days) => addWorkingMs(years, { at, ms: Math.round(days * workingDayMs) }),
    addCalendarDays: (at, days) => {
      if (!Number.isSafeInteger(days) || days < 0) throw new RangeError(`not a count of days: ${days}`);
      years.tableAt(at);
      let day = addDays(dayOf(at, config.zone), days);
      while (!isWorkingDay(day) || closeOf(day) < at) day = addDays(day, 1);
      return closeOf(day);
    },
    workingMsBetween: (a, b) =>
      a <= b ? countWorkingMs(years, { a, b }) : -countWorkingMs(years, { a: b, b: a }),
    isWorkingDay,
    workingDaysBetween: (fromDay, toDay) => countWorkingDays(years, { fromDay, toDay }),
  };
}

function minutesOf(time: string): number {
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
}

type Years = { tableOf: (year: number) => YearTable; tableAt: (at: number) => YearTable };

function createYears(config: CalendarConfig): Years {
  const tables = new Map<number, YearTable>();
  const { zone, weekend } = config;
  const sessions = config.sessions.map(([opens, closes]) => [minutesOf(opens), minutesOf(closes)] as const);
  let latest: YearTable | undefined;
  const tableOf = (year: number): YearTable => {
    let table = tables.get(year);
    if (!table) {
      const days = config.years[keyOfYear(year)];
      if (!days) throw new CalendarYearMissing(year);
      table = buildYear({ year, zone, sessions, weekend, days });
      tables.set(year, table);
    }
    return table;
  };
  const tableAt = (at: number): YearTable => {
    if (latest && latest.from <= at && at < latest.to) return latest;
    for (const table of tables.values()) {
      if (table.from <= at && at < table.to) {
        latest = table;
        return table;
      }
    }
    return tableOf(yearOfDay(dayOf(at, zone)));
  };
  return { tableOf, tableAt };
}

function yearOfDay(day: string): number {
  if (Number.isNaN(dayNumber(day))) throw new RangeError(`not a day: ${day}`);
  return Number(day.slice(0, 4));
}

function addWorkingMs(years: Years, { at, ms }: { at: number; ms: number }): number {
  if (!Number.isFinite(ms)) throw new RangeError(`not a length of time: ${ms}`);
  let table = years.tableAt(at);
  let elapsed = elapsedAt(table, at) + ms;
  if (ms > 0) {
    while (elapsed > table.totalMs) {
      elapsed -= table.totalMs;
      table = years.tableOf(table.year + 1);
    }
    return instantAfter(table, elapsed);
  }
  while (elapsed < 0) {
    table = years.tableOf(table.year - 1);
    elapsed += table.totalMs;
  }
  while (elapsed >= table.totalMs) {
    elapsed -= table.totalMs;
    table = years.tableOf(table.year + 1);
  }
  return instantFrom(table, elapsed);
}

function countWorkingMs(years: Years, { a, b }: { a: number; b: number }): number {
  let table = years.tableAt(a);
  const { year } = years.tableAt(b);
  let ms = -elapsedAt(table, a);
  while (table.year < year) {
    ms += table.totalMs;
    table = years.tableOf(table.year + 1);
  }
  return ms + elapsedAt(table, b);
}

function countWorkingDays(years: Years, { fromDay, toDay }: { fromDay: string; toDay: string }): number {
  if (fromDay >= toDay) return 0;
  const lastDay = addDays(toDay, -1);
  let table = years.tableOf(yearOfDay(fromDay));
  let count = -(table.daysBefore[dayNumber(fromDay) - table.firstDay] ?? 0);
  while (table.year < yearOfDay(lastDay)) {
    count += table.daysBefore.at(-1) ?? 0;
    table = years.tableOf(table.year + 1);
  }
  return count + (table.daysBefore[dayNumber(lastDay) - table.firstDay + 1] ?? 0);
}
