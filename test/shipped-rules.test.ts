// The rules that are shipped: what they judge, by which limits, and that they say where these come from.
import { describe, expect, it } from 'vitest';
import { findIndicator, INDICATORS } from '../shared/catalogue.ts';
import { evaluate, type Indicator } from '../shared/indicator.ts';
import { judge } from '../shared/judgement.ts';
import { emptySums } from '../shared/measure.ts';
import { REPORT_MEASURES, type ReportMeasure } from '../shared/report-measures.ts';
import { RuleBody } from '../shared/rule.ts';
import { findShippedRule, findShippedSource, SHIPPED_RULES } from '../shared/shipped-rules.ts';
import { findShippedThresholds } from '../shared/thresholds.ts';

const LEVELS = ['commune', 'department', 'province'] as const;

function getIndicator(id: string): Indicator {
  const indicator = findIndicator(id);
  if (!indicator) throw new Error(`no indicator ${id}`);
  return indicator;
}

describe('the shipped rules', () => {
  const reported: Readonly<Record<string, ReportMeasure>> = REPORT_MEASURES;
  /** Whether an indicator is of what a unit counts for itself alone, as its stock of procedures: communes report none. */
  const isOwn = ({ numerator }: Indicator) => Object.keys(numerator).some((id) => reported[id]?.isOwn);
  const judged = INDICATORS.filter(({ direction, basis }) => direction !== 'none' && basis === 'sums');
  const words = { up: 'below', down: 'above', none: undefined } as const;

  it('judge every indicator of sums that has a direction, in the province and in communes', () => {
    expect(judged.length).toBeGreaterThan(40);
    for (const indicator of judged)
      for (const level of isOwn(indicator) ? (['province'] as const) : LEVELS)
        expect([indicator.id, level, findShippedThresholds(indicator.id, level)?.direction]).toEqual([
          indicator.id,
          level,
          words[indicator.direction],
        ]);
  });

  it('judge no commune by the stock of procedures, which communes do not report', () => {
    const own = judged.filter(isOwn).map(({ id }) => id);
    expect(own).toEqual(
      expect.arrayContaining([
        'ON03',
        'ON04',
        'ON05',
        'ON06',
        'ON07',
        'ON08',
        'PAY02',
        'PAY03',
        'TR01',
        'SYS05',
      ]),
    );
    for (const id of own) expect([id, findShippedThresholds(id, 'commune')]).toEqual([id, null]);
    for (const id of ['ON05', 'ON06', 'ON07', 'SYS05'])
      expect([id, findShippedThresholds(id, 'department')]).toEqual([id, null]);
    for (const id of ['ON03', 'PAY02', 'TR03'])
      expect([id, findShippedThresholds(id, 'department')?.direction]).toEqual([id, 'below']);
  });

  it('leave out what the judge cannot work out from sums: the index, lags, queues and countdowns', () => {
    const others = INDICATORS.filter(({ basis }) => basis !== 'sums');
    expect(others.map(({ id }) => id).toSorted()).toEqual(['DX02', 'IDX', 'SYS03', 'SYS04']);
    for (const { id } of others) expect([id, findShippedThresholds(id, 'province')]).toEqual([id, null]);
  });

  it('warn of the three numbers of the national plan only where something was reported of them', () => {
    for (const [id, goal] of [
      ['ON05', 982],
      ['ON06', 25],
      ['ON07', 1139],
    ] as const) {
      const indicator = getIndicator(id);
      const advisory = findShippedRule(id)?.body.levels.find(({ severity }) => severity === 'advisory');
      expect([id, indicator.target, advisory?.count]).toEqual([id, goal, goal]);
      expect(evaluate(indicator, emptySums(), 10).value).toBe(null);
      expect(
        judge(indicator, evaluate(indicator, emptySums(), 10), findShippedThresholds(id, 'province'))
          .standing,
      ).toBe('nothing');
    }
  });

  it('state counts only where there is a count to read', () => {
    const { bands, countBands } = findShippedThresholds('TT04', 'commune') ?? {};
    expect([bands, countBands]).toEqual([
      { warning: 5, major: 10, critical: 20 },
      { warning: 5, major: 20, critical: 50 },
    ]);
    const counted = ['TT04', 'ON05', 'ON06', 'ON07'];
    for (const { body } of SHIPPED_RULES.filter(({ id }) => !counted.includes(id)))
      expect(body.levels.map(({ count }) => count).every((count) => count === null)).toBe(true);
  });

  it('each say where their limits come from, what happens, and what is to be done, in words of their own', () => {
    const texts = SHIPPED_RULES.flatMap(({ id, body }) => [
      ...Object.values(findShippedSource(id) ?? {}),
      ...Object.values(body.consequence),
      ...Object.values(body.action),
    ]);
    expect(texts.length).toBe(SHIPPED_RULES.length * 6);
    expect(texts.every((text) => text.length > 20)).toBe(true);
    const own = SHIPPED_RULES.flatMap(({ body }) => [body.consequence.vi, body.action.vi, body.action.en]);
    expect(new Set(own).size).toBe(own.length);
  });

  it('only advise or warn where no paper states a limit and nobody uses one', () => {
    for (const id of [
      ...[
        'TT03',
        'TT05',
        'TT06',
        'TT08',
        'TT09',
        'TT11',
        'DG01',
        'DG03',
        'DG04',
        'DG05',
        'DG06',
        'DOC03',
        'DOC05',
      ],
      ...['SAT02', 'SAT03', 'TR04', 'SYS01', 'SYS02', 'SYS06', 'DX01'],
    ]) {
      const severities = findShippedRule(id)?.body.levels.map(({ severity }) => severity) ?? [];
      expect(severities.length).toBeGreaterThan(0);
      expect(severities.every((one) => one === 'warning' || one === 'advisory')).toBe(true);
    }
  });

  it('are rules as people may save them', () => {
    for (const { body } of SHIPPED_RULES) expect(RuleBody.parse(body)).toEqual(body);
  });

  it('can be cleared: no rate would have to pass 100 % to be well again', () => {
    for (const { id, body } of SHIPPED_RULES)
      for (const { raise } of body.levels)
        if (body.direction === 'below' && raise !== null)
          expect([id, raise + body.deadband <= 100]).toEqual([id, true]);
  });
});
