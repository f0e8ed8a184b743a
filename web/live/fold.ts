/** What a viewer knows, as a fold over frames. Pure. Law: a lossy viewer that resumes ends equal to one that missed nothing. */

import type { AlertBrief } from '../../shared/alert.ts';
import { isListed } from '../../shared/alert-label.ts';
import type { FeedView, StepView, TallyTable, UnitView } from '../../shared/answers.ts';
import type { Frame, Snapshot } from '../../shared/live.ts';
import { emptySums, MEASURE_IDS, type MeasureId, type Sums } from '../../shared/measure.ts';

/** Sums of one unit over one period, and the number of the commit that last changed them. */
export type LiveRow = { seq: number; sums: Sums };

/** The watched unit with its children: rows by `unit|grain|start`, feeds by id, newest steps first. Never changed in place. */
export type LiveState = {
  unit: UnitView;
  path: readonly UnitView[];
  children: readonly UnitView[];
  day: string;
  workingDays: Readonly<Record<string, number | null>>;
  /** Those that had never told anything when the snapshot was made. */
  silent: ReadonlySet<number>;
  seq: number;
  build: string;
  /** Server time of the last word, epoch ms. */
  at: number;
  rows: ReadonlyMap<string, LiveRow>;
  feeds: readonly FeedView[];
  steps: readonly StepView[];
  /** Open episodes of the unit and all below it but messages, by id, the oldest first. */
  alerts: readonly AlertBrief[];
  /** The commit that last changed a threshold. */
  rulesSeq: number;
};

/** How many of the newest steps are kept. */
export const STEPS_KEPT = 30;

const MEASURE_NAMES: readonly string[] = MEASURE_IDS;

/** The name of a row in `LiveState.rows`; `start` is the first day of the period, empty for grain `ever`. */
export function rowKey(unit: number, grain: string, start: string): string {
  return `${unit}|${grain}|${start}`;
}

function isMeasure(name: string | undefined): name is MeasureId {
  return name !== undefined && MEASURE_NAMES.includes(name);
}

function putRows(rows: Map<string, LiveRow>, { measures, rows: table }: TallyTable): void {
  for (const [unit, grain, start, seq, ...values] of table) {
    const key = rowKey(unit, grain, start);
    const known = rows.get(key);
    if (known && known.seq > seq) continue;
    const sums = emptySums();
    for (const [index, value] of values.entries()) {
      const name = measures[index];
      if (isMeasure(name)) sums[name] = value;
    }
    rows.set(key, { seq, sums });
  }
}

function mergeFeeds(known: readonly FeedView[], told: readonly FeedView[]): readonly FeedView[] {
  if (told.length === 0) return known;
  const feeds = new Map(known.map((feed) => [feed.id, feed]));
  for (const feed of told) feeds.set(feed.id, feed);
  return [...feeds.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
}

/** Episodes with what is told of some of them; those that closed or became mere messages are gone. */
function mergeAlerts(known: readonly AlertBrief[], told: readonly AlertBrief[]): readonly AlertBrief[] {
  if (told.length === 0) return known;
  const alerts = new Map(known.map((alert) => [alert.id, alert]));
  for (const alert of told) {
    if ((alerts.get(alert.id)?.seq ?? 0) > alert.seq) continue;
    if (isListed(alert)) alerts.set(alert.id, alert);
    else alerts.delete(alert.id);
  }
  return [...alerts.values()].sort((a, b) => a.id - b.id);
}

/** The last told first; those of one commit stay in the order they were told of. */
function keepSteps(steps: readonly StepView[]): readonly StepView[] {
  return steps.toSorted((a, b) => b.seq - a.seq).slice(0, STEPS_KEPT);
}

/** The state a snapshot states. */
export function startState(snapshot: Snapshot): LiveState {
  const { unit, path, children, day, workingDays, silent, seq, build, rulesSeq } = snapshot;
  const rows = new Map<string, LiveRow>();
  putRows(rows, snapshot.tallies);
  const feeds = mergeFeeds([], snapshot.feeds);
  const steps = keepSteps(snapshot.steps);
  return {
    unit,
    path,
    children,
    day,
    workingDays,
    silent: new Set(silent),
    seq,
    build,
    at: Date.parse(snapshot.at),
    rows,
    feeds,
    steps,
    alerts: mergeAlerts([], snapshot.alerts),
    rulesSeq,
  };
}

/**
 * The state after a frame, or `gap` when something between was missed (ask again, with `since`), or `anew` when it tells
 * of a later day than the state is of (ask again, without). A frame older than the state is ignored: the same state.
 */
export function applyFrame(state: LiveState, frame: Frame): LiveState | 'gap' | 'anew' {
  if (frame.at.slice(0, 10) > state.day) return 'anew';
  if (frame.prev > state.seq) return 'gap';
  if (frame.seq < state.seq) return state;
  const at = Math.max(state.at, Date.parse(frame.at));
  const fresh = frame.steps.filter((step) => step.seq > state.seq);
  let rows = state.rows;
  if (frame.tallies.rows.length > 0) {
    const changed = new Map(rows);
    putRows(changed, frame.tallies);
    rows = changed;
  }
  return {
    ...state,
    seq: frame.seq,
    build: frame.build,
    at,
    rows,
    feeds: mergeFeeds(state.feeds, frame.feeds),
    steps: fresh.length > 0 ? keepSteps([...fresh, ...state.steps]) : state.steps,
    alerts: mergeAlerts(state.alerts, frame.alerts),
    rulesSeq: frame.rulesSeq,
  };
}
