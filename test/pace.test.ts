/** The arithmetic of pace against hand-worked cases, and its laws. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { findIndicator } from '../shared/catalogue.ts';
import { defineIndicator, type Indicator } from '../shared/indicator.ts';
import { motionOf, type Pace, percentOfWay, plannedBy, tellPace } from '../shared/pace.ts';

const get = (id: string): Indicator => {
  const found = findIndicator(id);
  if (!found) throw new Error(`no indicator ${id}`);
  return found;
};

/** A count of dossiers that is to rise, as an office may define one. */
const FLOW = defineIndicator({
  ...{ id: 'ON90', vi: 'Hồ sơ', en: 'Dossiers', unit: 'count', direction: 'up', source: 'thử' },
  ...{ numerator: { receivedOnline: 1 }, denominator: null },
});
const MOST = { ...FLOW, direction: 'down' } as const;

type Facts = { numerator: number; denominator?: number | null; base?: number | null; target: number };
const pace = (indicator: Indicator, facts: Facts, [daysGone, daysLeft]: [number, number]): Pace => {
  const { numerator, denominator = null, base = null, target } = facts;
  const scale = indicator.unit === 'percent' ? 100 : 1;
  const value =
    denominator === null ? numerator : denominator === 0 ? null : (scale * numerator) / denominator;
  return tellPace(indicator, { figure: { value, numerator, denominator }, base, target, daysGone, daysLeft });
};

describe('the pace', () => {
  test('of a count is what is left by the days that are left, beside what came by day so far', () => {
    // 300,000 in 250 days; 220,000 done in 225: 80,000 in 25 days.
    expect(pace(FLOW, { numerator: 220_000, target: 300_000 }, [225, 25])).toEqual({
      ...{ state: 'running', needs: 3200, now: 977.78, share: null, isEnough: false },
    });
    expect(pace(FLOW, { numerator: 280_000, target: 300_000 }, [225, 25])).toMatchObject({
      ...{ needs: 800, now: 1244.44, isEnough: true },
    });
    expect(pace(FLOW, { numerator: 300_000, target: 300_000 }, [225, 25])).toEqual({
      state: 'reached',
      share: null,
    });
    expect(pace(FLOW, { numerator: 0, target: 100 }, [0, 250])).toMatchObject({ needs: 0.4, now: null });
  });

  test('of a count that may rise no further is the most there may be by day', () => {
    expect(pace(MOST, { numerator: 40, target: 50 }, [200, 50])).toMatchObject({
      needs: 0.2,
      now: 0.2,
      isEnough: true,
    });
    expect(pace(MOST, { numerator: 60, target: 50 }, [200, 50])).toEqual({ state: 'outOfReach', best: 60 });
  });

  test('of a rate says how many of the cases to come must succeed, those coming as they came', () => {
    // ON02 to 85 %: 160,000 of 200,000 (80 %) in 200 days, 50 left: 50,000 to come, 52,500 needed.
    expect(pace(get('ON02'), { numerator: 160_000, denominator: 200_000, target: 85 }, [200, 50])).toEqual({
      ...{ state: 'outOfReach', best: 84 },
    });
    // 82 %: 164,000; 212,500 - 164,000 = 48,500 of 50,000: 97 %, 970 a day where 820 were.
    expect(pace(get('ON02'), { numerator: 164_000, denominator: 200_000, target: 85 }, [200, 50])).toEqual({
      ...{ state: 'running', needs: 970, now: 820, share: 97, isEnough: false },
    });
    // 90 %: 180,000; 32,500 of 50,000 keep it.
    expect(pace(get('ON02'), { numerator: 180_000, denominator: 200_000, target: 85 }, [200, 50])).toEqual({
      ...{ state: 'reached', share: 65 },
    });
    // Even none of those to come keeps it: the share is no less than nothing.
    expect(
      pace(get('ON02'), { numerator: 199_000, denominator: 200_000, target: 50 }, [200, 50]),
    ).toMatchObject({
      share: 0,
    });
  });

  test('of a rate that is to fall says how many of those to come may fail at the most', () => {
    // TT08 to 2 %: 60 of 2,000 (3 %) in 200 days, 50 left: 500 to come, 50 - 60 = -10 may: not even none.
    expect(pace(get('TT08'), { numerator: 60, denominator: 2000, target: 2 }, [200, 50])).toEqual({
      ...{ state: 'outOfReach', best: 2.4 },
    });
    // 45 of 2,000 (2.25 %): 5 of 500, 0.1 a day, 1 %.
    expect(pace(get('TT08'), { numerator: 45, denominator: 2000, target: 2 }, [200, 50])).toEqual({
      ...{ state: 'running', needs: 0.1, now: 0.23, share: 1, isEnough: false },
    });
  });

  test('of a level is by how much it must move by day, beside how it moved since the year began', () => {
    // ON05 (a stock): from 400 before the year to 700 in 200 days; 982 in 50.
    expect(pace(get('ON05'), { numerator: 700, base: 400, target: 982 }, [200, 50])).toEqual({
      ...{ state: 'running', needs: 5.64, now: 1.5, share: null, isEnough: false },
    });
    expect(pace(get('ON05'), { numerator: 700, target: 982 }, [200, 50])).toMatchObject({
      now: null,
      isEnough: false,
    });
    // TT04 is read as a count: 90 overdue, 40 before the year, none wanted.
    expect(pace(get('TT04'), { numerator: 90, denominator: 1000, base: 40, target: 0 }, [200, 50])).toEqual({
      ...{ state: 'running', needs: 1.8, now: -0.25, share: null, isEnough: false },
    });
    expect(pace(get('TT04'), { numerator: 0, denominator: 1000, target: 0 }, [200, 50])).toMatchObject({
      state: 'reached',
    });
  });

  test('is over with the year: reached or missed', () => {
    expect(pace(get('ON02'), { numerator: 86, denominator: 100, target: 85 }, [250, 0]).state).toBe(
      'reached',
    );
    expect(pace(get('ON02'), { numerator: 84, denominator: 100, target: 85 }, [250, 0]).state).toBe('missed');
  });

  test('is unknown where nothing occurred, and of what moves in no way of these', () => {
    expect(pace(get('ON02'), { numerator: 0, denominator: 0, target: 85 }, [200, 50])).toEqual({
      state: 'unknown',
    });
    expect(['TT07', 'HS01', 'DX02', 'SYS03'].map((id) => motionOf(get(id)))).toEqual([
      null,
      null,
      null,
      null,
    ]);
    expect(['TT01', 'ON02', 'TT06', 'DOC02'].map((id) => motionOf(get(id)))).toEqual(Array(4).fill('rate'));
    expect(['TT02', 'TT04', 'ON03', 'DX01', 'IDX'].map((id) => motionOf(get(id)))).toEqual(
      Array(5).fill('level'),
    );
  });

  test('of a rate whose need is met exactly ends at its target, whatever the numbers', () => {
    const counts = fc.integer({ min: 1, max: 100_000 });
    fc.assert(
      fc.property(
        counts,
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.integer({ min: 1, max: 99 }),
        (den, part, target) => {
          const facts = { numerator: Math.floor(den * part), denominator: den, target };
          const told = pace(get('ON02'), facts, [200, 50]);
          const coming = den / 4;
          if (told.state === 'outOfReach')
            return (100 * (facts.numerator + coming)) / (den + coming) < target;
          if (told.state === 'reached') return (100 * facts.numerator) / den >= target;
          if (told.state !== 'running' || told.share === null) return false;
          const ended = (100 * facts.numerator + told.share * coming) / (den + coming);
          return Math.abs(ended - target) < 0.01;
        },
      ),
    );
  });

  test('in percent of the way is 100 where a figure is as planned', () => {
    expect(percentOfWay({ now: 75, base: 60, target: 90, share: 0.5 })).toBe(100);
    expect(percentOfWay({ now: 60, base: 60, target: 60, share: 0.5 })).toBeNull();
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 999 }), fc.integer({ min: 1, max: 10 }), (way, tenths) => {
        const facts = { base: 5, target: 5 + way, share: tenths / 10 };
        const percent = percentOfWay({ ...facts, now: plannedBy(facts) });
        return percent !== null && Math.abs(percent - 100) < 6;
      }),
    );
  });
});
