import {
  ALERT_SEVERITIES,
  type AlertSeverity,
  type Override,
  type OverrideField,
  type OverrideValues,
  type RuleVersion,
  type Span,
} from './rule.ts';
import type { UnitTree } from './unit.ts';

/** Thresholds in force for one unit on one day: the override nearest to it on that day's path, else the rule's own. Pure. */

/** A level with the thresholds in force for one unit on one day. */
export type EffectiveLevel = {
  severity: AlertSeverity;
  raise: number | null;
  count: number | null;
  delay: Span;
};

/** A rule as it judges one unit on one day. Levels from the worst on; those without any threshold are left out. */
export type EffectiveRule = {
  rule: RuleVersion;
  levels: readonly EffectiveLevel[];
  minimum: number;
  isOff: boolean;
};

/** One value that a field could have, and the override that states it; null: the rule itself. */
export type Candidate = { value: number | null; override: Override | null };

/**
 * What holds of a field, and what it hides, the nearest first; the rule itself is last. `overruled`: what stands as near or
 * nearer and does not count, since the rule does not allow it below what holds.
 */
export type FieldSource = Candidate & {
  field: OverrideField;
  hides: readonly Candidate[];
  overruled: readonly Candidate[];
};

/** For whom and when thresholds are asked for. Overrides of other rules may be among them. */
export type Place = { overrides: readonly Override[]; tree: UnitTree; unit: number; day: string };

/** Every field of a rule that an override may set. */
export const OVERRIDE_FIELDS: readonly OverrideField[] = [
  ...ALERT_SEVERITIES.map((severity) => `raise.${severity}` as const),
  ...ALERT_SEVERITIES.map((severity) => `count.${severity}` as const),
  'minimum',
  'isOff',
];

function splitField(field: OverrideField): ['raise' | 'count', AlertSeverity] | null {
  const [key, severity] = field.split('.');
  if (severity === undefined) return null;
  return [key as 'raise' | 'count', severity as AlertSeverity];
}

/** What an override says of a field; undefined: nothing. `isOff` is 1. */
export function statedBy(values: OverrideValues, field: OverrideField): number | undefined {
  if (field === 'minimum') return values.minimum;
  if (field === 'isOff') return values.isOff ? 1 : undefined;
  const split = splitField(field);
  return split ? values[split[0]]?.[split[1]] : undefined;
}

/** What a rule itself says of a field; null: it has no such threshold. `isOff` is 1 or 0. */
export function ownValueOf({ body }: RuleVersion, field: OverrideField): number | null {
  if (field === 'minimum') return body.minimum;
  if (field === 'isOff') return body.isEnabled ? 0 : 1;
  const split = splitField(field);
  return body.levels.find(({ severity }) => severity === split?.[1])?.[split?.[0] ?? 'raise'] ?? null;
}

/** Overrides of a rule that reach a unit on a day, the nearest first; of one unit, those of the unit's level before those of all. */
export function listOverrides(rule: RuleVersion, { overrides, tree, unit, day }: Place): Override[] {
  if (overrides.length === 0) return [];
  const path = tree.pathOn(unit, day);
  const { level } = tree.get(unit);
  const reaches = (override: Override) =>
    override.rule === rule.id &&
    override.from <= day &&
    day < override.to &&
    (override.level === null || override.level === level) &&
    path.includes(override.unit);
  const rank = (override: Override) => path.indexOf(override.unit) * 2 + (override.level === null ? 1 : 0);
  return overrides.filter(reaches).sort((a, b) => rank(a) - rank(b) || b.id - a.id);
}

/**
 * From the furthest override down to the nearest each takes the place of what holds above it, if the rule allows it: so it does not
 * matter which of them, or the rule as it is now, came first.
 */
function sourceOf(
  rule: RuleVersion,
  { field, nearest }: { field: OverrideField; nearest: readonly Override[] },
): FieldSource {
  let holding: Candidate = { value: ownValueOf(rule, field), override: null };
  const hides: Candidate[] = [];
  const overruled: Candidate[] = [];
  for (const override of nearest.toReversed()) {
    const value = statedBy(override.values, field);
    if (value === undefined) continue;
    if (isAllowed(rule, { field, value, without: holding.value })) {
      hides.unshift(holding);
      holding = { value, override };
    } else overruled.unshift({ value, override });
  }
  return { field, ...holding, hides, overruled };
}

/** Of every field of a rule, where its value comes from for a unit on a day, what that hides, and what does not count. */
export function traceRule(rule: RuleVersion, place: Place): FieldSource[] {
  const nearest = listOverrides(rule, place);
  return OVERRIDE_FIELDS.map((field) => sourceOf(rule, { field, nearest }));
}

/** A rule as it judges everybody whom no override reaches. */
export function withoutOverrides(rule: RuleVersion): EffectiveRule {
  const { levels, delay, minimum, isEnabled } = rule.body;
  return {
    rule,
    levels: levels.map((level) => ({
      severity: level.severity,
      raise: level.raise,
      count: level.count,
      delay: level.delay ?? delay,
    })),
    minimum,
    isOff: !isEnabled,
  };
}

/**
 * A rule as it judges a unit on a day. An override may add a level that the rule itself has not. Of a locked rule no override
 * counts, of one that is only to be tightened none that is looser than what holds above it. Same object for the same rule
 * where none reaches the unit.
 */
export function resolveRule(rule: RuleVersion, place: Place): EffectiveRule {
  const nearest = rule.body.inherit === 'locked' ? [] : listOverrides(rule, place);
  const plain = obtainPlain(rule);
  if (nearest.length === 0) return plain;
  const read = (field: OverrideField) => sourceOf(rule, { field, nearest }).value;
  const levels = ALERT_SEVERITIES.map((severity) => ({
    severity,
    raise: read(`raise.${severity}`),
    count: read(`count.${severity}`),
    delay: rule.body.levels.find((level) => level.severity === severity)?.delay ?? rule.body.delay,
  })).filter(({ raise, count }) => raise !== null || count !== null);
  return { rule, levels, minimum: read('minimum') ?? 0, isOff: read('isOff') === 1 };
}

const plains = new WeakMap<RuleVersion, EffectiveRule>();

function obtainPlain(rule: RuleVersion): EffectiveRule {
  const known = plains.get(rule) ?? withoutOverrides(rule);
  plains.set(rule, known);
  return known;
}

/** A field of an override that would be looser than what holds without it. */
export type Looser = { field: OverrideField; value: number; without: number | null };

/** Whether a rule lets a value take the place of what holds without it. */
function isAllowed({ body: { inherit, direction } }: RuleVersion, proposed: Looser): boolean {
  if (inherit === 'free') return true;
  return inherit === 'tighten' && !isLooserThan(proposed, direction);
}

/**
 * Values of a proposed override that are looser than what holds without it: fewer alerts. A locked rule refuses all of them;
 * one that is free none. `place` is the override's own unit on its first day; what that unit itself has already does not
 * count: the new one takes its place.
 */
export function findLooser(
  rule: RuleVersion,
  { values, place }: { values: OverrideValues; place: Place },
): Looser[] {
  const above = place.overrides.filter(({ unit }) => unit !== place.unit);
  const holding = traceRule(rule, { ...place, overrides: above });
  return OVERRIDE_FIELDS.flatMap((field) => {
    const value = statedBy(values, field);
    if (value === undefined) return [];
    const without = holding.find((source) => source.field === field)?.value ?? null;
    const proposed = { field, value, without };
    return isAllowed(rule, proposed) ? [] : [proposed];
  });
}

function isLooserThan({ field, value, without }: Looser, direction: 'below' | 'above'): boolean {
  if (field === 'isOff') return without !== 1;
  // A level that was not there only adds alerts.
  if (without === null || value === without) return false;
  if (field === 'minimum') return value > without;
  return direction === 'below' ? value < without : value > without;
}
