import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createSite } from '../server/site.ts';
import type { FiguresAnswer } from '../shared/answers.ts';
import type { OpsEvent } from '../shared/event.ts';
import type { GapAnswer, IndexAnswer } from '../shared/index766-wire.ts';
import type { Problem } from '../shared/problem.ts';
import { speakerOf } from './server/acts.ts';
import { enter } from './server/people.ts';
import { at, iso, SITE, step } from './server/world.ts';
import { type Running, runApp } from './server.ts';

let running: Running;
let token: string;
let count = 0;

/** Dossiers of a unit ended within a month, so many of them late. */
function handle(unit: string, month: string, { size, late }: { size: number; late: number }): OpsEvent[] {
  return Array.from({ length: size }, (_, index) => {
    const dossier = `x${count++}`;
    const base = { dossier, receiver: unit, resolver: unit, procedure: 'P.none' };
    const due = iso(at(`${month}-0${index < late ? 3 : 9} 17:00`));
    const accepted = step({ ...base, due, id: dossier, at: iso(at(`${month}-02 09:00`)), status: 2 });
    return [accepted, step({ ...base, due, id: `${dossier}e`, at: iso(at(`${month}-04 09:00`)), status: 9 })];
  }).flat();
}

/** Figures of a unit for a period, as one office tells them at a time. */
function report(
  unit: string,
  period: string,
  values: Record<string, number>,
  told = '2026-11-01',
): OpsEvent[] {
  return Object.entries(values).map(([measure, value]) => ({
    ...{ id: `r${count++}`, kind: 'report', at: iso(at(told)) },
    ...{ unit, measure, period, value },
  }));
}

const tellAll = async (events: OpsEvent[], now = running.clock.now()) => {
  await running.acts.ingest(events, speakerOf(running.tree, 'f'), now);
};

const OVERRIDE = { component: 'progress', from: '2026-11-01', max: 30, reason: 'Thử nghiệm' };

beforeAll(async () => {
  running = await runApp({ site: createSite({ ...(SITE.source as object), index766: [OVERRIDE] }) });
  token = await running.token('display', '25');
  await tellAll([
    ...handle('A', '2026-09', { size: 10, late: 1 }),
    ...handle('A', '2026-10', { size: 10, late: 2 }),
    ...handle('D', '2026-10', { size: 20, late: 10 }),
    ...handle('A', '2026-11', { size: 4, late: 1 }),
    ...report('A', '2026-10', { portalReceived: 12, portalOnTime: 6, portalOnlinePoints: 9 }),
    ...report('A', '2026-10', { procFee: 10, procFeeIntegrated: 8, procFeePaid: 0 }),
    ...report('25', '2026-10', { portalTransparencyPoints: 7.96, portalPublic: 89, portalComplete: 87 }),
  ]);
});
afterAll(async () => {
  await running.close();
  expect(running.troubles).toEqual([]);
});

async function get<T>(path: string): Promise<T> {
  const { status, body } = await running.ask(path, { token });
  expect(status, JSON.stringify(body)).toBe(200);
  return body as T;
}
const index = (unit: string, period: string, more = '') =>
  get<IndexAnswer>(`/api/index766?unit=${unit}&period=${period}${more}`);
const componentOf = ({ score }: IndexAnswer, id: string) =>
  score.groups.flatMap(({ components }) => components).find((one) => one.id === id);

describe('the index by our own figures', () => {
  test('a commune: counts become points, what is taken says so, what is not told says why', async () => {
    const answer = await index('A', '2026-10');
    expect(answer).toMatchObject({ basis: 'own', provisional: false, monthly: 10, volume: 'under100' });
    expect(componentOf(answer, 'progress')).toEqual({
      ...{ id: 'progress', max: 20, numerator: 8, denominator: 10, points: 16 },
      ...{ isTaken: false, isRate: false, reason: null },
    });
    expect(componentOf(answer, 'online')).toMatchObject({ points: 9, isTaken: true });
    expect(componentOf(answer, 'integrated')).toMatchObject({ numerator: 8, denominator: 10, points: 2 });
    expect(componentOf(answer, 'petitionsOnTime')).toMatchObject({ points: null, reason: 'notTold' });
    expect(componentOf(answer, 'paidDossiers')).toMatchObject({ points: null, reason: 'notTold' });
  });

  test('its total is over what is known, and the sum of its groups', async () => {
    const { score } = await index('A', '2026-10');
    const sum = (of: 'points' | 'outOf') => score.groups.reduce((total, group) => total + group[of], 0);
    expect(score.points).toBeCloseTo(sum('points'), 6);
    expect(score.outOf).toBeCloseTo(sum('outOf'), 6);
    expect(score.value).toBeCloseTo((100 * score.points) / score.outOf, 1);
  });

  test('a province adds up its units, and ranks those of one level and volume among themselves', async () => {
    const answer = await index('25', '2026-10', '&children=1');
    expect(componentOf(answer, 'progress')).toMatchObject({ numerator: 18, denominator: 30, points: 12 });
    const rows = answer.children.map(({ unit, standing }) => [unit.code, standing]);
    expect(rows).toEqual([
      ['25.SNV', null],
      ['A', { rank: 1, among: 2 }],
      ['D', { rank: 2, among: 2 }],
    ]);
  });

  test('a quarter and a year count all their months', async () => {
    expect(componentOf(await index('A', '2026-Q4'), 'progress')).toMatchObject({ denominator: 14 });
    expect(componentOf(await index('A', '2026'), 'progress')).toMatchObject({ denominator: 24 });
  });

  test('a month beside the one before', async () => {
    const { previous } = await index('A', '2026-10');
    expect(previous.period).toBe('2026-09');
    expect(previous.groups.find(({ id }) => id === 'progress')).toMatchObject({ points: 18, outOf: 20 });
  });

  test('an override holds from its day on; the month before keeps its version', async () => {
    const [october, november] = [await index('A', '2026-10'), await index('A', '2026-11')];
    expect(october.version).toMatchObject({ number: 1, changed: [] });
    expect(november.version).toMatchObject({ number: 2, reason: 'Thử nghiệm', changed: ['progress'] });
    expect(componentOf(november, 'progress')).toMatchObject({ points: 22.5, max: 30 });
    expect(componentOf(october, 'progress')).toMatchObject({ points: 16, max: 20 });
  });

  test('a period to come, a unit that told nothing and a day have none', async () => {
    const later = await index('A', '2027-01');
    expect([later.score.value, componentOf(later, 'progress')?.reason]).toEqual([null, 'notBegun']);
    expect(await index('25.SNV', '2026-10', '&basis=own')).toMatchObject({
      noData: 'neverTold',
      score: { value: null },
    });
    const { status } = await running.ask('/api/index766?unit=A&period=2026-10-02', { token });
    expect(status).toBe(400);
  });

  test('what would raise it most comes with so many cases', async () => {
    const { gains } = await index('A', '2026-10');
    expect(gains).toContainEqual({ component: 'progress', toWin: 4, cases: 2 });
  });
});

describe('the portal beside it', () => {
  test('is told by its own figures, groups as published where a component is missing', async () => {
    const answer = await index('A', '2026-10', '&basis=portal');
    expect(componentOf(answer, 'progress')).toMatchObject({ numerator: 6, denominator: 12, points: 10 });
    const province = await index('25', '2026-10', '&basis=portal');
    expect(province.score.groups[0]).toMatchObject({ points: 7.96, outOf: 18, isTaken: true });
  });

  test('a gap by component and by unit; what is taken has no gap', async () => {
    const gap = await get<GapAnswer>('/api/index766/gap?unit=A&period=2026-10');
    const of = (id: string) => gap.components.find((one) => one.id === id);
    expect(of('progress')).toMatchObject({
      own: { numerator: 8, denominator: 10, points: 16 },
      portal: { numerator: 6, denominator: 12, points: 10 },
      difference: 6,
    });
    expect(of('online')).toMatchObject({ own: { points: null }, portal: { points: 9 }, difference: null });
    const below = await get<GapAnswer>('/api/index766/gap?unit=25&period=2026-10&children=1');
    expect(below.children.map(({ unit, difference }) => [unit.code, difference])).toEqual([
      ['25.SNV', null],
      ['A', 6],
      ['D', null],
    ]);
  });

  test('a later word on the same figure counts, an earlier one does not, whichever came first', async () => {
    await tellAll(report('D', '2026-09', { portalReceived: 50, portalOnTime: 50 }, '2026-10-05'));
    await tellAll(report('D', '2026-09', { portalReceived: 40 }, '2026-10-03'));
    const first = await index('D', '2026-09', '&basis=portal');
    expect(componentOf(first, 'progress')).toMatchObject({ denominator: 50, points: 20 });
    await tellAll(report('D', '2026-09', { portalReceived: 100 }, '2026-10-09'));
    const second = await index('D', '2026-09', '&basis=portal');
    expect(componentOf(second, 'progress')).toMatchObject({ denominator: 100, points: 10 });
  });
});

test('IDX is a figure like others, of ours or of the portal where we know nothing', async () => {
  const { units } = await get<FiguresAnswer>(
    '/api/figures?unit=25&period=2026-10&indicators=IDX&children=1&compare=1',
  );
  const { score } = await index('A', '2026-10');
  const row = units.find(({ code }) => code === 'A');
  expect(row?.figures.IDX).toMatchObject({
    ...{ value: score.value, numerator: score.points, denominator: score.outOf },
    previous: { numerator: expect.any(Number) },
  });
  expect(units.find(({ code }) => code === '25.SNV')?.figures.IDX).toMatchObject({ value: null });
});

describe('a sealed month', () => {
  test('is kept as it was, and what comes later stands beside it', async () => {
    const editor = await enter(running, 'editor', [['editor', '25']]);
    const before = await index('A', '2026-10');
    expect(before.seal).toBeNull();
    const order = { unit: '25', period: '2026-10', note: 'Chốt số liệu tháng 10' };
    expect((await editor.ask('POST', '/api/index766/seal', order)).status).toBe(200);
    expect((await editor.ask('POST', '/api/index766/seal', order)).status).toBe(409);
    expect((await editor.ask('POST', '/api/index766/seal', { ...order, period: '2026-11' })).status).toBe(
      422,
    );

    await tellAll(handle('A', '2026-10', { size: 10, late: 0 }));
    const after = await index('A', '2026-10');
    expect(after.score).toEqual(before.score);
    expect(after.seal).toMatchObject({ by: 'person:editor', note: 'Chốt số liệu tháng 10' });
    expect(after.seal?.changed).toContainEqual({ component: 'progress', sealed: 16, now: 18 });
    expect(
      (await index('25', '2026-10', '&children=1')).children.find(({ unit }) => unit.code === 'A')?.value,
    ).toBe(before.score.value);
  });

  test.each([
    ['25', '1990-01', 'neverTold'],
    ['25@2025-06-30', '2026-10', 'unitEnded'],
    ['25', '2025-08', 'neverTold'],
    ['25', '2026-11', undefined],
  ])('of %s is not %s, in which nothing can be known: %s', async (unit, period, code) => {
    const editor = await enter(running, `editor-${period}-${unit.length}`, [['editor', '25']]);
    const { status, body } = await editor.ask('POST', '/api/index766/seal', { unit, period, note: 'Chốt' });
    expect([status, (body as Problem).errors?.[0]?.field]).toEqual([422, 'period']);
    expect((body as Problem).errors?.[0]?.code).toBe(code);
  });

  test('of a unit of which the portal alone tells is sealed', async () => {
    await tellAll(report('A', '2025-09', { portalProgressPoints: 15 }));
    const editor = await enter(running, 'editor-portal', [['editor', 'A']]);
    const order = { unit: 'A', period: '2025-09', note: 'Chốt theo Cổng' };
    expect((await editor.ask('POST', '/api/index766/seal', order)).status).toBe(200);
  });

  test('only an editor of the unit may seal it', async () => {
    const order = { unit: '25', period: '2026-09', note: 'Chốt số liệu' };
    const viewer = await enter(running, 'viewer', [['viewer', '25']]);
    expect((await viewer.ask('POST', '/api/index766/seal', order)).status).toBe(403);
    const below = await enter(running, 'below', [['editor', 'A']]);
    expect((await below.ask('POST', '/api/index766/seal', order)).status).toBe(403);
    const { maySeal } = (await below.ask('GET', '/api/index766?unit=A&period=2026-09')).body as IndexAnswer;
    expect(maySeal).toBe(true);
  });

  test('leaves a row in the audit', async () => {
    const rows = await running.store.reader.db
      .selectFrom('audit')
      .selectAll()
      .where('act', '=', 'sealIndex')
      .execute();
    expect(rows).toHaveLength(2);
    expect(rows[0]).toMatchObject({ caller: 'person:editor', subject: 'index:2026-10' });
  });
});
