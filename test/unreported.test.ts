/** Figures that are reported once in a while: before they are, the newest period that was told of stands in, and says so. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createAxis } from '../server/rules/axis.ts';
import { historyOf, readSample, sampleAll } from '../server/rules/sample.ts';
import type { FiguresAnswer, RankingAnswer } from '../shared/answers.ts';
import { INDICATORS } from '../shared/catalogue.ts';
import type { ReportEvent } from '../shared/event.ts';
import { fallBack, isReported } from '../shared/reported.ts';
import { listDays, seriesOf, type Told } from './rules-series.ts';
import { calendar } from './rules-world.ts';
import { speakerOf } from './server/acts.ts';
import { at, iso } from './server/world.ts';
import { type Running, runApp } from './server.ts';

let running: Running;
let token: string;

let told = 0;
const report = (
  unit: string,
  period: string,
  measure: ReportEvent['measure'],
  value: number,
): ReportEvent => ({
  ...{ id: `r${++told}`, kind: 'report', at: iso(at('2026-11-05 08:00')), unit, period, measure, value },
});

beforeAll(async () => {
  running = await runApp();
  token = await running.token('display', '25');
  const events = [
    ...['A', 'D'].flatMap((unit, index) => [
      report(unit, '2026-10', 'syncDue', 100),
      report(unit, '2026-10', 'synced', 90 + index),
      report(unit, '2026-09', 'syncDue', 50),
    ]),
    report('25', '2026-09', 'procPublished', 4),
    report('25', '2026-09', 'procPublishedOnTime', 3),
    report('A', '2026-11', 'meetings', 0),
    report('A', '2026-10', 'meetings', 4),
  ];
  await running.acts.ingest(events, speakerOf(running.tree, 'f'), running.clock.now());
});
afterAll(async () => {
  await running.close();
  expect(running.troubles).toEqual([]);
});

async function figures(query: string) {
  const { body } = await running.ask(`/api/figures?${query}`, { token });
  const { units } = body as FiguresAnswer;
  return (ref: string, id: string) => units.find((row) => row.ref === ref)?.figures[id];
}

describe('figures that are reported', () => {
  test('are those of flows that offices tell: of sums of events, levels and other bases nothing is awaited', () => {
    expect(INDICATORS.filter(isReported).map(({ id }) => id)).toEqual([
      'DG04',
      'TR01',
      'TR02',
      'TR04',
      'DOC05',
    ]);
  });

  test('say that they are not yet, and what they were in the newest period told of, for all units the same', async () => {
    const find = await figures('unit=25&period=2026-11&indicators=TR01,TR04,DG04,TT02&children=1');
    const latest = { period: '2026-10', value: 90.5, numerator: 181, denominator: 200 };
    expect(find('25', 'TR04')).toMatchObject({ value: null, denominator: 0, unreported: { latest } });
    expect(find('D', 'TR04')?.unreported).toEqual({
      latest: { period: '2026-10', value: 91, numerator: 91, denominator: 100 },
    });
    expect(find('25', 'TR01')?.unreported?.latest).toEqual({
      ...{ period: '2026-09', value: 75, numerator: 3, denominator: 4 },
    });
    expect(find('25', 'DG04')?.unreported).toEqual({ latest: null });
    expect(find('25', 'TT02')).not.toHaveProperty('unreported');
  });

  test('are their own once told, be it that there was nothing; and of the year that runs, and of long ago', async () => {
    const months = await figures('unit=A&period=2026-11&indicators=DOC05');
    expect(months('A', 'DOC05')).toMatchObject({ value: null, denominator: 0 });
    expect(months('A', 'DOC05')).not.toHaveProperty('unreported');
    const year = await figures('unit=25&period=2026&indicators=TR04');
    expect(year('25', 'TR04')).toMatchObject({ value: 60.33, numerator: 181, denominator: 300 });
    const old = await figures('unit=25&period=2026-09&indicators=DG04');
    expect(old('25', 'DG04')).toMatchObject({ value: null, denominator: 0 });
    expect(old('25', 'DG04')).not.toHaveProperty('unreported');
  });

  test('of a day are those of its month, or of the one before', async () => {
    const find = await figures('unit=25&period=2026-11-18&indicators=TR04');
    expect(find('25', 'TR04')?.unreported?.latest?.period).toBe('2026-10');
  });

  test('fall back as a whole: nothing is compared with another period', () => {
    const figure = {
      ...{ value: null, numerator: 0, denominator: 0, provisional: true, asOf: null, completeness: 1 },
      previous: { value: 5, numerator: 1, denominator: 20 },
      unreported: { latest: { period: '2026-10', value: 91, numerator: 91, denominator: 100 } },
    };
    const { previous: _, ...rest } = figure;
    expect(fallBack(figure)).toEqual({ ...rest, value: 91, numerator: 91, denominator: 100 });
  });

  test('are ranked by the period that stands in, which the ranking names', async () => {
    const { body } = await running.ask('/api/ranking?unit=25&period=2026-11&indicator=TR04', { token });
    const { of, ranked, guarded } = body as RankingAnswer;
    expect(of).toBe('2026-10');
    expect([...ranked, ...guarded].map(({ unit, figure }) => [unit.ref, figure.value])).toEqual(
      expect.arrayContaining([
        ['A', 90],
        ['D', 91],
      ]),
    );
  });
});

describe('a rule on figures that are reported', () => {
  const condition = { kind: 'level', indicator: 'TR04', window: 'month' } as const;
  const starts = listDays('2026-09-01', 80);
  const slotOf = (day: string) => starts.indexOf(day);
  /** What is told of a month on a day counts on its first day. */
  const tell = (month: string, on: string, synced: number): Told[] =>
    Object.entries({ syncDue: 100, synced }).map(([measure, amount]) => ({
      ...{ slot: slotOf(`${month}-01`), known: slotOf(on), measure: measure as 'synced', amount },
    }));
  const series = seriesOf(starts, [
    ...tell('2026-09', '2026-10-05', 96),
    ...tell('2026-10', '2026-11-05', 91),
  ]);
  const axis = createAxis({ grain: 'day', starts }, calendar);
  const [line] = sampleAll({ condition, minimum: 0 }, [series], { axis, kindOf: () => 'commune' });
  const on = (day: string) => line && readSample(line, { slot: slotOf(day), at: 0 });

  test('judges the month before until its own is told, by what was known then', () => {
    expect(['2026-10-06', '2026-10-31', '2026-11-05', '2026-11-19'].map((day) => on(day)?.figure)).toEqual([
      96, 96, 91, 91,
    ]);
    expect(on('2026-11-02')).toMatchObject({ figure: null, cases: 0 });
  });

  test('looks back on the month before as well', () => {
    expect(historyOf(condition)).toBe(62);
    expect(historyOf({ ...condition, indicator: 'TT02' })).toBe(31);
  });
});
