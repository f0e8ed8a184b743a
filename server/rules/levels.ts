/** Which level a sample reaches, and which it holds. Below raises strictly, above on the threshold; a deadband back, it clears. */
import type { AlertQuality } from '../../shared/alert.ts';
import type { EffectiveLevel, EffectiveRule } from '../../shared/effective.ts';
import { isReached, type Standing, standingOf } from '../../shared/judgement.ts';
import type { AlertSeverity, RuleBody } from '../../shared/rule.ts';
import { rangeOfFigure } from '../../shared/rule-bounds.ts';
import type { Sample } from './state.ts';

/** Figures that levels are compared with: the value where there are enough cases, the count where it is read as one. */
export type Compared = { value: number | null; count: number | null };

/**
 * How a sample is judged. `reached`: the worst level it is at or past; `held`: the worst it is not yet clear of. Both null
 * where the standing is not `judged`, or `isFrozen`: the data do not allow a verdict.
 */
export type Verdict = Compared & {
  standing: Standing;
  isFrozen: boolean;
  reached: AlertSeverity | null;
  held: AlertSeverity | null;
};

/** What each quality of data allows: a verdict, none, or one by the share that was told. */
export const TREATMENT = {
  fresh: 'judge',
  late: 'judge',
  partial: 'byShare',
  missing: 'freeze',
  error: 'freeze',
} as const satisfies Record<AlertQuality, 'judge' | 'byShare' | 'freeze'>;

function isTrusted({ quality, told }: Sample, partialBelow: number): boolean {
  const treatment = TREATMENT[quality];
  if (treatment === 'byShare') return (told ?? 1) >= partialBelow;
  return treatment === 'judge';
}

/** A clear limit, free of the noise of adding binary fractions. */
const exact = (value: number) => Math.round(value * 1e9) / 1e9;
/** Less than any two figures differ by. */
const LEAST_STEP = 1e-9;

/**
 * The number at which a threshold clears: the deadband back from it, in the direction that is well; but no further than the
 * figure of the condition can come, as to 101 % or below 0: at the best there is it clears.
 */
export function clearOf(
  { direction, condition }: Pick<RuleBody, 'direction' | 'condition'>,
  { raise, deadband }: { raise: number; deadband: number },
): number {
  const { least, most } = rangeOfFigure(condition);
  if (direction === 'below')
    return Math.max(raise, Math.min(exact(raise + deadband), most ?? Number.POSITIVE_INFINITY));
  // Going up a level is reached on its limit: what is clear lies below it.
  const lowest = least === null ? Number.NEGATIVE_INFINITY : least + LEAST_STEP;
  return Math.min(raise, Math.max(exact(raise - deadband), lowest));
}

/** What a sample gives to compare levels with. */
export function compareOf({ figure, count, cases }: Sample, minimum: number): Compared {
  return { value: cases === null || cases >= minimum ? figure : null, count };
}

/** Whether a level is reached; with `isHeld`, whether it is not clear yet. */
function isAt(
  { rule: { body } }: EffectiveRule,
  { level, value, count, deadband }: Compared & { level: EffectiveLevel; deadband: number },
): boolean {
  const { direction } = body;
  if (count !== null && level.count !== null && isReached(direction, count, level.count)) return true;
  if (value === null || level.raise === null) return false;
  const limit = deadband === 0 ? level.raise : clearOf(body, { raise: level.raise, deadband });
  return isReached(direction, value, limit);
}

function findWorst(
  effective: EffectiveRule,
  { value, count }: Compared,
  deadband: number,
): AlertSeverity | null {
  for (const level of effective.levels)
    if (isAt(effective, { level, value, count, deadband })) return level.severity;
  return null;
}

/** How a sample stands against the levels in force. */
export function judgeSample(effective: EffectiveRule, sample: Sample): Verdict {
  const { figure, count, cases } = sample;
  const { minimum, rule } = effective;
  const isCounted = count !== null || cases === null;
  const counted = { value: figure, numerator: count ?? figure ?? 0, denominator: cases };
  const standing = standingOf(counted, isCounted ? null : minimum);
  const isFrozen = standing !== 'judged' || !isTrusted(sample, rule.body.partialBelow);
  if (isFrozen) return { standing, isFrozen, reached: null, held: null, value: null, count: null };
  const compared = compareOf(sample, minimum);
  const reached = findWorst(effective, compared, 0);
  const held = findWorst(effective, compared, rule.body.deadband);
  return { standing, isFrozen, reached, held, value: compared.value, count };
}

/** A figure beside the threshold it is compared with. `isCount`: both are of the numerator. */
export type Shown = { figure: number | null; threshold: number | null; isCount: boolean };

/** The number of a sample that stands beside the threshold of a level: the one that reaches it, else the value. */
export function showAt(
  effective: EffectiveRule,
  severity: AlertSeverity | null,
  { value, count }: Compared,
): Shown {
  const level = effective.levels.find((one) => one.severity === severity) ?? effective.levels.at(-1) ?? null;
  const byCount = { figure: count, threshold: level?.count ?? null, isCount: true };
  const byValue = { figure: value, threshold: level?.raise ?? null, isCount: false };
  if (byCount.threshold === null || count === null) return byValue;
  if (value === null || byValue.threshold === null) return byCount;
  const { direction } = effective.rule.body;
  return isReached(direction, value, byValue.threshold) && !isReached(direction, count, byCount.threshold)
    ? byValue
    : byCount;
}
