/** How the formula of an indicator reads, in words and in symbols. Made from its terms, so that it is written once. Pure. */
import type { Basis, Indicator, Terms } from './indicator.ts';
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

/** The formulas of figures that stored sums do not give: nothing of theirs is in the catalogue's terms. */
const STATED: Record<Exclude<Basis, 'sums'>, { words: Words; symbols: string }> = {
  index: {
    words: {
      vi: '100 × [điểm đạt của các thành phần có số liệu] / [điểm tối đa của chính các thành phần đó]; mỗi thành phần = [điểm tối đa] × [tỷ lệ] / [tỷ lệ đủ điểm], không quá tối đa',
      en: '100 × [points of the components with figures] / [the most these could bring]; each component = [its most] × [its share] / [the share for full points], never above its most',
    },
    symbols: '100 × Σ points / Σ max; points = max × min(1, numerator / denominator / full)',
  },
  countdown: {
    words: {
      vi: '[ngày cuối của kế hoạch] − [ngày đang xem], không dưới 0',
      en: '[last day of the plan] − [day looked at], never below 0',
    },
    symbols: 'max(0, until − day)',
  },
  feeds: {
    words: {
      vi: '[bây giờ] − [sự kiện mới nhất của nguồn chậm nhất], tính bằng phút làm việc',
      en: '[now] − [newest event of the slowest feed], in working minutes',
    },
    symbols: 'max(workingMinutes(lastAt, now))',
  },
  systems: {
    words: {
      vi: 'tổng [số bản tin chờ gửi ở lần kiểm tra gần nhất] của mỗi hệ thống',
      en: 'the sum of [messages waiting at the newest reading] of each system',
    },
    symbols: 'Σ queued',
  },
};

/** The formula with the ids of its measures, or of what else it is made of. */
export function writeSymbols(indicator: Indicator): string {
  if (indicator.basis !== 'sums') return STATED[indicator.basis].symbols;
  const name = (measure: MeasureId) => measure;
  return join(indicator, [
    writeSum(indicator.numerator, name),
    writeSum(indicator.denominator ?? {}, name),
    'workingDays',
  ]);
}

/** The formula in the words of its measures, or of what else it is made of. */
export function writeFormula(indicator: Indicator): Words {
  if (indicator.basis !== 'sums') return STATED[indicator.basis].words;
  const say = (lang: 'vi' | 'en') => {
    const name = (measure: MeasureId) => `[${MEASURES[measure].words[lang]}]`;
    const sides = [indicator.numerator, indicator.denominator ?? {}].map((terms) => writeSum(terms, name));
    return join(indicator, [sides[0] ?? '', sides[1] ?? '', `[${PER_DAY[lang]}]`]);
  };
  return { vi: say('vi'), en: say('en') };
}
