/** Samples of an indicator itself, of its change, and of sums that must be equal. */
import type { Figure, Indicator } from '../../shared/indicator.ts';
import { isCount } from '../../shared/judgement.ts';
import { isReported } from '../../shared/reported.ts';
import type { ConditionOf } from '../../shared/rule.ts';
import type { Axis } from './axis.ts';
import { type Columns, createColumns, evaluateWindows, round, setRow, weighWindows } from './columns.ts';
import type { SumSeries } from './series.ts';
import { comparedWindows, cutWindows, ownWindows, windowsBefore } from './windows.ts';

/** Samples of one unit; what is the same of all units has been worked out before. */
export type Sampler = (series: SumSeries) => Columns;

/** Of what and when samples are wanted: of slots from `first` on, those before it are looked back on only. */
export type SampleOrder = { indicator: Indicator; axis: Axis; first: number };

/** The row of a figure that levels are compared with as it is. */
export function rowOf(indicator: Indicator, { value, numerator, denominator }: Figure) {
  const isKnown = value !== null || denominator !== null;
  const isCounted = isKnown && isCount({ hero: indicator.hero, denominator });
  return { figure: value, count: isCounted ? numerator : null, cases: denominator };
}

/** Samples of the value of an indicator; of one that is reported and not yet told of in its window that of the window before. */
export function createLevelSampler(
  condition: Pick<ConditionOf<'level'>, 'window'>,
  { indicator, axis, first }: SampleOrder,
): Sampler {
  const windows = cutWindows(ownWindows(axis, condition.window), first);
  const before = isReported(indicator) ? cutWindows(windowsBefore(axis, condition.window), first) : null;
  return (series) => {
    const columns = createColumns(axis.size);
    const last = before ? evaluateWindows(indicator, { series, windows: before, axis }) : [];
    for (const [row, figure] of evaluateWindows(indicator, { series, windows, axis }).entries()) {
      const then = figure.denominator === 0 ? last[row] : undefined;
      setRow(columns, first + row, rowOf(indicator, then?.denominator ? then : figure));
    }
    return columns;
  };
}

/** By how much a figure changed: points of a percentage, days, or percent of the count before. Both must be there. */
function compare(indicator: Indicator, now: Figure, before: Figure) {
  const nothing = { figure: null, count: null, cases: null };
  if (now.value === null || before.value === null) {
    const isEmpty = now.denominator === 0 || before.denominator === 0;
    return isEmpty ? { ...nothing, cases: 0 } : nothing;
  }
  if (indicator.unit === 'count') {
    if (before.value === 0) return { ...nothing, cases: 0 };
    const figure = round((100 * (now.value - before.value)) / before.value);
    return { figure, count: null, cases: before.value };
  }
  const cases = Math.min(now.denominator ?? 0, before.denominator ?? 0);
  return { figure: round(now.value - before.value), count: null, cases };
}

/** Samples of a change against an earlier window, up to the same point. */
export function createChangeSampler(
  { window, against }: Pick<ConditionOf<'change'>, 'window' | 'against'>,
  { indicator, axis, first }: SampleOrder,
): Sampler {
  const own = cutWindows(ownWindows(axis, window), first);
  const compared = cutWindows(comparedWindows(axis, { window, against }), first);
  return (series) => {
    const columns = createColumns(axis.size);
    const before = evaluateWindows(indicator, { series, windows: compared, axis });
    for (const [row, now] of evaluateWindows(indicator, { series, windows: own, axis }).entries()) {
      const then = before[row];
      if (then) setRow(columns, first + row, compare(indicator, now, then));
    }
    return columns;
  };
}

/** Samples of the difference between two sums that must be equal; always 0 or more. */
export function createIdentitySampler(
  { left, right, window }: ConditionOf<'identity'>,
  { axis, first }: Omit<SampleOrder, 'indicator'>,
): Sampler {
  const windows = cutWindows(ownWindows(axis, window), first);
  return (series) => {
    const columns = createColumns(axis.size);
    const [a, b] = [weighWindows(series, left, windows), weighWindows(series, right, windows)];
    columns.figure.set(
      a.map((value, row) => round(Math.abs(value - (b[row] ?? 0)))),
      first,
    );
    return columns;
  };
}
