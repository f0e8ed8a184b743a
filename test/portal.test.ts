import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createPortal, listAskedPeriods, nextRunAfter, type Portal } from '../server/portal/portal.ts';
import { PortalConfig } from '../shared/config.ts';
import type { IndexAnswer } from '../shared/index766-wire.ts';
import {
  answerOf,
  answerWhole,
  type FakePortal,
  openFakePortal,
  type Question,
  send,
} from './server/fake-portal.ts';
import { at, type Selection, ZONE } from './server/world.ts';
import { type Running, runApp } from './server.ts';

const UNITS: Selection = {
  units: [
    ...[{ code: '25', level: 'province' as const, parent: null, aliases: ['H44'] }],
    ...[{ code: 'A', level: 'commune' as const, parent: '25', aliases: ['H44.1'] }],
    ...[{ code: 'D', level: 'commune' as const, parent: '25', aliases: ['H44.2'] }],
  ].map((unit) => ({ ...unit, name: { vi: unit.code, en: unit.code }, from: '2025-07-01', to: null })),
  lineage: [],
};

let fake: FakePortal;
let running: Running;
let folder: string;
let token: string;
let waits: number[];
let warnings: string[];

const open = (more: object = {}): Portal =>
  createPortal({
    config: PortalConfig.parse({
      ...{ url: fake.url, token, root: { id: 'root', unit: '25' }, timeoutMs: 200, pauseMs: 250, ...more },
    }),
    ...{ zone: ZONE, statePath: join(folder, 'state.json'), door: () => running.url, now: running.clock.now },
    wait: async (ms) => void waits.push(ms),
    log: { info: () => undefined, warn: (facts) => void warnings.push(JSON.stringify(facts)) },
  });

/** Turns the clock to the hour at which the connector runs. */
const turnTo = (local: string) => running.clock.set(at(local));

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'portal-'));
  fake = await openFakePortal();
  running = await runApp({ selection: UNITS, start: at('2026-11-18 10:00') });
  token = await running.token('feed', '25');
  waits = [];
  warnings = [];
});
afterEach(async () => {
  await fake.close();
  await running.close();
  rmSync(folder, { recursive: true });
  expect(running.troubles).toEqual([]);
});

async function index(unit: string, period = '2026-10'): Promise<IndexAnswer> {
  const viewer = await running.token('display', '25');
  const { body } = await running.ask(`/api/index766?unit=${unit}&period=${period}&basis=portal`, {
    token: viewer,
  });
  return body as IndexAnswer;
}
const componentOf = ({ score }: IndexAnswer, id: string) =>
  score.groups.flatMap(({ components }) => components).find((one) => one.id === id);

/** Makes the connector known, and runs it at its first hour. */
async function runFirst(portal: Portal) {
  expect(await portal.runDue()).toBeNull();
  turnTo('2026-11-19 02:00');
  return portal.runDue();
}

describe('when it asks', () => {
  test('of the month that is over, the running quarter and the running year', () => {
    expect(listAskedPeriods('2026-11-19').map(({ key }) => key)).toEqual(['2026-10', '2026-Q4', '2026']);
    expect(listAskedPeriods('2027-01-05').map(({ key }) => key)).toEqual(['2026-12', '2027-Q1', '2027']);
  });

  test.each([
    [24, '2026-11-18 10:00', '2026-11-19 02:00'],
    [24, '2026-11-18 01:00', '2026-11-18 02:00'],
    [24, '2026-11-18 02:00', '2026-11-19 02:00'],
    [6, '2026-11-18 10:00', '2026-11-18 14:00'],
  ])('every %d hours, after %s at %s', (everyHours, after, next) => {
    expect(nextRunAfter(at(after), { everyHours, startAt: '02:00' }, ZONE)).toBe(at(next));
  });

  test('not before its hour, once, and then on the next day', async () => {
    const portal = open();
    const first = await runFirst(portal);
    expect(first).toMatchObject({ failed: [], refused: 0, unreadable: 0 });
    expect(await portal.runDue()).toBeNull();
    turnTo('2026-11-20 02:00');
    expect(await portal.runDue()).toMatchObject({ told: 0, unchanged: first?.told });
  });
});

describe('what it files', () => {
  test('figures of every department and of the province, null left out, as any feed does', async () => {
    await runFirst(open());
    const own = await index('A');
    expect(componentOf(own, 'progress')).toMatchObject({ numerator: 8, denominator: 10, points: 16 });
    expect(componentOf(own, 'dossierSatisfaction')).toMatchObject({
      numerator: 9,
      denominator: 10,
      points: 6,
    });
    expect(componentOf(own, 'online')).toMatchObject({ points: 4.5, isTaken: true });
    const other = await index('D');
    expect(componentOf(other, 'progress')).toMatchObject({ points: null, reason: 'notReported' });
    expect(componentOf(await index('25', '2026-Q4'), 'progress')).toMatchObject({ denominator: 30 });
  });

  test('asks for each period in its way, one question after the other with a pause before each', async () => {
    await runFirst(open());
    expect(fake.asked).toHaveLength(18);
    expect(waits).toEqual(Array.from({ length: 18 }, () => 250));
    expect(fake.asked[0]).toEqual({
      path: '/evaluation/dvc-progress-tree',
      body: {
        ...{ timeType: 'month', year: 2026, month: 10 },
        ...{ rootDepartmentId: 'root', currentPage: 1, pageSize: 100 },
      },
    });
    expect(fake.asked.find(({ path }) => path.endsWith('handling-satisfaction'))?.body).toEqual({
      ...{ fromDate: '2026-10-01', toDate: '2026-10-31' },
      ...{ rootDepartmentId: 'root', currentPage: 1, pageSize: 200 },
    });
  });

  test('only what changed since it told it last', async () => {
    const portal = open();
    await runFirst(portal);
    fake.reply(({ path }, response) => send(response, answerOf(path, 9)));
    turnTo('2026-11-20 02:00');
    expect(await portal.runDue()).toMatchObject({ told: 3 });
    expect(componentOf(await index('A'), 'progress')).toMatchObject({ numerator: 9 });
    const rows = await running.store.reader.db
      .selectFrom('event')
      .select('body')
      .where('kind', '=', 'report')
      .execute();
    expect(
      rows.filter(({ body }) => body.includes('"portalOnTime"') && body.includes('2026-10')),
    ).toHaveLength(3);
  });

  test('every page there is', async () => {
    fake.reply(({ path, body }, response) => {
      const whole = answerOf(path) as { evaluation?: unknown[]; overview?: unknown };
      if (!whole.evaluation) return send(response, whole);
      const page = Number(body.currentPage);
      send(response, { ...whole, evaluation: [whole.evaluation[page - 1]], pagination: { totalPages: 2 } });
    });
    await runFirst(open());
    expect(componentOf(await index('D'), 'dossierSatisfaction')).toMatchObject({ points: 6 });
  });
});

describe('when the portal is in trouble', () => {
  test('down: it tries four times with longer and longer pauses, then comes back an hour later', async () => {
    const { url } = fake;
    await fake.close();
    const portal = open({ url });
    const run = await runFirst(portal);
    expect(run).toMatchObject({ told: 0 });
    expect(run?.failed).toHaveLength(18);
    expect(waits.slice(0, 4)).toEqual([250, 5000, 10_000, 20_000]);
    running.clock.advance(30 * 60_000);
    expect(await portal.runDue()).toBeNull();
    fake = await openFakePortal();
  });

  test('slow: an answer that does not come in time is a failure like any', async () => {
    let count = 0;
    fake.reply((question, response) => {
      count += 1;
      if (count > 1) answerWhole(question, response);
    });
    expect(await runFirst(open())).toMatchObject({ failed: [] });
    expect(waits.slice(0, 3)).toEqual([250, 5000, 250]);
  });

  test('500 of one evaluation: the others are filed, and only that one is asked for again, by another process too', async () => {
    const isBroken = ({ path }: Question) => path.endsWith('transparency');
    fake.reply((question, response) =>
      isBroken(question) ? send(response, null, 500) : answerWhole(question, response),
    );
    const run = await runFirst(open());
    expect(run?.failed).toEqual(['transparency 2026-10', 'transparency 2026-Q4', 'transparency 2026']);
    expect(componentOf(await index('A'), 'progress')).toMatchObject({ points: 16 });
    fake.reply(answerWhole);
    fake.asked.length = 0;
    running.clock.advance(61 * 60_000);
    expect(await open().runDue()).toMatchObject({ failed: [] });
    expect(fake.asked.map(({ path }) => path)).toEqual(
      Array.from({ length: 3 }, () => '/evaluation/transparency'),
    );
  });

  test('asked to wait: it waits as long as the portal says', async () => {
    let count = 0;
    fake.reply((question, response) => {
      count += 1;
      if (count > 1) return answerWhole(question, response);
      response.writeHead(429, { 'retry-after': '90' }).end();
    });
    await runFirst(open());
    expect(waits.slice(0, 2)).toEqual([250, 90_000]);
  });

  test('half an answer: broken off it is none; with departments that cannot be read the rest is taken', async () => {
    fake.reply(({ path }, response) => {
      if (path.endsWith('provide-online-tree')) {
        response.writeHead(201).end('{"code":"OK","data":{"parent":{"depart');
        return;
      }
      const whole = answerOf(path) as { children?: unknown[] };
      send(
        response,
        whole.children ? { ...whole, children: [...whole.children, { name: 'no id' }, 7] } : whole,
      );
    });
    const run = await runFirst(open());
    expect(run?.failed.map((key) => key.split(' ')[0])).toEqual(
      Array.from({ length: 3 }, () => 'provide-online-tree'),
    );
    expect(run?.unreadable).toBe(12);
    expect(componentOf(await index('A'), 'progress')).toMatchObject({ points: 16 });
    expect(componentOf(await index('A'), 'online')).toMatchObject({ points: null, reason: 'notReported' });
  });

  test('an answer of another shape is refused whole and said so', async () => {
    fake.reply((_question, response) => send(response, { rows: [] }));
    const run = await runFirst(open());
    expect(run?.told).toBe(0);
    expect(warnings[0]).toContain('an answer of another shape');
  });

  test('a department that is no unit of ours is left out and counted, the others are taken', async () => {
    fake.reply(({ path }, response) => {
      const whole = answerOf(path) as { children?: object[] };
      const stranger = {
        departmentId: 's',
        departmentCode: 'H99.9',
        totalReceived: 5,
        totalOnTime: 5,
        score: 20,
      };
      send(response, whole.children ? { ...whole, children: [...whole.children, stranger] } : whole);
    });
    const run = await runFirst(open());
    expect(run).toMatchObject({ failed: [] });
    expect(run?.refused).toBeGreaterThan(0);
    expect(componentOf(await index('A'), 'progress')).toMatchObject({ points: 16 });
  });

  test('its place is kept in one file, readable by its owner alone and without the token', async () => {
    await runFirst(open());
    expect(readFileSync(join(folder, 'state.json'), 'utf8')).not.toContain(token);
  });
});
