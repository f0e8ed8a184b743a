import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { answerOf, answerWhole, type Question, send } from './server/fake-portal.ts';
import {
  componentOf,
  fake,
  folder,
  index,
  open,
  reopenPortal,
  runFirst,
  running,
  standPortal,
  token,
  turnTo,
  waits,
  warnings,
} from './server/portal-stand.ts';
import { until } from './server.ts';

standPortal();

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
    await reopenPortal();
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

  test('asked to wait until an instant: it waits until then', async () => {
    let count = 0;
    fake.reply((question, response) => {
      count += 1;
      if (count > 1) return answerWhole(question, response);
      const until = new Date(running.clock.now() + 45_000).toUTCString();
      response.writeHead(503, { 'retry-after': until }).end();
    });
    await runFirst(open());
    expect(waits.slice(0, 2)).toEqual([250, 45_000]);
  });

  test('killed on its way: another process asks only for what was not taken in yet, and everything is told once', async () => {
    const { promise: dead } = Promise.withResolvers<void>();
    const killed = open({}, async (ms) => {
      waits.push(ms);
      if (waits.length > 7) await dead;
    });
    expect(await killed.runDue()).toBeNull();
    turnTo('2026-11-19 02:00');
    // It stands still before its eighth question for ever.
    void killed.runDue();
    await until(() => waits.length === 8, 'the eighth question');
    expect(fake.asked).toHaveLength(7);
    fake.asked.length = 0;
    running.clock.advance(10 * 60_000);
    expect(await open().runDue()).toMatchObject({ failed: [] });
    expect(fake.asked).toHaveLength(11);
    const rows = await running.store.reader.db.selectFrom('event').select('body').execute();
    const told = rows.map(({ body }) => {
      const { unit, measure, period } = JSON.parse(body);
      return `${unit} ${measure} ${period}`;
    });
    expect(new Set(told).size).toBe(told.length);
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

  test('a page that is no JSON is tried again, and said so in plain words', async () => {
    fake.reply((_question, response) => {
      response.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html><h1>Bảo trì</h1>');
    });
    const run = await runFirst(open());
    expect(run?.told).toBe(0);
    expect(waits.slice(0, 4)).toEqual([250, 5000, 10_000, 20_000]);
    expect(warnings[0]).toContain('an answer that is no JSON');
  });

  test('a figure that cannot be is left out and counted, the others of its department are taken', async () => {
    fake.reply(({ path }, response) => {
      if (!path.endsWith('dvc-progress-tree')) return answerWhole({ path, body: {} }, response);
      const own = {
        departmentId: 'a',
        departmentCode: 'H44.1',
        totalReceived: 10,
        totalOnTime: -5,
        score: 21,
      };
      send(response, { parent: null, children: [own] });
    });
    const run = await runFirst(open());
    // Two figures of each of the three periods.
    expect(run).toMatchObject({ failed: [], unfit: 6 });
    const rows = await running.store.reader.db.selectFrom('event').select('body').execute();
    const told = rows.map(({ body }) => JSON.parse(body)).filter(({ unit }) => unit === 'H44.1');
    expect(told).toContainEqual(expect.objectContaining({ measure: 'portalReceived', value: 10 }));
    expect(told.map(({ measure }) => measure)).not.toContain('portalOnTime');
    expect(told.map(({ measure }) => measure)).not.toContain('portalProgressPoints');
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
