/** Periods that are over keep the thresholds they were judged by; those of today colour what still runs. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { FiguresAnswer, RankingAnswer } from '../shared/answers.ts';
import { PATIENT } from './server/alerting.ts';
import {
  bodyOf,
  decide,
  levels,
  type Office,
  openOffice,
  override,
  readThresholds,
  save,
  settleOverride,
} from './server/editors.ts';
import { at } from './server/world.ts';

let office: Office;
beforeEach(async () => {
  office = await openOffice({ site: PATIENT });
});
afterEach(async () => {
  await office.running.close();
  expect(office.running.troubles).toEqual([]);
});

const body = (warning: number) => bodyOf('TT02', { levels: levels(warning, 80, 70) });

/** By what the figures of a unit in a period are coloured. */
async function colouredBy(period: string, { unit = 'A', indicator = 'TT02', query = '' } = {}) {
  const path = `/api/figures?unit=${unit}&period=${period}&indicators=${indicator}${query}`;
  const { units } = (await office.chief.ask('GET', path)).body as FiguresAnswer;
  const { threshold } = units[0]?.figures[indicator] ?? {};
  if (!threshold) return null;
  const { bands, version, override: own, since, until, by } = threshold;
  return [bands?.warning, version, own, since?.slice(0, 10) ?? null, until, by];
}

describe('a rule changed in the middle of a month', () => {
  test('colours that month and those to come; the month before keeps what it was judged by', async () => {
    const { chief, running } = office;
    await save(chief, { id: 'TT02', base: 0, body: body(95) });
    expect(await colouredBy('2026-10')).toEqual([90, 0, null, null, '2026-11-18', null]);
    expect(await colouredBy('2026-11-17')).toEqual([90, 0, null, null, '2026-11-18', null]);
    const first = [95, 1, null, '2026-11-18'];
    expect(await colouredBy('2026-11')).toEqual([...first, null, 'Title of chief']);
    running.clock.set(at('2026-12-10 09:00'));
    await save(chief, { id: 'TT02', base: 1, body: body(97) });
    expect(await colouredBy('2026-11')).toEqual([...first, '2026-12-10', 'Title of chief']);
    expect(await colouredBy('2026-Q4')).toEqual([97, 2, null, '2026-12-10', null, 'Title of chief']);
    expect(await colouredBy('2026-10')).toEqual([90, 0, null, null, '2026-11-18', null]);
  });

  test('judges a ranking, and what is told of a day, in the same way', async () => {
    const { chief } = office;
    await save(chief, { id: 'TT02', base: 0, body: body(95) });
    const ranked = async (period: string) => {
      const path = `/api/ranking?unit=25&period=${period}&indicator=TT02&level=commune`;
      const answer = (await chief.ask('GET', path)).body as RankingAnswer;
      return [...answer.ranked, ...answer.guarded].map(({ figure }) => figure.threshold?.bands?.warning);
    };
    expect([await ranked('2026-10'), await ranked('2026-11')]).toEqual([
      [90, 90],
      [95, 95],
    ]);
    const told = async (on: string) =>
      (await readThresholds(chief, `unit=25&on=${on}`))
        .filter(({ indicator }) => indicator === 'TT02')
        .map(({ unit, bands, version }) => [unit, bands?.warning, version]);
    expect([await told('2026-10-31'), await told('2026-11-18')]).toEqual([[[null, 90, 0]], [[null, 95, 1]]]);
  });

  test('and withdrawn for a while colours nothing that ended meanwhile', async () => {
    const { chief, running } = office;
    await decide(chief, 'TT02', 0, 'withdraw');
    running.clock.set(at('2026-12-10 09:00'));
    await save(chief, { id: 'TT02', base: 1, body: body(95) });
    expect((await colouredBy('2026-10'))?.[0]).toBe(90);
    expect(await colouredBy('2026-11')).toBe(null);
    expect((await colouredBy('2026-12'))?.[0]).toBe(95);
  });
});

describe('an override', () => {
  test('colours periods that ended in its days, also when it is over', async () => {
    const { commune, running } = office;
    await override(commune, { values: { raise: { warning: 99 } }, to: '2026-12-05' });
    expect((await colouredBy('2026-10'))?.slice(0, 3)).toEqual([90, 0, null]);
    expect((await colouredBy('2026-11'))?.slice(0, 3)).toEqual([99, 0, 1]);
    running.clock.set(at('2026-12-10 09:00'));
    expect((await colouredBy('2026-11'))?.slice(0, 5)).toEqual([99, 0, 1, '2026-11-18', '2026-12-05']);
    expect((await colouredBy('2026-12'))?.slice(0, 3)).toEqual([90, 0, null]);
  });

  test('ended early keeps the periods that had ended by then', async () => {
    const { commune, running } = office;
    await override(commune, { values: { raise: { warning: 99 } } });
    running.clock.set(at('2026-12-10 09:00'));
    await settleOverride(commune, 1, 'end');
    expect([(await colouredBy('2026-11'))?.[0], (await colouredBy('2026-12'))?.[0]]).toEqual([99, 90]);
  });
});

test('of an indicator that nobody had a rule about by then the first one known colours, and says since when', async () => {
  const { chief, running } = office;
  const own = bodyOf('TT02', {
    condition: { kind: 'level', indicator: 'HS01', window: 'month' },
    levels: levels(9, 8, 7),
  });
  expect(await colouredBy('2026-10', { indicator: 'HS01' })).toBe(null);
  const { id } = (await save(chief, { id: null, base: null, body: own })).body as { id: string };
  running.clock.set(at('2026-12-10 09:00'));
  await save(chief, { id, base: 1, body: { ...own, levels: levels(19, 8, 7) } });
  const read = async (period: string) => (await colouredBy(period, { indicator: 'HS01' }))?.slice(0, 5);
  expect(await read('2026-10')).toEqual([9, 1, null, '2026-11-18', '2026-12-10']);
  expect(await read('2026-11')).toEqual([9, 1, null, '2026-11-18', '2026-12-10']);
  expect(await read('2026-12')).toEqual([19, 2, null, '2026-12-10', null]);
});
