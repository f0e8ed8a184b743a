import type { ExplainAnswer } from '../../shared/explain.ts';
import type { Indicator } from '../../shared/indicator.ts';
import { isoOf, type Period } from '../../shared/period.ts';
import { isAimed } from '../../shared/target.ts';
import type { View } from '../figures/sums.ts';
import { readTargets } from '../store/target-store.ts';
import { openTargets } from './held.ts';

/** What a unit is to reach by an indicator in the year in which a period begins, and what waits there to be signed. */
export async function readYearly(
  view: View,
  { unit, indicator, period }: { unit: number; indicator: Indicator; period: Period },
): Promise<ExplainAnswer['yearly']> {
  if (!isAimed(indicator)) return null;
  const year = Number(period.from.slice(0, 4));
  const find = await openTargets(view, { year, indicators: [indicator], units: [unit] });
  const own = await readTargets(view.reader, { year, indicators: [indicator.id], units: [unit] });
  const waiting = own.findLast(({ state, savedAt }) => state === 'proposed' && savedAt <= view.now);
  return {
    year,
    held: find(unit, indicator),
    waiting: waiting
      ? {
          ...{ value: waiting.value, office: waiting.office, paper: waiting.paper },
          savedAt: isoOf(waiting.savedAt, view.site.zone),
        }
      : null,
  };
}
