import type { EffectiveRule } from './effective.ts';
import type { Thresholds } from './judgement.ts';
import { thresholdsOf } from './thresholds.ts';

/** The thresholds of a rule for a unit as they colour its figures. Advice colours nothing; a rule that is off colours nothing either. */
export function bandsOf({ rule, levels, minimum, isOff }: EffectiveRule): Thresholds {
  return thresholdsOf({ direction: rule.body.direction, minimum, levels: isOff ? [] : levels });
}
