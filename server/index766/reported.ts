/** What other offices reported of units, as it stood at an instant. Hides how reports are kept. */
import type { MeasureId } from '../../shared/measure.ts';
import { type Period, parsePeriod } from '../../shared/period.ts';
import type { TakenId } from '../../shared/taken-measures.ts';
import type { View } from '../figures/sums.ts';
import { keyOfReports, type ReportStep, reportKind } from '../kinds/plain/report.ts';
import { readReportsOf } from '../store/report-store.ts';

/** What is asked of reports: of which units, for which period. What was told after the view's instant does not count. */
export type ReportedOrder = { units: readonly number[]; period: Period };

/** Finds what was last told of a measure of a unit for the period; undefined where nothing was. */
export type FindReported = (unit: number, measure: TakenId | MeasureId) => number | undefined;

/** What was read of reports for one view: each unit once, each history unpacked once. */
type Shelf = { units: Set<number>; histories: Map<string, string>; steps: Map<string, ReportStep[]> };

const shelves = new WeakMap<View, Shelf>();

async function openShelf(view: View, units: readonly number[]): Promise<Shelf> {
  const known = shelves.get(view) ?? { units: new Set(), histories: new Map(), steps: new Map() };
  shelves.set(view, known);
  const missing = units.filter((unit) => !known.units.has(unit));
  for (const [key, history] of await readReportsOf(view.reader, missing)) known.histories.set(key, history);
  for (const unit of missing) known.units.add(unit);
  return known;
}

function stepsOf({ histories, steps }: Shelf, key: string): ReportStep[] {
  const known = steps.get(key);
  if (known) return known;
  const history = histories.get(key);
  const read = history === undefined ? [] : (reportKind.fold.unpack(history) as ReportStep[]);
  steps.set(key, read);
  return read;
}

/** The last word on a period, of those told up to an instant; of words of one instant the one told last. */
function lastTold(steps: readonly ReportStep[], key: string, until: number): number | undefined {
  let best: ReportStep | undefined;
  for (const step of steps) {
    if (step.period !== key || step.at > until) continue;
    if (best === undefined || step.at >= best.at) best = step;
  }
  return best?.value;
}

/** Reads what was reported of units for one period. */
export async function readReported(view: View, { units, period }: ReportedOrder): Promise<FindReported> {
  const shelf = await openShelf(view, units);
  return (unit, measure) => lastTold(stepsOf(shelf, keyOfReports(unit, measure)), period.key, view.now);
}

/** Says of a unit and measure whether anything was reported of it for a period that begins before a day. */
export async function readToldBefore(
  view: View,
  { units, to }: { units: readonly number[]; to: string },
): Promise<(unit: number, measure: MeasureId) => boolean> {
  const shelf = await openShelf(view, units);
  return (unit, measure) =>
    stepsOf(shelf, keyOfReports(unit, measure)).some(({ period }) => (parsePeriod(period)?.from ?? to) < to);
}
