// A total that is built from fewer units than it should says so wherever it is told, by what it is a total of.
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { FiguresAnswer, FormAnswer, RankingAnswer } from '../shared/answers.ts';
import type { ExplainAnswer } from '../shared/explain.ts';
import { at, iso, step } from './server/world.ts';
import { type Running, runApp } from './server.ts';

let running: Running;
let token: string;
beforeAll(async () => {
  running = await runApp();
  token = await running.token('display', '25');
  const feed = await running.token('feed', '25');
  const when = iso(at('2026-11-17 09:00'));
  const document = { kind: 'document', at: when, direction: 'out', electronic: true, signed: true };
  const events = [
    step({ id: 'd', dossier: 'd', status: 2, receiver: 'A', resolver: 'A', at: when }),
    ...['A', 'D'].map((unit) => ({ ...document, id: unit, unit })),
    { kind: 'petition', id: 'p', petition: 'p', unit: 'A', state: 'received', at: when },
  ];
  expect((await running.post(events, feed)).status).toBe(200);
});
afterAll(async () => {
  await running.close();
  expect(running.troubles).toEqual([]);
});

async function ask<T>(path: string): Promise<T> {
  const { status, body } = await running.ask(`/api/${path}`, { token });
  expect(status, JSON.stringify(body)).toBe(200);
  return body as T;
}

test('figures say it of dossiers and of documents; of petitions nobody knows who should have told', async () => {
  const { units } = await ask<FiguresAnswer>('figures?unit=25&period=2026-11&children=1');
  const shares = ['TT02', 'HS01', 'SAT01', 'IDX', 'DOC01', 'DOC03', 'SAT02', 'SYS01', 'DOC04', 'DX02'].map(
    (id) => [id, units[0]?.figures[id]?.completeness],
  );
  expect(Object.fromEntries(shares)).toEqual({
    ...{ TT02: 0.3333, HS01: 0.3333, SAT01: 0.3333, IDX: 0.3333, DOC01: 0.6667, DOC03: 0.6667 },
    ...{ SAT02: null, SYS01: null, DOC04: null, DX02: null },
  });
  const below = units.map(({ code, figures }) => [
    code,
    figures.TT02?.completeness,
    figures.DOC01?.completeness,
  ]);
  expect(below.slice(1).sort()).toEqual([
    ['25.SNV', null, null],
    ['A', 1, 1],
    ['D', 0, 1],
  ]);
});

test('so do a ranking, the form and the story of a figure', async () => {
  const ranking = await ask<RankingAnswer>('ranking?unit=25&period=2026-11&indicator=TT02');
  expect(ranking.completeness).toBe(0.3333);
  expect(
    (await ask<RankingAnswer>('ranking?unit=25&period=2026-11&indicator=SAT02')).completeness,
  ).toBeNull();
  expect((await ask<FormAnswer>('form/II.06a?unit=25&period=2026-11')).completeness).toBe(0.3333);
  const tell = async (id: string) => {
    const { completeness } = await ask<ExplainAnswer>(`explain?unit=25&indicator=${id}&period=2026-11`);
    return { ...completeness, silent: completeness.silent.map(({ unit }) => unit.code) };
  };
  expect(await tell('TT02')).toEqual({ reporting: 3, told: 1, silent: ['25.SNV', 'D'] });
  expect(await tell('DOC01')).toEqual({ reporting: 3, told: 2, silent: ['25.SNV'] });
  expect(await tell('SAT02')).toEqual({ reporting: 0, told: 0, silent: [] });
});
