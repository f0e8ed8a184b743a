/** When a dossier that waits, or that ends more than once, was due, and what holds where no calendar says so. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fold, life, show, sum } from './server/folding.ts';
import { at, iso } from './server/world.ts';

const LATER = at('2026-12-01');
const runs = { seed: 766, numRuns: 400 };

describe('an end while the dossier waits', () => {
  test.each([5, 6])('after %i is in time when it was when the waiting began', (status) => {
    const waits = life(['2026-11-16 08:00', 2], ['2026-11-16 10:00', status], ['2026-11-25 10:00', 9]);
    const { state, moves } = fold(waits, LATER);
    // Eight working hours from 08:00, two of them gone: six are left when the end comes, on the next morning at the latest.
    expect([state.outcome, show(state.dueAt)]).toEqual(['early', '2026-11-26 08:00:00']);
    expect(sum(moves, 'A')).toMatchObject({ resolvedEarly: 1 });
  });

  test('is late when it was late before', () => {
    const waits = life(['2026-11-16 08:00', 2], ['2026-11-18 10:00', 5], ['2026-11-25 10:00', 9]);
    expect(fold(waits, LATER).state.outcome).toBe('late');
  });

  test('is late past a due time that it states anew', () => {
    const due = iso(at('2026-11-24 17:00'));
    const waits = life(['2026-11-16 08:00', 2], ['2026-11-16 10:00', 5], ['2026-11-25 10:00', 9, { due }]);
    expect(fold(waits, LATER).state.outcome).toBe('late');
  });

  test('counts as if work had been taken up again at that instant', () => {
    // Instants within sessions: at night a resumed clock stands still, and the two could differ by the break alone.
    const anyInstant = fc
      .tuple(
        fc.integer({ min: 16, max: 20 }),
        fc.integer({ min: 8, max: 10 }),
        fc.integer({ min: 0, max: 59 }),
      )
      .map(
        ([day, hour, minute]) =>
          `2026-11-${day} ${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`,
      );
    fc.assert(
      fc.property(
        fc.uniqueArray(anyInstant, { minLength: 3, maxLength: 3 }).map((times) => times.sort()),
        fc.constantFrom(5, 6),
        fc.constantFrom('P.hours', 'P.days', 'P.calendar', 'P.none'),
        ([first = '', waits = '', ends = ''], status, procedure) => {
          const steps: Parameters<typeof life> = [
            [first, 2, { procedure }],
            [waits, status, { procedure }],
            [ends, 9, { procedure }],
          ];
          const resumed = fold(
            life(...steps.slice(0, 2), [ends, 4, { procedure }], ...steps.slice(2)),
            LATER,
          );
          expect(sum(fold(life(...steps), LATER).moves, 'A')).toEqual(sum(resumed.moves, 'A'));
        },
      ),
      runs,
    );
  });

  test('a hand-over told before the end lets the clock run on, of a dossier nobody received, too', () => {
    const days: Parameters<typeof life> = [
      ['2026-11-16 10:00', 10],
      ['2026-11-20 10:00', 9],
    ];
    for (const steps of [days, [['2026-11-16 08:00', 2] as Parameters<typeof life>[number], ...days]]) {
      const { state } = fold(life(...steps), LATER);
      expect([state.outcome, show(state.endAt)]).toEqual(['late', '2026-11-20 10:00:00']);
    }
  });
});

describe('an end after a stop or another end', () => {
  const due = iso(at('2026-11-20 17:00'));
  const begun: Parameters<typeof life> = [['2026-11-16 08:00', 2, { due }]];

  test.each([
    [8, 9],
    [8, 10],
    [8, 7],
    [10, 9],
    [3, 8],
    [7, 9],
  ])('%i, then %i past the due time is late, and overdue until then', (first, second) => {
    const { state, moves } = fold(
      life(...begun, ['2026-11-18 10:00', first], ['2026-11-23 10:00', second]),
      LATER,
    );
    expect([state.outcome, show(state.dueAt), show(state.endAt)]).toEqual([
      ...['late', '2026-11-20 17:00:00', '2026-11-23 10:00:00'],
    ]);
    expect(sum(moves, 'A', at('2026-11-21'))).toMatchObject({ open: 1, overdue: 1 });
    expect(sum(moves, 'A')).toMatchObject({ resolvedLate: 1 });
  });

  test('in time stays in time', () => {
    const told = life(...begun, ['2026-11-17 10:00', 8], ['2026-11-19 10:00', 9]);
    expect(fold(told, LATER).state.outcome).toBe('early');
  });

  test.each([5, 6])('of a dossier that waited since a %i: it waited until the first of them', (status) => {
    // Two working days of waiting move the due time to the evening of 24 November.
    const ended = (local: string, first: number) =>
      fold(life(...begun, ['2026-11-17 10:00', status], ['2026-11-19 10:00', first], [local, 9]), LATER)
        .state;
    for (const first of [8, 10]) {
      expect([
        ended('2026-11-24 17:00', first).outcome,
        show(ended('2026-11-24 17:01', first).dueAt),
      ]).toEqual(['onTime', '2026-11-24 17:00:00']);
      expect(ended('2026-11-24 17:01', first).outcome).toBe('late');
    }
  });

  test.each([
    [[8], 2],
    [[8], 4],
    [[9], 4],
    [[10, 9], 4],
  ])('%j, opened again by a %i: the due time moves by the working time since the end', (ends, status) => {
    const { state } = fold(
      life(
        ...begun,
        ...ends.map((end, turn): Parameters<typeof life>[number] => [`2026-11-18 0${8 + turn}:00`, end]),
        [`2026-11-20 0${7 + ends.length}:00`, status],
      ),
      at('2026-11-20 10:00'),
    );
    expect([state.paused, show(state.dueAt)]).toEqual([false, '2026-11-24 17:00:00']);
  });
});

describe('the calendar is asked only where its answer is needed', () => {
  const stated = (due: string, ...steps: [local: string, status: number][]) =>
    life(
      ...steps.map(([local, status]): Parameters<typeof life>[number] => [
        local,
        status,
        { due: iso(at(due)) },
      ]),
    );
  const DECEMBER: [string, number][] = [
    ['2026-12-01 08:00', 2],
    ['2026-12-02 08:00', 4],
    ['2026-12-03 08:00', 5],
  ];

  test('a pause that could move a stated due time into a year without one is taken, and so is its end', () => {
    const now = at('2026-12-24 09:00');
    const paused = fold(stated('2026-12-28 17:00', ...DECEMBER), now);
    expect([paused.state.paused, show(paused.state.dueAt)]).toEqual([true, '2026-12-28 17:00:00']);
    const resumed = fold(stated('2026-12-28 17:00', ...DECEMBER, ['2026-12-23 08:00', 4]), now);
    expect([resumed.state.paused, show(resumed.state.dueAt)]).toEqual([false, '2026-12-28 17:00:00']);
    const ended = fold(stated('2026-12-28 17:00', ...DECEMBER, ['2027-01-05 08:00', 9]), at('2027-01-06'));
    expect(ended.state.outcome).toBe('onTime');
  });

  test('before the first year it knows, too', () => {
    const days = stated(
      '2023-12-20 17:00',
      ['2023-12-01 08:00', 2],
      ['2023-12-04 08:00', 5],
      ['2023-12-06 08:00', 4],
      ['2023-12-20 09:00', 9],
    );
    expect(fold(days, LATER).state.outcome).toBe('onTime');
    expect(
      fold(stated('2024-01-31 17:00', ['2024-01-20 08:00', 2]), at('2024-01-30 08:00')).moves,
    ).toContainEqual({ unit: '26', at: at('2024-01-29 07:30'), measure: 'dueSoon', amount: 1 });
  });

  test.each([
    ['due in a year without one', '2027-03-01', ['2026-11-02', 2], ['2026-11-04', 5], ['2026-11-10', 4]],
    ['moved into one', '2026-12-28', ['2026-01-05', 2], ['2026-01-07', 5], ['2026-11-25', 4]],
    ['rested across one', '2024-02-01', ['2023-11-30', 2], ['2023-12-01', 5], ['2024-01-10', 4]],
    ['reopened there', '2023-12-20', ['2023-12-01', 2], ['2023-12-04', 8], ['2023-12-06', 4]],
  ] as const)('a due time stated once holds: %s', (_words, due, [received], [rests, status], [resumes]) => {
    const noon = (day: string) => `${day} 09:00`;
    const told = life(
      [noon(received), 2, { due: iso(at(noon(due))), procedure: 'P.days' }],
      [noon(rests), status, { procedure: 'P.days' }],
      [noon(resumes), 4, { procedure: 'P.days' }],
    );
    const { state } = fold(told, at(noon(resumes)));
    expect([state.paused, show(state.dueAt)]).toEqual([false, `${noon(due)}:00`]);
  });

  test('a due time that nobody states must be known, and known to move', () => {
    const rested = life(
      ['2026-12-01 08:00', 2, { procedure: 'P.days' }],
      ['2026-12-02 08:00', 5, { procedure: 'P.days' }],
      ['2026-12-31 16:00', 4, { procedure: 'P.days' }],
    );
    expect(() => fold(rested, at('2026-12-31 17:00'))).toThrow('2027');
    expect(() => fold(life(['2026-12-30 08:00', 2, { procedure: 'P.days' }]), LATER)).toThrow('2027');
  });
});
