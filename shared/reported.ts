/** Figures that are counted elsewhere and told once in a while: of a period that is not told of yet there is none. Pure. */
import type { FigureView } from './answers.ts';
import type { Indicator } from './indicator.ts';
import { REPORT_MEASURES, type ReportMeasure } from './report-measures.ts';

const REPORTS: Readonly<Record<string, ReportMeasure>> = REPORT_MEASURES;

/** Whether the cases of an indicator are flows that are reported: before they are, it has none. */
export function isReported({ basis, denominator }: Pick<Indicator, 'basis' | 'denominator'>): boolean {
  if (basis !== 'sums' || denominator === null) return false;
  const ids = Object.keys(denominator);
  return ids.length > 0 && ids.every((id) => REPORTS[id]?.kind === 'flow');
}

/**
 * A figure as it is shown: of a period of which nothing was reported yet that of the newest one before of which something was.
 * `unreported` goes on saying so.
 */
export function fallBack(figure: FigureView): FigureView {
  const latest = figure.unreported?.latest;
  if (!latest) return figure;
  const { value, numerator, denominator } = latest;
  const { previous: _, ...rest } = figure;
  return { ...rest, value, numerator, denominator };
}
