/** Thresholds down the dated tree: the nearest override wins, on the tree of that day, and says what it hides. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { judgeSample } from '../server/rules/levels.ts';
import { bandsOf } from '../shared/bands.ts';
import { findIndicator, INDICATORS } from '../shared/catalogue.ts';
import { resolveRule, traceRule } from '../shared/effective.ts';
import type { Indicator } from '../shared/indicator.ts';
import { judge } from '../shared/judgement.ts';
import { chooseJudges, inScope, listRivals } from '../shared/rivals.ts';
import type { AlertSeverity, RuleVersion } from '../shared/rule.ts';
import { SHIPPED_RULES } from '../shared/shipped-rules.ts';
import {
  AFTER,
  BEFORE,
  COMMUNE,
  DISTRICT,
  OFFICE,
  override,
  PROVINCE,
  place,
  tree,
  warningOf,
} from './rules-tree.ts';
import { effectiveOf, ruleOf } from './rules-world.ts';

describe('a threshold', () => {
  const rule = ruleOf();

  test('is the rule’s own without an override', () => {
    expect(warningOf(rule, place([]))).toBe(90);
    expect(resolveRule(rule, place([]))).toEqual(effectiveOf(rule));
  });

  test('comes from the nearest unit, and for a level of it before for all', () => {
    const everywhere = override(PROVINCE, { raise: { warning: 91 } });
    const communes = override(PROVINCE, { raise: { warning: 92 } }, { level: 'commune' });
    const own = override(COMMUNE, { raise: { warning: 93 } });
    expect(warningOf(rule, place([everywhere]))).toBe(91);
    expect(warningOf(rule, place([communes, everywhere]))).toBe(92);
    expect(warningOf(rule, place([everywhere, communes, own]))).toBe(93);
    expect(warningOf(rule, place([everywhere, communes, own], { unit: OFFICE }))).toBe(93);
    expect(warningOf(rule, place([everywhere, communes], { unit: PROVINCE }))).toBe(91);
  });

  test('goes by the tree of its day: a district’s holds until the district ends', () => {
    const overrides = [
      override(PROVINCE, { raise: { warning: 91 } }),
      override(DISTRICT, { raise: { warning: 94 } }),
    ];
    expect(warningOf(rule, place(overrides, { day: BEFORE }))).toBe(94);
    expect(warningOf(rule, place(overrides, { day: AFTER }))).toBe(91);
  });

  test('holds from its first day to the day before its last', () => {
    const overrides = [override(COMMUNE, { minimum: 5 }, { from: '2025-08-01', to: '2025-09-01' })];
    const minimumOn = (day: string) => resolveRule(rule, place(overrides, { day })).minimum;
    expect(['2025-07-31', '2025-08-01', '2025-08-31', '2025-09-01'].map(minimumOn)).toEqual([30, 5, 5, 30]);
  });

  test('is resolved field by field, and tells what each value hides, the nearest first', () => {
    const wide = override(PROVINCE, { raise: { warning: 91 }, minimum: 50 });
    const own = override(COMMUNE, { raise: { warning: 93 } });
    const traced = traceRule(rule, place([wide, own]));
    expect(traced.find(({ field }) => field === 'raise.warning')).toEqual({
      ...{ field: 'raise.warning', value: 93, override: own },
      hides: [
        { value: 91, override: wide },
        { value: 90, override: null },
      ],
      overruled: [],
    });
    expect(traced.find(({ field }) => field === 'minimum')).toMatchObject({ value: 50, override: wide });
    expect(traced.find(({ field }) => field === 'count.major')).toEqual({
      ...{ field: 'count.major', value: null, override: null, hides: [], overruled: [] },
    });
  });

  test('may be a level that the rule itself has not, and a unit may be left out', () => {
    const two = ruleOf({ levels: [{ severity: 'warning', raise: 90, count: null }] });
    const { levels } = resolveRule(two, place([override(COMMUNE, { raise: { critical: 40 } })]));
    expect(levels.map(({ severity, raise }) => [severity, raise])).toEqual([
      ['critical', 40],
      ['warning', 90],
    ]);
    expect(resolveRule(two, place([override(COMMUNE, { isOff: true })])).isOff).toBe(true);
  });

  test('of another rule, or of a locked one, changes nothing', () => {
    const overrides = [override(COMMUNE, { minimum: 5 }, { rule: 'other' })];
    expect(resolveRule(rule, place(overrides)).minimum).toBe(30);
    const locked = ruleOf({ inherit: 'locked' });
    expect(resolveRule(locked, place([override(COMMUNE, { minimum: 5 })])).minimum).toBe(30);
  });
});

describe('one judge', () => {
  const wide = ruleOf({}, 'wide');
  const near: RuleVersion = { ...ruleOf({}, 'near'), unit: DISTRICT };
  const communes = ruleOf({ scope: { unit: null, levels: ['commune'] } }, 'communes');
  const ids = (rules: RuleVersion[], day: string) =>
    chooseJudges(rules, { tree, unit: COMMUNE, day }).map((rule) => rule.id);

  test('per indicator, unit and direction: the nearest scope, then the one that names the level', () => {
    expect(ids([wide, near, communes], BEFORE)).toEqual(['near']);
    expect(ids([wide, near, communes], AFTER)).toEqual(['communes']);
    expect(ids([{ ...wide, version: 2 }, ruleOf({}, 'zulu')], AFTER)).toEqual(['wide']);
  });

  test('another window, schedule or line is the same; another direction or indicator is not', () => {
    const quarter = ruleOf({ condition: { kind: 'level', indicator: 'TT02', window: 'quarter' } }, 'a');
    const up = ruleOf({ direction: 'above', levels: [{ severity: 'warning', raise: 99, count: null }] }, 'b');
    const other = ruleOf({ condition: { kind: 'level', indicator: 'TT01', window: 'month' } }, 'c');
    expect(ids([wide, quarter, up, other], AFTER)).toEqual(['b', 'c', 'wide']);
  });

  test('a rule that is switched off takes nobody’s place', () => {
    const off: RuleVersion = { ...ruleOf({ isEnabled: false }, 'off'), unit: COMMUNE };
    expect(ids([wide, off], AFTER)).toEqual(['wide']);
  });

  test('a scope is a subtree of that day, and the levels it names', () => {
    const on = (rule: RuleVersion, day: string) => inScope(rule, { tree, unit: COMMUNE, day });
    expect([on(near, BEFORE), on(near, AFTER), on(communes, AFTER)]).toEqual([true, false, true]);
    expect(inScope(communes, { tree, unit: OFFICE, day: AFTER })).toBe(false);
  });

  test('rivals are told of with the one that wins where they meet', () => {
    const rivals = (rule: RuleVersion) =>
      listRivals(rule, [wide, near, communes], { tree, day: BEFORE }).map((rival) => [
        rival.rule.id,
        rival.wins,
      ]);
    expect(rivals(wide)).toEqual([
      ['near', true],
      ['communes', true],
    ]);
    expect(rivals(near)).toEqual([
      ['wide', false],
      ['communes', false],
    ]);
    const elsewhere: RuleVersion = { ...ruleOf({}, 'elsewhere'), unit: OFFICE };
    expect(listRivals(near, [elsewhere], { tree, day: AFTER })).toEqual([]);
  });
});

function subjectOf({ body: { condition } }: RuleVersion): Indicator {
  const indicator = findIndicator('indicator' in condition ? condition.indicator : '') ?? INDICATORS[0];
  if (!indicator) throw new Error('no indicator');
  return indicator;
}

/** Advice has no colour. */
const colourOf = (reached: AlertSeverity | null) =>
  reached === null || reached === 'advisory' ? 'normal' : reached;

test('colours and alerts are one judgement: what a figure is coloured by is what it is warned by', () => {
  const rules = SHIPPED_RULES.filter(({ body }) => body.condition.kind === 'level');
  const amount = fc.integer({ min: 0, max: 300 });
  fc.assert(
    fc.property(
      fc.constantFrom(...rules),
      amount,
      amount,
      fc.integer({ min: 0, max: 60 }),
      (rule, num, den, minimum) => {
        const indicator = subjectOf(rule);
        const effective = { ...effectiveOf(rule), minimum };
        const denominator = indicator.denominator === null ? null : den;
        const share = den === 0 ? null : Math.round((10_000 * num) / den) / 100;
        const value = denominator === null ? num : share;
        const isCounted = indicator.hero === 'numerator' || denominator === null;
        const figure = { value, numerator: num, denominator };
        const coloured = judge(indicator, figure, bandsOf(effective));
        const warned = judgeSample(effective, {
          ...{ at: 0, figure: value, count: isCounted ? num : null, cases: denominator },
          ...{ quality: 'fresh', told: null },
        });
        expect([colourOf(warned.reached), warned.standing]).toEqual([coloured.severity, coloured.standing]);
      },
    ),
    { seed: 766, numRuns: 3000 },
  );
});
