import type { EffectiveRule } from './effective.ts';
import type { Indicator } from './indicator.ts';
import type { Judged, Limits } from './judgement.ts';

/** Thresholds of a rule as the colours of figures: one truth for what is red. Pure. */

/** How a rule colours an indicator. `bands` of the value, `countBands` of the numerator; null where it has none. */
export type RuleBands = {
  direction: 'below' | 'above';
  minimum: number;
  bands: Limits | null;
  countBands: Limits | null;
};

const COLOURED = ['warning', 'major', 'critical'] as const;

function limitsOf({ levels, isOff }: EffectiveRule, key: 'raise' | 'count'): Limits | null {
  if (isOff) return null;
  const limits: Limits = {};
  for (const severity of COLOURED) {
    const limit = levels.find((level) => level.severity === severity)?.[key];
    if (limit !== null && limit !== undefined) limits[severity] = limit;
  }
  return Object.keys(limits).length > 0 ? limits : null;
}

/** The bands of a rule for a unit. Advice colours nothing; a rule that is off colours nothing either. */
export function bandsOf(effective: EffectiveRule): RuleBands {
  return {
    direction: effective.rule.body.direction,
    minimum: effective.minimum,
    bands: limitsOf(effective, 'raise'),
    countBands: limitsOf(effective, 'count'),
  };
}

/** The stricter of two limits in a direction: the one that is reached first. */
function firstOf(direction: 'below' | 'above', a: number | null, b: number | null): number | null {
  if (a === null || b === null) return a ?? b;
  return direction === 'below' ? Math.max(a, b) : Math.min(a, b);
}

function merge(direction: 'below' | 'above', a: Limits | null, b: Limits | null): Limits | null {
  if (!a || !b) return a ?? b;
  const merged: Limits = {};
  for (const severity of COLOURED) {
    const limit = firstOf(direction, a[severity] ?? null, b[severity] ?? null);
    if (limit !== null) merged[severity] = limit;
  }
  return merged;
}

/** An indicator as it is judged by the bands of a rule: what `judge` takes. Of a bare count both kinds of bands are of the same number. */
export function judgedBy(
  { hero, denominator }: Pick<Indicator, 'hero' | 'denominator'>,
  { direction, minimum, bands, countBands }: RuleBands,
): Judged {
  const isBare = denominator === null;
  return {
    hero,
    direction: direction === 'below' ? 'up' : 'down',
    minimum,
    bands: isBare ? null : bands,
    countBands: isBare ? merge(direction, bands, countBands) : countBands,
  };
}
