/**
 * Days and periods in a site's time zone. The only code, with the calendar, that knows a zone.
 * A day is `YYYY-MM-DD`; an instant is epoch milliseconds UTC; a period is half-open `[from, to)`.
 */
export type Grain = 'hour' | 'day' | 'week' | 'month' | 'quarter' | 'year';

/** A stretch of whole days: `from` inclusive and `to` exclusive, both `YYYY-MM-DD`. */
export type DayRange = { from: string; to: string };

/** A named period: `key` as in addresses (`2026-11-22`, `2026-W47`, `2026-11`, `2026-Q4`, `2026`). */
export type Period = DayRange & { key: string; grain: Exclude<Grain, 'hour'> };

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;

const formats = new Map<string, Intl.DateTimeFormat>();
const offsets = new Map<string, Map<number, number>>();

function computeOffset(at: number, zone: string): number {
  let format = formats.get(zone);
  if (!format) {
    format = new Intl.DateTimeFormat('en-GB', { timeZone: zone, timeZoneName: 'longOffset' });
    formats.set(zone, format);
  }
  const text = format.formatToParts(at).find((part) => part.type === 'timeZoneName')?.value ?? 'GMT';
  const match = /GMT(?:([+-])(\d\d):(\d\d))?/.exec(text);
  if (!match?.[1]) return 0;
  const minutes = Number(match[2]) * 60 + Number(match[3]);
  return (match[1] === '-' ? -minutes : minutes) * 60_000;
}

/** The zone's offset from UTC in ms at an instant; offsets are remembered by the quarter-hour they hold in. */
export function offsetOf(at: number, zone: string): number {
  let known = offsets.get(zone);
  if (!known) {
    known = new Map();
    offsets.set(zone, known);
  }
  const slot = Math.floor(at / 900_000);
  let offset = known.get(slot);
  if (offset === undefined) {
    if (known.size > 200_000) known.clear();
    offset = computeOffset(slot * 900_000, zone);
    known.set(slot, offset);
  }
  return offset;
}

const dayTexts = new Map<number, string>();

function textOfDayNumber(number: number): string {
  let text = dayTexts.get(number);
  if (text === undefined) {
    text = new Date(number * DAY_MS).toISOString().slice(0, 10);
    dayTexts.set(number, text);
  }
  return text;
}

/** Days since 1970-01-01 of a day text. */
export function dayNumber(day: string): number {
  return Date.parse(`${day}T00:00:00Z`) / DAY_MS;
}

/** Whether what lives until a day (`to`, exclusive; null: it lives on) is no more on another. */
export function hasEndedBy<T extends { to: string | null }>(
  life: T,
  day: string,
): life is T & { to: string } {
  return life.to !== null && life.to <= day;
}

/** The local day an instant falls in. */
export function dayOf(at: number, zone: string): string {
  return textOfDayNumber(Math.floor((at + offsetOf(at, zone)) / DAY_MS));
}

/** The local hour an instant falls in, as `YYYY-MM-DDTHH`. */
export function hourOf(at: number, zone: string): string {
  const local = at + offsetOf(at, zone);
  const hour = Math.floor(local / HOUR_MS) % 24;
  return `${textOfDayNumber(Math.floor(local / DAY_MS))}T${hour < 10 ? '0' : ''}${hour}`;
}

/** The instant a local day begins. */
export function startOfDay(day: string, zone: string): number {
  const utc = Date.parse(`${day}T00:00:00Z`);
  const guess = utc - offsetOf(utc, zone);
  return utc - offsetOf(guess, zone);
}

/** The day `count` days after (or before) a day. */
export function addDays(day: string, count: number): string {
  return textOfDayNumber(dayNumber(day) + count);
}

/** ISO weekday of a day: 1 Monday … 7 Sunday. */
export function weekdayOf(day: string): number {
  return ((((dayNumber(day) + 3) % 7) + 7) % 7) + 1;
}

/** An instant as ISO 8601 with the zone's own offset, to the second. */
export function isoOf(at: number, zone: string): string {
  const offset = offsetOf(at, zone);
  const minutes = Math.abs(offset) / 60_000;
  const pad = (value: number) => String(value).padStart(2, '0');
  const sign = offset < 0 ? '-' : '+';
  const local = new Date(at + offset).toISOString().slice(0, 19);
  return `${local}${sign}${pad(Math.floor(minutes / 60))}:${pad(minutes % 60)}`;
}

function addMonths(day: string, count: number): string {
  const index = Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)) - 1 + count;
  const month = (((index % 12) + 12) % 12) + 1;
  return `${String(Math.floor(index / 12)).padStart(4, '0')}-${String(month).padStart(2, '0')}-01`;
}

function weekKey(monday: string): string {
  const thursday = addDays(monday, 3);
  const year = thursday.slice(0, 4);
  const week = Math.floor((dayNumber(thursday) - dayNumber(`${year}-01-01`)) / 7) + 1;
  return `${year}-W${String(week).padStart(2, '0')}`;
}

/** The period of a grain that a day lies in. */
export function periodOf(day: string, grain: Period['grain']): Period {
  const year = day.slice(0, 4);
  const month = Number(day.slice(5, 7));
  if (grain === 'day') return { key: day, grain, from: day, to: addDays(day, 1) };
  if (grain === 'week') {
    const from = addDays(day, 1 - weekdayOf(day));
    return { key: weekKey(from), grain, from, to: addDays(from, 7) };
  }
  if (grain === 'month') {
    const from = `${day.slice(0, 7)}-01`;
    return { key: day.slice(0, 7), grain, from, to: addMonths(from, 1) };
  }
  if (grain === 'quarter') {
    const quarter = Math.ceil(month / 3);
    const from = `${year}-${String(quarter * 3 - 2).padStart(2, '0')}-01`;
    return { key: `${year}-Q${quarter}`, grain, from, to: addMonths(from, 3) };
  }
  return { key: year, grain, from: `${year}-01-01`, to: addMonths(`${year}-01-01`, 12) };
}

function isRealDay(day: string): boolean {
  const at = Date.parse(`${day}T00:00:00Z`);
  return !Number.isNaN(at) && new Date(at).toISOString().slice(0, 10) === day;
}

/** The period a key names, of the years 0001 to 9998 (its end has four digits too); undefined when it names none. */
export function parsePeriod(key: string): Period | undefined {
  if (key < '0001' || key >= '9999') return undefined;
  let match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(key);
  if (match) return isRealDay(key) ? periodOf(key, 'day') : undefined;
  match = /^(\d{4})-(0[1-9]|1[0-2])$/.exec(key);
  if (match) return periodOf(`${key}-01`, 'month');
  match = /^(\d{4})-Q([1-4])$/.exec(key);
  if (match) return periodOf(`${match[1]}-${String(Number(match[2]) * 3).padStart(2, '0')}-01`, 'quarter');
  match = /^(\d{4})$/.exec(key);
  if (match) return periodOf(`${key}-01-01`, 'year');
  match = /^(\d{4})-W(\d{2})$/.exec(key);
  if (!match) return undefined;
  const period = periodOf(addDays(`${match[1]}-01-04`, (Number(match[2]) - 1) * 7), 'week');
  return period.key === key ? period : undefined;
}

/** The period before a period, of the same grain. */
export function previousPeriod(period: Period): Period {
  return periodOf(addDays(period.from, -1), period.grain);
}

/** The period after a period, of the same grain. */
export function nextPeriod(period: Period): Period {
  return periodOf(period.to, period.grain);
}

/** The periods of a grain that touch `[from, to)`, in order; empty when the range is. */
export function listPeriods(range: DayRange, grain: Period['grain']): Period[] {
  const periods: Period[] = [];
  if (range.from >= range.to) return periods;
  for (let period = periodOf(range.from, grain); period.from < range.to; period = nextPeriod(period)) {
    periods.push(period);
  }
  return periods;
}

const MONTHS = { month: 1, quarter: 3, year: 12 } as const;

/** How many periods of a grain touch `[from, to)`, without making them. */
export function countPeriods({ from, to }: DayRange, grain: Period['grain']): number {
  if (from >= to) return 0;
  const last = addDays(to, -1);
  if (grain === 'day') return dayNumber(to) - dayNumber(from);
  if (grain === 'week') {
    const monday = (day: string) => dayNumber(day) + 1 - weekdayOf(day);
    return (monday(last) - monday(from)) / 7 + 1;
  }
  const months = MONTHS[grain];
  const indexOf = (day: string) =>
    Math.floor((Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)) - 1) / months);
  return indexOf(last) - indexOf(from) + 1;
}
