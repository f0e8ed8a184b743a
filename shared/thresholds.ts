/** Which thresholds colour the figures of a unit: those of the rule that judges its level, as it holds there. Pure. */
import type { Bands, Thresholds } from './judgement.ts';
import type { AlertSeverity, RuleBody } from './rule.ts';
import type { ThresholdView } from './rule-view.ts';
import { SHIPPED_RULES } from './shipped-rules.ts';
import type { UnitLevel } from './unit.ts';

/** The severities that colour; an advisory is a message and has no colour. */
export const COLOURED = ['warning', 'major', 'critical'] as const satisfies readonly AlertSeverity[];

/** Levels with the limits that hold somewhere. */
type Limits = readonly { severity: AlertSeverity; raise: number | null; count: number | null }[];

function bandsFrom(levels: Limits, key: 'raise' | 'count'): Bands | null {
  const limitOf = (severity: AlertSeverity) =>
    levels.find((level) => level.severity === severity)?.[key] ?? null;
  const bands = { warning: limitOf('warning'), major: limitOf('major'), critical: limitOf('critical') };
  return Object.values(bands).every((limit) => limit === null) ? null : bands;
}

/** The thresholds that levels state. */
export function thresholdsOf({
  direction,
  minimum,
  levels,
}: Pick<RuleBody, 'direction' | 'minimum'> & { levels: Limits }): Thresholds {
  return { direction, minimum, bands: bandsFrom(levels, 'raise'), countBands: bandsFrom(levels, 'count') };
}

/** Whether a rule's scope is of a level of units; one without levels is of all. */
export const isOfLevel = (levels: readonly UnitLevel[], level: UnitLevel): boolean =>
  levels.length === 0 || levels.includes(level);

/** Whose thresholds are asked for. */
export type OfUnit = { id: number; level: UnitLevel };

/** Of thresholds as they are told those of an indicator of a unit: its own, else those of its level. */
export function findThreshold(
  told: readonly ThresholdView[],
  indicator: string,
  { id, level }: OfUnit,
): ThresholdView | undefined {
  const known = told.filter((one) => one.indicator === indicator);
  return (
    known.find(({ unit }) => unit === id) ??
    known.find(({ unit, levels }) => unit === null && isOfLevel(levels, level))
  );
}

/** The thresholds of an indicator as they are shipped, for units of a level; null where it is not judged. */
export function findShippedThresholds(indicator: string, level: UnitLevel): Thresholds | null {
  const rule = SHIPPED_RULES.find(
    ({ body: { condition, scope } }) =>
      condition.kind === 'level' && condition.indicator === indicator && isOfLevel(scope.levels, level),
  );
  return rule ? thresholdsOf(rule.body) : null;
}
