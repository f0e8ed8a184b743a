import type { FeedView, MapAnswer } from '../../shared/answers.ts';
import { CalendarYearMissing, type WorkingCalendar } from '../../shared/calendar.ts';
import { findLearnedGap, foreseeLateness } from '../../shared/lateness.ts';
import { addDays, isoOf } from '../../shared/period.ts';
import type { Succession } from '../../shared/unit.ts';
import type { AnswerOf } from '../../shared/wire.ts';
import { cutToScope, isAbove, isVisible, type ScopedUnit } from '../people/scope.ts';
import { readFeeds } from '../store/feed-store.ts';
import type { FeedRow } from '../store/schema.ts';
import { readGeometries } from '../store/unit-store.ts';
import { listBelow, type View } from './sums.ts';
import { showUnit } from './views.ts';

/**
 * The units of subtrees on a day, each once, with the id of the one above where that may be seen; predecessors' trees before
 * a unit existed.
 */
export function listUnits(view: View, tops: readonly ScopedUnit[], on: string): AnswerOf<'listUnits'> {
  const { tree } = view;
  const roots = tops.flatMap((top) => (on < tree.get(top).from ? tree.foundersOf(top) : [top]));
  const ids = new Set(roots.flatMap((id) => tree.subtreeOn(id, on)).map(({ id }) => id));
  const showParent = (id: number) => {
    const parent = tree.parentOn(id, on);
    return parent !== undefined && (ids.has(parent) || isVisible(view, parent)) ? parent : null;
  };
  return { on, units: [...ids].map((id) => ({ ...showUnit(view, id), parent: showParent(id) })) };
}

/** One unit with what stands above and below it on a day (today, or its last one), before and after it. */
export function describeUnit(view: View, id: ScopedUnit, asked: string | undefined): AnswerOf<'getUnit'> {
  const { tree } = view;
  const unit = tree.get(id);
  const last = unit.to === null ? null : addDays(unit.to, -1);
  const on = asked ?? (last !== null && last < view.today ? last : view.today);
  const day = last !== null && on > last ? last : on < unit.from ? unit.from : on;
  const above = tree.pathOn(id, day).slice(1).reverse();
  const kin = (list: readonly Succession[], side: 'predecessor' | 'successor') =>
    list
      .filter((one) => isVisible(view, one[side]))
      .map((one) => ({ unit: showUnit(view, one[side]), on: one.on, share: one.share }));
  return {
    unit: showUnit(view, id),
    on,
    aliases: tree.aliasesOf(id),
    path: [...cutToScope(view, above, day), id].map((unit) => showUnit(view, unit)),
    children: listBelow(view, id, { from: on, to: addDays(on, 1) }).map((child) => showUnit(view, child)),
    predecessors: kin(tree.predecessorsOf(id), 'predecessor'),
    successors: kin(tree.successorsOf(id), 'successor'),
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

/** What a feed of a unit is to a viewer: of its scope, of what stands above it by now and so telling of it too, or nothing. */
function relate(view: View, unit: number): 'within' | 'above' | null {
  const { tree, today } = view;
  if (!tree.units.has(unit)) return null;
  if (isVisible(view, unit)) return 'within';
  if (isAbove(view, unit)) return 'above';
  const heirs = tree.successorsOf(unit).filter(({ on }) => on <= today);
  return heirs.some(({ successor }) => isAbove(view, successor)) ? 'above' : null;
}

/**
 * Feeds that tell of the scope, and when they last spoke: those that changed since a number, all without. Of one that tells
 * of more than the scope neither unit nor count is said. What is said of a feed depends on its row and the calendar
 * alone, so it stays true until the row changes.
 */
export async function readFeedViews(view: View, since = 0): Promise<FeedView[]> {
  const { tree, site } = view;
  const iso = (at: number | null) => (at === null ? null : isoOf(at, site.zone));
  const feeds = await readFeeds(view.reader);
  return feeds
    .filter(({ seq }) => seq > since)
    .map((feed) => ({ feed, relation: relate(view, feed.unit) }))
    .filter(({ relation }) => relation !== null)
    .map((one) => ({ ...one, ...foreseeLateness(one.feed, site.calendar) }))
    .map(({ feed, relation, lateAt, missingAt }) => ({
      id: feed.id,
      name: feed.name,
      unit: relation === 'above' ? null : tree.referenceOf(tree.get(feed.unit), view.today),
      lastAt: iso(feed.lastAt),
      heardAt: iso(feed.heardAt),
      events: relation === 'above' ? null : feed.events,
      lateAt: iso(lateAt),
      missingAt: iso(missingAt),
      cadence: showCadence(feed, site.calendar),
      dueTime: feed.dueTime,
    }));
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
export async function readMap(view: View, id: ScopedUnit, on: string): Promise<MapAnswer> {
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
