/** Sums over windows as they were known at the time: prefix sums, less what was told later, by difference arrays. */
import { MEASURES, type MeasureId } from '../../shared/measure.ts';
import type { SumSeries } from './series.ts';
import type { SlotWindows } from './windows.ts';

/** Sums free of the noise of adding shares in another order. */
const exact = (value: number) => Math.round(value * 1e6) / 1e6;

/** The first row whose number is over a limit, of numbers that never go back. */
function findAbove(ascending: Int32Array, limit: number): number {
  let low = 0;
  let high = ascending.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((ascending[middle] ?? limit) <= limit) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Takes what was not known yet out of the rows whose window holds it. */
function subtractUnknown(
  rows: Float64Array,
  { series, measure, windows }: { series: SumSeries; measure: MeasureId; windows: SlotWindows },
): void {
  const isStock = MEASURES[measure].kind === 'stock';
  const differences = new Float64Array(rows.length + 1);
  let hasAny = false;
  for (const revision of series.revisions) {
    if (revision.measure !== measure) continue;
    const first = findAbove(windows.to, revision.slot);
    const known = findAbove(windows.now, revision.known - 1);
    const end = isStock ? known : Math.min(known, findAbove(windows.from, revision.slot));
    if (end <= first) continue;
    hasAny = true;
    differences[first] = (differences[first] ?? 0) + revision.amount;
    differences[end] = (differences[end] ?? 0) - revision.amount;
  }
  let unknown = 0;
  for (let row = 0; hasAny && row < rows.length; row++) {
    unknown += differences[row] ?? 0;
    rows[row] = (rows[row] ?? 0) - unknown;
  }
}

/** Of each window the level at its end. */
function readLevels(line: Float64Array, { to }: SlotWindows): Float64Array {
  const rows = new Float64Array(to.length);
  for (let row = 0; row < rows.length; row++) rows[row] = line[(to[row] ?? 0) - 1] ?? 0;
  return rows;
}

/** Of each window the sum over it. */
function addUp(line: Float64Array, { from, to }: SlotWindows): Float64Array {
  const before = new Float64Array(line.length + 1);
  for (let slot = 0; slot < line.length; slot++) before[slot + 1] = (before[slot] ?? 0) + (line[slot] ?? 0);
  const rows = new Float64Array(to.length);
  for (let row = 0; row < rows.length; row++)
    rows[row] = (before[to[row] ?? 0] ?? 0) - (before[from[row] ?? 0] ?? 0);
  return rows;
}

/**
 * Of each window the sum of a flow over it, or the level of a stock at its end, as known at the end of the row's slot; NaN
 * where a window reaches out of what is known. Takes time with the slots and the revisions, not with the windows' lengths.
 */
export function sumWindows(series: SumSeries, measure: MeasureId, windows: SlotWindows): Float64Array {
  const line = series.sums.get(measure) ?? new Float64Array(series.starts.length);
  const rows = MEASURES[measure].kind === 'stock' ? readLevels(line, windows) : addUp(line, windows);
  if (series.revisions.length > 0) subtractUnknown(rows, { series, measure, windows });
  for (let row = 0; row < rows.length; row++) {
    const isKnown = (windows.from[row] ?? -1) >= 0 && (windows.to[row] ?? 0) <= line.length;
    rows[row] = isKnown ? exact(rows[row] ?? 0) : Number.NaN;
  }
  return rows;
}
