import { CalendarYearMissing, type WorkingCalendar } from './calendar.ts';
import { instantOf } from './calendar-year.ts';
import { addDays, dayNumber, dayOf } from './period.ts';

/** What is known of how a feed speaks: what it stated of itself, when it did, and how it usually pauses. */
export type FeedRhythm = {
  heardAt: number | null;
  /** When the newest thing it told of happened. */
  lastAt: number | null;
  /** When it first told of something on the day it happened. */
  liveAt: number | null;
  /** How often it means to speak, in working time. */
  cadenceMs: number | null;
  /** By what local time of every working day it means to have spoken, `HH:MM`. */
  dueTime: string | null;
  /** The longest usual pause between two of its words, in working time. */
  usualGapMs: number | null;
};

/** When a feed that stays silent is late, and when missing; null where it never spoke or the calendar has no such year. */
export type LateInstants = { lateAt: number | null; missingAt: number | null };

/** Working time of silence after which a feed is late, and missing. */
export type SilenceLimits = { lateMs: number; missingMs: number };

const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;
const STATED = { late: 2, missing: 5 };
const LEARNED = { late: 3, missing: 6 };
const LEAST_LATE_MS = 30 * MINUTE_MS;
const GRACE_MS = 30 * MINUTE_MS;
/** So long a past is enough without counting its working time, of years perhaps no longer loaded. */
const LONG_PAST_MS = 30 * 24 * HOUR_MS;

/** What a feed's past has taught; null until it has been told as it happened through one working day. */
export function findLearnedGap(
  { heardAt, liveAt, usualGapMs }: Pick<FeedRhythm, 'heardAt' | 'liveAt' | 'usualGapMs'>,
  calendar: WorkingCalendar,
): number | null {
  if (usualGapMs === null || heardAt === null) return null;
  const isLong = usualGapMs * LEARNED.late >= calendar.workingDayMs;
  const isProven =
    liveAt !== null &&
    (heardAt - liveAt > LONG_PAST_MS || calendar.workingMsBetween(liveAt, heardAt) >= calendar.workingDayMs);
  return isLong || isProven ? usualGapMs : null;
}

/**
 * The silence a feed is allowed by its past: three times its usual pause and never under half an hour, missing after
 * twice that; one working day, and two, while little is known. A file read in one go teaches no haste.
 */
export function learnedLimits(
  feed: Pick<FeedRhythm, 'heardAt' | 'liveAt' | 'usualGapMs'>,
  calendar: WorkingCalendar,
): SilenceLimits {
  const gapMs = findLearnedGap(feed, calendar);
  const lateMs = gapMs === null ? calendar.workingDayMs : Math.max(gapMs * LEARNED.late, LEAST_LATE_MS);
  return { lateMs, missingMs: (lateMs * LEARNED.missing) / LEARNED.late };
}

/**
 * When a feed will be late, and missing, unless it speaks before: by the cadence and the due time it states (whichever
 * is broken first), else by its past. Silence counts in working time and ends in working time: no night, weekend or
 * holiday makes a feed late. Depends on nothing but what is known of the feed.
 */
export function foreseeLateness(feed: FeedRhythm, calendar: WorkingCalendar): LateInstants {
  const { heardAt, cadenceMs, dueTime } = feed;
  if (heardAt === null) return { lateAt: null, missingAt: null };
  const from = silentFrom(heardAt, feed);
  const foreseen: LateInstants[] = [];
  if (dueTime !== null) foreseen.push(foreseeByDueTime(from, dueTime, calendar));
  if (cadenceMs !== null) {
    const limits = { lateMs: cadenceMs * STATED.late, missingMs: cadenceMs * STATED.missing };
    foreseen.push(foreseeBySilence(from, () => limits, calendar));
  }
  if (foreseen.length === 0) {
    foreseen.push(foreseeBySilence(from, () => learnedLimits(feed, calendar), calendar));
  }
  return {
    lateAt: findEarliest(foreseen.map(({ lateAt }) => lateAt)),
    missingAt: findEarliest(foreseen.map(({ missingAt }) => missingAt)),
  };
}

/** Whether a feed is one that is expected to go on speaking: a file read once is not. */
export function isExpected({
  liveAt,
  cadenceMs,
  dueTime,
}: Pick<FeedRhythm, 'liveAt' | 'cadenceMs' | 'dueTime'>): boolean {
  return liveAt !== null || cadenceMs !== null || dueTime !== null;
}

/** A feed that has only brought the past, such as a file, tells up to its newest event and no further. */
function silentFrom(heardAt: number, { lastAt, liveAt }: Pick<FeedRhythm, 'lastAt' | 'liveAt'>): number {
  return liveAt === null && lastAt !== null ? Math.min(lastAt, heardAt) : heardAt;
}

function findEarliest(instants: readonly (number | null)[]): number | null {
  const known = instants.filter((at) => at !== null);
  return known.length === 0 ? null : Math.min(...known);
}

function findWithin(find: () => number): number | null {
  try {
    return find();
  } catch (error) {
    if (error instanceof CalendarYearMissing) return null;
    throw error;
  }
}

function foreseeBySilence(
  heardAt: number,
  limitsOf: () => SilenceLimits,
  calendar: WorkingCalendar,
): LateInstants {
  // From the end of a session on to the next one: it could only have spoken then.
  const after = (ms: number) => calendar.addWorkingHours(calendar.addWorkingHours(heardAt, ms / HOUR_MS), 0);
  return {
    lateAt: findWithin(() => after(limitsOf().lateMs)),
    missingAt: findWithin(() => after(limitsOf().missingMs)),
  };
}

/** Late half an hour after the second due time from the word on: the first is the one it was spoken for. */
function foreseeByDueTime(heardAt: number, dueTime: string, calendar: WorkingCalendar): LateInstants {
  const endOf = (day: string) => limitOn(day, dueTime, calendar.config.zone);
  const nextWorkingDay = (day: string) => {
    let next = addDays(day, 1);
    while (!calendar.isWorkingDay(next)) next = addDays(next, 1);
    return next;
  };
  const findMissed = () => {
    const before = addDays(dayOf(heardAt - GRACE_MS, calendar.config.zone), -1);
    const met = nextWorkingDay(before);
    return nextWorkingDay(endOf(met) < heardAt ? nextWorkingDay(met) : met);
  };
  return {
    lateAt: findWithin(() => endOf(findMissed())),
    missingAt: findWithin(() => endOf(nextWorkingDay(findMissed()))),
  };
}

function limitOn(day: string, dueTime: string, zone: string): number {
  const minutes = Number(dueTime.slice(0, 2)) * 60 + Number(dueTime.slice(3));
  return instantOf(dayNumber(day), { minutes, zone }) + GRACE_MS;
}
