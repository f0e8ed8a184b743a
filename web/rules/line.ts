/** The line of a preview as it is drawn: its range, and where a threshold stands on it. Pure. */
import { findIndicator } from '../../shared/catalogue.ts';
import type { PreviewAnswer } from '../../shared/preview.ts';
import type { RuleBody } from '../../shared/rule.ts';
import type { LimitKey } from './draft.ts';

/** What the axis of figures spans. */
export type Range = { min: number; max: number; step: number };

/** A round step (1, 2 or 5 times a power of ten) of which about `parts` make `length`. */
export function roundStep(length: number, parts: number): number {
  const raw = Math.max(length, 1e-9) / parts;
  const power = 10 ** Math.floor(Math.log10(raw));
  const factor = [1, 2, 5, 10].find((one) => one * power >= raw * 0.999) ?? 10;
  return factor * power;
}

/** What of a rule is drawn: its figure with the thresholds of it, or the count beside it with those of counts. */
export type Drawn = Pick<RuleBody, 'condition'> & { drawn: LimitKey };

/** A range that holds figures and thresholds with a little room, between round numbers; of rates not beyond 0 and 100. */
export function rangeOf(values: readonly number[], { condition, drawn }: Drawn): Range {
  const isRate = drawn === 'raise' && isPercent({ condition });
  const low = Math.min(...values, values.length === 0 ? 0 : Number.POSITIVE_INFINITY);
  const high = Math.max(...values, values.length === 0 ? 1 : Number.NEGATIVE_INFINITY);
  const room = Math.max((high - low) * 0.1, Math.abs(high) * 0.02, 0.5);
  const step = roundStep(high - low + 2 * room, 5);
  const min = Math.floor((low - room) / step) * step;
  const max = Math.ceil((high + room) / step) * step;
  return {
    min: low >= 0 ? Math.max(0, min) : min,
    max: isRate && high <= 100 ? Math.min(100, max) : max,
    step,
  };
}

/** Whether the figure of a rule is a percentage. */
export function isPercent({ condition }: Pick<RuleBody, 'condition'>): boolean {
  if (condition.kind !== 'level' && condition.kind !== 'projection') return false;
  return findIndicator(condition.indicator)?.unit === 'percent';
}

/** What of a point is drawn. */
export function figureDrawn(
  { figure, count }: Pick<PreviewAnswer['line']['points'][number], 'figure' | 'count'>,
  drawn: LimitKey,
): number | null {
  return drawn === 'count' ? count : figure;
}

/** Every figure and threshold that a drawing of a rule has to show. */
export function listValues(
  line: PreviewAnswer['line'] | undefined,
  { levels, drawn }: Pick<RuleBody, 'levels'> & { drawn: LimitKey },
): number[] {
  const figures = (line?.points ?? []).flatMap((point) => figureDrawn(point, drawn) ?? []);
  return [
    ...figures,
    ...levels.flatMap((level) => {
      const limit = level[drawn];
      return limit === null || Number.isNaN(limit) ? [] : [limit];
    }),
  ];
}

/** How far an arrow key moves a threshold: one of what it counts, a tenth of a deviation. */
export function keyStep({ condition, drawn }: Drawn): number {
  if (drawn === 'count') return 1;
  if (condition.kind === 'outlier' || condition.kind === 'anomaly') return 0.1;
  const indicator = 'indicator' in condition ? findIndicator(condition.indicator) : undefined;
  return indicator?.unit === 'days' && condition.kind !== 'pace' ? 0.5 : 1;
}

/** How far down a value stands, 0 at the top to 1 at the foot. */
export function depthOf(value: number, { min, max }: Range): number {
  return Math.max(0, Math.min(1, (max - value) / (max - min)));
}

/** The value that stands so far down, rounded to what a hand can mean. */
export function valueAt(depth: number, range: Range): number {
  const { min, max } = range;
  const step = roundStep(max - min, 200);
  const value = max - Math.max(0, Math.min(1, depth)) * (max - min);
  return Math.round(Math.round(value / step) * step * 1e6) / 1e6;
}

/** A value held between two others, which it may come near by a step but not reach. */
export function holdBetween(
  value: number,
  { least, most, step }: { least: number; most: number; step: number },
): number {
  const held = Math.max(least + step, Math.min(value, most - step));
  return Math.round(held * 1e6) / 1e6;
}
