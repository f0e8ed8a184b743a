/** The one judgement of a figure: its level, and the number that level, colour and order all go by. Pure. */
import type { Bands, Figure, Indicator, Severity } from './indicator.ts';

/** The fewest counted cases from which a rate is judged or ranked (domain §9.2). */
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

/** From which value on each level is reached; null or missing: there is no such level. */
export type Limits = Partial<Record<keyof Bands, number | null>>;

/** What a figure is judged by. `minimum`: the fewest cases from which a rate is judged, `SMALL_COUNT` where it is not stated. */
export type Judged = Pick<Indicator, 'hero' | 'direction'> & {
  bands: Limits | null;
  countBands: Limits | null;
  minimum?: number;
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

/** The level that bands give a value; of those that are stated. */
export function levelOf(
  bands: Limits | null,
  { direction }: Pick<Indicator, 'direction'>,
  value: number,
): Severity {
  if (!bands) return 'normal';
  const way = direction === 'up' ? 'below' : 'above';
  const reaches = (limit: number | null | undefined) =>
    limit !== null && limit !== undefined && isReached(way, value, limit);
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
 * Judges a figure. A rate by its bands, unless it is of too few cases. A count by the bands of counts and, where there are
 * enough cases, by those of its share too: the worse of the two verdicts counts.
 */
export function judge(indicator: Judged, figure: Figure): Judgement {
  const { value, numerator, denominator } = figure;
  const isCounted = isCount({ hero: indicator.hero, denominator });
  const minimum = indicator.minimum ?? SMALL_COUNT;
  const standing = standingOf(figure, isCounted ? null : minimum);
  if (standing === 'nothing' || standing === 'unknown') {
    return { standing, figure: null, severity: 'normal', apparent: 'normal' };
  }
  const hasMany = denominator !== null && denominator >= minimum;
  const byShare =
    value === null || denominator === null ? 'normal' : levelOf(indicator.bands, indicator, value);
  if (!isCounted) {
    return { standing, figure: value, severity: hasMany ? byShare : 'normal', apparent: byShare };
  }
  const byCount = levelOf(indicator.countBands, indicator, numerator);
  return {
    standing,
    figure: numerator,
    severity: hasMany ? worseOf(byCount, byShare) : byCount,
    apparent: worseOf(byCount, byShare),
  };
}

/** How bad a figure is; `normal` where it cannot be judged. */
export function severityOf(indicator: Judged, figure: Figure): Severity {
  return judge(indicator, figure).severity;
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
