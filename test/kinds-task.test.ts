/** What tasks and reports count, worked out by hand. */
import { describe, expect, test } from 'vitest';
import { show, sum } from './server/folding.ts';
import { foldKind, type Said, tell } from './server/telling.ts';
import { at, iso } from './server/world.ts';

const LATER = at('2026-11-30');

describe('a task', () => {
  test.each<[string, Said<'task'>[], object]>([
    ['is assigned, and overdue past its due time', [['2026-11-02 08:00']], { taskOverdue: 1 }],
    [
      'under way is assigned alone',
      [
        ['2026-11-02 08:00', { due: iso(at('2026-12-31')) }],
        ['2026-11-03 08:00', { state: 'inProgress', due: iso(at('2026-12-31')) }],
      ],
      {},
    ],
    ['met', [['2026-11-02 08:00'], ['2026-11-19 08:00', { state: 'met' }]], { taskMet: 1 }],
    [
      'met late is met, and overdue no more',
      [['2026-11-02 08:00'], ['2026-11-24 08:00', { state: 'met' }]],
      { taskMet: 1 },
    ],
    [
      'met, then more than met',
      [
        ['2026-11-02 08:00'],
        ['2026-11-19 08:00', { state: 'met' }],
        ['2026-11-25 08:00', { state: 'exceeded' }],
      ],
      { taskExceeded: 1 },
    ],
    [
      'blocked and overdue',
      [['2026-11-02 08:00'], ['2026-11-10 08:00', { state: 'blocked', reason: 'phần mềm chưa vận hành' }]],
      { taskBlocked: 1, taskOverdue: 1 },
    ],
    [
      'blocked no more',
      [
        ['2026-11-02 08:00', { state: 'blocked' }],
        ['2026-11-10 08:00', { state: 'inProgress', due: iso(at('2026-12-31')) }],
      ],
      {},
    ],
    ['given more time', [['2026-11-02 08:00'], ['2026-11-25 08:00', { due: iso(at('2026-12-31')) }]], {}],
    [
      'met, then taken back',
      [
        ['2026-11-02 08:00'],
        ['2026-11-19 08:00', { state: 'met' }],
        ['2026-11-20 08:00', { state: 'inProgress' }],
      ],
      { taskOverdue: 1 },
    ],
  ])('%s', (_words, said, expected) => {
    const { moves } = foldKind(tell('task', ...said), LATER);
    const all = { taskAssigned: 1, ...expected };
    expect([sum(moves, 'A'), sum(moves, '25')]).toEqual([all, all]);
  });

  test('was overdue while it was', () => {
    const { moves } = foldKind(
      tell('task', ['2026-11-02 08:00'], ['2026-11-25 08:00', { due: iso(at('2026-12-31')) }]),
      LATER,
    );
    const overdueAt = (local: string) => sum(moves, 'A', at(local)).taskOverdue;
    expect(
      ['2026-11-20 17:00', '2026-11-20 17:01', '2026-11-25 07:59', '2026-11-25 08:00'].map(overdueAt),
    ).toEqual([undefined, 1, 1, undefined]);
  });

  test('turns overdue by the clock alone', () => {
    const events = tell('task', ['2026-11-02 08:00']);
    const { state, moves } = foldKind(events, at('2026-11-03'));
    expect([state.nextAt, sum(moves, 'A')]).toEqual([at('2026-11-20 17:00') + 1, { taskAssigned: 1 }]);
    const next = foldKind(events, state.nextAt ?? 0);
    expect([next.state.nextAt, sum(next.moves, 'A')]).toEqual([null, { taskAssigned: 1, taskOverdue: 1 }]);
  });

  test('given before the merger passes on, done or not: the province of today counts it', () => {
    const due = iso(at('2025-06-30 17:00'));
    const given = tell('task', ['2025-03-01 08:00', { unit: '26.SNV', due }]);
    const met = [...given, ...tell('task', ['2025-06-20 08:00', { unit: '26.SNV', due, state: 'met' }])].map(
      (event, index) => ({ ...event, id: `t${index}` }),
    );
    const open = foldKind(given, LATER);
    const done = foldKind(met, at('2025-12-31'));
    expect([sum(open.moves, '26.SNV'), sum(open.moves, '25.SNV'), sum(open.moves, '25')]).toEqual([
      {},
      { taskAssigned: 1, taskOverdue: 1 },
      { taskAssigned: 1, taskOverdue: 1 },
    ]);
    expect([sum(done.moves, '26'), sum(done.moves, '25')]).toEqual([{}, { taskAssigned: 1, taskMet: 1 }]);
    expect(show(foldKind(met, at('2025-06-21')).state.nextAt)).toBe('2025-07-01 00:00:00');
  });

  test('done counts to the end of its year, which comes by the clock, and again if it is taken up anew', () => {
    const due = iso(at('2025-12-31 17:00'));
    const met = tell('task', ['2025-09-01 08:00', { due }], ['2025-12-20 08:00', { due, state: 'met' }]);
    const before = foldKind(met, at('2025-12-31 23:59'));
    expect([show(before.state.nextAt), sum(before.moves, 'A')]).toEqual([
      '2026-01-01 00:00:00',
      { taskAssigned: 1, taskMet: 1 },
    ]);
    const after = foldKind(met, before.state.nextAt ?? 0);
    expect([
      after.state.nextAt,
      sum(after.moves, '25'),
      sum(after.moves, '25', at('2025-12-31 23:59')),
    ]).toEqual([null, {}, { taskAssigned: 1, taskMet: 1 }]);
    const anew = tell(
      'task',
      ['2025-09-01 08:00', { due }],
      ['2025-12-20 08:00', { due, state: 'met' }],
      ['2026-02-02 08:00', { due: iso(at('2026-12-31')), state: 'inProgress' }],
    );
    const { moves } = foldKind(anew, LATER);
    expect(['2025-12-31', '2026-01-31', '2026-02-03'].map((day) => sum(moves, 'A', at(day)))).toEqual([
      { taskAssigned: 1, taskMet: 1 },
      {},
      { taskAssigned: 1 },
    ]);
  });
});

const reported = (
  measure: string,
  ...told: [local: string, period: string, value: number, unit?: string][]
) =>
  tell(
    'report',
    ...told.map(
      ([local, period, value, unit = 'A']): Said<'report'> => [local, { measure, period, value, unit }],
    ),
  );

describe('a reported level', () => {
  const officials = reported(
    'officials',
    ['2026-09-02', '2026-08', 100],
    ['2026-11-02', '2026-10', 90],
    ['2026-11-05', '2026-08', 110],
  );
  test('holds from its period until the next, for the unit and all above; the last word on a period counts', () => {
    const { moves } = foldKind(officials, LATER);
    const at31 = (local: string) => [
      sum(moves, 'A', at(local)).officials,
      sum(moves, '25', at(local)).officials,
    ];
    expect([
      at31('2026-07-31'),
      at31('2026-08-31'),
      at31('2026-09-30'),
      at31('2026-10-31'),
      at31('2026-11-30'),
    ]).toEqual([
      [undefined, undefined],
      [110, 110],
      [110, 110],
      [90, 90],
      [90, 90],
    ]);
  });

  test('told of a period to come counts when that begins', () => {
    const { state, moves } = foldKind(reported('officials', ['2026-11-20', '2026-12', 80]), at('2026-11-21'));
    expect([sum(moves, 'A'), show(state.nextAt)]).toEqual([{}, '2026-12-01 00:00:00']);
    const next = foldKind(reported('officials', ['2026-11-20', '2026-12', 80]), state.nextAt ?? 0);
    expect([sum(next.moves, 'A'), next.state.nextAt]).toEqual([{ officials: 80 }, null]);
  });

  test('of procedures is the unit’s alone: the same procedure is offered by many', () => {
    const { moves } = foldKind(reported('procTotal', ['2026-11-02', '2026-10', 701]), LATER);
    expect([sum(moves, 'A'), sum(moves, '25')]).toEqual([{ procTotal: 701 }, {}]);
  });

  test('ends with its unit: what the heir has it reports anew', () => {
    const events = reported('officials', ['2025-06-02', '2025-05', 100]);
    const { moves } = foldKind(events, LATER);
    expect(sum(moves, '26', at('2025-06-30 23:59'))).toEqual({ officials: 100 });
    expect([sum(moves, '26'), sum(moves, '25'), sum(moves, 'A')]).toEqual([{}, {}, {}]);
    expect(show(foldKind(events, at('2025-06-03')).state.nextAt)).toBe('2025-07-01 00:00:00');
  });

  test('of a time before the unit lived holds from its first day', () => {
    const { moves } = foldKind(reported('officials', ['2025-07-10', '2025-06', 100]), LATER);
    expect([sum(moves, 'A', at('2025-06-30 23:59')), sum(moves, 'A', at('2025-07-01'))]).toEqual([
      {},
      { officials: 100 },
    ]);
  });

  test('of 0 takes the one before away', () => {
    const { moves } = foldKind(
      reported('officials', ['2026-09-02', '2026-08', 5], ['2026-10-02', '2026-09', 0]),
      LATER,
    );
    expect(sum(moves, '25')).toEqual({});
  });
});

describe('a reported flow', () => {
  test.each<[string, [string, string, number][], Record<string, number>]>([
    ['counts in its month', [['2026-09-02', '2026-08', 10]], { '2026-08': 10 }],
    [
      'told again is replaced',
      [
        ['2026-09-02', '2026-08', 10],
        ['2026-09-03', '2026-08', 7],
      ],
      { '2026-08': 7 },
    ],
    ['of a quarter alone counts in its first month', [['2026-10-02', '2026-Q3', 30]], { '2026-07': 30 }],
    [
      'of a quarter and a month counts once',
      [
        ['2026-09-02', '2026-08', 10],
        ['2026-10-02', '2026-Q3', 30],
      ],
      { '2026-07': 20, '2026-08': 10 },
    ],
    [
      'of month, quarter and year counts once, whichever came first',
      [
        ['2026-11-02', '2026', 100],
        ['2026-10-02', '2026-Q3', 30],
        ['2026-09-02', '2026-08', 10],
      ],
      { '2026-01': 70, '2026-07': 20, '2026-08': 10 },
    ],
    [
      'whose months are all told stands by the months',
      [
        ['2026-08-02', '2026-07', 10],
        ['2026-09-02', '2026-08', 10],
        ['2026-10-02', '2026-09', 10],
        ['2026-10-03', '2026-Q3', 40],
      ],
      { '2026-07': 10, '2026-08': 10, '2026-09': 10 },
    ],
    [
      'less of a year than of its months: the months stand',
      [
        ['2026-09-02', '2026-08', 10],
        ['2026-10-02', '2026', 4],
      ],
      { '2026-08': 10 },
    ],
  ])('%s', (_words, told, expected) => {
    const { moves } = foldKind(reported('meetings', ...told), LATER);
    const months = new Map<string, number>();
    for (const { unit, at: instant, amount } of moves) {
      if (unit !== '25') continue;
      const month = (show(instant) ?? '').slice(0, 7);
      months.set(month, (months.get(month) ?? 0) + amount);
    }
    expect(Object.fromEntries([...months].sort())).toEqual(expected);
  });

  test('of the year of a merger, told by the new unit, counts from its first month on', () => {
    const { moves } = foldKind(
      reported('meetings', ['2025-12-31', '2025', 60], ['2025-08-02', '2025-07', 5]),
      LATER,
    );
    expect([sum(moves, 'A', at('2025-07-31')), sum(moves, 'A')]).toEqual([{ meetings: 5 }, { meetings: 60 }]);
  });

  test('of a measure that is another’s count, or the portal’s, is kept and added to nothing', () => {
    for (const measure of ['received', 'TT01']) {
      const { moves, state } = foldKind(reported(measure, ['2026-11-02', '2026-10', 98.5]), LATER);
      expect([moves, state.nextAt]).toEqual([[], null]);
    }
  });
});
