/** The story of a figure is that of the very figure: its terms, units and corrections add up to it. */
import { afterEach, describe, expect, test } from 'vitest';
import type { FiguresAnswer } from '../shared/answers.ts';
import { findIndicator } from '../shared/catalogue.ts';
import type { OpsEvent } from '../shared/event.ts';
import type { Correction, ExplainAnswer } from '../shared/explain.ts';
import { early, endAll, explain, figureOf, late, start, tell } from './server/explaining.ts';
import { at, iso, step } from './server/world.ts';

afterEach(endAll);

describe('a figure of sums', () => {
  test('is told with the terms, units, feeds and completeness it comes from, as figures tell it', async () => {
    const running = await start('2026-11-18 16:00');
    const feed = await running.token('feed', '25');
    const { ask } = running;
    const token = await running.token('display', '25');
    await tell(running, feed, [
      ...early('A', '2026-11-18'),
      ...early('A', '2026-11-17'),
      ...late('A', '2026-11-18'),
      ...early('D', '2026-11-18'),
    ]);
    await running.acts.tick(running.clock.now());
    const story = await explain(ask, token, 'unit=25&indicator=TT02&period=2026-11');
    const told = await figureOf(ask, token, 'unit=25&period=2026-11&indicators=TT02&children=1');
    expect(story.figure).toEqual(told[0]?.figure);
    expect(story.figure).toMatchObject({ value: 75, numerator: 3, denominator: 4 });
    const byCode = story.children.map(({ unit, figure }) => ({ code: unit.code, figure }));
    expect(byCode.toSorted((a, b) => (a.code < b.code ? -1 : 1))).toEqual(
      told.slice(1).toSorted((a, b) => (a.code < b.code ? -1 : 1)),
    );
    expect(story.children.map(({ unit, share }) => [unit.code, share])).toEqual([
      ['A', 75],
      ['D', 25],
      ['25.SNV', 0],
    ]);
    const weigh = ({ terms }: ExplainAnswer['numerator']) =>
      terms.reduce((sum, { weight, sum: own }) => sum + weight * own, 0);
    expect(weigh(story.numerator)).toBe(story.figure.numerator);
    expect(story.denominator && weigh(story.denominator)).toBe(story.figure.denominator);
    expect(story.numerator.terms.map(({ measure, events, at: where }) => [measure, events, where])).toEqual(
      Object.keys(findIndicator('TT02')?.numerator ?? {}).map((id) => [id, 'dossier', 'resolver']),
    );
    expect(story.completeness).toMatchObject({ reporting: 3, told: 2 });
    expect(story.completeness.silent.map(({ unit }) => unit.code)).toEqual(['25.SNV']);
    expect(story.feeds).toMatchObject([{ name: 'feed 25', kinds: ['dossier'], late: false }]);
    expect(story.threshold).toMatchObject({ rule: expect.any(String), source: { source: 'shipped' } });
    expect(story.target).toEqual({
      value: findIndicator('TT02')?.target,
      source: findIndicator('TT02')?.source,
    });
    expect(story.corrections).toEqual([]);
  });

  test('of a unit before a merger names those it is joined from, with their shares', async () => {
    const running = await start('2026-11-18 16:00');
    const feed = await running.token('feed', '25');
    const token = await running.token('display', '25');
    await tell(running, feed, [...early('C', '2025-05-20'), ...early('A', '2025-05-20')]);
    const story = await explain(running.ask, token, 'unit=D&indicator=HS01&period=2025-05');
    const weights = story.parts.map(({ unit, weight }) => [unit.code, weight]);
    expect(weights.toSorted()).toEqual([
      ['C', 0.75],
      ['D', 1],
    ]);
    expect(story.figure.value).toBe(0.75);
    expect(story.numerator.value).toBe(0.75);
  });

  test('of an area of work or a procedure is told with its own sums', async () => {
    const running = await start('2026-11-18 16:00');
    const token = await running.token('display', '25');
    await tell(running, await running.token('feed', '25'), [
      ...early('A', '2026-11-18'),
      step({
        id: 'h',
        dossier: 'h',
        at: iso(at('2026-11-18 09:00')),
        status: 2,
        procedure: 'P.hours',
        field: 'land',
      }),
    ]);
    const query = 'unit=25&period=2026-11';
    for (const [by, code] of [
      ['field', 'land'],
      ['procedure', 'P.hours'],
    ] as const) {
      const story = await explain(running.ask, token, `${query}&indicator=HS01&${by}=${code}`);
      const { body } = await running.ask(`/api/figures?${query}&indicators=HS01&by=${by}`, { token });
      const row = (body as FiguresAnswer).units.find((one) => one.code === code);
      expect(story.figure).toEqual(row?.figures.HS01);
      expect(story).toMatchObject({
        numerator: { value: 1 },
        subject: { code },
        children: [],
        corrections: [],
      });
    }
    const story = await explain(running.ask, token, `${query}&indicator=HS01&field=nowhere`);
    expect(story).toMatchObject({ noData: 'unknownField', numerator: { value: 0 } });
  });

  test('that is absent says why, as figures do', async () => {
    const running = await start('2026-11-18 16:00');
    const token = await running.token('display', '25');
    const story = await explain(running.ask, token, 'unit=A&indicator=TT02&period=2026-11');
    expect(story).toMatchObject({ noData: 'neverTold', figure: { value: null }, corrections: [], parts: [] });
    const { body } = await running.ask('/api/explain?unit=A&indicator=XX99&period=2026-11', { token });
    expect(body).toMatchObject({ status: 400, errors: [{ field: 'indicator' }] });
  });
});

describe('a correction', () => {
  test('of days gone by is told with the figure before and after it, as it was known on those evenings', async () => {
    const running = await start('2026-11-16 16:00');
    const { clock, ask } = running;
    const feed = await running.token('feed', '25');
    const token = await running.token('display', '25');
    await tell(running, feed, [...early('A', '2026-11-16'), ...late('A', '2026-11-16')]);
    clock.set(at('2026-11-17 16:00'));
    await tell(running, feed, early('A', '2026-11-17'));
    clock.set(at('2026-11-18 14:05'));
    await tell(running, feed, [...early('A', '2026-11-16'), ...early('A', '2026-11-18')]);
    const story = await explain(ask, token, 'unit=25&indicator=TT02&period=2026-11');
    const known = async (asKnown: string) =>
      (await figureOf(ask, token, `unit=25&period=2026-11&indicators=TT02&asKnown=${asKnown}`))[0]?.figure;
    expect(story.corrections).toEqual([
      {
        ...{ indicator: 'TT02', knownOn: '2026-11-18', at: '2026-11-18T14:05:00+07:00' },
        days: { from: '2026-11-16', to: '2026-11-17' },
        over: { from: '2026-11-01', to: '2026-11-18' },
        before: { value: 66.67, numerator: 2, denominator: 3 },
        after: { value: 75, numerator: 3, denominator: 4 },
        ...{ shownSince: '2026-11-18T00:00:00+07:00', feeds: ['feed 25'] },
      },
    ]);
    expect(await known('2026-11-17')).toMatchObject({ value: 66.67, numerator: 2, denominator: 3 });
    const { body } = await ask('/api/corrections?unit=25&period=2026-11', { token });
    const recent = (body as { corrections: Correction[] }).corrections;
    expect(recent.find(({ indicator }) => indicator === 'TT02')).toEqual(story.corrections[0]);
    expect(new Set(recent.map(({ indicator }) => indicator)).size).toBe(recent.length);
    clock.set(at('2026-11-19 15:00'));
    const later = await ask('/api/corrections?unit=25&period=2026-11', { token });
    expect((later.body as { corrections: Correction[] }).corrections).toEqual([]);
    const past = await explain(ask, token, 'unit=25&indicator=TT02&period=2026-11&asKnown=2026-11-17');
    expect(past.figure).toMatchObject({ value: 66.67 });
    expect(past.corrections).toEqual([]);
  });

  test('of a month that is over ends in the very figure that stands', async () => {
    const running = await start('2026-10-30 16:00');
    const { clock, ask } = running;
    const feed = await running.token('feed', '25');
    const token = await running.token('display', '25');
    await tell(running, feed, early('A', '2026-10-30'));
    for (const [day, unit] of [
      ['2026-11-03', 'A'],
      ['2026-11-05', 'D'],
    ] as const) {
      clock.set(at(`${day} 09:00`));
      await tell(running, feed, [...late(unit, day), ...early(unit, '2026-10-29')]);
    }
    const story = await explain(ask, token, 'unit=25&indicator=HS01&period=2026-10');
    expect(
      story.corrections.map(({ knownOn, before, after }) => [knownOn, before.value, after.value]),
    ).toEqual([
      ['2026-11-05', 3, 5],
      ['2026-11-03', 1, 3],
    ]);
    expect(story.figure.value).toBe(5);
    // The first was shown as the month ended, the second from the first correction on.
    expect(story.corrections.map(({ shownSince }) => shownSince)).toEqual([
      '2026-11-03T09:00:00+07:00',
      '2026-11-01T00:00:00+07:00',
    ]);
  });

  test('names the feed that brought it, and none where the clock or a feed out of sight did', async () => {
    const running = await start('2026-11-16 16:00');
    const { clock, ask } = running;
    const [feed, other] = [await running.token('feed', '25'), await running.token('feed', 'D')];
    await tell(running, feed, early('A', '2026-11-16'));
    await tell(running, other, early('D', '2026-11-16'));
    clock.set(at('2026-11-17 10:00'));
    await tell(running, feed, early('A', '2026-11-16'));
    await tell(running, other, early('D', '2026-11-16'));
    const feedsOf = async (unit: string, scope: string) => {
      const token = await running.token('display', scope);
      const story = await explain(ask, token, `unit=${unit}&indicator=HS02&period=2026-11`);
      return story.corrections.map(({ feeds }) => feeds);
    };
    expect(await feedsOf('A', 'A')).toEqual([['feed 25']]);
    expect(await feedsOf('D', '25')).toEqual([['feed D']]);
    expect(await feedsOf('25', '25')).toEqual([['feed 25', 'feed D']]);
  });
});

test('a reported figure is told with every value, when it was told, and which one stands', async () => {
  const running = await start('2026-11-18 16:00');
  const feed = await running.token('feed', '25');
  const token = await running.token('display', '25');
  const report = (id: string, measure: string, value: number, when: string): OpsEvent => ({
    ...{ kind: 'report', id, at: iso(at(when)), unit: 'A', measure, period: '2026-10', value },
  });
  await tell(running, feed, [
    report('1', 'meetings', 10, '2026-11-02 08:00'),
    report('2', 'meetingsPaperless', 4, '2026-11-02 08:00'),
    report('3', 'meetingsPaperless', 7, '2026-11-04 08:00'),
  ]);
  const story = await explain(running.ask, token, 'unit=25&indicator=DOC05&period=2026-10');
  expect(story.figure).toMatchObject({ value: 70, numerator: 7, denominator: 10 });
  expect(
    story.reported.map(({ unit, measure, value, stands }) => [unit.code, measure, value, stands]),
  ).toEqual([
    ['A', 'meetingsPaperless', 7, true],
    ['A', 'meetings', 10, true],
    ['A', 'meetingsPaperless', 4, false],
  ]);
  expect(story.feeds[0]?.kinds).toEqual(['report']);
});

test('of a reported period the value of the latest instant stands, in the story as in the figure', async () => {
  const running = await start('2026-11-18 16:00');
  const feed = await running.token('feed', '25');
  const token = await running.token('display', '25');
  const report = (id: string, value: number, when: string): OpsEvent => ({
    ...{ kind: 'report', id, at: iso(at(when)), unit: 'A', measure: 'meetings', period: '2026-10', value },
  });
  // What was said earlier is told later.
  for (const event of [report('1', 30, '2026-11-15 08:00'), report('2', 1, '2026-11-14 08:00')])
    await tell(running, feed, [event]);
  const story = await explain(running.ask, token, 'unit=A&indicator=DOC05&period=2026-10');
  expect(story.figure.denominator).toBe(30);
  expect(story.reported.map(({ value, stands }) => [value, stands])).toEqual([
    [30, true],
    [1, false],
  ]);
});

describe('of reports', () => {
  const report = (id: string, measure: string, value: number, when: string): OpsEvent => ({
    ...{ kind: 'report', id, at: iso(at(when)), unit: 'A', measure, period: '2026-11', value },
  });
  const listRecent = async (running: Awaited<ReturnType<typeof start>>, token: string) => {
    const { body } = await running.ask('/api/corrections?unit=25&period=2026-11', { token });
    return (body as { corrections: Correction[] }).corrections;
  };

  test('a correction has the instant of the commit that changed the very indicator', async () => {
    const running = await start('2026-11-16 16:00');
    const { clock } = running;
    const feed = await running.token('feed', '25');
    const token = await running.token('display', '25');
    await tell(running, feed, [
      ...early('A', '2026-11-16'),
      report('1', 'meetings', 10, '2026-11-16 15:00'),
      report('2', 'meetingsPaperless', 5, '2026-11-16 15:00'),
    ]);
    // Dossiers of a day gone by in the morning, meetings in the evening: all of the same unit and of the same days.
    clock.set(at('2026-11-18 09:00'));
    await tell(running, feed, [...early('A', '2026-11-01'), ...late('A', '2026-11-01')]);
    clock.set(at('2026-11-18 17:37'));
    await tell(running, feed, [report('3', 'meetings', 20, '2026-11-18 17:00')]);
    const at18 = new Map((await listRecent(running, token)).map((one) => [one.indicator, one]));
    expect(at18.get('HS01')).toMatchObject({ at: '2026-11-18T09:00:00+07:00', feeds: ['feed 25'] });
    expect(at18.get('TT02')?.at).toBe('2026-11-18T09:00:00+07:00');
    expect(at18.get('DOC05')).toMatchObject({
      at: '2026-11-18T17:37:00+07:00',
      before: { value: 50 },
      after: { value: 25 },
    });
  });

  test('a first load is no correction, whatever order it comes in', async () => {
    const running = await start('2026-11-18 09:00');
    const { clock } = running;
    const feed = await running.token('feed', '25');
    const token = await running.token('display', '25');
    // Goes live with the denominator; the numerator follows within the day.
    await tell(running, feed, [
      ...early('A', '2026-11-18').slice(0, 1),
      report('1', 'meetings', 500, '2026-11-18 08:50'),
    ]);
    clock.set(at('2026-11-18 09:10'));
    await tell(running, feed, [report('2', 'meetingsPaperless', 422, '2026-11-18 08:50')]);
    expect(await listRecent(running, token)).toEqual([]);
    // A figure that nobody had told until then has not stood, either.
    clock.set(at('2026-11-19 09:00'));
    await tell(running, feed, [
      report('3', 'procFee', 10, '2026-11-19 08:50'),
      report('4', 'meetingsPaperless', 400, '2026-11-19 08:50'),
    ]);
    const told = await listRecent(running, token);
    expect(told.map(({ indicator, before }) => [indicator, before.numerator])).toEqual([['DOC05', 422]]);
  });
});
