import { describe, expect, it } from 'vitest';
import { findIndicator } from '../../shared/catalogue.ts';
import type { Figure, Indicator } from '../../shared/indicator.ts';
import type { Thresholds } from '../../shared/judgement.ts';
import { findShippedThresholds } from '../../shared/thresholds.ts';
import { judgeCells as judgeBy } from '../../web/chart/cells.ts';
import { targetOf } from '../../web/panels/cells-list.tsx';

function indicatorOf(id: string): Indicator {
  const indicator = findIndicator(id);
  if (!indicator) throw new Error(`no ${id}`);
  return indicator;
}

/** What overdue dossiers are judged by here, by count and by share, whatever is shipped. */
const OVERDUE: Thresholds = {
  ...{ direction: 'above', minimum: 30 },
  bands: { warning: 0.01, major: 5, critical: 15 },
  countBands: { warning: 1, major: 10, critical: 50 },
};

/** Judges communes by these thresholds or by the rules that are shipped, but for those with thresholds of their own. */
const judgeCells = (
  indicator: Indicator,
  units: readonly number[],
  figures: ReadonlyMap<number, Figure>,
  own: Record<number, Thresholds> = {},
) => {
  const usual = indicator.id === 'TT04' ? OVERDUE : findShippedThresholds(indicator.id, 'commune');
  return judgeBy(indicator, units, { figures, thresholdsOf: (unit) => own[unit] ?? usual });
};

const rate = (value: number | null, denominator = 100): Figure => ({
  value,
  numerator: value ?? 0,
  denominator,
});

describe('cells of the map', () => {
  it('are judged by the bands of the indicator; few cases and none are neither good nor bad', () => {
    const figures = new Map([
      [1, rate(95)],
      [2, rate(85)],
      [3, rate(75)],
      [4, rate(60)],
      [5, rate(10, 29)],
      [6, rate(null, 0)],
      [8, rate(50)],
    ]);
    const cells = judgeCells(indicatorOf('TT02'), [1, 2, 3, 4, 5, 6, 7, 8], figures);
    expect([...cells.kinds]).toEqual([
      [1, 'normal'],
      [2, 'warning'],
      [3, 'major'],
      [4, 'critical'],
      [5, 'few'],
      [6, 'nothing'],
      [7, 'none'],
      [8, 'critical'],
    ]);
    expect(cells.worst).toEqual([8, 4, 3]);
    expect(cells.legend).toEqual([
      { kind: 'normal', low: 90, high: null, share: null, count: 1 },
      { kind: 'warning', low: 80, high: 90, share: null, count: 1 },
      { kind: 'major', low: 70, high: 80, share: null, count: 1 },
      { kind: 'critical', low: null, high: 70, share: null, count: 2 },
      { kind: 'few', low: null, high: null, share: null, count: 1 },
      { kind: 'nothing', low: null, high: null, share: null, count: 1 },
      { kind: 'none', low: null, high: null, share: null, count: 1 },
    ]);
    expect(cells.doubtful).toEqual([5]);
  });

  it('turn the bands round where less is better, and go by counts of any size as well as by shares', () => {
    const cells = judgeCells(
      indicatorOf('TT04'),
      [1, 2, 3, 4, 5],
      new Map([
        [1, rate(0)],
        [2, rate(4)],
        [3, rate(20)],
        [4, { value: 39.29, numerator: 11, denominator: 28 }],
        [5, { value: 85.06, numerator: 148, denominator: 174 }],
      ]),
    );
    expect(cells.legend.map(({ kind, low, high, share }) => [kind, low, high, share])).toEqual([
      ['normal', null, 1, null],
      ['warning', 1, 10, 0.01],
      ['major', 10, 50, 5],
      ['critical', 50, null, 15],
    ]);
    expect([...cells.kinds.values()]).toEqual(['normal', 'warning', 'critical', 'major', 'critical']);
    expect(cells.worst).toEqual([5, 3, 4]);
  });

  it('are judged each by its own thresholds; the legend shows those of most, and says how many have others', () => {
    const own = { direction: 'below', minimum: 10, countBands: null } as const;
    const strict = { ...own, bands: { warning: null, major: 97, critical: 96 } };
    const off = { ...own, bands: null };
    const figures = new Map([1, 2, 3, 4].map((unit) => [unit, rate(95, unit === 3 ? 12 : 100)]));
    const cells = judgeCells(indicatorOf('TT02'), [3, 1, 2, 4], figures, { 3: strict, 4: off });
    expect([...cells.kinds]).toEqual([
      [3, 'critical'],
      [1, 'normal'],
      [2, 'normal'],
      [4, 'normal'],
    ]);
    expect([cells.usual, cells.others, cells.worst]).toEqual([1, 2, [3]]);
    expect(cells.legend.map(({ kind, low, count }) => [kind, low, count])).toEqual([
      ['normal', 90, 3],
      ['warning', 80, 0],
      ['major', 70, 0],
      ['critical', null, 1],
    ]);
  });

  it('stand on a scale of five groups of about equal size where the indicator has no bands', () => {
    const units = Array.from({ length: 50 }, (_, index) => index + 1);
    const figures = new Map(
      units.map((unit) => [unit, { value: unit * 10, numerator: unit * 10, denominator: null }]),
    );
    const cells = judgeCells(indicatorOf('HS01'), units, figures);
    expect(cells.legend.map(({ count }) => count)).toEqual([10, 10, 10, 10, 10]);
    expect(cells.legend.map(({ low }) => low)).toEqual([null, 110, 210, 310, 410]);
    expect(cells.worst).toEqual([]);
  });

  it('need fewer steps where values repeat', () => {
    const same = new Map([1, 2, 3].map((unit) => [unit, { value: 7, numerator: 7, denominator: null }]));
    const { legend } = judgeCells(indicatorOf('HS01'), [1, 2, 3], same);
    expect(legend).toEqual([{ kind: 'step0', low: null, high: null, share: null, count: 3 }]);
  });
});

describe('the keys of the list beside the map', () => {
  const names = ['An Bình', 'Ba Vì', 'Đà Bắc', 'Đạo Trù'];

  it('move, jump to the ends, and to the next name with a letter', () => {
    const press = (key: string, at = 0) => targetOf(key, { at, names });
    expect([press('ArrowDown'), press('ArrowUp', 2), press('Home', 3), press('End')]).toEqual([1, 1, 0, 3]);
    expect([press('b'), press('d'), press('Đ', 2), press('x'), press('Tab')]).toEqual([1, 2, 3, null, null]);
  });
});
