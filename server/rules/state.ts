/** What an alert is between two steps, what can happen to it, and what comes of it. Four regions that do not know each other. */
import type { AlertNoteKind, AlertQuality } from '../../shared/alert.ts';
import type { AlertSeverity } from '../../shared/rule.ts';

export type ConditionState = 'normal' | 'pending' | 'active' | 'recovering';
export type ResponseState = 'none' | 'unack' | 'ack';
export type SuppressionState = 'none' | 'shelved' | 'byDesign' | 'outOfService';

/**
 * A figure of one unit as a rule sees it at one instant. `cases`: the denominator (null: it has none); `count`: the numerator
 * of what is read as a count, null of all else. A figure of null: nothing occurred (0 cases), or it is not known. `told`: the
 * share, 0..1, of the reporting units that told anything; null: not asked for.
 */
export type Sample = {
  at: number;
  figure: number | null;
  count: number | null;
  cases: number | null;
  quality: AlertQuality;
  told: number | null;
};

/**
 * The state of one alert, as stored. Instants are epoch ms. `since`: of the condition. `severity`: while it is active or
 * recovering; `worst`: the worst of the episode that is open, null while none is. `sampledAt`: instant of the newest sample.
 * `recent`: of the newest 20 samples that could be judged, the oldest first, the initial of the worst severity reached, `h`
 * where one was held alone, `-` where none was. `held`: the worst level that the newest of them held. `value` and `count`:
 * its numbers that levels are compared with; `figure` and `threshold` those shown, with
 * `isCount` of the numerator. `reachedSince`: since when each level has
 * been reached, gaps that the votes allow included. `clearSince`: since when none is held; `clears`: samples of that.
 * `turns`: instants of the newest changes between well and not. `frozenAt`: since when timers stand because nothing can be
 * judged. `outUntil`: out of service until then. `untoldAt`: since when news wait to be announced until suppression ends or working hours begin.
 */
export type AlertState = {
  condition: ConditionState;
  severity: AlertSeverity | null;
  worst: AlertSeverity | null;
  since: number;
  sampledAt: number | null;
  reachedSince: Partial<Record<AlertSeverity, number>>;
  held: AlertSeverity | null;
  clearSince: number | null;
  improvedSince: number | null;
  recent: string;
  clears: number;
  quality: AlertQuality;
  frozenAt: number | null;
  response: ResponseState;
  ackUntil: number | null;
  clearedAt: number | null;
  suppression: SuppressionState;
  shelf: { until: number; isOneShot: boolean; severity: AlertSeverity } | null;
  isByDesign: boolean;
  outUntil: number | null;
  untoldAt: number | null;
  isFlapping: boolean;
  turns: readonly number[];
  value: number | null;
  count: number | null;
  figure: number | null;
  threshold: number | null;
  isCount: boolean;
};

/** What can happen to an alert. `time`: nothing but that an instant has come. */
export type AlertEvent =
  | { kind: 'sample'; at: number; sample: Sample }
  | { kind: 'time'; at: number }
  | { kind: 'acknowledge'; at: number }
  | { kind: 'shelve'; at: number; until: number; isOneShot: boolean }
  | { kind: 'unshelve'; at: number }
  | { kind: 'takeOut'; at: number; until: number }
  | { kind: 'putBack'; at: number }
  | { kind: 'suppress'; at: number }
  | { kind: 'unsuppress'; at: number }
  | { kind: 'end'; at: number; reason: 'ruleChanged' | 'ruleOff' | 'unitClosed' };
export type AlertEventKind = AlertEvent['kind'];

/** Why an episode closed. */
export type CloseReason = 'cleared' | 'acknowledged' | 'timedOut' | 'ruleChanged' | 'ruleOff' | 'unitClosed';

/**
 * What comes of a step: a line of the episode's history. `raised` opens one, `closed` ends it, and nothing comes of a step
 * while none is open. `isSilent`: nobody is to be told of it. `reason`: of `closed` alone.
 */
export type Effect = {
  kind: AlertNoteKind;
  at: number;
  severity: AlertSeverity | null;
  figure: number | null;
  isCount: boolean;
  isSilent: boolean;
  reason: CloseReason | null;
};

/**
 * What one step comes to. `nextAt`: the instant at which the clock alone will step it again; null: never. `clearsAt`: when one
 * that recovers will be over if it goes on so; null: it does not recover, or figures have yet to come.
 */
export type Stepped = {
  state: AlertState;
  effects: readonly Effect[];
  nextAt: number | null;
  clearsAt: number | null;
};
