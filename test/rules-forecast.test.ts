/** What coming working days bring, and by which thresholds a unit is judged over the years. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createAxis } from '../server/rules/axis.ts';
import { countDueDays, countDueWithin, forecastOverdue, throughputAt } from '../server/rules/forecast.ts';
import { listStretches } from '../server/rules/stretches.ts';
import { createCalendar } from '../shared/calendar.ts';
import { VIETNAM_CALENDAR } from '../shared/holidays.ts';
import type { Override, RuleVersion } from '../shared/rule.ts';
import { type Unit, UnitTree } from '../shared/unit.ts';
import { listDays, seriesOf } from './rules-series.ts';
import { calendar, ruleOf } from './rules-world.ts';
import { at } from './server/world.ts';

describe('open dossiers', () => {
  const now = at('2026-11-27 09:00');

  test('are counted by working day; what falls due on a day off counts for the day before', () => {
    const dueAts = [
      '2026-11-26 17:00',
      '2026-11-27 17:00',
      '2026-11-28 10:00',
      '2026-11-30 17:00',
      '2026-12-01 08:00',
      '2026-12-09 17:00',
    ];
    expect(countDueDays(dueAts.map(at), { now, days: 3, calendar })).toEqual({ overdue: 1, due: [2, 1, 1] });
  });

  test('on a day off are counted from the next working day on, across Tết', () => {
    const dueAts = ['2026-02-20 10:00', '2026-02-23 17:00', '2026-02-24 17:00'].map(at);
    const order = { now: at('2026-02-16 09:00'), days: 2, calendar };
    expect(countDueDays(dueAts, order)).toEqual({ overdue: 0, due: [2, 1] });
  });

  test('due within working hours are those to come: lunch and the weekend do not count', () => {
    const dueAts = ['2026-11-27 08:59', '2026-11-27 14:30', '2026-11-27 14:31', '2026-11-30 08:00'].map(at);
    const within = (hours: number) => countDueWithin(dueAts, { now, hours, calendar });
    expect([within(4), within(4.5), within(7)]).toEqual([1, 2, 3]);
  });

  test('of a year that the calendar does not know are not counted', () => {
    const bare = createCalendar({ ...VIETNAM_CALENDAR, years: {} });
    expect(countDueDays([now + 1], { now, days: 2, calendar: bare })).toBeNull();
    expect(countDueWithin([now + 1], { now, hours: 2, calendar: bare })).toBeNull();
  });
});

describe('the overdue to come', () => {
  test('are those due and not resolved, the oldest first, at the pace of the unit', () => {
    expect(forecastOverdue({ overdue: 10, due: [5, 5, 20, 0] }, 8)).toEqual([7, 4, 16, 8]);
    expect(forecastOverdue({ overdue: 0, due: [3, 0, 12] }, 5)).toEqual([0, 0, 0]);
    expect(forecastOverdue({ overdue: 2, due: [1, 1] }, 0)).toEqual([3, 4]);
  });

  test('are those that a queue worked off one by one leaves', () => {
    const work = (queue: number[], days: number, perDay: number) => {
      const left = [...queue].sort((a, b) => a - b);
      return Array.from({ length: days }, (_, day) => {
        left.splice(0, perDay);
        return left.filter((due) => due <= day).length;
      });
    };
    const counts = fc.array(fc.nat(12), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(fc.nat(30), counts, fc.nat(15), (overdue, due, perDay) => {
        const queue = [
          ...new Array<number>(overdue).fill(-1),
          ...due.flatMap((n, day) => new Array<number>(n).fill(day)),
        ];
        const sum = queue.length;
        const worked = work(queue, due.length, perDay);
        const told = forecastOverdue({ overdue, due }, perDay);
        for (const [day, count] of worked.entries()) {
          // A queue that has run dry leaves its workers idle; the forecast may only be lower then.
          if (perDay * (day + 1) <= sum) expect(told[day]).toBe(count);
          else expect(told[day]).toBeLessThanOrEqual(count);
        }
      }),
      { seed: 8, numRuns: 500 },
    );
  });

  test('throughput is the mean of the last twenty working days, holidays left out', () => {
    const starts = listDays('2025-12-01', 90);
    const told = starts.flatMap((day, slot) =>
      calendar.isWorkingDay(day)
        ? [{ slot, known: slot, measure: 'resolvedOnTime' as const, amount: day < '2026-01-15' ? 100 : 6 }]
        : [],
    );
    const axis = createAxis({ grain: 'day', starts }, calendar);
    const on = (day: string) => throughputAt(seriesOf(starts, told), { axis, slot: starts.indexOf(day) });
    expect([on('2026-02-27'), on('2025-12-10'), on('2026-02-17')]).toEqual([6, 100, 6]);
  });
});

describe('stretches', () => {
  const unit = (id: number, level: Unit['level'], life: Partial<Unit> = {}): Unit => ({
    ...{ id, code: `u${id}`, name: { vi: `u${id}`, en: `u${id}` }, level, from: '2020-01-01', to: null },
    ...{ lat: null, lon: null, ...life },
  });
  const tree = new UnitTree({
    units: [
      unit(1, 'province'),
      unit(2, 'district', { to: '2025-07-01' }),
      unit(3, 'commune', { to: '2026-06-01' }),
    ],
    parents: [
      { unit: 1, parent: null, from: '2020-01-01' },
      { unit: 2, parent: 1, from: '2020-01-01' },
      { unit: 3, parent: 2, from: '2020-01-01' },
      { unit: 3, parent: 1, from: '2025-07-01' },
    ],
    successions: [],
    aliases: [],
  });
  const wide = ruleOf({}, 'rule');
  const near: RuleVersion = { ...ruleOf({}, 'near'), unit: 2 };
  const override = (at: number, minimum: number, [from, to]: [string, string]): Override => ({
    ...{ id: minimum, rule: 'rule', unit: at, level: null, values: { minimum }, from, to },
  });
  const order = { tree, from: '2025-01-01', to: '2026-12-01' };

  test('follow the tree of their days, overrides, and the life of the unit', () => {
    const overrides = [
      override(2, 5, ['2025-03-01', '2026-03-01']),
      override(1, 9, ['2025-10-01', '2025-11-01']),
    ];
    const stretches = listStretches(wide, 3, { ...order, rules: [wide], overrides });
    expect(stretches.map(({ from, effective }) => [from, effective?.minimum ?? null])).toEqual([
      ['2025-01-01', 30],
      ['2025-03-01', 5],
      ['2025-07-01', 30],
      ['2025-10-01', 9],
      ['2025-11-01', 30],
      ['2026-03-01', 30],
      ['2026-06-01', null],
    ]);
  });

  test('leave a unit to the nearer rule for as long as that reaches it', () => {
    const stretches = listStretches(wide, 3, { ...order, rules: [wide, near], overrides: [] });
    expect(stretches.map(({ from, effective }) => [from, effective !== null])).toEqual([
      ['2025-01-01', false],
      ['2025-07-01', true],
      ['2026-06-01', false],
    ]);
  });
});
