/** Units taken in by living ones within a month, and units planned for a day to come, as figures and tokens see them. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { FiguresAnswer, FormAnswer, SeriesAnswer } from '../shared/answers.ts';
import type { DossierEvent } from '../shared/event.ts';
import type { UnitRecord } from '../shared/unit-record.ts';
import { speakerOf } from './server/acts.ts';
import { at, iso, REFORM, SMALL, step } from './server/world.ts';
import { type Running, runApp } from './server.ts';

const CUT = '2026-03-10';
const PLANNED = '2026-12-01';

const commune = (code: string, from: string, to: string | null): UnitRecord => ({
  ...{ code, name: { vi: code, en: code }, level: 'commune', parent: '25', from, to },
});
/** D lives on and takes in T in mid-March, half of S goes to A and half to D that day; A is to be followed by a new A. */
const WORLD = {
  units: [
    ...SMALL.units.map((unit) => (unit.code === 'A' && unit.to === null ? { ...unit, to: PLANNED } : unit)),
    commune('T', REFORM, CUT),
    commune('S', REFORM, CUT),
    commune('A', PLANNED, null),
  ],
  lineage: [
    ...SMALL.lineage,
    { from: 'T', to: 'D', on: CUT, share: 1 },
    { from: 'S', to: 'A', on: CUT, share: 0.5 },
    { from: 'S', to: 'D', on: CUT, share: 0.5 },
    { from: 'A', to: 'A', on: PLANNED, share: 1 },
  ],
};

let running: Running;
let token: string;
let count = 0;

function some(
  unit: string,
  local: string,
  size: number,
  more: Partial<DossierEvent> & { end?: string } = {},
) {
  const { end, ...facts } = more;
  return Array.from({ length: size }, () => {
    const dossier = `n${count++}`;
    const base = { dossier, receiver: unit, resolver: unit, procedure: 'P.none', ...facts };
    const begun = step({ ...base, id: dossier, at: iso(at(local)), status: 2 });
    if (end === undefined) return [begun];
    const heir = end > CUT && unit === 'T' ? 'D' : unit;
    const ended = { ...base, receiver: heir, resolver: heir, id: `${dossier}e`, at: iso(at(end)), status: 9 };
    return [begun, step(ended)];
  }).flat();
}

beforeAll(async () => {
  running = await runApp({ selection: WORLD });
  token = await running.token('display', '25');
  const told = [
    ...some('T', '2026-02-10 09:00', 3, { end: '2026-02-11 09:00', field: 'land' }),
    ...some('T', '2026-02-12 09:00', 2, { end: '2026-04-01 09:00', field: 'land' }),
    ...some('T', '2026-03-05 09:00', 1, { field: 'civil' }),
    ...some('D', '2026-02-10 09:00', 4, { end: '2026-03-20 09:00', field: 'civil' }),
    ...some('S', '2026-03-02 09:00', 8, { end: '2026-03-04 09:00', field: 'land' }),
    ...some('A', '2026-03-02 09:00', 5, { end: '2026-03-25 09:00', field: 'civil' }),
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
const form = (unit: string, period: string) =>
  get<FormAnswer>(`/api/form/II.06a?unit=${unit}&period=${period}`);

describe('a unit that takes in another one while it lives', () => {
  test.each(['2026-02', '2026-03', '2026-Q1', '2026-04', '2026'])(
    'and the others below it add up to the unit above: %s',
    async (period) => {
      const { units } = await get<FiguresAnswer>(
        `/api/figures?unit=25&period=${period}&indicators=HS01,HS02&children=1`,
      );
      for (const id of ['HS01', 'HS02']) {
        const [whole, ...parts] = units.map(({ figures }) => figures[id]?.value ?? 0);
        expect({ id, sum: parts.reduce((sum, part) => sum + part, 0) }).toEqual({ id, sum: whole });
      }
    },
  );

  test('has the other’s past on today’s map, and a break on the day', async () => {
    const { series, breaks } = await get<SeriesAnswer>(
      '/api/series?unit=D&indicator=HS01&from=2026-02&to=2026-04&grain=month&tree=now',
    );
    expect(series[0]?.points.map(({ value }) => value)).toEqual([4 + 5, 1 + 0.5 * 8, 0]);
    expect(breaks.map(({ on, from }) => [on, from.map(({ code }) => code)])).toEqual([[CUT, ['T', 'S']]]);
  });

  test('fills form II.06a that adds up, carries nothing below zero, and has its rows by area of work', async () => {
    // In March: 4 of its own, 2 and 1 that T passed on, half of what S took and brought to an end.
    const { rows, total } = await form('D', '2026-03');
    expect(total).toEqual([11, 5, 0, 6, 8, 0, 8, 0, 3, 3, 0]);
    expect(rows.map(({ field, columns }) => [field.code, columns])).toEqual([
      ['land', [6, 4, 0, 2, 4, 0, 4, 0, 2, 2, 0]],
      ['civil', [5, 1, 0, 4, 4, 0, 4, 0, 1, 1, 0]],
    ]);
  });

  test.each(['T', 'S', 'D', 'A', '25'])(
    'by area of work, over months in which somebody began or ended, sums to the whole: %s',
    async (unit) => {
      const ref = unit === 'T' || unit === 'S' ? `${unit}@2026-03-01` : unit;
      for (const period of ['2026-03', '2026-Q1', '2026', '2025-07', '2025']) {
        const { rows, total } = await form(ref, period);
        const summed = total.map((_, index) =>
          rows.reduce((sum, { columns }) => sum + (columns[index] ?? 0), 0),
        );
        expect({ unit, period, summed }).toEqual({ unit, period, summed: total });
        expect(total.length).toBe(period < '2026' ? 0 : 11);
        expect(total[0] ?? 0).toBeCloseTo((total[4] ?? 0) + (total[8] ?? 0), 6);
        await get<FiguresAnswer>(`/api/figures?unit=${ref}&period=${period}&by=field`);
      }
    },
  );
});

test('a planned unit takes over code and token on its day, and not before', async () => {
  const [board, feed] = [await running.token('display', 'A'), await running.token('feed', 'A')];
  const name = async (reference: string, as = board) => {
    const { unit } = await get<{ unit: { from: string; to: string | null; ref: string } }>(
      `/api/units/${reference}`,
      as,
    );
    return [unit.from, unit.ref];
  };
  const session = async () => (await get<{ unit: { from: string } }>('/api/session', board)).unit.from;
  const tell = (id: string, unit: string) =>
    running.post(
      [step({ id, dossier: id, status: 2, at: iso(running.clock.now()), receiver: unit, resolver: unit })],
      feed,
    );
  expect([await name('A'), await name(`A@${PLANNED}`, token), await session()]).toEqual([
    [REFORM, 'A'],
    [PLANNED, `A@${PLANNED}`],
    REFORM,
  ]);
  expect((await tell('before', 'A')).status).toBe(200);
  running.clock.set(at(`${PLANNED} 09:00`));
  await running.app.tick();
  expect([await name('A'), await name('A@2026-11-30'), await session()]).toEqual([
    [PLANNED, 'A'],
    [REFORM, 'A@2026-11-30'],
    PLANNED,
  ]);
  const statuses = [(await tell('after', 'A')).status, (await tell('elsewhere', 'D')).status];
  expect(statuses).toEqual([200, 403]);
  const { units } = await get<FiguresAnswer>('/api/figures?unit=A&period=2026&indicators=HS01', board);
  expect(units[0]?.figures.HS01?.value).toBe(5 + 0.5 * 8 + 2);
});
