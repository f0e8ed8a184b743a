/**
 * How the feeds that tell of a unit stood at the end of a period, or now: the one that tells of its dossiers, and all others. Law: a
 * feed that never told of things as they happened is late for nobody.
 */
import { isExpected } from '../../shared/lateness.ts';
import { type DayRange, dayOf, startOfDay } from '../../shared/period.ts';
import type { FindingId } from '../../shared/quality.ts';
import type { View } from '../figures/sums.ts';
import { type FeedPast, joinStandings, listTelling, readFeedPasts, speechAt } from '../samples/feeds.ts';
import { readFeedKinds } from '../store/feed-kind-store.ts';

/** What is held against a unit for its feeds. */
export type FeedFindings = Partial<
  Record<Extract<FindingId, 'feedLate' | 'feedMissing' | 'otherFeeds'>, number>
>;

/** Of feeds those that stand nearest above a unit, or are its own. */
function listNearest(
  { tree }: View,
  feeds: readonly FeedPast[],
  { unit, day }: { unit: number; day: string },
) {
  const path = tree.pathOn(unit, day);
  const farness = ({ feed }: FeedPast) => {
    const place = path.indexOf(tree.currentOf(feed.unit, day));
    return place < 0 ? path.length : place;
  };
  const least = Math.min(...feeds.map(farness));
  return feeds.filter((feed) => farness(feed) === least);
}

/** What is held against each unit for the feeds that tell of it. */
export async function openFeedFindings(
  view: View,
  { to }: DayRange,
): Promise<(unit: number) => FeedFindings> {
  const { reader, site, now, tree } = view;
  const at = Math.min(now, startOfDay(to, site.zone) - 1);
  const day = dayOf(at, site.zone);
  const pasts = await readFeedPasts(reader, { calendar: site.calendar, since: at });
  const watched = pasts.filter(({ feed }) => isExpected(feed));
  const standings = new Map(watched.map((past) => [past, speechAt(past, at)]));
  const tellsDossiers = await readFeedKinds(reader, ['dossier']);
  return (unit) => {
    const telling = listTelling(tree, watched, { unit, day });
    const ofDossiers = telling.filter(({ feed }) => tellsDossiers.has(feed.id));
    const own = new Set(listNearest(view, ofDossiers, { unit, day }));
    const standing = joinStandings([...own].map((past) => standings.get(past) ?? null));
    const others = telling.filter((past) => !own.has(past) && standings.get(past) !== 'fresh');
    return {
      feedLate: standing === 'late' ? 1 : 0,
      feedMissing: standing === 'missing' ? 1 : 0,
      otherFeeds: others.length,
    };
  };
}
