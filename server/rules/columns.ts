/** Figures of one unit at many instants, as columns of numbers; NaN stands for null. */
import { evaluate, type Figure, type Indicator, NO_FIGURE, type Terms } from '../../shared/indicator.ts';
import { emptySums, type MeasureId } from '../../shared/measure.ts';
import { type Axis, workedIn } from './axis.ts';
import { sumWindows } from './known-sums.ts';
import type { SumSeries } from './series.ts';
import type { SlotWindows } from './windows.ts';

/** What a rule compares its levels with, row by row. */
export type Columns = { figure: Float64Array; count: Float64Array; cases: Float64Array };

/** Columns of unknown figures. */
export function createColumns(size: number): Columns {
  const unknown = () => new Float64Array(size).fill(Number.NaN);
  return { figure: unknown(), count: unknown(), cases: unknown() };
}

/** The measures that an indicator counts. */
export function measuresIn({
  numerator,
  denominator,
}: Pick<Indicator, 'numerator' | 'denominator'>): MeasureId[] {
  return [...new Set(Object.keys({ ...numerator, ...denominator }))] as MeasureId[];
}

/** A weighted sum of measures over windows. */
export function weighWindows(series: SumSeries, terms: Terms, windows: SlotWindows): Float64Array {
  const total = new Float64Array(windows.now.length);
  for (const id in terms) {
    const weight = terms[id as MeasureId] ?? 0;
    const rows = sumWindows(series, id as MeasureId, windows);
    for (let row = 0; row < total.length; row++) total[row] = (total[row] ?? 0) + weight * (rows[row] ?? 0);
  }
  return total;
}

/** Sums of the measures of an indicator over windows, to be read row by row. */
export type Readings = { rows: number; fill: (row: number, sums: ReturnType<typeof emptySums>) => boolean };

/** Reads the measures of an indicator over windows. `fill` says whether the row is known. */
export function readWindows(series: SumSeries, indicator: Indicator, windows: SlotWindows): Readings {
  const ids = measuresIn(indicator);
  const lines = ids.map((id) => sumWindows(series, id, windows));
  return {
    rows: windows.now.length,
    fill: (row, sums) => {
      let isKnown = true;
      for (let index = 0; index < ids.length; index++) {
        const value = lines[index]?.[row] ?? Number.NaN;
        if (Number.isNaN(value)) isKnown = false;
        sums[ids[index] as MeasureId] = value;
      }
      return isKnown;
    },
  };
}

/** The figure of an indicator in each window, by its one formula. Unknown ones are NO_FIGURE. */
export function evaluateWindows(
  indicator: Indicator,
  { series, windows, axis }: { series: SumSeries; windows: SlotWindows; axis: Axis },
): Figure[] {
  const { rows, fill } = readWindows(series, indicator, windows);
  const sums = emptySums();
  const needsDays = indicator.unit === 'days' || indicator.numerator.dueSoon !== undefined;
  const figures: Figure[] = [];
  for (let row = 0; row < rows; row++) {
    const days = needsDays ? workedIn(axis, windows.from[row] ?? 0, windows.to[row] ?? 0) : 1;
    figures.push(fill(row, sums) ? evaluate(indicator, sums, days) : NO_FIGURE);
  }
  return figures;
}

/** Writes a figure into a row; what is no number is null. */
export function setRow(
  columns: Columns,
  row: number,
  { figure, count, cases }: { figure: number | null; count: number | null; cases: number | null },
): void {
  columns.figure[row] = figure ?? Number.NaN;
  columns.count[row] = count ?? Number.NaN;
  columns.cases[row] = cases ?? Number.NaN;
}

/** Two decimals, as figures have. */
export function round(value: number): number {
  return Math.round(value * 100) / 100;
}
