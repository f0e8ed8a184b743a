/** Figures of systems and feeds that no sums give: what waits to be sent, and how old the data are. */

import { CalendarYearMissing } from '../../shared/calendar.ts';
import { type Figure, NO_FIGURE } from '../../shared/indicator.ts';
import { dayOf } from '../../shared/period.ts';
import type { ReadStated } from '../figures/stated.ts';
import type { View } from '../figures/sums.ts';
import { listTelling, readFeedPasts } from '../samples/feeds.ts';
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

/**
 * How old the data of a unit are: working minutes since the newest event of the feed that lags most, of those that tell of it and
 * are to go on. Known of now alone: no period that is over has it, and nothing as known before.
 */
export const readFeedFigures: ReadStated = async (view, { indicators, units, to }) => {
  const figures = new Map<number, Record<string, Figure>>();
  const day = dayOf(view.now, view.site.zone);
  if (view.asKnown !== null || to <= day) return figures;
  const pasts = (await readFeedPasts(view.reader, { calendar: view.site.calendar, since: view.now })).filter(
    ({ feed }) => feed.liveAt !== null || feed.cadenceMs !== null || feed.dueTime !== null,
  );
  for (const unit of units) {
    const lasts = listTelling(view.tree, pasts, { unit, day }).flatMap(({ feed }) => feed.lastAt ?? []);
    const age = lasts.length === 0 ? null : minutesSince(Math.min(...lasts), view);
    const figure = age === null ? NO_FIGURE : count(age);
    figures.set(unit, Object.fromEntries(indicators.map(({ id }) => [id, figure])));
  }
  return figures;
};
