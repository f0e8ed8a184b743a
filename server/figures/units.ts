import type { FeedView, MapAnswer } from '../../shared/answers.ts';
import { CalendarYearMissing, type WorkingCalendar } from '../../shared/calendar.ts';
import { findLearnedGap, foreseeLateness } from '../../shared/lateness.ts';
import { addDays, isoOf } from '../../shared/period.ts';
import type { AnswerOf } from '../../shared/wire.ts';
import { readFeeds } from '../store/feed-store.ts';
import type { FeedRow } from '../store/schema.ts';
import { readGeometries } from '../store/unit-store.ts';
import { listBelow, type View } from './sums.ts';
import { showUnit } from './views.ts';

/** The units of a subtree on a day, each with the id of the one above; predecessors' trees before the unit existed. */
export function listUnits(view: View, root: number, on: string): AnswerOf<'listUnits'> {
  const roots = on < view.tree.get(root).from ? view.tree.foundersOf(root) : [root];
  const units = roots.flatMap((id) => view.tree.subtreeOn(id, on));
  return {
    on,
    units: units.map(({ id }) => ({
      ...showUnit(view, id),
      parent: view.tree.parentOn(id, on) ?? null,
    })),
  };
}

/** One unit with what stands above and below it on a day (today, or its last one), before and after it. */
export function describeUnit(view: View, id: number, asked: string | undefined): AnswerOf<'getUnit'> {
  const { tree } = view;
  const unit = tree.get(id);
  const last = unit.to === null ? null : addDays(unit.to, -1);
  const on = asked ?? (last !== null && last < view.today ? last : view.today);
  const day = last !== null && on > last ? last : on < unit.from ? unit.from : on;
  const path = [...tree.pathOn(id, day)].reverse();
  const top = path.findIndex((above) => view.scope.has(above));
  const kin = (list: readonly { on: string; share: number }[], of: (index: number) => number) =>
    list.map(({ on: since, share }, index) => ({ unit: showUnit(view, of(index)), on: since, share }));
  const before = tree.predecessorsOf(id);
  const after = tree.successorsOf(id);
  return {
    unit: showUnit(view, id),
    on,
    aliases: tree.aliasesOf(id),
    path: path.slice(Math.max(top, 0)).map((above) => showUnit(view, above)),
    children: listBelow(view, id, { from: on, to: addDays(on, 1) }).map((child) => showUnit(view, child)),
    predecessors: kin(before, (index) => before[index]?.predecessor ?? id),
    successors: kin(after, (index) => after[index]?.successor ?? id),
  };
}

/** How often a feed speaks, as it stated or its past has taught. */
function showCadence(feed: FeedRow, calendar: WorkingCalendar): FeedView['cadence'] {
  const show = (ms: number) => Math.round(ms / 6_000) / 10;
  if (feed.cadenceMs !== null) return { workingMinutes: show(feed.cadenceMs), source: 'stated' };
  try {
    const gapMs = findLearnedGap(feed, calendar);
    return gapMs === null ? null : { workingMinutes: show(gapMs), source: 'learned' };
  } catch (error) {
    if (error instanceof CalendarYearMissing) return null;
    throw error;
  }
}

/**
 * Feeds whose unit lies in the scope, and when they last spoke: those that changed since a number, all without. What is
 * said of a feed depends on its row and the calendar alone, so it stays true until the row changes.
 */
export async function readFeedViews(view: View, since = 0): Promise<FeedView[]> {
  const { tree, site } = view;
  const iso = (at: number | null) => (at === null ? null : isoOf(at, site.zone));
  const feeds = await readFeeds(view.reader);
  return feeds
    .filter(({ seq, unit }) => seq > since && tree.units.has(unit) && isRelated(view, unit))
    .map((feed) => ({ feed, ...foreseeLateness(feed, site.calendar) }))
    .map(({ feed, lateAt, missingAt }) => ({
      id: feed.id,
      name: feed.name,
      unit: tree.referenceOf(tree.get(feed.unit), view.today),
      lastAt: iso(feed.lastAt),
      heardAt: iso(feed.heardAt),
      events: feed.events,
      lateAt: iso(lateAt),
      missingAt: iso(missingAt),
      cadence: showCadence(feed, site.calendar),
      dueTime: feed.dueTime,
    }));
}

/** A feed concerns a viewer when one of their two subtrees holds the other. */
function isRelated({ tree, scope, root, today }: View, unit: number): boolean {
  const since = tree.get(unit).from;
  return (
    tree.isWithin(scope, unit, since > today ? since : today) ||
    tree.isWithin(tree.scopeOf(unit), root, today)
  );
}

/** Where a leaf lies: its own point, else the mean of its successors' points. */
function placeOf(view: View, id: number): { lat: number; lon: number } | undefined {
  const { lat, lon } = view.tree.get(id);
  if (lat !== null && lon !== null) return { lat, lon };
  const points = view.tree.successorsOf(id).flatMap(({ successor }) => placeOf(view, successor) ?? []);
  if (points.length === 0) return undefined;
  const mean = (pick: (point: { lat: number; lon: number }) => number) =>
    points.reduce((sum, point) => sum + pick(point), 0) / points.length;
  return { lat: mean((point) => point.lat), lon: mean((point) => point.lon) };
}

/** The map of what lies below a unit on a day: a place per leaf, and boundaries where the office loaded them. */
export async function readMap(view: View, id: number, on: string): Promise<MapAnswer> {
  const { tree } = view;
  const children = listBelow(view, id, { from: on, to: addDays(on, 1) });
  const leaves = children.flatMap((child) =>
    tree
      .subtreeOn(child, on)
      .filter((unit) => tree.childrenOn(unit.id, on).length === 0)
      .map((leaf) => ({ of: child, leaf })),
  );
  const places = leaves.flatMap(({ of, leaf }) => {
    const point = placeOf(view, leaf.id);
    return point ? [{ of, unit: leaf.id, name: leaf.name, ...point }] : [];
  });
  const geometries = await readGeometries(
    view.reader,
    leaves.map(({ leaf }) => leaf.id),
  );
  const boundaries = leaves.flatMap(({ of, leaf }) => {
    const text = geometries.get(leaf.id);
    return text === undefined
      ? []
      : [{ of, unit: leaf.id, geometry: JSON.parse(text) as Record<string, unknown> }];
  });
  return { unit: showUnit(view, id), on, places, boundaries: boundaries.length > 0 ? boundaries : null };
}
