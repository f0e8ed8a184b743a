/** A series by hour that begins before the hours kept says so. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { SeriesAnswer } from '../shared/answers.ts';
import { speakerOf } from './server/acts.ts';
import { at, iso, step } from './server/world.ts';
import { type Running, runApp } from './server.ts';

let running: Running;
let token: string;
beforeAll(async () => {
  running = await runApp();
  token = await running.token('display', '25');
  const told = step({ id: '1', at: iso(at('2025-10-01 09:00')), status: 2 });
  await running.acts.ingest([told], speakerOf(running.tree, 'f'), running.clock.now());
});
afterAll(async () => {
  await running.close();
  expect(running.troubles).toEqual([]);
});

test.each([
  ['the first day kept on', 'hour', '2026-10-09', '2026-10-11', ['2026-10-09T00:00:00+07:00', 48, undefined]],
  ['the day before', 'hour', '2026-10-08', '2026-10-11', ['2026-10-09T00:00:00+07:00', 48, '2026-10-09']],
  ['a year before', 'hour', '2025-10', '2026-10-10', ['2026-10-09T00:00:00+07:00', 24, '2026-10-09']],
  ['days of which none is kept', 'hour', '2026-01-01', '2026-02-01', [undefined, 0, '2026-10-09']],
  ['a year before, by day', 'day', '2025-11-01', '2025-11-03', ['2025-11-01', 2, undefined]],
])('from %s', async (_words, grain, from, to, expected) => {
  const query = `unit=25&indicator=HS01&grain=${grain}&from=${from}&to=${to}`;
  const answer = SeriesAnswer.parse((await running.ask(`/api/series?${query}`, { token })).body);
  const points = answer.series[0]?.points ?? [];
  expect([points[0]?.from, points.length, answer.keptSince]).toEqual(expected);
});

test('the document says what that means', async () => {
  const { body } = await running.ask('/api/openapi.json');
  const keptSince = { type: 'string', description: expect.stringContaining('40 days') };
  const answer = { content: { 'application/json': { schema: { properties: { keptSince } } } } };
  expect(body).toMatchObject({ paths: { '/api/series': { get: { responses: { 200: answer } } } } });
});
