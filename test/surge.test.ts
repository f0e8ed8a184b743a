import { expect, test } from 'vitest';
import { createProvince } from '../seed/province/province.ts';
import { chooseSurgeUnit, SURGE, tellSurge } from '../seed/province/surge.ts';
import { DossierEvent } from '../shared/event.ts';
import { findShippedRule } from '../shared/shipped-rules.ts';

const anchor = Date.parse('2026-11-22T18:00:00+07:00');
const { places } = createProvince({ anchor, sampling: 100 });

test('the surge of a demo is of a commune that nothing else befalls, and legal', () => {
  const place = chooseSurgeUnit(places);
  expect([place.tier, place.trouble]).toEqual(['commune', undefined]);
  const told = tellSurge(place, anchor);
  expect(told.map(({ event }) => DossierEvent.safeParse(event).success)).toEqual(told.map(() => true));
  expect(new Set(told.map(({ event }) => event.id)).size).toBe(2 * SURGE.size);
  expect(tellSurge(place, anchor)).toEqual(told);
});

test('it is large enough to ring, begins within a minute, and is over within two', () => {
  const major = findShippedRule('TT04')?.body.levels.find(({ severity }) => severity === 'major');
  expect(SURGE.size).toBeGreaterThanOrEqual(major?.count ?? Number.POSITIVE_INFINITY);
  expect(SURGE.dueAfterMs).toBeLessThan(60_000);
  expect(SURGE.endAfterMs).toBeLessThan(120_000);
});

test('it is of a commune that is calm until then', () => {
  const { quality, perDay } = chooseSurgeUnit(places);
  expect(quality.onTime).toBeGreaterThanOrEqual(0.93);
  expect(perDay).toBeGreaterThan(20);
});
