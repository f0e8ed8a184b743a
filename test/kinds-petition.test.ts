/** What petitions, ratings and readings count, worked out by hand. */
import { describe, expect, test } from 'vitest';
import { show, sum } from './server/folding.ts';
import { foldKind, type Said, tell } from './server/telling.ts';
import { at, iso } from './server/world.ts';

const LATER = at('2026-11-30');
const due = iso(at('2026-11-20 17:00'));

describe('a petition', () => {
  test.each<[string, Said<'petition'>[], object]>([
    ['is open', [['2026-11-27 08:00']], { petOpen: 1 }],
    ['past its due time is overdue', [['2026-11-16 08:00', { due }]], { petOpen: 1, petOverdue: 1 }],
    [
      'answered in its last minute is on time',
      [
        ['2026-11-16 08:00', { due }],
        ['2026-11-20 17:00', { state: 'answered' }],
      ],
      { petOnTime: 1 },
    ],
    [
      'answered a minute later is late',
      [
        ['2026-11-16 08:00', { due }],
        ['2026-11-20 17:01', { state: 'answered' }],
      ],
      { petLate: 1 },
    ],
    [
      'refused is answered too',
      [
        ['2026-11-16 08:00', { due }],
        ['2026-11-17 08:00', { state: 'refused' }],
      ],
      { petOnTime: 1, petRefused: 1 },
    ],
    [
      'to nobody’s satisfaction',
      [
        ['2026-11-16 08:00', { due }],
        ['2026-11-17 08:00', { state: 'answered', satisfied: false }],
      ],
      { petOnTime: 1, petDissatisfied: 1 },
    ],
    [
      'late and dissatisfied counts as late',
      [
        ['2026-11-16 08:00', { due }],
        ['2026-11-23 08:00', { state: 'answered', satisfied: false }],
      ],
      { petLate: 1 },
    ],
    [
      'satisfied as told afterwards: the first answer stands, the newest word on it counts',
      [
        ['2026-11-16 08:00', { due }],
        ['2026-11-17 08:00', { state: 'answered', satisfied: false }],
        ['2026-11-25 08:00', { state: 'answered', satisfied: true }],
      ],
      { petOnTime: 1 },
    ],
    [
      'received twice is one, of the first receipt',
      [['2026-11-16 08:00', { due }], ['2026-11-17 08:00'], ['2026-11-18 08:00', { state: 'answered' }]],
      { petOnTime: 1 },
    ],
    [
      'received again after its answer is open again, with a time of its own',
      [['2026-11-16 08:00', { due }], ['2026-11-17 08:00', { state: 'answered' }], ['2026-11-23 08:00']],
      { petOpen: 1 },
    ],
    [
      'complained of again and answered in time: on time, not to satisfaction',
      [
        ['2026-11-16 08:00', { due }],
        ['2026-11-17 08:00', { state: 'answered', satisfied: true }],
        ['2026-11-23 08:00'],
        ['2026-11-24 08:00', { state: 'answered' }],
      ],
      { petOnTime: 1, petDissatisfied: 1 },
    ],
    [
      'late once is late, whatever came after',
      [
        ['2026-11-16 08:00', { due }],
        ['2026-11-23 08:00', { state: 'answered' }],
        ['2026-11-24 08:00'],
        ['2026-11-25 08:00', { state: 'answered' }],
      ],
      { petLate: 1 },
    ],
    ['told by its answer alone', [['2026-11-17 08:00', { state: 'answered' }]], { petOnTime: 1 }],
  ])('%s', (_words, said, expected) => {
    const { moves } = foldKind(tell('petition', ...said), LATER);
    const all = { petReceived: 1, ...expected };
    expect([sum(moves, 'A'), sum(moves, '25')]).toEqual([all, all]);
  });

  test('has 15 working days where it states none, and turns overdue by the clock', () => {
    const events = tell('petition', ['2026-11-02 08:00']);
    const { state, moves } = foldKind(events, at('2026-11-20 17:00'));
    expect([show(state.dueAt), sum(moves, 'A')]).toEqual([
      '2026-11-23 08:00:00',
      { petReceived: 1, petOpen: 1 },
    ]);
    const next = foldKind(events, state.nextAt ?? 0);
    expect([sum(next.moves, 'A'), next.state.nextAt]).toEqual([
      { petReceived: 1, petOpen: 1, petOverdue: 1 },
      null,
    ]);
  });

  test('is not open between an answer and the next receipt', () => {
    const { moves } = foldKind(
      tell(
        'petition',
        ['2026-11-16 08:00', { due }],
        ['2026-11-17 08:00', { state: 'answered' }],
        ['2026-11-23 08:00'],
      ),
      LATER,
    );
    const openAt = (local: string) => sum(moves, 'A', at(local)).petOpen;
    expect([openAt('2026-11-16 09:00'), openAt('2026-11-18 09:00'), openAt('2026-11-23 09:00')]).toEqual([
      1,
      undefined,
      1,
    ]);
  });

  test('open at the merger passes on, and is late where it ends', () => {
    const events = tell(
      'petition',
      ['2025-06-27 08:00', { unit: 'B', due: iso(at('2025-06-30 17:00')) }],
      ['2025-07-03 09:00', { unit: 'A', state: 'answered' }],
    );
    const { moves } = foldKind(events, at('2025-07-04'));
    expect([sum(moves, 'B'), sum(moves, '26')]).toEqual([{ petReceived: 1 }, { petReceived: 1 }]);
    expect(sum(moves, 'A', at('2025-07-02'))).toEqual({ petOpen: 1, petOverdue: 1 });
    expect([sum(moves, 'A'), sum(moves, '25')]).toEqual([{ petLate: 1 }, { petLate: 1 }]);
  });
});

describe('a rating', () => {
  test.each([
    [{ satisfied: true }, { rated: 1, ratedSatisfied: 1 }],
    [{ satisfied: false }, { rated: 1 }],
    [
      { satisfied: undefined, score: 5 },
      { rated: 1, ratedSatisfied: 1 },
    ],
    [
      { satisfied: undefined, score: 4 },
      { rated: 1, ratedSatisfied: 1 },
    ],
    [{ satisfied: undefined, score: 3 }, { rated: 1 }],
  ])('of %j', (said, expected) => {
    expect(sum(foldKind(tell('rating', ['2026-11-18 08:00', said]), LATER).moves, '25')).toEqual(expected);
  });
});

describe('readings of a system', () => {
  test('of an hour add up: up, calls, failures no more than calls, latency by its bucket', () => {
    const events = tell(
      'probe',
      ['2026-11-18 08:00', { latencyMs: 300, calls: 100, failed: 1 }],
      ['2026-11-18 08:15', { latencyMs: 300.5, calls: 50, failed: 80 }],
      ['2026-11-18 08:30', { latencyMs: 3000 }],
      ['2026-11-18 08:45', { up: false }],
      ['2026-11-18 08:50', { latencyMs: 10_001, up: false }],
    );
    const { state, moves } = foldKind(events, LATER);
    expect(sum(moves, '25')).toEqual({
      ...{ probes: 5, probesUp: 3, calls: 150, callsFailed: 51 },
      ...{ latencyTo300: 1, latencyTo1000: 1, latencyTo3000: 1, latencyOver: 1 },
    });
    expect(state).toMatchObject({
      procedure: 'LGSP',
      status: 0,
      endAt: at('2026-11-18 08:50'),
      nextAt: null,
    });
  });
});
