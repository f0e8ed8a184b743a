import type { FigureRow, FiguresAnswer, FigureView } from '../../shared/answers.ts';
import { evaluate, findIndicator, INDICATORS, type Indicator, NO_FIGURE } from '../../shared/indicator.ts';
import { emptySums, MEASURE_IDS, type Sums } from '../../shared/measure.ts';
import {
  addDays,
  type DayRange,
  dayOf,
  isoOf,
  type Period,
  parsePeriod,
  startOfDay,
} from '../../shared/period.ts';
import { findSamePoint } from '../../shared/same-point.ts';
import { BEGINNING, type UnitLevel } from '../../shared/unit.ts';
import { AppError } from '../errors.ts';
import type { ScopedUnit } from '../people/scope.ts';
import { readFirstLive } from '../store/feed-store.ts';
import { readLastHeard, sumRanges } from '../store/sum-store.ts';
import { readAreas } from './areas.ts';
import { readSubjectSums } from './subjects.ts';
import {
  elapsedWorkingDays,
  findAbsence,
  listBelow,
  mapOf,
  type PeriodSums,
  readPeriodSums,
  sumDay,
  treeDayOf,
  type View,
  viewAsKnown,
} from './sums.ts';
import { showProcedure, showUnit } from './views.ts';

/** The period a request names; AppError `badInput` for none. */
export function getPeriod(key: string): Period {
  const period = parsePeriod(key);
  if (!period)
    throw new AppError('badInput', `${key} is no period.`, [
      { field: 'period', reason: 'use 2026-11-22, 2026-W47, 2026-11, 2026-Q4 or 2026' },
    ]);
  return period;
}

/** The indicators a request names by comma-separated ids, all without any; AppError `badInput` for an unknown one. */
export function getIndicators(ids: string | undefined): readonly Indicator[] {
  if (ids === undefined) return INDICATORS;
  return ids.split(',').map((id) => {
    const indicator = findIndicator(id.trim());
    if (!indicator)
      throw new AppError('badInput', `There is no indicator ${id}.`, [
        { field: 'indicators', reason: `${id} is not in the catalogue` },
      ]);
    return indicator;
  });
}

/** The instant, at most an hour off, that a row's start stands for. */
function momentOf(start: string, { site, now }: View): string {
  const from = startOfDay(start.slice(0, 10), site.zone);
  const hours = start.length > 10 ? Number(start.slice(11)) + 1 : 24;
  return isoOf(Math.min(from + hours * 3_600_000 - 1000, now), site.zone);
}

/** When each unit, or those that answer for it, was last heard of by the end of a period. */
async function readAsOf(
  view: View,
  units: readonly number[],
  period: DayRange,
): Promise<Map<number, string>> {
  const range = { from: BEGINNING, to: period.to };
  const map = mapOf(period, view.today);
  const answers = units.map((unit) => ({
    unit,
    by: view.tree.answer(unit, range, map).map((part) => part.unit),
  }));
  const tomorrow = addDays(view.today, 1);
  const until = view.asKnown !== null && tomorrow < period.to ? tomorrow : period.to;
  const heard = await readLastHeard(view.reader, [...new Set(answers.flatMap(({ by }) => by))], until);
  return new Map(
    answers.flatMap(({ unit, by }) => {
      const newest = by
        .flatMap((id) => heard.get(id) ?? [])
        .sort()
        .at(-1);
      return newest === undefined ? [] : [[unit, momentOf(newest, view)]];
    }),
  );
}

function leavesBelow(view: View, unit: number, day: string): number[] {
  const children = view.tree.childrenOn(unit, day);
  return children.length === 0 ? [unit] : children.flatMap((child) => leavesBelow(view, child.id, day));
}

/** For each unit the leaves below it in a period: those that report. */
function listLeaves(view: View, units: readonly number[], period: Period): Map<number, number[]> {
  const day = treeDayOf(period, view.today);
  return new Map(units.map((unit) => [unit, leavesBelow(view, unit, day)]));
}

/** The share, 0..1, of leaves that told anything. */
function completenessOf(leaves: readonly number[], sums: ReadonlyMap<number, PeriodSums>): number {
  const told = leaves.filter((leaf) => (sums.get(leaf)?.sums.steps ?? 0) > 0).length;
  return Math.round((told / leaves.length) * 10_000) / 10_000;
}

/** The same point of the period before a view's own. */
const samePoint = ({ today, now, site }: View, period: Period) =>
  findSamePoint(period, { today, now, zone: site.zone });

async function readPrevious(
  view: View,
  units: readonly number[],
  period: Period,
): Promise<Map<number, Sums>> {
  const { period: before, to, hours } = samePoint(view, period);
  // What is compared is the same territory: that of the period itself.
  const map = mapOf(period, view.today);
  const days = await readPeriodSums(view, units, { from: before.from, to, map });
  const sums = new Map(units.map((unit) => [unit, { ...(days.get(unit)?.sums ?? emptySums()) }]));
  if (before.from === to) {
    const stocks = await readPeriodSums(view, units, { from: addDays(to, -1), to, map });
    for (const [unit, own] of sums) {
      const end = stocks.get(unit)?.sums ?? emptySums();
      for (const id of ['open', 'overdue', 'dueSoon', 'openRepeat'] as const) own[id] = end[id];
    }
  }
  if (!hours) return sums;
  // Hours are not revised; at the end of a day they are the whole day.
  const part =
    view.asKnown === null
      ? await sumRanges(view.reader, units, [{ grain: 'hour', from: hours[0], to: hours[1] }])
      : await sumDay(view, units, to);
  for (const [unit, own] of sums) {
    const extra = part.get(unit) ?? emptySums();
    for (const id of MEASURE_IDS) own[id] += extra[id];
  }
  return sums;
}

type Shown = {
  indicators: readonly Indicator[];
  period: Period;
  before: Period;
  days: ElapsedDays;
  view: View;
};

/** Working days elapsed in a period, and up to the same point of the one before. */
type ElapsedDays = { own: number | null; before: number | null };
/** What is known of one row; sums are null for days in which nobody answers for the unit. */
type Facts = {
  sums: Sums | null;
  previous: Sums | null | undefined;
  asOf: string | null;
  completeness: number | null;
};

function showFigures({ indicators, period, days, view }: Shown, facts: Facts): Record<string, FigureView> {
  const provisional = period.to > view.today;
  const figure = (indicator: Indicator, sums: Sums | null, elapsed: number | null) =>
    sums === null ? NO_FIGURE : evaluate(indicator, sums, elapsed);
  return Object.fromEntries(
    indicators.map((indicator) => [
      indicator.id,
      {
        ...figure(indicator, facts.sums, days.own),
        provisional,
        asOf: facts.asOf,
        completeness: facts.completeness,
        ...(facts.previous === undefined ? {} : { previous: figure(indicator, facts.previous, days.before) }),
      },
    ]),
  );
}

/** What a request for figures asks. `field` narrows to one area of work. */
export type FiguresQuery = {
  period: string;
  indicators?: string | undefined;
  children?: '0' | '1' | undefined;
  compare?: '0' | '1' | undefined;
  by?: 'field' | 'procedure' | undefined;
  field?: string | undefined;
  /** As known at the end of this day. */
  asKnown?: string | undefined;
  /** Of what is below, the nearest units of this level instead of the children. */
  level?: UnitLevel | undefined;
};

async function readUnitRows(
  view: View,
  unit: ScopedUnit,
  query: FiguresQuery,
  shown: Shown,
): Promise<FigureRow[]> {
  const { period } = shown;
  const units = [unit, ...(query.children === '1' ? listBelow(view, unit, period, query.level) : [])];
  const leaves = listLeaves(view, units, period);
  const sums = await readPeriodSums(view, [...new Set([...units, ...leaves.values()].flat())], period);
  const previous = query.compare === '1' ? await readPrevious(view, units, period) : new Map<number, Sums>();
  const asOf = await readAsOf(view, units, period);
  return units.map((id) => {
    const { code, name, ref, level } = showUnit(view, id);
    const absence = findAbsence(view, id, period);
    const before = previous.get(id);
    const facts = {
      sums: absence ? null : (sums.get(id)?.sums ?? emptySums()),
      previous: before && findAbsence(view, id, shown.before) ? null : before,
      asOf: asOf.get(id) ?? null,
      completeness: absence ? null : completenessOf(leaves.get(id) ?? [], sums),
    };
    return { code, name, ref, level, id, ...absence, figures: showFigures(shown, facts) };
  });
}

async function readSubjectRows(
  view: View,
  unit: ScopedUnit,
  query: FiguresQuery,
  shown: Shown,
): Promise<FigureRow[]> {
  const kind = query.by ?? 'field';
  const within = query.by === 'procedure' ? { field: query.field } : {};
  const sums = await readSubjectSums(view, unit, { kind, range: shown.period, ...within });
  const asOf = (await readAsOf(view, [unit], shown.period)).get(unit) ?? null;
  const areas = await readAreas(view);
  const wanted = query.field === undefined ? undefined : areas.keyOf(query.field);
  return [...sums]
    .filter(([key]) => kind === 'procedure' || wanted === undefined || key === wanted)
    .map(([key, { sums: own }]) => ({
      ...(kind === 'field' ? areas.show(key) : showProcedure(view, key)),
      figures: showFigures(shown, { sums: own, previous: undefined, asOf, completeness: null }),
    }));
}

/** The view that a request asks for; AppError `badInput` for a day of which nothing was known, or by area of work. */
async function openAsKnown(view: View, { asKnown, by, field }: FiguresQuery): Promise<View> {
  if (asKnown === undefined) return view;
  const refuse = (reason: string) =>
    new AppError('badInput', `Figures as known on ${asKnown} cannot be told.`, [
      { field: 'asKnown', reason },
    ]);
  if (by !== undefined || field !== undefined)
    throw refuse('what was known of areas of work and procedures is not kept');
  if (asKnown > view.today) throw refuse('lies in the future');
  const live = await readFirstLive(view.reader);
  if (live === null) throw refuse('no feed has told of things as they happened');
  const first = dayOf(live, view.site.zone);
  if (asKnown < first) throw refuse(`what was known is kept since ${first}`);
  return viewAsKnown(view, asKnown);
}

/** Figures of a unit and its children, or of its areas of work or procedures. */
export async function readFigures(
  asked: View,
  unit: ScopedUnit,
  query: FiguresQuery,
): Promise<FiguresAnswer> {
  const view = await openAsKnown(asked, query);
  const period = getPeriod(query.period);
  const point = samePoint(view, period);
  const before = elapsedWorkingDays(view, { from: point.period.from, to: point.to });
  const days = { own: elapsedWorkingDays(view, period), before };
  const indicators = getIndicators(query.indicators);
  const shown: Shown = { indicators, period, before: point.period, days, view };
  const bySubject = query.by !== undefined || query.field !== undefined;
  const units = bySubject
    ? await readSubjectRows(view, unit, query, shown)
    : await readUnitRows(view, unit, query, shown);
  return {
    ...{ period: period.key, from: period.from, to: period.to, seq: view.clock.seq },
    ...(query.asKnown === undefined ? {} : { asKnown: query.asKnown }),
    units,
  };
}
