/** What is said of a figure that is reported, and of its period not yet. Pure. */
import type { FigureView } from '../../shared/answers.ts';
import type { Indicator } from '../../shared/indicator.ts';
import { type Period, parsePeriod } from '../../shared/period.ts';
import type { FiguresView } from '../figures.ts';
import type { Language } from '../words/words.ts';

/** Of which period a figure is that stands in for one not reported yet, or that there is none; null where it is its own. */
export function wordUnreported(
  { unreported }: Pick<FigureView, 'unreported'>,
  period: Period,
  { t, format }: Pick<Language, 't' | 'format'>,
): string | null {
  if (!unreported) return null;
  const asked = format.period(period);
  const of = unreported.latest && parsePeriod(unreported.latest.period);
  return of
    ? t('unreported.of', { of: format.period(of), period: asked })
    : t('unreported.none', { period: asked });
}

/** The same of the figures of a unit and those below it, which are all of one period. */
export function wordUnreportedOf(
  { unit, period, figureOf }: Pick<FiguresView, 'unit' | 'period' | 'figureOf'>,
  indicator: Indicator,
  language: Pick<Language, 't' | 'format'>,
): string | null {
  const figure = unit && figureOf(unit.id, indicator.id);
  return figure && wordUnreported(figure, period, language);
}
