import type { Figure } from '../../shared/indicator.ts';
import { addDays, dayNumber } from '../../shared/period.ts';
import { endOfPlan } from '../../shared/plan-config.ts';
import type { StatedOrder } from '../figures/stated.ts';
import type { View } from '../figures/sums.ts';

/** The day from which is counted, the last one asked about or today while it runs; and the last day of the plan by then. */
export function findPlanDays({ site, today }: View, to: string): { day: string; until: string } {
  const last = addDays(to, -1);
  const day = last < today ? last : today;
  return { day, until: endOfPlan(site.plan, day) };
}

/** Figures of basis `countdown`: days to the end of the plan; 0 after it. */
export async function readCountdown(
  view: View,
  { indicators, units, to }: StatedOrder,
): Promise<ReadonlyMap<number, Readonly<Record<string, Figure>>>> {
  const { day, until } = findPlanDays(view, to);
  const left = Math.max(0, dayNumber(until) - dayNumber(day));
  const figure: Figure = { value: left, numerator: left, denominator: null };
  const figures = Object.fromEntries(indicators.map(({ id }) => [id, figure]));
  return new Map(units.map((unit) => [unit, figures]));
}
