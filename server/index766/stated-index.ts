import type { Score } from '../../shared/index766.ts';
import type { Figure } from '../../shared/indicator.ts';
import type { Period } from '../../shared/period.ts';
import type { ReadStated } from '../figures/stated.ts';
import type { View } from '../figures/sums.ts';
import type { IndexBasis } from './facts.ts';
import { type Judged, knowsOwn, readJudged } from './scores.ts';

/** How a unit stands, and by whose figures. */
type Standing = { by: IndexBasis; judged: Judged };

/** Which units are judged over which days; by whose figures, where that is not left to what is known. */
export type EachOrder = {
  units: readonly number[];
  period: Period;
  to: string;
  by?: IndexBasis | undefined;
};

/**
 * How units stand by our own figures, or by the portal's where we know nothing of theirs. Of other periods than months, quarters
 * and years nothing is known.
 */
export async function judgeEach(
  view: View,
  { units, period, to, by }: EachOrder,
): Promise<Map<number, Standing>> {
  if (!['month', 'quarter', 'year'].includes(period.grain)) return new Map();
  if (by !== undefined) {
    const judged = await readJudged(view, { units, period, to, basis: by });
    return new Map([...judged].map(([unit, one]) => [unit, { by, judged: one }]));
  }
  const own = await readJudged(view, { units, period, to, basis: 'own' });
  const isKnown = (score: Score | undefined) => score !== undefined && knowsOwn(score);
  const unknown = units.filter((unit) => !isKnown(own.get(unit)?.score));
  const portal = await readJudged(view, { units: unknown, period, to, basis: 'portal' });
  return new Map(
    units.flatMap((unit): [number, Standing][] => {
      const basis = portal.has(unit) ? 'portal' : 'own';
      const judged = portal.get(unit) ?? own.get(unit);
      return judged ? [[unit, { by: basis, judged }]] : [];
    }),
  );
}

/** A score as a figure: points known as numerator, what they are out of as denominator, the same of 100 as value. */
export const figureOfScore = ({ value, points, outOf }: Score): Figure => ({
  ...{ value, numerator: points, denominator: outOf },
});

/** The index as a figure. */
export const readIndexFigures: ReadStated = async (view, { units, period, to, indicators }) => {
  const standings = await judgeEach(view, { units, period, to });
  return new Map(
    [...standings].map(([unit, { judged }]): [number, Record<string, Figure>] => {
      const figure = figureOfScore(judged.score);
      return [unit, Object.fromEntries(indicators.map(({ id }) => [id, figure]))];
    }),
  );
};
