/** Periods at the day on which units took over from others. Pure. */

import type { UnitView } from '../../shared/answers.ts';
import { addDays, type Period, periodOf } from '../../shared/period.ts';

/** Whether a period began before a unit did and reaches into its life: then it also holds figures of others. */
export function spansStart(unit: Pick<UnitView, 'from'>, period: Pick<Period, 'from' | 'to'>): boolean {
  return period.from < unit.from && unit.from < period.to;
}

/**
 * The period to look at in a unit that ended on the day `on`: the same where it lies in its life, else the unit's last
 * one of that grain, or its last month.
 */
export function periodBefore(period: Period, on: string): Period {
  if (period.to <= on) return period;
  const last = addDays(on, -1);
  const same = periodOf(last, period.grain);
  return same.to <= on ? same : periodOf(last, 'month');
}

/** The period to look at in a unit that began on the day `on`: the same where it reaches there, else its first one. */
export function periodAfter(period: Period, on: string): Period {
  return period.to > on ? period : periodOf(on, period.grain);
}
