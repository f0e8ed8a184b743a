/** The sides of a formula: its measures with their own words, and what each of them comes to. */
import type { TermView } from '../../shared/explain.ts';
import { listTerms } from '../../shared/formula.ts';
import { type Indicator, listMeasures, type Terms } from '../../shared/indicator.ts';
import { MEASURES, type MeasureId, type Sums } from '../../shared/measure.ts';
import { REPORT_MEASURES } from '../../shared/report-measures.ts';
import { KINDS } from '../kinds/kinds.ts';

const kindOf = new Map<MeasureId, string>(
  Object.entries(KINDS).flatMap(([kind, { fold }]) =>
    fold.measures.map((id): [MeasureId, string] => [id, kind]),
  ),
);

const reports: Readonly<Record<string, { isOwn: boolean }>> = REPORT_MEASURES;

/** Whether a measure is of the unit alone and adds up to nothing above. */
const isOwn = (id: MeasureId) => reports[id]?.isOwn ?? false;

/** Rounded as figures are. */
export const round = (value: number): number => Math.round(value * 100) / 100;

/** The kind of events that a measure is folded of. */
export const kindOfMeasure = (id: MeasureId): string => kindOf.get(id) ?? '';

/** One side of a formula: each measure with its weight and its sum, and what they come to. */
export function showSide(terms: Terms, sums: Sums): { value: number; terms: TermView[] } {
  const shown = listTerms(terms).map(({ measure, weight }) => {
    const { words, kind, at } = MEASURES[measure];
    const about = { words, kind, at, events: kindOfMeasure(measure), isOwn: isOwn(measure) };
    return { measure, ...about, weight, sum: round(sums[measure]) };
  });
  const total = listTerms(terms).reduce((sum, { measure, weight }) => sum + weight * sums[measure], 0);
  return { value: round(total), terms: shown };
}

/** The kinds of events that an indicator is made of; of the connected systems' figures the readings. */
export function listKinds(indicator: Indicator): string[] {
  if (indicator.basis === 'systems') return ['probe'];
  if (indicator.basis === 'feeds') return Object.keys(KINDS);
  return [...new Set(listMeasures([indicator]).map(kindOfMeasure))];
}

/** Whether the figures of the units below are parts of this one. */
export function addsUp(indicator: Indicator): boolean {
  return indicator.basis === 'sums' && !listMeasures([indicator]).some(isOwn);
}
