/** Targets as the public surface tells of them: what is to be reached, where that comes from, what was set, the pace it needs. */
import type { FigureView } from '../../shared/answers.ts';
import { findIndicator, INDICATORS } from '../../shared/catalogue.ts';
import { type Figure, type Indicator, NO_FIGURE } from '../../shared/indicator.ts';
import { figureOf, motionOf, type Pace, percentOfWay, plannedBy, tellPace } from '../../shared/pace.ts';
import { addDays, isoOf } from '../../shared/period.ts';
import { isAimed, type TargetView } from '../../shared/target.ts';
import type { TargetRow, TargetsAnswer, TargetVersion } from '../../shared/target-wire.ts';
import { sayWho } from '../alerts/provenance.ts';
import { AppError } from '../errors.ts';
import { readFigures } from '../figures/figures.ts';
import { elapsedWorkingDays, listBelow, type View } from '../figures/sums.ts';
import { showUnit } from '../figures/views.ts';
import type { ViewerCaller } from '../people/caller.ts';
import { hasRole } from '../people/roles.ts';
import { isVisible, narrowTo, type ScopedUnit } from '../people/scope.ts';
import { readTitlesByLogin } from '../store/account-store.ts';
import { readFirstMonths } from '../store/span-store.ts';
import { readTargets, readWaiting, type StoredTarget } from '../store/target-store.ts';
import { type FindTarget, openTargets, yearRange } from './held.ts';

/** Days of a year as its targets count them; null where the calendar has no such year. */
type Days = { gone: number; left: number } | null;

/** Working days of a year since a day: those that have begun, and those still to come. */
function countDays(view: View, year: number, since: string): Days {
  const { calendar } = view.site;
  if (!calendar.hasYear(year)) return null;
  const { from, to } = yearRange(year);
  const start = since > from ? since : from;
  const gone = elapsedWorkingDays(view, { from: start, to });
  return gone === null ? null : { gone, left: calendar.workingDaysBetween(start, to) - gone };
}

type Reading = {
  view: View;
  caller: ViewerCaller;
  year: number;
  find: FindTarget;
  titles: Awaited<ReturnType<typeof readTitlesByLogin>>;
  /** Figures of a unit in the year, and in the one before. */
  figures: ReadonlyMap<number, Record<string, FigureView>>;
  before: ReadonlyMap<number, Record<string, FigureView>>;
  firstMonths: ReadonlyMap<number, string>;
  versions: readonly StoredTarget[];
};

/** A version of a target as answers show it. */
function showVersion(
  { view, caller, titles }: Pick<Reading, 'view' | 'caller' | 'titles'>,
  stored: StoredTarget,
): TargetVersion {
  const { id, indicator, year, value, office, paper, reason, state, savedBy, signedBy } = stored;
  const iso = (at: number | null) => (at === null ? null : isoOf(at, view.site.zone));
  return {
    ...{ id, unit: showUnit(view, stored.unit), indicator, year, value, office, paper, reason, state },
    ...{ savedAt: isoOf(stored.savedAt, view.site.zone), savedBy: sayWho({ titles }, savedBy) ?? savedBy },
    ...{
      signedAt: iso(stored.signedAt),
      signedBy: sayWho({ titles }, signedBy),
      endedAt: iso(stored.endedAt),
    },
    may: mayDo(view, caller, stored),
  };
}

const maySet = (view: View, caller: ViewerCaller, unit: number) =>
  caller.kind === 'person' && hasRole(caller, 'editor', unit, view);

function mayDo(
  view: View,
  caller: ViewerCaller,
  { state, unit, savedBy }: StoredTarget,
): TargetVersion['may'] {
  if (state !== 'proposed' || caller.kind !== 'person' || !maySet(view, caller, unit)) return [];
  const isOwn = view.site.alerting.fourEyes && savedBy === `person:${caller.login}`;
  return isOwn ? ['reject'] : ['sign', 'reject'];
}

type Course = Pick<TargetRow, 'base' | 'planned' | 'percent' | 'pace'>;

/** What a figure was before the year: a flow begins from nothing. */
function baseOf(indicator: Indicator, before: Figure): number | null {
  return motionOf(indicator) === 'flow' ? 0 : figureOf(indicator, before);
}

function tellCourse(
  indicator: Indicator,
  target: TargetView | null,
  { figure, before, days }: { figure: Figure; before: Figure; days: Days },
): Course {
  const base = baseOf(indicator, before);
  const unknown: Pace = { state: 'unknown' };
  if (!target || !days) return { base, planned: null, percent: null, pace: unknown };
  const { gone, left } = days;
  if (gone === 0 && left > 0) return { base, planned: null, percent: null, pace: { state: 'ahead' } };
  const way = { base: base ?? 0, target: target.value, share: gone + left > 0 ? gone / (gone + left) : 1 };
  const now = figureOf(indicator, figure);
  const isUp = indicator.direction === 'up';
  const isThere =
    base !== null && motionOf(indicator) !== 'flow' && (isUp ? base >= way.target : base <= way.target);
  const hasWay = base !== null && !isThere && motionOf(indicator) !== null;
  return {
    base,
    planned: hasWay ? plannedBy(way) : null,
    percent: hasWay && now !== null ? percentOfWay({ ...way, now }) : null,
    pace: tellPace(indicator, { figure, base, target: target.value, daysGone: gone, daysLeft: left }),
  };
}

function showRow(reading: Reading, unit: number, indicator: Indicator): TargetRow {
  const { view, caller, year } = reading;
  const figure = reading.figures.get(unit)?.[indicator.id] ?? NO_FIGURE;
  const before = reading.before.get(unit)?.[indicator.id] ?? NO_FIGURE;
  const days = countDays(view, year, reading.firstMonths.get(unit) ?? '');
  const target = reading.find(unit, indicator);
  const own = reading.versions.filter((one) => one.unit === unit && one.indicator === indicator.id);
  return {
    ...{ unit: showUnit(view, unit), indicator: indicator.id, target, motion: motionOf(indicator) },
    now: figureOf(indicator, figure),
    ...{ numerator: figure.numerator, denominator: figure.denominator },
    ...tellCourse(indicator, target, { figure, before, days }),
    versions: own.map((one) => showVersion(reading, one)).reverse(),
    maySet: maySet(view, caller, unit),
  };
}

async function readYear(
  view: View,
  unit: ScopedUnit,
  { year, indicators, children }: { year: number; indicators: readonly Indicator[]; children: '0' | '1' },
): Promise<Reading['figures']> {
  const ids = indicators.map(({ id }) => id).join(',');
  const { units } = await readFigures(view, unit, { period: String(year), indicators: ids, children });
  return new Map(units.flatMap(({ id, figures }) => (id === undefined ? [] : [[id, figures] as const])));
}

type Query = { year?: number | undefined; indicator?: string | undefined };

function getAimed(id: string | undefined): readonly Indicator[] {
  if (id === undefined) return INDICATORS.filter(isAimed);
  const indicator = findIndicator(id);
  if (indicator && isAimed(indicator)) return [indicator];
  throw new AppError('badInput', `${id} can have no target.`, [
    { field: 'indicator', reason: indicator ? 'has no good direction' : 'is not in the catalogue' },
  ]);
}

/**
 * The targets of a unit in a year: every indicator that has one there; with an indicator named, that of the unit and of each unit
 * directly below it. AppError `badInput` for one that can have none.
 */
export async function listTargets(
  view: View,
  unit: ScopedUnit,
  { query, caller }: { query: Query; caller: ViewerCaller },
): Promise<TargetsAnswer> {
  const year = query.year ?? Number(view.today.slice(0, 4));
  const { from, to } = yearRange(year);
  const indicators = getAimed(query.indicator);
  const children = query.indicator === undefined ? '0' : '1';
  const below = query.indicator === undefined ? [] : listBelow(view, unit, { from, to });
  const units = [unit, ...below];
  const ids = indicators.map(({ id }) => id);
  const reading: Reading = {
    ...{ view, caller, year },
    find: await openTargets(view, { year, indicators, units }),
    titles: await readTitlesByLogin(view.reader),
    figures: await readYear(view, unit, { year, indicators, children }),
    before: await readYear(view, unit, { year: year - 1, indicators, children }),
    firstMonths: await readFirstMonths(view.reader, units),
    versions: await readTargets(view.reader, { year, indicators: ids, units }),
  };
  const days = countDays(view, year, '');
  const rows = units.flatMap((id) => indicators.map((indicator) => showRow(reading, id, indicator)));
  const narrowed = narrowTo(view, unit);
  const waiting = (await readWaiting(view.reader, year)).filter((one) => isVisible(narrowed, one.unit));
  return {
    ...{ seq: view.clock.seq, unit: showUnit(view, unit), year, until: addDays(to, -1) },
    ...{ daysGone: days?.gone ?? null, daysLeft: days?.left ?? null },
    ...{ fourEyes: view.site.alerting.fourEyes, maySet: maySet(view, caller, unit) },
    rows: rows.filter(
      ({ target, versions }) => query.indicator !== undefined || target !== null || versions.length > 0,
    ),
    waiting: waiting.map((one) => showVersion(reading, one)),
  };
}

/** One version as answers show it. AppError `notFound`. */
export async function readVersion(view: View, caller: ViewerCaller, stored: StoredTarget | undefined) {
  if (!stored) throw new AppError('notFound', 'There is no such target.');
  return showVersion({ view, caller, titles: await readTitlesByLogin(view.reader) }, stored);
}
