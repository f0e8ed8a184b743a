import { connect, type Socket } from 'node:net';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readEvents } from '../server/read-events.ts';
import { Problem } from '../shared/problem.ts';
import { at, iso, step } from './server/world.ts';
import { type Answer, type Running, runApp } from './server.ts';

let running: Running;
let feed: string;
beforeAll(async () => {
  running = await runApp();
  feed = await running.token('feed', '25');
});
afterAll(async () => {
  await running.close();
  expect(running.troubles).toEqual([]);
});

const MIB = 1024 * 1024;
const json = { 'content-type': 'application/json' };
const lines = { 'content-type': 'application/x-ndjson' };
const send = (body: string | Buffer, headers: Record<string, string>) =>
  running.ask('/api/events', {
    method: 'POST',
    token: feed,
    headers,
    body: new Uint8Array(Buffer.from(body)),
  });

const good = (id: string, more: object = {}) => ({
  ...step({ id, dossier: `code of ${id}`, at: iso(at('2026-11-17 09:00')), status: 2 }),
  ...more,
});

function problemOf({ status, body }: Answer) {
  const problem = Problem.strict().parse(body);
  return [status, problem.type.replace('urn:ioc:problem:', ''), problem.errors?.length, problem.detail];
}

/** The longest that nothing else was heard while something was done, ms. */
async function longestHold(work: () => Promise<void>): Promise<number> {
  const delay = monitorEventLoopDelay({ resolution: 5 });
  delay.enable();
  await work();
  delay.disable();
  return delay.max / 1e6;
}

describe('a body that is wrong through and through', () => {
  const none = 'Some events cannot be taken; none was.';
  const many = (piece: string, mark: string, bytes = 8 * MIB - 20) =>
    Array.from({ length: Math.floor(bytes / (piece.length + mark.length)) }, () => piece).join(mark);
  const wrong = { kind: 'dossier', id: '', at: '', dossier: '', status: 11, level: 0, channel: 0 };
  const tooMany = [413, 'tooLarge', undefined, 'A batch may have 5000 events.'];

  test.each([
    ['lines', many('{', '\n'), lines, tooMany],
    ['empty events', `{"events":[${many('{}', ',')}]}`, json, tooMany],
    ['numbers', `{"events":[${many('0', ',')}]}`, json, tooMany],
    ['brackets', `{"events":[${'['.repeat(8 * MIB - 20)}]}`, json, [413, 'tooLarge']],
    ['a string without end', `{"events":["${'\\"'.repeat(4 * MIB - 20)}`, json, [413, 'tooLarge']],
    ['fields', `{"events":[{${many('"k":1', ',')}}]}`, json, [413, 'tooLarge']],
    ['fields of the envelope', `{${many('"k":1', ',')}}`, json, [422, 'unprocessable', 1]],
    ['blanks', ' \n'.repeat(4 * MIB - 20), json, [400, 'badInput']],
    [
      ...['5,000 lines', many('{', '\n', 10_000), lines],
      [422, 'unprocessable', 100, `${none} 4900 more errors are not listed.`],
    ],
    [
      ...['5,000 events', `{"events":[${Array.from({ length: 5000 }, () => JSON.stringify(wrong)).join()}]}`],
      ...[json, [422, 'unprocessable', 100, `${none} 49900 more errors are not listed.`]],
    ],
    [
      'a bomb',
      gzipSync(Buffer.alloc(64 * MIB, ' ')),
      { ...json, 'content-encoding': 'gzip' },
      [413, 'tooLarge'],
    ],
  ] as [string, string | Buffer, Record<string, string>, unknown[]][])(
    'of %s is refused in a moment',
    async (_words, body, headers, told) => {
      const bytes = Buffer.from(body);
      const hold = await longestHold(async () => {
        expect(problemOf(await send(bytes, headers)).slice(0, told.length)).toEqual(told);
      });
      expect(hold).toBeLessThan(1000);
    },
  );
});

test('a question with a text that no database can hold is refused by name', async () => {
  const token = await running.token('display', '25');
  const asked = [
    '/api/dossiers?unit=25&field=a%00b',
    '/api/units/A%00',
    '/api/figures?unit=25%00&period=2026%00',
  ];
  const answers: Answer[] = [];
  for (const path of asked) answers.push(await running.ask(path, { token }));
  const named = answers.map(({ status, body }) => [
    status,
    Problem.parse(body).errors?.map((one) => one.field),
  ]);
  expect(named).toEqual([
    [400, ['field']],
    [400, ['code']],
    [400, ['unit', 'period']],
  ]);
});

test('a series of far too many points is refused before any is made', async () => {
  const token = await running.token('display', '25');
  for (const range of ['from=0001-01-01&to=9998-12-31&grain=day', 'from=0001&to=9998&grain=week']) {
    const hold = await longestHold(async () => {
      const answer = await running.ask(`/api/series?unit=25&indicator=TT01&${range}`, { token });
      expect(problemOf(answer)).toEqual([
        ...[400, 'badInput', 1, 'The series would have more than 2000 points.'],
      ]);
    });
    expect(hold).toBeLessThan(1000);
  }
});

describe('an envelope read in pieces', () => {
  const text = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 60 });
  const event = fc.record({ dossier: text, id: text }).map((more) => good('x', more));

  test('gives the events that JSON.parse gives, whatever stands in their texts', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(event, { maxLength: 5 }),
        fc.constantFrom(0, 2, '\t'),
        async (events, space) => {
          expect(await readEvents(JSON.stringify({ events }, null, space), 'json')).toEqual(events);
          const list = events.map((one) => ` ${JSON.stringify(one)}\r\n\n`).join('');
          expect(await readEvents(list, 'lines')).toEqual(events);
        },
      ),
      { seed: 11, numRuns: 200 },
    );
  });

  test('is refused where JSON.parse refuses it, however little is wrong with it', async () => {
    const whole = JSON.stringify({ events: [good('a'), good('b', { fee: true })] });
    await fc.assert(
      fc.asyncProperty(
        fc.nat(whole.length - 1),
        fc.constantFrom('', '"', '[', ']', '{', '}', ',', ':', '\\', 'x', ' '),
        fc.nat(1),
        async (place, mark, gone) => {
          const bent = whole.slice(0, place) + mark + whole.slice(place + gone);
          const taken = await readEvents(bent, 'json').catch(() => 'refused');
          let plain: unknown = 'refused';
          try {
            plain = (JSON.parse(bent) as { events: unknown }).events;
          } catch {}
          if (taken !== 'refused') expect(taken).toEqual(plain);
        },
      ),
      { seed: 12, numRuns: 2000 },
    );
  });
});

/** A request whose body is begun and not ended. */
function begin(bytes: number, sent: string, token = feed): Promise<Socket> {
  const { port } = new URL(running.url);
  const socket = connect(Number(port), '127.0.0.1');
  const head = [
    ...['POST /api/events HTTP/1.1', 'host: x', `authorization: Bearer ${token}`, `content-length: ${bytes}`],
    'content-type: application/json',
  ];
  return new Promise((resolve, reject) => {
    socket.once('error', reject);
    socket.write(`${head.join('\r\n')}\r\n\r\n${sent}`, () => resolve(socket));
  });
}

const answerOf = (socket: Socket): Promise<string> =>
  new Promise((resolve) => void socket.once('data', (data) => resolve(data.toString())));

describe('bodies on their way', () => {
  /** As many large bodies as a feed may hold, and one more: which is refused. */
  async function fill(token: string): Promise<Socket[]> {
    const sockets = await Promise.all([1, 2, 3].map(() => begin(8 * MIB, '{"events":[', token)));
    expect(await Promise.race(sockets.map(answerOf))).toMatch(/^HTTP\/1.1 429 .*Retry-After: 1\r\n/s);
    return sockets;
  }

  test('hold so many bytes, each feed its share; what is given up counts no longer', async () => {
    const others = await Promise.all(['A', 'D', '25.SNV'].map((unit) => running.token('feed', unit)));
    const settings = { namespace: null, cadenceMs: null, dueTime: null };
    const unit = running.tree.findOn('25', '2026-11-18')?.id ?? 0;
    const order = { kind: 'feed' as const, unit, name: 'another', days: null, feed: settings };
    const last = await running.acts.createToken(order, running.clock.now());
    const held = await fill(feed);
    const statuses = async () =>
      [await running.post([], feed), await running.post([], last)].map(({ status }) => status);
    expect(await statuses()).toEqual([429, 200]);
    for (const token of others) held.push(...(await fill(token)));
    expect(await statuses()).toEqual([429, 429]);
    for (const socket of held) socket.destroy();
    for (let chance = 0; chance < 100 && `${await statuses()}` !== '200,200'; chance++);
    expect(await statuses()).toEqual([200, 200]);
  });

  test('that do not come are ended', async () => {
    const { headersTimeout, requestTimeout, keepAliveTimeout } = running.app.http;
    expect([headersTimeout, requestTimeout, keepAliveTimeout]).toEqual([15_000, 60_000, 75_000]);
    Object.assign(running.app.http, { headersTimeout: 300, requestTimeout: 300 });
    const socket = await begin(1000, '{"events":[');
    expect(await answerOf(socket)).toMatch(/^HTTP\/1.1 408 /);
    Object.assign(running.app.http, { headersTimeout, requestTimeout });
    socket.destroy();
  });
});
