/** What a rule would have done: the live step over the samples of many units. People are taken to acknowledge at once. */

import { POLICY } from '../../shared/alert-policy.ts';
import type { EffectiveRule } from '../../shared/effective.ts';
import { isReached } from '../../shared/judgement.ts';
import { ALERT_SEVERITIES, type AlertSeverity } from '../../shared/rule.ts';
import type { Axis } from './axis.ts';
import { type Draft, START, type StepContext, showFigure } from './draft.ts';
import { clearOf, judgeSample } from './levels.ts';
import { type Load, measureLoad } from './load.ts';
import { readSampleInto, type SampleLine } from './sample.ts';
import type { AlertEvent, Effect, Sample } from './state.ts';
import { advance } from './step.ts';
import type { Stretch } from './stretches.ts';
import { ALL_AT, ALL_CLEAR } from './votes.ts';

/** The most evaluations of one run; of more units so many are taken as stay within. */
export const MOST_EVALUATIONS = 250_000;

/** A time in alert of one unit; `to` is null while it lasts. `worst`: the figure farthest past a threshold. */
export type ReplayedEpisode = {
  unit: number;
  severity: AlertSeverity;
  from: number;
  to: number | null;
  worst: number | null;
};

/** Slots `from` to `to` (exclusive) are replayed. `of`: of how many units these lines are a sample. */
export type ReplayOrder = {
  lines: readonly SampleLine[];
  axis: Axis;
  from: number;
  to: number;
  stretchesOf: (unit: number) => readonly Stretch[];
  of?: number;
};

/** Episodes in order of time, with what they come to. */
export type Replayed = { evaluations: number; episodes: ReplayedEpisode[]; load: Load };

/** Every so-manieth unit, by id, that a run stays within its evaluations; all of them where it does anyway. */
export function chooseUnits(
  units: readonly number[],
  { slots, most = MOST_EVALUATIONS }: { slots: number; most?: number },
): { units: number[]; taken: number; of: number } {
  const sorted = [...units].sort((a, b) => a - b);
  const room = Math.max(1, Math.floor(most / Math.max(1, slots)));
  const stride = Math.ceil(sorted.length / room) || 1;
  const chosen = sorted.filter((_, index) => index % stride === 0);
  return { units: chosen, taken: chosen.length, of: sorted.length };
}

/** Episodes of one unit as they arise from effects. */
class Recorder {
  readonly #unit: number;
  readonly episodes: ReplayedEpisode[] = [];
  #open: ReplayedEpisode | undefined;

  constructor(unit: number) {
    this.#unit = unit;
  }

  /** Takes the effects of a step. */
  take(effects: readonly Effect[]): void {
    for (const { kind, at, severity } of effects) {
      if (kind === 'raised') {
        this.#open = { unit: this.#unit, severity: severity ?? 'advisory', from: at, to: null, worst: null };
        this.episodes.push(this.#open);
      } else if (kind === 'worsened' && this.#open && severity) this.#worsen(severity);
      else if ((kind === 'cleared' || kind === 'closed') && this.#open) {
        this.#open.to = at;
        this.#open = undefined;
      }
    }
  }

  #worsen(severity: AlertSeverity): void {
    if (!this.#open) return;
    const order = ALERT_SEVERITIES;
    if (order.indexOf(severity) < order.indexOf(this.#open.severity)) this.#open.severity = severity;
  }

  /** Notes the figure shown while an episode is open. */
  see(figure: number | null, direction: 'below' | 'above'): void {
    if (!this.#open || figure === null) return;
    const { worst } = this.#open;
    if (worst === null || (direction === 'below' ? figure < worst : figure > worst))
      this.#open.worst = figure;
  }
}

/** A policy under which an acknowledgement holds for good. */
const FOR_GOOD = Object.fromEntries(
  Object.entries(POLICY).map(([severity, policy]) => [severity, { ...policy, ackFor: null }]),
) as typeof POLICY;

/** What is active is acknowledged in place; what was over within the step is closed with it. */
function acknowledgeAtOnce(draft: Draft, at: number): void {
  const { state } = draft;
  if (state.response !== 'unack') return;
  if (state.condition === 'active' || state.condition === 'recovering') state.response = 'ack';
  else advance(draft, { kind: 'acknowledge', at });
}

/** The thresholds in force in each slot of a unit: its stretches by slot. */
function bySlot(
  stretches: readonly Stretch[],
  { days }: Axis,
): { from: number; effective: EffectiveRule | null }[] {
  return stretches.map(({ from, effective }) => {
    const slot = days.findIndex((day) => day >= from);
    return { from: slot < 0 ? days.length : slot, effective };
  });
}

type Range = { from: number; to: number };

/** Steps one unit through its slots, in place: nothing is made anew where nothing changes. */
function replayUnit(
  line: SampleLine,
  { axis, from, to, stretchesOf }: ReplayOrder,
): { episodes: ReplayedEpisode[]; evaluations: number } {
  const recorder = new Recorder(line.unit);
  const stretches = bySlot(stretchesOf(line.unit), axis);
  let evaluations = 0;
  let draft: Draft | undefined;
  for (const [index, { from: begins, effective }] of stretches.entries()) {
    const range: Range = {
      from: Math.max(from, begins, line.lives[0]),
      to: Math.min(to, stretches[index + 1]?.from ?? to, line.lives[1]),
    };
    if (draft && (!effective || effective.isOff)) draft = end(draft, { recorder, at: startOf(axis, begins) });
    if (!effective || effective.isOff || range.from >= range.to) continue;
    const context: StepContext = { effective, calendar: axis.calendar, policy: FOR_GOOD };
    draft = draft ? { ...draft, context } : { state: { ...START }, effects: [], context };
    replayRange(draft, { line, axis, range, recorder });
    evaluations += range.to - range.from;
  }
  if (draft && line.lives[1] < to) end(draft, { recorder, at: startOf(axis, line.lives[1]) });
  else if (draft) send(draft, { kind: 'time', at: startOf(axis, to) }, recorder);
  return { episodes: recorder.episodes, evaluations };
}

function startOf({ ends }: Axis, slot: number): number {
  return ends[slot - 1] ?? 0;
}

function end(draft: Draft, { recorder, at }: { recorder: Recorder; at: number }): undefined {
  send(draft, { kind: 'end', at, reason: 'ruleOff' }, recorder);
}

function send(draft: Draft, event: AlertEvent, recorder: Recorder): void {
  advance(draft, event);
  acknowledgeAtOnce(draft, event.at);
  if (draft.effects.length === 0) return;
  recorder.take(draft.effects);
  draft.effects.length = 0;
}

/** The number past which nothing is held, where values alone are judged. */
function findClear({ rule, levels }: EffectiveRule): number | null {
  const { direction, deadband } = rule.body;
  const limits = levels.map(({ raise, count }) =>
    raise === null || count !== null ? Number.NaN : clearOf(rule.body, { raise, deadband }),
  );
  const limit = direction === 'below' ? Math.max(...limits) : Math.min(...limits);
  return Number.isFinite(limit) ? limit : null;
}

/** Whether an alert that has long been well is well in a slot too: then its step changes nothing that shows. */
function isWellIn(
  { state, context }: Draft,
  { line, slot, limit }: { line: SampleLine; slot: number; limit: number },
): boolean {
  if (state.condition !== 'normal' || state.worst !== null || state.recent !== ALL_CLEAR) return false;
  const figure = line.columns.figure[slot] ?? Number.NaN;
  const cases = line.columns.cases[slot] ?? Number.NaN;
  if (Number.isNaN(figure) || cases < context.effective.minimum) return false;
  return !isReached(context.effective.rule.body.direction, figure, limit);
}

/** Takes a sample of an alert that has long been at its level and still is: then its step changes nothing but what shows. */
function stayIn(draft: Draft, sample: Sample): boolean {
  const { state, context } = draft;
  const { condition, severity, recent, frozenAt, improvedSince, untoldAt, isFlapping } = state;
  if (condition !== 'active' || severity === null || recent !== ALL_AT[severity] || isFlapping) return false;
  if (frozenAt !== null || improvedSince !== null || untoldAt !== null) return false;
  const { reached, held, value, count } = judgeSample(context.effective, sample);
  if (reached !== severity) return false;
  state.sampledAt = sample.at;
  state.quality = sample.quality;
  state.held = held;
  state.value = value;
  state.count = count;
  showFigure(draft);
  return true;
}

function replayRange(
  draft: Draft,
  { line, axis, range, recorder }: { line: SampleLine; axis: Axis; range: Range; recorder: Recorder },
): void {
  const sample: Sample = { at: 0, figure: null, count: null, cases: null, quality: 'fresh', told: null };
  const event = { kind: 'sample' as const, at: 0, sample };
  const { effective } = draft.context;
  const { direction } = effective.rule.body;
  const limit = line.told ? null : findClear(effective);
  for (let slot = range.from; slot < range.to; slot++) {
    if (limit !== null && isWellIn(draft, { line, slot, limit })) continue;
    event.at = axis.ends[slot] ?? 0;
    readSampleInto(sample, line, { slot, at: event.at });
    if (!stayIn(draft, sample)) send(draft, event, recorder);
    if (draft.state.worst !== null && draft.state.frozenAt === null)
      recorder.see(draft.state.figure, direction);
  }
}

/** Replays a rule over the samples of units, and measures what it would have asked of people. */
export function replay(order: ReplayOrder): Replayed {
  const { axis, lines, from, to, of = lines.length } = order;
  const episodes: ReplayedEpisode[] = [];
  let evaluations = 0;
  for (const line of lines) {
    const replayed = replayUnit(line, order);
    episodes.push(...replayed.episodes);
    evaluations += replayed.evaluations;
  }
  episodes.sort((a, b) => a.from - b.from || a.unit - b.unit);
  const scale = lines.length === 0 ? 1 : of / lines.length;
  return { evaluations, episodes, load: measureLoad(episodes, { axis, from, to, scale }) };
}
