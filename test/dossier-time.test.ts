/** What a dossier waited and took: reception, working time, apologies, the population database. By hand. */
import { describe, expect, test } from 'vitest';
import type { DossierEvent } from '../shared/event.ts';
import { fold, life, type Move, show, sum } from './server/folding.ts';
import { at, iso } from './server/world.ts';

const LATER = at('2026-11-30');

const timeOf = (moves: readonly Move[], unit = '25') => {
  const total = (measure: string) =>
    moves
      .filter((move) => move.unit === unit && move.measure === measure)
      .reduce((sum, { amount }) => sum + amount, 0);
  return [total('timed'), total('workedMinutes')];
};

describe('working time', () => {
  test.each<[string, Parameters<typeof life>, [number, number]]>([
    [
      'of one morning',
      [
        ['2026-11-16 08:00', 2],
        ['2026-11-16 10:30', 9],
      ],
      [1, 150],
    ],
    [
      'without lunch and night',
      [
        ['2026-11-16 11:00', 2],
        ['2026-11-17 08:00', 9],
      ],
      [1, 30 + 240 + 30],
    ],
    [
      'without the week-end',
      [
        ['2026-11-20 16:00', 2],
        ['2026-11-23 08:30', 9],
      ],
      [1, 60 + 60],
    ],
    [
      'without what was waited for a supplement',
      [
        ['2026-11-16 08:00', 2],
        ['2026-11-16 10:00', 5],
        ['2026-11-18 08:00', 4],
        ['2026-11-18 09:00', 9],
      ],
      [1, 120 + 60],
    ],
    [
      'without a stop that was taken up again',
      [
        ['2026-11-16 08:00', 2],
        ['2026-11-16 09:00', 8],
        ['2026-11-18 08:00', 4],
        ['2026-11-18 08:30', 9],
      ],
      [1, 60 + 30],
    ],
    [
      'of what ended while it waited is what came before',
      [
        ['2026-11-16 08:00', 2],
        ['2026-11-16 10:00', 5],
        ['2026-11-18 08:00', 9],
      ],
      [1, 120],
    ],
    [
      'ends with the result, not with the hand-over',
      [
        ['2026-11-16 08:00', 2],
        ['2026-11-16 09:00', 9],
        ['2026-11-18 09:00', 10],
      ],
      [1, 60],
    ],
    [
      'outside working hours is none',
      [
        ['2026-11-21 08:00', 2],
        ['2026-11-21 09:00', 9],
      ],
      [1, 0],
    ],
    [
      'of what was withdrawn or stopped is not asked',
      [
        ['2026-11-16 08:00', 2],
        ['2026-11-16 09:00', 7],
      ],
      [0, 0],
    ],
    ['of what was told by its end alone nobody can tell', [['2026-11-16 08:00', 9]], [0, 0]],
    [
      'of a year without a calendar nobody can tell',
      [
        ['2019-11-18 08:00', 2, { due: iso(at('2019-12-02')) }],
        ['2019-11-19 08:00', 9],
      ],
      [0, 0],
    ],
  ])('%s', (_words, told, expected) => {
    expect(timeOf(fold(life(...told), LATER).moves)).toEqual(expected);
  });

  test('counts where the dossier ended, and is taken back when it is open again', () => {
    const told: Parameters<typeof life> = [
      ['2026-11-16 08:00', 2],
      ['2026-11-16 09:00', 4, { resolver: 'D' }],
      ['2026-11-16 10:00', 9, { resolver: 'D' }],
    ];
    const { moves } = fold(life(...told), LATER);
    expect([timeOf(moves, 'A'), timeOf(moves, 'D')]).toEqual([
      [0, 0],
      [1, 120],
    ]);
    const again = fold(life(...told, ['2026-11-17 08:00', 4, { resolver: 'D' }]), LATER);
    expect(timeOf(again.moves)).toEqual([0, 0]);
  });
});

describe('flags', () => {
  test('the population database, when used, counts with the receipt', () => {
    const count = (more: Partial<DossierEvent>) =>
      sum(fold(life(['2026-11-16 08:00', 2, { receiver: 'D', ...more }]), LATER).moves, 'D')
        .receivedPopulation;
    expect([count({ populationData: true }), count({ populationData: false }), count({})]).toEqual([
      1,
      undefined,
      undefined,
    ]);
  });

  test.each<[string, string, Partial<DossierEvent>, number | undefined]>([
    ['late with an apology', '2026-11-20 08:00', { apology: true }, 1],
    ['late without one', '2026-11-20 08:00', {}, undefined],
    ['late, said to have none', '2026-11-20 08:00', { apology: false }, undefined],
    ['in time needs none', '2026-11-16 10:00', { apology: true }, undefined],
  ])('%s', (_words, end, flags, expected) => {
    const { moves } = fold(life(['2026-11-16 08:00', 2], [end, 9, flags]), LATER);
    expect(sum(moves, 'A').lateApologised).toBe(expected);
  });

  test('an apology told with the hand-over counts', () => {
    const told = life(
      ['2026-11-16 08:00', 2],
      ['2026-11-20 08:00', 9],
      ['2026-11-21 08:00', 10, { apology: true }],
    );
    expect(sum(fold(told, LATER).moves, 'A')).toMatchObject({ resolvedLate: 1, lateApologised: 1 });
  });
});

describe('waiting for reception', () => {
  test.each<[string, Parameters<typeof life>, object]>([
    ['within 8 working hours waits', [['2026-11-17 08:00', 1]], { waiting: 1 }],
    ['past them waits too long', [['2026-11-16 08:00', 1]], { waiting: 1, waitingLate: 1 }],
    [
      'ends with the receipt',
      [
        ['2026-11-13 08:00', 1],
        ['2026-11-17 09:00', 2],
      ],
      {},
    ],
    [
      'ends with a refusal',
      [
        ['2026-11-13 08:00', 1],
        ['2026-11-17 09:00', 3],
      ],
      {},
    ],
    [
      'ends with a withdrawal',
      [
        ['2026-11-13 08:00', 1],
        ['2026-11-17 09:00', 7],
      ],
      {},
    ],
    [
      'told again counts from the later telling',
      [
        ['2026-11-13 08:00', 1],
        ['2026-11-17 08:00', 1],
      ],
      { waiting: 1 },
    ],
    [
      'submitted again after a refusal waits again',
      [
        ['2026-11-13 08:00', 1],
        ['2026-11-16 08:00', 3],
        ['2026-11-17 08:30', 1],
      ],
      { waiting: 1 },
    ],
    [
      'a registration told after the receipt is none',
      [
        ['2026-11-16 08:00', 2],
        ['2026-11-17 08:00', 1],
      ],
      {},
    ],
    ['in a year without a calendar is never too long', [['2019-11-16 08:00', 1]], { waiting: 1 }],
  ])('%s', (_words, told, expected) => {
    const { waiting, waitingLate } = sum(fold(life(...told), at('2026-11-17 10:00')).moves, '25');
    expect({ waiting, waitingLate }).toEqual({ waiting: undefined, waitingLate: undefined, ...expected });
  });

  test('passes the limit by the clock alone, and was late while it was', () => {
    const told = life(['2026-11-16 08:00', 1]);
    const { state, moves } = fold(told, at('2026-11-16 08:00'));
    expect([show(state.nextAt), sum(moves, 'A')]).toEqual(['2026-11-17 08:00:00', { waiting: 1 }]);
    const late = fold(told, state.nextAt ?? 0);
    expect([late.state.nextAt, sum(late.moves, 'A')]).toEqual([null, { waiting: 1, waitingLate: 1 }]);
    const received = fold(life(['2026-11-16 08:00', 1], ['2026-11-18 08:00', 2]), at('2026-11-18 08:00'));
    const at17 = sum(received.moves, '25', at('2026-11-17 12:00'));
    expect(at17).toEqual({ waiting: 1, waitingLate: 1 });
  });

  test('passes on when its unit merges', () => {
    const told = life(['2025-06-30 16:00', 1, { receiver: 'B', resolver: 'B' }]);
    const eve = fold(told, at('2025-06-30 17:00'));
    expect([show(eve.state.nextAt), sum(eve.moves, '26')]).toEqual(['2025-07-01 00:00:00', { waiting: 1 }]);
    const after = fold(told, at('2025-07-03'));
    expect([
      sum(after.moves, 'B'),
      sum(after.moves, '26'),
      sum(after.moves, 'A'),
      sum(after.moves, '25'),
    ]).toEqual([{}, {}, { waiting: 1, waitingLate: 1 }, { waiting: 1, waitingLate: 1 }]);
  });
});
