import { CalendarYearMissing, type WorkingCalendar } from '../../shared/calendar.ts';
import { learnedLimits } from '../../shared/lateness.ts';
import type { FeedRow } from '../store/schema.ts';

/** Within how much working time a long pause is half forgotten: two working weeks. */
const HALF_LIFE_MS = 10 * 8 * 3_600_000;

/**
 * The longest pause, in working time, that a feed usually makes between two of its words, once it speaks at `now`: the
 * longest there was, older ones fading. A pause in which it was late teaches no more than just not being late: one
 * outage is no habit. Unchanged where the calendar of that time is not loaded: never a guess.
 */
export function learnGap(
  feed: Pick<FeedRow, 'heardAt' | 'liveAt' | 'usualGapMs'>,
  now: number,
  calendar: WorkingCalendar,
): number | null {
  const { heardAt, usualGapMs } = feed;
  if (heardAt === null || heardAt >= now) return usualGapMs;
  try {
    const pause = calendar.workingMsBetween(heardAt, now);
    const faded = (usualGapMs ?? 0) * 0.5 ** (pause / HALF_LIFE_MS);
    return Math.round(Math.max(Math.min(pause, learnedLimits(feed, calendar).lateMs), faded));
  } catch (error) {
    if (error instanceof CalendarYearMissing) return usualGapMs;
    throw error;
  }
}
