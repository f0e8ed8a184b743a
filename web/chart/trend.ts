import type { SeriesAnswer, SeriesPoint } from '../../shared/answers.ts';
import type { Indicator } from '../../shared/indicator.ts';
import { dayNumber } from '../../shared/period.ts';

/** A moment of a trend: the key of its period and its first day. */
export type Moment = { period: string; from: string };

/** One line: a unit's points, one per moment; null where the unit has none. `main` is the unit asked for. */
export type Line = {
  id: number;
  unit: SeriesAnswer['unit'];
  main: boolean;
  /** Place among the lines beside the main one; -1 for the main one. */
  rank: number;
  points: (SeriesPoint | null)[];
};

/** A day on which the unit took over others (`from`), or, with none, the communes of its territory from it; `x` counts moments from the first, between two where the day lies so. */
export type Break = { x: number; on: string; from: SeriesAnswer['unit'][] };

/** A series made ready to be drawn or told. `range` spans every drawn value and the target; `rest` are not drawn. */
export type Trend = {
  moments: Moment[];
  lines: Line[];
  rest: Line[];
  breaks: Break[];
  range: Range | null;
};
export type Range = { min: number; max: number; step: number };

type Kind = { unit: Indicator['unit']; hero: 'value' | 'numerator'; target: number | null };

/** A point's figure as people read it: the counted one for indicators read by their numerator. */
export function readPoint(kind: Pick<Kind, 'hero'>, point: SeriesPoint | null): number | null {
  if (!point) return null;
  return kind.hero === 'numerator' ? point.numerator : point.value;
}

/** How many lines beside the main one are told apart by dash, shape and name; more would be a tangle. */
export const MOST_BESIDE = 5;

type Told = Pick<SeriesAnswer, 'unit' | 'breaks' | 'series' | 'territory'>;

/** How much a line stands for: those with the most cases are drawn. */
function sizeOf({ points }: Line): number {
  return points.reduce((sum, point) => sum + (point?.denominator ?? point?.numerator ?? 0), 0);
}

/** The days on which the unit took over others, or others took over from it. */
function listBreaks({ breaks, territory, unit }: Told, moments: readonly Moment[]): Break[] {
  const end = territory ? [{ on: territory.since, from: [] }] : [];
  const own = breaks.filter(({ on }) => on <= (unit.to ?? on));
  return [...own, ...end].flatMap(({ on, from }) => {
    const x = findPlace(moments, on);
    return x === null ? [] : [{ x, on, from }];
  });
}

/**
 * What a series says, in moments and lines; the unit asked for comes last, over the others. Of those beside it the ones
 * with the most cases are drawn, largest first; the rest are named.
 */
export function readTrend(answer: Told, kind: Kind): Trend {
  const known = new Map<string, Moment>();
  for (const { points } of answer.series) {
    for (const { period, from } of points) known.set(period, { period, from });
  }
  const moments = [...known.values()].sort((a, b) => (a.from < b.from ? -1 : 1));
  const lines = answer.series.map(({ unit, points }): Line => {
    const own = new Map(points.map((point) => [point.period, point]));
    return {
      id: unit.id,
      unit,
      main: unit.id === answer.unit.id,
      rank: -1,
      points: moments.map(({ period }) => own.get(period) ?? null),
    };
  });
  const beside = lines.filter((line) => !line.main).sort((a, b) => sizeOf(b) - sizeOf(a));
  const drawn = [
    ...beside.slice(0, MOST_BESIDE).map((line, rank) => ({ ...line, rank })),
    ...lines.filter((line) => line.main),
  ];
  const rest = beside.slice(MOST_BESIDE);
  return { moments, lines: drawn, rest, breaks: listBreaks(answer, moments), range: rangeOf(drawn, kind) };
}

/** Of the height of a drawing, the least between two names at the ends of lines. */
const NAME_GAP = 0.13;

/** Where the names of the lines beside the main one stand, by its id: at its last point, apart from each other in height. */
export function placeNames(
  { lines, range }: Pick<Trend, 'lines' | 'range'>,
  kind: Pick<Kind, 'hero'>,
): Map<number, { at: number; value: number }> {
  const ends = lines.flatMap((line) => {
    const values = line.points.map((point) => readPoint(kind, point));
    const at = values.findLastIndex((value) => value !== null);
    const value = values[at] ?? null;
    return line.main || value === null ? [] : [{ id: line.id, at, value }];
  });
  const gap = range ? NAME_GAP * (range.max - range.min) : 0;
  let below = range?.max ?? 0;
  const placed = ends
    .toSorted((a, b) => b.value - a.value)
    .map(({ id, at, value }): [number, { at: number; value: number }] => {
      const height = Math.min(value, below);
      below = height - gap;
      return [id, { at, value: height }];
    });
  return new Map(placed);
}

/** Where a day stands among moments; null before the first one and after the last one has begun. */
function findPlace(moments: readonly Moment[], day: string): number | null {
  const index = moments.findLastIndex((moment) => moment.from <= day);
  const [moment, next] = [moments[index], moments[index + 1]];
  if (!moment || (index === 0 && moment.from === day)) return null;
  const from = dayNumber(moment.from.slice(0, 10));
  if (!next) return moment.from === day ? index - 0.5 : null;
  const to = dayNumber(next.from.slice(0, 10));
  return index - 0.5 + (dayNumber(day) - from) / Math.max(1, to - from);
}

function rangeOf(lines: readonly Line[], kind: Kind): Range | null {
  const values = lines.flatMap((line) => line.points).flatMap((point) => readPoint(kind, point) ?? []);
  if (values.length === 0) return null;
  const isRate = kind.unit === 'percent' && kind.hero === 'value';
  if (isRate && kind.target !== null) values.push(kind.target);
  const low = isRate ? Math.min(...values) : 0;
  return niceRange(low, Math.max(...values), isRate ? 100 : null);
}

/** Round ends and a round step of about four parts for an axis; nothing lies under 0 or over `cap`. */
export function niceRange(low: number, high: number, cap: number | null): Range {
  const span = Math.max(high - low, cap === null ? 4 : 8);
  const power = 10 ** Math.floor(Math.log10(span / 4));
  const step = ([1, 2, 2.5, 5, 10].find((part) => part * power >= span / 4) ?? 10) * power;
  const max = Math.ceil(high / step) * step || step;
  return {
    min: Math.max(0, Math.floor(Math.min(low, high - step) / step) * step),
    max: cap === null ? max : Math.min(cap, max),
    step,
  };
}

/** Every how many moments an axis of about eight labels names one. */
export function labelStep(count: number, grain: string): number {
  const steps =
    grain === 'month' ? [1, 2, 3, 6, 12, 24] : grain === 'quarter' ? [1, 2, 4, 8] : [1, 2, 5, 7, 14, 28, 56];
  return steps.find((step) => count / step <= 8) ?? Math.ceil(count / 8);
}
