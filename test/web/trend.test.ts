import { describe, expect, it } from 'vitest';
import type { SeriesAnswer, SeriesPoint, UnitView } from '../../shared/answers.ts';
import { alignBreak } from '../../web/chart/align-break.ts';
import { type Look, mix } from '../../web/chart/look.ts';
import { labelStep, MOST_BESIDE, niceRange, readTrend } from '../../web/chart/trend.ts';
import { drawTrend, endRoom, styleOf } from '../../web/chart/trend-drawing.ts';

const rate = { unit: 'percent', hero: 'value', target: 90 } as const;

function unitOf(id: number, from = '2025-07-01'): UnitView {
  const name = { vi: `Xã ${id}`, en: `Commune ${id}` };
  return {
    id,
    ref: String(id),
    code: String(id),
    name,
    level: 'commune',
    from,
    to: null,
    lat: null,
    lon: null,
  };
}

function pointOf(period: string, value: number | null, provisional = false): SeriesPoint {
  const denominator = value === null ? 0 : 100;
  return { period, from: `${period}-01`, value, numerator: value ?? 0, denominator, provisional };
}

function answerOf(series: SeriesAnswer['series']): Pick<SeriesAnswer, 'unit' | 'breaks' | 'series'> {
  return { unit: unitOf(1), breaks: [{ on: '2025-07-01', from: [unitOf(2), unitOf(3)] }], series };
}

const look: Look = {
  font: 'x',
  size: 16,
  page: '#000000',
  panel: '#111111',
  line: '#222222',
  lineStrong: '#333333',
  text: '#eeeeee',
  textSoft: '#aaaaaa',
  accent: '#0000ff',
  accentText: '#0000ff',
  critical: '#ff0000',
  major: '#ff8800',
  warning: '#ffff00',
  normal: '#888888',
  late: '#ff00ff',
};

const months = ['2025-05', '2025-06', '2025-07', '2025-08'];
const words = {
  moment: String,
  value: String,
  figure: String,
  breaks: ['Sáp nhập 01/07/2025: từ 2 đơn vị'],
  name: String,
  tip: String,
};

function drawNow(values: (number | null)[]) {
  const points = values.map((value, index) => pointOf(months[index] ?? '', value, index === 3));
  const trend = readTrend(answerOf([{ unit: unitOf(1), points }]), rate);
  const option = drawTrend({ trend, kind: rate, target: 90, grain: 'month', words })(look, {
    width: 800,
    height: 300,
  });
  return [option.series ?? []].flat() as {
    id: string;
    data: { value: unknown[]; symbol: string }[];
    markLine?: unknown;
  }[];
}

describe('a trend', () => {
  it('stands the merger between the months before and after it, and names both readings of the past', () => {
    const before = { unit: unitOf(2), points: [pointOf('2025-05', 80), pointOf('2025-06', 82)] };
    const after = { unit: unitOf(1), points: [pointOf('2025-07', 70), pointOf('2025-08', 75, true)] };
    const trend = readTrend(answerOf([after, before]), rate);
    expect(trend.moments.map(({ period }) => period)).toEqual(months);
    expect(trend.breaks).toEqual([{ x: 1.5, on: '2025-07-01', from: [unitOf(2), unitOf(3)] }]);
    expect(trend.lines.map(({ id, main }) => ({ id, main }))).toEqual([
      { id: 2, main: false },
      { id: 1, main: true },
    ]);
    expect(trend.lines[1]?.points.map((point) => point?.value ?? null)).toEqual([null, null, 70, 75]);
  });

  it('places the merger inside a year, and leaves it out where the trend begins later', () => {
    const points = ['2024', '2025', '2026'].map((year) => ({ ...pointOf(year, 80), from: `${year}-01-01` }));
    const yearly = readTrend(answerOf([{ unit: unitOf(1), points }]), rate);
    expect(yearly.breaks[0]?.x).toBeCloseTo(0.5 + 181 / 365, 5);
    const late = readTrend(
      answerOf([{ unit: unitOf(1), points: [pointOf('2025-07', 80), pointOf('2025-08', 81)] }]),
      rate,
    );
    expect(late.breaks).toEqual([]);
  });

  it('draws the open period dashed with a hollow point, and what came before the merger apart', () => {
    const [before, after, open] = drawNow([80, 82, 70, 75]);
    expect(before?.data.map(({ value }) => value[1])).toEqual([80, 82, '-', '-']);
    expect(after?.data.map(({ value }) => value[1])).toEqual(['-', 82, 70, '-']);
    expect(open?.data.map(({ value, symbol }) => [value[1], symbol])).toEqual([
      ['-', 'none'],
      ['-', 'none'],
      [70, 'none'],
      [75, 'circle'],
    ]);
    expect(after?.markLine).toMatchObject({
      data: [{ xAxis: 1.5, label: { formatter: 'Sáp nhập 01/07/2025: từ 2 đơn vị' } }, { yAxis: 90 }],
    });
  });

  it('writes the name of a merger on the side with more room, whatever the figure at the end takes', () => {
    const points = Array.from({ length: 17 }, (_, index) => {
      const month = `${2024 + Math.floor((index + 9) / 12)}-${String(((index + 9) % 12) + 1).padStart(2, '0')}`;
      return pointOf(month, 80, index === 16);
    });
    const trend = readTrend(answerOf([{ unit: unitOf(1), points }]), rate);
    const long = { ...words, figure: () => '184.513' };
    const alignAt = (width: number) => {
      const sheet = { width, height: 300 };
      const { series } = drawTrend({ trend, kind: rate, target: 90, grain: 'month', words: long })(
        look,
        sheet,
      );
      return JSON.stringify(series).match(/"align":"(\w+)"/)?.[1];
    };
    expect(trend.breaks[0]?.x).toBe(8.5);
    expect([325, 640, 3000].map(alignAt)).toEqual(['center', 'left', 'right']);
  });

  it('leaves a gap where nothing occurred, and shows a point that stands alone', () => {
    const [before] = drawNow([80, null, 70, 75]);
    expect(before?.data.slice(0, 2).map(({ value, symbol }) => [value[1], symbol])).toEqual([
      [80, 'circle'],
      ['-', 'none'],
    ]);
  });

  it('gives the figure beside its end the room that its text takes', () => {
    const points = [pointOf('2025-07', 80), pointOf('2025-08', 81, true)];
    const trend = readTrend(answerOf([{ unit: unitOf(1), points }]), rate);
    const roomOf = (text: string) =>
      endRoom({ trend, kind: rate, words: { ...words, figure: () => text } }, look);
    expect(roomOf('81')).toBe(look.size * 3.4);
    expect(roomOf('4.062')).toBeGreaterThan(5 * 0.62 * look.size + 13);
    expect(roomOf('184.513')).toBeGreaterThan(roomOf('4.062'));
  });

  it('reads an indicator by its counted part where people do', () => {
    const points = [pointOf('2025-07', 12), pointOf('2025-08', 15)];
    const trend = readTrend(answerOf([{ unit: unitOf(1), points }]), {
      unit: 'percent',
      hero: 'numerator',
      target: 0,
    });
    expect(trend.range).toEqual({ min: 0, max: 15, step: 5 });
  });
});

describe('an axis', () => {
  it('has round ends that hold every value and never pass 100 %', () => {
    expect(niceRange(84.6, 93, 100)).toEqual({ min: 82.5, max: 95, step: 2.5 });
    expect(niceRange(97, 99.4, 100)).toEqual({ min: 96, max: 100, step: 2 });
    expect(niceRange(0, 0, null)).toMatchObject({ min: 0 });
    expect(niceRange(0, 184_513, null)).toEqual({ min: 0, max: 200_000, step: 50_000 });
  });

  it('names about eight moments', () => {
    expect(labelStep(35, 'month')).toBe(6);
    expect(labelStep(62, 'day')).toBe(14);
    expect(labelStep(3, 'year')).toBe(1);
  });
});

describe('a colour between two', () => {
  it('reads the short form that a style sheet may have been shortened to', () => {
    expect([mix('#fff', '#000000', 0.5), mix('#fd6', '#ffdd66', 0.3)]).toEqual(['#808080', '#ffdd66']);
  });
});

describe('the words of a break', () => {
  const text = 'Merged 01/07/2025:\nfrom 3 units';
  it.each<[number, number, 'left' | 'center' | 'right']>([
    [0.2, 900, 'left'],
    [0.9, 900, 'right'],
    // On a phone neither side of the line has room for them.
    [0.55, 250, 'center'],
    [0.9, 250, 'right'],
  ])('at %d of %d px', (share, width, side) => {
    expect(alignBreak(text, { share, width, size: 13 })).toBe(side);
  });
});

describe('as it was then', () => {
  const many = Array.from({ length: 8 }, (_, index) => ({
    unit: unitOf(index + 2),
    points: [pointOf('2025-05', 80 + index), pointOf('2025-06', 50)],
  }));
  const own = { unit: unitOf(1), points: [pointOf('2025-07', 70), pointOf('2025-08', 75, true)] };

  it('draws as many lines as can be told apart, each by a dash and a shape of its own, and names the rest', () => {
    const trend = readTrend(answerOf([own, ...many]), rate);
    expect([trend.lines.length, trend.rest.map(({ id }) => id)]).toEqual([MOST_BESIDE + 1, [7, 8, 9]]);
    const styles = trend.lines.filter(({ main }) => !main).map(({ rank }) => styleOf(rank));
    expect(new Set(styles.map(({ symbol }) => symbol)).size).toBe(MOST_BESIDE);
    expect(new Set(styles.map(({ dash }) => String(dash))).size).toBe(MOST_BESIDE);
  });

  it('names each line at its end, on its last point', () => {
    const trend = readTrend(answerOf([own, ...many.slice(0, 2)]), rate);
    const option = drawTrend({
      trend,
      kind: rate,
      target: 90,
      grain: 'month',
      words: { ...words, name: (id) => `n${id}` },
    })(look, { width: 800, height: 300 });
    const drawn = [option.series ?? []].flat() as {
      id: string;
      data: number[][];
      label?: { formatter: () => string };
    }[];
    const named = drawn.filter(({ id }) => id.endsWith('-name'));
    expect(named.map(({ data, label }) => [label?.formatter(), data[0]?.[0]])).toEqual([
      ['n2', 1],
      ['n3', 1],
    ]);
    const [high = 0, low = 0] = named.map(({ data }) => data[0]?.[1]).sort((a, b) => Number(b) - Number(a));
    const { min, max } = trend.range ?? { min: 0, max: 0 };
    expect(high - low).toBeCloseTo(0.13 * (max - min), 6);
  });

  it('marks where the communes of a territory stand in for a unit that ended', () => {
    const territory = { since: '2025-07-01', units: 3, partly: [] };
    const points = months.map((month) => pointOf(month, 80));
    const trend = readTrend({ ...answerOf([{ unit: unitOf(1), points }]), breaks: [], territory }, rate);
    expect(trend.breaks).toEqual([{ x: 1.5, on: '2025-07-01', from: [] }]);
  });
});
