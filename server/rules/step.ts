/**
 * What an alert becomes by what happens to it. Pure and total: a table says for every condition and event what is done, and
 * the compiler checks it for gaps. The same function judges live, in previews and in replays.
 */
import { ALERT_SEVERITIES, type AlertSeverity } from '../../shared/rule.ts';
import {
  acknowledge,
  acknowledgeGone,
  close,
  type Draft,
  enter,
  isHushed,
  isOpen,
  isWorseThan,
  note,
  placeOf,
  putBack,
  START,
  type StepContext,
  shelve,
  showFigure,
  suppress,
  takeOut,
  unshelve,
  unsuppress,
} from './draft.ts';
import { judgeSample, type Verdict } from './levels.ts';
import type { AlertEvent, AlertEventKind, AlertState, ConditionState, Stepped } from './state.ts';
import { findClearsAt, findNextAt, settle, thaw } from './timers.ts';
import {
  addTurn,
  canStillReach,
  isFlappingAt,
  isQuietPast,
  isTurn,
  type Reading,
  remember,
} from './votes.ts';

type EventOf<K extends AlertEventKind> = Extract<AlertEvent, { kind: K }>;
type Handlers = { [K in AlertEventKind]: (draft: Draft, event: EventOf<K>) => void };

type Change = (draft: Draft, at: number) => void;

const keep: Change = () => undefined;

function become(condition: ConditionState): Change {
  return (draft, at) => enter(draft, condition, at);
}

const recover: Change = (draft, at) => {
  const { state } = draft;
  enter(draft, 'recovering', at);
  state.clearSince = at;
  state.clears = 1;
  state.improvedSince = null;
  note(draft, 'recovering', { at });
};

const goOnRecovering: Change = ({ state }) => {
  state.clears += 1;
};

const comeBack: Change = (draft, at) => {
  const { state } = draft;
  enter(draft, 'active', at);
  state.clearSince = null;
  state.clears = 0;
  note(draft, 'returned', { at });
  followHeld(draft, at);
};

/** Counts from when a level less bad than the present one is the worst still held. */
const followHeld: Change = ({ state }, at) => {
  if (!isWorseThan(state.severity, state.held)) state.improvedSince = null;
  else state.improvedSince ??= at;
};

const giveUp: Change = (draft, at) => {
  if (Object.keys(draft.state.reachedSince).length === 0) enter(draft, 'normal', at);
};

/** What a sample that can be judged does, by the condition it meets. */
const SAMPLED = {
  normal: { reached: become('pending'), held: keep, clear: keep },
  pending: { reached: keep, held: giveUp, clear: giveUp },
  active: { reached: followHeld, held: followHeld, clear: recover },
  recovering: { reached: comeBack, held: comeBack, clear: goOnRecovering },
} as const satisfies Record<ConditionState, Record<Reading, Change>>;

function readingOf({ reached, held }: Verdict): Reading {
  if (reached !== null) return 'reached';
  return held === null ? 'clear' : 'held';
}

function freeze(draft: Draft, at: number): void {
  const { state } = draft;
  if (state.frozenAt !== null) return;
  state.frozenAt = at;
  note(draft, 'frozen', { at });
}

/** Since when each level has been reached: a worse one reaches the lesser ones too, and the votes may allow gaps. */
function followReached(
  { state, context }: Draft,
  { reached, at }: { reached: AlertSeverity | null; at: number },
) {
  const known = state.reachedSince;
  const hasAny = Object.keys(known).length > 0;
  if (reached === null && !hasAny) return;
  const { votes } = context.effective.rule.body;
  const next: Partial<Record<AlertSeverity, number>> = {};
  for (const severity of ALERT_SEVERITIES) {
    const since = known[severity];
    if (placeOf(reached) <= placeOf(severity)) next[severity] = since ?? at;
    else if (since !== undefined && canStillReach(state.recent, { severity, votes })) next[severity] = since;
  }
  state.reachedSince = next;
}

function followFlapping(draft: Draft, at: number): void {
  const { state, context } = draft;
  if (state.severity === null) return;
  const isNow = isFlappingAt(at, state, context.effective.rule.body.cadence);
  if (isNow === state.isFlapping) return;
  state.isFlapping = isNow;
  note(draft, isNow ? 'flapping' : 'steady', { at });
}

function takeVerdict(draft: Draft, verdict: Verdict, at: number): void {
  const { state } = draft;
  const reading = readingOf(verdict);
  thaw(draft, at);
  if (isTurn(state.recent, reading)) state.turns = addTurn(state.turns, at);
  state.recent = remember(state.recent, { reading, reached: verdict.reached });
  state.held = verdict.held;
  state.value = verdict.value;
  state.count = verdict.count;
  showFigure(draft);
  followReached(draft, { reached: verdict.reached, at });
  SAMPLED[state.condition][reading](draft, at);
  settle(draft, { from: at, upTo: at });
  followFlapping(draft, at);
}

function takeSample(draft: Draft, { at, sample }: EventOf<'sample'>): void {
  const { state, context } = draft;
  state.sampledAt = sample.at;
  state.quality = sample.quality;
  if (context.effective.isOff) {
    if (isOpen(state) || state.condition !== 'normal') end(draft, { at, reason: 'ruleOff' });
    return;
  }
  const verdict = judgeSample(context.effective, sample);
  if (verdict.isFrozen) freeze(draft, at);
  else takeVerdict(draft, verdict, at);
}

function end(draft: Draft, { at, reason }: Pick<EventOf<'end'>, 'at' | 'reason'>): void {
  const isSilent = draft.state.untoldAt !== null || isHushed(draft, at);
  close(draft, { at, reason, isSilent });
  Object.assign(draft.state, START, { since: at });
}

const atOnce = (change: Change) => (draft: Draft, event: { at: number }) => change(draft, event.at);

/** What goes on whatever the condition is. */
const ALWAYS = {
  sample: takeSample,
  time: atOnce(keep),
  shelve,
  unshelve: atOnce(unshelve),
  takeOut,
  putBack: atOnce(putBack),
  suppress: atOnce(suppress),
  unsuppress: atOnce(unsuppress),
  end,
};

/** What every event does in every condition, after what was due before it and before what follows from it at once. */
export const TRANSITIONS = {
  normal: { ...ALWAYS, acknowledge: atOnce(acknowledgeGone) },
  pending: { ...ALWAYS, acknowledge: atOnce(acknowledgeGone) },
  active: { ...ALWAYS, acknowledge: atOnce(acknowledge) },
  recovering: { ...ALWAYS, acknowledge: atOnce(acknowledge) },
} as const satisfies Record<ConditionState, Handlers>;

/** The earliest instant at which what is due now can fire: nothing fires before what it follows from. */
function startOf({ since, sampledAt }: AlertState): number {
  return Math.max(since, sampledAt ?? since);
}

/**
 * Steps a draft in place. Timers that were due before go first, those due at the very instant of a sample after it: a
 * sample is the newer word. A sample that is not newer than the last changes nothing.
 */
export function advance(draft: Draft, event: AlertEvent): void {
  const { state } = draft;
  if (event.kind === 'sample') {
    if (state.sampledAt !== null && event.sample.at <= state.sampledAt) return;
    settle(draft, { from: startOf(state), before: event.at });
  } else settle(draft, { from: startOf(state), upTo: event.at });
  const handlers: Handlers = TRANSITIONS[state.condition];
  const handle: (draft: Draft, event: never) => void = handlers[event.kind];
  handle(draft, event as never);
  settle(draft, { from: event.at, upTo: event.at });
}

/** What an alert becomes by an event. Leaves the given state as it is; instants of effects are those at which they were due. */
export function step(state: AlertState, event: AlertEvent, context: StepContext): Stepped {
  const draft: Draft = { state: { ...state }, effects: [], context };
  advance(draft, event);
  const { state: next, effects } = draft;
  return { state: next, effects, nextAt: findNextAt(draft), clearsAt: findClearsAt(draft) };
}

/** Whether nothing of a state is worth remembering: an alert that begins anew from `START` goes on exactly alike. */
export function isWell(state: AlertState, at: number): boolean {
  const { condition, worst, shelf, isByDesign, reachedSince, recent, turns } = state;
  if (condition !== 'normal' || worst !== null || shelf !== null || isByDesign) return false;
  return Object.keys(reachedSince).length === 0 && isQuietPast(at, { recent, turns });
}
