import type { AlertSeverity, RuleVersion, Span } from './rule.ts';

/** Thresholds in force for one unit on one day, and which of several rules judges it. Pure. */

/** A level with the thresholds in force for one unit on one day. */
export type EffectiveLevel = {
  severity: AlertSeverity;
  raise: number | null;
  count: number | null;
  delay: Span;
};

/** A rule as it judges one unit on one day. Levels from the worst on. */
export type EffectiveRule = {
  rule: RuleVersion;
  levels: readonly EffectiveLevel[];
  minimum: number;
  isOff: boolean;
};
