import { z } from 'zod';
import type { StepView, TallyRow, TallyTable } from '../../shared/answers.ts';
import type { Frame, Snapshot } from '../../shared/live.ts';
import { MEASURE_IDS } from '../../shared/measure.ts';
import { isoOf, periodOf } from '../../shared/period.ts';
import { elapsedWorkingDays, type View } from '../figures/sums.ts';
import { readFeedViews } from '../figures/units.ts';
import { showUnit } from '../figures/views.ts';
import { readNewestSteps } from '../store/event-store.ts';
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
  /** The number the answer stands for; rows may be newer, a step is told once. */
  upTo?: number;
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

/** What a step of the log says that a strip shows; events of other kinds say less, and a withdrawal is no step. */
const StepFacts = z.object({
  status: z.int(),
  procedure: z.string(),
  channel: z.string(),
  void: z.undefined().optional(),
});

async function readSteps(
  view: View,
  { unit, since, upTo = view.clock.seq }: SliceOrder,
): Promise<StepView[]> {
  const { tree, site, reader } = view;
  const units = [...tree.ancestry(unit).keys()].flatMap((root) => tree.everBelow(root));
  const rows = await readNewestSteps(reader, { units: [...new Set(units)], since, upTo, limit: STRIP_STEPS });
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
    seq: order.upTo ?? view.clock.seq,
    at: isoOf(view.now, view.site.zone),
    build,
    tallies: await readTallies(view, order),
    steps: await readSteps(view, order),
    feeds: withFeeds ? await readFeedViews({ ...view, root: unit, scope: tree.ancestry(unit) }) : [],
  };
}

/** Everything a viewer of a unit starts from. */
export async function readSnapshot(
  view: View,
  { unit, build }: { unit: number; build: string },
): Promise<Snapshot> {
  const { tree, today, scope } = view;
  const { prev: _, ...changes } = await readFrame(view, { unit, since: 0 }, { build, withFeeds: true });
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
