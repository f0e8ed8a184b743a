/** When a channel may speak: quiet hours, the hour of its digest, how long it waits after a failure. Pure; times are instants. */
import type { WorkingCalendar } from '../../shared/calendar.ts';
import { addDays, dayOf, startOfDay } from '../../shared/period.ts';

/** Local times `HH:MM` between which only what is critical is told; both null: there are none. */
export type QuietHours = { quietFrom: string | null; quietTo: string | null };

/** The zone and calendar of a site, and the time of its digests. */
export type ScheduleSite = {
  zone: string;
  calendar: Pick<WorkingCalendar, 'isWorkingDay'>;
  alerting: { digestTime: string };
};

const MINUTE_MS = 60_000;
const msOf = (time: string) => (Number(time.slice(0, 2)) * 60 + Number(time.slice(3))) * MINUTE_MS;

/** A local time of a local day. */
const instantOf = (day: string, time: string, zone: string) => startOfDay(day, zone) + msOf(time);

/** The end of the quiet hours that an instant lies in; null where it lies in none. They may go past midnight. */
export function findQuietEnd({ quietFrom, quietTo }: QuietHours, at: number, zone: string): number | null {
  if (quietFrom === null || quietTo === null || quietFrom === quietTo) return null;
  const today = dayOf(at, zone);
  const isOvernight = quietTo < quietFrom;
  for (const day of [addDays(today, -1), today]) {
    const begins = instantOf(day, quietFrom, zone);
    const ends = instantOf(isOvernight ? addDays(day, 1) : day, quietTo, zone);
    if (begins <= at && at < ends) return ends;
  }
  return null;
}

/** A day of a year whose days off nobody has told is taken as a working day: a digest too many is better than none. */
function isDigestDay(calendar: ScheduleSite['calendar'], day: string): boolean {
  try {
    return calendar.isWorkingDay(day);
  } catch {
    return true;
  }
}

/** The next instant after another at which digests go out: at their time of each working day. */
export function findDigestAfter({ zone, calendar, alerting }: ScheduleSite, at: number): number {
  for (let day = dayOf(at, zone); ; day = addDays(day, 1)) {
    const instant = instantOf(day, alerting.digestTime, zone);
    if (instant > at && isDigestDay(calendar, day)) return instant;
  }
}

const FIRST_WAIT_MS = 1000;
const LONGEST_WAIT_MS = 5 * MINUTE_MS;

/** How long to wait after so many failures in a row: doubled each time, up to five minutes, by a quarter more or less. */
export function waitAfter(failures: number, jitter: number): number {
  const doubled = FIRST_WAIT_MS * 2 ** Math.min(failures - 1, 20);
  return Math.round(Math.min(doubled, LONGEST_WAIT_MS) * (0.75 + jitter / 2));
}

/** For how long a channel fails before that is an alert of its own. */
export const FAILING_AFTER_MS = 5 * MINUTE_MS;

/** The first whole minute at which an alert announced at `at` is repeated, after `since`. */
export function findRepeatAfter(at: number, repeatMs: number, since: number): number {
  const times = Math.max(1, Math.ceil((since - at) / repeatMs));
  for (let k = Math.max(1, times - 1); ; k++) {
    const instant = Math.ceil((at + k * repeatMs) / MINUTE_MS) * MINUTE_MS;
    if (instant > since) return instant;
  }
}
