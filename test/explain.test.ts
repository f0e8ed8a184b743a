/** The story of a figure is that of the very figure: its terms, units, corrections and rows add up to it. */
import { afterEach, describe, expect, test } from 'vitest';
import type { FiguresAnswer } from '../shared/answers.ts';
import { findIndicator } from '../shared/catalogue.ts';
import type { OpsEvent } from '../shared/event.ts';
import type { Correction, ExplainAnswer } from '../shared/explain.ts';
import { enter, listActs } from './server/people.ts';
import { at, iso, step } from './server/world.ts';
import { type Running, runApp } from './server.ts';

const open: Running[] = [];
afterEach(async () => {
  for (const running of open.splice(0)) {
    await running.close();
    expect(running.troubles).toEqual([]);
  }
});

async function start(now: string): Promise<Running> {
  const running = await runApp({ start: at(now) });
  open.push(running);
  return running;
}

let made = 0;
/** The steps of a dossier that is received and resolved, late or not. */
function life(unit: string, { from, to, due }: { from: string; to: string; due: string }): OpsEvent[] {
  const dossier = `x${++made}`;
  const facts = { dossier, receiver: unit, resolver: unit, due: iso(at(due)) };
  return [
    step({ ...facts, id: `${dossier}a`, at: iso(at(from)), status: 2 }),
    step({ ...facts, id: `${dossier}b`, at: iso(at(to)), status: 9 }),
  ];
}

const early = (unit: string, day: string) =>
  life(unit, { from: `${day} 08:00`, to: `${day} 08:40`, due: '2026-12-20 17:00' });
const late = (unit: string, day: string) =>
  life(unit, { from: '2026-10-02 08:00', to: `${day} 08:40`, due: '2026-10-03 17:00' });

async function tell(running: Running, token: string, events: readonly OpsEvent[]): Promise<void> {
  const { status, body } = await running.post(events, token);
  expect({ status, body }).toMatchObject({ status: 200 });
}

type Ask = Running['ask'];

async function explain(ask: Ask, token: string, query: string): Promise<ExplainAnswer> {
  const { status, body } = await ask(`/api/explain?${query}`, { token });
  expect({ status, body }).toMatchObject({ status: 200 });
  return body as ExplainAnswer;
}

async function figureOf(ask: Ask, token: string, query: string) {
  const { body } = await ask(`/api/figures?${query}`, { token });
  const { units } = body as FiguresAnswer;
  return units.map(({ code, figures }) => ({ code, figure: Object.values(figures)[0] }));
}

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

describe('the rows behind a figure', () => {
  const rowsOf = (text: string) =>
    text
      .replace('\uFEFF', '')
      .trim()
      .split('\r\n')
      .map((line) => line.split(','));
  const sumOf = (rows: string[][], column: string) => {
    const index = rows[0]?.indexOf(column) ?? -1;
    return rows.slice(1).reduce((sum, row) => sum + Number(row[index]), 0);
  };

  test('add up to its sums, are cut to the scope, and leave a row in the audit', async () => {
    const running = await start('2026-11-18 16:00');
    const feed = await running.token('feed', '25');
    await tell(running, feed, [
      ...early('A', '2026-11-18'),
      ...late('A', '2026-11-18'),
      ...early('D', '2026-11-18'),
      step({ id: 'o', dossier: 'open', at: iso(at('2026-11-18 09:00')), status: 2 }),
      // Received by one unit and resolved by another: each has its part of it.
      step({
        id: 'r',
        dossier: 'r',
        at: iso(at('2026-11-18 09:00')),
        status: 2,
        receiver: 'D',
        resolver: 'A',
      }),
    ]);
    const boss = await enter(running, 'boss', [['viewer', '25']]);
    for (const id of ['TT02', 'HS01', 'HS04', 'TT05'].filter((one) => findIndicator(one))) {
      for (const unit of ['25', 'A', 'D']) {
        const query = `unit=${unit}&indicator=${id}&period=2026-11`;
        const { body } = await boss.ask('GET', `/api/explain?${query}`);
        const story = body as ExplainAnswer;
        const cases = rowsOf(String((await boss.ask('GET', `/api/explain/rows?${query}&of=cases`)).body));
        for (const { measure, sum } of [...story.numerator.terms, ...(story.denominator?.terms ?? [])])
          expect({ id, unit, measure, sum: sumOf(cases, measure) }).toEqual({ id, unit, measure, sum });
      }
    }
    const units = rowsOf(
      String((await boss.ask('GET', '/api/explain/rows?unit=25&indicator=HS01&period=2026-11')).body),
    );
    expect(units.map((row) => [row[0], row[2]])).toEqual([
      ['unit', 'value'],
      ['25', '4'],
      ['25.SNV', ''],
      ['A', '2'],
      ['D', '2'],
    ]);
    expect((await listActs(running)).filter((line) => line.startsWith('noteRows')).slice(-1)).toEqual([
      'noteRows figure:HS01 person:boss',
    ]);
    const clerk = await enter(running, 'clerk', [['viewer', 'D']]);
    const own = rowsOf(
      String(
        (await clerk.ask('GET', '/api/explain/rows?unit=D&indicator=HS01&period=2026-11&of=cases')).body,
      ),
    );
    expect(own.slice(1).map((row) => row[2])).toHaveLength(2);
    expect(own.slice(1).every((row) => row[2] !== 'A')).toBe(true);
    expect((await clerk.ask('GET', '/api/explain/rows?unit=25&indicator=HS01&period=2026-11')).status).toBe(
      403,
    );
    const screen = await running.token('display', '25');
    const asScreen = await running.ask('/api/explain/rows?unit=25&indicator=HS01&period=2026-11', {
      token: screen,
    });
    expect(asScreen.status).toBe(403);
  });

  test('come as one line of JSON each, too', async () => {
    const running = await start('2026-11-18 16:00');
    await tell(running, await running.token('feed', '25'), early('A', '2026-11-18'));
    const boss = await enter(running, 'boss', [['viewer', '25']]);
    const path = '/api/explain/rows?unit=25&indicator=HS01&period=2026-11&of=cases&format=ndjson';
    const { body } = await boss.ask('GET', path);
    const line = typeof body === 'string' ? JSON.parse(body) : body;
    expect(line).toMatchObject({ kind: 'dossier', unit: 'A', received: 1, outcome: 'early' });
  });
});
