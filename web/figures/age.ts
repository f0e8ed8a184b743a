/** How old news is by the days on which offices work. Pure. */
import { addDays, dayOf, startOfDay, weekdayOf } from '../../shared/period.ts';

const SATURDAY = 6;
const SEEN_DAYS = 14;

/** The time in ms between two instants without Saturdays and Sundays at a site; beyond two weeks all of it counts. */
export function weekdayMs(from: number, to: number, zone: string): number {
  const last = dayOf(to, zone);
  let day = dayOf(from, zone);
  if (addDays(day, SEEN_DAYS) < last) return to - from;
  let free = 0;
  for (; day <= last; day = addDays(day, 1)) {
    if (weekdayOf(day) < SATURDAY) continue;
    const [start, end] = [startOfDay(day, zone), startOfDay(addDays(day, 1), zone)];
    free += Math.min(to, end) - Math.max(from, start);
  }
  return to - from - free;
}
