/** A province or district that ended goes on as the sum of today's communes on its territory, and says so. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { FiguresAnswer, FormAnswer, RankingAnswer, SeriesAnswer } from '../shared/answers.ts';
import { speakerOf } from './server/acts.ts';
import { at, iso, REFORM, step } from './server/world.ts';
import { type Running, runApp } from './server.ts';

let running: Running;
let token: string;
let count = 0;

/** Of D, which took over three quarters of C (of 26) and D (of 25). */
const SHARE = 0.75 / 1.75;
const territory = {
  since: REFORM,
  units: 2,
  partly: [{ unit: { code: 'D' }, share: 0.4286 }],
};

function some(unit: string, local: string, size: number) {
  return Array.from({ length: size }, () => {
    const dossier = `t${count++}`;
    return step({ id: dossier, dossier, at: iso(at(local)), status: 2, receiver: unit, resolver: unit });
  });
}

beforeAll(async () => {
  running = await runApp();
  token = await running.token('display', '25');
  const told = [
    ...some('A', '2025-05-13 09:00', 3),
    ...some('26.SNV', '2025-05-13 09:00', 5),
    ...some('A', '2026-10-13 09:00', 4),
    ...some('D', '2026-10-13 09:00', 7),
    ...some('25.SNV', '2026-10-13 09:00', 9),
  ];
  await running.acts.ingest(told, speakerOf(running.tree, 'f'), running.clock.now());
});
afterAll(async () => {
  await running.close();
  expect(running.troubles).toEqual([]);
});

async function get<T>(path: string, as = token): Promise<T> {
  const { status, body } = await running.ask(path, { token: as });
  expect({ path, status, ...(status === 200 ? {} : { body }) }).toEqual({ path, status: 200 });
  return body as T;
}
const figures = (query: string, as?: string) => get<FiguresAnswer>(`/api/figures?${query}`, as);

test('figures after the merger are of the communes, by their share, without departments, and are marked', async () => {
  const { units } = await figures('unit=26&period=2026-10&indicators=HS01&children=1&compare=1');
  expect(units[0]).toMatchObject({ code: '26', territory });
  expect(units[0]).not.toHaveProperty('ended');
  expect(units[0]?.figures.HS01).toMatchObject({
    value: Math.round(100 * (4 + SHARE * 7)) / 100,
    previous: { value: 0 },
    completeness: 1,
  });
  expect(units.slice(1).map(({ code, figures: own }) => [code, own.HS01?.value])).toEqual([
    ['A', 4],
    ['D', 7],
  ]);
  expect(units[1]).not.toHaveProperty('territory');
});

test('figures before the merger are its own, departments included, and not marked', async () => {
  const { units } = await figures('unit=26&period=2025-05&indicators=HS01');
  expect(units[0]).not.toHaveProperty('territory');
  expect(units[0]?.figures.HS01?.value).toBe(8);
});

test('the territories of the old provinces add up to today’s communes', async () => {
  const value = async (unit: string) =>
    (await figures(`unit=${unit}&period=2026-10&indicators=HS01`)).units[0]?.figures.HS01?.value ?? 0;
  expect((await value('26')) + (await value('25@2025-06-30'))).toBeCloseTo(4 + 7, 1);
  expect((await value('26M')) + (await value('26N'))).toBeCloseTo(await value('26'), 1);
});

test('a series goes on over the merger on today’s map, and ends with the unit as it was then', async () => {
  const read = (tree: string) =>
    get<SeriesAnswer>(`/api/series?unit=26&indicator=HS01&from=2025-05&to=2026-10&grain=month&tree=${tree}`);
  const now = await read('now');
  expect(now).toMatchObject({ territory });
  const points = now.series[0]?.points ?? [];
  expect([points[0]?.value, points.length, points.at(-1)?.value]).toEqual([
    8,
    18,
    Math.round(100 * (4 + SHARE * 7)) / 100,
  ]);
  const then = await read('then');
  expect(then).not.toHaveProperty('territory');
  expect(then.series[0]?.points.map(({ period }) => period)).toEqual(['2025-05', '2025-06']);
});

test('open dossiers run on by share: a stock after the merger is that of the communes', async () => {
  const { series } = await get<SeriesAnswer>(
    '/api/series?unit=26&indicator=HS03&from=2025-06&to=2026-10&grain=month',
  );
  const points = series[0]?.points ?? [];
  const read = async (period: string) =>
    (await figures(`unit=26&period=${period}&indicators=HS03`)).units[0]?.figures.HS03?.value;
  expect(points[0]?.value).toBe(8);
  for (const period of ['2025-06', '2025-07', '2026-10'])
    expect(points.find((point) => point.period === period)?.value).toBeCloseTo((await read(period)) ?? -1, 6);
});

test('form II.06a, ranking, map and description of a time after it are of the communes', async () => {
  const form = await get<FormAnswer>('/api/form/II.06a?unit=26&period=2026-10');
  expect(form).toMatchObject({ territory });
  expect(form.total[0]).toBeCloseTo((form.total[4] ?? 0) + (form.total[8] ?? 0), 1);
  const ranking = await get<RankingAnswer>('/api/ranking?unit=26&period=2026-10&indicator=HS01');
  expect(ranking).toMatchObject({ territory, ranked: [{ unit: { code: 'D' } }, { unit: { code: 'A' } }] });
  const below = await get<{ children: { code: string }[] }>('/api/units/26?on=2026-10-31');
  expect(below.children.map(({ code }) => code)).toEqual(['A', 'D']);
  expect((await get<{ unit: { code: string } }>('/api/map?unit=26&on=2026-10-31')).unit.code).toBe('26');
});

test('who may not see all of a territory sees none of it: an old district’s token ends with the district', async () => {
  const district = await running.token('display', '26M');
  const { units } = await figures('unit=26M&period=2026-10&indicators=HS01', district);
  expect(units[0]).toMatchObject({ ended: REFORM, figures: { HS01: { value: null, denominator: null } } });
  expect(units[0]).not.toHaveProperty('territory');
});
