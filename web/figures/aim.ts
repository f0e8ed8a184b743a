import type { FigureView } from '../../shared/answers.ts';
import type { Indicator } from '../../shared/indicator.ts';
import type { Language } from '../words/words.ts';

/** What the unit is to reach in the year, where somebody decided it; else what the catalogue says. */
export function wordTarget(
  indicator: Pick<Indicator, 'target'>,
  { target }: Pick<FigureView, 'target'>,
  { t, format }: Pick<Language, 't' | 'format'>,
): string {
  const value = target?.value ?? indicator.target;
  if (value === null) return '';
  const own = target !== undefined && target.source !== 'catalogue';
  return t(own ? 'tile.targetYear' : 'tile.target', { target: format.number(value) });
}
