/** From which value on a figure has which level, in words: what a colour stands for. Pure. */
import type { Bands, Indicator, Severity } from '../../shared/indicator.ts';
import { isCount, SMALL_COUNT } from '../../shared/judgement.ts';
import type { Language } from '../words/words.ts';

/** One level of an indicator: `Báo động: dưới 80 %`. */
export type Threshold = { severity: Exclude<Severity, 'normal'>; text: string };

type Telling = Pick<Language, 't' | 'say' | 'format'>;

/** A limit of a rate, in its unit; a count of an indicator that is read as one. */
function writeLimit({ unit }: Indicator, value: number, { t, format }: Telling): string {
  if (unit === 'percent') return `${format.number(value)} %`;
  return unit === 'days' ? t('threshold.days', { amount: format.number(value) }) : format.number(value);
}

function wordLimit(word: 'under' | 'from' | 'above', value: string, { t }: Telling): string {
  return t(`threshold.${word}`, { value });
}

/** Where a level begins by the bands of the value; of a count that is its share. */
function wordBand(indicator: Indicator, limit: number, telling: Telling): string {
  const isUp = indicator.direction === 'up';
  // A limit too small to be written stands for: any at all.
  if (!isUp && limit < 0.05) return wordLimit('above', writeLimit(indicator, 0, telling), telling);
  return wordLimit(isUp ? 'under' : 'from', writeLimit(indicator, limit, telling), telling);
}

/** Where a level begins by the bands of counts: `từ 10 hồ sơ`. */
function wordCountBand({ noun }: Indicator, limit: number, telling: Telling): string {
  return wordLimit('from', `${telling.format.number(limit)} ${telling.say(noun)}`, telling);
}

const limitOf = (bands: Bands | null, severity: keyof Bands) => bands?.[severity];

/** The levels of an indicator, the mildest first; empty of one that is not judged. */
export function listThresholds(indicator: Indicator, telling: Telling): Threshold[] {
  const { bands, countBands } = indicator;
  const { t } = telling;
  return (['warning', 'major', 'critical'] as const).flatMap((severity) => {
    const count = limitOf(countBands, severity);
    const limit = limitOf(bands, severity);
    const isSame = count !== undefined && limit !== undefined && limit < 0.05;
    const words = [
      ...(count === undefined ? [] : [wordCountBand(indicator, count, telling)]),
      ...(limit === undefined || isSame ? [] : [wordBand(indicator, limit, telling)]),
    ];
    if (words.length === 0) return [];
    const level = t(`severity.${severity}`);
    return [{ severity, text: t('threshold.level', { level, limits: words.join(t('threshold.or')) }) }];
  });
}

/** What goes with the levels: which way is better, the target, where the limits come from, and who is not judged. */
export function listThresholdNotes(indicator: Indicator, telling: Telling): string[] {
  const { bands, countBands, bandsSource, direction, target, noun } = indicator;
  const { t, say, format } = telling;
  const isCounted = isCount({ hero: indicator.hero, denominator: indicator.denominator && 1 });
  const notes: string[] = [];
  if (direction !== 'none') notes.push(t(`threshold.${direction}`));
  if (target !== null)
    notes.push(
      t('tile.target', {
        target: isCounted ? format.number(target) : writeLimit(indicator, target, telling),
      }),
    );
  if (!bands && !countBands) return [...notes, t('threshold.none')];
  notes.push(bandsSource ?? t('threshold.default'));
  if (isCounted && bands) notes.push(t('threshold.share', { limit: SMALL_COUNT, noun: say(noun) }));
  if (!isCounted) notes.push(t('threshold.few', { limit: SMALL_COUNT, noun: say(noun) }));
  return notes;
}
