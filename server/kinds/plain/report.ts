/**
 * Figures counted elsewhere: all that was reported of one measure of one unit is one subject, whose history keeps what was told
 * when and what replaced it. Law: of a period the last word counts; what a longer period holds beyond its shorter ones counts once.
 */
import type { ReportEvent } from '../../../shared/event.ts';
import type { MeasureId } from '../../../shared/measure.ts';
import { type Period, parsePeriod, periodOf, startOfDay } from '../../../shared/period.ts';
import { REPORT_MEASURES, type ReportMeasure } from '../../../shared/report-measures.ts';
import type { Emit, FoldContext, Kind, Subject, SubjectState } from '../kind.ts';
import { endsOf, inOrder, nextOf, type PlainStep, plainFold, plainState, unitOf } from './plain.ts';

/** A figure as one event told it. */
export type ReportStep = PlainStep & { measure: string; period: string; value: number };

/** The key of the subject that holds all reports of a measure of a unit. */
export function keyOfReports(unit: number, measure: string): string {
  return `${unit} ${measure}`;
}

/** A period and the value last told of it. */
type Told = { period: Period; value: number };

/** What stands of each period, in the order of their beginnings, the longer before the shorter. */
export function listTold(steps: readonly ReportStep[]): Told[] {
  const values = new Map(steps.map(({ period, value }) => [period, value]));
  return [...values]
    .flatMap(([key, value]): Told[] => {
      const period = parsePeriod(key);
      return period ? [{ period, value }] : [];
    })
    .sort((a, b) =>
      a.period.from === b.period.from
        ? a.period.to < b.period.to
          ? 1
          : -1
        : a.period.from < b.period.from
          ? -1
          : 1,
    );
}

/** The months of a period. */
function monthsOf({ from, to }: Period): string[] {
  const months: string[] = [];
  for (let month = periodOf(from, 'month'); month.from < to; month = periodOf(month.to, 'month'))
    months.push(month.from);
  return months;
}

/** A flow by the first day of the month it counts in: what is told of a longer period less what is told within it, in its first month of which nothing is told. */
function spreadFlow(told: readonly Told[]): Map<string, number> {
  const months = new Map<string, number>();
  const byLength = told.toSorted((a, b) => monthsOf(a.period).length - monthsOf(b.period).length);
  for (const { period, value } of byLength) {
    const within = monthsOf(period);
    const known = within.reduce((sum, month) => sum + (months.get(month) ?? 0), 0);
    const free = within.find((month) => !months.has(month));
    if (free !== undefined && value > known) months.set(free, value - known);
  }
  return months;
}

/** A level by the first day from which it holds, as the difference to the one before. */
function stepLevel(told: readonly Told[]): Map<string, number> {
  const changes = new Map<string, number>();
  const levels = new Map(told.map(({ period, value }) => [period.from, value]));
  let before = 0;
  for (const [from, value] of levels) {
    changes.set(from, value - before);
    before = value;
  }
  return changes;
}

function fold(subject: Subject<ReportStep>, context: FoldContext, emit: Emit): SubjectState {
  const steps = inOrder(subject);
  const { last } = endsOf(steps);
  const measure: ReportMeasure | undefined = REPORT_MEASURES[last.measure as keyof typeof REPORT_MEASURES];
  const state = { unit: last.unit, endAt: last.at };
  if (!measure) return plainState(state);
  const told = listTold(steps);
  const changes = measure.kind === 'stock' ? stepLevel(told) : spreadFlow(told);
  const instants = [...changes].map(([day, amount]) => ({ day, at: startOfDay(day, context.zone), amount }));
  for (const { day, at, amount } of instants) {
    if (at > context.now || amount === 0) continue;
    const path = measure.isOwn ? [last.unit] : context.tree.pathOn(last.unit, day);
    emit(path, at, last.measure as MeasureId, amount);
  }
  return plainState({
    ...state,
    nextAt: nextOf(
      instants.map(({ at }) => at),
      context,
    ),
  });
}

/** Events of kind `report`. */
export const reportKind: Kind<ReportEvent, ReportStep> = {
  ...{ units: ['unit'], code: null, otherCodes: [] },
  keyOf: ({ measure }, told) => keyOfReports(unitOf(told), measure),
  fold: plainFold<ReportEvent, ReportStep>({
    measures: Object.keys(REPORT_MEASURES) as MeasureId[],
    read: ({ measure, period, value }, told) => ({
      ...{ feed: told.feed, id: told.id, at: told.at, unit: unitOf(told) },
      ...{ measure, period, value },
    }),
    fold,
  }),
};
