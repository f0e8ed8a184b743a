import type { Generated } from 'kysely';
import type { AlertNoteKind, AlertQuality } from '../../shared/alert.ts';
import type { AlertSeverity } from '../../shared/rule.ts';
import type { RuleState } from '../../shared/rule-view.ts';
import type { UnitLevel } from '../../shared/unit.ts';

/** Rows of early warning, beside schema.ts. Who did something is named as the audit names callers. */

/** A version of a rule; the newest `active` one judges. `unit`: root of its scope, null for every unit. `body` is a RuleBody. */
export type RuleRow = {
  id: string;
  version: number;
  unit: number | null;
  body: string;
  state: RuleState;
  reason: string;
  savedAt: number;
  savedBy: string;
  approvedBy: string | null;
  activeFrom: number | null;
  activeTo: number | null;
  seq: number;
};

/** Thresholds of a unit's subtree (of one level in it, or of all) on days `validFrom` to `validTo`; `values` are OverrideValues. */
export type OverrideRow = {
  id: Generated<number>;
  rule: string;
  unit: number;
  level: UnitLevel | null;
  values: string;
  validFrom: string;
  validTo: string;
  reason: string;
  savedAt: number;
  savedBy: string;
  state: 'proposed' | 'active' | 'ended' | 'rejected';
  approvedBy: string | null;
  seq: number;
};

/**
 * Where one rule stands for one unit (`key`: the feed, where it is one of several): the state that the next step begins from,
 * and the instant at which the clock alone steps it. `sampledSeq` the commit it was last sampled at. A unit that was always
 * well has no row.
 */
export type AlertRow = {
  rule: string;
  unit: number;
  key: string;
  state: string;
  episode: number | null;
  nextAt: number | null;
  seq: number;
};

/** One stretch of an alert being active. What people did hangs here, so nothing told again can wipe it. */
export type EpisodeRow = {
  id: Generated<number>;
  rule: string;
  version: number;
  unit: number;
  key: string;
  condition: 'active' | 'recovering' | 'normal';
  severity: AlertSeverity;
  worst: AlertSeverity;
  quality: AlertQuality;
  response: 'none' | 'unack' | 'ack';
  suppression: 'none' | 'shelved' | 'byDesign' | 'outOfService';
  isFlapping: number;
  figure: number | null;
  threshold: number | null;
  /** Whether figure and threshold are of the numerator. */
  isCount: number;
  openedAt: number;
  changedAt: number;
  clearedAt: number | null;
  closedAt: number | null;
  closeReason: 'cleared' | 'acknowledged' | 'timedOut' | 'ruleChanged' | 'ruleOff' | 'unitClosed' | null;
  ackedAt: number | null;
  ackedBy: string | null;
  ackUntil: number | null;
  assignee: number | null;
  shelvedUntil: number | null;
  shelvedBy: string | null;
  isOneShot: number;
  /** When one that recovers will be over. */
  clearsAt: number | null;
  /** Out of service until then. */
  outUntil: number | null;
  outBy: string | null;
  /** The episode of the unit that ended, where this one goes on from it. */
  predecessor: number | null;
  seq: number;
};

/** What happened to an episode: rows are added and never changed. This is the log that notifications follow; `isSilent`: nobody is told. */
export type EpisodeNoteRow = {
  n: Generated<number>;
  seq: number;
  at: number;
  episode: number;
  unit: number;
  kind: AlertNoteKind;
  severity: AlertSeverity | null;
  figure: number | null;
  isCount: number;
  by: string | null;
  text: string | null;
  facts: string | null;
  isSilent: number;
};

/** An explanation asked of a unit. `step`: how far up the ladder; `nextAt`: when it goes on, or its promise is to be checked. */
export type ExplanationRow = {
  id: Generated<number>;
  episode: number;
  unit: number;
  askedAt: number;
  askedBy: string;
  question: string;
  dueAt: number;
  answeredAt: number | null;
  answeredBy: string | null;
  cause: string | null;
  measures: string | null;
  promisedOn: string | null;
  checkedAt: number | null;
  checkedBy: string | null;
  isKept: number | null;
  outcome: string | null;
  urges: number;
  step: number;
  nextAt: number | null;
  seq: number;
};

/**
 * A way by which alerts go out. `secret` signs a webhook. `startsAfter`: the last note there was when it was switched on;
 * `place`: the last note (`n`) that it has dealt with. `nextAt`: not to be looked at before; null: as soon as there is anything.
 * `heldFrom`: from which note (exclusive) on quiet hours have held something back, which is told at `heldUntil`.
 * `repeatedTo`: up to which instant what stays unacknowledged has been repeated, `repeatAt`: when that is next looked for.
 * `claim`: the message that is being sent, as JSON, until it has been; `claimUntil`: for how long no other process may send it.
 * `failures` in a row, since `failedFrom`; `episode`: of the alert that it fails.
 */
export type ChannelRow = {
  id: Generated<number>;
  kind: 'webhook' | 'mail';
  name: string;
  unit: number;
  target: string;
  secret: string | null;
  least: AlertSeverity;
  mode: 'immediate' | 'digest';
  repeatMs: number | null;
  quietFrom: string | null;
  quietTo: string | null;
  isEnabled: number;
  startsAfter: number;
  place: number;
  nextAt: number | null;
  heldFrom: number | null;
  heldUntil: number | null;
  repeatedTo: number;
  repeatAt: number | null;
  claim: string | null;
  claimUntil: number | null;
  failures: number;
  failedFrom: number | null;
  sentAt: number | null;
  failedAt: number | null;
  failure: string | null;
  episode: number | null;
  seq: number;
};

/** Up to which commit an account had seen the alerts when it last left them. */
export type AlertVisitRow = { account: number; seq: number; at: number };

/** What a commit of a later hour changed about an earlier hour of a unit; kept as long as hours are. */
export type HourRevisionKey = { unit: number; hour: string; knownIn: string; seq: number };

/** A stretch in which a feed was late, once it has spoken again: what it had said by then made it late, and missing, when. */
export type SilenceRow = {
  feed: string;
  heardAt: number;
  lateAt: number;
  missingAt: number | null;
  endedAt: number;
};
