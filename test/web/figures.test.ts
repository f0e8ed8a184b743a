import { describe, expect, it } from 'vitest';
import type { FigureView, TallyRow, UnitView } from '../../shared/answers.ts';
import { findIndicator } from '../../shared/catalogue.ts';
import type { Indicator } from '../../shared/indicator.ts';
import type { Snapshot } from '../../shared/live.ts';
import { MEASURE_IDS, type MeasureId } from '../../shared/measure.ts';
import { parsePeriod, periodOf } from '../../shared/period.ts';
import { changeOf, wordTerms } from '../../web/figures/change.ts';
import { isCurrentPeriod, liveFigure, sparkOf } from '../../web/figures/live-figures.ts';
import { startState } from '../../web/live/fold.ts';

function indicatorOf(id: string): Indicator {
  const indicator = findIndicator(id);
  if (!indicator) throw new Error(`no indicator ${id}`);
  return indicator;
}

const unit = (id: number, name = `Xã ${id}`): UnitView => ({
  id,
  ref: String(id),
  code: String(id),
  name: { vi: name, en: name },
  level: 'commune',
  from: '2025-07-01',
  to: null,
  lat: null,
  lon: null,
});

type Grain = TallyRow[1];

function row(id: number, grain: Grain, start: string, sums: Partial<Record<MeasureId, number>>): TallyRow {
  return [id, grain, start, 1, ...MEASURE_IDS.map((measure) => sums[measure] ?? 0)];
}

function stateOf(rows: TallyRow[]) {
  const snapshot: Snapshot = {
    type: 'snapshot',
    seq: 1,
    at: '2026-11-22T12:00:00Z',
    build: 'b',
    day: '2026-11-22',
    unit: unit(1),
    path: [unit(1)],
    children: [],
    workingDays: { month: 15 },
    silent: [],
    tallies: { measures: [...MEASURE_IDS], rows },
    feeds: [],
    steps: [],
    alerts: [],
    rulesSeq: 0,
  };
  return startState(snapshot);
}

const figure = (changes: Partial<FigureView>): FigureView => ({
  value: 0,
  numerator: 0,
  denominator: 100,
  provisional: true,
  asOf: null,
  completeness: null,
  ...changes,
});

describe('live figures', () => {
  const month = periodOf('2026-11-22', 'month');

  it('takes flows from the period and stocks as they stand now', () => {
    const state = stateOf([
      row(1, 'month', '2026-11-01', { resolvedEarly: 60, resolvedLate: 40, open: -500 }),
      row(1, 'ever', '', { open: 100, overdue: 10 }),
    ]);
    const read = (id: string) => liveFigure(state, { unit: 1, period: month, indicator: indicatorOf(id) });
    expect(read('TT01')).toEqual({ value: 60, numerator: 60, denominator: 100 });
    expect(read('TT04')).toEqual({ value: 10, numerator: 10, denominator: 100 });
    expect(read('TT02')).toEqual({ value: 75, numerator: 150, denominator: 200 });
    expect(read('TT07')).toEqual({ value: 15, numerator: 100, denominator: 100 });
  });

  it('reads an absent row as zeros, and a rate over nothing as no value', () => {
    const state = stateOf([]);
    expect(liveFigure(state, { unit: 9, period: month, indicator: indicatorOf('ON01') })).toEqual({
      value: null,
      numerator: 0,
      denominator: 0,
    });
  });

  it('has none, and no course, for a unit that has ended', () => {
    const state = stateOf([row(1, 'ever', '', { open: 0 })]);
    const ended = { ...state, unit: { ...state.unit, to: state.day } };
    const order = { unit: 1, period: month, indicator: indicatorOf('HS03') };
    expect(liveFigure(ended, order)).toEqual({ value: null, numerator: 0, denominator: null });
    expect(sparkOf(ended, indicatorOf('HS03'), 3)).toEqual([null, null, null]);
  });

  it('walks a stock back from its level now by each net change', () => {
    const state = stateOf([
      row(1, 'ever', '', { open: 50 }),
      row(1, 'day', '2026-11-22', { open: 5 }),
      row(1, 'day', '2026-11-20', { open: -20 }),
    ]);
    expect(sparkOf(state, indicatorOf('HS03'), 4)).toEqual([65, 45, 45, 50]);
  });

  it('draws no pace of a day that still runs', () => {
    const state = stateOf([
      row(1, 'ever', '', { open: 50 }),
      row(1, 'day', '2026-11-21', { resolvedEarly: 10 }),
      row(1, 'day', '2026-11-22', { resolvedEarly: 1 }),
    ]);
    expect(sparkOf(state, indicatorOf('TT07'), 2)).toEqual([5, null]);
  });

  it('knows which periods are running', () => {
    const keys = ['2026-11-22', '2026-11', '2026-Q4', '2026', '2026-10', '2026-W47'];
    const running = keys.filter((key) => {
      const period = parsePeriod(key);
      return period && isCurrentPeriod(period, '2026-11-22');
    });
    expect(running).toEqual(['2026-11-22', '2026-11', '2026-Q4', '2026']);
  });
});

describe('change against the period before', () => {
  it('is in points for a rate, with a verdict by its direction', () => {
    const told = figure({ value: 78.4, previous: { value: 79.3, numerator: 1, denominator: 1 } });
    expect(changeOf(indicatorOf('TT02'), told)).toEqual({
      kind: 'changed',
      sign: 'down',
      amount: 0.9,
      scale: 'points',
      verdict: 'worse',
      before: 79.3,
    });
  });

  it('is in cases for what is read by its count, and less is better where it is', () => {
    const told = figure({ numerator: 10, previous: { value: 3, numerator: 412, denominator: 1 } });
    expect(changeOf(indicatorOf('TT04'), told)).toMatchObject({
      sign: 'down',
      amount: 402,
      scale: 'count',
      verdict: 'better',
    });
  });

  it('has no verdict where no direction is better, and is unknown without a period before', () => {
    const told = figure({
      value: 110,
      denominator: null,
      previous: { value: 100, numerator: 100, denominator: null },
    });
    expect(changeOf(indicatorOf('HS01'), told)).toMatchObject({
      sign: 'up',
      amount: 10,
      scale: 'percent',
      verdict: null,
    });
    expect(changeOf(indicatorOf('HS01'), figure({ value: 110 }))).toEqual({ kind: 'unknown' });
    const nothing = figure({
      value: null,
      denominator: 0,
      previous: { value: 5, numerator: 1, denominator: 20 },
    });
    expect(changeOf(indicatorOf('TT02'), nothing)).toEqual({ kind: 'unknown' });
  });

  it('reads a formula in words', () => {
    expect(wordTerms(indicatorOf('TT01').numerator, 'vi')).toBe('giải quyết trước hạn + giải quyết đúng hạn');
  });
});
