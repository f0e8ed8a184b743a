/** What an alert does by the clock alone. Every deadline is an absolute instant, so that it may come late and is still right. */
import { ALERT_SEVERITIES, type AlertSeverity } from '../../shared/rule.ts';
import {
  announce,
  breakShelf,
  callFor,
  clear,
  close,
  type Draft,
  enter,
  isOpen,
  isOutsideHours,
  isWorseThan,
  note,
  placeOf,
  putBack,
  setSeverity,
  unshelve,
} from './draft.ts';
import { addDelay, addSpan, findWorkingFrom, shiftStart } from './spans.ts';
import { countReached, findSteady, isNewestAt } from './votes.ts';

/** A timer: when it is due, if it runs at all, and what it then does. */
type Timer = { findDue: (draft: Draft) => number | null; fire: (draft: Draft, at: number) => void };

const ruleClock = ({ context }: Draft) => ({
  rule: context.effective.rule,
  calendar: context.calendar,
});

/** When a level will have been reached for long enough, and by enough votes. */
function findRaise(draft: Draft, severity: AlertSeverity): number | null {
  const { state, context } = draft;
  const since = state.reachedSince[severity];
  if (since === undefined || !isNewestAt(state.recent, severity)) return null;
  const { votes, delay } = context.effective.rule.body;
  if (countReached(state.recent, { severity, of: votes.of }) < votes.raise) return null;
  const level = context.effective.levels.find((one) => one.severity === severity);
  return level ? addDelay(since, level.delay ?? delay, ruleClock(draft)) : null;
}

/** When a level worse than the present one will have been reached for long enough; of several the first. */
function findRisen(draft: Draft): number | null {
  const { state } = draft;
  if (state.condition !== 'pending' && state.condition !== 'active') return null;
  let least: number | null = null;
  for (const severity of ALERT_SEVERITIES) {
    if (severity === state.severity) return least;
    least = earlier(least, findRaise(draft, severity));
  }
  return least;
}

function raise(draft: Draft, at: number): void {
  const severity = ALERT_SEVERITIES.find((one) => (findRaise(draft, one) ?? Number.POSITIVE_INFINITY) <= at);
  if (!severity) return;
  if (draft.state.condition === 'active') worsen(draft, { severity, at });
  else activate(draft, { severity, at });
}

type Rise = { severity: AlertSeverity; at: number };

function activate(draft: Draft, { severity, at }: Rise): void {
  const { state } = draft;
  const isAgain = isOpen(state);
  enter(draft, 'active', at);
  state.clearedAt = null;
  state.clearSince = null;
  setSeverity(draft, severity);
  breakShelf(draft, at);
  callFor(draft, severity);
  announce(draft, isAgain ? 'returned' : 'raised', at);
}

function worsen(draft: Draft, { severity, at }: Rise): void {
  const { state } = draft;
  state.clearedAt = null;
  const isNews = !state.isFlapping || isWorseThan(severity, state.worst);
  setSeverity(draft, severity);
  breakShelf(draft, at);
  if (isNews) {
    callFor(draft, severity);
    announce(draft, 'worsened', at);
  } else note(draft, 'worsened', { at });
}

function findImproved(draft: Draft): number | null {
  const { condition, improvedSince } = draft.state;
  if (condition !== 'active' || improvedSince === null) return null;
  return addDelay(improvedSince, draft.context.effective.rule.body.clearDelay, ruleClock(draft));
}

function improve(draft: Draft, at: number): void {
  const { state } = draft;
  if (state.held === null) return;
  setSeverity(draft, state.held);
  if (state.severity === 'advisory') state.clearedAt = at;
  note(draft, 'improved', { at });
}

/**
 * When what is over, and nobody acknowledged, stops waiting for it: it is normal again, or fell to an advisory, which asks
 * nobody. What is out of service waits until it is back.
 */
function findLapsed({ state, context }: Draft): number | null {
  const { condition, severity, worst, clearedAt, response, outUntil } = state;
  const isOver = condition === 'normal' || condition === 'pending' || severity === 'advisory';
  if (!isOver || worst === null || clearedAt === null || response !== 'unack' || outUntil !== null)
    return null;
  const { closesAfter } = context.policy[worst];
  return closesAfter === null ? null : addSpan(clearedAt, closesAfter, context.calendar);
}

/** Closes what is over; what goes on as an advisory is a message from then on. */
function lapse(draft: Draft, at: number): void {
  const { state } = draft;
  if (state.severity === null) close(draft, { at, reason: 'timedOut', isSilent: true });
  else {
    state.response = 'none';
    note(draft, 'lapsed', { at });
  }
}

function findCleared(draft: Draft): number | null {
  const { condition, clearSince, clears, isFlapping } = draft.state;
  const { votes, clearDelay } = draft.context.effective.rule.body;
  if (condition !== 'recovering' || clearSince === null || isFlapping || clears < votes.clear) return null;
  return addDelay(clearSince, clearDelay, ruleClock(draft));
}

/** The timers of the condition, which stand still while nothing can be judged. */
const CONDITION_TIMERS: readonly Timer[] = [
  { findDue: findRisen, fire: raise },
  { findDue: findImproved, fire: improve },
  { findDue: findCleared, fire: clear },
  {
    findDue: ({ state, context }) => findSteady(state, context.effective.rule.body.cadence),
    fire: (draft, at) => {
      draft.state.isFlapping = false;
      note(draft, 'steady', { at });
    },
  },
];

/** The timers of people and of suppression, which always run. */
const OTHER_TIMERS: readonly Timer[] = [
  {
    // What has fallen to an advisory asks nobody: its acknowledgement holds until it rises again.
    findDue: ({ state: { condition, severity, response, ackUntil } }) =>
      condition === 'active' && severity !== 'advisory' && response === 'ack' ? ackUntil : null,
    fire: (draft, at) => {
      callFor(draft, draft.state.severity ?? 'advisory');
      announce(draft, 'reannounced', at);
    },
  },
  { findDue: findLapsed, fire: lapse },
  { findDue: ({ state }) => state.shelf?.until ?? null, fire: unshelve },
  { findDue: ({ state }) => state.outUntil, fire: putBack },
  {
    findDue: ({ state, context }) => {
      if (state.untoldAt === null || state.condition !== 'active' || state.suppression !== 'none')
        return null;
      const isQuiet = context.effective.rule.body.outside === 'quiet';
      return isQuiet ? findWorkingFrom(state.untoldAt, context.calendar) : state.untoldAt;
    },
    fire: (draft, at) => {
      if (isOutsideHours(draft.context, at)) draft.state.untoldAt = at;
      else announce(draft, 'reannounced', at);
    },
  },
];

const ALL_TIMERS = [...CONDITION_TIMERS, ...OTHER_TIMERS];

function earlier(a: number | null, b: number | null): number | null {
  if (a === null || b === null) return a ?? b;
  return Math.min(a, b);
}

/** Whether the clock alone can do nothing to a state: as nearly all alerts are, nearly always. */
function isAtRest({ condition, worst, shelf }: Draft['state']): boolean {
  return condition === 'normal' && worst === null && shelf === null;
}

/** The next instant at which the clock alone changes anything, and the timer that does; undefined: never. */
function findNext(draft: Draft): { timer: Timer; dueAt: number } | undefined {
  if (isAtRest(draft.state)) return undefined;
  let next: { timer: Timer; dueAt: number } | undefined;
  for (const timer of draft.state.frozenAt === null ? ALL_TIMERS : OTHER_TIMERS) {
    const dueAt = timer.findDue(draft);
    if (dueAt !== null && (next === undefined || dueAt < next.dueAt)) next = { timer, dueAt };
  }
  return next;
}

/** The next instant at which the clock alone changes anything; null: never. */
export function findNextAt(draft: Draft): number | null {
  return findNext(draft)?.dueAt ?? null;
}

/** When one that recovers will be over if it goes on so; null: it does not, or time stands still, or figures have yet to come. */
export function findClearsAt(draft: Draft): number | null {
  return draft.state.frozenAt === null ? findCleared(draft) : null;
}

/**
 * Fires what is due before an instant, or up to and on it, in order, each at the instant it was due; what has become due
 * by something that happened at `from` fires then.
 */
export function settle(
  draft: Draft,
  { from, before, upTo }: { from: number; before?: number; upTo?: number },
): void {
  let cursor = from;
  for (;;) {
    const next = findNext(draft);
    if (!next) return;
    const isDue = before === undefined ? next.dueAt <= (upTo ?? cursor) : next.dueAt < before;
    if (!isDue) return;
    cursor = Math.max(cursor, next.dueAt);
    next.timer.fire(draft, cursor);
  }
}

/** Lets timers that stood since `frozenAt` run on at an instant as if no time had gone by in between. */
export function thaw(draft: Draft, at: number): void {
  const { state, context } = draft;
  const until = state.frozenAt;
  if (until === null) return;
  state.frozenAt = null;
  const { delay, clearDelay } = context.effective.rule.body;
  const shift = (from: number, span: typeof delay) =>
    shiftStart({ from, until, to: at }, span, ruleClock(draft));
  const { levels } = context.effective;
  const reachedSince: Partial<Record<AlertSeverity, number>> = {};
  for (const severity of ALERT_SEVERITIES) {
    const from = state.reachedSince[severity];
    const level = levels.find((one) => placeOf(one.severity) === placeOf(severity));
    if (from !== undefined) reachedSince[severity] = shift(from, level?.delay ?? delay);
  }
  state.reachedSince = reachedSince;
  if (state.clearSince !== null) state.clearSince = shift(state.clearSince, clearDelay);
  if (state.improvedSince !== null) state.improvedSince = shift(state.improvedSince, clearDelay);
  note(draft, 'resumed', { at });
}
