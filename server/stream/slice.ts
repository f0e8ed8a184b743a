import type { StepView, TallyRow, TallyTable } from '../../shared/answers.ts';
import type { Frame, Snapshot } from '../../shared/live.ts';
import { MEASURE_IDS } from '../../shared/measure.ts';
import { dayOf, isoOf, periodOf } from '../../shared/period.ts';
import { elapsedWorkingDays, type View } from '../figures/sums.ts';
import { readFeedViews } from '../figures/units.ts';
import { showUnit } from '../figures/views.ts';
import type { ChangedStep } from '../pipeline/commits.ts';
import type { TallyRow as StoredTally } from '../store/schema.ts';
import { readSlice } from '../store/sum-store.ts';

/** Days of the watched unit itself that a snapshot holds, before today. */
const OWN_DAYS = 31;
/** The most steps a frame or snapshot carries. */
export const STRIP_STEPS = 30;

function toRow(row: StoredTally): TallyRow {
  return [row.unit, row.grain, row.start, row.seq, ...MEASURE_IDS.map((id) => row[id])];
}

/** The units whose rows the viewers of a unit hold: itself and what stands below it today. */
export function listWatched(view: View, unit: number): number[] {
  return [unit, ...view.tree.childrenOn(unit, view.today).map(({ id }) => id)];
}

/** What a viewer of `unit` is shown: rows of `units` (of all it holds, without) changed after `since`. */
export type SliceOrder = {
  unit: number;
  since: number;
  units?: readonly number[];
  steps: readonly ChangedStep[];
};

async function readTallies(view: View, { unit, since, units }: SliceOrder): Promise<TallyTable> {
  const wanted = units ?? listWatched(view, unit);
  const rows = await readSlice(view.reader, {
    units: wanted,
    today: view.today,
    own: unit,
    days: OWN_DAYS,
    since,
  });
  return { measures: [...MEASURE_IDS], rows: rows.map(toRow) };
}

function showSteps(view: View, { unit, steps }: SliceOrder): StepView[] {
  const { tree, site } = view;
  const scope = tree.ancestry(unit);
  const seen = steps.filter(
    (step) => tree.units.has(step.unit) && tree.isWithin(scope, step.unit, dayOf(step.at, site.zone)),
  );
  return seen.slice(0, STRIP_STEPS).map((step) => ({
    seq: step.seq,
    at: isoOf(step.at, site.zone),
    unit: step.unit,
    unitName: tree.get(step.unit).name,
    status: step.status,
    procedure: step.procedure,
    procedureName: site.procedures.get(step.procedure)?.name ?? { vi: step.procedure, en: step.procedure },
    channel: step.channel,
    outcome: step.outcome,
  }));
}

/** What changed since a number: the answer to `since`, and what a frame carries. `feeds` are read on demand. */
export async function readFrame(
  view: View,
  order: SliceOrder,
  { build, withFeeds }: { build: string; withFeeds: boolean },
): Promise<Frame> {
  const { tree } = view;
  const { unit } = order;
  return {
    prev: order.since,
    seq: view.clock.seq,
    at: isoOf(view.now, view.site.zone),
    build,
    tallies: await readTallies(view, order),
    steps: showSteps(view, order),
    feeds: withFeeds ? await readFeedViews({ ...view, root: unit, scope: tree.ancestry(unit) }) : [],
  };
}

/** Everything a viewer of a unit starts from. */
export async function readSnapshot(
  view: View,
  { unit, steps, build }: { unit: number; steps: readonly ChangedStep[]; build: string },
): Promise<Snapshot> {
  const { tree, today, scope } = view;
  const { prev: _, ...changes } = await readFrame(
    view,
    { unit, since: 0, steps },
    { build, withFeeds: true },
  );
  const path = [...tree.pathOn(unit, today)].reverse().filter((id) => tree.isWithin(scope, id, today));
  const grains = ['day', 'month', 'quarter', 'year'] as const;
  return {
    type: 'snapshot',
    ...changes,
    day: today,
    unit: showUnit(view, unit),
    path: path.map((id) => showUnit(view, id)),
    children: listWatched(view, unit)
      .slice(1)
      .map((id) => showUnit(view, id)),
    workingDays: Object.fromEntries(
      grains.map((grain) => [grain, elapsedWorkingDays(view, periodOf(today, grain))]),
    ),
  };
}
