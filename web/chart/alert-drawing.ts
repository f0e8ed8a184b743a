import type { AlertSeverity } from '../../shared/rule.ts';
import { axisTip } from './axis-tip.ts';
import type { ChartOption, Drawing } from './drawing.ts';
import type { Look } from './look.ts';
import { niceRange } from './trend.ts';

/** One figure of an alert: at an instant (epoch ms), null where there was none. */
export type AlertPoint = { at: number; figure: number | null };

/** What is drawn of an alert: its figures, the thresholds of its severities, and when it began and ended. */
export type AlertTrend = {
  points: readonly AlertPoint[];
  thresholds: readonly { severity: AlertSeverity; value: number }[];
  openedAt: number;
  closedAt: number | null;
  /** Percentages end at 100. */
  cap: number | null;
  words: {
    moment: (at: number) => string;
    value: (value: number) => string;
    threshold: (severity: AlertSeverity) => string;
    onset: string;
    end: string;
    /** Markup. */
    tip: (at: number, figure: number | null) => string;
  };
};

const DASHES: Readonly<Record<AlertSeverity, number[] | 'solid'>> = {
  ...{ critical: 'solid' as const, major: [10, 4], warning: [5, 4], advisory: [2, 4] },
};

/** An alert as a chart: its figures over time, a line for each threshold, a mark where it began and where it ended. */
export function drawAlert(trend: AlertTrend): Drawing {
  return (look) => ({
    textStyle: { fontFamily: look.font, fontSize: look.size * 0.85 },
    grid: { left: 2, right: look.size * 1.2, top: look.size * 2, bottom: 4, containLabel: true },
    xAxis: xAxisOf(trend, look),
    yAxis: yAxisOf(trend, look),
    tooltip: {
      ...axisTip(look),
      formatter: (params) => {
        const [first] = Array.isArray(params) ? params : [params];
        const value = first?.value;
        if (!Array.isArray(value)) return '';
        return trend.words.tip(Number(value[0]), typeof value[1] === 'number' ? value[1] : null);
      },
    },
    series: [
      {
        type: 'line',
        id: 'figures',
        data: trend.points.map(({ at, figure }) => [at, figure ?? '-']),
        connectNulls: false,
        showSymbol: trend.points.length < 40,
        symbolSize: 6,
        lineStyle: { color: look.accent, width: 2.5 },
        itemStyle: { color: look.accent },
        emphasis: { disabled: true },
        markLine: { silent: true, symbol: 'none', data: marksOf(trend, look) },
      },
    ],
  });
}

/** From the first to the last instant that is shown. */
export function spanOf({
  points,
  openedAt,
  closedAt,
}: Pick<AlertTrend, 'points' | 'openedAt' | 'closedAt'>): {
  from: number;
  to: number;
} {
  const all = [...points.map(({ at }) => at), openedAt, ...(closedAt === null ? [] : [closedAt])];
  const [from, to] = [Math.min(...all), Math.max(...all)];
  return { from, to: Math.max(to, from + 1) };
}

function xAxisOf(trend: AlertTrend, look: Look): NonNullable<ChartOption['xAxis']> {
  const { from, to } = spanOf(trend);
  return {
    type: 'value',
    min: from,
    max: to,
    interval: (to - from) / 4,
    axisLine: { show: false },
    axisTick: { show: false },
    splitLine: { show: false },
    axisLabel: {
      color: look.textSoft,
      fontSize: look.size * 0.85,
      hideOverlap: true,
      alignMinLabel: 'left',
      alignMaxLabel: 'right',
      formatter: trend.words.moment,
    },
  };
}

type Height = { min: number; max: number; step: number };

function heightOf({ points, thresholds, cap }: AlertTrend): Height {
  const values = [...points.flatMap(({ figure }) => figure ?? []), ...thresholds.map(({ value }) => value)];
  const low = Math.min(...values, cap ?? 0);
  const { min, max, step } = niceRange(low, Math.max(...values, low + 1), cap);
  // A change may lie under nothing.
  return { min: low < 0 ? Math.floor(low / step) * step : min, max, step };
}

function yAxisOf(trend: AlertTrend, look: Look): NonNullable<ChartOption['yAxis']> {
  const { min, max, step } = heightOf(trend);
  const { words } = trend;
  return {
    type: 'value',
    ...{ min, max },
    interval: step,
    axisLine: { show: false },
    axisTick: { show: false },
    axisLabel: { color: look.textSoft, fontSize: look.size * 0.85, formatter: words.value },
    splitLine: { lineStyle: { color: look.line } },
  };
}

/** On which side of its mark a text stands, so that it stays inside. */
function alignAt(share: number): 'left' | 'center' | 'right' {
  return share < 0.15 ? 'left' : share > 0.85 ? 'right' : 'center';
}

/** Names of thresholds stand beside each other: their lines may lie close together. */
const NAME_PLACES = ['insideStart', 'insideMiddle', 'insideEnd'] as const;
/** Nearer to the top than this share, a name stands under its line: above it stand the names of instants. */
const TOP_SHARE = 0.1;

/** Where the name of a threshold stands. */
export function placeName(
  index: number,
  share: number,
): `${(typeof NAME_PLACES)[number]}${'Top' | 'Bottom'}` {
  const place = NAME_PLACES[index % NAME_PLACES.length] ?? 'insideStart';
  return `${place}${share > 1 - TOP_SHARE ? 'Bottom' : 'Top'}`;
}

function marksOf(trend: AlertTrend, look: Look) {
  const { points, thresholds, openedAt, closedAt, words } = trend;
  const { min, max } = heightOf(trend);
  const label = {
    fontSize: look.size * 0.85,
    color: look.text,
    textBorderColor: look.panel,
    textBorderWidth: 3,
  };
  const { from, to } = spanOf({ points, openedAt, closedAt });
  const instant = (at: number, text: string) => ({
    xAxis: at,
    lineStyle: { color: look.text, type: 'solid' as const, width: 1.5 },
    label: { ...label, position: 'end' as const, formatter: text, align: alignAt((at - from) / (to - from)) },
  });
  return [
    ...thresholds.map(({ severity, value }, index) => ({
      yAxis: value,
      lineStyle: { color: look.textSoft, type: DASHES[severity], width: 1.5 },
      label: {
        ...label,
        position: placeName(index, (value - min) / (max - min)),
        formatter: words.threshold(severity),
      },
    })),
    instant(openedAt, words.onset),
    ...(closedAt === null ? [] : [instant(closedAt, words.end)]),
  ];
}
