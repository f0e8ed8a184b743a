/** What a figure comes from that stored sums do not give. Law: the parts that are told come to the very figure. */
import type { StatedStory, StoryOf } from '../../shared/explain-stated.ts';
import { isoOf } from '../../shared/period.ts';
import type { View } from '../figures/sums.ts';
import { readFeedViews } from '../figures/units.ts';
import { showUnit } from '../figures/views.ts';
import { judgeEach } from '../index766/stated-index.ts';
import { isVisible, narrowTo } from '../people/scope.ts';
import { readFeeds } from '../store/feed-store.ts';
import { findSlowest, openCountedFeeds } from '../systems/stated-systems.ts';
import { lastDayOf, listWithin, readWaiting } from '../systems/systems.ts';
import { findPlanDays } from '../tasks/countdown.ts';
import type { FigureOrder } from './told.ts';

/** Feeds and systems named at the most. */
const MOST = 60;

type Order = Pick<FigureOrder, 'unit' | 'period' | 'indicator' | 'by'>;

async function tellIndex(view: View, { unit, period, by: asked }: Order): Promise<StoryOf<'index'> | null> {
  const standings = await judgeEach(view, { units: [unit], period, to: period.to, by: asked });
  const standing = standings.get(unit);
  if (!standing) return null;
  const { by, judged } = standing;
  const { number, from, reason } = judged.version;
  return {
    ...{ basis: 'index', by, version: { number, from, reason }, score: judged.score },
    sealedAt: judged.seal ? isoOf(judged.seal.at, view.site.zone) : null,
  };
}

async function tellCountdown(view: View, { period }: Order): Promise<StoryOf<'countdown'>> {
  const { phases, until: stated } = view.site.plan;
  const { day, until } = findPlanDays(view, period.to);
  const standingOf = (phase: { from: string; until: string }) =>
    day < phase.from ? 'ahead' : day <= phase.until ? 'running' : 'over';
  return {
    ...{ basis: 'countdown', day, until, isStated: stated !== null },
    phases: phases.map((phase) => ({ ...phase, standing: standingOf(phase) })),
  };
}

async function tellFeeds(view: View, { unit, period }: Order): Promise<StoryOf<'feeds'> | null> {
  const listFeeds = await openCountedFeeds(view, period.to);
  if (!listFeeds) return null;
  const counted = listFeeds(unit);
  const slowest = findSlowest(counted);
  const minutesOf = new Map(counted.map(({ feed, minutes }) => [feed.id, minutes]));
  const rows = new Map((await readFeeds(view.reader)).map((feed) => [feed.id, feed]));
  const isPast = (id: string) => {
    const { liveAt, cadenceMs, dueTime } = rows.get(id) ?? { liveAt: 0, cadenceMs: 0, dueTime: '' };
    return liveAt === null && cadenceMs === null && dueTime === null;
  };
  const seen = (await readFeedViews(narrowTo(view, unit))).filter(({ lastAt }) => lastAt !== null);
  const feeds = seen.map(({ id, name, lastAt }) => {
    const standing = minutesOf.has(id) ? 'counted' : isPast(id) ? 'past' : 'part';
    const minutes = minutesOf.get(id) ?? null;
    return { name, standing, lastAt, minutes, isSlowest: id === slowest?.feed.id } as const;
  });
  const rank = ({ standing, minutes }: (typeof feeds)[number]) =>
    standing === 'counted' ? (minutes ?? 0) : standing === 'part' ? -1 : -2;
  return {
    ...{ basis: 'feeds', at: isoOf(view.now, view.site.zone) },
    feeds: feeds.sort((a, b) => rank(b) - rank(a)).slice(0, MOST),
  };
}

async function tellSystems(view: View, { unit, period }: Order): Promise<StoryOf<'systems'>> {
  const iso = (at: number) => isoOf(at, view.site.zone);
  const units = listWithin(view, unit, lastDayOf(view, period.to));
  const { at, systems } = await readWaiting(view, units, period.to);
  const shown = systems
    .filter((one) => isVisible(view, one.unit))
    .map(({ unit: owner, name, queue, lastAt }) => ({
      ...{ name, unit: showUnit(view, owner), queued: queue?.count ?? null },
      at: iso(queue?.at ?? lastAt),
      oldestAt: queue?.oldestAt ? iso(queue.oldestAt) : null,
    }));
  return {
    ...{ basis: 'systems', at: iso(at) },
    systems: shown.sort((a, b) => (b.queued ?? -1) - (a.queued ?? -1)).slice(0, MOST),
  };
}

const TELLERS = { index: tellIndex, countdown: tellCountdown, feeds: tellFeeds, systems: tellSystems };

/** The parts of a figure that sums do not give; null of one that they do, and where nothing is known. */
export async function tellStated(view: View, order: Order): Promise<StatedStory | null> {
  const { basis } = order.indicator;
  return basis === 'sums' ? null : TELLERS[basis](view, order);
}
