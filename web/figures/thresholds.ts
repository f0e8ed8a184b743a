/** From which value on a figure has which level, in words: what a colour stands for. Pure. */
import type { Provenance } from '../../shared/alert.ts';
import type { Indicator, Severity } from '../../shared/indicator.ts';
import { isCount, type Thresholds } from '../../shared/judgement.ts';
import type { ThresholdView } from '../../shared/rule-view.ts';
import { findShippedSource } from '../../shared/shipped-rules.ts';
import { COLOURED } from '../../shared/thresholds.ts';
import type { Language } from '../words/words.ts';

/** One level of an indicator: `Báo động: dưới 80 %`. */
export type Threshold = { severity: Exclude<Severity, 'normal'>; text: string };

type Telling = Pick<Language, 't' | 'say' | 'format'>;

/** A limit of a rate, in its unit; a count of an indicator that is read as one. */
export function writeLimit({ unit, noun }: Indicator, value: number, { t, say, format }: Telling): string {
  if (unit === 'percent') return `${format.number(value)} %`;
  if (unit === 'days') return t('threshold.days', { amount: format.number(value) });
  return unit === 'count' ? format.number(value) : `${format.number(value)} ${say(noun)}`;
}

function wordLimit(word: 'under' | 'from' | 'above', value: string, { t }: Telling): string {
  return t(`threshold.${word}`, { value });
}

/** Where a level begins by the bands of the value; of a count that is its share. */
function wordBand({ indicator, thresholds }: Judged, limit: number, telling: Telling): string {
  const isBelow = thresholds.direction === 'below';
  // A limit too small to be written stands for: any at all.
  if (!isBelow && limit < 0.05) return wordLimit('above', writeLimit(indicator, 0, telling), telling);
  return wordLimit(isBelow ? 'under' : 'from', writeLimit(indicator, limit, telling), telling);
}

/** Where a level begins by the bands of counts: `từ 10 hồ sơ`. */
function wordCountBand({ indicator, thresholds }: Judged, limit: number, telling: Telling): string {
  const word = thresholds.direction === 'below' ? 'under' : 'from';
  return wordLimit(word, `${telling.format.number(limit)} ${telling.say(indicator.noun)}`, telling);
}

/** An indicator with what the figures of one unit are judged by. */
type Judged = { indicator: Indicator; thresholds: Thresholds };

/** The levels of an indicator, the mildest first; empty of one that is not judged. */
export function listThresholds(
  indicator: Indicator,
  thresholds: Thresholds | null,
  telling: Telling,
): Threshold[] {
  if (!thresholds) return [];
  const { bands, countBands } = thresholds;
  const judged = { indicator, thresholds };
  const { t } = telling;
  return COLOURED.flatMap((severity) => {
    const count = countBands?.[severity] ?? null;
    const limit = bands?.[severity] ?? null;
    const isSame = count !== null && limit !== null && limit < 0.05;
    const words = [
      ...(count === null ? [] : [wordCountBand(judged, count, telling)]),
      ...(limit === null || isSame ? [] : [wordBand(judged, limit, telling)]),
    ];
    if (words.length === 0) return [];
    const level = t(`severity.${severity}`);
    return [{ severity, text: t('threshold.level', { level, limits: words.join(t('threshold.or')) }) }];
  });
}

/** What goes with the levels: which way is better, the target, and who is not judged. */
export function listThresholdNotes(
  indicator: Indicator,
  thresholds: Thresholds | null,
  telling: Telling,
): string[] {
  const { direction, target, noun } = indicator;
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
  if (!thresholds?.bands && !thresholds?.countBands) return [...notes, t('threshold.none')];
  const few = { limit: thresholds.minimum, noun: say(noun) };
  if (isCounted && thresholds.bands) notes.push(t('threshold.share', few));
  if (!isCounted) notes.push(t('threshold.few', few));
  return notes;
}

function wordSource(
  { source, rule, version, unitName, until, by }: Provenance,
  { t, say, format }: Telling,
): string {
  if (source === 'shipped') return say(findShippedSource(rule) ?? { vi: rule, en: rule });
  const named = { rule, version, by: by ?? '' };
  if (source === 'rule' || !unitName) return t('threshold.byRule', named);
  const day = until === null ? '' : format.day(until);
  return t('threshold.byOverride', { ...named, unit: say(unitName), until: day });
}

/** Why a threshold is what it is: the paper it was shipped by, in the language of the screen, or what who set it wrote. */
export function wordWhy({ source, rule, reason }: Provenance, { say }: Pick<Language, 'say'>): string | null {
  const paper = source === 'shipped' ? findShippedSource(rule) : undefined;
  return paper ? say(paper) : reason;
}

/** Where the limits of a unit come from, each source once: a paper, a version of a rule, an override of which unit, until when, by whom. */
export function listThresholdSources({ limits, source }: ThresholdView, telling: Telling): string[] {
  const coloured = limits.filter(({ severity }) => severity !== 'advisory');
  const known = coloured.flatMap(({ raise, count }) => [raise, count].filter((one) => one !== null));
  const told = known.length > 0 ? known : [source];
  return [...new Set(told.map((one) => wordSource(one, telling)))];
}

/** Why, in the words of who set it; what was shipped says so in its source. */
export function listThresholdReasons({ limits }: ThresholdView): string[] {
  const told = limits.flatMap(({ raise, count }) => [raise, count].filter((one) => one !== null));
  const set = told.filter(({ source }) => source !== 'shipped');
  return [...new Set(set.flatMap(({ reason }) => reason ?? []))];
}
