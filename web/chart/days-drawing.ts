/** Counts of days as a drawing: a column for each, and a line for what can be borne. Pure. */
import type { Drawing } from './drawing.ts';

/** `bearable`: where the line stands, with its words; `tip` and `day` by index, in the language of the screen. */
export type DaysInput = {
  counts: readonly number[];
  bearable: { value: number; words: string };
  day: (index: number) => string;
  tip: (index: number) => string;
  number: (value: number) => string;
};

/** How high the axis goes: over the line where a day comes near it, else over the highest day alone. */
export function topOf({ counts, bearable }: Pick<DaysInput, 'counts' | 'bearable'>): number {
  const most = Math.max(1, ...counts);
  return most * 3 < bearable.value
    ? Math.ceil(most * 1.25)
    : Math.ceil(Math.max(most, bearable.value) * 1.15);
}

/** Counts of days in order, as steps over a filled ground; the line of what can be borne only where it is near. */
export function drawDays(input: DaysInput): Drawing {
  const { counts, bearable, day, tip, number } = input;
  const top = topOf(input);
  const points = counts.flatMap((count, index) => [
    [index - 0.35, count],
    [index + 0.35, count],
    [index + 0.35, 0],
    [index + 0.65, 0],
  ]);
  return (look) => ({
    textStyle: { fontFamily: look.font, fontSize: look.size * 0.85 },
    grid: { left: 2, right: look.size, top: look.size * 1.4, bottom: 4, containLabel: true },
    xAxis: {
      type: 'value',
      ...{
        min: -0.5,
        max: Math.max(0.5, counts.length - 0.5),
        interval: Math.max(1, Math.ceil(counts.length / 8)),
      },
      ...{ axisLine: { show: false }, axisTick: { show: false }, splitLine: { show: false } },
      axisLabel: {
        ...{ color: look.textSoft, hideOverlap: true, fontSize: look.size * 0.85 },
        formatter: (at: number) => day(Math.round(at)),
      },
    },
    yAxis: {
      ...{ type: 'value', min: 0, max: top, minInterval: 1, splitNumber: 3 },
      splitLine: { lineStyle: { color: look.line } },
      axisLabel: { color: look.textSoft, fontSize: look.size * 0.85, showMaxLabel: false, formatter: number },
    },
    tooltip: {
      ...{ trigger: 'axis', confine: true, className: 'chart-tip', backgroundColor: look.panel },
      ...{ borderColor: look.lineStrong, textStyle: { color: look.text, fontSize: look.size * 0.9 } },
      formatter: (params) => {
        const [first] = Array.isArray(params) ? params : [params];
        const value = first?.value;
        return Array.isArray(value) ? tip(Math.round(Number(value[0]))) : '';
      },
    },
    series: [
      {
        ...{ id: 'days', type: 'line', symbol: 'none', silent: true, data: points },
        lineStyle: { width: 0 },
        areaStyle: { color: look.accent, opacity: 0.8 },
        ...(bearable.value <= top && {
          markLine: {
            ...{ silent: true, symbol: 'none', data: [{ yAxis: bearable.value }] },
            lineStyle: { color: look.text, type: [6, 4], width: 1.5 },
            label: {
              ...{ formatter: () => bearable.words, position: 'insideStartTop', color: look.text },
              fontSize: look.size * 0.85,
            },
          },
        }),
      },
    ],
  });
}
