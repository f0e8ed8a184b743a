/** Areas of work, however feeds spell them: one row, by the site's name where it has one, else as first told. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createSite } from '../server/site.ts';
import type { FiguresAnswer, FormAnswer, SeriesAnswer } from '../shared/answers.ts';
import { actsOf } from './server/acts.ts';
import { at, iso, step } from './server/world.ts';
import { type Running, runApp } from './server.ts';

const site = createSite({
  fields: [{ code: 'HT', name: { vi: 'Hộ tịch', en: 'Civil status' } }],
  procedures: [{ code: 'P.ht', name: { vi: 'Khai sinh', en: 'Birth' }, field: 'HT' }],
});

/** As feeds write them: capitals, spaces, composed or not, the tone on either vowel, something that shows nothing. */
const TOLD: [field: string | undefined, procedure: string][] = [
  ['Hòa giải cơ sở', 'P.1'],
  ['  HOÀ GIẢI   CƠ SỞ ', 'P.1'],
  ['hoà giải cơ sở'.normalize('NFD'), 'P.2'],
  ['Hòa giải cơ\u200b sở', 'P.2'],
  ['Hộ tịch', 'P.3'],
  ['hộ  tịch', 'P.3'],
  ['ht', 'P.3'],
  [undefined, 'P.ht'],
  ['Đất đai', 'P.4'],
  ['Dat dai', 'P.4'],
];

let running: Running;
let token: string;
beforeAll(async () => {
  running = await runApp({ site });
  token = await running.token('display', '25');
  const feed = await running.token('feed', '25');
  const events = TOLD.map(([field, procedure], index) => ({
    ...step({
      id: `${index}`,
      dossier: `d${index}`,
      at: iso(at('2026-11-17 09:00') + index),
      status: 2,
      procedure,
    }),
    ...(field === undefined ? {} : { field }),
  }));
  for (const event of events) expect((await running.post([event], feed)).status).toBe(200);
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
const rows = async (query: string) =>
  (await get<FiguresAnswer>(`/api/figures?unit=A&period=2026-11&indicators=HS01&${query}`)).units.map(
    ({ code, name, figures }) => [code, name.vi, figures.HS01?.value],
  );

const AREAS = [
  ['Dat dai', 'Dat dai', 1],
  ['HT', 'Hộ tịch', 4],
  ['Hòa giải cơ sở', 'Hòa giải cơ sở', 4],
  ['Đất đai', 'Đất đai', 1],
];

test('are one row for all that reads the same, and two for what does not', async () => {
  expect((await rows('by=field')).sort()).toEqual(AREAS);
  const { rows: lines, total } = await get<FormAnswer>('/api/form/II.06a?unit=A&period=2026-11');
  expect(lines.map(({ field, columns }) => [field.code, field.name.vi, columns[1]]).sort()).toEqual(AREAS);
  expect(total[1]).toBe(TOLD.length);
});

describe.each(['Hòa giải cơ sở', 'HOÀ GIẢI CƠ SỞ', 'hoà giải cơ sở'.normalize('NFD')])(
  'asked for as %s',
  (text) => {
    const field = `field=${encodeURIComponent(text)}`;
    test('are the same figures, procedures, series and dossiers', async () => {
      expect(await rows(`by=field&${field}`)).toEqual([AREAS[2]]);
      expect((await rows(`by=procedure&${field}`)).sort()).toEqual([
        ['P.1', 'P.1', 2],
        ['P.2', 'P.2', 2],
      ]);
      const line = `/api/series?unit=A&indicator=HS01&from=2026-11&to=2026-11&grain=month&${field}`;
      expect((await get<SeriesAnswer>(line)).series[0]?.points[0]?.value).toBe(4);
      const { total, dossiers } = await get<{ total: number; dossiers: { field: { code: string } }[] }>(
        `/api/dossiers?unit=A&state=open&${field}`,
      );
      expect([total, new Set(dossiers.map((one) => one.field.code))]).toEqual([
        4,
        new Set(['Hòa giải cơ sở']),
      ]);
    });
  },
);

test.each(['HT', 'hộ tịch', 'civil status'])(
  'that the site knows are found by code and name: %s',
  async (text) => {
    const field = `field=${encodeURIComponent(text)}`;
    expect(await rows(`by=field&${field}`)).toEqual([AREAS[1]]);
    const line = `/api/series?unit=A&indicator=HS01&from=2026-11&to=2026-11&grain=month&${field}`;
    expect((await get<SeriesAnswer>(line)).series[0]?.points[0]?.value).toBe(4);
    expect((await get<{ total: number }>(`/api/dossiers?unit=A&state=open&${field}`)).total).toBe(4);
  },
);

test('that nobody could have told are refused by field', async () => {
  expect(await running.ask('/api/dossiers?unit=A&state=open&field=a%00b', { token })).toMatchObject({
    status: 400,
    body: { errors: [{ field: 'field' }] },
  });
});

test('are shown by the same spelling after a rebuild', async () => {
  const { store, clock } = running;
  const { differences } = await actsOf(store, { site }).rebuild(clock.now());
  expect(differences).toEqual([]);
  expect((await rows('by=field')).sort()).toEqual(AREAS);
});
