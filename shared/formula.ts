/** How the formula of an indicator reads, in words and in symbols. Made from its terms, so that it is written once. Pure. */
import type { Indicator, Terms } from './indicator.ts';
import { MEASURES, type MeasureId } from './measure.ts';
import type { Words } from './words.ts';

/** One measure of a weighted sum. */
export type Term = { measure: MeasureId; weight: number };

/** The measures of a weighted sum that count in it, in its order. */
export function listTerms(terms: Terms): Term[] {
  return (Object.keys(terms) as MeasureId[])
    .map((measure) => ({ measure, weight: terms[measure] ?? 0 }))
    .filter(({ weight }) => weight !== 0);
}

/** A measure with the size of its weight: `a`, `2 × a`, and of minutes told in working days `a / 480`. */
export function writeTerm(name: string, weight: number): string {
  const size = Math.abs(weight);
  if (size === 1) return name;
  const parts = Math.round(1 / size);
  return size < 1 && Math.abs(parts * size - 1) < 1e-9 ? `${name} / ${parts}` : `${size} × ${name}`;
}

/** A weighted sum, each measure as `name` gives it: `a + b − 2 × c`. */
function writeSum(terms: Terms, name: (measure: MeasureId) => string): string {
  return listTerms(terms)
    .map(({ measure, weight }, index) => {
      const sign = weight < 0 ? '− ' : index > 0 ? '+ ' : '';
      return `${sign}${writeTerm(name(measure), weight)}`;
    })
    .join(' ');
}

/** In brackets where it is more than one thing; a name in square ones is one. */
const bracket = (text: string) => (text.replace(/\[[^\]]*\]/g, '').includes(' ') ? `(${text})` : text);

const PER_DAY: Words = { vi: 'số ngày làm việc đã qua', en: 'working days gone by' };

/** The sides of a formula put together as its unit says: a share, a mean, days of the daily mean, or a count alone. */
function join(indicator: Indicator, [top, below, days]: [string, string, string]): string {
  if (indicator.denominator === null) return top;
  if (indicator.unit === 'percent') return `100 × ${bracket(top)} / ${bracket(below)}`;
  if (indicator.unit === 'days') return `${bracket(top)} / (${bracket(below)} / ${days})`;
  return `${bracket(top)} / ${bracket(below)}`;
}

/** The formula with the ids of its measures; empty for a figure that sums do not give. */
export function writeSymbols(indicator: Indicator): string {
  if (indicator.basis !== 'sums') return '';
  const name = (measure: MeasureId) => measure;
  return join(indicator, [
    writeSum(indicator.numerator, name),
    writeSum(indicator.denominator ?? {}, name),
    'workingDays',
  ]);
}

/** The formula in the words of its measures; empty for a figure that sums do not give. */
export function writeFormula(indicator: Indicator): Words {
  if (indicator.basis !== 'sums') return { vi: '', en: '' };
  const say = (lang: 'vi' | 'en') => {
    const name = (measure: MeasureId) => `[${MEASURES[measure].words[lang]}]`;
    const sides = [indicator.numerator, indicator.denominator ?? {}].map((terms) => writeSum(terms, name));
    return join(indicator, [sides[0] ?? '', sides[1] ?? '', `[${PER_DAY[lang]}]`]);
  };
  return { vi: say('vi'), en: say('en') };
}
