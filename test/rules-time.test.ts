/** Delays, thresholds, missing data and working hours: when an alert is raised, and when it clears. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { judgeSample } from '../server/rules/levels.ts';
import type { AlertEvent } from '../server/rules/state.ts';
import type { RuleBody } from '../shared/rule.ts';
import { contextOf, effectiveOf, ruleOf, run, sampleOf, tell } from './rules-world.ts';
import { at } from './server/world.ts';

const hours = (amount: number) => ({ amount, unit: 'workingHours' as const });
const minutes = (amount: number) => ({ amount, unit: 'minutes' as const });

/** What comes of local instants and figures, and of the clock up to an instant. */
function live(
  said: Partial<RuleBody>,
  told: readonly (readonly [string, number | null])[],
  until: string,
): string[] {
  const events = told.map(
    ([when, figure]): AlertEvent => sampleOf(at(when), figure, figure === null ? { quality: 'missing' } : {}),
  );
  return tell(run(contextOf(said), [...events, { kind: 'time', at: at(until) }]).effects);
}

const raisedAt = (said: Partial<RuleBody>, when: string, until: string) =>
  live(said, [[when, 85]], until).map((line) => line.slice(0, 16));

describe('a delay in working hours', () => {
  test.each([
    ['goes on after lunch', '2026-11-24 10:30', '2026-11-24 14:00'],
    ['goes on the next morning', '2026-11-24 16:30', '2026-11-25 09:00'],
    ['leaves out the weekend', '2026-11-20 16:00', '2026-11-23 08:30'],
    ['leaves out Tết', '2026-02-13 16:00', '2026-02-23 08:30'],
    ['counts a make-up Saturday', '2026-08-21 16:30', '2026-08-22 09:00'],
    ['ends with the afternoon before a holiday', '2026-08-28 15:00', '2026-08-28 17:00'],
  ])('%s', (_, from, raised) => {
    const [when] = raisedAt({ delay: hours(2) }, from, '2026-12-24 12:00');
    expect(when).toBe(raised);
  });

  test('of a working day that began at noon ends at the next noon', () => {
    const delay = { amount: 1, unit: 'workingDays' } as const;
    expect(raisedAt({ delay }, '2026-11-24 13:00', '2026-11-26 12:00')[0]).toBe('2026-11-25 11:30');
  });

  test('in days on the wall counts every day, 29 February too', () => {
    const delay = { amount: 2, unit: 'days' } as const;
    expect(raisedAt({ delay }, '2024-02-28 09:00', '2024-03-02 12:00')[0]).toBe('2024-03-01 09:00');
  });

  test('of a level is its own: the worse may come at once', () => {
    const levels: RuleBody['levels'] = [
      { severity: 'major', raise: 80, count: null, delay: minutes(0) },
      { severity: 'warning', raise: 90, count: null },
    ];
    const said = { levels, delay: hours(2) };
    expect(
      live(
        said,
        [
          ['2026-11-24 08:00', 85],
          ['2026-11-24 09:00', 75],
        ],
        '2026-11-24 11:00',
      ),
    ).toEqual(['2026-11-24 09:00 raised major']);
    expect(live(said, [['2026-11-24 08:00', 85]], '2026-11-24 11:00')).toEqual([
      '2026-11-24 10:00 raised warning',
    ]);
  });

  test('begins anew when the figure was well in between', () => {
    const told = [
      ['2026-11-24 08:00', 85],
      ['2026-11-24 09:00', 95],
      ['2026-11-24 10:00', 85],
    ] as const;
    expect(live({ delay: hours(2) }, told, '2026-11-24 16:00')).toEqual(['2026-11-24 13:30 raised warning']);
  });
});

describe('on the very threshold', () => {
  const sample = (figure: number, said = {}) =>
    ({ at: 0, figure, count: null, cases: 100, quality: 'fresh', told: null, ...said }) as const;

  test('below raises strictly below, and clears on raise and deadband together; above the other way round', () => {
    const below = effectiveOf(ruleOf({ deadband: 2 }));
    const verdict = (figure: number) => {
      const { reached, held } = judgeSample(below, sample(figure));
      return [reached, held];
    };
    expect(verdict(89.99)).toEqual(['warning', 'warning']);
    expect(verdict(90)).toEqual([null, 'warning']);
    expect(verdict(91.99)).toEqual([null, 'warning']);
    expect(verdict(92)).toEqual([null, null]);
    const levels = [{ severity: 'warning' as const, raise: 10, count: null }];
    const above = effectiveOf(ruleOf({ direction: 'above', levels, deadband: 2 }));
    const held = [10, 9.99, 8, 7.99].map((figure) => judgeSample(above, sample(figure)));
    expect(held.map((one) => [one.reached, one.held])).toEqual([
      ['warning', 'warning'],
      [null, 'warning'],
      [null, 'warning'],
      [null, null],
    ]);
  });

  test.each([
    [
      'a share that is to be high',
      'below',
      { kind: 'level', indicator: 'TT02', window: 'month' },
      99.5,
      99.99,
      100,
    ],
    [
      'a share that is to be low',
      'above',
      { kind: 'level', indicator: 'DOC03', window: 'month' },
      0.5,
      0.01,
      0,
    ],
    ['a count', 'above', { kind: 'level', indicator: 'SYS04', window: 'month' }, 1, 1, 0],
    [
      'the end of a period',
      'below',
      { kind: 'projection', indicator: 'ON02', window: 'year' },
      99.5,
      99.99,
      100,
    ],
  ] as const)(
    '%s clears at the best there is, however wide the deadband',
    (_words, direction, condition, raise, near, best) => {
      const levels = [{ severity: 'warning' as const, raise, count: null }];
      const rule = effectiveOf(ruleOf({ direction, condition, levels, deadband: 2 }));
      expect([near, best].map((figure) => judgeSample(rule, sample(figure)).held)).toEqual(['warning', null]);
    },
  );

  test('a level that is always reached never clears', () => {
    const levels = [{ severity: 'warning' as const, raise: 0, count: null }];
    const condition = { kind: 'level', indicator: 'DOC03', window: 'month' } as const;
    const rule = effectiveOf(ruleOf({ direction: 'above', condition, levels, deadband: 2 }));
    expect(judgeSample(rule, sample(0)).held).toBe('warning');
  });

  test('is free of the noise of binary fractions', () => {
    const levels = [{ severity: 'warning' as const, raise: 0.1, count: null }];
    const rule = effectiveOf(ruleOf({ levels, deadband: 0.2 }));
    expect(judgeSample(rule, sample(0.3)).held).toBeNull();
  });

  test('a count has no deadband, is judged however few the cases, and the worse of both holds', () => {
    const levels = [{ severity: 'warning' as const, raise: 20, count: 5 }];
    const rule = effectiveOf(ruleOf({ direction: 'above', levels, deadband: 2 }));
    const held = (figure: number, count: number, cases: number) =>
      judgeSample(rule, sample(figure, { count, cases })).held;
    expect([held(50, 5, 10), held(50, 4, 10), held(19, 4, 100), held(10, 4, 100)]).toEqual([
      'warning',
      null,
      'warning',
      null,
    ]);
  });

  test('whatever a figure is, reaching a level holds it, and a better figure never holds a worse one', () => {
    const figure = fc.integer({ min: 0, max: 10_000 }).map((one) => one / 100);
    const deadband = fc.integer({ min: 0, max: 500 }).map((one) => one / 100);
    fc.assert(
      fc.property(figure, figure, deadband, (a, b, dead) => {
        const rule = effectiveOf(ruleOf({ deadband: dead }));
        const place = (one: number, key: 'reached' | 'held') => {
          const severity = judgeSample(rule, sample(one))[key];
          return severity === null ? 9 : rule.levels.findIndex((level) => level.severity === severity);
        };
        const [worse, better] = [Math.min(a, b), Math.max(a, b)];
        expect(place(worse, 'held')).toBeLessThanOrEqual(place(worse, 'reached'));
        expect(place(worse, 'held')).toBeLessThanOrEqual(place(better, 'held'));
        expect(place(worse, 'reached')).toBeLessThanOrEqual(place(better, 'reached'));
      }),
      { seed: 5, numRuns: 1000 },
    );
  });
});

describe('while data are missing', () => {
  const said = { delay: hours(2), clearDelay: hours(2) };

  test('timers stand, and go on where they stood, in working time', () => {
    const told = [
      ['2026-11-20 15:00', 85],
      ['2026-11-20 16:00', null],
      ['2026-11-23 09:00', 85],
    ] as const;
    expect(live(said, told, '2026-11-23 12:00')).toEqual(['2026-11-23 10:00 raised warning']);
  });

  test('nothing clears, and what was clearing needs the rest of its time', () => {
    const told = [
      ['2026-11-23 08:00', 85],
      ['2026-11-23 13:00', 95],
      ['2026-11-23 14:00', null],
      ['2026-11-24 08:00', 95],
    ] as const;
    expect(live(said, told, '2026-11-24 12:00')).toEqual([
      '2026-11-23 10:00 raised warning',
      '2026-11-23 13:00 recovering warning (silent)',
      '2026-11-23 14:00 frozen warning (silent)',
      '2026-11-24 08:00 resumed warning (silent)',
      '2026-11-24 09:00 cleared warning',
    ]);
  });
});

describe('outside working hours', () => {
  const quiet = { outside: 'quiet' } as const;

  test('a quiet rule is judged, and speaks once as work begins, never before', () => {
    const told = [
      ['2026-11-20 20:00', 85],
      ['2026-11-21 10:00', 75],
    ] as const;
    expect(live(quiet, told, '2026-11-23 09:00')).toEqual([
      '2026-11-20 20:00 raised warning (silent)',
      '2026-11-21 10:00 worsened major (silent)',
      '2026-11-23 07:30 reannounced major',
    ]);
  });

  test('what recovered before work began is never told of', () => {
    const told = [
      ['2026-02-13 20:00', 85],
      ['2026-02-18 10:00', 95],
    ] as const;
    const lines = live(quiet, told, '2026-02-23 09:00');
    expect(lines.every((line) => line.endsWith('(silent)'))).toBe(true);
    expect(lines.map((line) => line.slice(17).split(' ')[0])).toEqual([
      'raised',
      'recovering',
      'cleared',
      'closed',
    ]);
  });

  test('what was told in the day is not told again the next morning', () => {
    expect(live(quiet, [['2026-11-24 16:00', 85]], '2026-11-25 10:00')).toEqual([
      '2026-11-24 16:00 raised warning',
    ]);
  });

  test('an acknowledgement that lapses at night calls in the morning', () => {
    const events: AlertEvent[] = [
      sampleOf(at('2026-11-24 16:45'), 65),
      { kind: 'acknowledge', at: at('2026-11-24 16:50') },
      { kind: 'time', at: at('2026-11-25 08:00') },
    ];
    expect(tell(run(contextOf(quiet), events).effects)).toEqual([
      '2026-11-24 16:45 raised critical',
      '2026-11-24 16:50 acknowledged critical (silent)',
      '2026-11-24 17:20 reannounced critical (silent)',
      '2026-11-25 07:30 reannounced critical',
    ]);
  });

  test('a rule that freezes raises and clears in working time alone', () => {
    const freeze = { outside: 'freeze', delay: minutes(30), clearDelay: minutes(30) } as const;
    const told = [
      ['2026-11-20 16:50', 85],
      ['2026-11-21 10:00', 85],
      ['2026-11-23 11:15', 95],
    ] as const;
    expect(live(freeze, told, '2026-11-23 16:00')).toEqual([
      '2026-11-23 07:50 raised warning',
      '2026-11-23 11:15 recovering warning (silent)',
      '2026-11-23 13:15 cleared warning',
    ]);
    expect(raisedAt({ outside: 'freeze' }, '2026-11-24 20:00', '2026-11-25 10:00')).toEqual([
      '2026-11-25 07:30',
    ]);
  });
});
