import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CalendarConfig, CalendarYearMissing, createCalendar } from '../shared/calendar.ts';
import { VIETNAM_CALENDAR } from '../shared/holidays.ts';
import { addDays, isoOf, weekdayOf } from '../shared/period.ts';

const ZONE = 'Asia/Ho_Chi_Minh';
const calendar = createCalendar(VIETNAM_CALENDAR);

/** A local clock time in Viet Nam, `YYYY-MM-DD HH:MM`, as an instant. */
function at(local: string): number {
  return Date.parse(`${local.replace(' ', 'T')}:00+07:00`);
}

function show(instant: number): string {
  return isoOf(instant, ZONE).slice(0, 16).replace('T', ' ');
}

describe('working hours', () => {
  test.each([
    ['within a morning', '2026-11-18 08:00', 2, '2026-11-18 10:00'],
    ['over lunch', '2026-11-18 10:30', 2, '2026-11-18 14:00'],
    ['up to lunch, not past it', '2026-11-18 09:30', 2, '2026-11-18 11:30'],
    ['up to closing, not past it', '2026-11-18 13:00', 4, '2026-11-18 17:00'],
    ['received at lunch', '2026-11-18 12:10', 1, '2026-11-18 14:00'],
    ['received after closing', '2026-11-18 18:45', 1, '2026-11-19 08:30'],
    ['received before opening', '2026-11-18 05:00', 1, '2026-11-18 08:30'],
    ['Friday afternoon over the weekend', '2026-11-20 16:00', 3, '2026-11-23 09:30'],
    ['received on a Sunday', '2026-11-22 10:00', 8, '2026-11-23 17:00'],
    ['a part of an hour', '2026-11-18 08:00', 0.25, '2026-11-18 08:15'],
    ['Tết 2025, from the last Friday to the Monday after', '2025-01-24 16:00', 2, '2025-02-03 08:30'],
    ['the make-up Saturday of 4 May 2024', '2024-05-03 16:00', 2, '2024-05-04 08:30'],
    ['the days exchanged for it', '2024-04-26 16:00', 2, '2024-05-02 08:30'],
    ['the make-up Saturday of 10 January 2026', '2026-01-09 16:00', 2, '2026-01-10 08:30'],
    ['the make-up Saturday of 22 August 2026', '2026-08-21 16:00', 2, '2026-08-22 08:30'],
    ['the Sunday after it is off', '2026-08-22 16:00', 2, '2026-08-24 08:30'],
    ['National Day 2026', '2026-08-28 16:00', 2, '2026-09-03 08:30'],
    ['over the end of a year', '2024-12-31 16:00', 2, '2025-01-02 08:30'],
    ['to the last instant of the last year', '2026-12-31 16:00', 1, '2026-12-31 17:00'],
    ['0 hours within a session', '2026-11-18 08:00', 0, '2026-11-18 08:00'],
    ['0 hours at lunch', '2026-11-18 11:30', 0, '2026-11-18 13:00'],
    ['0 hours after closing', '2026-11-20 17:00', 0, '2026-11-23 07:30'],
    ['back within a session', '2026-11-18 10:00', -2, '2026-11-18 08:00'],
    ['back over lunch', '2026-11-18 14:00', -2, '2026-11-18 10:30'],
    ['back to the end of lunch', '2026-11-18 17:00', -4, '2026-11-18 13:00'],
    ['back over a weekend', '2026-11-23 09:30', -3, '2026-11-20 16:00'],
    ['back from a day off', '2026-11-22 10:00', -1, '2026-11-20 16:00'],
    ['back over Tết 2026', '2026-02-23 08:30', -2, '2026-02-13 16:00'],
    ['back over the beginning of a year', '2026-01-05 08:30', -10, '2025-12-30 16:00'],
  ])('%s', (_words, from, hours, expected) => {
    expect(show(calendar.addWorkingHours(at(from), hours))).toBe(expected);
  });

  test('the sum between two instants counts only sessions, and is negative backward', () => {
    const hours = (from: string, to: string) => calendar.workingMsBetween(at(from), at(to)) / 3_600_000;
    expect([
      hours('2026-11-20 16:00', '2026-11-23 09:30'),
      hours('2026-11-23 09:30', '2026-11-20 16:00'),
      hours('2026-11-21 00:00', '2026-11-22 23:00'),
      hours('2026-08-17 00:00', '2026-08-24 00:00'),
      hours('2024-12-31 16:00', '2026-01-05 08:30'),
    ]).toEqual([3, -3, 0, 48, 250 * 8 + 2]);
  });
});

describe('days', () => {
  test.each([
    ['received in office hours', '2026-11-18 10:00', 1, '2026-11-19 10:00'],
    ['received after closing counts from the next morning', '2026-11-18 18:00', 1, '2026-11-19 17:00'],
    ['received at lunch counts from the afternoon', '2026-11-18 12:00', 1, '2026-11-19 11:30'],
    ['received on a Saturday', '2026-11-21 09:00', 5, '2026-11-27 17:00'],
    ['half a day', '2026-11-18 10:00', 0.5, '2026-11-18 15:30'],
    ['over 30 April', '2026-04-24 10:00', 5, '2026-05-06 10:00'],
    ['backward', '2026-11-23 10:00', -1, '2026-11-20 10:00'],
  ])('working days: %s', (_words, from, days, expected) => {
    expect(show(calendar.addWorkingDays(at(from), days))).toBe(expected);
  });

  test.each([
    ['end at the close of the last day', '2026-11-16 08:00', 3, '2026-11-19 17:00'],
    ['roll from a Saturday to Monday', '2026-11-16 08:00', 5, '2026-11-23 17:00'],
    ['roll over Tết', '2026-02-04 20:00', 10, '2026-02-23 17:00'],
    ['end on a make-up Saturday', '2026-08-12 08:00', 10, '2026-08-22 17:00'],
    ['end over a year', '2025-12-22 08:00', 10, '2026-01-05 17:00'],
    ['never end before they began', '2026-11-20 18:00', 0, '2026-11-23 17:00'],
  ])('calendar days %s', (_words, from, days, expected) => {
    expect(show(calendar.addCalendarDays(at(from), days))).toBe(expected);
  });

  test('a part of a calendar day and an endless time are refused', () => {
    expect(() => calendar.addCalendarDays(at('2026-11-18 08:00'), 1.5)).toThrow(RangeError);
    expect(() => calendar.addCalendarDays(at('2026-11-18 08:00'), -1)).toThrow(RangeError);
    expect(() => calendar.addWorkingHours(at('2026-11-18 08:00'), Number.NaN)).toThrow(RangeError);
    expect(() => calendar.isWorkingDay('soon')).toThrow(RangeError);
  });

  test('days off, make-up days and ordinary days are told apart', () => {
    const days = [
      '2026-11-23',
      '2026-11-22',
      '2026-09-02',
      '2026-01-02',
      '2026-01-10',
      '2024-05-04',
      '2024-05-11',
    ];
    expect(days.filter(calendar.isWorkingDay)).toEqual(['2026-11-23', '2026-01-10', '2024-05-04']);
  });

  test('working days are counted from the first day up to the last, without it', () => {
    const count = calendar.workingDaysBetween;
    expect([
      count('2026-11-16', '2026-11-23'),
      count('2026-11-20', '2026-11-21'),
      count('2026-11-21', '2026-11-23'),
      count('2026-11-23', '2026-11-16'),
      count('2024-01-01', '2025-01-01'),
      count('2025-01-01', '2026-01-01'),
      count('2026-01-01', '2027-01-01'),
      count('2024-01-01', '2027-01-01'),
    ]).toEqual([5, 1, 0, 0, 251, 250, 250, 751]);
  });
});

describe('a year that is not loaded', () => {
  const touching: [string, () => unknown][] = [
    ['2027', () => calendar.addWorkingHours(at('2026-12-31 16:00'), 2)],
    ['2027', () => calendar.addWorkingHours(at('2026-12-31 17:00'), 0)],
    ['2023', () => calendar.addWorkingHours(at('2024-01-02 08:00'), -1)],
    ['2023', () => calendar.addWorkingHours(at('2023-12-31 23:59'), 8)],
    ['2027', () => calendar.addWorkingDays(at('2026-12-31 10:00'), 1)],
    ['2027', () => calendar.addCalendarDays(at('2026-12-31 10:00'), 1)],
    ['2023', () => calendar.addCalendarDays(at('2023-12-31 10:00'), 5)],
    ['2027', () => calendar.workingMsBetween(at('2026-12-31 10:00'), at('2027-01-01 00:00'))],
    ['2027', () => calendar.isWorkingDay('2027-01-01')],
    ['2027', () => calendar.workingDaysBetween('2026-12-01', '2027-01-02')],
  ];
  test.each(touching)('throws naming %s instead of guessing', (year, compute) => {
    expect(compute).toThrow(new CalendarYearMissing(Number(year)));
  });

  test('is known beforehand', () => {
    expect([2023, 2024, 2025, 2026, 2027].filter(calendar.hasYear)).toEqual([2024, 2025, 2026]);
  });

  test('is asked for even where it lies between two loaded ones', () => {
    const { 2024: first, 2026: last } = VIETNAM_CALENDAR.years;
    if (!first || !last) throw new Error('years are missing');
    const gapped = createCalendar({ years: { 2024: first, 2026: last } });
    expect(() => gapped.workingMsBetween(at('2024-12-31 10:00'), at('2026-01-05 10:00'))).toThrow(
      new CalendarYearMissing(2025),
    );
    expect(() => gapped.workingDaysBetween('2024-12-31', '2026-01-05')).toThrow(
      new CalendarYearMissing(2025),
    );
  });
});

describe('the configuration', () => {
  test('has the office hours of Viet Nam unless it says otherwise', () => {
    expect(CalendarConfig.parse({ years: {} })).toEqual({ ...VIETNAM_CALENDAR, years: {} });
    expect(calendar.workingDayMs).toBe(8 * 3_600_000);
  });

  test('sets the length of a working day by its sessions', () => {
    const sessions: [string, string][] = [
      ['07:30', '11:30'],
      ['13:30', '17:00'],
    ];
    const shorter = createCalendar({ ...VIETNAM_CALENDAR, sessions });
    expect(shorter.workingDayMs).toBe(7.5 * 3_600_000);
    expect(show(shorter.addWorkingDays(at('2026-11-18 10:00'), 1))).toBe('2026-11-19 10:00');
  });

  test('keeps local clock times where a zone changes its clocks', () => {
    const paris = createCalendar({ zone: 'Europe/Paris', years: { 2026: { holidays: [], makeUp: [] } } });
    const due = paris.addWorkingHours(Date.parse('2026-03-27T16:00:00+01:00'), 2);
    expect(isoOf(due, 'Europe/Paris')).toBe('2026-03-30T08:30:00+02:00');
  });

  const year = (holidays: string[], makeUp: string[]) => ({ years: { 2026: { holidays, makeUp } } });
  const overlapping = ['07:30-12:00', '11:30-17:00'].map((session) => session.split('-'));
  test.each([
    ['a day both off and worked', year(['2026-01-10'], ['2026-01-10']), 'years.2026.makeUp.0'],
    ['a holiday of another year', year(['2025-12-31'], []), 'years.2026.holidays.0'],
    ['a day listed twice', year(['2026-01-01', '2026-01-01'], []), 'years.2026.holidays.1'],
    ['a make-up day that is worked anyway', year([], ['2026-01-09']), 'years.2026.makeUp.0'],
    ['a day that does not exist', year(['2026-02-30'], []), 'years.2026.holidays.0'],
    ['a session that ends before it begins', { sessions: [['11:30', '07:30']], years: {} }, 'sessions.0'],
    ['sessions that overlap', { sessions: overlapping, years: {} }, 'sessions.1'],
    ['no session', { sessions: [], years: {} }, 'sessions'],
    ['an unknown zone', { zone: 'Asia/Nowhere', years: {} }, 'zone'],
    ['a field nobody declared', { years: {}, lunch: true }, ''],
  ])('refuses %s', (_words, config, path) => {
    const faults = CalendarConfig.safeParse(config).error?.issues.map((issue) => issue.path.join('.'));
    expect(faults).toEqual([path]);
  });

  test('the days of Viet Nam in the data are off for a reason: make-up days are Saturdays', () => {
    const years = Object.values(VIETNAM_CALENDAR.years);
    expect(years.flatMap((days) => days.makeUp).map(weekdayOf)).toEqual([6, 6, 6, 6]);
  });
});

describe('laws', () => {
  const seed = 20_261_122;
  const first = at('2024-04-01 00:00');
  const minute = 60_000;
  const instants = fc
    .integer({ min: 0, max: (at('2026-10-01 00:00') - first) / minute })
    .map((m) => first + m * minute);
  const hours = fc.integer({ min: 1, max: 40 * 480 }).map((minutes) => minutes / 60);
  const working = instants.map((instant) => calendar.addWorkingHours(instant, 0));

  /** Working ms the slow way: minute by minute. */
  function countMinutes(from: number, to: number): number {
    let ms = 0;
    for (let now = from; now < to; now += minute) {
      const [day = '', clock = ''] = show(now).split(' ');
      const isOpen = (clock >= '07:30' && clock < '11:30') || (clock >= '13:00' && clock < '17:00');
      const { holidays = [], makeUp = [] } = VIETNAM_CALENDAR.years[day.slice(0, 4)] ?? {};
      const isOff = holidays.includes(day) || (weekdayOf(day) > 5 && !makeUp.includes(day));
      if (isOpen && !isOff) ms += minute;
    }
    return ms;
  }

  test('added working hours lie between', () => {
    fc.assert(
      fc.property(instants, hours, (instant, count) => {
        const ms = Math.round(count * 3_600_000);
        const later = calendar.addWorkingHours(instant, count);
        const earlier = calendar.addWorkingHours(instant, -count);
        expect(calendar.workingMsBetween(instant, later)).toBe(ms);
        expect(calendar.workingMsBetween(instant, earlier)).toBe(-ms);
      }),
      { seed, numRuns: 2000 },
    );
  });

  test('adding, then subtracting comes back to the same working instant', () => {
    fc.assert(
      fc.property(working, hours, (instant, count) => {
        expect(calendar.addWorkingHours(calendar.addWorkingHours(instant, count), -count)).toBe(instant);
      }),
      { seed, numRuns: 2000 },
    );
  });

  test('later in is never earlier out', () => {
    fc.assert(
      fc.property(instants, instants, hours, (a, b, count) => {
        const [earlier, later] = [Math.min(a, b), Math.max(a, b)];
        for (const add of [calendar.addWorkingHours, (from: number) => calendar.addCalendarDays(from, 30)]) {
          expect(add(earlier, count)).toBeLessThanOrEqual(add(later, count));
        }
        expect(calendar.workingMsBetween(earlier, later)).toBeGreaterThanOrEqual(0);
      }),
      { seed, numRuns: 2000 },
    );
  });

  test('the count of working ms is the count minute by minute', () => {
    fc.assert(
      fc.property(instants, fc.integer({ min: 0, max: 12 * 1440 }), (from, minutes) => {
        const to = from + minutes * minute;
        expect(calendar.workingMsBetween(from, to)).toBe(countMinutes(from, to));
      }),
      { seed, numRuns: 15 },
    );
  });

  test('working days are the days that are working days', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 900 }), fc.integer({ min: 0, max: 190 }), (start, length) => {
        const fromDay = addDays('2024-01-01', start);
        const days = Array.from({ length }, (_, index) => addDays(fromDay, index));
        const counted = calendar.workingDaysBetween(fromDay, addDays(fromDay, length));
        expect(counted).toBe(days.filter(calendar.isWorkingDay).length);
      }),
      { seed, numRuns: 300 },
    );
  });

  test('calendar days end at the close of a working day', () => {
    fc.assert(
      fc.property(instants, fc.integer({ min: 0, max: 60 }), (instant, days) => {
        const [day = '', clock] = show(calendar.addCalendarDays(instant, days)).split(' ');
        expect([calendar.isWorkingDay(day), clock]).toEqual([true, '17:00']);
        expect(day >= addDays(show(instant).slice(0, 10), days)).toBe(true);
      }),
      { seed, numRuns: 1000 },
    );
  });
});
