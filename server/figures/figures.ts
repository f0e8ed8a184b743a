import type { Absence, FigureRow, FiguresAnswer, FigureView } from '../../shared/answers.ts';
import { type Expected, expectedOf, TOLD_IDS } from '../../shared/completeness.ts';
import { evaluate, type Indicator, listMeasures, NO_FIGURE } from '../../shared/indicator.ts';
import { emptySums, type Sums } from '../../shared/measure.ts';
import { motionOf } from '../../shared/pace.ts';
import { dayOf, type Period } from '../../shared/period.ts';
import type { UnitLevel } from '../../shared/unit.ts';
import { momentOf, openThresholds, type ToldThresholds } from '../alerts/thresholds.ts';
import { AppError } from '../errors.ts';
import type { ScopedUnit } from '../people/scope.ts';
import { readFirstLive } from '../store/feed-store.ts';
import { type FindTarget, openTargets } from '../targets/held.ts';
import { readAbsences, showTerritory } from './absence.ts';
import { readAreas } from './areas.ts';
import { getIndicators, getPeriod } from './asked.ts';
import { readPrevious, samePoint } from './previous.ts';
import { completenessOf, listReporting, readAsOf } from './reporting.ts';
import { type FindStated, readStated } from './stated.ts';
import { readSubjectSums } from './subjects.ts';
import {
  elapsedWorkingDays,
  listBelow,
  type PeriodSums,
  readPeriodSums,
  type View,
  viewAsKnown,
} from './sums.ts';
import { type FindUnreported, readUnreported } from './unreported.ts';
import { showProcedure, showUnit } from './views.ts';

type Shown = {
  indicators: readonly Indicator[];
  period: Period;
  before: Period;
  days: ElapsedDays;
  view: View;
  /** What colours the figures of a unit. */
  thresholds: ToldThresholds;
  /** What the figures of some units are to reach. */
  openTargets: (units: readonly number[]) => Promise<FindTarget>;
};

/** Working days elapsed in a period, and up to the same point of the one before. */
type ElapsedDays = { own: number | null; before: number | null };
/** What is known of one row; sums are null for days in which nobody answers for the unit. */
type Facts = {
  unit: number;
  sums: Sums | null;
  previous: Sums | null | undefined;
  asOf: string | null;
  /** The share of units that told of what they are expected to; null where that is not known. */
  completeness: Readonly<Record<Expected, number>> | null;
  /** Figures that sums do not give, and those of the period before. */
  stated?: { own: FindStated; before: FindStated | undefined };
  findTarget?: FindTarget;
  findUnreported?: FindUnreported;
};

const readShares = (leaves: readonly number[], sums: ReadonlyMap<number, PeriodSums>) => ({
  dossier: completenessOf(leaves, sums, 'dossier'),
  document: completenessOf(leaves, sums, 'document'),
});

function shareOf(indicator: Indicator, { completeness }: Facts): number | null {
  const expected = expectedOf(indicator);
  return expected && completeness ? completeness[expected] : null;
}

function showFigures(shown: Shown, facts: Facts): Record<string, FigureView> {
  const { indicators, period, days, view } = shown;
  const thresholds = shown.thresholds(facts.unit);
  const told = (id: string) => {
    const threshold = thresholds.get(id);
    return threshold ? { threshold } : {};
  };
  const toldTarget = (indicator: Indicator) => {
    const target =
      period.grain === 'year' || motionOf(indicator) !== 'flow'
        ? facts.findTarget?.(facts.unit, indicator)
        : null;
    return target ? { target } : {};
  };
  const toldUnreported = (indicator: Indicator) => {
    const unreported = facts.sums && facts.findUnreported?.(facts.unit, indicator);
    return unreported ? { unreported } : {};
  };
  const provisional = period.to > view.today;
  const figure = (
    indicator: Indicator,
    sums: Sums | null,
    { elapsed, stated }: { elapsed: number | null; stated: FindStated | undefined },
  ) => {
    if (indicator.basis !== 'sums') return stated?.(facts.unit, indicator) ?? NO_FIGURE;
    return sums === null ? NO_FIGURE : evaluate(indicator, sums, elapsed);
  };
  const own = { elapsed: days.own, stated: facts.stated?.own };
  const before = { elapsed: days.before, stated: facts.stated?.before };
  return Object.fromEntries(
    indicators.map((indicator) => [
      indicator.id,
      {
        ...figure(indicator, facts.sums, own),
        provisional,
        asOf: facts.asOf,
        completeness: shareOf(indicator, facts),
        ...told(indicator.id),
        ...toldTarget(indicator),
        ...toldUnreported(indicator),
        ...(facts.previous === undefined ? {} : { previous: figure(indicator, facts.previous, before) }),
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

/** Figures of other bases than sums, of the period and, where they are compared, of the same point before. */
async function readStatedFor(
  view: View,
  units: readonly number[],
  query: FiguresQuery,
  { indicators, period }: Shown,
): Promise<NonNullable<Facts['stated']>> {
  const own = await readStated(view, { indicators, units, period, to: period.to });
  if (query.compare !== '1') return { own, before: undefined };
  const point = samePoint(view, period);
  return { own, before: await readStated(view, { indicators, units, period: point.period, to: point.to }) };
}

async function readUnitRows(
  view: View,
  unit: ScopedUnit,
  query: FiguresQuery,
  shown: Shown,
): Promise<FigureRow[]> {
  const { period } = shown;
  const units = [unit, ...(query.children === '1' ? listBelow(view, unit, period, query.level) : [])];
  const findAbsence = await readAbsences(view, units);
  const leaves = new Map(units.map((id) => [id, listReporting(view, id, period)]));
  const ids = listMeasures(shown.indicators);
  const sums = await readPeriodSums(view, units, { ...period, ids });
  const heard = await readPeriodSums(view, [...new Set([...leaves.values()].flat())], {
    ...period,
    ids: TOLD_IDS,
  });
  const previous =
    query.compare === '1' ? await readPrevious(view, units, { period, ids }) : new Map<number, Sums>();
  const asOf = await readAsOf(view, units, period);
  const stated = await readStatedFor(view, units, query, shown);
  const findTarget = await shown.openTargets(units);
  const { indicators } = shown;
  const findUnreported = await readUnreported(view, units, { indicators, period, sums });
  return units.map((id) => {
    const { code, name, ref, level } = showUnit(view, id);
    const absence = findAbsence(id, period);
    const before = previous.get(id);
    const facts = {
      unit: id,
      sums: absence ? null : (sums.get(id)?.sums ?? emptySums()),
      previous: before && findAbsence(id, shown.before) ? null : before,
      asOf: asOf.get(id) ?? null,
      completeness: absence ? null : readShares(leaves.get(id) ?? [], heard),
      ...{ stated, findTarget, findUnreported },
    };
    const standing = { ...absence, ...showTerritory(view, id, period) };
    return { code, name, ref, level, id, ...standing, figures: showFigures(shown, facts) };
  });
}

type SubjectRows = { absence: Absence | undefined; rows: FigureRow[] };

async function readSubjectRows(
  view: View,
  unit: ScopedUnit,
  query: FiguresQuery,
  shown: Shown,
): Promise<SubjectRows> {
  const areas = await readAreas(view);
  const { field } = query;
  const absence =
    (field === undefined ? undefined : areas.findAbsence(field)) ??
    (await readAbsences(view, [unit]))(unit, shown.period);
  if (absence) return { absence, rows: [] };
  const kind = query.by ?? 'field';
  const within = query.by === 'procedure' ? { field } : {};
  const sums = await readSubjectSums(view, unit, { kind, range: shown.period, ...within });
  const asOf = (await readAsOf(view, [unit], shown.period)).get(unit) ?? null;
  const wanted = field === undefined ? undefined : areas.keyOf(field);
  const rows = [...sums]
    .filter(([key]) => kind === 'procedure' || wanted === undefined || key === wanted)
    .map(([key, { sums: own }]) => ({
      ...(kind === 'field' ? areas.show(key) : showProcedure(view, key)),
      figures: showFigures(shown, { unit, sums: own, previous: undefined, asOf, completeness: null }),
    }));
  return { absence: undefined, rows };
}

/** The view that a request asks for; AppError `badInput` for a day of which nothing was known, or by area of work. */
export async function openAsKnown(
  view: View,
  { asKnown, by, field }: Pick<FiguresQuery, 'asKnown' | 'by' | 'field'>,
): Promise<View> {
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
  const thresholds = await openThresholds(view, momentOf(view, period.to), indicators);
  const year = Number(period.from.slice(0, 4));
  const shown: Shown = {
    ...{ indicators, period, before: point.period, days, view, thresholds },
    openTargets: (units) => openTargets(view, { year, indicators, units }),
  };
  const bySubject = query.by !== undefined || query.field !== undefined;
  const { absence, rows } = bySubject
    ? await readSubjectRows(view, unit, query, shown)
    : { absence: undefined, rows: await readUnitRows(view, unit, query, shown) };
  return {
    ...{ period: period.key, from: period.from, to: period.to, seq: view.clock.seq },
    ...(query.asKnown === undefined ? {} : { asKnown: query.asKnown }),
    ...absence,
    units: rows,
  };
}
