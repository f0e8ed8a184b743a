/** What the demo tells by the clock besides live dossiers. */
import { expect, test } from 'vitest';
import { createSchedule } from '../seed/demo/traffic.ts';
import { Days } from '../seed/province/days.ts';
import { readAll, SYSTEMS } from '../seed/province/systems.ts';

const start = Date.parse('2026-11-27T10:00:00+07:00');
const source = { days: new Days(), seed: 2026, anchor: start };
const readings = { everyMs: 30_000, tell: (at: number) => readAll(source, at, 30_000) };

test('readings are told at the start and every thirty seconds, of every system but the silent one', () => {
  const takeDue = createSchedule({ surge: [], readings, pace: null }, start);
  const counts = [0, 1000, 29_999, 30_400, 31_000, 60_400].map((ms) => takeDue(start + ms).length);
  const all = SYSTEMS.length - 1;
  expect(counts).toEqual([all, 0, 0, all, 0, all]);
});

test('at pace 0 there are none', () => {
  const takeDue = createSchedule({ surge: [], readings, pace: 0 }, start);
  expect([0, 60_000].map((ms) => takeDue(start + ms))).toEqual([[], []]);
});
