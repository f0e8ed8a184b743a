/** What other offices reported of units, as it stood at an instant. Hides how reports are kept. */
import type { MeasureId } from '../../shared/measure.ts';
import type { Period } from '../../shared/period.ts';
import { parsePeriod } from '../../shared/period.ts';
import type { TakenId } from '../../shared/taken-measures.ts';
import { keyOfReports, type ReportStep, reportKind } from '../kinds/plain/report.ts';
import { readReports } from '../store/report-store.ts';
import type { Reader } from '../store/store.ts';

/** What is asked of reports: of which units and measures, for which period, as told up to an instant. */
export type ReportedOrder = {
  units: readonly number[];
  measures: readonly (TakenId | MeasureId)[];
  period: Period;
  /** Told later does not count. */
  until: number;
};

/** Finds what was last told of a measure of a unit for the period; undefined where nothing was. */
export type FindReported = (unit: number, measure: TakenId | MeasureId) => number | undefined;

const stepsOf = (history: string) => reportKind.fold.unpack(history) as ReportStep[];

/** The last word on a period, of those told up to an instant; of words of one instant the one told last. */
export function lastTold(history: string, key: string, until: number): number | undefined {
  let best: ReportStep | undefined;
  for (const step of stepsOf(history)) {
    if (step.period !== key || step.at > until) continue;
    if (best === undefined || step.at >= best.at) best = step;
  }
  return best?.value;
}

/** Reads what was reported of units for one period. */
export async function readReported(reader: Reader, order: ReportedOrder): Promise<FindReported> {
  const { units, measures, period, until } = order;
  const keys = units.flatMap((unit) => measures.map((measure) => keyOfReports(unit, measure)));
  const histories = await readReports(reader, keys);
  return (unit, measure) => {
    const history = histories.get(keyOfReports(unit, measure));
    return history === undefined ? undefined : lastTold(history, period.key, until);
  };
}

/** The units and measures, as keys of reports, of which anything was told for a period that begins before a day. */
export async function readToldBefore(
  reader: Reader,
  { units, measures, to }: { units: readonly number[]; measures: readonly MeasureId[]; to: string },
): Promise<ReadonlySet<string>> {
  const keys = units.flatMap((unit) => measures.map((measure) => keyOfReports(unit, measure)));
  const told = new Set<string>();
  for (const [key, history] of await readReports(reader, keys)) {
    const isTold = stepsOf(history).some(({ period }) => {
      const known = parsePeriod(period);
      return known !== undefined && known.from < to;
    });
    if (isTold) told.add(key);
  }
  return told;
}
