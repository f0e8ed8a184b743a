/** Figures of systems and feeds that no sums give: what waits to be sent, and how old the data are. */
import { CalendarYearMissing } from '../../shared/calendar.ts';
import { type Figure, NO_FIGURE } from '../../shared/indicator.ts';
import { dayOf } from '../../shared/period.ts';
import type { ReadStated } from '../figures/stated.ts';
import type { View } from '../figures/sums.ts';
import { listTelling, readFeedPasts } from '../samples/feeds.ts';
import type { FeedRow } from '../store/schema.ts';
import { readQueues } from './systems.ts';

const count = (numerator: number): Figure => ({ value: numerator, numerator, denominator: null });

/** What waits to be sent, as the newest readings of the systems of each unit and of those below it tell. */
export const readSystemFigures: ReadStated = async (view, { indicators, units, to }) => {
  const queues = await readQueues(view, units, to);
  return new Map(
    [...queues].map(([unit, waiting]) => [
      unit,
      Object.fromEntries(indicators.map(({ id }) => [id, count(waiting)])),
    ]),
  );
};

const MINUTE_MS = 60_000;

/** Working minutes since an instant; null where the calendar of that time is not loaded. */
function minutesSince(at: number, { now, site }: View): number | null {
  try {
    return Math.max(0, Math.round(site.calendar.workingMsBetween(at, now) / MINUTE_MS));
  } catch (error) {
    if (error instanceof CalendarYearMissing) return null;
    throw error;
  }
}

/** A feed that tells of a unit, and for how many working minutes it has told nothing new; null where no calendar says. */
export type CountedFeed = { feed: FeedRow; minutes: number | null };

/** Whether a feed is to go on: one that brought a past and fell silent keeps nobody waiting. */
const isToGoOn = ({ liveAt, cadenceMs, dueTime }: FeedRow) =>
  liveAt !== null || cadenceMs !== null || dueTime !== null;

/**
 * The feeds that the age of a unit's data is counted by. Known of now alone: of no period that is over, and of nothing as known
 * before; null then.
 */
export async function openCountedFeeds(
  view: View,
  to: string,
): Promise<((unit: number) => CountedFeed[]) | null> {
  const day = dayOf(view.now, view.site.zone);
  if (view.asKnown !== null || to <= day) return null;
  const pasts = await readFeedPasts(view.reader, { calendar: view.site.calendar, since: view.now });
  const counted = pasts.filter(({ feed }) => isToGoOn(feed));
  return (unit) =>
    listTelling(view.tree, counted, { unit, day }).flatMap(({ feed }) =>
      feed.lastAt === null ? [] : { feed, minutes: minutesSince(feed.lastAt, view) },
    );
}

/** The feed that lags most: its newest event is the oldest. */
export function findSlowest(feeds: readonly CountedFeed[]): CountedFeed | undefined {
  return feeds.toSorted((a, b) => (a.feed.lastAt ?? 0) - (b.feed.lastAt ?? 0))[0];
}

/** How old the data of a unit are: working minutes since the newest event of the feed that lags most. */
export const readFeedFigures: ReadStated = async (view, { indicators, units, to }) => {
  const listFeeds = await openCountedFeeds(view, to);
  if (!listFeeds) return new Map();
  return new Map(
    units.map((unit): [number, Record<string, Figure>] => {
      const age = findSlowest(listFeeds(unit))?.minutes ?? null;
      const figure = age === null ? NO_FIGURE : count(age);
      return [unit, Object.fromEntries(indicators.map(({ id }) => [id, figure]))];
    }),
  );
};
