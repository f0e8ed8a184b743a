import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { coverDays } from '../server/store/sum-store.ts';
import {
  addDays,
  countPeriods,
  dayNumber,
  dayOf,
  hourOf,
  isoOf,
  listPeriods,
  nextPeriod,
  offsetOf,
  parsePeriod,
  periodOf,
  previousPeriod,
  startOfDay,
  weekdayOf,
} from '../shared/period.ts';

const ZONE = 'Asia/Ho_Chi_Minh';
const GRAINS = ['day', 'week', 'month', 'quarter', 'year'] as const;
const ZONES = [ZONE, 'UTC', 'Europe/Berlin', 'America/New_York', 'Asia/Kathmandu', 'Australia/Lord_Howe'];
const runs = { seed: 7, numRuns: 300 };

const anyDay = fc
  .integer({ min: dayNumber('2000-01-01'), max: dayNumber('2059-12-31') })
  .map((n) => addDays('1970-01-01', n));
const anyInstant = fc.integer({ min: Date.UTC(2000, 0), max: Date.UTC(2059, 0) });

test.each([
  ['2026-11-22', 'day', '2026-11-22', '2026-11-23'],
  ['2024-02-29', 'day', '2024-02-29', '2024-03-01'],
  ['2026-W47', 'week', '2026-11-16', '2026-11-23'],
  ['2020-W53', 'week', '2020-12-28', '2021-01-04'],
  ['2026-11', 'month', '2026-11-01', '2026-12-01'],
  ['2026-12', 'month', '2026-12-01', '2027-01-01'],
  ['2026-Q4', 'quarter', '2026-10-01', '2027-01-01'],
  ['2026', 'year', '2026-01-01', '2027-01-01'],
  ['0001', 'year', '0001-01-01', '0002-01-01'],
  ['9998', 'year', '9998-01-01', '9999-01-01'],
])('%s is the %s from %s to before %s', (key, grain, from, to) => {
  expect(parsePeriod(key)).toEqual({ key, grain, from, to });
});

test.each([
  ...['', '26', '2026-1', '2026-13', '2026-00', '2026-Q0', '2026-Q5', '2026-W00', '2026-W54', '2025-W53'],
  ...['2026-02-29', '2026-11-31', '2026-11-22T05', ' 2026', '2026-q4', 'soon', '2026-11-22 ', '٢٠٢٦'],
  ...['0000', '0000-12-31', '9999', '9999-12', '9999-Q4', '9999-W01', '9999-12-31'],
])('%j names no period', (key) => {
  expect(parsePeriod(key)).toBeUndefined();
});

describe('periods of any grain', () => {
  test('hold their days, have a key that names them, and follow one another without gap', () => {
    fc.assert(
      fc.property(anyDay, fc.constantFrom(...GRAINS), (day, grain) => {
        const period = periodOf(day, grain);
        expect(period.from <= day && day < period.to).toBe(true);
        expect(parsePeriod(period.key)).toEqual(period);
        expect(periodOf(period.from, grain)).toEqual(period);
        expect(nextPeriod(period).from).toBe(period.to);
        expect(previousPeriod(nextPeriod(period))).toEqual(period);
        expect(previousPeriod(period).to).toBe(period.from);
      }),
      runs,
    );
  });

  test('listed over a range cover it, in order, and are none for an empty one', () => {
    fc.assert(
      fc.property(anyDay, fc.nat({ max: 900 }), fc.constantFrom(...GRAINS), (from, length, grain) => {
        const to = addDays(from, length);
        const periods = listPeriods({ from, to }, grain);
        if (length === 0) {
          expect(periods).toEqual([]);
          return;
        }
        expect([periods[0], periods.at(-1)]).toEqual([
          periodOf(from, grain),
          periodOf(addDays(to, -1), grain),
        ]);
        for (const [index, period] of periods.entries()) {
          if (index > 0) expect(period.from).toBe(periods[index - 1]?.to);
        }
      }),
      runs,
    );
  });

  test('a week begins on Monday', () => {
    expect(weekdayOf('2026-11-22')).toBe(7);
    fc.assert(
      fc.property(anyDay, (day) => {
        expect(weekdayOf(periodOf(day, 'week').from)).toBe(1);
      }),
      runs,
    );
  });
});

describe('days in a zone', () => {
  test('begin at local midnight, also where clocks change', () => {
    fc.assert(
      fc.property(anyInstant, fc.constantFrom(...ZONES), (at, zone) => {
        const day = dayOf(at, zone);
        const start = startOfDay(day, zone);
        expect(start).toBeLessThanOrEqual(at);
        expect([dayOf(start, zone), dayOf(start - 1, zone)]).toEqual([day, addDays(day, -1)]);
        expect(hourOf(start, zone)).toBe(`${day}T00`);
        expect(startOfDay(addDays(day, 1), zone)).toBeGreaterThan(at);
      }),
      runs,
    );
  });

  test('and instants written with the zone’s offset come back to the second', () => {
    fc.assert(
      fc.property(anyInstant, fc.constantFrom(...ZONES), (at, zone) => {
        const text = isoOf(at, zone);
        expect(Date.parse(text)).toBe(Math.floor(at / 1000) * 1000);
        expect(text.slice(0, 10)).toBe(dayOf(at, zone));
        expect(text.slice(0, 13)).toBe(hourOf(at, zone));
      }),
      runs,
    );
  });

  test('of Viet Nam are seven hours ahead, always', () => {
    expect([
      isoOf(Date.UTC(2026, 10, 21, 17), ZONE),
      dayOf(Date.UTC(2026, 10, 21, 16, 59, 59), ZONE),
    ]).toEqual(['2026-11-22T00:00:00+07:00', '2026-11-21']);
    fc.assert(
      fc.property(anyInstant, (at) => {
        expect(offsetOf(at, ZONE)).toBe(7 * 3_600_000);
      }),
      runs,
    );
  });
});

test('days are covered by the fewest rows: every day once, and never a row that reaches outside', () => {
  fc.assert(
    fc.property(anyDay, fc.nat({ max: 2500 }), (from, length) => {
      const to = addDays(from, length);
      const periods = coverDays({ from, to }).flatMap((range) => {
        if (range.grain !== 'day' && range.grain !== 'month' && range.grain !== 'year')
          throw new Error(range.grain);
        return listPeriods(range, range.grain);
      });
      const sorted = periods.toSorted((a, b) => (a.from < b.from ? -1 : 1));
      if (length === 0) {
        expect(sorted).toEqual([]);
        return;
      }
      expect([sorted[0]?.from, sorted.at(-1)?.to]).toEqual([from, to]);
      for (const [index, period] of sorted.entries())
        if (index > 0) expect(period.from).toBe(sorted[index - 1]?.to);
      expect(sorted.length).toBeLessThanOrEqual(30 + 11 + 7 + 11 + 30 + 2);
    }),
    runs,
  );
});

test('periods of a range are as many as are counted', () => {
  const grain = fc.constantFrom(...(['day', 'week', 'month', 'quarter', 'year'] as const));
  fc.assert(
    fc.property(anyDay, fc.integer({ min: -3, max: 1200 }), grain, (from, length, of) => {
      const range = { from, to: addDays(from, length) };
      expect(countPeriods(range, of)).toBe(listPeriods(range, of).length);
    }),
    runs,
  );
});
