/** How far the figures of a unit could be trusted at an instant, by the feeds that tell of it. */
import type { AlertQuality } from '../../shared/alert.ts';
import type { WorkingCalendar } from '../../shared/calendar.ts';
import { foreseeLateness, type LateInstants } from '../../shared/lateness.ts';
import { obtain } from '../../shared/obtain.ts';
import type { Scope, UnitTree } from '../../shared/unit.ts';
import type { Sample } from '../rules/state.ts';
import type { SilenceRow } from '../store/alert-schema.ts';
import { readFeeds, readSilences } from '../store/feed-store.ts';
import type { FeedRow } from '../store/schema.ts';
import type { Reader } from '../store/store.ts';

/** How a feed stood: it spoke, or was late or missing. */
export type FeedStanding = 'fresh' | 'late' | 'missing';

/** A feed with the stretches in which it was late, the oldest first, and when it will be unless it speaks. */
export type FeedPast = { feed: FeedRow; ahead: LateInstants; silences: readonly SilenceRow[] };

/** Feeds that have spoken, with how they stood since an instant. */
export async function readFeedPasts(
  reader: Reader,
  { calendar, since }: { calendar: WorkingCalendar; since: number },
): Promise<FeedPast[]> {
  const silences = Map.groupBy(await readSilences(reader, since), ({ feed }) => feed);
  return (await readFeeds(reader))
    .filter(({ heardAt }) => heardAt !== null)
    .map((feed) => ({
      feed,
      ahead: foreseeLateness(feed, calendar),
      silences: silences.get(feed.id) ?? [],
    }));
}

function standingBy({ lateAt, missingAt }: LateInstants, at: number): FeedStanding {
  if (lateAt === null || at < lateAt) return 'fresh';
  return missingAt !== null && at >= missingAt ? 'missing' : 'late';
}

/** Whether a feed spoke at an instant, was late, or missing. */
export function speechAt({ feed: { heardAt }, ahead, silences }: FeedPast, at: number): FeedStanding {
  if (heardAt !== null && at >= heardAt) return standingBy(ahead, at);
  const silence = silences.find((one) => one.heardAt <= at && at < one.endedAt);
  return silence ? standingBy(silence, at) : 'fresh';
}

/** The same of a feed whose figures are trusted; null before it was live. */
export function standingAt(past: FeedPast, at: number): FeedStanding | null {
  const { liveAt } = past.feed;
  return liveAt === null || at < liveAt ? null : speechAt(past, at);
}

/** The instants after one, up to and on another, at which a feed became late or missing, or spoke again, in order. */
export function listTurns(
  { ahead, silences }: FeedPast,
  { after, upTo }: { after: number; upTo: number },
): number[] {
  const all = [ahead, ...silences].flatMap(({ lateAt, missingAt }) => [lateAt, missingAt]);
  const turns = [...all, ...silences.map(({ endedAt }) => endedAt)];
  return [...new Set(turns)]
    .flatMap((at) => (at !== null && after < at && at <= upTo ? [at] : []))
    .sort((a, b) => a - b);
}

const scopes = new WeakMap<UnitTree, Map<number, Scope>>();

/** The feeds that tell of a unit on a day. */
export function listTelling(
  tree: UnitTree,
  pasts: readonly FeedPast[],
  { unit, day }: { unit: number; day: string },
): FeedPast[] {
  const known = scopes.get(tree) ?? new Map<number, Scope>();
  scopes.set(tree, known);
  return pasts.filter(({ feed }) => {
    if (!tree.units.has(feed.unit)) return false;
    const scope = obtain(known, feed.unit, () => tree.scopeOf(feed.unit));
    return tree.isWithin(scope, unit, day);
  });
}

/** What feeds come to that tell of the same unit: missing where all of them are, late where none of them is fresh. */
export function joinStandings(standings: readonly (FeedStanding | null)[]): AlertQuality {
  const live = standings.filter((standing) => standing !== null);
  if (live.length === 0 || live.includes('fresh')) return 'fresh';
  return live.includes('late') ? 'late' : 'missing';
}

/** The quality of the figures of a unit. */
export type QualityOf = (unit: number) => AlertQuality;

/** A sample with the quality that feeds give it; what is told in part only is no better for feeds that speak. */
export function judgedQuality(sample: Sample, quality: AlertQuality): Sample {
  const isWorse = quality === 'missing' || (quality === 'late' && sample.quality === 'fresh');
  return isWorse ? { ...sample, quality } : sample;
}

/** The quality of units' figures at one instant; each feed is looked at once. */
export function createQuality(
  tree: UnitTree,
  pasts: readonly FeedPast[],
  { at, day }: { at: number; day: string },
): QualityOf {
  const standings = new Map(pasts.map((past) => [past, standingAt(past, at)]));
  return (unit) =>
    joinStandings(listTelling(tree, pasts, { unit, day }).map((past) => standings.get(past) ?? null));
}
