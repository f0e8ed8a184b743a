/** Figures that stored sums do not give are explained by what they come from: points, days, feeds, queues. */
import { afterEach, describe, expect, test } from 'vitest';
import { findIndicator } from '../shared/catalogue.ts';
import type { OpsEvent } from '../shared/event.ts';
import type { StatedStory } from '../shared/explain-stated.ts';
import type { IndexAnswer } from '../shared/index766-wire.ts';
import { early, endAll, explain, figureOf, late, start, tell } from './server/explaining.ts';
import { at, iso } from './server/world.ts';

afterEach(endAll);

/** What a story tells of one basis; fails for another. */
function partsOf<B extends StatedStory['basis']>(stated: StatedStory | null, basis: B) {
  if (stated?.basis !== basis) throw new Error(`the story is not of ${basis}`);
  return stated as Extract<StatedStory, { basis: B }>;
}

describe('the index', () => {
  const report = (measure: string, value: number): OpsEvent => ({
    ...{ kind: 'report', id: measure, at: iso(at('2026-11-02 08:00')) },
    ...{ unit: 'A', measure, period: '2026-10', value },
  });

  test('is told by the points of each group and component, each counted here or taken from the portal', async () => {
    const running = await start('2026-11-18 16:00');
    const feed = await running.token('feed', '25');
    const token = await running.token('display', '25');
    await tell(running, feed, [
      ...early('A', '2026-10-12'),
      ...late('A', '2026-10-13'),
      report('portalOnlinePoints', 9),
      report('portalReceived', 10),
      report('portalOnTime', 9),
    ]);
    const query = 'unit=A&indicator=IDX&period=2026-10';
    const story = await explain(running.ask, token, query);
    const [told] = await figureOf(running.ask, token, 'unit=A&period=2026-10&indicators=IDX');
    expect(story.figure).toEqual(told?.figure);
    expect(story.formula.symbols).not.toBe('');
    const { by, version, score, sealedAt } = partsOf(story.stated, 'index');
    expect({ by, number: version.number, sealedAt }).toEqual({ by: 'own', number: 1, sealedAt: null });
    const sum = (of: 'points' | 'outOf') => score.groups.reduce((all, group) => all + group[of], 0);
    expect([story.numerator.value, story.denominator?.value]).toEqual([sum('points'), sum('outOf')]);
    expect([story.figure.numerator, story.figure.denominator]).toEqual([sum('points'), sum('outOf')]);
    const components = score.groups.flatMap((group) => group.components);
    const progress = components.find(({ id }) => id === 'progress');
    const [counted] = await figureOf(running.ask, token, 'unit=A&period=2026-10&indicators=TT02');
    const { numerator, denominator } = counted?.figure ?? {};
    expect(progress).toMatchObject({ numerator, denominator, isTaken: false });
    expect(components.find(({ id }) => id === 'online')).toMatchObject({ points: 9, isTaken: true });

    const portal = await explain(running.ask, token, `${query}&by=portal`);
    const path = '/api/index766?unit=A&period=2026-10&basis=portal';
    const page = (await running.ask(path, { token })).body as IndexAnswer;
    expect(portal.figure).toMatchObject({ value: page.score.value, numerator: page.score.points });
    expect(partsOf(portal.stated, 'index')).toMatchObject({ by: 'portal', score: page.score });
    expect(portal.figure.value).not.toBe(story.figure.value);
  });

  test('of a week is not known, and says nothing', async () => {
    const running = await start('2026-11-18 16:00');
    const token = await running.token('display', '25');
    await tell(running, await running.token('feed', '25'), early('A', '2026-11-17'));
    const story = await explain(running.ask, token, 'unit=A&indicator=IDX&period=2026-W47');
    expect(story).toMatchObject({ stated: null, figure: { value: null } });
  });
});

test('the countdown is told by its two days and the phases of the plan, each with its paper', async () => {
  const running = await start('2026-11-18 16:00');
  const token = await running.token('display', '25');
  await tell(running, await running.token('feed', '25'), early('A', '2026-11-17'));
  const story = await explain(running.ask, token, 'unit=25&indicator=DX02&period=2026');
  expect(story.figure).toMatchObject({ value: 43 });
  const { day, until, isStated, phases } = partsOf(story.stated, 'countdown');
  expect({ day, until, isStated }).toEqual({ day: '2026-11-18', until: '2026-12-31', isStated: false });
  expect(phases.map(({ from, until: last, standing }) => [from, last, standing])).toEqual([
    ['2025-06-19', '2025-06-30', 'over'],
    ['2025-07-01', '2025-12-31', 'over'],
  ]);
  for (const { source } of phases) expect(source).toContain('02-KH/BCĐTW');
  const past = await explain(running.ask, token, 'unit=25&indicator=DX02&period=2026-11-17');
  expect(partsOf(past.stated, 'countdown')).toMatchObject({ day: '2026-11-17' });
  expect(past.figure.value).toBe(44);
});

test('the age of the data is told feed by feed: the slowest is the figure, what tells of a part does not count', async () => {
  const running = await start('2026-11-18 08:00');
  const { clock, ask } = running;
  const token = await running.token('display', '25');
  const [whole, part] = [await running.token('feed', '25'), await running.token('feed', 'A')];
  clock.set(at('2026-11-18 09:00'));
  await tell(running, part, early('A', '2026-11-18'));
  clock.set(at('2026-11-18 10:00'));
  await tell(running, whole, early('D', '2026-11-18'));
  clock.set(at('2026-11-18 10:30'));
  const feedsOf = async (unit: string) => {
    const story = await explain(ask, token, `unit=${unit}&indicator=SYS03&period=2026-11`);
    const { feeds } = partsOf(story.stated, 'feeds');
    return {
      value: story.figure.value,
      feeds: feeds.map(({ name, standing, minutes, isSlowest }) => [name, standing, minutes, isSlowest]),
    };
  };
  // Newest events at 8:40: so many minutes of working time before half past ten.
  expect(await feedsOf('25')).toEqual({
    value: 110,
    feeds: [
      ['feed 25', 'counted', 110, true],
      ['feed A', 'part', null, false],
    ],
  });
  await tell(running, whole, [{ ...early('D', '2026-11-18')[0], at: iso(clock.now()) } as OpsEvent]);
  expect(await feedsOf('A')).toMatchObject({
    value: 110,
    feeds: [
      ['feed A', 'counted', 110, true],
      ['feed 25', 'counted', 0, false],
    ],
  });
  const past = await explain(ask, token, 'unit=25&indicator=SYS03&period=2026-10');
  expect(past.stated).toBeNull();
});

test('what waits is told system by system, and adds up; one that tells of no queue does not count', async () => {
  const running = await start('2026-11-18 10:00');
  const token = await running.token('display', '25');
  const probe = (id: string, system: string, more: object): OpsEvent => ({
    ...{ kind: 'probe', id, at: iso(at('2026-11-18 09:55')), system, up: true },
    ...more,
  });
  await tell(running, await running.token('feed', '25'), [
    probe('1', 'LGSP', { queued: 7, oldestQueuedAt: '2026-11-18T09:30:00+07:00' }),
    probe('2', 'VNeID', {}),
  ]);
  await tell(running, await running.token('feed', 'A'), [probe('3', 'Trục', { queued: 5 })]);
  const story = await explain(running.ask, token, 'unit=25&indicator=SYS04&period=2026-11-18');
  const { systems } = partsOf(story.stated, 'systems');
  expect(systems.map(({ name, unit, queued }) => [name, unit.code, queued])).toEqual([
    ['LGSP', '25', 7],
    ['Trục', 'A', 5],
    ['VNeID', '25', null],
  ]);
  expect(story.figure.value).toBe(12);
  expect(systems[0]?.oldestAt).toBe('2026-11-18T09:30:00+07:00');
  const own = await running.token('display', 'A');
  const below = await explain(running.ask, own, 'unit=A&indicator=SYS04&period=2026-11-18');
  expect(partsOf(below.stated, 'systems').systems.map(({ name }) => name)).toEqual(['Trục']);
});

test('a figure of sums has no such parts', async () => {
  const running = await start('2026-11-18 16:00');
  const token = await running.token('display', '25');
  await tell(running, await running.token('feed', '25'), early('A', '2026-11-17'));
  const story = await explain(running.ask, token, 'unit=A&indicator=HS01&period=2026-11');
  expect(story.stated).toBeNull();
  expect(findIndicator(story.indicator.id)?.basis).toBe('sums');
});
