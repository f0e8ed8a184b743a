import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readGazetteer, selectProvince } from '../seed/gazetteer/gazetteer.ts';
import { addDays } from '../shared/period.ts';
import { BEGINNING, livesOn, type UnitFacts, UnitTree } from '../shared/unit.ts';
import { LineageRecord, UnitRecord } from '../shared/unit-record.ts';
import { factsOf, REFORM, SMALL, TODAY } from './server/world.ts';

const small = new UnitTree(factsOf(SMALL));
const official = new UnitTree(factsOf(selectProvince(readGazetteer(), '25')));
const EVE = addDays(REFORM, -1);
const runs = { seed: 25, numRuns: 200 };

const id = (reference: string, tree = small) => tree.findByReference(reference, TODAY)?.id ?? 0;
const ref = (unit: number, tree = small) => tree.referenceOf(tree.get(unit), TODAY);
const refs = (units: readonly { id: number }[], tree = small) => units.map((unit) => ref(unit.id, tree));

const anyUnit = fc.constantFrom(...official.units.values());
const anyDay = fc.oneof(
  fc.constantFrom(BEGINNING, '2024-11-15', EVE, REFORM, '2026-11-22'),
  fc.integer({ min: -700, max: 700 }).map((days) => addDays(REFORM, days)),
);

describe('a code', () => {
  test('means one unit on a day, and the newest without one', () => {
    const meant = ['25', '25@2025-06-30', '25@2025-07-01', 'B', 'B@2025-06-30'].map((reference) => {
      const unit = small.findByReference(reference, TODAY);
      return unit && [unit.code, unit.from, unit.to];
    });
    expect(meant).toEqual([
      ['25', REFORM, null],
      ['25', BEGINNING, REFORM],
      ['25', REFORM, null],
      ['B', BEGINNING, REFORM],
      ['B', BEGINNING, REFORM],
    ]);
    expect(
      ['B@2025-07-01', 'X', '', '@', '@2025-07-01', 'B@', 'B@yesterday'].map((text) =>
        small.findByReference(text, TODAY),
      ),
    ).toEqual(Array.from({ length: 7 }));
  });

  test('or an alias names the same unit', () => {
    const facts = factsOf(SMALL);
    const tree = new UnitTree({ ...facts, aliases: [{ alias: 'H44.01', unit: id('25.SNV') }] });
    expect([
      tree.findAsOf('H44.01', TODAY)?.code,
      tree.aliasesOf(id('25.SNV')),
      tree.findOn('H44.01', EVE),
    ]).toEqual(['25.SNV', ['H44.01'], undefined]);
  });

  test('as an address leads back to the unit it was made for, for every official unit', () => {
    for (const unit of official.units.values())
      expect(official.findByReference(official.referenceOf(unit, TODAY), TODAY)).toBe(unit);
  });
});

describe('the tree of a day', () => {
  test('is that of the day: no parent outlives or precedes itself', () => {
    expect([
      small.pathOn(id('A@2025-06-30'), EVE).map((unit) => ref(unit)),
      small.pathOn(id('A'), REFORM).map((unit) => ref(unit)),
    ]).toEqual([
      ['A@2025-06-30', '26M', '26'],
      ['A', '25'],
    ]);
    expect([
      refs(small.childrenOn(id('26'), EVE)),
      refs(small.childrenOn(id('26'), REFORM)),
      refs(small.childrenOn(id('25'), EVE)),
    ]).toEqual([['26.SNV', '26.SXD', '26M', '26N'], [], []]);
  });

  test('has every living unit once, below its own parent', () => {
    fc.assert(
      fc.property(anyDay, (day) => {
        const living = [...official.units.values()].filter((unit) => livesOn(unit, day));
        const tops = living.filter((unit) => official.parentOn(unit.id, day) === undefined);
        const found = tops.flatMap((top) => official.subtreeOn(top.id, day));
        expect(found.length).toBe(living.length);
        expect(new Set(found)).toEqual(new Set(living));
      }),
      { ...runs, numRuns: 20 },
    );
  });

  test('gives the same path for the same answer, so paths may be compared by identity', () => {
    fc.assert(
      fc.property(anyUnit, (unit) => {
        const day = unit.to === null ? REFORM : EVE;
        expect(official.pathOn(unit.id, day)).toBe(official.pathOn(unit.id, day));
        expect(official.pathOn(unit.id, day)[0]).toBe(unit.id);
      }),
      runs,
    );
  });

  test('changes for a living unit on the day of the fact, and the path with it', () => {
    const at = (code: string, index: number) => ({
      ...{
        id: index + 1,
        code,
        name: { vi: code, en: code },
        level: 'office' as const,
        lat: null,
        lon: null,
      },
      ...{ from: '2020-01-01', to: code === 'Y' ? '2027-01-01' : null },
    });
    const facts: UnitFacts = {
      units: ['P', 'X', 'Y', 'U'].map(at),
      parents: [
        { unit: 4, parent: 3, from: '2026-06-01' },
        { unit: 1, parent: null, from: '2020-01-01' },
        { unit: 2, parent: 1, from: '2020-01-01' },
        { unit: 3, parent: 1, from: '2020-01-01' },
        { unit: 4, parent: 2, from: '2020-01-01' },
        { unit: 2, parent: 3, from: '2026-03-01' },
      ],
      ...{ successions: [], aliases: [] },
    };
    const tree = new UnitTree(facts);
    expect(
      ['2026-02-28', '2026-03-01', '2026-05-31', '2026-06-01'].map((day) => tree.pathOn(4, day)),
    ).toEqual([
      [4, 2, 1],
      [4, 2, 3, 1],
      [4, 2, 3, 1],
      [4, 3, 1],
    ]);
    expect([tree.pathChangesAfter(4, '2026-01-01'), tree.pathChangesAfter(4, '2026-06-01')]).toEqual([
      ['2026-03-01', '2026-06-01'],
      [],
    ]);
    expect([
      refs(tree.childrenOn(2, '2026-05-31'), tree),
      refs(tree.childrenOn(2, '2026-06-01'), tree),
    ]).toEqual([['U'], []]);
  });
});

describe('who answers for a unit', () => {
  const year = { from: '2025-01-01', to: '2026-01-01' };
  const show = (reference: string, view: 'then' | 'now', range = year) =>
    small
      .answer(id(reference), range, { view, on: TODAY })
      .map(({ unit, weight, from, to }) => [ref(unit), weight, from, to]);

  test('is the unit while it lives, and before that its predecessors by their shares', () => {
    expect(show('A', 'now')).toEqual([
      ['A', 1, REFORM, '2026-01-01'],
      ['A@2025-06-30', 1, '2025-01-01', REFORM],
      ['B', 1, '2025-01-01', REFORM],
      ['C', 0.25, '2025-01-01', REFORM],
    ]);
    expect(show('A', 'then').map(([, weight]) => weight)).toEqual([1, 1, 1, 1]);
  });

  test('is nobody after its end, and nobody for an empty range', () => {
    expect([
      show('B', 'now', { from: REFORM, to: '2026-01-01' }),
      show('A', 'now', { from: REFORM, to: REFORM }),
    ]).toEqual([[], []]);
    expect(show('B', 'now')).toEqual([['B', 1, '2025-01-01', REFORM]]);
  });

  test('together is everybody: on today’s map each old commune is counted once in all', () => {
    const before = { from: '2025-05-01', to: '2025-06-01' };
    const weights = new Map<number, number>();
    const leaves = official.subtreeOn(id('25', official), REFORM).filter(({ level }) => level === 'commune');
    for (const { id: leaf } of leaves) {
      for (const { unit, weight } of official.answer(leaf, before, { view: 'now', on: TODAY }))
        weights.set(unit, (weights.get(unit) ?? 0) + weight);
    }
    const old = [...official.units.values()].filter(({ level, to }) => level === 'commune' && to === REFORM);
    expect([leaves.length, old.length, weights.size]).toEqual([148, 207 + 151 + 121, 207 + 151 + 121]);
    expect([...weights.values()].every((weight) => Math.abs(weight - 1) < 1e-9)).toBe(true);
  });
});

describe('a scope', () => {
  test('over a unit covers its subtree, and the subtrees of all it came from, and nothing else', () => {
    const scope = small.ancestry(id('A'));
    const covered = (reference: string, day: string) => small.isWithin(scope, id(reference), day);
    expect([
      ...[covered('A', REFORM), covered('B', EVE), covered('C', EVE), covered('A@2025-06-30', EVE)],
      ...[covered('D', REFORM), covered('26M', EVE), covered('D@2025-06-30', EVE), covered('25', REFORM)],
    ]).toEqual([true, true, true, true, false, false, false, false]);
  });

  test('over the new province covers every unit of the three old ones', () => {
    const scope = official.ancestry(id('25', official));
    fc.assert(
      fc.property(anyUnit, (unit) => {
        expect(official.isWithin(scope, unit.id, unit.to === null ? REFORM : EVE)).toBe(true);
      }),
      runs,
    );
  });
});

test('what an office states of units is strict', () => {
  const good = {
    code: 'Z',
    name: { vi: 'Z', en: 'Z' },
    level: 'commune',
    from: REFORM,
    to: null,
    parent: '25',
  };
  const wrong = [
    { head: 'Nguyễn Văn A' },
    { from: '2025-02-30' },
    { level: 'ward' },
    { code: '' },
    { lat: 91 },
  ];
  expect(
    [good, ...wrong.map((more) => ({ ...good, ...more }))].map((unit) => UnitRecord.safeParse(unit).success),
  ).toEqual([true, false, false, false, false, false]);
  const shares = [1, 0.5, 0, -1, 1.1].map(
    (share) => LineageRecord.safeParse({ from: 'a', to: 'b', on: REFORM, share }).success,
  );
  expect(shares).toEqual([true, true, false, false, false]);
});
