/** Previews as they are told: loads, days, episodes, one line, and what of daily life was not replayed. */
import { dayOf, isoOf } from '../../shared/period.ts';
import type { PreviewAnswer, PreviewOrder, PreviewPart } from '../../shared/preview.ts';
import type { Condition, RuleVersion } from '../../shared/rule.ts';
import type { View } from '../figures/sums.ts';
import { showUnit } from '../figures/views.ts';
import { compareRuns, countByDay, type Load, listTopUnits } from '../rules/load.ts';
import type { ReplayedEpisode } from '../rules/replay.ts';
import { ANSWERED_BY, readSample } from '../rules/sample.ts';
import type { Stretch } from '../rules/stretches.ts';
import type { Suggestion } from '../rules/suggest.ts';
import { isOfSums } from '../samples/lines.ts';
import { readFirstLive } from '../store/feed-store.ts';
import type { RuleBook } from '../store/rule-book.ts';
import { findDecider } from './preview-deciders.ts';
import type { PreviewLines } from './preview-lines.ts';

const LISTED_EPISODES = 2000;
const TOP_UNITS = 10;

export type Grain = 'day' | 'hour';

/** What a preview works with: the draft, the saved rule that it is compared with, and all rules in force. */
export type Asked = {
  view: View;
  order: PreviewOrder;
  book: RuleBook;
  draft: RuleVersion;
  saved: RuleVersion | undefined;
  grain: Grain;
};

/** A run of one rule over samples. */
export type Run = { read: PreviewLines; episodes: ReplayedEpisode[]; evaluations: number; load: Load };

/** What came of a preview; runs are null where sums do not answer the condition. `to` is the day it ends before. */
export type Previewed = {
  run: Run | null;
  savedRun: Run | null;
  suggestions: readonly Suggestion[];
  drawn: number;
  /** By what the drawn unit is judged. */
  stretches: readonly Stretch[];
  units: number;
  sampled: PreviewAnswer['sampled'];
  to: string;
  operators: number;
};

/** Whether a condition looks at feeds or systems, each by itself. */
const isOfSubjects = ({ kind }: Condition) =>
  ANSWERED_BY[kind] === 'feeds' || ANSWERED_BY[kind] === 'systems';

/** What was replayed, and what was not. */
function listParts({ order, grain }: Asked): { replayed: PreviewPart[]; notReplayed: PreviewPart[] } {
  const { condition, cadence } = order.body;
  const isReplayed = isOfSums(condition);
  const parts: Record<PreviewPart, boolean | null> = {
    figures: isReplayed,
    thresholds: isReplayed,
    overrides: isReplayed,
    delays: isReplayed,
    workingTime: isReplayed,
    quality: isReplayed,
    lateData: order.mode === 'asKnown' && isReplayed,
    acknowledgements: false,
    shelving: false,
    changesWithinTheHour: cadence === 'change' ? false : null,
    changesWithinTheDay: cadence === 'change' && grain === 'day' ? false : null,
    dueDossiers: condition.kind === 'leadTime' || condition.kind === 'backlog' ? false : null,
    feeds: isOfSubjects(condition) ? false : null,
    otherRules: condition.kind === 'repeated' ? false : isReplayed,
  };
  const names = Object.keys(parts) as PreviewPart[];
  return {
    replayed: names.filter((name) => parts[name] === true),
    notReplayed: names.filter((name) => parts[name] === false),
  };
}

/** Whether the live judge did just this: what it is judged by at ends of hours and days, on days of which it is known what was known. */
async function isExact({ view, order }: Asked): Promise<boolean> {
  const { body, mode, from } = order;
  if (body.cadence === 'change' || mode !== 'asKnown' || !isOfSums(body.condition)) return false;
  const live = await readFirstLive(view.reader);
  return live !== null && dayOf(live, view.site.zone) <= from;
}

function showEpisode({ view }: Asked, { unit, severity, from, to, worst }: ReplayedEpisode) {
  const { zone } = view.site;
  const { ref, name } = showUnit(view, unit);
  const until = to === null ? null : isoOf(to, zone);
  return { unit, ref, unitName: name, severity, from: isoOf(from, zone), to: until, worst };
}

function drawLine(
  asked: Asked,
  { drawn: unit, run, stretches }: Pick<Previewed, 'drawn' | 'run' | 'stretches'>,
) {
  const read = run?.read;
  const { view } = asked;
  const { zone } = view.site;
  const { ref, name } = showUnit(view, unit);
  const line = read?.lines.find((one) => one.unit === unit);
  const own = (run?.episodes ?? []).filter((episode) => episode.unit === unit);
  const points: PreviewAnswer['line']['points'] = [];
  for (let slot = read?.from ?? 0; read && line && slot < read.to; slot++) {
    if (slot < line.lives[0] || slot >= line.lives[1]) continue;
    const at = read.axis.ends[slot] ?? 0;
    const { figure, count, cases } = readSample(line, { slot, at });
    points.push({ at: isoOf(at, zone), figure, count, cases });
  }
  const episodes = own.map((episode) => {
    const { severity, from, to } = showEpisode(asked, episode);
    const by = read && line ? findDecider({ read, line, stretches, zone }, episode) : null;
    return { severity, from, to, by };
  });
  return { ref, unitName: name, points, episodes };
}

const NO_LOAD: Load = {
  ...{ episodes: 0, units: 0, alertMs: 0, perOperatorDay: 0, floodMinutes: 0 },
  bySeverity: { critical: 0, major: 0, warning: 0, advisory: 0 },
};

/** A load as so many operators share it. */
const share = (load: Load, operators: number): Load => ({
  ...load,
  perOperatorDay: Math.round((100 * load.perOperatorDay) / operators) / 100,
});

/** A preview's answer. */
export async function showPreview(
  asked: Asked,
  { run, savedRun, suggestions, drawn, stretches, units, sampled, to, operators }: Previewed,
): Promise<Omit<PreviewAnswer, 'tookMs'>> {
  const { view, order, grain } = asked;
  const range = run && { axis: run.read.axis, from: run.read.from, to: run.read.to };
  const episodes = run?.episodes ?? [];
  const top = range ? listTopUnits(episodes, { ...range, count: TOP_UNITS }) : [];
  return {
    ...{
      seq: run?.read.seq ?? view.clock.seq,
      from: order.from,
      to,
      mode: order.mode,
      grain,
      units,
      sampled,
    },
    isExact: sampled === null && (await isExact(asked)),
    evaluations: (run?.evaluations ?? 0) + (savedRun?.evaluations ?? 0),
    load: share(run?.load ?? NO_LOAD, operators),
    saved: savedRun && share(savedRun.load, operators),
    differs: savedRun && range ? compareRuns(episodes, savedRun.episodes, range) : null,
    days: range ? countByDay(episodes, range) : [],
    episodes: episodes
      .slice(-LISTED_EPISODES)
      .reverse()
      .map((episode) => showEpisode(asked, episode)),
    topUnits: top.map(({ unit, episodes: count, alertMs }) => {
      const { ref, name } = showUnit(view, unit);
      return { ref, unitName: name, episodes: count, alertMs };
    }),
    line: drawLine(asked, { drawn, run, stretches }),
    suggestions: suggestions.map((one) => ({ ...one, load: share(one.load, operators) })),
    ...listParts(asked),
  };
}
