/** What episodes ask of people: how many, how long, how bad, on which days, and whether they come as a flood. */
import { FLOOD } from '../../shared/alert.ts';
import { addDays, dayNumber, dayOf } from '../../shared/period.ts';
import type { AlertSeverity } from '../../shared/rule.ts';
import type { Axis } from './axis.ts';
import type { ReplayedEpisode } from './replay.ts';

/** As PreviewLoad: messages (`advisory`) are counted by severity and as episodes, and load nobody. */
export type Load = {
  episodes: number;
  units: number;
  alertMs: number;
  perOperatorDay: number;
  floodMinutes: number;
  bySeverity: Record<AlertSeverity, number>;
};

/** Slots `from` to `to` (exclusive) of an axis. */
export type LoadRange = { axis: Axis; from: number; to: number };

/** The local day that an instant closes or lies in: midnight belongs to the day that ends with it. */
function dayEnding(at: number, { calendar }: Axis): string {
  return dayOf(at - 1, calendar.config.zone);
}

/** The first day of a range and how many days it has. */
function spanOf({ axis, from, to }: LoadRange): { first: string; days: number } {
  const first = axis.days[from] ?? '';
  const last = axis.days[to - 1] ?? first;
  return { first, days: from < to ? dayNumber(last) - dayNumber(first) + 1 : 0 };
}

function endOf({ axis, to }: LoadRange): number {
  return axis.ends[to - 1] ?? 0;
}

const isLoad = ({ severity }: ReplayedEpisode) => severity !== 'advisory';

/** Minutes of flood: it begins over ten new alerts within ten minutes, and ends below five. `raisedAt` in order. */
export function countFloodMinutes(raisedAt: readonly number[]): number {
  let floodMs = 0;
  let since: number | null = null;
  let oldest = 0;
  const leave = (until: number) => {
    while (oldest < raisedAt.length && (raisedAt[oldest] ?? 0) + FLOOD.windowMs <= until) oldest += 1;
  };
  // It ends as the fifth newest leaves the window, if nothing new came in before.
  const endBefore = (next: number) => (raisedAt[next - FLOOD.ends] ?? 0) + FLOOD.windowMs;
  for (const [index, at] of raisedAt.entries()) {
    if (since !== null && endBefore(index) <= at) {
      floodMs += endBefore(index) - since;
      since = null;
    }
    leave(at);
    if (since === null && index - oldest + 1 > FLOOD.begins) since = at;
  }
  if (since !== null) floodMs += endBefore(raisedAt.length) - since;
  return floodMs / 60_000;
}

/** The load of episodes. `scale`: how many times as many units there are as were replayed; it is applied to the rate per day. */
export function measureLoad(
  episodes: readonly ReplayedEpisode[],
  range: LoadRange & { scale: number },
): Load {
  const end = endOf(range);
  const bySeverity: Load['bySeverity'] = { critical: 0, major: 0, warning: 0, advisory: 0 };
  let alertMs = 0;
  for (const { severity, from, to } of episodes) {
    bySeverity[severity] += 1;
    alertMs += (to ?? end) - from;
  }
  const loading = episodes.filter(isLoad);
  const { days } = spanOf(range);
  return {
    episodes: episodes.length,
    units: new Set(episodes.map(({ unit }) => unit)).size,
    alertMs,
    perOperatorDay: days === 0 ? 0 : Math.round((100 * range.scale * loading.length) / days) / 100,
    floodMinutes: countFloodMinutes(loading.map(({ from }) => from)),
    bySeverity,
  };
}

/** Of each day in the range how many were raised on it, and how many were open at its end. */
export function countByDay(
  episodes: readonly ReplayedEpisode[],
  range: LoadRange,
): { day: string; raised: number; open: number }[] {
  const { first, days } = spanOf(range);
  const raised = new Int32Array(days + 1);
  const turns = new Int32Array(days + 2);
  const indexOf = (at: number) => dayNumber(dayEnding(at, range.axis)) - dayNumber(first);
  for (const { from, to } of episodes) {
    const begun = Math.min(days, Math.max(0, indexOf(from)));
    raised[begun] = (raised[begun] ?? 0) + 1;
    turns[begun] = (turns[begun] ?? 0) + 1;
    const over = to === null ? days + 1 : Math.min(days + 1, Math.max(0, indexOf(to)));
    turns[over] = (turns[over] ?? 0) - 1;
  }
  let open = 0;
  return Array.from({ length: days }, (_, index) => {
    open += turns[index] ?? 0;
    return { day: addDays(first, index), raised: raised[index] ?? 0, open };
  });
}

/** The units with the most episodes, then the longest in alert. */
export function listTopUnits(
  episodes: readonly ReplayedEpisode[],
  { count, ...range }: LoadRange & { count: number },
): { unit: number; episodes: number; alertMs: number }[] {
  const end = endOf(range);
  const units = new Map<number, { unit: number; episodes: number; alertMs: number }>();
  for (const { unit, from, to } of episodes) {
    const known = units.get(unit) ?? { unit, episodes: 0, alertMs: 0 };
    known.episodes += 1;
    known.alertMs += (to ?? end) - from;
    units.set(unit, known);
  }
  return [...units.values()]
    .sort((a, b) => b.episodes - a.episodes || b.alertMs - a.alertMs || a.unit - b.unit)
    .slice(0, count);
}

/** Days on which a unit was in alert at any time, as keys of unit and day. */
function listAlertDays(episodes: readonly ReplayedEpisode[], range: LoadRange): Set<string> {
  const { first, days } = spanOf(range);
  const last = addDays(first, days - 1);
  const keys = new Set<string>();
  for (const { unit, from, to } of episodes) {
    const until = to === null ? last : dayEnding(to, range.axis);
    for (let day = dayEnding(from, range.axis); day <= until && day <= last; day = addDays(day, 1))
      keys.add(`${unit} ${day}`);
  }
  return keys;
}

/** In how many days of units two runs over the same slots differ: in alert by the one alone, by the other alone, by both. */
export function compareRuns(
  draft: readonly ReplayedEpisode[],
  saved: readonly ReplayedEpisode[],
  range: LoadRange,
): { onlyDraft: number; onlySaved: number; both: number } {
  const [ours, theirs] = [listAlertDays(draft, range), listAlertDays(saved, range)];
  let both = 0;
  for (const key of ours) if (theirs.has(key)) both += 1;
  return { onlyDraft: ours.size - both, onlySaved: theirs.size - both, both };
}
