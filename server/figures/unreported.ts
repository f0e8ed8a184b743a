/** What stands in for figures that are reported, while they are not: the newest period before of which something was told. */
import type { FigureView } from '../../shared/answers.ts';
import { evaluate, type Indicator, listMeasures, weigh } from '../../shared/indicator.ts';
import { emptySums, type Sums } from '../../shared/measure.ts';
import { addDays, type Period, parsePeriod, periodOf, previousPeriod } from '../../shared/period.ts';
import { isReported } from '../../shared/reported.ts';
import { keyOfReports, reportKind } from '../kinds/plain/report.ts';
import { readSubjects } from '../store/subject-store.ts';
import { type PeriodSums, readPeriodSums, type View } from './sums.ts';

/** Says of a unit and an indicator that nothing was reported yet; undefined where something was. */
export type FindUnreported = (unit: number, indicator: Indicator) => FigureView['unreported'];

/** Reports of a period come in for so many days after its end: later than that nothing is awaited any more. */
const AWAITED_DAYS = 31;
/** How many periods are looked back on. */
const LOOKED_BACK = 3;

const denominatorOf = ({ denominator }: Indicator, sums: Sums | undefined) =>
  denominator && sums ? weigh(denominator, sums) : 0;

/** The periods before one, the newest first; reports are of months at the least. */
function listBefore(period: Period): Period[] {
  const isShort = !['month', 'quarter', 'year'].includes(period.grain);
  const first = isShort ? periodOf(period.from, 'month') : previousPeriod(period);
  const before = [first];
  while (before.length < LOOKED_BACK) before.push(previousPeriod(before.at(-1) ?? first));
  return before;
}

/** Which of some indicators a unit told of itself in a period, be it that there was nothing. */
async function listTold(
  view: View,
  unit: number,
  { indicators, period }: { indicators: readonly Indicator[]; period: Period },
): Promise<Set<string>> {
  const measuresOf = ({ denominator }: Indicator) => Object.keys(denominator ?? {});
  const keys = indicators.flatMap((one) => measuresOf(one).map((id) => keyOfReports(unit, id)));
  const subjects = await readSubjects(view.reader, 'report', keys);
  const isTold = (measure: string) => {
    const history = subjects.get(keyOfReports(unit, measure))?.history;
    if (history === undefined) return false;
    return reportKind.fold.unpack(history).some((step) => {
      const span = step.at <= view.now ? parsePeriod(step.period) : undefined;
      return span !== undefined && span.from >= period.from && span.to <= period.to;
    });
  };
  return new Set(indicators.filter((one) => measuresOf(one).some(isTold)).map(({ id }) => id));
}

/** The indicators of which nothing was reported of a unit in a period of which reports are still awaited. */
async function listGaps(
  view: View,
  unit: number,
  order: { indicators: readonly Indicator[]; period: Period; sums: Sums | undefined },
): Promise<Indicator[]> {
  const { indicators, period, sums } = order;
  const isAwaited = period.from <= view.today && period.to > addDays(view.today, -AWAITED_DAYS);
  const empty = isAwaited
    ? indicators.filter((one) => isReported(one) && denominatorOf(one, sums) === 0)
    : [];
  if (empty.length === 0) return [];
  const told = await listTold(view, unit, { indicators: empty, period });
  return empty.filter(({ id }) => !told.has(id));
}

type Known = { period: Period; sums: ReadonlyMap<number, PeriodSums> };

/**
 * What stands in for figures of some units that are not reported yet, by what is known of the first of them: all of them are then
 * told of the same period.
 */
export async function readUnreported(
  view: View,
  units: readonly number[],
  order: { indicators: readonly Indicator[]; period: Period; sums: ReadonlyMap<number, PeriodSums> },
): Promise<FindUnreported> {
  const [unit] = units;
  if (unit === undefined) return () => undefined;
  const { indicators, period } = order;
  const gaps = await listGaps(view, unit, { indicators, period, sums: order.sums.get(unit)?.sums });
  const found = new Map<string, Known | null>(gaps.map(({ id }) => [id, null]));
  for (const before of listBefore(period)) {
    const missing = gaps.filter(({ id }) => !found.get(id));
    if (missing.length === 0) break;
    const sums = await readPeriodSums(view, units, { ...before, ids: listMeasures(missing) });
    for (const indicator of missing)
      if (denominatorOf(indicator, sums.get(unit)?.sums) > 0)
        found.set(indicator.id, { period: before, sums });
  }
  return (id, indicator) => {
    const known = found.get(indicator.id);
    if (known === undefined) return undefined;
    if (known === null) return { latest: null };
    const figure = evaluate(indicator, known.sums.get(id)?.sums ?? emptySums(), null);
    return { latest: { period: known.period.key, ...figure } };
  };
}
