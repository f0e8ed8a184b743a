/** Change of a figure against the same point of the previous period, and how a formula reads. Pure. */

import type { FigureView } from '../../shared/answers.ts';
import { listTerms, writeTerm } from '../../shared/formula.ts';
import type { Indicator, Terms } from '../../shared/indicator.ts';
import { MEASURES } from '../../shared/measure.ts';
import type { Lang } from '../format.ts';

/** `amount` is never negative; `scale` says in what: percentage points, percent of the previous value, cases, days, or what the figure is told in. */
export type Change =
  | { kind: 'unknown' }
  | { kind: 'same'; before: number }
  | {
      kind: 'changed';
      sign: 'up' | 'down';
      amount: number;
      scale: 'points' | 'percent' | 'count' | 'days' | 'own';
      verdict: 'better' | 'worse' | null;
      before: number;
    };

type Step = { now: number; before: number; scale: Exclude<Change, { kind: 'unknown' | 'same' }>['scale'] };

function stepOf({ unit, hero }: Indicator, figure: FigureView): Step | null {
  const { previous } = figure;
  if (!previous) return null;
  const isKnown = ({ value, denominator }: Pick<FigureView, 'value' | 'denominator'>) =>
    value !== null || denominator === 0;
  if (hero === 'numerator' && !(isKnown(figure) && isKnown(previous))) return null;
  if (hero === 'numerator') return { now: figure.numerator, before: previous.numerator, scale: 'count' };
  if (figure.value === null || previous.value === null) return null;
  const step = { now: figure.value, before: previous.value };
  if (unit === 'percent') return { ...step, scale: 'points' };
  if (unit === 'days') return { ...step, scale: 'days' };
  if (unit === 'mean' || unit === 'points') return { ...step, scale: 'own' };
  return previous.value > 0 ? { ...step, scale: 'percent' } : null;
}

/** How a figure moved; `unknown` without something to compare with. Better or worse only where a direction is known. */
export function changeOf(indicator: Indicator, figure: FigureView): Change {
  const step = stepOf(indicator, figure);
  if (!step) return { kind: 'unknown' };
  const { now, before, scale } = step;
  const difference = scale === 'percent' ? (100 * (now - before)) / before : now - before;
  const amount = Math.round(Math.abs(difference) * 10) / 10;
  if (amount === 0) return { kind: 'same', before };
  const sign = difference > 0 ? 'up' : 'down';
  const verdict = indicator.direction === 'none' ? null : indicator.direction === sign ? 'better' : 'worse';
  return { kind: 'changed', sign, amount, scale, verdict, before };
}

/** A weighted sum of measures in words: `Giải quyết trước hạn + Giải quyết đúng hạn − …`. */
export function wordTerms(terms: Terms, lang: Lang): string {
  return listTerms(terms)
    .map(({ measure, weight }, index) => {
      const sign = weight < 0 ? '− ' : index > 0 ? '+ ' : '';
      return `${sign}${writeTerm(MEASURES[measure].words[lang].toLocaleLowerCase(lang), weight)}`;
    })
    .join(' ');
}
