/** What an alert is between two steps, what can happen to it, and what comes of it. Four regions that do not know each other. */
import type { AlertNoteKind, AlertQuality } from '../../shared/alert.ts';
import type { AlertSeverity, RuleVersion } from '../../shared/rule.ts';

export type ConditionState = 'normal' | 'pending' | 'active' | 'recovering';
export type ResponseState = 'none' | 'unack' | 'ack';
export type SuppressionState = 'none' | 'shelved' | 'byDesign' | 'outOfService';

/**
 * A figure of one unit as a rule sees it at one instant. `cases`: the denominator (null: it has none); `count`: the numerator,
 * where counts have thresholds of their own. A figure of null with a quality of `fresh`: nothing occurred.
 */
export type Sample = {
  at: number;
  figure: number | null;
  count: number | null;
  cases: number | null;
  quality: AlertQuality;
};

/** A level with the thresholds in force for one unit on one day. */
export type EffectiveLevel = {
  severity: AlertSeverity;
  raise: number | null;
  count: number | null;
  delay: RuleVersion['body']['delay'];
};

/** A rule as it judges one unit on one day. Levels from the worst on. */
export type EffectiveRule = {
  rule: RuleVersion;
  levels: readonly EffectiveLevel[];
  minimum: number;
  isOff: boolean;
};

/**
 * The state of one alert, as stored. Instants are epoch ms. `reachedSince`: since when each level has been reached without a
 * break; `clearSince`: since when none is held. `recent`: of the newest samples, the oldest first, whether any level was
 * reached; `turns`: instants of the newest changes between well and not. `frozenAt`: since when timers stand because data is
 * missing, or the rule does not run outside working hours.
 */
export type AlertState = {
  condition: ConditionState;
  severity: AlertSeverity | null;
  since: number;
  reachedSince: Partial<Record<AlertSeverity, number>>;
  clearSince: number | null;
  improvedSince: number | null;
  recent: readonly boolean[];
  clears: number;
  quality: AlertQuality;
  frozenAt: number | null;
  response: ResponseState;
  ackUntil: number | null;
  clearedAt: number | null;
  suppression: SuppressionState;
  shelf: { until: number; isOneShot: boolean; severity: AlertSeverity } | null;
  isQuiet: boolean;
  isFlapping: boolean;
  turns: readonly number[];
  figure: number | null;
  threshold: number | null;
};

/** What can happen to an alert. `time`: nothing but that an instant has come. */
export type AlertEvent =
  | { kind: 'sample'; at: number; sample: Sample }
  | { kind: 'time'; at: number }
  | { kind: 'acknowledge'; at: number }
  | { kind: 'shelve'; at: number; until: number; isOneShot: boolean }
  | { kind: 'unshelve'; at: number }
  | { kind: 'suppress'; at: number }
  | { kind: 'unsuppress'; at: number }
  | { kind: 'end'; at: number; reason: 'ruleChanged' | 'ruleOff' | 'unitClosed' };
export type AlertEventKind = AlertEvent['kind'];

/** What comes of a step: a line of the episode's history. `isSilent`: nobody is to be told of it. */
export type Effect = {
  kind: AlertNoteKind;
  at: number;
  severity: AlertSeverity | null;
  figure: number | null;
  isSilent: boolean;
};

/** What one step comes to. `nextAt`: the instant at which the clock alone will step it again; null: never. */
export type Stepped = { state: AlertState; effects: readonly Effect[]; nextAt: number | null };
