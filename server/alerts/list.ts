/** The alerts of a scope: what stands, worst first; what was, newest first. */
import {
  type AlertBrief,
  type AlertCondition,
  type AlertCounts,
  type AlertLabel,
  FLOOD,
} from '../../shared/alert.ts';
import { isListed, labelOf, severityOf } from '../../shared/alert-label.ts';
import { isoOf } from '../../shared/period.ts';
import { ALERT_SEVERITIES, type AlertSeverity } from '../../shared/rule.ts';
import type { AnswerOf } from '../../shared/wire.ts';
import { listSubtree } from '../figures/subtree.ts';
import type { View } from '../figures/sums.ts';
import type { ViewerCaller } from '../people/caller.ts';
import type { ScopedUnit } from '../people/scope.ts';
import {
  countRaised,
  findVisit,
  readChangedEpisodes,
  readEpisodePage,
  readOpenEpisodes,
  type StoredEpisode,
} from '../store/episode-store.ts';
import { showBriefs } from './brief.ts';
import { type Found, findByText } from './found.ts';

/** The units of some subtrees, those they took over in them; each once. */
export function listUnitsOf(view: View, roots: readonly ScopedUnit[]): number[] {
  return [...new Set(roots.flatMap((root) => listSubtree(view, root)))];
}

const rankOf = (severity: AlertSeverity) => ALERT_SEVERITIES.indexOf(severity);

/** Worst first, then oldest. */
export function compareUrgency(a: StoredEpisode, b: StoredEpisode): number {
  return rankOf(severityOf(a)) - rankOf(severityOf(b)) || a.openedAt - b.openedAt || a.id - b.id;
}

const COUNTED = ['new', 'inHand', 'gone', 'shelved'] as const;
type Counted = (typeof COUNTED)[number];
const isCounted = (label: AlertLabel): label is Counted => (COUNTED as readonly string[]).includes(label);

/** How many open episodes there are, by severity and label; how old the oldest new one is, messages left out. */
export async function countAlerts(
  view: View,
  units: readonly number[],
  open: readonly StoredEpisode[],
): Promise<AlertCounts> {
  const none = () => ({ new: 0, inHand: 0, gone: 0, shelved: 0 });
  const bySeverity = { critical: none(), major: none(), warning: none(), advisory: none() };
  let oldest: number | null = null;
  for (const episode of open) {
    const label = labelOf(episode);
    const severity = severityOf(episode);
    if (isCounted(label)) bySeverity[severity][label]++;
    if (label === 'new' && (oldest === null || episode.openedAt < oldest)) oldest = episode.openedAt;
  }
  return {
    bySeverity,
    oldestNewAt: oldest === null ? null : isoOf(oldest, view.site.zone),
    recent: await countRaised(view.reader, new Set(units), view.now - FLOOD.windowMs),
  };
}

/** Which alerts are asked for. */
export type AlertsQuery = {
  state: 'open' | 'all' | AlertLabel;
  severity?: AlertSeverity | undefined;
  condition?: AlertCondition | undefined;
  text?: string | undefined;
  rule?: string | undefined;
  since?: number | undefined;
  before?: number | undefined;
  limit: number;
};

type Page = { episodes: readonly StoredEpisode[]; more: boolean };

const cut = (episodes: readonly StoredEpisode[], limit: number): Page => ({
  episodes: episodes.slice(0, limit),
  more: episodes.length > limit,
});

function isAsked(
  episode: StoredEpisode,
  { state, severity, rule, condition }: AlertsQuery,
  found: Found | null,
): boolean {
  if (found !== null && !found.has(episode)) return false;
  if (condition !== undefined && episode.condition !== condition) return false;
  if (severity !== undefined && severityOf(episode) !== severity) return false;
  if (rule !== undefined && episode.rule !== rule) return false;
  if (state === 'all') return true;
  const label = labelOf(episode);
  return state === 'open' ? isListed({ label }) : label === state;
}

/** Episodes open or not, the newest first: of the units that are asked for, and of the feeds and channels that were found. */
async function readPast(
  { reader }: View,
  {
    units,
    isOver,
    found,
    query,
  }: { units: readonly number[]; isOver: boolean; found: Found | null; query: AlertsQuery },
): Promise<Page> {
  const { severity, rule, condition, before, limit } = query;
  if (isOver && condition !== undefined && condition !== 'normal') return { episodes: [], more: false };
  const order = { isOver, severity, rule, condition, before, limit: limit + 1 };
  if (found === null) return cut(await readEpisodePage(reader, { ...order, units }), limit);
  const pages = [
    await readEpisodePage(reader, { ...order, units: found.units }),
    await readEpisodePage(reader, { ...order, ...found.subjects }),
  ].flat();
  const each = new Map(pages.filter(found.has).map((episode) => [episode.id, episode]));
  return cut(
    [...each.values()].sort((a, b) => b.id - a.id),
    limit,
  );
}

/** One page of what is asked for; `open` are all that stand. */
async function readPage(
  view: View,
  units: readonly number[],
  { query, open }: { query: AlertsQuery; open: readonly StoredEpisode[] },
): Promise<Page> {
  const { state, since, text, limit } = query;
  const found = text ? await findByText(view, units, text) : null;
  if (since !== undefined) {
    const changed = await readChangedEpisodes(view.reader, new Set(units), since);
    return cut(
      changed.filter((episode) => isAsked(episode, query, found)),
      limit,
    );
  }
  if (state !== 'closed' && state !== 'all')
    return cut(open.filter((episode) => isAsked(episode, query, found)).sort(compareUrgency), limit);
  return readPast(view, { units, isOver: state === 'closed', found, query });
}

/** Alerts of some subtrees, as far as they are asked for, with the counts of all that stand there. */
export async function listAlerts(
  view: View,
  roots: readonly ScopedUnit[],
  { query, caller }: { query: AlertsQuery; caller: ViewerCaller },
): Promise<AnswerOf<'listAlerts'>> {
  const units = listUnitsOf(view, roots);
  const open = await readOpenEpisodes(view.reader, units);
  const { episodes, more } = await readPage(view, units, { query, open });
  const alerts: AlertBrief[] = await showBriefs(view, episodes);
  return {
    seq: view.clock.seq,
    counts: await countAlerts(view, units, open),
    alerts,
    more,
    visitedSeq: caller.kind === 'person' ? await findVisit(view.reader, caller.account) : null,
  };
}
