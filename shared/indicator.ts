import type { MeasureId, Sums } from './measure.ts';
import type { Words } from './words.ts';

/** A weighted sum of measures. */
export type Terms = Partial<Record<MeasureId, number>>;

export type Severity = 'critical' | 'major' | 'warning' | 'normal';

/** The groups of the catalogue, in the order pages list them. */
export const GROUPS = ['HS', 'TT', 'ON', 'PAY', 'DG', 'SAT', 'TR', 'IDX', 'DOC', 'SYS', 'DX', 'SOC'] as const;
export type Group = (typeof GROUPS)[number];

/**
 * What a figure is worked out from: stored sums, as most are; how the feeds stand; how the connected systems stand; the days to
 * a date; the index of Decision 766.
 */
export type Basis = 'sums' | 'feeds' | 'systems' | 'countdown' | 'index';

/**
 * A versioned formula. `percent`: 100 x numerator / denominator. `count`: the numerator. `mean`: numerator / denominator.
 * `days`: numerator over the denominator's mean per working day. `points`: of 100. `hero`: the figure people read first.
 * Of another basis than sums both sides are empty.
 */
export type Indicator = {
  id: string;
  group: Group;
  basis: Basis;
  version: number;
  words: Words;
  /** What is counted: numerator and denominator are so many of these. */
  noun: Words;
  unit: 'percent' | 'count' | 'days' | 'mean' | 'points';
  hero: 'value' | 'numerator';
  direction: 'up' | 'down' | 'none';
  numerator: Terms;
  denominator: Terms | null;
  target: number | null;
  /** The share of cases or count that somebody else reached, where one is known, and who. */
  benchmark: { value: number; words: Words } | null;
  /** Cited in Vietnamese: official papers have no other name. */
  source: string;
};

type Given = 'version' | 'target' | 'hero' | 'unit' | 'noun' | 'basis' | 'benchmark';
type Draft = Omit<Indicator, Given | 'words' | 'group'> &
  Partial<Pick<Indicator, Given>> & { vi: string; en: string };

const DOSSIERS: Words = { vi: 'hồ sơ', en: 'dossiers' };

function isGroup(text: string): text is Group {
  return (GROUPS as readonly string[]).includes(text);
}

/** An indicator of sums of dossiers unless it says otherwise; its group is what its id begins with. */
export function defineIndicator({ vi, en, ...draft }: Draft): Indicator {
  const group = draft.id.replace(/\d+$/, '');
  if (!isGroup(group)) throw new RangeError(`${draft.id} belongs to no group`);
  return {
    version: 1,
    target: null,
    hero: 'value',
    unit: 'percent',
    noun: DOSSIERS,
    basis: 'sums',
    benchmark: null,
    words: { vi, en },
    ...draft,
    group,
  };
}

/** The measures that some indicators are made of, each once. */
export function listMeasures(
  indicators: readonly Pick<Indicator, 'numerator' | 'denominator'>[],
): MeasureId[] {
  const ids = indicators.flatMap(({ numerator, denominator }) =>
    Object.keys({ ...numerator, ...denominator }),
  );
  return [...new Set(ids)] as MeasureId[];
}

/** A computed figure: `value` is null where nothing occurred (denominator 0); percentages are 0-100. */
export type Figure = { value: number | null; numerator: number; denominator: number | null };

/** The figure of a unit for a time in which nobody answers for it: not even 0 of something. */
export const NO_FIGURE: Figure = { value: null, numerator: 0, denominator: null };

const round = (value: number): number => Math.round(value * 100) / 100;

/** A weighted sum of measures. */
export function weigh(terms: Terms, sums: Sums): number {
  let total = 0;
  for (const id in terms) total += (terms[id as MeasureId] ?? 0) * sums[id as MeasureId];
  return total;
}

/**
 * The figure of an indicator from sums. `workingDays` elapsed in the period serve the `days` kind; null where the calendar
 * of that time is not loaded: then nothing that needs it is known, and what is not known is never shown as 0. Of another
 * basis than sums there is none.
 */
export function evaluate(indicator: Indicator, sums: Sums, workingDays: number | null): Figure {
  if (indicator.basis !== 'sums') return NO_FIGURE;
  const numerator = round(weigh(indicator.numerator, sums));
  if (indicator.denominator === null) return { value: numerator, numerator, denominator: null };
  const denominator = round(weigh(indicator.denominator, sums));
  const isUnknown = indicator.numerator.dueSoon !== undefined && workingDays === null;
  if (denominator === 0 || isUnknown) return { value: null, numerator, denominator };
  if (indicator.unit === 'mean') return { value: round(numerator / denominator), numerator, denominator };
  if (indicator.unit === 'percent')
    return { value: round((100 * numerator) / denominator), numerator, denominator };
  if (!workingDays) return { value: null, numerator, denominator };
  return { value: round(numerator / (denominator / workingDays)), numerator, denominator };
}
