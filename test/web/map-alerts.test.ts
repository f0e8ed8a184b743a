// Marks of units in alert as the map draws them.
import { describe, expect, it } from 'vitest';
import { drawAlert } from '../../web/chart/alert-drawing.ts';
import type { Look } from '../../web/chart/look.ts';
import { type AlertCells, drawAlerts } from '../../web/chart/map-alerts.ts';

const look: Look = {
  ...{ font: 'x', size: 20, page: '#000000', panel: '#111111', line: '#222222', lineStrong: '#333333' },
  ...{ text: '#ffffff', textSoft: '#cccccc', accent: '#0000ff', accentText: '#0000ff', normal: '#777777' },
  ...{ critical: '#ff0000', major: '#ff8800', warning: '#ffff00', late: '#aa00aa' },
};
const labels = new Map<number, [number, number]>([
  [1, [10, 20]],
  [2, [30, 40]],
]);
const alerts: AlertCells = new Map([
  [1, { severity: 'critical', isNew: true }],
  [2, { severity: 'warning', isNew: false }],
  [3, { severity: 'major', isNew: true }],
]);

describe('marks of alerts on a map', () => {
  it('are the shape of the severity in a ring, thick where nobody acknowledged; none of a unit without a place', () => {
    const [rings, shapes] = drawAlerts({ drawn: { labels }, alerts }, look);
    expect(
      rings?.data.map(({ name, itemStyle }) => [name, itemStyle.borderColor, itemStyle.borderWidth]),
    ).toEqual([
      ['2', '#ffff40', 1.43],
      ['1', '#ff4040', 3.38],
    ]);
    expect(shapes?.data.map((mark) => 'symbol' in mark && mark.symbol)).toEqual(['circle', 'diamond']);
  });

  it('can be pressed at the ring, and the shape in it lets the press through', () => {
    const series = drawAlerts({ drawn: { labels }, alerts }, look);
    expect(series.map(({ id, ...rest }) => [id, 'silent' in rest && rest.silent])).toEqual([
      ['alerts', false],
      ['alert-shapes', true],
    ]);
  });
});

describe('the chart of an alert', () => {
  const words = { moment: String, value: String, threshold: String, onset: 'o', end: '', tip: () => '' };
  const trend = { points: [], openedAt: 1, closedAt: null, cap: null, words };

  it('has names of thresholds under their lines at its top, where the name of the onset stands', () => {
    const silence = [
      { severity: 'major', value: 2 },
      { severity: 'warning', value: 1 },
    ] as const;
    const { series } = drawAlert({ ...trend, thresholds: silence })(look, { width: 9, height: 9 });
    const [line] = Array.isArray(series) ? series : [];
    const marks = (line as { markLine?: { data?: { label?: { position?: string } }[] } }).markLine?.data;
    expect(marks?.map(({ label }) => label?.position)).toEqual([
      ...['insideStartBottom', 'insideMiddleTop', 'end'],
    ]);
  });
});
