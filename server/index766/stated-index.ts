import type { Figure } from '../../shared/indicator.ts';
import type { ReadStated } from '../figures/stated.ts';
import { knowsOwn, readJudged } from './scores.ts';

/**
 * The index as a figure: points known as numerator, what they are out of as denominator, the same of 100 as value. By our own
 * figures; by the portal's of a unit of which we know nothing. Of other periods than months, quarters and years there is none.
 */
export const readIndexFigures: ReadStated = async (view, { units, period, to, indicators }) => {
  if (!['month', 'quarter', 'year'].includes(period.grain)) return new Map();
  const own = await readJudged(view, { units, period, to, basis: 'own' });
  const unknown = units.filter((unit) => {
    const score = own.get(unit)?.score;
    return !score || !knowsOwn(score);
  });
  const portal = await readJudged(view, { units: unknown, period, to, basis: 'portal' });
  return new Map(
    units.map((unit): [number, Record<string, Figure>] => {
      const score = (portal.get(unit) ?? own.get(unit))?.score;
      const value = score?.value ?? null;
      const figure = { value, numerator: score?.points ?? 0, denominator: score?.outOf ?? null };
      return [unit, Object.fromEntries(indicators.map(({ id }) => [id, figure]))];
    }),
  );
};
