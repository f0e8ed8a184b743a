import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { readFigures } from '../server/figures/figures.ts';
import { getScopedUnit, isVisible, narrowTo, openReach } from '../server/people/scope.ts';
import { UnitTree } from '../shared/unit.ts';
import type { UnitRecord } from '../shared/unit-record.ts';
import { factsOf, REFORM, SMALL, TODAY } from './server/world.ts';

const late = (unit: Partial<UnitRecord> & { code: string }): UnitRecord => ({
  ...{ name: { vi: unit.code, en: unit.code }, level: 'commune', parent: '27', from: REFORM, to: null },
  ...unit,
});
/** The small world with another province, one of whose old communes became a commune of this one. */
const facts = factsOf({
  units: [
    ...SMALL.units,
    late({ code: '27', level: 'province', parent: null }),
    late({ code: 'X' }),
    late({ code: 'E', parent: '27', to: '2026-03-01' }),
    late({ code: 'E', parent: '25', from: '2026-03-01' }),
  ],
  lineage: [...SMALL.lineage, { from: 'E', to: 'E', on: '2026-03-01', share: 1 }],
});
const records = [...SMALL.units];
facts.parents = facts.parents.map((fact) => {
  if (fact.unit <= records.length) return fact;
  const code = [null, '27', '27', '25'][fact.unit - records.length - 1];
  const above = facts.units.find((unit) => unit.code === code && unit.to === null);
  return { ...fact, parent: above?.id ?? null };
});
const tree = new UnitTree(facts);

const idOf = (reference: string) => tree.findByReference(reference, TODAY)?.id ?? 0;
const reachOf = (...references: string[]) => openReach(tree, references.map(idOf), TODAY);
const codesOf = (units: readonly number[]) => units.map((unit) => tree.get(unit).code);
const answerOf = (reach: ReturnType<typeof reachOf>, reference: string) => {
  try {
    return tree.get(getScopedUnit(reach, reference)).code;
  } catch (error) {
    return (error as { code: string }).code;
  }
};

test('several grants open all their scopes, the widest unit first and none that lies below another', () => {
  expect(codesOf(reachOf('D', 'A').roots)).toEqual(['A', 'D']);
  expect(codesOf(reachOf('X', '25', 'A').roots)).toEqual(['25', 'X']);
  expect(codesOf(reachOf('A@2025-06-30', 'A', 'B@2025-06-30').roots)).toEqual(['A']);
  const both = reachOf('A', 'X');
  expect(['A', 'X', 'D', '25', '27', '25.SNV'].map((unit) => answerOf(both, unit))).toEqual([
    ...['A', 'X', 'notFound', 'forbidden', 'forbidden', 'notFound'],
  ]);
});

test('who has no grant sees nothing', () => {
  expect(() => reachOf()).toThrow(expect.objectContaining({ code: 'forbidden' }));
});

test('a scope follows succession, from its day on and back into the past', () => {
  const heir = reachOf('C@2025-06-30');
  expect(['A', 'D', 'C@2025-06-30', 'B@2025-06-30', '25', '26'].map((unit) => answerOf(heir, unit))).toEqual([
    ...['A', 'D', 'C', 'B', 'forbidden', 'forbidden'],
  ]);
  expect(
    ['B@2025-06-30', 'C@2025-06-30', '26@2025-06-30'].map((unit) => answerOf(reachOf('A'), unit)),
  ).toEqual([...['B', 'C', 'notFound']]);
});

test('what a unit in the scope took over may be seen, wherever it stood; nothing else of that place', () => {
  expect(answerOf(reachOf('25'), 'E@2026-02-28')).toBe('E');
  expect(answerOf(reachOf('25'), 'X')).toBe('notFound');
  expect(answerOf(reachOf('A'), 'E@2026-02-28')).toBe('notFound');
  expect([answerOf(reachOf('27'), 'E@2026-02-28'), answerOf(reachOf('27'), 'E')]).toEqual(['E', 'notFound']);
});

test('what all see who watch a unit is the unit with its past, not what they see beside it', () => {
  const wide = reachOf('25');
  const narrow = narrowTo(wide, getScopedUnit(wide, 'A'));
  expect(['A', 'B@2025-06-30', 'D', '25'].map((unit) => isVisible(narrow, idOf(unit)))).toEqual([
    ...[true, true, false, false],
  ]);
});

describe('no scope, no compile', () => {
  test('figures are not read of a plain number', () => {
    type Unit = Parameters<typeof readFigures>[1];
    // @ts-expect-error a number says nothing of who may see it
    const unit: Unit = 25;
    expect(unit).toBe(25);
  });

  test('a scoped unit is made in one place', () => {
    const root = join(import.meta.dirname, '../server');
    const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((name) =>
      name.endsWith('.ts'),
    );
    const makers = files.filter((name) =>
      /as ScopedUnit|<ScopedUnit>|is ScopedUnit/.test(readFileSync(join(root, name), 'utf8')),
    );
    expect(makers).toEqual([join('people', 'scope.ts')]);
  });
});
