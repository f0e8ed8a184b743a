/**
 * What a viewer is told, in one table. A snapshot is what changed since 0, the answer to `since` and every frame what
 * changed since theirs. Law: what is told is cut by number and scope alone, so frames may be lost, merged or sent twice.
 */
import { z } from 'zod';
import type { AlertBrief } from '../../shared/alert.ts';
import { isListed, labelOf } from '../../shared/alert-label.ts';
import type { FeedView, StepView, TallyRow, TallyTable } from '../../shared/answers.ts';
import type { Frame, Snapshot } from '../../shared/live.ts';
import { LIVE_IDS } from '../../shared/live-measures.ts';
import { MEASURES, type MeasureId } from '../../shared/measure.ts';
import { isoOf, periodOf } from '../../shared/period.ts';
import { showBriefs } from '../alerts/brief.ts';
import { listNeverTold } from '../figures/absence.ts';
import { listSubtree } from '../figures/subtree.ts';
import { elapsedWorkingDays, type View } from '../figures/sums.ts';
import { readFeedViews } from '../figures/units.ts';
import { showUnit } from '../figures/views.ts';
import { cutToScope, narrowTo, type ScopedUnit } from '../people/scope.ts';
import { readChangedEpisodes, readOpenEpisodes } from '../store/episode-store.ts';
import { readNewestSteps } from '../store/event-store.ts';
import { type LiveTally, readSlice } from '../store/sum-store.ts';

/** Days of the watched unit itself that are told, before today. */
const OWN_DAYS = 31;
/** The most steps that are told: more would not be seen. */
const STRIP_STEPS = 30;

/** What changed for the viewers of a unit after a number, up to the number of the view. */
export type Order = { unit: ScopedUnit; since: number };

const LIVE_STOCKS: ReadonlySet<MeasureId> = new Set(LIVE_IDS.filter((id) => MEASURES[id].kind === 'stock'));

/** A row as it is told. Of all time only levels are: nobody asks for flows since the beginning, the longest numbers of all. */
function toRow(row: LiveTally): TallyRow {
  const isTold = (id: MeasureId) => row.grain !== 'ever' || LIVE_STOCKS.has(id);
  return [
    row.unit,
    row.grain,
    row.start,
    row.seq,
    ...LIVE_IDS.map((id) => (isTold(id) ? (row[id] ?? 0) : 0)),
  ];
}

/** Rows of one period together: what is alike packs small. */
function compareRows(a: LiveTally, b: LiveTally): number {
  if (a.grain !== b.grain) return a.grain < b.grain ? -1 : 1;
  if (a.start !== b.start) return a.start < b.start ? -1 : 1;
  return a.unit - b.unit;
}

/** The units whose rows the viewers of a unit hold: itself and what stands below it today. */
export function listWatched(view: View, unit: ScopedUnit): number[] {
  return [unit, ...view.tree.childrenOn(unit, view.today).map(({ id }) => id)];
}

async function readTallies(view: View, { unit, since }: Order): Promise<TallyTable> {
  const rows = await readSlice(view.reader, {
    units: listWatched(view, unit),
    today: view.today,
    own: unit,
    days: OWN_DAYS,
    since,
    ids: LIVE_IDS,
  });
  return { measures: [...LIVE_IDS], rows: rows.sort(compareRows).map(toRow) };
}

async function readFeeds(view: View, { unit, since }: Order): Promise<FeedView[]> {
  return readFeedViews(narrowTo(view, unit), since);
}

/** What a step of the log says that a strip shows; news of other kinds say less. */
const StepFacts = z.object({ status: z.int(), procedure: z.string(), channel: z.string() });

/** The newest steps, the last told first. Those of a later commit are left to the frame that tells of it. */
async function readSteps(view: View, { unit, since }: Order): Promise<StepView[]> {
  const { tree, site, reader, clock } = view;
  const order = { units: listSubtree(view, unit), since, upTo: clock.seq, limit: STRIP_STEPS };
  const rows = await readNewestSteps(reader, order);
  return rows.flatMap((row) => {
    const facts = StepFacts.safeParse(JSON.parse(row.body));
    if (!facts.success) return [];
    const { status, procedure, channel } = facts.data;
    return [
      {
        ...{ seq: row.seq, at: isoOf(row.at, site.zone), unit: row.unit, unitName: tree.get(row.unit).name },
        ...{ status, procedure, channel, outcome: row.outcome },
        procedureName: site.procedures.get(procedure)?.name ?? { vi: procedure, en: procedure },
      },
    ];
  });
}

/** Episodes of all below the unit: those that changed, messages and closed ones too; at first those that are open and no messages. */
async function readAlerts(view: View, { unit, since }: Order): Promise<AlertBrief[]> {
  const units = listSubtree(view, unit);
  const episodes =
    since === 0
      ? await readOpenEpisodes(view.reader, units)
      : await readChangedEpisodes(view.reader, new Set(units), since);
  // Messages are many and ask for nobody: a list of them is read where one is looked at, and asked again when one changes.
  return showBriefs(
    view,
    since === 0 ? episodes.filter((one) => isListed({ label: labelOf(one) })) : episodes,
  );
}

type Told = Pick<Frame, 'tallies' | 'feeds' | 'steps' | 'alerts'>;

const TOLD: { [N in keyof Told]: (view: View, order: Order) => Promise<Told[N]> } = {
  tallies: readTallies,
  feeds: readFeeds,
  steps: readSteps,
  alerts: readAlerts,
};

/** What changed for the viewers of a unit after a number: all of it, and nothing that lies outside the unit. */
export async function changesSince(
  view: View,
  order: Order,
): Promise<Told & Pick<Frame, 'seq' | 'at' | 'rulesSeq'>> {
  return {
    seq: view.clock.seq,
    at: isoOf(view.now, view.site.zone),
    tallies: await TOLD.tallies(view, order),
    feeds: await TOLD.feeds(view, order),
    steps: await TOLD.steps(view, order),
    alerts: await TOLD.alerts(view, order),
    rulesSeq: view.clock.rulesSeq,
  };
}

/** The units above a unit that a viewer may see, from the top, and the unit: all that a snapshot of it owes to the viewer. */
export function listPath(view: View, unit: ScopedUnit): number[] {
  const above = view.tree.pathOn(unit, view.today).slice(1).reverse();
  return [...cutToScope(view, above, view.today), unit];
}

/** Everything a viewer of a unit starts from. */
export async function readSnapshot(view: View, unit: ScopedUnit, build: string): Promise<Snapshot> {
  const { today } = view;
  const watched = listWatched(view, unit);
  const grains = ['day', 'month', 'quarter', 'year'] as const;
  return {
    type: 'snapshot',
    build,
    ...(await changesSince(view, { unit, since: 0 })),
    day: today,
    unit: showUnit(view, unit),
    path: listPath(view, unit).map((id) => showUnit(view, id)),
    children: watched.slice(1).map((id) => showUnit(view, id)),
    silent: await listNeverTold(view, watched),
    workingDays: Object.fromEntries(
      grains.map((grain) => [grain, elapsedWorkingDays(view, periodOf(today, grain))]),
    ),
  };
}
