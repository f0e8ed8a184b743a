// One judgement of a figure: what level, by which number, and whether the cases are too few to say.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findIndicator } from '../shared/catalogue.ts';
import { evaluate, type Figure, type Indicator, NO_FIGURE } from '../shared/indicator.ts';
import { judge as judgeBy, SEVERITY_ORDER, type Thresholds } from '../shared/judgement.ts';
import { emptySums } from '../shared/measure.ts';
import { rankUnits } from '../shared/ranking.ts';
import { findShippedThresholds } from '../shared/thresholds.ts';

function indicatorOf(id: string): Indicator {
  const indicator = findIndicator(id);
  if (!indicator) throw new Error(`no indicator ${id}`);
  return indicator;
}

/** What overdue dossiers are judged by here, by count and by share, whatever is shipped. */
const OVERDUE: Thresholds = {
  ...{ direction: 'above', minimum: 30 },
  bands: { warning: 0.01, major: 5, critical: 15 },
  countBands: { warning: 1, major: 10, critical: 50 },
};

/** Judges a commune's figure: overdue ones by these thresholds, others by the rules that are shipped. */
const judge = (indicator: Indicator, figure: Figure) =>
  judgeBy(
    indicator,
    figure,
    indicator.id === 'TT04' ? OVERDUE : findShippedThresholds(indicator.id, 'commune'),
  );

/** Overdue of open, as the server computes it. */
const stock = (overdue: number, open: number, id = 'TT04') =>
  evaluate(indicatorOf(id), { ...emptySums(), overdue, open, dueSoon: overdue }, 10);

const rate = (value: number | null, denominator: number): Figure => ({
  value,
  numerator: value === null ? 0 : (value * denominator) / 100,
  denominator,
});

describe('a stock', () => {
  it.each([
    [148, 174, 'critical', 148],
    [83, 535, 'critical', 83],
    [20, 46, 'critical', 20],
    [11, 28, 'major', 11],
    [10, 1000, 'major', 10],
    [9, 1000, 'warning', 9],
    [3, 13, 'warning', 3],
    [1, 2, 'warning', 1],
    [1, 100_000, 'warning', 1],
    [4, 30, 'major', 4],
    [5, 30, 'critical', 5],
    [50, 100_000, 'critical', 50],
    [0, 5, 'normal', 0],
    [0, 500, 'normal', 0],
    [2, 0, 'warning', 2],
  ] as const)(
    'is judged by its count and by its share: %i of %i is %s',
    (overdue, open, severity, figure) => {
      expect(judge(indicatorOf('TT04'), stock(overdue, open))).toMatchObject({
        standing: 'judged',
        severity,
        figure,
      });
    },
  );

  it('of which there is nothing, or of which nothing is known, is not judged', () => {
    const { standing, figure } = judge(indicatorOf('TT04'), stock(0, 0));
    expect([standing, figure]).toEqual(['nothing', null]);
    expect(judge(indicatorOf('TT04'), NO_FIGURE).standing).toBe('unknown');
    const unknown = evaluate(indicatorOf('TT05'), { ...emptySums(), open: 40 }, null);
    expect(judge(indicatorOf('TT05'), unknown).standing).toBe('unknown');
  });

  it('without bands has no level, whatever its size, and is never too few', () => {
    expect(judge(indicatorOf('HS03'), stock(0, 3, 'HS03'))).toMatchObject({ standing: 'judged', figure: 3 });
    expect(judge(indicatorOf('TT05'), stock(3, 4, 'TT05'))).toMatchObject({
      standing: 'judged',
      figure: 3,
      severity: 'normal',
    });
  });

  const stocks = fc.array(
    fc.record({ overdue: fc.nat(80), rest: fc.nat(400), code: fc.string({ minLength: 1, maxLength: 3 }) }),
    { maxLength: 30 },
  );

  it('is sorted as it is judged: nobody stands before one of a better level, nor of a smaller count in it', () => {
    fc.assert(
      fc.property(stocks, (list) => {
        const entries = list.map(({ overdue, rest, code }, index) => ({
          unit: { code, ref: String(index) },
          figure: stock(overdue, overdue + rest),
        }));
        const { ranked, guarded } = rankUnits(entries, {
          indicator: indicatorOf('TT04'),
          thresholdsOf: () => OVERDUE,
        });
        expect(guarded.every(({ figure }) => figure.denominator === 0)).toBe(true);
        for (const [index, { judgement: after, rank }] of ranked.entries()) {
          const before = ranked[index - 1];
          if (!before) continue;
          const steps =
            SEVERITY_ORDER.indexOf(after.severity) - SEVERITY_ORDER.indexOf(before.judgement.severity);
          const more = (after.figure ?? 0) - (before.judgement.figure ?? 0);
          expect(steps > 0 || (steps === 0 && more >= 0)).toBe(true);
          expect(rank === before.rank).toBe(steps === 0 && more === 0);
        }
      }),
      { seed: 766, numRuns: 300 },
    );
  });
});

describe('a rate', () => {
  it.each([
    [69.9, 30, 'judged', 'critical', 'critical'],
    [75, 30, 'judged', 'major', 'major'],
    [90, 900, 'judged', 'normal', 'normal'],
    [60, 29, 'few', 'normal', 'critical'],
    [100, 1, 'few', 'normal', 'normal'],
    [null, 0, 'nothing', 'normal', 'normal'],
  ] as const)(
    'of few cases is said to be so, with the level it appears to have: %s of %i',
    (value, cases, standing, severity, apparent) => {
      const judgement = judge(indicatorOf('TT02'), rate(value, cases));
      expect(judgement).toEqual({ standing, severity, apparent, figure: value });
    },
  );

  it('that nobody answers for, or that is not computed yet, is unknown', () => {
    expect(judge(indicatorOf('TT02'), NO_FIGURE).standing).toBe('unknown');
    const { standing } = judge(indicatorOf('TT07'), { value: null, numerator: 4, denominator: 12 });
    expect(standing).toBe('unknown');
  });
});

describe('a whole province', () => {
  const province = (figure: Figure) =>
    judgeBy(indicatorOf('TT04'), figure, findShippedThresholds('TT04', 'province'));

  it.each([
    [50, 20_000, 'normal'],
    [198, 20_000, 'normal'],
    [200, 20_000, 'warning'],
    [1000, 20_000, 'major'],
    [3000, 20_000, 'critical'],
  ] as const)(
    'is judged by the share of what is overdue, not by its count: %i of %i is %s',
    (overdue, open, severity) => {
      expect(province(stock(overdue, open))).toMatchObject({ standing: 'judged', severity, figure: overdue });
    },
  );
});

describe('other thresholds', () => {
  const rates = { direction: 'below', minimum: 30, countBands: null } as const;

  it('make other levels of the same figure', () => {
    const strict = { ...rates, bands: { warning: 99, major: 97, critical: null } };
    expect(judgeBy(indicatorOf('TT02'), rate(96, 500), strict).severity).toBe('major');
    expect(judgeBy(indicatorOf('TT02'), rate(20, 500), strict).severity).toBe('major');
    expect(judge(indicatorOf('TT02'), rate(96, 500)).severity).toBe('normal');
  });

  it('say from how many cases on a rate is judged', () => {
    const bands = { warning: 90, major: 80, critical: 70 };
    const lax = judgeBy(indicatorOf('TT02'), rate(60, 12), { ...rates, bands, minimum: 10 });
    expect(lax).toMatchObject({ standing: 'judged', severity: 'critical' });
    expect(judgeBy(indicatorOf('TT02'), rate(60, 500), { ...rates, bands, minimum: 501 })).toMatchObject({
      standing: 'few',
      severity: 'normal',
    });
  });

  it('of a bare count are of the number itself, whichever they are called', () => {
    const received = { value: 80, numerator: 80, denominator: null };
    const bands = { warning: 50, major: null, critical: null };
    const above = { direction: 'above', minimum: 30 } as const;
    for (const kind of [
      { bands, countBands: null },
      { bands: null, countBands: bands },
    ])
      expect(judgeBy(indicatorOf('HS01'), received, { ...above, ...kind })).toMatchObject({
        standing: 'judged',
        severity: 'warning',
      });
  });

  it('are none: then a figure has no level, but its cases may be few', () => {
    expect(judgeBy(indicatorOf('TT02'), rate(1, 500), null).severity).toBe('normal');
    expect(judgeBy(indicatorOf('TT02'), rate(1, 29), null).standing).toBe('few');
  });
});
