import type { Absence, SeriesAnswer, SeriesPoint } from '../../shared/answers.ts';
import { findIndicator } from '../../shared/catalogue.ts';
import { evaluate, type Indicator, listMeasures } from '../../shared/indicator.ts';
import { emptySums, type MeasureId, STOCK_IDS, type Sums } from '../../shared/measure.ts';
import {
  addDays,
  countPeriods,
  type DayRange,
  type Grain,
  hasEndedBy,
  isoOf,
  listPeriods,
  startOfDay,
} from '../../shared/period.ts';
import type { Part, TreeView } from '../../shared/unit.ts';
import { fineFrom } from '../acts/differences.ts';
import { AppError } from '../errors.ts';
import type { ScopedUnit } from '../people/scope.ts';
import { readAbsences, readFirsts, showTerritory } from './absence.ts';
import { readAreas } from './areas.ts';
import { getPeriod } from './asked.ts';
import { listParts } from './parts.ts';
import { addInto, type Read, readUnits } from './series-rows.ts';
import { elapsedWorkingDays, type View } from './sums.ts';
import { showUnit } from './views.ts';

/** What a request for a series asks: from a day or a period's first, to a day (exclusive) or a period's end. */
export type SeriesQuery = {
  indicator: string;
  from: string;
  to: string;
  grain: Grain;
  tree: TreeView;
  field?: string | undefined;
};

/** More points than this draw no better and read slower. */
const MOST_POINTS = 2000;

const HOUR_MS = 3_600_000;

/** A point's period: an hour `YYYY-MM-DDTHH`, or a longer one by its days. */
type Slot = { key: string; from: string; to: string };

/** The first day whose hours are kept, where a series by hour is asked for from an earlier one. */
function findKeptSince({ now, site }: View, { grain, from }: SeriesQuery): { keptSince?: string } {
  const keptSince = fineFrom(now, site.zone);
  return grain === 'hour' && from < keptSince ? { keptSince } : {};
}

/** The slots that are drawn; AppError `badInput`, before any is made, for more than can be. */
function listSlots(view: View, query: SeriesQuery): Slot[] {
  const tomorrow = addDays(view.today, 1);
  const range: DayRange = {
    from: findKeptSince(view, query).keptSince ?? query.from,
    to: query.to < tomorrow ? query.to : tomorrow,
  };
  const count = query.grain === 'hour' ? countPeriods(range, 'day') * 24 : countPeriods(range, query.grain);
  if (count > MOST_POINTS) {
    throw new AppError('badInput', `The series would have more than ${MOST_POINTS} points.`, [
      { field: 'grain', reason: 'is too fine for so many days' },
    ]);
  }
  if (query.grain !== 'hour') return listPeriods(range, query.grain);
  return listPeriods(range, 'day').flatMap(({ key }) =>
    Array.from({ length: 24 }, (_, hour) => {
      const slot = `${key}T${String(hour).padStart(2, '0')}`;
      return { key: slot, from: slot, to: `${slot}~` };
    }),
  );
}

const NOTHING = emptySums();

/** Sums of one slot: its rows' flows, and the stocks as they have run up to its end. */
function sumSlot(
  slot: Slot,
  reads: readonly (Read & { weight: number })[],
  running: Sums,
  { byDay, ids }: { byDay: boolean; ids: readonly MeasureId[] },
): Sums {
  const sums = { ...NOTHING };
  const starts = byDay
    ? listPeriods({ from: slot.from, to: slot.to }, 'day').map(({ key }) => key)
    : [slot.from];
  for (const { rows, weight } of reads) {
    for (const start of starts) {
      const row = rows.get(start);
      if (row) addInto(sums, row, { weight, ids });
    }
  }
  for (const id of STOCK_IDS) {
    running[id] += sums[id];
    sums[id] = running[id];
  }
  return sums;
}

/** `since` is the first month with figures of whoever answers; undefined where there is none. */
type Line = {
  view: View;
  indicator: Indicator;
  query: SeriesQuery;
  slots: readonly Slot[];
  since: string | undefined;
};

/** The instant an hour's slot begins. */
function startOfHour(slot: Slot, { site }: View): number {
  return startOfDay(slot.from.slice(0, 10), site.zone) + Number(slot.from.slice(11)) * HOUR_MS;
}

async function drawLine(
  { view, indicator, query, slots, since }: Line,
  parts: readonly Part[],
): Promise<SeriesPoint[]> {
  const first = slots[0];
  const last = slots.at(-1);
  if (!first || !last || since === undefined) return [];
  const ids = listMeasures([indicator]);
  const span = { from: first.from, to: last.to, ids };
  const read = await readUnits(
    view,
    parts.map(({ unit }) => unit),
    query,
    span,
  );
  const reads = parts.flatMap(({ unit, weight }) => {
    const own = read.get(unit);
    return own ? [{ ...own, weight }] : [];
  });
  const running = { ...NOTHING };
  for (const { base, weight } of reads) addInto(running, base, { weight, ids });
  const begin = parts.reduce((least, part) => (part.from < least ? part.from : least), '9999');
  const from = begin > since ? begin : since;
  const to = parts.reduce((most, part) => (part.to > most ? part.to : most), '');
  const points = slots.map((slot): SeriesPoint & { to: string } => {
    const sums = sumSlot(slot, reads, running, { byDay: query.grain === 'week', ids });
    const isHour = query.grain === 'hour';
    const end = isHour ? addDays(slot.from.slice(0, 10), 1) : slot.to;
    const days = elapsedWorkingDays(view, { from: slot.from.slice(0, 10), to: end });
    return {
      period: slot.key,
      from: isHour ? isoOf(startOfHour(slot, view), view.site.zone) : slot.from,
      to: end,
      ...evaluate(indicator, sums, isHour && indicator.unit === 'days' ? null : days),
      provisional: isHour ? startOfHour(slot, view) + HOUR_MS > view.now : end > view.today,
    };
  });
  return points
    .filter((point) => point.to > from && point.from.slice(0, 10) < to)
    .map(({ to: _, ...point }) => point);
}

function listBreaks(view: View, unit: number, range: DayRange): SeriesAnswer['breaks'] {
  const predecessors = view.tree.predecessorsOf(unit).filter(({ on }) => on <= view.today);
  const within = predecessors.filter(({ on }) => range.from < on && on < range.to);
  const deeper = predecessors.flatMap(({ predecessor }) => listBreaks(view, predecessor, range));
  const own = [...Map.groupBy(within, ({ on }) => on)].map(([on, taken]) => ({
    on,
    from: taken.map(({ predecessor }) => showUnit(view, predecessor)),
  }));
  return [...own, ...deeper];
}

/**
 * One indicator of a unit over time: one line on today's map, or, as it was then, one line for each unit that answered;
 * a line without points where nobody did.
 */
export async function readSeries(view: View, unit: ScopedUnit, asked: SeriesQuery): Promise<SeriesAnswer> {
  const from = getPeriod(asked.from);
  const to = getPeriod(asked.to);
  const query = { ...asked, from: from.from, to: to.grain === 'day' ? to.from : to.to };
  const indicator = findIndicator(query.indicator);
  if (!indicator)
    throw new AppError('badInput', `There is no indicator ${query.indicator}.`, [
      { field: 'indicator', reason: 'is not in the catalogue' },
    ]);
  if (query.from >= query.to)
    throw new AppError('badInput', 'The series ends before it begins.', [
      { field: 'to', reason: 'is not after from' },
    ]);
  if (query.field !== undefined && query.grain !== 'month') {
    throw new AppError('badInput', 'A series of an area of work is kept by month.', [
      { field: 'grain', reason: 'use month' },
    ]);
  }
  return drawSeries(view, unit, { indicator, query });
}

async function drawSeries(
  view: View,
  unit: number,
  { indicator, query }: { indicator: Indicator; query: SeriesQuery },
): Promise<SeriesAnswer> {
  const slots = listSlots(view, query);
  const range = {
    from: slots[0]?.from.slice(0, 10) ?? query.from,
    to: query.grain === 'hour' ? query.to : (slots.at(-1)?.to ?? query.to),
  };
  const isNow = query.tree === 'now';
  const absence = await findSeriesAbsence(view, unit, { query, range });
  const parts = absence ? [] : listParts(view, unit, range, { view: query.tree, on: view.today });
  const ids = [...new Set(parts.map((part) => part.unit))];
  const groups = isNow || ids.length === 0 ? [parts] : ids.map((id) => pickFirst(parts, id));
  const firsts = await readFirsts(view, isNow ? [unit] : ids);
  const series: SeriesAnswer['series'] = [];
  for (const group of groups) {
    const id = isNow ? unit : (group[0]?.unit ?? unit);
    const line: Line = { view, indicator, query, slots, since: firsts.get(id) };
    series.push({ unit: showUnit(view, id), points: await drawLine(line, group) });
  }
  return {
    unit: showUnit(view, unit),
    indicator: indicator.id,
    grain: query.grain,
    tree: query.tree,
    seq: view.clock.seq,
    ...absence,
    ...(isNow ? showTerritory(view, unit, range) : {}),
    ...findKeptSince(view, query),
    breaks: listBreaks(view, unit, range),
    series,
  };
}

const pickFirst = (parts: readonly Part[], unit: number) =>
  parts.filter((part) => part.unit === unit).slice(0, 1);

/** Why a series has no points: of the reading it asks for, as it was then nobody answers after a unit's end. */
async function findSeriesAbsence(
  view: View,
  unit: number,
  { query, range }: { query: SeriesQuery; range: DayRange },
): Promise<Absence | undefined> {
  const unknown = query.field === undefined ? undefined : (await readAreas(view)).findAbsence(query.field);
  if (unknown) return unknown;
  const facts = view.tree.get(unit);
  if (query.tree === 'then' && hasEndedBy(facts, range.from)) return { ended: facts.to };
  return (await readAbsences(view, [unit]))(unit, range);
}
