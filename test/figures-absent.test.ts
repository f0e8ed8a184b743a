/** A time in which nobody answers for a unit: it had ended, or was yet to begin and took over from nobody. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { FiguresAnswer, FormAnswer, RankingAnswer, SeriesAnswer } from '../shared/answers.ts';
import { NO_FIGURE } from '../shared/indicator.ts';
import type { SilentAnswer } from '../shared/silent.ts';
import { speakerOf } from './server/acts.ts';
import { at, iso, SMALL, step } from './server/world.ts';
import { type Running, runApp } from './server.ts';

let running: Running;
let token: string;

beforeAll(async () => {
  const office = { code: '25.N', name: { vi: 'N', en: 'N' }, level: 'office', parent: '25' } as const;
  const units = [...SMALL.units, { ...office, from: '2026-09-01', to: null }];
  running = await runApp({ selection: { ...SMALL, units } });
  token = await running.token('display', '25');
  const told = ['1', '2'].map((dossier) =>
    step({
      ...{ id: dossier, dossier, status: 9, receiver: 'B', resolver: 'B' },
      at: iso(at('2025-05-13 09:00')),
    }),
  );
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
const figures = async (query: string) => (await get<FiguresAnswer>(`/api/figures?${query}`)).units[0];

const none = { ...NO_FIGURE, completeness: null };

test('figures after the end of a unit have no value and say when it ended', async () => {
  const row = await figures('unit=B&period=2025-07&indicators=HS01,HS03,TT01&compare=1');
  expect(row).toMatchObject({ code: 'B', ended: '2025-07-01' });
  expect(row?.figures).toMatchObject({
    HS01: { ...none, previous: { value: 0, denominator: null } },
    HS03: { ...none, previous: { value: 0, denominator: null } },
    TT01: { ...none, previous: { value: null, denominator: 0 } },
  });
  const later = await figures('unit=B&period=2026-10&indicators=HS03&compare=1');
  expect(later?.figures.HS03).toMatchObject({ ...none, previous: NO_FIGURE });
});

test('figures of a period that reaches into the life of a unit are as ever', async () => {
  const row = await figures('unit=B&period=2025&indicators=HS01,HS02');
  expect(row?.figures).toMatchObject({ HS01: { value: 2 }, HS02: { value: 2 } });
  expect(row).not.toHaveProperty('ended');
});

test('figures before a unit that took over from nobody say when it begins', async () => {
  const row = await figures('unit=25.N&period=2026-08&indicators=HS03');
  expect(row).toMatchObject({ begins: '2026-09-01', figures: { HS03: none } });
  const born = await figures('unit=25.N&period=2026-09&indicators=HS03');
  expect(born).toMatchObject({ noData: 'neverTold', figures: { HS03: none } });
  expect(born).not.toHaveProperty('begins');
});

test.each(['then', 'now'])(
  'a series after the end of a unit has no points and says why: %s',
  async (tree) => {
    const read = (from: string) =>
      get<SeriesAnswer>(`/api/series?unit=B&indicator=HS03&from=${from}&to=2025-10&grain=month&tree=${tree}`);
    expect(await read('2025-08')).toMatchObject({
      ended: '2025-07-01',
      series: [{ unit: { code: 'B' }, points: [] }],
    });
    const living = await read('2025-05');
    expect(living).not.toHaveProperty('ended');
    expect(living.series[0]?.points.map(({ period }) => period)).toEqual(['2025-05', '2025-06']);
  },
);

test('form II.06a after the end of a unit has no rows and says why', async () => {
  const { ended, rows, total } = await get<FormAnswer>('/api/form/II.06a?unit=B&period=2025-08');
  expect({ ended, rows, total }).toEqual({ ended: '2025-07-01', rows: [], total: [] });
  expect(await get<FormAnswer>('/api/form/II.06a?unit=B&period=2025-05')).not.toHaveProperty('ended');
});

const TIMES = [
  ['2019', { noData: 'beforeData', dataFrom: '2025-05-01' }],
  ['2025-04', { noData: 'beforeData', dataFrom: '2025-05-01' }],
  ['2027', { noData: 'notBegun' }],
] as const;

test.each(TIMES)(
  'of a time of which nothing is known nothing has a value, and it says why: %s',
  async (period, why) => {
    const { units } = await get<FiguresAnswer>(
      `/api/figures?unit=25&period=${period}&indicators=HS01,TT04&children=1`,
    );
    expect(units.length).toBeGreaterThan(1);
    expect(units[0]).toMatchObject(why);
    for (const { figures: own } of units) expect(own).toMatchObject({ HS01: none, TT04: none });
    expect(await get(`/api/figures?unit=25&period=${period}&by=field`)).toMatchObject({ ...why, units: [] });
    expect(await get(`/api/form/II.06a?unit=25&period=${period}`)).toMatchObject({
      ...why,
      rows: [],
      total: [],
    });
    expect(await get(`/api/silent?unit=25&period=${period}`)).toMatchObject({
      ...why,
      reporting: 0,
      silent: [],
    });
    const ranking = await get<RankingAnswer>(`/api/ranking?unit=25&period=${period}&indicator=HS01`);
    expect(ranking).toMatchObject({ ...why, ranked: [] });
    expect(ranking.guarded.map(({ figure }) => figure.value)).toEqual(units.slice(1).map(() => null));
    const series = await get(`/api/series?unit=25&indicator=HS01&from=${period}&to=${period}&grain=month`);
    expect(series).toMatchObject({ ...why, series: [{ points: [] }] });
  },
);

test('a series begins with the first month that has figures, not with zeros', async () => {
  const { series } = await get<SeriesAnswer>(
    '/api/series?unit=25&indicator=HS01&from=2019&to=2025-06&grain=month',
  );
  expect(series[0]?.points.map(({ period, value }) => [period, value])).toEqual([
    ['2025-05', 2],
    ['2025-06', 0],
  ]);
});

test('a unit of which nothing was ever told has no figures, open dossiers or course', async () => {
  const why = { noData: 'neverTold' };
  for (const period of ['2026-11', '2026'])
    expect(await figures(`unit=25.SNV&period=${period}&indicators=HS03`)).toMatchObject({
      ...why,
      figures: { HS03: none },
    });
  const { units } = await get<FiguresAnswer>(
    '/api/figures?unit=25&period=2026-11&indicators=HS03&children=1',
  );
  expect(units.map(({ code, noData, figures: own }) => [code, noData, own.HS03?.value])).toEqual([
    ['25', undefined, 0],
    ['25.N', 'neverTold', null],
    ['25.SNV', 'neverTold', null],
    ['A', undefined, 0],
    ['D', 'neverTold', null],
  ]);
  expect(await get('/api/dossiers?unit=D')).toMatchObject({ ...why, total: null, dossiers: [] });
  expect(await get('/api/dossiers?unit=A')).toMatchObject({ total: 0, dossiers: [] });
  const path = '/api/series?unit=D&indicator=HS01&from=2026-01&to=2026-11&grain=month';
  expect(await get(path)).toMatchObject({ ...why, series: [{ points: [] }] });
});

test('an area of work that nobody knows, or ever told of, has no figures', async () => {
  for (const [field, noData] of [
    ['Nope', 'unknownField'],
    ['land', 'neverTold'],
  ]) {
    expect(await get(`/api/figures?unit=25&period=2025-05&field=${field}`)).toMatchObject({
      noData,
      units: [],
    });
    expect(await get(`/api/dossiers?unit=25&field=${field}`)).toMatchObject({ noData, total: null });
    const path = `/api/series?unit=25&indicator=HS01&from=2025-05&to=2025-06&grain=month&field=${field}`;
    expect(await get(path)).toMatchObject({ noData, series: [{ points: [] }] });
  }
  const known = await get<FiguresAnswer>('/api/figures?unit=25&period=2025-05&field=civil&indicators=HS02');
  expect(known).toMatchObject({ units: [{ figures: { HS02: { value: 2 } } }] });
  expect(known).not.toHaveProperty('noData');
});

test('who told nothing in a period is listed, with its last word', async () => {
  const read = async (period: string) => {
    const { reporting, silent } = await get<SilentAnswer>(`/api/silent?unit=25&period=${period}`);
    return { reporting, silent: silent.map(({ unit, lastAt }) => [unit.code, lastAt?.slice(0, 10) ?? null]) };
  };
  expect(await read('2026-11')).toEqual({
    reporting: 4,
    silent: [
      ['25.N', null],
      ['25.SNV', null],
      ['D', null],
      ['A', '2025-05-13'],
    ],
  });
  const row = await figures('unit=25&period=2025&indicators=HS01');
  const { reporting, silent } = await read('2025');
  expect(row?.figures.HS01?.completeness).toBeCloseTo((reporting - silent.length) / reporting, 4);
  expect(silent.map(([code]) => code)).toEqual(['25.SNV', 'D']);
});
