import type { LineSeriesOption } from 'echarts/charts';
import { alignBreak, LETTER } from './align-break.ts';
import { axisTip } from './axis-tip.ts';
import type { ChartOption, Drawing, Sheet } from './drawing.ts';
import { type Look, mix } from './look.ts';
import { type Line, labelStep, placeNames, readPoint, type Trend } from './trend.ts';

/** The texts of a drawn trend, already in the language of the screen. `tip` is markup. */
export type TrendWords = {
  moment: (index: number) => string;
  /** On the axis. */
  value: (value: number) => string;
  /** Beside the newest point. */
  figure: (value: number) => string;
  breaks: readonly string[];
  /** Of a line beside the main one, at its end. */
  name: (id: number) => string;
  tip: (index: number) => string;
};

type TrendInput = {
  trend: Trend;
  kind: { hero: 'value' | 'numerator' };
  /** Where a line stands for the target; null: nowhere. */
  target: number | null;
  grain: string;
  words: TrendWords;
};

type Dot = {
  value: [number, number | '-'];
  symbol: 'circle' | 'none';
  symbolSize?: number;
  itemStyle?: object;
};

/** Between the newest point and its figure, and the size of that point, in px. */
const LABEL_GAP = 8;
const DOT = 10;

/** A line beside the main one: told apart by dash and shape, which hold without colour, and by name at its end. */
export type LineStyle = {
  dash: number[] | 'solid';
  symbol: 'circle' | 'rect' | 'triangle' | 'diamond' | 'pin';
};

const STYLES: readonly LineStyle[] = [
  { dash: 'solid', symbol: 'circle' },
  { dash: [9, 5], symbol: 'rect' },
  { dash: [2, 4], symbol: 'triangle' },
  { dash: [14, 4, 2, 4], symbol: 'diamond' },
  { dash: [5, 3], symbol: 'pin' },
];

/** How the line of a predecessor is drawn, by its rank. */
export function styleOf(rank: number): LineStyle {
  return STYLES[rank % STYLES.length] ?? { dash: 'solid', symbol: 'circle' };
}

/** Every how many points a line shows its shape: about six times, at other points than the line beside it. */
function hasShape(
  at: number,
  { first, count, rank }: { first: number; count: number; rank: number },
): boolean {
  const step = Math.max(1, Math.round(count / 6));
  return (at - first) % step === rank % step;
}

/** A trend as a chart: what came before the last break is grey, the open period dashed with a hollow point. */
export function drawTrend(input: TrendInput): Drawing {
  return (look, sheet) => ({
    textStyle: { fontFamily: look.font, fontSize: look.size * 0.85 },
    grid: {
      left: 2,
      right: endRoom(input, look),
      top: look.size * (input.trend.breaks.length > 0 ? 3.2 : 1.6),
      bottom: 4,
      containLabel: true,
    },
    xAxis: xAxisOf(input, look),
    yAxis: yAxisOf(input, look),
    tooltip: {
      ...axisTip(look),
      formatter: (params) => {
        const [first] = Array.isArray(params) ? params : [params];
        const value = first?.value;
        return Array.isArray(value) ? input.words.tip(Number(value[0])) : '';
      },
    },
    series: input.trend.lines.flatMap((line) => drawLine(line, { ...input, look, sheet })),
  });
}

/** Room in px right of the last point for the figure beside it; at least for a short one, so that the edge stays calm. */
export function endRoom(
  { trend, kind, words }: Pick<TrendInput, 'trend' | 'kind' | 'words'>,
  { size }: Pick<Look, 'size'>,
): number {
  const ends = trend.lines.flatMap((line) => {
    const point = line.points.at(-1) ?? null;
    const value = line.main && point?.provisional ? readPoint(kind, point) : null;
    return value === null ? [] : words.figure(value).length;
  });
  return Math.max(size * 3.4, LABEL_GAP + DOT / 2 + size * LETTER * Math.max(0, ...ends) + 4);
}

function xAxisOf({ trend, grain, words }: TrendInput, look: Look): NonNullable<ChartOption['xAxis']> {
  const last = trend.moments.length - 1;
  return {
    type: 'value',
    min: last === 0 ? -1 : 0,
    max: Math.max(1, last),
    interval: labelStep(last + 1, grain),
    axisLine: { show: false },
    axisTick: { show: false },
    splitLine: { show: false },
    axisLabel: {
      color: look.textSoft,
      fontSize: look.size * 0.85,
      margin: look.size * 0.85,
      hideOverlap: true,
      alignMinLabel: 'left',
      showMaxLabel: false,
      formatter: (index: number) =>
        Number.isInteger(index) && trend.moments[index] ? words.moment(index) : '',
    },
  };
}

function yAxisOf({ trend, words }: TrendInput, look: Look): NonNullable<ChartOption['yAxis']> {
  return {
    type: 'value',
    min: trend.range?.min ?? 0,
    max: trend.range?.max ?? 1,
    interval: trend.range?.step ?? 1,
    axisLine: { show: false },
    axisTick: { show: false },
    axisLabel: { color: look.textSoft, fontSize: look.size * 0.85, formatter: words.value },
    splitLine: { lineStyle: { color: look.line } },
  };
}

type LineInput = TrendInput & { look: Look; sheet: Sheet };

function drawLine(line: Line, input: LineInput): LineSeriesOption[] {
  const values = line.points.map((point) => readPoint(input.kind, point));
  const open = line.points.findIndex((point) => point?.provisional === true);
  const settled = values.map((value, at) => (open >= 0 && at >= open ? null : value));
  const border = line.main ? Math.ceil(input.trend.breaks.at(-1)?.x ?? 0) : 0;
  const before = settled.map((value, at) => (at < border ? value : null));
  const after = settled.map((value, at) => (at >= border - 1 ? value : null));
  const pending = values.map((value, at) => (open >= 0 && at >= open - 1 ? value : null));
  const grey = input.look.normal;
  const strong = { color: input.look.accent, width: 2.5, type: 'solid' as const };
  const soft = { color: grey, width: 2, type: 'solid' as const };
  const series = (part: string, own: (number | null)[], lineStyle: LineSeriesOption['lineStyle']) =>
    ({
      type: 'line',
      id: `${line.id}-${part}`,
      name: String(line.id),
      data: dotsOf(own),
      connectNulls: false,
      lineStyle: lineStyle ?? {},
      itemStyle: { color: lineStyle?.color ?? grey },
      symbolSize: 7,
      emphasis: { disabled: true },
      z: line.main ? 4 : 3,
    }) satisfies LineSeriesOption;
  if (!line.main) return [drawBeside(line, values, input), drawName(line, input)];
  return [
    series('before', before, soft),
    { ...series('after', after, strong), ...marksOf(input) },
    { ...series('open', pending, { ...strong, type: [4, 4] }), data: openDots(pending, { open, input }) },
  ];
}

/** A line beside the main one, in a tone, dash and shape of its own. */
function drawBeside(line: Line, values: (number | null)[], { look }: LineInput): LineSeriesOption {
  const { dash, symbol } = styleOf(line.rank);
  const first = values.findIndex((value) => value !== null);
  const last = values.findLastIndex((value) => value !== null);
  const colour = mix(look.textSoft, look.panel, 0.12 * (line.rank % 3));
  const shape = { first, count: last - first + 1, rank: line.rank };
  return {
    type: 'line',
    id: `${line.id}-whole`,
    name: String(line.id),
    data: values.map((value, at) => ({
      value: [at, value ?? '-'],
      symbol: value !== null && (at === last || hasShape(at, shape)) ? symbol : 'none',
      symbolSize: DOT - 1,
    })),
    connectNulls: false,
    lineStyle: { color: colour, width: 2, type: dash },
    itemStyle: { color: look.panel, borderColor: colour, borderWidth: 2 },
    emphasis: { disabled: true },
    z: 3,
  };
}

/** The name of a line beside the main one, at its end: on a point of its own, which is not seen. */
function drawName(line: Line, { trend, kind, look, words }: LineInput): LineSeriesOption {
  const place = placeNames(trend, kind).get(line.id);
  return {
    type: 'line',
    id: `${line.id}-name`,
    data: place ? [[place.at, place.value]] : [],
    symbol: 'circle',
    symbolSize: 1,
    itemStyle: { color: 'transparent', borderColor: 'transparent' },
    label: {
      show: true,
      position: 'right',
      formatter: () => words.name(line.id),
      color: look.text,
      fontSize: look.size * 0.85,
      distance: LABEL_GAP + DOT,
      textBorderColor: look.panel,
      textBorderWidth: 4,
    },
    silent: true,
    z: 5,
  };
}

/** Points are shown only where no neighbour lets a line be seen. */
function dotsOf(values: readonly (number | null)[]): Dot[] {
  return values.map((value, at) => {
    const alone = value !== null && (values[at - 1] ?? null) === null && (values[at + 1] ?? null) === null;
    return { value: [at, value ?? '-'], symbol: alone ? 'circle' : 'none' };
  });
}

function openDots(
  values: readonly (number | null)[],
  { open, input }: { open: number; input: LineInput },
): Dot[] {
  return values.map((value, at) => ({
    value: [at, value ?? '-'],
    symbol: at >= open ? 'circle' : 'none',
    symbolSize: DOT,
    itemStyle: { color: input.look.panel, borderColor: input.look.accent, borderWidth: 2.5 },
    label: {
      show: at === values.length - 1,
      position: 'right',
      distance: LABEL_GAP,
      color: input.look.text,
      fontSize: input.look.size,
      fontWeight: 600,
      formatter: () => (value === null ? '' : input.words.figure(value)),
    },
  }));
}

/** Where a moment stands, as a share of the sheet's width: the axis and its values take about so much on the left. */
function placeOf(x: number, input: LineInput): number {
  const { trend, look, sheet } = input;
  const [left, right] = [look.size * 2.5, sheet.width - endRoom(input, look)];
  return (left + (x / Math.max(1, trend.moments.length - 1)) * (right - left)) / sheet.width;
}

function marksOf(input: LineInput): Pick<LineSeriesOption, 'markLine'> {
  const { trend, target, words, look, sheet } = input;
  const marks = trend.breaks.map(({ x }, index) => ({
    xAxis: x,
    lineStyle: { color: look.text, type: 'solid' as const, width: 1.5 },
    label: {
      fontSize: look.size * 0.85,
      color: look.text,
      position: 'end' as const,
      padding: [0, 5],
      lineHeight: look.size * 1.2,
      align: alignBreak(words.breaks[index] ?? '', {
        share: placeOf(x, input),
        width: sheet.width,
        size: look.size * 0.85,
      }),
      formatter: words.breaks[index] ?? '',
    },
  }));
  const data = target === null ? marks : [...marks, lineAt(target, look)];
  return data.length === 0 ? {} : { markLine: { silent: true, symbol: 'none', data } };
}

/** What the line stands for is said beside the drawing: on it, the words would lie over the figures' own line. */
function lineAt(target: number, look: Look) {
  const lineStyle = { color: look.textSoft, type: 'dashed' as const, width: 1.5 };
  return { yAxis: target, lineStyle, label: { show: false } };
}
