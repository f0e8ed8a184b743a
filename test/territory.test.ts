/** The territory of units that are no more, on the map of a later day. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addDays } from '../shared/period.ts';
import { territoryOn } from '../shared/territory.ts';
import { BEGINNING, type Succession, type Unit, type UnitLevel, UnitTree } from '../shared/unit.ts';
import { factsOf, REFORM, SMALL, TODAY } from './server/world.ts';

const runs = { seed: 26, numRuns: 300 };
const small = new UnitTree(factsOf(SMALL));
const idOf = (code: string, day: string) => small.findOn(code, day)?.id ?? 0;
const eve = addDays(REFORM, -1);
const read = (tree: UnitTree, id: number, day = TODAY) =>
  territoryOn(tree, id, day).map(({ unit, weight }) => [tree.get(unit).code, weight]);

describe('the territory', () => {
  test('of an old province is the communes that took over its own, by the part that came from them', () => {
    // A took over A, B and a quarter of C, all of 26; D three quarters of C and D, which was of 25.
    expect(read(small, idOf('26', eve))).toEqual([
      ['A', 1],
      ['D', 0.75 / 1.75],
    ]);
    expect(read(small, idOf('25', eve))).toEqual([['D', 1 / 1.75]]);
  });

  test('of an old district is that of its communes', () => {
    expect(read(small, idOf('26M', eve))).toEqual([['A', 2 / 2.25]]);
    expect(read(small, idOf('26N', eve))).toEqual([
      ['A', 0.25 / 2.25],
      ['D', 0.75 / 1.75],
    ]);
  });

  test('is nobody’s while the unit lives, and none of a commune or a department', () => {
    expect([read(small, idOf('26', eve), eve), read(small, idOf('25', TODAY))]).toEqual([[], []]);
    expect([read(small, idOf('B', eve)), read(small, idOf('26.SNV', eve))]).toEqual([[], []]);
  });
});

const NEXT = '2026-03-01';
type World = { old: number; shares: number[][]; later: number[] };

/** Old communes of three provinces, new communes that took them over by shares, and later ones that took those over. */
const worlds = fc
  .record({ old: fc.integer({ min: 3, max: 9 }), fresh: fc.integer({ min: 1, max: 5 }) })
  .chain(({ old, fresh }) =>
    fc.record<World>({
      old: fc.constant(old),
      shares: fc.array(fc.array(fc.integer({ min: 0, max: 3 }), { minLength: fresh, maxLength: fresh }), {
        minLength: old,
        maxLength: old,
      }),
      later: fc.array(fc.integer({ min: 0, max: 2 }), { minLength: fresh, maxLength: fresh }),
    }),
  );

function treeOf({ old, shares, later }: World): UnitTree {
  const units: Unit[] = [];
  const parents = new Map<number, number | null>();
  const successions: Succession[] = [];
  const place = (
    code: string,
    level: UnitLevel,
    days: { from: string; to: string | null },
    parent: number | null,
  ) => {
    const id = units.length + 1;
    units.push({ id, code, name: { vi: code, en: code }, level, ...days, lat: null, lon: null });
    parents.set(id, parent);
    return id;
  };
  const before = { from: BEGINNING, to: REFORM };
  const provinces = [0, 1, 2].map((index) => place(`P${index}`, 'province', before, null));
  const top = place('N', 'province', { from: REFORM, to: null }, null);
  const olds = Array.from({ length: old }, (_, i) =>
    place(`o${i}`, 'commune', before, provinces[i % 3] ?? 1),
  );
  const moves = later.map((heir) => heir > 0);
  const fresh = later.map((_, j) =>
    place(`f${j}`, 'commune', { from: REFORM, to: moves[j] ? NEXT : null }, top),
  );
  const heirs = [1, 2].map((heir) => place(`h${heir}`, 'commune', { from: NEXT, to: null }, top));
  for (const [i, row] of shares.entries()) {
    const sum = row.reduce((total, part) => total + part, 0);
    for (const [j, part] of row.entries())
      if (part > 0)
        successions.push({
          predecessor: olds[i] ?? 0,
          successor: fresh[j] ?? 0,
          on: REFORM,
          share: part / sum,
        });
  }
  for (const [j, heir] of later.entries())
    if (heir > 0)
      successions.push({ predecessor: fresh[j] ?? 0, successor: heirs[heir - 1] ?? 0, on: NEXT, share: 1 });
  const facts = [...parents].map(([unit, parent]) => ({ unit, parent, from: units[unit - 1]?.from ?? '' }));
  return new UnitTree({ units, parents: facts, successions, aliases: [] });
}

test('the territories of all old provinces make up today’s communes, each counted once', () => {
  fc.assert(
    fc.property(worlds, fc.constantFrom(REFORM, TODAY), (world, day) => {
      const tree = treeOf(world);
      const sums = new Map<number, number>();
      for (const code of ['P0', 'P1', 'P2'])
        for (const { unit, weight } of territoryOn(tree, tree.findOn(code, eve)?.id ?? 0, day)) {
          expect(weight).toBeGreaterThan(0);
          sums.set(unit, (sums.get(unit) ?? 0) + weight);
        }
      const reached = tree
        .childrenOn(tree.findOn('N', day)?.id ?? 0, day)
        .filter(({ id }) => hasOldPast(tree, id))
        .map(({ id }) => id);
      expect([...sums.keys()].sort()).toEqual(reached.sort());
      for (const sum of sums.values()) expect(sum).toBeCloseTo(1, 9);
    }),
    runs,
  );
});

const hasOldPast = (tree: UnitTree, id: number) =>
  [...tree.ancestry(id).keys()].some((other) => tree.get(other).code.startsWith('o'));

test('the districts of a province make up its territory', () => {
  const province = new Map(
    territoryOn(small, idOf('26', eve), TODAY).map(({ unit, weight }) => [unit, weight]),
  );
  const districts = ['26M', '26N'].flatMap((code) => territoryOn(small, idOf(code, eve), TODAY));
  for (const [unit, weight] of province) {
    const sum = districts
      .filter((part) => part.unit === unit)
      .reduce((total, part) => total + part.weight, 0);
    expect(sum).toBeCloseTo(weight, 9);
  }
});
