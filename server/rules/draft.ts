/** The state of an alert while it is being stepped, and what every step does to it: episodes, announcements, suppression. */
import type { AlertNoteKind } from '../../shared/alert.ts';
import type { SeverityPolicy } from '../../shared/alert-policy.ts';
import type { WorkingCalendar } from '../../shared/calendar.ts';
import type { EffectiveRule } from '../../shared/effective.ts';
import { ALERT_SEVERITIES, type AlertSeverity } from '../../shared/rule.ts';
import { showAt } from './levels.ts';
import { addSpan, findWorkingFrom } from './spans.ts';
import type { AlertState, CloseReason, ConditionState, Effect } from './state.ts';

/** By what a step is taken. `policy`: what an alert of a severity asks of people. */
export type StepContext = {
  effective: EffectiveRule;
  calendar: WorkingCalendar;
  policy: Readonly<Record<AlertSeverity, SeverityPolicy>>;
};

/** A state that a step may change, what it is judged by, and the effects so far. */
export type Draft = {
  state: { -readonly [K in keyof AlertState]: AlertState[K] };
  effects: Effect[];
  context: StepContext;
};

/** An alert of which nothing is known yet. */
export const START: AlertState = {
  condition: 'normal',
  severity: null,
  worst: null,
  since: 0,
  sampledAt: null,
  reachedSince: {},
  held: null,
  clearSince: null,
  improvedSince: null,
  recent: '-',
  clears: 0,
  quality: 'fresh',
  frozenAt: null,
  response: 'none',
  ackUntil: null,
  clearedAt: null,
  suppression: 'none',
  shelf: null,
  isByDesign: false,
  outUntil: null,
  untoldAt: null,
  isFlapping: false,
  turns: [],
  value: null,
  count: null,
  figure: null,
  threshold: null,
  isCount: false,
};

/** How far from the worst a severity stands; beyond all of them where there is none. */
export function placeOf(severity: AlertSeverity | null): number {
  return severity === null ? ALERT_SEVERITIES.length : ALERT_SEVERITIES.indexOf(severity);
}

/** Whether the first is worse than the second; anything is worse than none. */
export function isWorseThan(a: AlertSeverity | null, b: AlertSeverity | null): boolean {
  return placeOf(a) < placeOf(b);
}

/** Whether an episode is open. */
export function isOpen({ worst }: Pick<AlertState, 'worst'>): boolean {
  return worst !== null;
}

/** Whether words are held back at an instant: suppressed, shelved, or outside the working hours that the rule keeps to. */
export function isHushed({ state, context }: Draft, at: number): boolean {
  if (state.suppression !== 'none') return true;
  return isOutsideHours(context, at);
}

/** Whether a rule that is quiet outside working hours is outside them. */
export function isOutsideHours({ effective, calendar }: StepContext, at: number): boolean {
  return effective.rule.body.outside === 'quiet' && findWorkingFrom(at, calendar) !== at;
}

type Line = { at: number; reason?: CloseReason };

/** Writes a line of the history of the open episode that nobody is told of. */
export function note(draft: Draft, kind: AlertNoteKind, { at, reason }: Line): void {
  write(draft, kind, { at, isSilent: true, reason: reason ?? null });
}

function write(
  { state, effects }: Draft,
  kind: AlertNoteKind,
  line: Pick<Effect, 'at' | 'isSilent' | 'reason'>,
): void {
  if (!isOpen(state)) return;
  const { figure, isCount } = state;
  effects.push({ kind, severity: state.severity ?? state.worst, figure, isCount, ...line });
}

/** Writes a line that people are told of; where words are held back it waits. */
export function announce(draft: Draft, kind: AlertNoteKind, at: number): void {
  const isSilent = isHushed(draft, at);
  draft.state.untoldAt = isSilent ? at : null;
  write(draft, kind, { at, isSilent, reason: null });
}

/** Enters a condition. */
export function enter({ state }: Draft, condition: ConditionState, at: number): void {
  state.condition = condition;
  state.since = at;
}

/** Shows the figure and the threshold that belong to the severity. */
export function showFigure({ state, context }: Draft): void {
  Object.assign(state, showAt(context.effective, state.severity, state));
}

/** Becomes active at a severity, or changes to it. */
export function setSeverity(draft: Draft, severity: AlertSeverity): void {
  const { state } = draft;
  state.severity = severity;
  state.improvedSince = null;
  if (isWorseThan(severity, state.worst)) state.worst = severity;
  showFigure(draft);
}

/** Asks for an acknowledgement (again), but of a message. */
export function callFor({ state }: Draft, severity: AlertSeverity): void {
  if (severity === 'advisory') return;
  state.response = 'unack';
  state.ackUntil = null;
}

/** Closes the open episode, if there is one. A timed shelf outlives it. */
export function close(draft: Draft, { at, reason, isSilent }: Line & { isSilent: boolean }): void {
  const { state } = draft;
  write(draft, 'closed', { at, isSilent, reason: reason ?? null });
  state.severity = null;
  state.worst = null;
  state.response = 'none';
  state.ackUntil = null;
  state.clearedAt = null;
  state.untoldAt = null;
  state.isFlapping = false;
}

/** What no level is reached or held by any more: the alert is over, and closed unless somebody has yet to acknowledge it. */
export function clear(draft: Draft, at: number): void {
  const { state } = draft;
  const isSilent = state.untoldAt !== null || isHushed(draft, at);
  write(draft, 'cleared', { at, isSilent, reason: null });
  enter(draft, 'normal', at);
  state.severity = null;
  state.clearSince = null;
  state.clears = 0;
  state.reachedSince = {};
  state.untoldAt = null;
  state.clearedAt = at;
  if (state.shelf?.isOneShot) endShelf(draft, at);
  closeAnswered(draft, at);
}

/** Closes an alert that is over and asks nobody; one that is out of service stays in sight until it is back. */
function closeAnswered(draft: Draft, at: number): void {
  const { response, outUntil } = draft.state;
  if (response !== 'unack' && outUntil === null) close(draft, { at, reason: 'cleared', isSilent: true });
}

/** Acknowledges an active alert. */
export function acknowledge(draft: Draft, at: number): void {
  const { state, context } = draft;
  if (state.response === 'none') return;
  const { ackFor } = context.policy[state.severity ?? 'advisory'];
  state.response = 'ack';
  state.ackUntil = ackFor === null ? null : addSpan(at, ackFor, context.calendar);
  note(draft, 'acknowledged', { at });
}

/** Acknowledges an alert that is over: with that it is closed. */
export function acknowledgeGone(draft: Draft, at: number): void {
  if (draft.state.response !== 'unack') return;
  note(draft, 'acknowledged', { at });
  if (draft.state.outUntil === null) close(draft, { at, reason: 'acknowledged', isSilent: true });
  else draft.state.response = 'ack';
}

function derive({ state }: Draft): void {
  if (state.outUntil !== null) state.suppression = 'outOfService';
  else state.suppression = state.shelf ? 'shelved' : state.isByDesign ? 'byDesign' : 'none';
}

/** Shelves the open episode; it goes on being judged. */
export function shelve(
  draft: Draft,
  { at, until, isOneShot }: { at: number; until: number; isOneShot: boolean },
): void {
  const { state } = draft;
  if (!isOpen(state) || until <= at) return;
  state.shelf = { until, isOneShot, severity: state.severity ?? state.worst ?? 'advisory' };
  derive(draft);
  note(draft, 'shelved', { at });
}

function endShelf(draft: Draft, at: number): void {
  note(draft, 'unshelved', { at });
  draft.state.shelf = null;
  derive(draft);
}

/** Takes an alert off its shelf: what is active calls for an acknowledgement anew, what is recovering does if it returns. */
export function unshelve(draft: Draft, at: number): void {
  const { state } = draft;
  if (state.shelf === null) return;
  endShelf(draft, at);
  callAnew(draft, at);
}

/** Has what is active call for an acknowledgement anew, and what recovers do so if it returns. */
function callAnew(draft: Draft, at: number): void {
  const { state } = draft;
  if (state.severity === null) return;
  if (state.condition !== 'active') {
    state.untoldAt = at;
    return;
  }
  callFor(draft, state.severity);
  announce(draft, 'reannounced', at);
}

/** Takes the open episode out of service, or to another date: it goes on being judged, stays open and tells nobody. */
export function takeOut(draft: Draft, { at, until }: { at: number; until: number }): void {
  const { state } = draft;
  if (!isOpen(state) || until <= at) return;
  state.outUntil = until;
  derive(draft);
  note(draft, 'outOfService', { at });
}

/** Puts an alert back into service: what is active calls anew, what was over in the meantime closes. */
export function putBack(draft: Draft, at: number): void {
  const { state } = draft;
  if (state.outUntil === null) return;
  note(draft, 'inService', { at });
  state.outUntil = null;
  derive(draft);
  if (state.severity === null) closeAnswered(draft, at);
  else callAnew(draft, at);
}

/** A shelf ends as soon as it hides something worse than what was shelved. */
export function breakShelf(draft: Draft, at: number): void {
  const { shelf, severity } = draft.state;
  if (shelf && isWorseThan(severity, shelf.severity)) endShelf(draft, at);
}

/** Suppresses by design; it goes on being judged. */
export function suppress(draft: Draft, at: number): void {
  if (draft.state.isByDesign) return;
  draft.state.isByDesign = true;
  derive(draft);
  note(draft, 'suppressed', { at });
}

/** Ends a suppression by design. */
export function unsuppress(draft: Draft, at: number): void {
  if (!draft.state.isByDesign) return;
  draft.state.isByDesign = false;
  derive(draft);
  note(draft, 'unsuppressed', { at });
}
