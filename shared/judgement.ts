/** The one judgement of a figure: its level, and the number that level, colour and order all go by. Thresholds come from rules. Pure. */
import type { Figure, Indicator, Severity } from './indicator.ts';

/** The fewest counted cases from which a rate is judged or ranked where no rule says another (domain §9.2). */
export const SMALL_COUNT = 30;

/** The fewest units among which a rank says anything. */
export const FEWEST_RANKED = 3;

/** Levels from good to bad. */
export const SEVERITY_ORDER: readonly Severity[] = ['normal', 'warning', 'major', 'critical'];

/**
 * Whether a figure can be judged: it can; it is a rate over too `few` cases; `nothing` occurred that it could be of;
 * or it is `unknown`, because nobody answers for the unit then or the calendar is not loaded.
 */
export type Standing = 'judged' | 'few' | 'nothing' | 'unknown';

/**
 * `figure` is the number that is read, judged, coloured and sorted by; null where there is none. `severity` is the verdict,
 * `normal` of all that cannot be judged; `apparent` is the level that the bands alone give, however few the cases.
 */
export type Judgement = {
  standing: Standing;
  figure: number | null;
  severity: Severity;
  apparent: Severity;
};

/** From which value on each level is reached; null where it has none. */
export type Bands = { warning: number | null; major: number | null; critical: number | null };

/**
 * What a rule says of the figures of one unit: `bands` of the value, `countBands` of the numerator where it is read as a count;
 * from `minimum` cases on a rate is judged. `below`: a level is reached strictly below it, `above`: from it on.
 */
export type Thresholds = {
  direction: 'below' | 'above';
  minimum: number;
  bands: Bands | null;
  countBands: Bands | null;
};

/** Whether an indicator is read as a count: a count is never too small to be judged, and its share is judged besides. */
export function isCount({
  hero,
  denominator,
}: Pick<Indicator, 'hero'> & Pick<Figure, 'denominator'>): boolean {
  return hero === 'numerator' || denominator === null;
}

/** Whether a value is at or past a limit: going down strictly below it, going up on it or above. The one test of a level. */
export function isReached(direction: 'below' | 'above', value: number, limit: number): boolean {
  return direction === 'below' ? value < limit : value >= limit;
}

/** The level that bands give a value. */
export function levelOf(
  bands: Bands | null,
  { direction }: Pick<Thresholds, 'direction'>,
  value: number,
): Severity {
  if (!bands) return 'normal';
  const reaches = (limit: number | null) => limit !== null && isReached(direction, value, limit);
  if (reaches(bands.critical)) return 'critical';
  if (reaches(bands.major)) return 'major';
  return reaches(bands.warning) ? 'warning' : 'normal';
}

/** The worse of two levels. */
function worseOf(a: Severity, b: Severity): Severity {
  return SEVERITY_ORDER.indexOf(a) < SEVERITY_ORDER.indexOf(b) ? b : a;
}

/** How a figure stands. `minimum`: the fewest cases; null: it is read as a count, which is never too small. */
export function standingOf({ value, numerator, denominator }: Figure, minimum: number | null): Standing {
  if (value === null && denominator !== 0) return 'unknown';
  if (minimum === null) return denominator === 0 && numerator === 0 ? 'nothing' : 'judged';
  if (value === null) return 'nothing';
  return (denominator ?? 0) < minimum ? 'few' : 'judged';
}

/**
 * Judges a figure by the thresholds of its unit. A rate by its bands, unless it is of too few cases. A count by the bands of
 * counts and, where there are enough cases, by those of its share too: the worse of the two verdicts counts.
 */
export function judge(
  indicator: Pick<Indicator, 'hero'>,
  figure: Figure,
  thresholds: Thresholds | null,
): Judgement {
  const { value, numerator, denominator } = figure;
  const isCounted = isCount({ hero: indicator.hero, denominator });
  const minimum = thresholds?.minimum ?? SMALL_COUNT;
  const standing = standingOf(figure, isCounted ? null : minimum);
  if (standing === 'nothing' || standing === 'unknown') {
    return { standing, figure: null, severity: 'normal', apparent: 'normal' };
  }
  // A bare count is its own value: both kinds of bands are of it.
  const hasMany = denominator === null || denominator >= minimum;
  const level = (bands: Bands | null | undefined, of: number) =>
    thresholds && bands ? levelOf(bands, thresholds, of) : 'normal';
  const byShare = value === null ? 'normal' : level(thresholds?.bands, value);
  if (!isCounted) {
    return { standing, figure: value, severity: hasMany ? byShare : 'normal', apparent: byShare };
  }
  const byCount = level(thresholds?.countBands, numerator);
  return {
    standing,
    figure: numerator,
    severity: hasMany ? worseOf(byCount, byShare) : byCount,
    apparent: worseOf(byCount, byShare),
  };
}

/** How bad a figure is; `normal` where it cannot be judged. */
export function severityOf(
  indicator: Pick<Indicator, 'hero'>,
  figure: Figure,
  thresholds: Thresholds | null,
): Severity {
  return judge(indicator, figure, thresholds).severity;
}

/**
 * Negative when a judgement is better than another: by level, then by the figure, the smaller first where less is better,
 * else the larger. Those that cannot be judged stand by the level they appear to have. Compare within one standing.
 */
export function compareJudgements(
  { direction }: Pick<Indicator, 'direction'>,
  a: Judgement,
  b: Judgement,
): number {
  const placeOf = ({ standing, severity, apparent }: Judgement) =>
    SEVERITY_ORDER.indexOf(standing === 'judged' ? severity : apparent);
  return placeOf(a) - placeOf(b) || (direction === 'down' ? 1 : -1) * ((a.figure ?? 0) - (b.figure ?? 0));
}
