/** With what a period is compared: the one before it, up to the same point where it still runs. Pure. */
import { addDays, dayNumber, hourOf, type Period, previousPeriod } from './period.ts';

/** For how many days back hours of units and days of topics are kept. */
export const FINE_DAYS = 40;

/** Whole days of the period before up to `to` (exclusive), and of the day `to` itself the hours told, where there are some. */
export type SamePoint = { period: Period; to: string; hours: [from: string, to: string] | null };

/** The same point of the period before: as many days, and today's hours so far where hours are kept. */
export function findSamePoint(
  period: Period,
  { today, now, zone }: { today: string; now: number; zone: string },
): SamePoint {
  const before = previousPeriod(period);
  if (today < period.from || today >= period.to) return { period: before, to: before.to, hours: null };
  const point = addDays(before.from, dayNumber(today) - dayNumber(period.from));
  const to = point < before.to ? point : before.to;
  if (to >= before.to || to < addDays(today, -FINE_DAYS)) return { period: before, to, hours: null };
  const hour = hourOf(now + 30 * 60_000, zone);
  const end = hour.slice(0, 10) === today ? hour.slice(11) : '24';
  return { period: before, to, hours: [`${to}T00`, `${to}T${end}`] };
}
