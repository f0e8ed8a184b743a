/** Thresholds that a figure can never be compared with are refused: in the contract, of rules and overrides, and never suggested. */
import { afterEach, describe, expect, test } from 'vitest';
import { judgeSample } from '../server/rules/levels.ts';
import { INDICATORS } from '../shared/catalogue.ts';
import { withoutOverrides } from '../shared/effective.ts';
import { type Condition, type Level, RuleBody } from '../shared/rule.ts';
import { boundsOfRaise, RuleDraft, readsCount } from '../shared/rule-bounds.ts';
import { SHIPPED_RULES } from '../shared/shipped-rules.ts';
import { bodyOf, type Office, openOffice, override, save } from './server/editors.ts';

type Refused = { status: number; body: { errors?: { field: string; reason: string }[] } };
const reasonsOf = (answer: { body: unknown }) =>
  (answer as Refused).body.errors?.map(({ field, reason }) => `${field} ${reason}`);

const warning = (raise: number | null, count: number | null = null): Level[] => [
  { severity: 'warning', raise, count },
];
const faultsOf = (condition: Condition, levels: Level[]) =>
  RuleDraft.safeParse(bodyOf('TT04', { condition, levels })).error?.issues.map(
    ({ path, message }) => `${path.join('.')} ${message}`,
  ) ?? [];
const level = (indicator: string): Condition => ({ kind: 'level', indicator, window: 'month' });

describe('a threshold', () => {
  test('of a share lies between 0 and 100, of a count is whole from 1 on', () => {
    expect(faultsOf(level('TT04'), warning(-1))).toEqual(['levels.0.raise is at least 0']);
    expect(faultsOf(level('TT04'), warning(101))).toEqual(['levels.0.raise is at most 100']);
    expect(faultsOf(level('TT04'), warning(null, -1))).toEqual(['levels.0.count is at least 1']);
    expect(faultsOf(level('TT04'), warning(null, 1.5))).toEqual(['levels.0.count is a whole number']);
    expect(faultsOf(level('HS03'), warning(0))).toEqual(['levels.0.raise is at least 1']);
    expect(faultsOf(level('TT07'), warning(-0.5))).toEqual(['levels.0.raise is at least 0']);
    expect(faultsOf(level('TT02'), warning(90, 5))).toEqual([
      'levels.0.count is no threshold here: the rule reads no count',
    ]);
    for (const good of [warning(0), warning(99.9), warning(null, 1), warning(5, 20)])
      expect(faultsOf(level('TT04'), good)).toEqual([]);
  });

  test('of a change or a deviation may be what its figure can be, both ways', () => {
    const change: Condition = { kind: 'change', indicator: 'TT02', window: 'month', against: 'previous' };
    expect(faultsOf(change, warning(-10))).toEqual([]);
    expect(faultsOf(change, warning(-101))).toEqual(['levels.0.raise is at least -100']);
    expect(faultsOf({ kind: 'outlier', indicator: 'TT02', window: 'month' }, warning(-3.5))).toEqual([]);
    expect(faultsOf({ kind: 'leadTime', within: 24 }, warning(2.5))).toEqual([
      'levels.0.raise is a whole number',
    ]);
    expect(faultsOf({ kind: 'certificate' }, warning(-1))).toEqual(['levels.0.raise is at least 0']);
    expect(faultsOf({ kind: 'silence' }, warning(3))).toEqual(['levels.0.raise is at most 2']);
  });

  test('has bounds for every indicator, and what is shipped keeps to them', () => {
    for (const { id, unit } of INDICATORS)
      expect([id, boundsOfRaise(level(id)).isWhole]).toEqual([id, unit === 'count']);
    for (const { body } of SHIPPED_RULES) expect(RuleDraft.parse(body)).toEqual(body);
    expect(readsCount(level('TT04'))).toBe(true);
    expect(readsCount(level('TT02'))).toBe(false);
  });

  test('that was saved before bounds were kept is still read', () => {
    const old = bodyOf('TT04', { levels: warning(null, -1) });
    expect(RuleBody.parse(old)).toEqual(old);
  });
});

describe('the fewest cases', () => {
  test('hold of the share alone: a count of few is judged as it is', () => {
    const body = bodyOf('TT04', { minimum: 30, levels: warning(5, 2) });
    const effective = withoutOverrides({ id: 'x', version: 1, unit: null, body });
    const judged = (count: number, cases: number) =>
      judgeSample(effective, {
        ...{ at: 0, figure: (100 * count) / cases, count, cases, quality: 'fresh', told: null },
      }).reached;
    expect([judged(2, 3), judged(1, 3), judged(1, 40), judged(2, 40)]).toEqual([
      'warning',
      null,
      null,
      'warning',
    ]);
    expect(
      judgeSample(effective, { at: 0, figure: 33, count: 1, cases: 3, quality: 'fresh', told: null }),
    ).toMatchObject({ standing: 'judged', value: null, count: 1 });
  });
});

describe('an office', () => {
  let office: Office;
  afterEach(() => office.running.close());

  test('cannot save a negative count, nor half a dossier, nor try them', async () => {
    office = await openOffice();
    const body = bodyOf('TT04', { levels: warning(5, -1) });
    const saved = await save(office.chief, { id: 'TT04', base: 0, body });
    expect([saved.status, reasonsOf(saved)]).toEqual([422, ['body.levels.0.count is at least 1']]);
    const half = bodyOf('TT04', { levels: warning(5, 1.5) });
    const order = { body: half, from: '2026-11-01', to: '2026-11-18' };
    const tried = await office.chief.ask('POST', '/api/rules/preview', order);
    expect([tried.status, reasonsOf(tried)]).toEqual([422, ['body.levels.0.count is a whole number']]);
  });

  test('cannot give a unit such thresholds either', async () => {
    office = await openOffice();
    const made = await override(office.commune, {
      rule: 'TT04',
      values: { count: { critical: 60.5, major: -1 } },
    });
    expect([made.status, reasonsOf(made)]).toEqual([
      422,
      ['values.count.critical is a whole number', 'values.count.major is at least 1'],
    ]);
    const uncounted = await override(office.commune, {
      values: { raise: { warning: 101 }, count: { major: 3 } },
    });
    expect(reasonsOf(uncounted)).toEqual([
      'values.count.major is no threshold here: the rule reads no count',
      'values.raise.warning is at most 100',
    ]);
  });
});
