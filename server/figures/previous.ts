/** What the figures of a period are compared with. */
import { emptySums, MEASURE_IDS, type Sums } from '../../shared/measure.ts';
import { addDays, dayNumber, hourOf, type Period, previousPeriod } from '../../shared/period.ts';
import { fineFrom } from '../acts/differences.ts';
import { mapOf, readPeriodSums, sumHours, type View } from './sums.ts';

/** The same point of the period before: as many days, and today's hours so far where hours are kept. */
export function samePoint(
  view: View,
  period: Period,
): { period: Period; to: string; hours: [from: string, to: string] | null } {
  const before = previousPeriod(period);
  if (view.today < period.from || view.today >= period.to)
    return { period: before, to: before.to, hours: null };
  const elapsed = dayNumber(view.today) - dayNumber(period.from);
  const point = addDays(before.from, elapsed);
  const to = point < before.to ? point : before.to;
  if (to >= before.to || to < fineFrom(view.now, view.site.zone)) return { period: before, to, hours: null };
  const hour = hourOf(view.now + 30 * 60_000, view.site.zone);
  const end = hour.slice(0, 10) === view.today ? hour.slice(11) : '24';
  return { period: before, to, hours: [`${to}T00`, `${to}T${end}`] };
}

/** Sums of units up to the same point of the period before, on the map of the period itself. */
export async function readPrevious(
  view: View,
  units: readonly number[],
  period: Period,
): Promise<Map<number, Sums>> {
  const { period: before, to, hours } = samePoint(view, period);
  // What is compared is the same territory: that of the period itself.
  const map = mapOf(period, view.today);
  const days = await readPeriodSums(view, units, { from: before.from, to, map });
  const sums = new Map(units.map((unit) => [unit, { ...(days.get(unit)?.sums ?? emptySums()) }]));
  if (before.from === to) {
    const stocks = await readPeriodSums(view, units, { from: addDays(to, -1), to, map });
    for (const [unit, own] of sums) {
      const end = stocks.get(unit)?.sums ?? emptySums();
      for (const id of ['open', 'overdue', 'dueSoon', 'openRepeat'] as const) own[id] = end[id];
    }
  }
  if (!hours) return sums;
  const part = await sumHours(view, units, { day: to, from: hours[0], to: hours[1], map });
  for (const [unit, own] of sums) {
    const extra = part.get(unit) ?? emptySums();
    for (const id of MEASURE_IDS) own[id] += extra[id];
  }
  return sums;
}
