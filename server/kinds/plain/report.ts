/**
 * Figures counted elsewhere: all that was reported of one measure of one unit is one subject, whose history keeps what was told
 * when and what replaced it. Law: of a period the last word counts; what a longer period holds beyond its shorter ones counts once.
 */
import type { ReportEvent } from '../../../shared/event.ts';
import type { MeasureId } from '../../../shared/measure.ts';
import {
  addDays,
  nextPeriod,
  type Period,
  parsePeriod,
  periodOf,
  startOfDay,
} from '../../../shared/period.ts';
import { REPORT_MEASURES, type ReportMeasure } from '../../../shared/report-measures.ts';
import type { Unit } from '../../../shared/unit.ts';
import type { Emit, FoldContext, Kind, Subject, SubjectState } from '../kind.ts';
import type { Seat } from '../seat.ts';
import { emitStay, seatAt } from './hold.ts';
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

/** The first days of the months of a period. */
function monthsOf({ from, to }: Period): string[] {
  const months: string[] = [];
  for (let month = periodOf(from, 'month'); month.from < to; month = periodOf(month.to, 'month'))
    months.push(month.from);
  return months;
}

/** A unit's life as days. */
type Life = Pick<Unit, 'from' | 'to'>;

/** The day, or the nearest on which the unit lived: of no time before it or after it is anything counted. */
function nearestDay(day: string, { from, to }: Life): string {
  if (day < from) return from;
  return to !== null && day >= to ? addDays(to, -1) : day;
}

/**
 * A flow by the first day of the month it counts in: what is told of a longer period less what is told within it, in its
 * first month of which nothing is told. Where all its months are told they stand.
 */
function spreadFlow(told: readonly Told[], life: Life): Map<string, number> {
  const months = new Map<string, number>();
  const byLength = told.toSorted((a, b) => monthsOf(a.period).length - monthsOf(b.period).length);
  for (const { period, value } of byLength) {
    const within = monthsOf(period);
    const known = within.reduce((sum, month) => sum + (months.get(month) ?? 0), 0);
    const free = within.filter((month) => !months.has(month));
    const day = free.find((month) => nextPeriod(periodOf(month, 'month')).from > life.from) ?? free[0];
    if (day !== undefined && value > known) months.set(day, value - known);
  }
  return months;
}

/** How much of a measure from when to when; of a flow `to` is not asked. */
type Amount = { from: number; to: number | null; value: number };

/** A level from the first day of each period told until the next one's, at last until the unit ends. */
function listLevels(told: readonly Told[], life: Life, zone: string): Amount[] {
  const levels = new Map(told.map(({ period, value }) => [nearestDay(period.from, life), value]));
  const end = life.to === null ? null : startOfDay(life.to, zone);
  const amounts = [...levels].map(([day, value]) => ({ from: startOfDay(day, zone), value }));
  return amounts.map((amount, index) => ({ ...amount, to: amounts[index + 1]?.from ?? end }));
}

/** The seats of a unit that reports for itself: it has no heir, who reports anew. */
function listOwnSeats(unit: number, isOwn: boolean, { tree, zone }: FoldContext): Seat[] {
  const { from } = tree.get(unit);
  if (isOwn) return [{ from: startOfDay(from, zone), unit, path: [unit] }];
  return [from, ...tree.pathChangesAfter(unit, from)].map((day) => ({
    ...{ from: startOfDay(day, zone), unit, path: tree.pathOn(unit, day) },
  }));
}

type Counting = { measure: MeasureId; seats: readonly Seat[]; now: number };

/** Emits a level by now: of what is yet to begin or to end nothing has come about. */
function emitLevels(emit: Emit, levels: readonly Amount[], { measure, seats, now }: Counting): void {
  const begun = seats.filter(({ from }) => from <= now);
  for (const { from, to, value } of levels) {
    if (from > now || value === 0) continue;
    emitStay(emit, begun, { measure, from, to: to !== null && to <= now ? to : null, amount: value });
  }
}

function emitFlows(emit: Emit, flows: readonly Amount[], { measure, seats, now }: Counting): void {
  for (const { from, value } of flows) if (from <= now) emit(seatAt(seats, from).path, from, measure, value);
}

/** All that a unit's reports of a measure come to, whenever; and where it counts. */
function readAmounts(
  steps: readonly ReportStep[],
  { unit, measure }: { unit: number; measure: ReportMeasure },
  context: FoldContext,
): { amounts: Amount[]; seats: Seat[] } {
  const life = context.tree.get(unit);
  const told = listTold(steps);
  const seats = listOwnSeats(unit, measure.isOwn, context);
  if (measure.kind === 'stock') return { amounts: listLevels(told, life, context.zone), seats };
  const amounts = [...spreadFlow(told, life)].map(([month, value]) => ({
    ...{ from: startOfDay(nearestDay(month, life), context.zone), to: null, value },
  }));
  return { amounts, seats };
}

function fold(subject: Subject<ReportStep>, context: FoldContext, emit: Emit): SubjectState {
  const steps = inOrder(subject);
  const { last } = endsOf(steps);
  const { unit, at: endAt } = last;
  const measure: ReportMeasure | undefined = REPORT_MEASURES[last.measure as keyof typeof REPORT_MEASURES];
  if (!measure) return plainState({ unit, endAt });
  const { amounts, seats } = readAmounts(steps, { unit, measure }, context);
  const counting = { measure: last.measure as MeasureId, seats, now: context.now };
  const isLevel = measure.kind === 'stock';
  if (isLevel) emitLevels(emit, amounts, counting);
  else emitFlows(emit, amounts, counting);
  const changes = isLevel ? [...amounts.map(({ to }) => to), ...seats.map(({ from }) => from)] : [];
  return plainState({
    unit,
    endAt,
    nextAt: nextOf([...amounts.map(({ from }) => from), ...changes], context),
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
