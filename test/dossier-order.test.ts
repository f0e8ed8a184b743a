/** Which told steps count, and in what order: instants, legal transitions, tellings again, withdrawals. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { listStanding, orderSteps } from '../server/kinds/dossier/order.ts';
import { packFlags, packSteps, type Step, unpackSteps } from '../server/kinds/dossier/step.ts';
import type { DossierEvent } from '../shared/event.ts';
import { fold, life, show, sum } from './server/folding.ts';
import { anyLife, anyTelling, LIVES_TO } from './server/lives.ts';
import { at, iso } from './server/world.ts';

const LATER = at('2026-12-01');
const runs = { seed: 766, numRuns: 400 };

/** A step with nothing but its place in a life. */
const told = (status: number, minute: number, more: Partial<Step> = {}): Step => ({
  ...{ feed: 'f', id: `${status}-${minute}`, at: minute, status, receiver: 1, resolver: 1 },
  ...{ channel: 'direct', level: 'full', procedure: 'P', field: null, due: null, flags: 0, ...more },
});
const statuses = (steps: readonly Step[]) => steps.map(({ status }) => status);

describe('steps of one instant', () => {
  test.each([
    ['a supplement and its answer: the clock runs', [5, 4], [5, 4]],
    ['told the other way round: it rests', [4, 5], [4, 5]],
    ['taken up, then refused after all: ended', [4, 3], [4, 3]],
    ['worked on, supplemented and worked on', [4, 5, 4], [4, 5, 4]],
    ['newest first, as some systems list them', [10, 9, 4], [4, 9, 10]],
    ['one told again with the end between: still ended', [4, 9, 4], [4, 4, 9]],
    ['two supplement requests', [5, 4, 5, 4], [5, 4, 5, 4]],
    ['what no life may hold, in the order told', [3, 1], [3, 1]],
  ])('%s', (_words, given, expected) => {
    const day = given.map((status, index) => told(status, 9, { id: `s${index}` }));
    expect(statuses(orderSteps([told(2, 8), ...day]))).toEqual([2, ...expected]);
  });

  test('begin a life with its receipt, whenever that was told', () => {
    expect(statuses(orderSteps([9, 5, 4, 2, 1].map((status) => told(status, 8))))).toEqual([2, 5, 4, 9, 1]);
    expect(statuses(orderSteps([9, 4, 1, 2].map((status) => told(status, 8))))).toEqual([1, 2, 4, 9]);
  });

  test('count from the status reached before: further work at the instant of the end precedes it', () => {
    expect(statuses(orderSteps([told(2, 7), told(4, 8), told(9, 9), told(4, 9)]))).toEqual([2, 4, 4, 9]);
  });

  test('of a supplement and its answer leave the dossier running, and overdue when its time is over', () => {
    const due = iso(at('2026-11-20 17:00'));
    const days = life(['2026-11-18 00:00', 2, { due }], ['2026-11-19 00:00', 5], ['2026-11-19 00:00', 4]);
    expect(fold(days, LATER).state.paused).toBe(false);
    expect(sum(fold(days, LATER).moves, 'A')).toMatchObject({ open: 1, overdue: 1, supplemented: 1 });
    const refused = fold(
      life(['2026-11-18 00:00', 2], ['2026-11-19 00:00', 4], ['2026-11-19 00:00', 3]),
      LATER,
    );
    expect(show(refused.state.endAt)).toBe('2026-11-19 00:00:00');
  });
});

describe('a step told again', () => {
  test.each([
    ['the receipt', [2, 2], [2]],
    ['the receipt, after work began', [2, 4, 2, 4], [4, 2, 4]],
    ['a registration', [1, 1, 2], [1, 2]],
    ['a request for a supplement', [2, 5, 5, 4], [2, 5, 4]],
    ['two requests, with an answer between: both stand', [2, 5, 4, 5, 4], [2, 5, 4, 5, 4]],
    ['a receipt of a supplement is none of the dossier', [2, 5, 2, 4], [2, 5, 2, 4]],
    ['further work stands beside the first', [2, 4, 4, 9], [2, 4, 4, 9]],
    ['an end, hand-over between', [2, 9, 10, 9], [2, 10, 9]],
    ['an end, opened again between: both stand', [2, 9, 4, 9], [2, 9, 4, 9]],
    ['a withdrawal', [2, 7, 7], [2, 7]],
  ])('%s', (_words, given, expected) => {
    expect(statuses(listStanding(orderSteps(given.map((status, minute) => told(status, minute)))))).toEqual(
      expected,
    );
  });

  test('moves the receipt, and is counted once', () => {
    const { state, moves } = fold(
      life(['2026-11-16 08:00', 2], ['2026-11-17 08:00', 2, { receiver: 'D', channel: 'direct' }]),
      at('2026-11-17 09:00'),
    );
    expect([show(state.acceptedAt), show(state.dueAt)]).toEqual([
      '2026-11-17 08:00:00',
      '2026-11-18 08:00:00',
    ]);
    expect(sum(moves, 'D')).toEqual({ received: 1, receivedDirect: 1 });
    expect(sum(moves, '25')).toMatchObject({ received: 1, takenOffline: 1, open: 1 });
    expect(moves.filter(({ unit, measure }) => unit === '25' && measure === 'steps')).toHaveLength(1);
  });

  test.each([
    [9, 'resolvedLate'],
    [10, 'resolvedLate'],
    [7, 'resolvedLate'],
    [8, 'resolvedLate'],
    [3, 'resolvedLate'],
  ] as const)('makes end %i late, in whatever order the two are told', (status, measure) => {
    const events = life(
      ['2026-11-16 08:00', 2],
      ['2026-11-16 15:00', status],
      ['2026-11-20 15:00', status, { eResult: true }],
    );
    for (const order of [events, events.toReversed()]) {
      const { state, moves } = fold(order, LATER);
      expect([state.outcome, show(state.endAt)]).toEqual(['late', '2026-11-20 15:00:00']);
      expect(sum(moves, 'A')[measure]).toBe(1);
      expect(sum(moves, 'A').resultElectronic).toBe(status >= 9 ? 1 : undefined);
    }
  });
});

const withdraw = (event: DossierEvent, id: string): DossierEvent => ({ ...event, id, void: true });

describe('a withdrawn step', () => {
  const events = life(['2026-11-16 08:00', 2], ['2026-11-16 10:00', 9]);
  test('counts no more, whether it was withdrawn before or after it was told', () => {
    const [first, end] = events;
    if (!first || !end) throw new Error('two steps');
    const open = fold([first], LATER);
    for (const order of [
      [first, end, withdraw(end, 'v')],
      [withdraw(end, 'v'), end, first],
      [first, withdraw(end, 'v'), end, { ...end, id: 'again' }],
    ])
      expect(fold(order, LATER)).toEqual(open);
  });

  test('leaves the steps of another instant or status alone', () => {
    const [first, end] = events;
    if (!first || !end) throw new Error('two steps');
    const others = [
      withdraw({ ...end, at: iso(at('2026-11-16 10:01')) }, 'v1'),
      withdraw({ ...end, status: 10 }, 'v2'),
    ];
    expect(fold([...events, ...others], LATER)).toEqual(fold(events, LATER));
  });

  test('that was the only one leaves a dossier that counts nowhere', () => {
    const { state, moves } = fold(
      events.flatMap((event, index) => [event, withdraw(event, `v${index}`)]),
      LATER,
    );
    expect(moves).toEqual([]);
    expect(state).toMatchObject({ acceptedAt: null, endAt: null, dueAt: null, nextAt: null, outcome: null });
  });

  test('is kept as such', () => {
    const steps = [told(2, 8, { flags: packFlags({ void: true, fee: false }) }), told(2, 8)];
    expect(unpackSteps(packSteps(steps))).toEqual(steps);
  });
});

test('whatever is withdrawn or told again, the order of different instants does not matter', () => {
  const anyLog = anyLife('one', 6).chain((events) =>
    fc
      .subarray(events)
      .map((some) => [...events, ...some.map((event, index) => withdraw(event, `v${index}`))])
      .chain((all) =>
        fc.tuple(fc.constant(all), anyTelling(all), fc.shuffledSubarray(all.slice(events.length))),
      ),
  );
  fc.assert(
    fc.property(anyLog, ([events, shuffled]) => {
      const withoutVoids = events.filter((event) => !event.void);
      const withdrawn = new Set(
        events.flatMap((event) => (event.void ? [`${event.status} ${event.at}`] : [])),
      );
      const left = withoutVoids.filter((event) => !withdrawn.has(`${event.status} ${event.at}`));
      expect(fold(shuffled, LIVES_TO)).toEqual(fold(events, LIVES_TO));
      if (left.length > 0) expect(fold(events, LIVES_TO)).toEqual(fold(left, LIVES_TO));
      else expect(fold(events, LIVES_TO).moves).toEqual([]);
    }),
    runs,
  );
});
