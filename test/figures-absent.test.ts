/** A time in which nobody answers for a unit: it had ended, or was yet to begin and took over from nobody. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { FiguresAnswer, FormAnswer, SeriesAnswer } from '../shared/answers.ts';
import { NO_FIGURE } from '../shared/indicator.ts';
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
  expect(born).toMatchObject({ figures: { HS03: { value: 0 } } });
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
  expect({ ended, rows, total }).toEqual({ ended: '2025-07-01', rows: [], total: Array(11).fill(0) });
  expect(await get<FormAnswer>('/api/form/II.06a?unit=B&period=2025-05')).not.toHaveProperty('ended');
});
