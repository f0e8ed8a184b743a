/**
 * Sums of units over days, wherever the days lie: today's map or the past's. Hides lineage, weights and which rows
 * hold what. Law: a rate is never read, only sums are; missing predecessors are never silently left out.
 */
import { emptySums, MEASURE_IDS, type MeasureId, STOCK_IDS, type Sums } from '../../shared/measure.ts';
import { obtain } from '../../shared/obtain.ts';
import { addDays, type DayRange, dayOf, hasEndedBy, startOfDay } from '../../shared/period.ts';
import { BEGINNING, type Part, type Unit, type UnitLevel, type UnitMap } from '../../shared/unit.ts';
import { openReach, type Reach } from '../people/scope.ts';
import type { Site } from '../site.ts';
import type { Clock, Reader } from '../store/store.ts';
import { coverDays, type RowRange, sumRanges, sumRevisions } from '../store/sum-store.ts';
import { listParts, listTerritory } from './parts.ts';

/**
 * What every read works with, and what it may show. With `asKnown` it sees what was known at the end of that day, which is
 * then its today.
 */
export type View = Reach & {
  reader: Reader;
  site: Site;
  clock: Clock;
  now: number;
  asKnown: string | null;
};

/** What a view is made of; `units` are those of the viewer's grants. */
export type ViewParts = Pick<View, 'reader' | 'site' | 'tree' | 'clock' | 'now'> & {
  units: readonly number[];
};

/** A view at an instant. AppError `forbidden` without any unit. */
export function createView({ units, ...parts }: ViewParts): View {
  const today = dayOf(parts.now, parts.site.zone);
  return { ...parts, ...openReach(parts.tree, units, today), asKnown: null };
}

/** The same view at the end of an earlier day, seeing what was known then. */
export function viewAsKnown(view: View, day: string): View {
  if (day >= view.today) return view;
  const now = startOfDay(addDays(day, 1), view.site.zone) - 1;
  return { ...view, now, today: day, asKnown: day };
}

/** Sums over a period: flows of its days, stocks at its end, and the stock it began with (`carried`). */
export type PeriodSums = { sums: Sums; carried: number };

/** Days whose sums are wanted, on the map of their last day unless `map` says another; of `ids` alone where they are named. */
export type SumOrder = DayRange & { map?: UnitMap; ids?: readonly MeasureId[] };

/** Days as far as a view sees them. */
function clip({ asKnown, today }: View, { from, to }: DayRange): DayRange {
  const tomorrow = addDays(today, 1);
  return { from, to: asKnown !== null && to > tomorrow ? tomorrow : to };
}

/** The row of all time. */
const EVER: RowRange = { grain: 'ever', from: '', to: '0' };
/** A day after all days. */
const END = '9999-01-01';

/** Every row there is up to a day; past today that is the one row of all time. */
function rowsUntil(day: string, { today, asKnown }: View): RowRange[] {
  return day > today && asKnown === null ? [EVER] : coverDays({ from: BEGINNING, to: day });
}

function addWeighted(into: Sums, sums: Sums, weight: number, ids: readonly (keyof Sums)[]): void {
  for (const id of ids) into[id] += sums[id] * weight;
}

const NOTHING = emptySums();

/**
 * Which measures are wanted: `flows` of the days of a period, `stocks` up to its end; what is to be read for that; and whether what
 * was carried over is wanted too.
 */
export type Columns = Record<'flows' | 'stocks' | 'own' | 'end', readonly MeasureId[]> & {
  isCarried: boolean;
};

const STOCKS: ReadonlySet<MeasureId> = new Set(STOCK_IDS);
/** What a unit had in hand when a period began, and what it passed on, is worked out from these. */
const IN_HAND = [
  ...(['open', 'takenOnline', 'takenOffline', 'inherited', 'passedOn'] as const),
  ...(['resolvedEarly', 'resolvedOnTime', 'resolvedLate'] as const),
];

function columnsFor(ids: readonly MeasureId[]): Columns {
  const isCarried = ids.includes('passedOn');
  const flows = ids.filter((id) => !STOCKS.has(id));
  const stocks = ids.filter((id) => STOCKS.has(id));
  if (!isCarried) return { flows, stocks, own: flows, end: stocks, isCarried };
  const [own, end] = [new Set([...flows, ...IN_HAND]), new Set([...stocks, 'open' as const])];
  return { flows, stocks, own: [...own], end: [...end], isCarried };
}

/** Every measure. */
export const ALL_COLUMNS = columnsFor(MEASURE_IDS);

/** What was open when a part's unit ended: what it had and was given, without what it passed on or brought to an end. */
function leftOpen(before: number, flows: Sums): number {
  const given = flows.takenOnline + flows.takenOffline + flows.inherited - flows.passedOn;
  return before + given - flows.resolvedEarly - flows.resolvedOnTime - flows.resolvedLate;
}

const lastOf = (parts: readonly Part[]) =>
  parts.reduce((most, part) => (part.to > most ? part.to : most), BEGINNING);

/** What was read of a part: sums over its days, and of all rows to its last day. */
export type PartSums = { own: Sums; end: Sums };

/** Adds up the parts of an answer. Of a unit that began or ended within a month they may be the whole month's. */
export function combineParts(
  parts: readonly Part[],
  of: (part: Part) => PartSums,
  { flows, stocks, isCarried }: Columns = ALL_COLUMNS,
): PeriodSums {
  const sums = emptySums();
  let carried = 0;
  const to = lastOf(parts);
  for (const part of parts) {
    const { own, end } = of(part);
    addWeighted(sums, own, part.weight, flows);
    if (part.to === to) addWeighted(sums, end, part.weight, stocks);
    if (!isCarried) continue;
    const before = end.open - own.open;
    if (part.to !== to) carried -= part.weight * leftOpen(before, own);
    carried += part.weight * (before + own.inherited);
  }
  return { sums, carried };
}

/** What a unit had in hand when it ended and its territory did not keep, its departments' work, was passed on. */
export function settleEnd({ to }: Pick<Unit, 'to'>, { sums, carried }: PeriodSums): PeriodSums {
  if (to === null || carried >= 0) return { sums, carried };
  return { sums: { ...sums, passedOn: sums.passedOn - carried }, carried: 0 };
}

/** Takes out of sums over some days what became known of them later. */
async function forgetRevisions(
  view: View,
  sums: Map<number, Sums>,
  { days, ids }: { days: DayRange; ids: readonly MeasureId[] },
): Promise<void> {
  const order = { days, knownAfter: view.asKnown ?? view.today, ids };
  for (const [unit, later] of await sumRevisions(view.reader, [...sums.keys()], order)) {
    const own = sums.get(unit);
    if (own) for (const id of ids) own[id] -= later[id] ?? 0;
  }
}

/** What one day added to the sums of units, stocks included, without lineage. Hours are not revised. */
async function sumDay(
  view: View,
  units: readonly number[],
  { day, ids }: { day: string; ids: readonly MeasureId[] },
): Promise<Map<number, Sums>> {
  const days = { from: day, to: addDays(day, 1) };
  const sums = await sumRanges(view.reader, units, [{ grain: 'day', ...days }], ids);
  if (view.asKnown !== null) await forgetRevisions(view, sums, { days, ids });
  return sums;
}

/** Some hours of a day whose sums are wanted, on the map of a period. */
export type HourOrder = { day: string; from: string; to: string; map: UnitMap; ids?: readonly MeasureId[] };

/** Sums of units over some hours of a day. */
export async function sumHours(
  view: View,
  units: readonly number[],
  { day, from, to, map, ids = MEASURE_IDS }: HourOrder,
): Promise<Map<number, Sums>> {
  const range = { from: day, to: addDays(day, 1) };
  const parts = new Map(units.map((unit) => [unit, listParts(view, unit, range, map)]));
  const tellers = [...new Set([...parts.values()].flat().map(({ unit }) => unit))];
  const told =
    view.asKnown === null
      ? await sumRanges(view.reader, tellers, [{ grain: 'hour', from, to }], ids)
      : await sumDay(view, tellers, { day, ids });
  return new Map(
    [...parts].map(([unit, own]) => {
      const sums = emptySums();
      for (const part of own) addWeighted(sums, told.get(part.unit) ?? NOTHING, part.weight, ids);
      return [unit, sums];
    }),
  );
}

/** For how long back it is less to take what came since a day from all there is than to add up what came before. */
const RECENT_DAYS = 366;

/** Sums of everything up to a day: what a stock is at its beginning. */
async function sumUntil(
  view: View,
  units: readonly number[],
  { day, ids }: { day: string; ids: readonly MeasureId[] },
): Promise<Map<number, Sums>> {
  const { reader, today, asKnown } = view;
  const isRecent = asKnown === null && day <= today && day > addDays(today, -RECENT_DAYS);
  if (!isRecent) return sumRanges(reader, units, rowsUntil(day, view), ids);
  const sums = await sumRanges(reader, units, [EVER], ids);
  for (const [unit, since] of await sumRanges(reader, units, coverDays({ from: day, to: END }), ids)) {
    const own = sums.get(unit);
    if (own) for (const id of ids) own[id] -= since[id];
  }
  return sums;
}

type Wanted = { units: Set<number>; range: DayRange; parts: Part[]; hasEnd: boolean };

/** Parts of the same days; those that another part follows have no end to be read. */
function groupParts(answers: Iterable<readonly Part[]>, { isCarried }: Columns): Wanted[] {
  const groups = new Map<string, Wanted>();
  for (const parts of answers) {
    const last = lastOf(parts);
    for (const part of parts) {
      const hasEnd = isCarried || part.to === last;
      const key = `${part.from}|${part.to}|${hasEnd}`;
      const group = obtain(groups, key, () => ({ units: new Set<number>(), range: part, parts: [], hasEnd }));
      group.units.add(part.unit);
      group.parts.push(part);
    }
  }
  return [...groups.values()];
}

async function readParts(
  view: View,
  answers: Iterable<readonly Part[]>,
  columns: Columns,
): Promise<Map<Part, PartSums>> {
  const result = new Map<Part, PartSums>();
  for (const { units, range, parts: members, hasEnd } of groupParts(answers, columns)) {
    const seen = clip(view, range);
    const ids = hasEnd ? columns.end : [];
    const own = await sumRanges(view.reader, [...units], coverDays(seen), columns.own);
    const end = await sumUntil(view, [...units], { day: seen.to, ids });
    if (view.asKnown !== null) {
      await forgetRevisions(view, own, { days: seen, ids: columns.own });
      await forgetRevisions(view, end, { days: { from: BEGINNING, to: seen.to }, ids });
    }
    for (const part of members) {
      result.set(part, { own: own.get(part.unit) ?? NOTHING, end: end.get(part.unit) ?? NOTHING });
    }
  }
  return result;
}

/** The map a period is shown on: that of its last day, or of today while it runs. */
export function mapOf(range: DayRange, today: string): UnitMap {
  return { view: 'now', on: treeDayOf(range, today) };
}

/**
 * Sums of many units over the same days; a unit that nobody answers for has zeros. On the map of the period's last day unless
 * `map` says another: what a unit took over later was not yet its own. With `ids` all else is 0, and `carried` is told with
 * `passedOn` alone.
 */
export async function readPeriodSums(
  view: View,
  units: readonly number[],
  range: SumOrder,
): Promise<Map<number, PeriodSums>> {
  const map = range.map ?? mapOf(range, view.today);
  const answers = new Map(units.map((unit) => [unit, listParts(view, unit, range, map)]));
  const columns = range.ids === undefined ? ALL_COLUMNS : columnsFor(range.ids);
  const read = await readParts(view, answers.values(), columns);
  const of = (part: Part) => read.get(part) ?? { own: NOTHING, end: NOTHING };
  return new Map(
    [...answers].map(([unit, parts]) => [
      unit,
      settleEnd(view.tree.get(unit), combineParts(parts, of, columns)),
    ]),
  );
}

/** The day whose tree a period shows: its last day, or today while it runs. */
export function treeDayOf(range: DayRange, today: string): string {
  const last = addDays(range.to, -1);
  return last < today ? last : today;
}

/**
 * What stands directly below a unit in a period: its children; in a time before it existed its predecessors, after its end
 * the communes of its territory.
 */
function listDirect(view: View, unit: number, range: DayRange): number[] {
  const day = treeDayOf(range, view.today);
  const facts = view.tree.get(unit);
  if (day < facts.from) return view.tree.foundersOf(unit);
  if (hasEndedBy(facts, day)) return listTerritory(view, unit, day).map((part) => part.unit);
  return view.tree.childrenOn(unit, day).map((child) => child.id);
}

/** What stands below a unit in a period; with a level the nearest units of that level, however deep. */
export function listBelow(view: View, unit: number, range: DayRange, level?: UnitLevel): number[] {
  const direct = listDirect(view, unit, range);
  if (level === undefined) return direct;
  return direct.flatMap((id) =>
    view.tree.get(id).level === level ? [id] : listBelow(view, id, range, level),
  );
}

/** Working days of a period that have begun; null where a year's calendar is not loaded. */
export function elapsedWorkingDays(view: View, range: DayRange): number | null {
  const tomorrow = addDays(view.today, 1);
  const to = range.to < tomorrow ? range.to : tomorrow;
  for (let year = Number(range.from.slice(0, 4)); year <= Number(addDays(to, -1).slice(0, 4)); year++) {
    if (!view.site.calendar.hasYear(year)) return null;
  }
  return range.from < to ? view.site.calendar.workingDaysBetween(range.from, to) : 0;
}
