import { CalendarYearMissing, type WorkingCalendar } from '../../shared/calendar.ts';
import type { FeedRow } from '../store/schema.ts';

/** Within how much working time a long pause is half forgotten: two working weeks. */
const HALF_LIFE_MS = 10 * 8 * 3_600_000;

/**
 * The longest pause, in working time, that a feed usually makes between two of its words, once it speaks at `now`: the
 * longest there was, older ones fading. Unchanged where the calendar of that time is not loaded: never a guess.
 */
export function learnGap(
  { heardAt, usualGapMs }: Pick<FeedRow, 'heardAt' | 'usualGapMs'>,
  now: number,
  calendar: WorkingCalendar,
): number | null {
  if (heardAt === null || heardAt >= now) return usualGapMs;
  try {
    const gap = calendar.workingMsBetween(heardAt, now);
    return Math.round(Math.max(gap, (usualGapMs ?? 0) * 0.5 ** (gap / HALF_LIFE_MS)));
  } catch (error) {
    if (error instanceof CalendarYearMissing) return usualGapMs;
    throw error;
  }
}
