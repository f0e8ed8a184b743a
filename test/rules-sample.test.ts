/** What a rule sees of a unit at an instant: the same figure live, in a replay, and as it was known then. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createAxis } from '../server/rules/axis.ts';
import {
  historyOf,
  measuresOf,
  readSample,
  type SampleLine,
  sampleAll,
  sampleAt,
} from '../server/rules/sample.ts';
import type { SumSeries } from '../server/rules/series.ts';
import { findIndicator } from '../shared/catalogue.ts';
import { evaluate } from '../shared/indicator.ts';
import { emptySums, MEASURES, type MeasureId } from '../shared/measure.ts';
import { addDays, periodOf } from '../shared/period.ts';
import type { Condition, Window } from '../shared/rule.ts';
import { listDays, listHours, seriesOf, type Told } from './rules-series.ts';
import { calendar } from './rules-world.ts';

const asked = (starts: readonly string[]) => ({
  axis: createAxis({ grain: starts[0]?.length === 10 ? 'day' : 'hour', starts }, calendar),
  kindOf: () => 'commune',
});

function figuresOf(condition: Condition, units: readonly SumSeries[]): (number | null)[][] {
  const order = asked(units[0]?.starts ?? []);
  return sampleAll({ condition, minimum: 0 }, units, order).map((line) =>
    line.columns.figure.length === 0
      ? []
      : [...line.columns.figure].map((one) => (Number.isNaN(one) ? null : one)),
  );
}

const WINDOWS: Window[] = ['day', 'month', 'quarter', 'year', 'last7', 'last30', 'last90'];
const by = '2026-12-31';
const CONDITIONS: Condition[] = [
  ...WINDOWS.map((window) => ({ kind: 'level' as const, indicator: 'TT02', window })),
  { kind: 'level', indicator: 'TT04', window: 'month' },
  ...(['previous', 'sameWeekday', 'previousYear'] as const).flatMap((against) =>
    (['day', 'month', 'last7'] as const).map((window) => ({
      ...{ kind: 'change' as const, indicator: 'HS01', window, against },
    })),
  ),
  { kind: 'change', indicator: 'HS03', window: 'month', against: 'previous' },
  { kind: 'pace', indicator: 'HS02', window: 'month', target: 500, by },
  { kind: 'pace', indicator: 'ON01', window: 'last30', target: 80, by },
  { kind: 'projection', indicator: 'TT02', window: 'month' },
  { kind: 'projection', indicator: 'HS03', window: 'quarter' },
  { kind: 'outlier', indicator: 'ON01', window: 'last30' },
  { kind: 'anomaly', indicator: 'HS01', grain: 'day', weeks: 8 },
  {
    kind: 'identity',
    left: { received: 1 },
    right: { receivedOnline: 1, receivedDirect: 1 },
    window: 'last7',
  },
];

/** What a unit told in some slots: mostly at once, some of it slots later. */
const tellings = (measures: MeasureId[], size: number) =>
  fc.array(
    fc.record({
      slot: fc.nat(size - 1),
      late: fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, fc.integer({ min: 1, max: 60 })),
      measure: fc.constantFrom(...measures),
      amount: fc.integer({ min: 1, max: 60 }),
    }),
    { minLength: 20, maxLength: 220 },
  );

const toldOf = (drawn: { slot: number; late: number; measure: MeasureId; amount: number }[]): Told[] =>
  drawn.map(({ slot, late, measure, amount }) => ({ slot, known: slot + late, measure, amount }));

const rowsFrom = (lines: readonly SampleLine[], first: number) =>
  lines.map(({ unit, columns }) => [unit, ...Object.values(columns).map((column) => column.slice(first))]);

describe('as known at the end of a slot', () => {
  test.each(CONDITIONS.map((condition) => [JSON.stringify(condition), condition] as const))(
    'a replay sees what was seen live: %s',
    (_, condition) => {
      const starts = listDays('2025-07-20', 480);
      const ids = measuresOf(condition);
      const unit = tellings(ids, starts.length);
      const count = condition.kind === 'outlier' ? 12 : 1;
      const property = fc.property(
        fc.array(unit, { minLength: count, maxLength: count }),
        fc.nat(starts.length - 1),
        (drawn, until) => {
          const told = drawn.map(toldOf);
          const all = told.map((one, index) => seriesOf(starts, one, { unit: index }));
          const then = told.map((one, index) => seriesOf(starts, one, { unit: index, until }));
          const body = { condition, minimum: 3 };
          const order = asked(starts);
          const at = order.axis.ends[until] ?? 0;
          const live = sampleAt(
            body,
            then.map((one) => ({ ...one, revisions: [] })),
            {
              ...asked(starts.slice(0, until + 1)),
              at,
            },
          );
          const replayed = sampleAll(body, all, order);
          for (const line of replayed)
            expect(readSample(line, { slot: until, at })).toEqual(live.get(line.unit));
          const cut = sampleAll(body, all, { ...order, first: until });
          expect(rowsFrom(cut, until)).toEqual(rowsFrom(replayed, until));
        },
      );
      fc.assert(property, { seed: 2026, numRuns: 40 });
    },
  );

  test('a figure is the indicator over the window, of what was known', () => {
    const indicator = findIndicator('TT02');
    if (!indicator) throw new Error('no indicator');
    const condition: Condition = { kind: 'level', indicator: 'TT02', window: 'month' };
    const starts = listHours('2026-02-26', 24 * 10);
    fc.assert(
      fc.property(
        tellings(measuresOf(condition), starts.length),
        fc.nat(starts.length - 1),
        (drawn, slot) => {
          const told = toldOf(drawn);
          const from = periodOf(starts[slot]?.slice(0, 10) ?? '', 'month').from;
          const sums = emptySums();
          for (const one of told) {
            const isIn = MEASURES[one.measure].kind === 'stock' || (starts[one.slot] ?? '') >= from;
            if (one.slot <= slot && one.known <= slot && isIn) sums[one.measure] += one.amount;
          }
          const expected = from < (starts[0] ?? '') ? null : evaluate(indicator, sums, 1).value;
          expect(figuresOf(condition, [seriesOf(starts, told)])[0]?.[slot]).toBe(expected);
        },
      ),
      { seed: 14, numRuns: 300 },
    );
  });
});

describe('a change', () => {
  const flow = (starts: string[], amounts: Record<string, number>): SumSeries =>
    seriesOf(
      starts,
      starts.map((day, slot) => ({ slot, known: slot, measure: 'received', amount: amounts[day] ?? 1 })),
    );
  const changeOn = (day: string, against: 'previous' | 'sameWeekday' | 'previousYear', window: Window) => {
    const starts = listDays('2023-01-01', 1200);
    const condition: Condition = { kind: 'change', indicator: 'HS01', window, against };
    return figuresOf(condition, [flow(starts, { '2023-02-28': 4, '2024-02-29': 8, '2024-01-31': 11 })])[0]?.[
      starts.indexOf(day)
    ];
  };

  test('on 29 February is against 28 February of the year before', () => {
    expect(changeOn('2024-02-29', 'previousYear', 'day')).toBe(100);
    expect(changeOn('2024-02-28', 'previousYear', 'day')).toBe(-75);
  });

  test('of a month is against as many days of the month before, and all of a shorter one', () => {
    expect(changeOn('2024-02-10', 'previous', 'month')).toBe(0);
    expect(changeOn('2024-03-31', 'previous', 'month')).toBe(Math.round((100 * (31 - 36) * 100) / 36) / 100);
  });

  test('against nothing is no figure at all', () => {
    expect(changeOn('2023-01-03', 'sameWeekday', 'day')).toBeNull();
  });
});

describe('where it is going', () => {
  const starts = listDays('2026-08-01', 92);
  const working = (amount: number, measure: MeasureId): Told[] =>
    starts.flatMap((day, slot) =>
      calendar.isWorkingDay(day) ? [{ slot, known: slot, measure, amount }] : [],
    );

  test('a count that comes evenly ends at its pace times the working days of the period', () => {
    const condition: Condition = { kind: 'projection', indicator: 'HS01', window: 'month' };
    const days = calendar.workingDaysBetween('2026-10-01', '2026-11-01');
    const figures = figuresOf(condition, [seriesOf(starts, working(6, 'received'))])[0] ?? [];
    expect(figures.slice(starts.indexOf('2026-10-01'))).toEqual(starts.slice(61).map(() => 6 * days));
  });

  test('a stock goes on growing as it grew', () => {
    const condition: Condition = { kind: 'projection', indicator: 'HS03', window: 'month' };
    const figures = figuresOf(condition, [seriesOf(starts, working(2, 'open'))])[0] ?? [];
    const atEnd = 2 * calendar.workingDaysBetween('2026-08-01', '2026-11-01');
    expect(figures[starts.indexOf('2026-10-12')]).toBeCloseTo(atEnd, 1);
  });

  test('a pace is 100 on the way that was to be gone, by working days', () => {
    const target = 6 * calendar.workingDaysBetween('2026-10-01', '2026-11-01');
    const condition: Condition = {
      kind: 'pace',
      indicator: 'HS01',
      window: 'month',
      target,
      by: '2026-10-31',
    };
    const figures = figuresOf(condition, [seriesOf(starts, working(6, 'received'))])[0] ?? [];
    expect([figures[61], figures[70], figures[91]]).toEqual([100, 100, 100]);
    const half = figuresOf({ ...condition, target: 2 * target }, [
      seriesOf(starts, working(6, 'received')),
    ])[0];
    expect(half?.[80]).toBe(50);
  });
});

describe('a deviation', () => {
  const starts = listDays('2026-06-01', 40);
  const rated = (unit: number, percent: number, cases = 100): SumSeries =>
    seriesOf(
      starts,
      [
        { slot: 20, known: 20, measure: 'received', amount: cases },
        { slot: 20, known: 20, measure: 'receivedOnline', amount: (percent * cases) / 100 },
      ],
      { unit },
    );
  const condition: Condition = { kind: 'outlier', indicator: 'ON01', window: 'last30' };

  test('is positive for the one that is worse than its peers, and never of equal ones', () => {
    const units = [50, 52, 48, 51, 49, 50, 10, 90].map((percent, unit) => rated(unit, percent));
    const last = figuresOf(condition, units).map((figures) => figures[35] ?? 0);
    expect(last[6]).toBeGreaterThan(5);
    expect(last[7]).toBeLessThan(-5);
    expect(last.slice(0, 6).every((one) => Math.abs(one) < 1)).toBe(true);
  });

  test('compares with the same third by volume: a big unit is no measure of a small one', () => {
    const units = Array.from({ length: 15 }, (_, unit) => rated(unit, unit < 5 ? 20 : 80, 100 + 100 * unit));
    expect(figuresOf(condition, units).every((figures) => figures[35] === 0)).toBe(true);
  });

  test('of fewer than five peers says nothing', () => {
    expect(figuresOf(condition, [rated(1, 10), rated(2, 90)]).map((figures) => figures[35])).toEqual([
      null,
      null,
    ]);
  });
});

describe('what is unusual', () => {
  const starts = listDays('2023-01-01', 1330);
  const condition: Condition = { kind: 'anomaly', indicator: 'HS01', grain: 'day', weeks: 8 };
  /** 40 a working day, 90 on Mondays, and about Tết a tenth of that. */
  const usual = (day: string, near: boolean): number => {
    if (!calendar.config.years[day.slice(0, 4)]) return 40;
    if (!calendar.isWorkingDay(day)) return 0;
    const amount = new Date(`${day}T00:00:00Z`).getUTCDay() === 1 ? 90 : 40;
    return near ? amount / 10 : amount;
  };
  const daysAbout = (first: string) => new Set(listDays(addDays(first, -10), 25));
  const near = new Set(
    ['2023-01-22', '2024-02-10', '2025-01-29', '2026-02-17'].flatMap((one) => [...daysAbout(one)]),
  );
  const series = (wild: Record<string, number>) =>
    seriesOf(
      starts,
      starts.map((day, slot) => ({
        ...{ slot, known: slot, measure: 'received' as const },
        amount: wild[day] ?? usual(day, near.has(day)),
      })),
    );
  const on = (day: string, wild: Record<string, number> = {}) =>
    figuresOf(condition, [series(wild)])[0]?.[starts.indexOf(day)];

  test('is measured by the same weekday: a Monday as any is not', () => {
    expect(on('2025-10-06')).toBe(0);
    expect(on('2025-10-06', { '2025-10-06': 5 })).toBeGreaterThan(5);
  });

  test('near Tết is measured by as many days from earlier ones: quiet then is usual, busy is not', () => {
    expect(on('2026-02-12')).toBeLessThan(3);
    expect(on('2026-02-12', { '2026-02-12': 60 })).toBeGreaterThan(5);
    expect(on('2025-10-08', { '2025-10-08': 4 })).toBeGreaterThan(5);
  });

  test('after Tết is not measured by the days of Tết', () => {
    expect(on('2026-03-09')).toBe(0);
  });
});

test('a condition says how far it looks back, and what lies nearer is enough', () => {
  for (const condition of CONDITIONS) {
    const days = historyOf(condition);
    const last = '2026-11-20';
    const starts = listDays(addDays(last, -days), days + 1);
    const told = starts.flatMap((_, slot): Told[] =>
      measuresOf(condition).map((measure, index) => ({
        ...{ slot, known: slot, measure, amount: (1 + index) * (1 + (slot % 7)) },
      })),
    );
    const units = Array.from({ length: 6 }, (_, unit) => seriesOf(starts, told, { unit }));
    const figure = figuresOf(condition, units)[0]?.at(-1);
    expect([condition, figure === null]).toEqual([condition, false]);
  }
});
