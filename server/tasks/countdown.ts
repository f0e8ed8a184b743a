import type { Figure } from '../../shared/indicator.ts';
import { addDays, dayNumber } from '../../shared/period.ts';
import { endOfPlan } from '../../shared/plan-config.ts';
import type { StatedOrder } from '../figures/stated.ts';
import type { View } from '../figures/sums.ts';

/** Figures of basis `countdown`: days from the last day asked about (today, while it runs) to the end of the plan; 0 after it. */
export async function readCountdown(
  { site, today }: View,
  { indicators, units, to }: StatedOrder,
): Promise<ReadonlyMap<number, Readonly<Record<string, Figure>>>> {
  const last = addDays(to, -1);
  const day = last < today ? last : today;
  const left = Math.max(0, dayNumber(endOfPlan(site.plan, day)) - dayNumber(day));
  const figure: Figure = { value: left, numerator: left, denominator: null };
  const figures = Object.fromEntries(indicators.map(({ id }) => [id, figure]));
  return new Map(units.map((unit) => [unit, figures]));
}
