/**
 * How a connected system stands, from the readings that were told of it. Pure.
 * Law: silence is not health. What was not read is shown as not read, and never counted as up.
 */
import { CalendarYearMissing, type WorkingCalendar } from './calendar.ts';

/** One reading, as it matters here. */
export type SystemReading = {
  at: number;
  up: boolean;
  queued: number | null;
  oldestQueuedAt: number | null;
  certificateUntil: number | null;
};

/** `silent`: no word for longer than its usual pause. `unknown`: never read, or too seldom to say whether it is silent. */
export type SystemState = 'up' | 'down' | 'silent' | 'unknown';

/**
 * How often a system is read. `gapMs` is its usual pause, null where that is not known; `silentMs` how long it may be quiet; by
 * `office` hours it is quiet at night and on days off as a matter of course.
 */
export type SystemRhythm = {
  gapMs: number | null;
  source: 'stated' | 'learned' | null;
  silentMs: number;
  hours: 'all' | 'office';
};

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
/** A quarter of an hour: a band's step. */
export const QUARTER_MS = 15 * MINUTE_MS;

const FEWEST_GAPS = 3;
const LEAST_SILENT_MS = 15 * MINUTE_MS;
const TIMES = { stated: 2, learned: 3 } as const;
/** How long a system of no known rhythm is taken at its last word; after a day it is silent. */
const FRESH_MS = HOUR_MS;
/** So near to working time a reading may lie and count as within it: a check as an office closes. */
const EDGE_MS = QUARTER_MS;
/** A pause that no office makes while it works. */
const NIGHT_MS = 4 * HOUR_MS;

/** The upper quartile of pauses between readings in order: an outage, or a night, is no habit. Null for fewer than three. */
function learnGap(ats: readonly number[]): number | null {
  const gaps = ats
    .slice(1)
    .map((at, index) => at - (ats[index] ?? at))
    .filter((gap) => gap > 0)
    .sort((a, b) => a - b);
  return gaps.length < FEWEST_GAPS ? null : (gaps[Math.ceil(gaps.length * 0.75) - 1] ?? null);
}

/** Whether the hours of a week lie in working time only, with a night between them: a system that nobody reads at night. */
function keepsOfficeHours(heard: readonly number[], calendar: WorkingCalendar): boolean {
  try {
    const rested = heard.some((at, index) => index > 0 && at - (heard[index - 1] ?? at) >= NIGHT_MS);
    return rested && heard.every((at) => calendar.workingMsBetween(at - EDGE_MS, at + EDGE_MS) > 0);
  } catch (error) {
    if (error instanceof CalendarYearMissing) return false;
    throw error;
  }
}

/**
 * The rhythm of a system by what its feed states, else by its past: the instants of its newest readings, and the last one of each
 * hour of the week before, both in order.
 */
export function findRhythm(
  { ats, heard, statedMs }: { ats: readonly number[]; heard: readonly number[]; statedMs: number | null },
  calendar: WorkingCalendar,
): SystemRhythm {
  const hours = keepsOfficeHours(heard, calendar) ? 'office' : 'all';
  const gapMs = statedMs ?? learnGap(ats);
  if (gapMs === null) return { gapMs, source: null, silentMs: DAY_MS, hours };
  const source = statedMs === null ? 'learned' : 'stated';
  return { gapMs, source, silentMs: Math.max(gapMs * TIMES[source], LEAST_SILENT_MS), hours };
}

/** When a system is silent that says no more after an instant. */
export function silentAfter(
  at: number,
  { silentMs, hours }: SystemRhythm,
  calendar: WorkingCalendar,
): number {
  if (hours === 'all') return at + silentMs;
  try {
    return calendar.addWorkingHours(calendar.addWorkingHours(at, silentMs / HOUR_MS), 0);
  } catch (error) {
    if (error instanceof CalendarYearMissing) return at + silentMs;
    throw error;
  }
}

/** How a system stands, and since when; `isSinceKnown`: false where it was so as far back as is looked. */
export type SystemStanding = { state: SystemState; since: number | null; isSinceKnown: boolean };

/** What a system's readings, in order, say of an instant at or after all of them. */
export function standAt(
  readings: readonly SystemReading[],
  { now, rhythm, calendar }: { now: number; rhythm: SystemRhythm; calendar: WorkingCalendar },
): SystemStanding {
  const last = readings.at(-1);
  if (!last) return { state: 'unknown', since: null, isSinceKnown: false };
  if (now >= silentAfter(last.at, rhythm, calendar))
    return { state: 'silent', since: last.at, isSinceKnown: true };
  if (rhythm.gapMs === null && now - last.at >= FRESH_MS)
    return { state: 'unknown', since: last.at, isSinceKnown: true };
  let since = last.at;
  for (const { at, up } of readings.toReversed()) {
    const isBroken = up !== last.up || silentAfter(at, rhythm, calendar) < since;
    if (isBroken) return { state: last.up ? 'up' : 'down', since, isSinceKnown: true };
    since = at;
  }
  return { state: last.up ? 'up' : 'down', since, isSinceKnown: false };
}

/** A quarter of an hour of a day: `none`: not read; `ahead`: yet to come. */
export type BandQuarter = 'up' | 'partly' | 'down' | 'none' | 'ahead';

type Span = { from: number; to: number };

function readQuarter(
  own: readonly SystemReading[],
  before: SystemReading | undefined,
  { end, silentMs }: { end: number; silentMs: number },
): BandQuarter {
  const ups = own.filter(({ up }) => up).length;
  if (own.length > 0) return ups === own.length ? 'up' : ups === 0 ? 'down' : 'partly';
  if (!before || before.at + silentMs < end) return 'none';
  return before.up ? 'up' : 'down';
}

/**
 * A day as quarters of an hour. One without a reading is as the reading before it while that is no older than the system may be
 * quiet: of a system read each hour only what is missing counts as missing.
 */
export function bandOf(
  readings: readonly SystemReading[],
  { from, to, now, rhythm }: Span & { now: number; rhythm: SystemRhythm },
): BandQuarter[] {
  const band: BandQuarter[] = [];
  const silentMs = rhythm.gapMs === null ? 0 : rhythm.silentMs;
  let index = readings.findIndex(({ at }) => at >= from);
  if (index < 0) index = readings.length;
  for (let start = from; start < to; start += QUARTER_MS) {
    let next = index;
    while ((readings[next]?.at ?? Number.POSITIVE_INFINITY) < start + QUARTER_MS) next++;
    const own = readings.slice(index, next);
    const end = Math.min(start + QUARTER_MS, now);
    band.push(start > now ? 'ahead' : readQuarter(own, readings[index - 1], { end, silentMs }));
    index = next;
  }
  return band;
}

/** How many minutes of a band a system was expected to speak in and did not, from its first word on. */
export function countSilent(
  band: readonly BandQuarter[],
  order: { from: number; firstAt: number; rhythm: SystemRhythm; calendar: WorkingCalendar },
): number {
  const { from, firstAt, rhythm, calendar } = order;
  const isExpected = (start: number) => {
    if (start + QUARTER_MS <= firstAt) return false;
    if (rhythm.hours === 'all') return true;
    try {
      return calendar.workingMsBetween(start, start + QUARTER_MS) > 0;
    } catch (error) {
      if (error instanceof CalendarYearMissing) return true;
      throw error;
    }
  };
  const silent = band.filter((one, index) => one === 'none' && isExpected(from + index * QUARTER_MS));
  return (silent.length * QUARTER_MS) / MINUTE_MS;
}

/** What waited to be sent when it was last told, in messages; `oldestAt`: since when the oldest of them waits. */
export type SystemQueue = { count: number; oldestAt: number | null; at: number };

/** The queue that the newest reading tells that tells of one. */
export function queueOf(readings: readonly SystemReading[]): SystemQueue | null {
  const last = readings.findLast(({ queued }) => queued !== null);
  if (!last || last.queued === null) return null;
  return { count: last.queued, oldestAt: last.queued > 0 ? last.oldestQueuedAt : null, at: last.at };
}

/** Days before its end from which a certificate is to be renewed, and urgently. */
export const CERTIFICATE_DAYS = { soon: 30, urgent: 14 } as const;

export type CertificateState = 'valid' | 'soon' | 'urgent' | 'expired';

/** A certificate at an instant: whole days left, negative past its end. */
export type SystemCertificate = { until: number; daysLeft: number; state: CertificateState };

/** The certificate that was told of last. */
export function certificateAt(readings: readonly SystemReading[], now: number): SystemCertificate | null {
  const until = readings.findLast(({ certificateUntil }) => certificateUntil !== null)?.certificateUntil;
  if (until === undefined || until === null) return null;
  const left = until - now;
  const isWithin = (days: number) => left <= days * DAY_MS;
  const open = isWithin(CERTIFICATE_DAYS.urgent)
    ? 'urgent'
    : isWithin(CERTIFICATE_DAYS.soon)
      ? 'soon'
      : 'valid';
  return { until, daysLeft: Math.floor(left / DAY_MS), state: left <= 0 ? 'expired' : open };
}
