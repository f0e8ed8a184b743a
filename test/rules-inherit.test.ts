/** What a rule allows below: as it likes, only stricter, or nothing; whatever came first. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { judgeSample } from '../server/rules/levels.ts';
import { findLooser, resolveRule, traceRule } from '../shared/effective.ts';
import type { Override, OverrideValues } from '../shared/rule.ts';
import { COMMUNE, override, PROVINCE, place, warningOf } from './rules-tree.ts';
import { ruleOf } from './rules-world.ts';

describe('a child', () => {
  const values: OverrideValues = { raise: { warning: 85, major: 88 }, minimum: 20 };
  const looserOf = (inherit: 'free' | 'tighten' | 'locked', said: OverrideValues, above: Override[] = []) =>
    findLooser(ruleOf({ inherit }), { values: said, place: place(above) }).map(({ field }) => field);

  test('may only tighten where the parent says so', () => {
    expect(looserOf('free', values)).toEqual([]);
    expect(looserOf('tighten', values)).toEqual(['raise.warning']);
    expect(looserOf('locked', values)).toEqual(['raise.major', 'raise.warning', 'minimum']);
    expect(looserOf('tighten', { isOff: true, minimum: 31 })).toEqual(['minimum', 'isOff']);
  });

  test('is measured by what holds above it that day, not by what it had before', () => {
    const province = override(PROVINCE, { raise: { warning: 95 } });
    const own = override(COMMUNE, { raise: { warning: 99 } });
    expect(looserOf('tighten', { raise: { warning: 93 } }, [province, own])).toEqual(['raise.warning']);
    expect(looserOf('tighten', { raise: { warning: 96 } }, [province, own])).toEqual([]);
  });

  test('does not count where it is looser than what holds above, whichever of the two came first', () => {
    const rule = ruleOf({ inherit: 'tighten' });
    const wide = { raise: { warning: 95 }, minimum: 10 };
    const near = { raise: { warning: 93, major: 88 }, minimum: 20 };
    const orders = [
      [override(PROVINCE, wide), override(COMMUNE, near)],
      [override(COMMUNE, near), override(PROVINCE, wide)],
    ];
    for (const overrides of orders) {
      const { levels, minimum } = resolveRule(rule, place(overrides));
      expect([levels.map(({ raise }) => raise), minimum]).toEqual([[70, 88, 95], 10]);
      const warning = traceRule(rule, place(overrides)).find(({ field }) => field === 'raise.warning');
      const by = (unit: number) => overrides.find((one) => one.unit === unit);
      expect(warning).toEqual({
        ...{ field: 'raise.warning', value: 95, override: by(PROVINCE) },
        hides: [{ value: 90, override: null }],
        overruled: [{ value: 93, override: by(COMMUNE) }],
      });
    }
  });

  test('of a rule that is locked later does not count, and is told of as such', () => {
    const own = override(COMMUNE, { minimum: 5 });
    const traced = traceRule(ruleOf({ inherit: 'locked' }), place([own]));
    expect(traced.find(({ field }) => field === 'minimum')).toEqual({
      ...{ field: 'minimum', value: 30, override: null, hides: [] },
      overruled: [{ value: 5, override: own }],
    });
  });

  test('is never looser than anything above it, however many there are and in whatever order they came', () => {
    const limit = fc.integer({ min: 0, max: 100 });
    const direction = fc.constantFrom('below' as const, 'above' as const);
    const unit = fc.constantFrom(PROVINCE, COMMUNE);
    const level = fc.constantFrom(null, 'commune' as const);
    const set = fc.uniqueArray(fc.record({ unit, level, limit }), {
      selector: (one) => `${one.unit} ${one.level}`,
    });
    fc.assert(
      fc.property(limit, set, direction, (own, said, way) => {
        const rule = ruleOf({
          direction: way,
          inherit: 'tighten',
          levels: [{ severity: 'warning', raise: own, count: null }],
        });
        const overrides = said.map((one) =>
          override(one.unit, { raise: { warning: one.limit } }, { level: one.level }),
        );
        const all = [own, ...said.map((one) => one.limit)];
        const tightest = way === 'below' ? Math.max(...all) : Math.min(...all);
        expect(warningOf(rule, place(overrides))).toBe(tightest);
      }),
      { seed: 27, numRuns: 500 },
    );
  });

  test('is never looser than its parent once it is let through: it raises wherever the parent would', () => {
    const value = fc.integer({ min: 0, max: 100 });
    const direction = fc.constantFrom('below' as const, 'above' as const);
    fc.assert(
      fc.property(value, value, value, direction, (own, child, figure, way) => {
        const rule = ruleOf({
          direction: way,
          inherit: 'tighten',
          levels: [{ severity: 'warning', raise: own, count: null }],
        });
        const said = { raise: { warning: child } };
        fc.pre(findLooser(rule, { values: said, place: place([]) }).length === 0);
        const sample = { at: 0, figure, count: null, cases: 100, quality: 'fresh', told: null } as const;
        const reached = (overrides: Override[]) =>
          judgeSample(resolveRule(rule, place(overrides)), sample).reached !== null;
        if (reached([])) expect(reached([override(COMMUNE, said)])).toBe(true);
      }),
      { seed: 26, numRuns: 500 },
    );
  });
});
