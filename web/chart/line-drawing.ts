import type { LineSeriesOption } from 'echarts/charts';
import { axisTip } from './axis-tip.ts';
import type { ChartOption, Drawing } from './drawing.ts';
import { type Look, mix } from './look.ts';

/** Room in px around the drawing of a rule's line, so that what is laid over it knows where a value stands. */
export const LINE_ROOM = { left: 58, right: 18, top: 14, bottom: 30 } as const;

type Severity = 'critical' | 'major' | 'warning' | 'advisory';

/** One unit's figures over time, with the stretches in alert behind them. Instants are epoch ms; `tip` is markup. */
export type LineInput = {
  points: readonly { at: number; figure: number | null }[];
  bands: readonly { severity: Severity; from: number; to: number }[];
  from: number;
  to: number;
  range: { min: number; max: number; step: number };
  words: {
    moment: (at: number) => string;
    value: (value: number) => string;
    tip: (index: number) => string;
  };
};

const colourOf = (look: Look, severity: Severity): string =>
  severity === 'advisory' ? look.accent : look[severity];

/** The chart of a rule's line. Thresholds are laid over it: they are controls, not pictures. */
export function drawLine(input: LineInput): Drawing {
  const { range, words, from, to } = input;
  return (look): ChartOption => ({
    textStyle: { fontFamily: look.font, fontSize: look.size * 0.8 },
    grid: { ...LINE_ROOM, containLabel: false },
    xAxis: {
      type: 'value',
      min: from,
      max: to,
      splitNumber: 5,
      interval: (to - from) / 5,
      axisLine: { show: false },
      axisTick: { show: false },
      splitLine: { show: false },
      axisLabel: {
        color: look.textSoft,
        fontSize: look.size * 0.8,
        hideOverlap: true,
        alignMinLabel: 'left',
        alignMaxLabel: 'right',
        formatter: words.moment,
      },
    },
    yAxis: {
      type: 'value',
      min: range.min,
      max: range.max,
      interval: range.step,
      axisLine: { show: false },
      axisTick: { show: false },
      axisLabel: { color: look.textSoft, fontSize: look.size * 0.8, formatter: words.value },
      splitLine: { lineStyle: { color: look.line } },
    },
    tooltip: {
      ...axisTip(look),
      formatter: (params) => {
        const [first] = Array.isArray(params) ? params : [params];
        return first?.dataIndex === undefined ? '' : words.tip(first.dataIndex);
      },
    },
    series: [seriesOf(input, look)],
  });
}

function seriesOf({ points, bands }: LineInput, look: Look): LineSeriesOption {
  return {
    id: 'line',
    type: 'line',
    data: points.map(({ at, figure }) => [at, figure ?? '-']),
    connectNulls: false,
    showSymbol: points.length <= 40,
    symbolSize: 5,
    lineStyle: { width: 2, color: look.text },
    itemStyle: { color: look.text },
    markArea: {
      silent: true,
      data: bands.map(({ severity, from, to }) => [
        { xAxis: from, itemStyle: { color: mix(look.panel, colourOf(look, severity), 0.3) } },
        { xAxis: to },
      ]),
    },
  };
}
