/** From which value on a figure has which level, in words: what a colour stands for. Pure. */
import { type Indicator, type Severity, SMALL_COUNT } from '../../shared/indicator.ts';
import type { Language } from '../words/words.ts';

/** One level of an indicator: `Cao: dưới 80 %`. */
export type Threshold = { severity: Exclude<Severity, 'normal'>; text: string };

type Telling = Pick<Language, 't' | 'format'>;

/** The unit of the values a level is judged by: of a count of the overdue it is their share. */
function writeLimit({ unit }: Indicator, value: number, { t, format }: Telling): string {
  if (unit === 'percent') return `${format.number(value)} %`;
  return unit === 'days' ? t('threshold.days', { amount: format.number(value) }) : format.number(value);
}

/** The levels of an indicator, the mildest first; empty of one that is not judged. */
export function listThresholds(indicator: Indicator, telling: Telling): Threshold[] {
  const { bands, direction } = indicator;
  if (!bands) return [];
  const { t } = telling;
  return (['warning', 'major', 'critical'] as const).flatMap((severity) => {
    const limit = bands[severity];
    if (limit === undefined) return [];
    // A limit too small to be written stands for: any at all.
    const isAny = direction !== 'up' && limit < 0.05;
    const word = isAny ? 'threshold.above' : direction === 'up' ? 'threshold.under' : 'threshold.from';
    const value = writeLimit(indicator, isAny ? 0 : limit, telling);
    return [{ severity, text: t(word, { level: t(`severity.${severity}`), value }) }];
  });
}

/** What goes with the levels: which way is better, the target, where the limits come from, and who is not judged. */
export function listThresholdNotes(indicator: Indicator, telling: Telling): string[] {
  const { bands, direction, target, denominator } = indicator;
  const { t } = telling;
  const notes: string[] = [];
  if (direction !== 'none') notes.push(t(`threshold.${direction}`));
  if (target !== null) notes.push(t('tile.target', { target: writeLimit(indicator, target, telling) }));
  if (!bands) return [...notes, t('threshold.none')];
  notes.push(t('threshold.default'));
  if (denominator !== null) notes.push(t('threshold.few', { limit: SMALL_COUNT }));
  return notes;
}
