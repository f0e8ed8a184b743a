/** Units that follow one another: planned ones, shares that part and meet again, units taken in by living ones. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addDays } from '../shared/period.ts';
import { BEGINNING, livesOn, type Succession, type Unit, type UnitFacts, UnitTree } from '../shared/unit.ts';
import { findUnitFaults } from '../shared/unit-faults.ts';

const TODAY = '2026-11-22';
const PLANNED = '2027-01-01';
const runs = { seed: 25, numRuns: 300 };

const unitOf = (id: number, code: string, from: string, to: string | null): Unit => ({
  ...{ id, code, name: { vi: code, en: code }, level: 'commune', from, to, lat: null, lon: null },
});
const treeOf = (units: Unit[], successions: Succession[]): UnitTree =>
  new UnitTree({
    ...{ units, successions, aliases: [] },
    parents: units.map(({ id, from }) => ({ unit: id, parent: null, from })),
  });
const pass = (predecessor: number, successor: number, on: string, share = 1): Succession => ({
  ...{ predecessor, successor, on, share },
});

describe('a unit that is yet to begin', () => {
  const tree = treeOf(
    [unitOf(1, 'A', BEGINNING, PLANNED), unitOf(2, 'A', PLANNED, null), unitOf(3, 'N', PLANNED, null)],
    [pass(1, 2, PLANNED)],
  );
  const find = (reference: string, today: string) => tree.findByReference(reference, today)?.id;

  test('does not take the code over before its day, and is named with one', () => {
    const eve = addDays(PLANNED, -1);
    expect([
      find('A', eve),
      find('A', PLANNED),
      find(`A@${PLANNED}`, eve),
      find('N', eve),
      find('N', PLANNED),
    ]).toEqual([1, 2, 2, undefined, 3]);
    for (const today of [eve, PLANNED])
      for (const unit of tree.units.values())
        expect(tree.findByReference(tree.referenceOf(unit, today), today)).toBe(unit);
    expect([1, 2].map((id) => tree.referenceOf(tree.get(id), eve))).toEqual(['A', `A@${PLANNED}`]);
  });

  test('is covered by a scope over the unit it follows, from its day on', () => {
    const scope = tree.scopeOf(1);
    expect([tree.isWithin(scope, 2, addDays(PLANNED, -1)), tree.isWithin(scope, 2, PLANNED)]).toEqual([
      false,
      true,
    ]);
    expect([tree.isWithin(scope, 3, PLANNED), tree.isWithin(tree.scopeOf(2), 1, TODAY)]).toEqual([
      false,
      true,
    ]);
    expect([tree.currentOf(1, TODAY), tree.currentOf(1, PLANNED)]).toEqual([1, 2]);
  });
});

test('a scope follows a chain of successors, and not the past of what they merged with', () => {
  const tree = treeOf(
    [
      unitOf(1, 'X', BEGINNING, '2025-01-01'),
      unitOf(2, 'Y', '2025-01-01', '2026-01-01'),
      unitOf(3, 'V', BEGINNING, '2026-01-01'),
      unitOf(4, 'W', '2026-01-01', null),
    ],
    [pass(1, 2, '2025-01-01'), pass(2, 4, '2026-01-01'), pass(3, 4, '2026-01-01')],
  );
  expect([...tree.scopeOf(1)]).toEqual([
    [1, BEGINNING],
    [2, '2025-01-01'],
    [4, '2026-01-01'],
  ]);
  expect(tree.currentOf(1, TODAY)).toBe(4);
});

describe('who answers', () => {
  test('for a unit whose halves parted and met again: the one before stands once, whole', () => {
    const tree = treeOf(
      [
        unitOf(1, 'X', BEGINNING, '2025-01-01'),
        unitOf(2, 'Y', '2025-01-01', '2026-01-01'),
        unitOf(3, 'Z', '2025-01-01', '2026-01-01'),
        unitOf(4, 'W', '2026-01-01', null),
      ],
      [
        ...[pass(1, 2, '2025-01-01', 0.25), pass(1, 3, '2025-01-01', 0.75)],
        ...[pass(2, 4, '2026-01-01'), pass(3, 4, '2026-01-01')],
      ],
    );
    const whole = { from: '2024-01-01', to: '2026-12-01' };
    for (const view of ['now', 'then'] as const) {
      const parts = tree.answer(4, whole, { view, on: TODAY });
      expect(parts.map(({ unit, weight }) => [unit, weight]).sort()).toEqual([
        ...[1, 2, 3, 4].map((unit) => [unit, 1]),
      ]);
    }
  });

  const taken = treeOf(
    [unitOf(1, 'W', '2024-01-01', null), unitOf(2, 'P', BEGINNING, '2026-03-10')],
    [pass(2, 1, '2026-03-10')],
  );
  const year = { from: '2026-01-01', to: '2027-01-01' };
  test('for a unit that takes in another one while it lives: both, until that day', () => {
    expect(taken.answer(1, year, { view: 'now', on: TODAY })).toEqual([
      { unit: 1, weight: 1, ...year },
      { unit: 2, weight: 1, from: '2026-01-01', to: '2026-03-10' },
    ]);
  });

  test('for a unit on the map of a day before it took in the other: itself alone', () => {
    expect(taken.answer(1, year, { view: 'now', on: '2026-03-09' })).toEqual([
      { unit: 1, weight: 1, ...year },
    ]);
    expect([taken.foundersOf(1), taken.predecessorsOf(1).length]).toEqual([[], 1]);
  });
});

describe('a succession on a day', () => {
  const faults = (units: Unit[], successions: Succession[]) => {
    const facts: UnitFacts = { units, successions, parents: [], aliases: [] };
    return findUnitFaults(facts);
  };
  test('on which nothing ends, or nothing lives, is refused', () => {
    const old = unitOf(1, 'X', BEGINNING, '2026-01-01');
    expect(faults([old, unitOf(2, 'Y', '2026-01-01', null)], [pass(1, 2, '2026-01-01')])).toEqual([]);
    expect(
      faults([{ ...old, to: null }, unitOf(2, 'Y', '2026-01-01', null)], [pass(1, 2, '2026-01-01')]),
    ).toEqual(['X would pass to Y on 2026-01-01, but ends on no day']);
    expect(faults([old, unitOf(2, 'Y', '2026-02-01', null)], [pass(1, 2, '2026-01-01')])).toEqual([
      'Y from 2026-02-01 would take over from X on 2026-01-01, but does not live then',
    ]);
  });
});

/** What happens on a day: living units end, and their shares go to new units, living ones, or nowhere. */
type Heir = { isNew: boolean; pick: number; weight: number };
type Turn = { picks: number[]; days: number; heirs: Heir[] };
const anyTurn: fc.Arbitrary<Turn> = fc.record({
  picks: fc.array(fc.nat(), { minLength: 1, maxLength: 2 }),
  days: fc.integer({ min: 1, max: 200 }),
  heirs: fc.array(
    fc.record({ isNew: fc.boolean(), pick: fc.nat(), weight: fc.integer({ min: 1, max: 4 }) }),
    { maxLength: 3 },
  ),
});

/** The share of each heir of one turn; new ones are added to the units. */
function drawHeirs(units: Unit[], living: readonly Unit[], { day, heirs }: { day: string; heirs: Heir[] }) {
  const shares = new Map<number, number>();
  for (const { isNew, pick, weight } of heirs) {
    let heir = living[pick % Math.max(living.length, 1)];
    if (isNew || !heir) {
      heir = unitOf(units.length + 1, `U${units.length + 1}`, day, null);
      units.push(heir);
    }
    shares.set(heir.id, (shares.get(heir.id) ?? 0) + weight);
  }
  const total = [...shares.values()].reduce((sum, weight) => sum + weight, 0);
  return [...shares].map(([id, weight]) => ({ id, share: weight / total }));
}

/** A history of units from 2024 on, some of it planned for after today. */
function live(turns: readonly Turn[]): { tree: UnitTree; facts: UnitFacts } {
  const units = [1, 2, 3, 4].map((id) => unitOf(id, `U${id}`, BEGINNING, null));
  const successions: Succession[] = [];
  let day = '2024-01-01';
  for (const { picks, days, heirs } of turns) {
    day = addDays(day, days);
    const living = units.filter((unit) => livesOn(unit, day) && unit.from < day);
    const gone = picks.flatMap((pick) => living.splice(pick % Math.max(living.length, 1), 1));
    for (const unit of gone) unit.to = day;
    if (gone.length === 0) continue;
    for (const { id, share } of drawHeirs(units, living, { day, heirs }))
      for (const unit of gone) successions.push(pass(unit.id, id, day, share));
  }
  return { tree: treeOf(units, successions), facts: { units, successions, parents: [], aliases: [] } };
}

/** Who of those that live today answers for a day on today's map, and with which weight in all. */
function weigh(tree: UnitTree, day: string): Map<number, number> {
  const weights = new Map<number, number>();
  const range = { from: day, to: addDays(day, 1) };
  for (const { id } of [...tree.units.values()].filter((unit) => livesOn(unit, TODAY)))
    for (const { unit, weight } of tree.answer(id, range, { view: 'now', on: TODAY }))
      weights.set(unit, (weights.get(unit) ?? 0) + weight);
  return weights;
}

describe('whatever is divided, merged and taken in', () => {
  const anyTurns = fc.array(anyTurn, { maxLength: 12 });

  /** Which part of a unit's business is in living hands on a day: 1, less what ended without a successor. */
  const leftOf = (tree: UnitTree, id: number, day: string): number => {
    const { to } = tree.get(id);
    if (to === null || to > day) return 1;
    return tree
      .successorsOf(id)
      .reduce((sum, { successor, share }) => sum + share * leftOf(tree, successor, day), 0);
  };

  test('on today’s map every day of every unit counts once, but for what ended without a successor', () => {
    fc.assert(
      fc.property(anyTurns, fc.integer({ min: -1100, max: 0 }), (turns, back) => {
        const { tree, facts } = live(turns);
        expect(findUnitFaults(facts)).toEqual([]);
        const day = addDays(TODAY, back);
        const weights = weigh(tree, day);
        for (const unit of tree.units.values()) {
          const expected = livesOn(unit, day) ? leftOf(tree, unit.id, TODAY) : 0;
          expect([unit.id, weights.get(unit.id) ?? 0]).toEqual([unit.id, expect.closeTo(expected, 9)]);
        }
      }),
      runs,
    );
  });

  test('as it was then nobody answers twice, and each answers for days of its own life alone', () => {
    fc.assert(
      fc.property(anyTurns, (turns) => {
        const { tree } = live(turns);
        for (const { id } of tree.units.values()) {
          const parts = tree.answer(
            id,
            { from: '2023-01-01', to: '2028-01-01' },
            { view: 'then', on: TODAY },
          );
          expect(new Set(parts.map(({ unit }) => unit)).size).toBe(parts.length);
          for (const { unit, weight, from, to } of parts) {
            expect([weight, from < to, livesOn(tree.get(unit), from)]).toEqual([1, true, true]);
            expect(livesOn(tree.get(unit), addDays(to, -1))).toBe(true);
          }
        }
      }),
      runs,
    );
  });

  test('a scope over a unit covers what it has become', () => {
    fc.assert(
      fc.property(anyTurns, (turns) => {
        const { tree } = live(turns);
        for (const { id } of tree.units.values()) {
          const scope = tree.scopeOf(id);
          const now = tree.currentOf(id, TODAY);
          const day = tree.get(now).from > TODAY ? tree.get(now).from : TODAY;
          expect(tree.isWithin(scope, now, day)).toBe(true);
          expect(tree.isWithin(scope, id, tree.get(id).from)).toBe(true);
        }
      }),
      runs,
    );
  });
});
