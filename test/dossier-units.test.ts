import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { MeasureId } from '../shared/measure.ts';
import { type UnitFacts, UnitTree } from '../shared/unit.ts';
import { FACTS, fold, life, type Move, sum, TREE } from './server/folding.ts';
import { anyLife, anyTelling, LIVES_TO } from './server/lives.ts';
import { at, iso, REFORM, TODAY } from './server/world.ts';

const LATER = at('2026-12-01');
const received = { received: 1, receivedOnline: 1, receivedFull: 1, takenOnline: 1 };

describe('whose figure it is', () => {
  test('channel and fee count for the receiver, the rest for the resolver, and once for the province of both', () => {
    const facts = { receiver: 'A', resolver: '25.SNV', fee: true, paidOnline: true } as const;
    const { moves } = fold(life(['2026-11-18 08:00', 2, facts], ['2026-11-18 09:00', 9, facts]), LATER);
    const { takenOnline, ...door } = { ...received, feeDue: 1, feePaidOnline: 1 };
    const desk = { takenOnline, resolvedEarly: 1, resultDue: 1 };
    expect([sum(moves, 'A'), sum(moves, '25.SNV'), sum(moves, '25')]).toEqual([
      door,
      desk,
      { ...door, ...desk },
    ]);
  });

  test('a receiver told wrong and told again with the same time and status gives up the whole receipt', () => {
    const wrong = ['2026-11-18 08:00', 2, { receiver: 'D', fee: true }] as const;
    const { moves } = fold(life([...wrong], ['2026-11-18 08:00', 2], ['2026-11-18 08:05', 4]), LATER);
    const { takenOnline, ...door } = received;
    expect([sum(moves, 'D', at('2026-11-18 08:05')), sum(moves, 'A', at('2026-11-18 08:05'))]).toEqual([
      {},
      { ...door, takenOnline, feeDue: 1, open: 1, dueSoon: 1 },
    ]);
  });

  test('a forward takes the dossier out of one unit and into the other; the unit above notices nothing', () => {
    const { moves } = fold(
      life(['2026-11-18 08:00', 2], ['2026-11-18 09:00', 4, { resolver: 'D' }]),
      at('2026-11-18 09:00'),
    );
    const seen = at('2026-11-18 08:30');
    expect([sum(moves, 'A', seen).open, sum(moves, 'A'), sum(moves, 'D'), sum(moves, '25')]).toEqual([
      1,
      { ...received, passedOn: 1 },
      { takenOnline: 1, open: 1, dueSoon: 1 },
      { ...received, open: 1, dueSoon: 1 },
    ]);
  });
});

describe('an open dossier on 1 July 2025', () => {
  const openOn30June = (resolver: string, ...more: Parameters<typeof life>) =>
    life(['2025-06-30 08:00', 2, { receiver: 'A', resolver, due: iso(at('2025-09-01 17:00')) }], ...more);
  const eve = at(REFORM) - 1;
  const seatOf = (resolver: string, key: string) => {
    const { unit } = fold(openOn30June(resolver), at(REFORM), { key }).state;
    return TREE.get(unit).code;
  };

  test('passes to the successor at that instant: stocks leave one tree and enter the other', () => {
    const { state, moves } = fold(openOn30June('B'), at(REFORM));
    expect(fold(openOn30June('B'), eve).state.nextAt).toBe(at(REFORM));
    expect(TREE.get(state.unit)).toMatchObject({ code: 'A', from: REFORM });
    expect([
      sum(moves, 'B', eve),
      sum(moves, 'B'),
      sum(moves, '26', eve).open,
      sum(moves, '26').open,
    ]).toEqual([{ takenOnline: 1, open: 1 }, { takenOnline: 1 }, 1, undefined]);
    expect([sum(moves, 'A'), sum(moves, '25'), sum(moves, 'D')]).toEqual([
      { inherited: 1, open: 1 },
      { inherited: 1, open: 1 },
      {},
    ]);
  });

  test('of a divided commune goes to one successor, drawn from the key by the shares', () => {
    const keys = Array.from({ length: 2000 }, (_, index) => `k${index}`);
    const drawn = keys.map((key) => seatOf('C', key));
    expect(drawn.filter((code) => code === 'A').length / keys.length).toBeCloseTo(0.25, 1);
    expect(new Set(drawn)).toEqual(new Set(['A', 'D']));
    expect(keys.map((key) => seatOf('C', key))).toEqual(drawn);
  });

  test('of a divided commune goes to the successor that a later step names', () => {
    for (const key of ['k0', 'k1', 'k2', 'k3', 'k4', 'k5', 'k6', 'k7']) {
      const { moves } = fold(openOn30June('C', ['2025-07-09 08:00', 4, { resolver: 'A' }]), LATER, { key });
      expect([sum(moves, 'A', at(REFORM)).inherited, sum(moves, 'D').inherited]).toEqual([1, undefined]);
    }
  });

  test('of a district without successor goes where its communes went', () => {
    expect([
      seatOf('26M', 'any'),
      new Set(['k0', 'k1', 'k2', 'k3'].map((key) => seatOf('26N', key))),
    ]).toEqual(['A', new Set(['A', 'D'])]);
  });

  test('of a department goes to its successor, or without one to the province', () => {
    expect([seatOf('26.SNV', 'any'), seatOf('26.SXD', 'any')]).toEqual(['25.SNV', '25']);
  });

  test('that a late step names the successor of is passed there from the first instant', () => {
    const { moves } = fold(openOn30June('C', ['2025-07-09 08:00', 9, { resolver: 'D' }]), LATER);
    expect([sum(moves, 'D', at(REFORM)), sum(moves, 'A')]).toEqual([{ inherited: 1, open: 1 }, {}]);
  });
});

test('a living unit that comes under another one takes its open dossiers along', () => {
  const day = '2026-06-01';
  const facts: UnitFacts = {
    units: ['P', 'X', 'Y', 'U'].map((code, index) => ({
      ...{
        id: index + 1,
        code,
        name: { vi: code, en: code },
        from: '2020-01-01',
        to: null,
        lat: null,
        lon: null,
      },
      level: code === 'P' ? ('province' as const) : ('office' as const),
    })),
    parents: [
      { unit: 1, parent: null, from: '2020-01-01' },
      { unit: 2, parent: 1, from: '2020-01-01' },
      { unit: 3, parent: 1, from: '2020-01-01' },
      { unit: 4, parent: 2, from: '2020-01-01' },
      { unit: 4, parent: 3, from: day },
    ],
    successions: [],
    aliases: [],
  };
  const tree = new UnitTree(facts);
  const events = life(['2026-05-29 08:00', 2, { receiver: 'U', resolver: 'U', due: iso(at('2026-09-01')) }]);
  const eve = fold(events, at(day) - 1, { tree });
  const { moves } = fold(events, at(day), { tree });
  expect(eve.state.nextAt).toBe(at(day));
  expect(['U', 'X', 'Y', 'P'].map((unit) => [sum(eve.moves, unit).open, sum(moves, unit).open])).toEqual([
    [1, 1],
    [1, undefined],
    [undefined, 1],
    [1, 1],
  ]);
  const flows = (unit: string) => [sum(moves, unit).takenOnline, sum(moves, unit).passedOn];
  expect(['X', 'Y', 'P'].map(flows)).toEqual([
    [1, 1],
    [1, undefined],
    [1, undefined],
  ]);
});

function expectBalance(moves: readonly Move[], unit: string): void {
  const { to } = TREE.findByReference(unit, TODAY) ?? { to: null };
  const end = to === null ? Number.POSITIVE_INFINITY : at(to) - 1;
  for (const instant of new Set(moves.map((move) => move.at))) {
    const mine = sum(moves, unit, Math.min(instant, end));
    const get = (id: MeasureId) => mine[id] ?? 0;
    const into = get('takenOnline') + get('takenOffline') + get('inherited');
    const out = get('passedOn') + get('resolvedEarly') + get('resolvedOnTime') + get('resolvedLate');
    expect({ unit, into }).toEqual({ unit, into: out + get('open') });
    expect(Object.entries(mine).filter(([, amount]) => amount < 0)).toEqual([]);
    const levels = [get('open'), get('overdue'), get('dueSoon'), get('openRepeat')];
    expect(levels.every((level) => level === 0 || level === 1)).toBe(true);
    expect(get('overdue') + get('dueSoon')).toBeLessThanOrEqual(get('open'));
  }
  if (to !== null) expect(sum(moves, unit).open).toBeUndefined();
}

describe('whatever is told, in whatever order', () => {
  const runs = { seed: 766, numRuns: 400 };
  const UNITS = FACTS.units.map((unit) => TREE.referenceOf(unit, TODAY));

  test('for every unit at every instant: taken + inherited = passed on + resolved + open, and nothing is negative', () => {
    fc.assert(
      fc.property(anyLife('one'), fc.string(), (events, key) => {
        const { moves } = fold(events, LIVES_TO, { key });
        for (const unit of UNITS) expectBalance(moves, unit);
      }),
      runs,
    );
  });

  test('nothing changes before nextAt: what a dossier adds at an instant is what it added when last folded', () => {
    const anyMinutes = fc.oneof(fc.integer({ min: -5, max: 0 }), fc.nat({ max: 30_000 }));
    fc.assert(
      fc.property(
        anyLife('one'),
        fc.nat(),
        anyMinutes,
        fc.nat({ max: 1000 }),
        (events, pick, minutes, part) => {
          const now = Date.parse(events[pick % events.length]?.at ?? '') + minutes * 60_000;
          const soFar = events.filter((event) => Date.parse(event.at) <= now + 5 * 60_000);
          const { state, moves } = fold(soFar, now);
          const limit = (state.nextAt ?? now + 90 * 86_400_000) - 1;
          const later = fold(soFar, Math.floor(now + (part / 1000) * (limit - now)));
          expect(later.moves).toEqual(moves);
          expect(later.state).toEqual(state);
        },
      ),
      runs,
    );
  });

  test('the order in which steps of different instants are told does not matter', () => {
    fc.assert(
      fc.property(
        anyLife('one').chain((events) => fc.tuple(fc.constant(events), anyTelling(events))),
        ([events, shuffled]) => {
          expect(fold(shuffled, LIVES_TO)).toEqual(fold(events, LIVES_TO));
        },
      ),
      runs,
    );
  });
});
