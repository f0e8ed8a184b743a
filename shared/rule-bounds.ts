/** Which numbers a threshold can be: those that the figure it is compared with can reach. Pure. */
import type { z } from 'zod';
import { findIndicator } from './catalogue.ts';
import { type Condition, indicatorOf, type Level, RuleBody } from './rule.ts';

/** From what to what a number may be, null: as far as it likes, and whether it is whole. */
export type Bounds = { least: number | null; most: number | null; isWhole: boolean };

/** Of counts: none is below 1, as 0 of something is never worth a word. */
export const COUNT_BOUNDS: Bounds = { least: 1, most: null, isWhole: true };

const SHARE: Bounds = { least: 0, most: 100, isWhole: false };
const ANY: Bounds = { least: null, most: null, isWhole: false };

/** Bounds by the unit of the indicator that a condition looks at. */
function boundsOfIndicator(
  condition: Condition,
  bounds: Record<'percent' | 'count' | 'days', Bounds>,
): Bounds {
  const unit = findIndicator(indicatorOf(condition) ?? '')?.unit;
  if (unit === undefined) return ANY;
  // A mean is a length of time as days are, and points are of 100 as shares are.
  return bounds[unit === 'mean' ? 'days' : unit === 'points' ? 'percent' : unit];
}

/**
 * Bounds of the thresholds of a condition's figure: a share lies between 0 and 100, a count is whole from 1 on. A change goes
 * both ways, a pace may go back or run ahead, a deviation has no end.
 */
export function boundsOfRaise(condition: Condition): Bounds {
  switch (condition.kind) {
    case 'level':
    case 'projection':
      return boundsOfIndicator(condition, {
        percent: SHARE,
        count: COUNT_BOUNDS,
        days: { ...SHARE, most: null },
      });
    case 'change':
      return boundsOfIndicator(condition, {
        percent: { ...SHARE, least: -100 },
        count: { ...SHARE, least: -100, most: null },
        days: ANY,
      });
    case 'leadTime':
    case 'backlog':
    case 'identity':
    case 'repeated':
      return COUNT_BOUNDS;
    case 'silence':
    case 'system':
      return { ...COUNT_BOUNDS, most: 2 };
    case 'certificate':
      return { ...COUNT_BOUNDS, least: 0 };
    case 'pace':
    case 'outlier':
    case 'anomaly':
      return ANY;
  }
}

/** Between what numbers the figure of a condition lies, null: it has no end. A count may be 0, though no threshold of one is. */
export function rangeOfFigure(condition: Condition): Pick<Bounds, 'least' | 'most'> {
  const { least, most, isWhole } = boundsOfRaise(condition);
  return { least: isWhole ? 0 : least, most };
}

/** Whether a condition reads a count beside its figure, so that levels may have thresholds of counts. */
export function readsCount(condition: Condition): boolean {
  if (condition.kind !== 'level') return false;
  const indicator = findIndicator(condition.indicator);
  return indicator !== undefined && (indicator.hero === 'numerator' || indicator.denominator === null);
}

/** What a number is that it may not be: `least` and `most` with the limit it breaks. */
export type BoundFault = { kind: 'least' | 'most'; limit: number } | { kind: 'whole' };

/** What is wrong with a number; null where nothing is. */
export function findBoundFault(value: number, { least, most, isWhole }: Bounds): BoundFault | null {
  if (least !== null && value < least) return { kind: 'least', limit: least };
  if (most !== null && value > most) return { kind: 'most', limit: most };
  return isWhole && !Number.isInteger(value) ? { kind: 'whole' } : null;
}

/** A threshold that cannot be: where in the levels, and why. `none`: a count where none is read. */
export type LevelFault = { place: number; key: 'raise' | 'count'; fault: BoundFault | { kind: 'none' } };

/** Every threshold of levels that the figure of a condition can never be compared with. */
export function findLevelFaults(
  condition: Condition,
  levels: readonly Pick<Level, 'raise' | 'count'>[],
): LevelFault[] {
  const hasCount = readsCount(condition);
  const bounds = boundsOfRaise(condition);
  return levels.flatMap(({ raise, count }, place) => {
    const faults: LevelFault[] = [];
    const ofRaise = raise === null ? null : findBoundFault(raise, bounds);
    if (ofRaise) faults.push({ place, key: 'raise', fault: ofRaise });
    const ofCount = count === null ? null : hasCount ? findBoundFault(count, COUNT_BOUNDS) : NO_COUNT;
    if (ofCount) faults.push({ place, key: 'count', fault: ofCount });
    return faults;
  });
}

const NO_COUNT = { kind: 'none' } as const;

function issueOf({ kind, ...fault }: LevelFault['fault'] & { limit?: number }, input: number | null) {
  const { limit = 0 } = fault;
  const place = { origin: 'number', inclusive: true, input } as const;
  switch (kind) {
    case 'least':
      return { code: 'too_small', minimum: limit, message: `is at least ${limit}`, ...place } as const;
    case 'most':
      return { code: 'too_big', maximum: limit, message: `is at most ${limit}`, ...place } as const;
    case 'whole':
      return { code: 'invalid_type', expected: 'int', message: 'is a whole number', input } as const;
    case 'none':
      return { code: 'custom', message: 'is no threshold here: the rule reads no count', input } as const;
  }
}

/** A rule as people may save or try it: one whose thresholds its figure can reach. What was saved before stays as it is. */
export const RuleDraft: z.ZodType<RuleBody, z.input<typeof RuleBody>> = RuleBody.superRefine(
  (body, context) => {
    for (const { place, key, fault } of findLevelFaults(body.condition, body.levels))
      context.addIssue({
        ...issueOf(fault, body.levels[place]?.[key] ?? null),
        path: ['levels', place, key],
      });
  },
);
