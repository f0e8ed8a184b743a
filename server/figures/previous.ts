/** What the figures of a period are compared with. */
import { emptySums, type MeasureId, STOCK_IDS, type Sums } from '../../shared/measure.ts';
import { addDays, type Period } from '../../shared/period.ts';
import { findSamePoint } from '../../shared/same-point.ts';
import { mapOf, readPeriodSums, sumHours, type View } from './sums.ts';

/** The same point of the period before a view's own. */
export const samePoint = ({ today, now, site }: View, period: Period) =>
  findSamePoint(period, { today, now, zone: site.zone });

/** Some measures of units up to the same point of the period before, on the map of the period itself. */
export async function readPrevious(
  view: View,
  units: readonly number[],
  { period, ids }: { period: Period; ids: readonly MeasureId[] },
): Promise<Map<number, Sums>> {
  const { period: before, to, hours } = samePoint(view, period);
  // What is compared is the same territory: that of the period itself.
  const map = mapOf(period, view.today);
  const days = await readPeriodSums(view, units, { from: before.from, to, map, ids });
  const sums = new Map(units.map((unit) => [unit, { ...(days.get(unit)?.sums ?? emptySums()) }]));
  if (before.from === to) {
    const stocks = ids.filter((id) => STOCK_IDS.includes(id));
    const ends = await readPeriodSums(view, units, { from: addDays(to, -1), to, map, ids: stocks });
    for (const [unit, own] of sums) {
      const end = ends.get(unit)?.sums ?? emptySums();
      for (const id of stocks) own[id] = end[id];
    }
  }
  if (!hours) return sums;
  const part = await sumHours(view, units, { day: to, from: hours[0], to: hours[1], map, ids });
  for (const [unit, own] of sums) {
    const extra = part.get(unit) ?? emptySums();
    for (const id of ids) own[id] += extra[id];
  }
  return sums;
}
