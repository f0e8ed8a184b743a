/**
 * What was corrected of figures, and by how much: differences that reached days gone by. Law: the figure after a correction is that
 * of the days then gone by as known at the end of the day on which it was told; the one before it as known the evening before.
 */
import type { Correction } from '../../shared/explain.ts';
import { evaluate, type Figure, type Indicator, listMeasures } from '../../shared/indicator.ts';
import { emptySums, MEASURES, type MeasureId, type Sums } from '../../shared/measure.ts';
import { addDays, dayOf, isoOf, type Period, startOfDay } from '../../shared/period.ts';
import type { Part } from '../../shared/unit.ts';
import { listParts } from '../figures/parts.ts';
import { elapsedWorkingDays, mapOf, readPeriodSums, type View } from '../figures/sums.ts';
import { readFeedViews } from '../figures/units.ts';
import { narrowTo, type ScopedUnit } from '../people/scope.ts';
import { readFeeds } from '../store/feed-store.ts';
import { type Corrector, type Revision, readCorrectors, readRevisions } from '../store/revision-store.ts';
import { readSeriesRows } from '../store/sum-store.ts';

/** What is asked of corrections: of which figures, since when they were told. */
export type CorrectionOrder = {
  unit: ScopedUnit;
  period: Period;
  indicators: readonly Indicator[];
  /** The first and the last day on which they were told. */
  knownFrom: string;
  knownTo: string;
  /** Days of corrections at the most, the newest. */
  most: number;
};

/** What one day of a unit says of sums over the parts of an answer: flows of their days, stocks of all days before their end. */
function addDay(into: Sums, parts: readonly Part[], row: { unit: number; day: string; sums: Partial<Sums> }) {
  const last = parts.reduce((most, { to }) => (to > most ? to : most), '');
  for (const { unit, from, to, weight } of parts) {
    if (unit !== row.unit || row.day >= to) continue;
    for (const measure of Object.keys(row.sums) as MeasureId[]) {
      const counts = MEASURES[measure].kind === 'stock' ? to === last : row.day >= from;
      if (counts) into[measure] += (row.sums[measure] ?? 0) * weight;
    }
  }
}

function subtract(from: Sums, less: Sums, ids: readonly MeasureId[]): Sums {
  const rest = { ...from };
  for (const id of ids) rest[id] -= less[id];
  return rest;
}

type Sheet = {
  view: View;
  order: CorrectionOrder;
  parts: readonly Part[];
  ids: readonly MeasureId[];
  /** Sums of the period as they are known now, and those of single days of it, the last ones. */
  sums: Sums;
  days: { unit: number; day: string; sums: Partial<Sums> }[];
  revisions: readonly Revision[];
  correctors: readonly Corrector[];
  /** When each feed went live; under an empty name the first of them. */
  live: ReadonlyMap<string, number>;
};

/** Sums of the days of the period before one, as known at the end of a day. */
function sumsAsKnown({ parts, ids, sums, days, revisions }: Sheet, before: string, knownTo: string): Sums {
  const later = emptySums();
  for (const row of days) if (row.day >= before) addDay(later, parts, row);
  for (const row of revisions) if (row.day < before && row.knownOn > knownTo) addDay(later, parts, row);
  return subtract(sums, later, ids);
}

const isSame = (a: Figure, b: Figure) =>
  a.value === b.value && a.numerator === b.numerator && a.denominator === b.denominator;

/** A correction with the ids of the feeds that brought it. */
type Dated = Omit<Correction, 'shownSince'>;

/** The revisions that change an indicator over some days, and who brought them. */
function findCauses(
  { order: { period }, revisions, correctors }: Sheet,
  { indicator, end, knownOn }: { indicator: Indicator; end: string; knownOn: string },
) {
  const ids = listMeasures([indicator]);
  const reaches = (measure: MeasureId, day: string) =>
    MEASURES[measure].kind === 'stock' || day >= period.from;
  const own = revisions.filter(
    ({ knownOn: known, day, sums }) =>
      known === knownOn && day < end && ids.some((id) => (sums[id] ?? 0) !== 0 && reaches(id, day)),
  );
  const by = correctors.filter(
    ({ knownOn: known, day, measure }) =>
      known === knownOn &&
      day < end &&
      ids.some((id) => (measure === id || measure === '') && reaches(id, day)),
  );
  return { own, by };
}

/** Whether all of it was brought by feeds on the very day they went live: what they load first has never been shown otherwise. */
function isFirstLoad({ view, live }: Sheet, by: readonly Corrector[], knownOn: string): boolean {
  const isNew = ({ feed }: Corrector) => {
    const at = live.get(feed);
    return at !== undefined && dayOf(at, view.site.zone) >= knownOn;
  };
  return by.length > 0 && by.every(isNew);
}

/** What one day corrected; nothing where no figure had stood before. */
function tellDay(sheet: Sheet, knownOn: string): Dated[] {
  const { view, order } = sheet;
  const { from } = order.period;
  const end = order.period.to < knownOn ? order.period.to : knownOn;
  const after = sumsAsKnown(sheet, end, knownOn);
  const before = sumsAsKnown(sheet, end, addDays(knownOn, -1));
  const workingDays = elapsedWorkingDays(view, { from, to: end });
  return order.indicators.flatMap((indicator) => {
    const [was, is] = [before, after].map((sums) => evaluate(indicator, sums, workingDays));
    if (!was || !is || was.value === null || isSame(was, is)) return [];
    const { own, by } = findCauses(sheet, { indicator, end, knownOn });
    if (isFirstLoad(sheet, by, knownOn)) return [];
    const instants = (by.length > 0 ? by : own).map(({ at }) => at ?? startOfDay(knownOn, view.site.zone));
    const days = own.map(({ day }) => day).sort();
    return {
      ...{ indicator: indicator.id, knownOn, at: isoOf(Math.max(...instants), view.site.zone) },
      days: { from: days[0] ?? from, to: addDays(days.at(-1) ?? from, 1) },
      ...{ over: { from, to: end }, before: was, after: is },
      feeds: [...new Set(by.map(({ feed }) => feed))],
    };
  });
}

/** Days of a running period that may lie after the first correction: none of one that is over by then. */
async function readDays(
  view: View,
  { parts, ids, revisions }: Omit<Sheet, 'days' | 'sums' | 'correctors' | 'live'>,
) {
  const first = revisions.at(-1)?.knownOn;
  if (first === undefined) return [];
  const units = [...new Set(parts.map(({ unit }) => unit))];
  const range = { grain: 'day' as const, from: first, to: addDays(view.today, 1) };
  const rows = await readSeriesRows(view.reader, units, { ...range, ids });
  return [...rows].flatMap(([unit, byDay]) =>
    [...byDay].map(([day, row]) => {
      const sums = Object.fromEntries(ids.map((id) => [id, row[id] ?? 0]));
      return { unit, day, sums };
    }),
  );
}

/** Since when the figure before a correction had been shown; null where an earlier one may be among those not looked at. */
function findShownSince(
  { site }: View,
  { over, earlier }: { over: Dated['over']; earlier: Dated | undefined },
  { live, seenFrom }: { live: number; seenFrom: string },
): string | null {
  if (earlier?.over.to === over.to) return earlier.at;
  if (over.to < seenFrom) return null;
  return isoOf(Math.max(startOfDay(over.to, site.zone), live), site.zone);
}

type Origin = { unit: ScopedUnit; seenFrom: string; live: ReadonlyMap<string, number> };

/** Adds to corrections, the newest first, since when what each changed had been shown; names the feeds that may be seen. */
async function addOrigins(view: View, told: readonly Dated[], origin: Origin): Promise<Correction[]> {
  if (told.length === 0) return [];
  const { unit, seenFrom } = origin;
  const live = origin.live.get('') ?? 0;
  const feeds = await readFeedViews(narrowTo(view, unit));
  return told.map((one, index) => {
    const earlier = told.find((other, place) => place > index && other.indicator === one.indicator);
    const shownSince = findShownSince(view, { over: one.over, earlier }, { live, seenFrom });
    const names = feeds.flatMap(({ id, name }) => (one.feeds.includes(id) ? [name] : []));
    return { ...one, shownSince, feeds: names };
  });
}

/** When each feed went live; under an empty name the first of them. */
async function readLive({ reader }: View): Promise<Map<string, number>> {
  const live = (await readFeeds(reader)).flatMap(({ id, liveAt }): [string, number][] =>
    liveAt === null ? [] : [[id, liveAt]],
  );
  const first = live.map(([, at]): [string, number] => ['', at]).sort(([, a], [, b]) => a - b);
  return new Map([...first.slice(0, 1), ...live]);
}

/** The corrections of figures of a unit over a period, the newest first: those by which a figure became another. */
export async function readCorrections(view: View, order: CorrectionOrder): Promise<Correction[]> {
  const { unit, period } = order;
  const indicators = order.indicators.filter(({ basis }) => basis === 'sums');
  const ids = listMeasures(indicators);
  const parts = listParts(view, unit, period, mapOf(period, view.today));
  if (ids.length === 0 || parts.length === 0) return [];
  const knownFrom = order.knownFrom > period.from ? order.knownFrom : period.from;
  const span = { before: period.to, knownFrom, knownTo: view.today, ids };
  const asked = { units: [...new Set(parts.map((part) => part.unit))], ...span };
  const revisions = await readRevisions(view.reader, asked);
  if (revisions.length === 0) return [];
  const now = await readPeriodSums(view, [unit], { ...period, ids });
  const sheet = { view, order: { ...order, indicators }, parts, ids, revisions };
  const days = await readDays(view, sheet);
  const live = await readLive(view);
  const correctors = await readCorrectors(view.reader, asked);
  const whole = { ...sheet, days, correctors, live, sums: now.get(unit)?.sums ?? emptySums() };
  const told: Dated[] = [];
  let count = 0;
  let seenFrom = knownFrom;
  for (const knownOn of new Set(revisions.map((row) => row.knownOn))) {
    if (knownOn > order.knownTo) continue;
    const own = tellDay(whole, knownOn);
    if (own.length > 0) count += 1;
    told.push(...own);
    if (count < order.most) continue;
    seenFrom = knownOn;
    break;
  }
  return addOrigins(view, told, { unit, seenFrom, live });
}
