import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { FigureRow, FiguresAnswer, RankingAnswer, SeriesAnswer } from '../shared/answers.ts';
import type { DossierEvent } from '../shared/event.ts';
import { speakerOf } from './server/acts.ts';
import { at, iso, step } from './server/world.ts';
import { type Running, runApp } from './server.ts';

let running: Running;
let token: string;
let count = 0;

/** Some dossiers accepted in a unit at a time, each ended with a status an hour later if one is given. */
function some(
  unit: string,
  local: string,
  size: number,
  more: Partial<DossierEvent> & { end?: number } = {},
): DossierEvent[] {
  const { end, ...facts } = more;
  return Array.from({ length: size }, () => {
    const dossier = `n${count++}`;
    const base = { dossier, receiver: unit, resolver: unit, procedure: 'P.none', ...facts };
    const accepted = step({ ...base, id: dossier, at: iso(at(local)), status: 2 });
    const ended = { ...base, id: `${dossier}e`, at: iso(at(local) + 3_600_000), status: end ?? 9 };
    return end === undefined ? [accepted] : [accepted, step(ended)];
  }).flat();
}

const late = { end: 9, due: iso(at('2024-01-02 08:00')) };

beforeAll(async () => {
  running = await runApp();
  token = await running.token('display', '25');
  const told = [
    ...some('A', '2025-05-12 09:00', 4, { end: 9 }),
    ...some('B', '2025-05-13 09:00', 2, { end: 9 }),
    ...some('C', '2025-05-14 09:00', 8, { end: 9, channel: 'direct' }),
    ...some('D', '2025-05-15 09:00', 1, { end: 9 }),
    ...some('A', '2025-08-12 09:00', 10, { end: 9 }),
    ...some('A', '2026-10-17 09:00', 3),
    ...some('A', '2026-10-18 08:00', 2),
    ...some('A', '2026-10-18 15:00', 4),
    ...some('A', '2026-10-25 09:00', 5),
    ...some('A', '2026-11-17 08:00', 1, { channel: 'direct', field: 'land' }),
    ...some('A', '2026-11-17 15:00', 2, { channel: 'postal', procedure: 'P.hours' }),
    ...some('A', '2026-11-18 09:00', 6),
    ...some('A', '2026-09-02 09:00', 40, { end: 9 }),
    ...some('A', '2026-09-03 09:00', 2, late),
    ...some('D', '2026-09-02 09:00', 30, { end: 9 }),
    ...some('25.SNV', '2026-09-02 09:00', 29, { end: 9 }),
  ];
  await running.acts.ingest(told, speakerOf(running.tree, 'f'), running.clock.now());
});
afterAll(async () => {
  await running.close();
  expect(running.troubles).toEqual([]);
});

async function get<T>(path: string): Promise<T> {
  const { status, body } = await running.ask(path, { token });
  expect({ path, status, ...(status === 200 ? {} : { body }) }).toEqual({ path, status: 200 });
  return body as T;
}
const figures = async (query: string) => (await get<FiguresAnswer>(`/api/figures?${query}`)).units;
const value = (row: FigureRow | undefined, id: string) => row?.figures[id]?.value;

describe('figures', () => {
  test('of a period are those of the unit first, then of its children', async () => {
    const units = await figures('unit=25&period=2026-09&indicators=HS01,TT01&children=1');
    expect(
      units.map((row) => [row.code, value(row, 'HS01'), row.figures.TT01?.numerator, value(row, 'TT01')]),
    ).toEqual([
      ['25', 101, 99, 98.02],
      ['25.SNV', 29, 29, 100],
      ['A', 42, 40, 95.24],
      ['D', 30, 30, 100],
    ]);
    expect(units[0]?.figures.TT01).toEqual({
      ...{ value: 98.02, numerator: 99, denominator: 101, provisional: false, completeness: 1 },
      asOf: '2026-09-03T23:59:59+07:00',
      threshold: expect.objectContaining({ rule: 'TT01', version: 0, minimum: 30 }),
      target: expect.objectContaining({ value: 99.4, source: 'catalogue' }),
    });
  });

  test('of a unit with nothing are null where the denominator is 0, and 0 where it is a count', async () => {
    const [row] = await figures('unit=25.SNV&period=2026-11&indicators=HS01,TT01,ON01');
    expect(row?.figures).toMatchObject({
      HS01: { value: 0, numerator: 0, denominator: null, completeness: 0, provisional: true },
      TT01: { value: null, numerator: 0, denominator: 0 },
      ON01: { value: null, numerator: 0, denominator: 0 },
    });
  });

  test.each([
    ['the month so far, with that many days and hours of the month before', '2026-11', 9, 5],
    ['today so far, with yesterday at this hour', '2026-11-18', 6, 1],
    ['a month that is over, with the whole month before', '2026-10', 14, 101],
    ['the quarter so far, with that many days of the quarter before', '2026-Q4', 23, 0],
    ['the year so far, with that many days of the year before', '2026', 124, 25],
  ])('compare %s', async (_words, period, now, previous) => {
    const [row] = await figures(`unit=25&period=${period}&indicators=HS01&compare=1`);
    expect([value(row, 'HS01'), row?.figures.HS01?.previous?.value]).toEqual([now, previous]);
  });

  test('before a unit began are those of its predecessors, each by the share that passed to it', async () => {
    const units = await figures('unit=25&period=2025-05&indicators=HS01,ON01&children=1');
    expect(units.map((row) => [row.ref, value(row, 'HS01')])).toEqual([
      ['25', 15],
      ['26', 14],
      ['25@2025-06-30', 1],
    ]);
    const [a] = await figures('unit=A&period=2025-05&indicators=HS01,ON01');
    expect(a?.figures.HS01?.value).toBe(4 + 2 + 0.25 * 8);
    expect(a?.figures.ON01).toMatchObject({ numerator: 6, denominator: 8, value: 75 });
    const [year] = await figures('unit=A&period=2025&indicators=HS01');
    expect(value(year, 'HS01')).toBe(18);
    const [old] = await figures('unit=A@2025-06-30&period=2025&indicators=HS01');
    expect(value(old, 'HS01')).toBe(4);
  });

  test('by procedure of a day are kept as long as its days are, with the stock at its end', async () => {
    const [row] = await figures('unit=A&period=2026-10-18&by=procedure&indicators=HS01,HS03');
    expect([row?.code, value(row, 'HS01'), value(row, 'HS03')]).toEqual(['P.none', 6, 9]);
    const late = await running.ask('/api/figures?unit=A&period=2026-10-08&by=procedure', { token });
    expect([late.status, late.body]).toMatchObject([
      400,
      { errors: [{ field: 'period', reason: 'starts a broken month before 2026-10-09' }] },
    ]);
  });

  test('by area of work and by procedure sum to the whole, with the site’s words', async () => {
    const [whole] = await figures('unit=25&period=2026-11&indicators=HS01');
    const procedures = await figures('unit=25&period=2026-11&by=procedure&indicators=HS01,ON01');
    const fields = await figures('unit=25&period=2026-11&by=field&indicators=HS01');
    const show = (rows: FigureRow[]) => rows.map((row) => [row.code, row.name.en, value(row, 'HS01')]);
    expect(show(procedures)).toEqual([
      ['P.none', 'P.none', 7],
      ['P.hours', 'Hours', 2],
    ]);
    expect(show(fields).slice(0, 1)).toEqual([['land', 'Land', 3]]);
    expect(procedures.reduce((sum, row) => sum + (value(row, 'HS01') ?? 0), 0)).toBe(value(whole, 'HS01'));
    const within = await figures('unit=25&period=2026-11&by=procedure&field=land&indicators=HS01');
    expect(within.reduce((sum, row) => sum + (value(row, 'HS01') ?? 0), 0)).toBe(3);
    const [land] = await figures('unit=25&period=2026-11&field=land&indicators=HS01,ON01');
    expect(land?.figures).toMatchObject({ HS01: { value: 3 }, ON01: { value: 0, denominator: 3 } });
  });

  test('of no period and no indicator are refused by name', async () => {
    const ask = async (query: string) => (await running.ask(`/api/figures?unit=25&${query}`, { token })).body;
    expect(await ask('period=2026-13')).toMatchObject({ status: 400, errors: [{ field: 'period' }] });
    expect(await ask('period=2026-02-30')).toMatchObject({ status: 400, errors: [{ field: 'period' }] });
    expect(await ask('period=2026&indicators=TT01,XX')).toMatchObject({
      status: 400,
      errors: [{ field: 'indicators' }],
    });
  });
});

describe('a series', () => {
  const read = (query: string) => get<SeriesAnswer>(`/api/series?${query}`);
  const points = (answer: SeriesAnswer, index: number) =>
    answer.series[index]?.points
      .filter(({ numerator }) => numerator !== 0)
      .map((point) => [point.period, point.value]);
  const span = 'indicator=HS01&from=2025-04-01&to=2025-10-01&grain=month';

  test('on today’s map is one line that carries the shares of what was divided, with its break marked', async () => {
    const answer = await read(`unit=A&${span}&tree=now`);
    expect(answer.series.map(({ unit }) => unit.ref)).toEqual(['A']);
    expect(points(answer, 0)).toEqual([
      ['2025-05', 8],
      ['2025-08', 10],
    ]);
    expect(answer.breaks.map(({ on, from }) => [on, from.map(({ ref }) => ref)])).toEqual([
      ['2025-07-01', ['A@2025-06-30', 'B', 'C']],
    ]);
  });

  test('as it was then is a line for each unit that answered, each whole and for its own days, from the first with figures', async () => {
    const answer = await read(`unit=A&${span}&tree=then`);
    const lines = answer.series.map(({ unit, points: all }, index) => [
      unit.ref,
      all.length,
      points(answer, index),
    ]);
    expect(lines).toEqual([
      ['A', 3, [['2025-08', 10]]],
      ['A@2025-06-30', 2, [['2025-05', 4]]],
      ['B', 2, [['2025-05', 2]]],
      ['C', 2, [['2025-05', 8]]],
    ]);
  });

  test('of a stock runs on over the merger', async () => {
    const answer = await read('unit=25&indicator=HS03&from=2026-10-01&to=2026-12-01&grain=month');
    expect(
      answer.series[0]?.points.map(({ period, value: open, provisional }) => [period, open, provisional]),
    ).toEqual([
      ['2026-10', 14, false],
      ['2026-11', 23, true],
    ]);
  });

  test.each([
    [
      'day',
      '2026-11-16',
      [
        ['2026-11-17', 3],
        ['2026-11-18', 6],
      ],
    ],
    ['week', '2026-11-01', [['2026-W47', 9]]],
    [
      'quarter',
      '2026-07-01',
      [
        ['2026-Q3', 101],
        ['2026-Q4', 23],
      ],
    ],
    [
      'hour',
      '2026-11-17',
      [
        ['2026-11-17T08', 1],
        ['2026-11-17T15', 2],
        ['2026-11-18T09', 6],
      ],
    ],
  ])('by %s has a point for each', async (grain, from, expected) => {
    const answer = await read(`unit=25&indicator=HS01&from=${from}&to=2026-12-01&grain=${grain}`);
    expect(points(answer, 0)).toEqual(expected);
  });
});

test('a point of an hour begins at an instant, and is open only while the hour runs', async () => {
  const query = 'unit=25&indicator=HS01&from=2026-11-18&to=2026-11-19&grain=hour';
  const { series } = await get<SeriesAnswer>(`/api/series?${query}`);
  const shown = series[0]?.points.map(({ period, from, provisional }) => [period, from, provisional]);
  expect(shown?.slice(8, 11)).toEqual([
    ['2026-11-18T08', '2026-11-18T08:00:00+07:00', false],
    ['2026-11-18T09', '2026-11-18T09:00:00+07:00', false],
    ['2026-11-18T10', '2026-11-18T10:00:00+07:00', true],
  ]);
});

describe('a ranking', () => {
  const read = (query: string) => get<RankingAnswer>(`/api/ranking?unit=25&period=2026-09&${query}`);
  const show = ({ ranked, guarded }: RankingAnswer) => [
    ranked.map(({ rank, unit, figure }) => [rank, unit.code, figure.value]),
    guarded.map(({ unit }) => unit.code),
  ];

  test('has the best first and keeps apart who has fewer than 30 cases, or none', async () => {
    expect(show(await read('indicator=TT01'))).toEqual([
      [
        [1, 'D', 100],
        [2, 'A', 95.24],
      ],
      ['25.SNV'],
    ]);
    expect(show(await read('indicator=TT04'))).toEqual([[], ['25.SNV', 'A', 'D']]);
  });

  test('can be of one level, and of counts', async () => {
    expect(show(await read('indicator=TT01&level=department'))).toEqual([[], ['25.SNV']]);
    expect(show(await read('indicator=HS01&level=commune'))).toEqual([
      [
        [1, 'A', 42],
        [2, 'D', 30],
      ],
      [],
    ]);
  });

  test('of a level looks as deep as it must, on the tree of that time', async () => {
    const { ranked } = await get<RankingAnswer>(
      '/api/ranking?unit=25&period=2025-05&indicator=HS01&level=commune',
    );
    expect(ranked.map(({ unit }) => unit.ref).sort()).toEqual(['A@2025-06-30', 'B', 'C', 'D@2025-06-30']);
  });
});

test('open dossiers come most urgent first, with how many there are', async () => {
  const { total, dossiers } = await get<{
    total: number;
    dossiers: { dueAt: string | null; late: boolean }[];
  }>('/api/dossiers?unit=25&limit=3');
  expect([total, dossiers.map(({ dueAt }) => dueAt)]).toEqual([
    23,
    ['2026-11-18T15:00:00+07:00', '2026-11-18T15:00:00+07:00', null],
  ]);
  const soon = await get<{ total: number }>('/api/dossiers?unit=25&state=dueSoon');
  const overdue = await get<{ total: number }>('/api/dossiers?unit=25&state=overdue');
  const [row] = await figures('unit=25&period=2026-11&indicators=TT04,TT05');
  expect([overdue.total, soon.total]).toEqual([row?.figures.TT04?.numerator, row?.figures.TT05?.numerator]);
  expect([overdue.total, soon.total]).toEqual([0, 2]);
});
