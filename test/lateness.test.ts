import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createCalendar } from '../shared/calendar.ts';
import { judgeFeed } from '../shared/feed-state.ts';
import { VIETNAM_CALENDAR } from '../shared/holidays.ts';
import { type FeedRhythm, foreseeLateness } from '../shared/lateness.ts';
import { isoOf } from '../shared/period.ts';
import { at, ZONE } from './server/world.ts';

const calendar = createCalendar(VIETNAM_CALENDAR);
const MINUTE = 60_000;
const HOUR = 3_600_000;
const NOTHING: FeedRhythm = {
  heardAt: null,
  lastAt: null,
  liveAt: null,
  cadenceMs: null,
  dueTime: null,
  usualGapMs: null,
};
const LONG_AGO = at('2026-01-05 08:00');

const local = (instant: number | null) =>
  instant === null ? null : isoOf(instant, ZONE).slice(0, 16).replace('T', ' ');

/** When a feed heard at a local time is late and missing. */
function foresee(heard: string | null, facts: Partial<FeedRhythm>): (string | null)[] {
  const heardAt = heard === null ? null : at(heard);
  const { lateAt, missingAt } = foreseeLateness({ ...NOTHING, heardAt, ...facts }, calendar);
  return [local(lateAt), local(missingAt)];
}

describe('a feed with a stated cadence', () => {
  const quarter = { cadenceMs: 15 * MINUTE };

  test('is late after two of them and missing after five', () => {
    expect(foresee('2026-11-18 10:00', quarter)).toEqual(['2026-11-18 10:30', '2026-11-18 11:15']);
  });

  test.each([
    ['lunch', '2026-11-18 11:15', ['2026-11-18 13:15', '2026-11-18 14:00']],
    ['a night', '2026-11-18 16:50', ['2026-11-19 07:50', '2026-11-19 08:35']],
    ['a weekend', '2026-11-20 16:50', ['2026-11-23 07:50', '2026-11-23 08:35']],
    ['Tết', '2026-02-13 16:50', ['2026-02-23 07:50', '2026-02-23 08:35']],
    ['National Day', '2026-08-28 16:50', ['2026-09-03 07:50', '2026-09-03 08:35']],
    ['a word within Tết', '2026-02-18 10:00', ['2026-02-23 08:00', '2026-02-23 08:45']],
  ])('does not age over %s', (_, heard, expected) => {
    expect(foresee(heard, quarter)).toEqual(expected);
  });

  test('ages on a make-up Saturday as on any working day', () => {
    expect(foresee('2026-08-21 16:50', quarter)).toEqual(['2026-08-22 07:50', '2026-08-22 08:35']);
    expect(foresee('2026-08-22 16:50', quarter)).toEqual(['2026-08-24 07:50', '2026-08-24 08:35']);
  });

  test('whose time runs out as the office closes is late when it opens again', () => {
    expect(foresee('2026-11-18 11:00', quarter)[0]).toBe('2026-11-18 13:00');
    expect(foresee('2026-02-13 16:30', quarter)[0]).toBe('2026-02-23 07:30');
  });

  test('is judged by it, whatever it was used to', () => {
    const facts = { ...quarter, liveAt: LONG_AGO, usualGapMs: 4 * HOUR };
    expect(foresee('2026-11-18 10:00', facts)[0]).toBe('2026-11-18 10:30');
  });

  test('becomes late at an instant of work, after just that silence', () => {
    const [from, to] = [at('2026-01-05'), at('2026-11-30')];
    fc.assert(
      fc.property(
        fc.integer({ min: from, max: to }),
        fc.integer({ min: 1, max: 600 }),
        (heardAt, minutes) => {
          const cadenceMs = minutes * MINUTE;
          const { lateAt, missingAt } = foreseeLateness({ ...NOTHING, heardAt, cadenceMs }, calendar);
          if (lateAt === null || missingAt === null) throw new Error('the year is loaded');
          expect(calendar.addWorkingHours(lateAt, 0)).toBe(lateAt);
          expect(calendar.workingMsBetween(heardAt, lateAt)).toBe(2 * cadenceMs);
          expect(calendar.workingMsBetween(heardAt, missingAt)).toBe(5 * cadenceMs);
        },
      ),
      { seed: 20261125 },
    );
  });
});

describe('a feed with a due time', () => {
  const evening = { dueTime: '17:00' };

  test.each([
    ['in time', '2026-11-18 16:40', ['2026-11-19 17:30', '2026-11-20 17:30']],
    ['within the half hour of grace', '2026-11-18 17:20', ['2026-11-19 17:30', '2026-11-20 17:30']],
    ['the evening before', '2026-11-18 22:00', ['2026-11-20 17:30', '2026-11-23 17:30']],
    ['on a Friday', '2026-11-20 16:40', ['2026-11-23 17:30', '2026-11-24 17:30']],
    ['on a Saturday', '2026-11-21 10:00', ['2026-11-24 17:30', '2026-11-25 17:30']],
    ['before Tết', '2026-02-13 16:40', ['2026-02-23 17:30', '2026-02-24 17:30']],
    ['within Tết', '2026-02-18 09:00', ['2026-02-24 17:30', '2026-02-25 17:30']],
    ['before a make-up Saturday', '2026-08-21 16:40', ['2026-08-22 17:30', '2026-08-24 17:30']],
  ])('that spoke %s is late half an hour after it missed the next one', (_, heard, expected) => {
    expect(foresee(heard, evening)).toEqual(expected);
  });

  test('may speak in the night before', () => {
    expect(foresee('2026-11-17 22:00', { dueTime: '07:30' })[0]).toBe('2026-11-19 08:00');
    expect(foresee('2026-11-18 23:55', { dueTime: '23:50' })[0]).toBe('2026-11-20 00:20');
    expect(foresee('2026-11-19 00:10', { dueTime: '23:50' })[0]).toBe('2026-11-20 00:20');
  });

  test('and a cadence is late when it breaks the first of them', () => {
    const both = { dueTime: '08:00', cadenceMs: 8 * HOUR };
    expect(foresee('2026-11-18 07:50', both)).toEqual(['2026-11-19 08:30', '2026-11-20 08:30']);
    expect(foresee('2026-11-18 07:50', { ...both, cadenceMs: HOUR })[0]).toBe('2026-11-18 09:50');
  });
});

describe('a feed that states nothing', () => {
  test('is late at three times the pause it usually makes, and missing at six', () => {
    const facts = { liveAt: LONG_AGO, usualGapMs: HOUR };
    expect(foresee('2026-11-18 08:00', facts)).toEqual(['2026-11-18 11:00', '2026-11-18 15:30']);
    expect(foresee('2026-02-13 16:00', facts)).toEqual(['2026-02-23 09:30', '2026-02-23 14:00']);
  });

  test('is given half an hour, however often it speaks', () => {
    const facts = { liveAt: LONG_AGO, usualGapMs: 1000 };
    expect(foresee('2026-11-18 10:00', facts)).toEqual(['2026-11-18 10:30', '2026-11-18 11:00']);
  });

  test.each<[string, Partial<FeedRhythm>]>([
    ['spoke once', {}],
    ['spoke only just, in a burst', { liveAt: at('2026-11-18 09:55'), usualGapMs: 1000 }],
    ['only brought the past', { liveAt: null, usualGapMs: 1000 }],
  ])('and %s has one working day', (_, facts) => {
    expect(foresee('2026-11-18 10:00', facts)).toEqual(['2026-11-19 10:00', '2026-11-20 10:00']);
    expect(foresee('2026-02-13 10:00', facts)).toEqual(['2026-02-23 10:00', '2026-02-24 10:00']);
  });

  test('and has only brought the past is judged from the newest thing it told of', () => {
    const file = { lastAt: at('2026-11-16 16:00') };
    expect(foresee('2026-11-18 10:00', file)[0]).toBe('2026-11-17 16:00');
    const live = { ...file, liveAt: at('2026-11-13 10:00') };
    expect(foresee('2026-11-18 10:00', live)[0]).toBe('2026-11-19 10:00');
  });

  test('and brings a file each week has three weeks', () => {
    expect(foresee('2026-11-02 08:00', { usualGapMs: 40 * HOUR })[0]).toBe('2026-11-23 08:00');
  });
});

describe('what cannot be told', () => {
  const hour = { cadenceMs: HOUR };

  test('is left open: of a feed that never spoke, and of a year whose days off are not known', () => {
    expect(foresee(null, hour)).toEqual([null, null]);
    expect(foresee('2027-01-05 10:00', hour)).toEqual([null, null]);
    expect(foresee('2027-01-05 10:00', { dueTime: '17:00' })).toEqual([null, null]);
    expect(foresee('2027-01-05 10:00', { liveAt: LONG_AGO, usualGapMs: HOUR })).toEqual([null, null]);
    expect(foresee('2026-12-31 16:40', hour)).toEqual([null, null]);
    expect(foresee('2026-12-31 10:00', { cadenceMs: 2 * HOUR })).toEqual(['2026-12-31 15:30', null]);
  });

  test('of a year long past does not matter to a feed that is old', () => {
    const facts = { liveAt: at('2023-05-04 08:00'), usualGapMs: HOUR };
    expect(foresee('2026-11-18 08:00', facts)[0]).toBe('2026-11-18 11:00');
  });
});

describe('on screen', () => {
  const spoken = {
    heardAt: '2026-11-18T10:00:00+07:00',
    lateAt: '2026-11-18T10:30:00+07:00',
    missingAt: '2026-11-18T11:15:00+07:00',
  };
  const since = at('2026-11-18 10:30');

  test('a feed turns late and missing by the clock alone', () => {
    const states = ['10:29', '10:30', '11:14', '11:15'].map((time) =>
      judgeFeed(spoken, at(`2026-11-18 ${time}`)),
    );
    expect(states).toEqual([
      { kind: 'fresh' },
      { kind: 'late', since },
      { kind: 'late', since },
      { kind: 'missing', since },
    ]);
  });

  test('what is not known is neither late nor well', () => {
    const now = at('2027-03-01 10:00');
    expect(judgeFeed({ heardAt: null, lateAt: null, missingAt: null }, now)).toEqual({ kind: 'unheard' });
    expect(judgeFeed({ ...spoken, lateAt: null, missingAt: null }, now)).toEqual({ kind: 'unknown' });
    expect(judgeFeed({ ...spoken, missingAt: null }, now)).toEqual({ kind: 'late', since });
  });
});
