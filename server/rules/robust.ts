/** Middle and spread that single wild values cannot move. */
import type { Indicator } from '../../shared/indicator.ts';
import { round } from './columns.ts';

/** The middle of values, of which there is at least one. Sorts them in place. */
function takeMedian(values: Float64Array): number {
  values.sort();
  const half = values.length >> 1;
  const high = values[half] ?? 0;
  return values.length % 2 === 1 ? high : ((values[half - 1] ?? 0) + high) / 2;
}

/** Median, and the median deviation from it scaled to a standard deviation. */
export function spreadOf(values: readonly number[]): { median: number; deviation: number } {
  const sorted = Float64Array.from(values);
  const median = takeMedian(sorted);
  for (let index = 0; index < sorted.length; index++) sorted[index] = Math.abs((sorted[index] ?? 0) - median);
  return { median, deviation: 1.4826 * takeMedian(sorted) };
}

/** The least spread that chance alone gives a figure: of a percentage over so many cases, of a count by its size. */
function chanceOf({ unit }: Indicator, { median, cases }: { median: number; cases: number | null }): number {
  if (unit !== 'percent') return Math.max(1, Math.sqrt(Math.abs(median)));
  const share = Math.min(0.99, Math.max(0.01, median / 100));
  return Math.max(0.5, 100 * Math.sqrt((share * (1 - share)) / Math.max(1, cases ?? 1)));
}

/**
 * How many robust deviations a figure lies from those it is compared with; worse is positive, and of an indicator without a
 * direction every deviation is. Never less spread than chance gives: equal peers make nobody an outlier.
 */
export function deviationOf(
  indicator: Indicator,
  { figure, cases, others }: { figure: number; cases: number | null; others: readonly number[] },
): number {
  const { median, deviation } = spreadOf(others);
  const scaled = (figure - median) / Math.max(deviation, chanceOf(indicator, { median, cases }));
  if (indicator.direction === 'none') return round(Math.abs(scaled));
  return round(indicator.direction === 'up' ? -scaled : scaled);
}
