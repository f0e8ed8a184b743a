import { describe, expect, test } from 'vitest';
import { fold, life, show, sum } from './server/folding.ts';
import { at, iso } from './server/world.ts';

const LATER = at('2026-12-01');
const received = { received: 1, receivedOnline: 1, receivedFull: 1, takenOnline: 1 };

describe('one step alone', () => {
  test.each([
    [1, 'submitted: waits for reception', { waiting: 1 }],
    [2, 'accepted', { ...received, open: 1 }],
    [3, 'refused at reception', { refused: 1 }],
    [4, 'in process', { ...received, open: 1 }],
    [5, 'waiting for a supplement', { ...received, open: 1, supplemented: 1 }],
    [6, 'waiting for a fee', { ...received, open: 1 }],
    [7, 'withdrawn before acceptance: nothing was received', {}],
    [8, 'stopped before acceptance: nothing was received', {}],
    [9, 'done', { ...received, resolvedEarly: 1, resultDue: 1 }],
    [10, 'delivered', { ...received, resolvedEarly: 1, resultDue: 1 }],
  ])('status %i: %s', (status, _words, expected) => {
    const { moves } = fold(
      life(['2026-11-18 08:00', status, { procedure: 'P.days' }]),
      at('2026-11-18 09:00'),
    );
    expect([sum(moves, 'A'), sum(moves, '25')]).toEqual([expected, expected]);
  });
});

describe('the ending', () => {
  const due = iso(at('2026-11-20 15:00'));
  test.each([
    ['the day before is early', '2026-11-19 23:59', 'early'],
    ['the same day is on time', '2026-11-20 00:00', 'onTime'],
    ['the due minute is on time', '2026-11-20 15:00', 'onTime'],
    ['the minute after is late', '2026-11-20 15:01', 'late'],
  ])('%s', (_words, local, outcome) => {
    const { state, moves } = fold(life(['2026-11-18 08:00', 2, { due }], [local, 9]), LATER);
    const measure = { early: 'resolvedEarly', onTime: 'resolvedOnTime', late: 'resolvedLate' }[outcome] ?? '';
    expect(state).toMatchObject({ outcome, endAt: at(local), nextAt: null });
    expect(sum(moves, 'A')).toEqual({ ...received, resultDue: 1, [measure]: 1 });
  });

  test('without a due time and a norm it is on time', () => {
    const { state } = fold(
      life(
        ['2026-11-18 08:00', 2, { procedure: 'P.none' }],
        ['2026-11-25 08:00', 9, { procedure: 'P.none' }],
      ),
      LATER,
    );
    expect(state).toMatchObject({ outcome: 'onTime', dueAt: null, dueSoonAt: null });
  });

  test.each([
    ['done, then delivered late: the done step counts', [9, 10], 0, 9],
    ['delivered, then told done: the done step counts', [10, 9], 1, 9],
    ['done, told again later: the later telling counts', [9, 9], 1, 9],
    ['withdrawn, then delivered: delivery counts', [7, 10], 1, 10],
    ['stopped, then withdrawn: withdrawal counts', [8, 7], 1, 7],
    ['delivered, told again later: the later telling counts', [10, 10], 1, 10],
  ])('%s', (_words, [first = 0, second = 0], counted, status) => {
    const times = ['2026-11-18 10:00', '2026-11-25 10:00'] as const;
    const { state, moves } = fold(
      life(['2026-11-18 08:00', 2], [times[0], first], [times[1], second]),
      LATER,
    );
    expect(show(state.endAt)).toBe(`${times[counted as 0 | 1]}:00`);
    const mine = sum(moves, 'A');
    expect([mine.withdrawn ?? 0, mine.stopped ?? 0, mine.resultDue ?? 0]).toEqual([
      Number(status === 7),
      Number(status === 8),
      Number(status >= 9),
    ]);
    expect((mine.resolvedEarly ?? 0) + (mine.resolvedOnTime ?? 0) + (mine.resolvedLate ?? 0)).toBe(1);
  });

  test('withdrawn after acceptance is resolved; before acceptance it was never received', () => {
    const late = fold(life(['2026-11-18 08:00', 2], ['2026-11-18 09:00', 7]), LATER);
    const early = fold(life(['2026-11-18 08:00', 1], ['2026-11-18 09:00', 7]), LATER);
    expect([sum(late.moves, 'A'), sum(early.moves, 'A')]).toEqual([
      { ...received, resolvedOnTime: 1, withdrawn: 1 },
      {},
    ]);
    expect([late.state.acceptedAt !== null, early.state.acceptedAt]).toEqual([true, null]);
  });

  test('refused or stopped after acceptance ends it: late past its due time, else on time, never early', () => {
    for (const status of [3, 8]) {
      const soon = fold(life(['2026-11-18 08:00', 2, { due }], ['2026-11-18 09:00', status]), LATER);
      const late = fold(life(['2026-11-18 08:00', 2, { due }], ['2026-11-23 09:00', status]), LATER);
      expect(sum(soon.moves, 'A')).toEqual({ ...received, resolvedOnTime: 1, stopped: 1 });
      expect(sum(late.moves, 'A')).toMatchObject({ resolvedLate: 1, stopped: 1 });
      expect(soon.state).toMatchObject({ outcome: 'onTime', endAt: at('2026-11-18 09:00'), nextAt: null });
    }
  });

  test('refused, then accepted after all, is not a refusal', () => {
    const { moves } = fold(life(['2026-11-18 08:00', 3], ['2026-11-18 09:00', 2]), at('2026-11-18 09:30'));
    expect(sum(moves, 'A')).toEqual({ ...received, open: 1, dueSoon: 1 });
  });

  test('a result paper is due only where the procedure ends in one', () => {
    const flags = { eResult: true, digitised: true };
    const paper = fold(life(['2026-11-18 08:00', 2], ['2026-11-18 09:00', 9, flags]), LATER);
    const none = fold(
      life(['2026-11-18 08:00', 2], ['2026-11-18 09:00', 9, { ...flags, procedure: 'P.calendar' }]),
      LATER,
    );
    expect(sum(paper.moves, 'A')).toMatchObject({ resultDue: 1, resultElectronic: 1, digitised: 1 });
    expect(sum(none.moves, 'A').resultDue).toBeUndefined();
  });
});

describe('the due time', () => {
  test.each([
    ['working hours', 'P.hours', '2026-11-19 08:00:00'],
    ['working days', 'P.days', '2026-11-25 08:00:00'],
    ['calendar days, to the close of a working day', 'P.calendar', '2026-11-30 17:00:00'],
  ])('comes from the norm in %s', (_words, procedure, due) => {
    const { state } = fold(life(['2026-11-18 08:00', 2, { procedure }]), at('2026-11-18 08:00'));
    expect(show(state.dueAt)).toBe(due);
  });

  test('stated when submitted holds before the norm', () => {
    const due = iso(at('2026-11-30 09:00'));
    const { state } = fold(life(['2026-11-17 08:00', 1, { due }], ['2026-11-18 08:00', 2]), LATER);
    expect(show(state.dueAt)).toBe('2026-11-30 09:00:00');
  });

  test.each([
    ['a supplement', 5],
    ['a fee', 6],
    ['a stop that is taken up again', 8],
  ])('moves by the working time that waiting for %s took', (_words, status) => {
    const { state, moves } = fold(
      life(['2026-11-16 08:00', 2], ['2026-11-16 10:00', status], ['2026-11-17 10:00', 4]),
      at('2026-11-17 10:00'),
    );
    expect(show(state.dueAt)).toBe('2026-11-18 08:00:00');
    expect(sum(moves, 'A').stopped).toBeUndefined();
  });

  test('of a resume that states a new one is the new one; repeating the old one changes nothing', () => {
    const resume = (due: string) =>
      fold(
        life(
          ['2026-11-16 08:00', 2, { due: iso(at('2026-11-16 17:00')) }],
          ['2026-11-16 10:00', 5],
          ['2026-11-17 10:00', 4, { due: iso(at(due)) }],
        ),
        at('2026-11-17 10:00'),
      ).state.dueAt;
    expect([show(resume('2026-11-20 11:00')), show(resume('2026-11-16 17:00'))]).toEqual([
      '2026-11-20 11:00:00',
      '2026-11-17 17:00:00',
    ]);
  });

  test('stays moved while the feed repeats the one it first stated, through further work and waiting', () => {
    const due = iso(at('2026-11-16 17:00'));
    const told: Parameters<typeof life> = [
      ['2026-11-16 08:00', 2, { due }],
      ['2026-11-16 10:00', 5, { due }],
      ['2026-11-17 10:00', 4, { due }],
      ['2026-11-17 11:00', 4, { due }],
    ];
    const dueOf = (...more: Parameters<typeof life>) => {
      const { state } = fold(life(...told, ...more), LATER);
      return [show(state.dueAt), state.outcome];
    };
    const again: Parameters<typeof life> = [
      ['2026-11-17 14:00', 6, { due }],
      ['2026-11-18 14:00', 4, { due }],
    ];
    expect(dueOf()).toEqual(['2026-11-17 17:00:00', null]);
    expect(dueOf(...again)).toEqual(['2026-11-18 17:00:00', null]);
    expect(dueOf(...again, ['2026-11-18 16:00', 9, { due }])).toEqual(['2026-11-18 17:00:00', 'onTime']);
    expect(dueOf(['2026-11-17 14:00', 5, { due }], ['2026-11-18 10:00', 9, { due }])).toEqual([
      '2026-11-18 14:30:00',
      'onTime',
    ]);
  });

  test('rests while waiting: nothing is overdue, and nothing is to come', () => {
    const { state, moves } = fold(life(['2026-11-16 08:00', 2], ['2026-11-16 10:00', 5]), LATER);
    expect([state.paused, state.nextAt, sum(moves, 'A')]).toEqual([
      true,
      null,
      { ...received, open: 1, supplemented: 1 },
    ]);
  });
});

describe('the clock alone', () => {
  const events = life(['2026-11-09 08:00', 2, { procedure: 'P.days' }]);
  test('brings due soon 24 working hours before, then overdue after the due time, then nothing more', () => {
    const instants: (string | null)[] = [];
    const levels: unknown[] = [];
    for (let now: number | null = at('2026-11-09 08:00'); now !== null; ) {
      const { state, moves } = fold(events, now);
      const { open = 0, dueSoon = 0, overdue = 0 } = sum(moves, 'A');
      instants.push(show(now));
      levels.push({ open, dueSoon, overdue });
      now = state.nextAt;
    }
    expect(instants).toEqual(['2026-11-09 08:00:00', '2026-11-11 08:00:00', '2026-11-16 08:00:00']);
    expect(levels).toEqual([
      { open: 1, dueSoon: 0, overdue: 0 },
      { open: 1, dueSoon: 1, overdue: 0 },
      { open: 1, dueSoon: 0, overdue: 1 },
    ]);
  });

  test('makes a dossier overdue one millisecond after the due time, not at it', () => {
    const due = at('2026-11-16 08:00');
    const overdue = (now: number) => sum(fold(events, now).moves, 'A').overdue ?? 0;
    expect([overdue(due), overdue(due + 1)]).toEqual([0, 1]);
  });
});

describe('more than one request for a supplement (Decision 766)', () => {
  const asked: Parameters<typeof life> = [
    ['2026-11-16 08:00', 2, { procedure: 'P.days' }],
    ['2026-11-16 09:00', 5, { procedure: 'P.days' }],
    ['2026-11-16 10:00', 4, { procedure: 'P.days' }],
    ['2026-11-16 11:00', 5, { procedure: 'P.days' }],
  ];
  test('is counted at the second, and shown among the open ones', () => {
    const { moves } = fold(life(...asked), at('2026-11-16 12:00'));
    expect(sum(moves, 'A')).toEqual({
      ...received,
      open: 1,
      supplemented: 1,
      supplementedAgain: 1,
      openRepeat: 1,
    });
  });

  test('counts against a dossier that ends in time, and not twice against a late one', () => {
    const inTime = fold(life(...asked, ['2026-11-16 14:00', 4], ['2026-11-16 15:00', 9]), LATER);
    const late = fold(life(...asked, ['2026-11-16 14:00', 4], ['2026-11-30 15:00', 9]), LATER);
    expect([sum(inTime.moves, 'A').resolvedRepeat, sum(late.moves, 'A').resolvedRepeat]).toEqual([
      1,
      undefined,
    ]);
  });

  test('a request told twice in a row is one request', () => {
    const { moves } = fold(
      life(['2026-11-16 08:00', 2], ['2026-11-16 09:00', 5], ['2026-11-16 10:00', 5]),
      LATER,
    );
    expect(sum(moves, 'A').supplementedAgain).toBeUndefined();
  });
});
