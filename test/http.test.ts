import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createSite } from '../server/site.ts';
import { Problem } from '../shared/problem.ts';
import { at, iso, step } from './server/world.ts';
import { type Answer, dumpAll, type Running, runApp } from './server.ts';

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

const good = (id: string, more: object = {}) => ({
  ...step({ id, dossier: `code of ${id}`, at: iso(at('2026-11-17 09:00')), status: 2 }),
  ...more,
});

const send = (body: string | Buffer, headers: Record<string, string>, token = feed) =>
  running.ask('/api/events', { method: 'POST', token, headers, body: new Uint8Array(Buffer.from(body)) });
const json = { 'content-type': 'application/json' };
const lines = { 'content-type': 'application/x-ndjson' };

/** A refusal in the shape of RFC 9457: status, code and errors. */
function refusal({ status, headers, body }: Answer) {
  expect(headers.get('content-type')).toMatch(/^application\/problem\+json/);
  const problem = Problem.strict().parse(body);
  expect(problem.status).toBe(status);
  return { status, type: problem.type.replace('urn:ioc:problem:', ''), errors: problem.errors };
}

describe('a batch of events', () => {
  test('is taken as JSON, as lines, and packed, and counted once however often it comes', async () => {
    // That a token speaks from here for the first time is noted by a commit of its own.
    await running.post([], feed);
    const { seq } = await running.store.readClock();
    const events = [good('a1'), good('a2')];
    const ndjson = `${events.map((event) => JSON.stringify(event)).join('\n')}\n\n`;
    const first = await running.post(events, feed);
    const again = await send(ndjson, lines);
    const packed = await send(gzipSync(ndjson), { ...lines, 'content-encoding': 'gzip' });
    const third = await send(gzipSync(JSON.stringify({ events: [good('a3'), good('a1'), good('a3')] })), {
      ...json,
      'content-encoding': 'gzip',
    });
    expect([first, again, packed, third].map(({ status, body }) => [status, body])).toEqual([
      [200, { accepted: 2, duplicates: 0, seq: seq + 1 }],
      [200, { accepted: 0, duplicates: 2, seq: seq + 2 }],
      [200, { accepted: 0, duplicates: 2, seq: seq + 3 }],
      [200, { accepted: 1, duplicates: 2, seq: seq + 4 }],
    ]);
  });

  test('may be empty', async () => {
    expect((await running.post([], feed)).body).toMatchObject({ accepted: 0, duplicates: 0 });
  });

  test('is refused whole, and every wrong event named by index, field and reason', async () => {
    const stood = await dumpAll(running.store);
    const answer = await running.post(
      [
        good('b0'),
        good('b1', { status: 11 }),
        good('b2', { name: 'Nguyễn Văn A' }),
        good('b3', { resolver: 'nowhere' }),
        { kind: 'rumour', id: 'b4', at: iso(at('2026-11-17 09:00')) },
        good('b5', { at: '2026-11-17 09:00' }),
      ],
      feed,
    );
    expect(refusal(answer)).toEqual({
      ...{ status: 422, type: 'unprocessable' },
      errors: [
        { index: 1, field: 'status', reason: expect.any(String) as string },
        { index: 2, field: 'name', reason: 'is not a field of this kind' },
        { index: 4, field: 'kind', reason: 'is not one of the kinds of event' },
        { index: 5, field: 'at', reason: 'is no time with offset, such as 2026-11-20T09:12:00+07:00' },
      ],
    });
    const years = ['0026-11-17T09:00:00+07:00', '9999-12-31T23:59:59-12:00'];
    const ages = await running.post([good('b8', { at: years[0] }), good('b9', { due: years[1] })], feed);
    expect(refusal(ages).errors).toEqual([
      { index: 0, field: 'at', reason: 'lies outside the years 2000 to 9997' },
      { index: 1, field: 'due', reason: 'lies outside the years 1900 to 9997' },
    ]);
    const units = await running.post([good('b0'), good('b3', { resolver: 'nowhere' })], feed);
    expect(refusal(units).errors).toEqual([
      { index: 1, field: 'resolver', reason: 'no unit has the code nowhere on 2026-11-17' },
    ]);
    const future = await running.post([good('b6', { at: iso(at('2026-11-18 10:06')) })], feed);
    expect(refusal(future).errors).toEqual([{ index: 0, field: 'at', reason: 'lies in the future' }]);
    const clockAhead = await running.post([good('b7', { at: iso(at('2026-11-18 10:04')) })], feed);
    expect(clockAhead.status).toBe(200);
    expect((await dumpAll(running.store)).event?.length).toBe((stood.event?.length ?? 0) + 1);
  });

  test.each([
    ['half an object', '{"events": [', json, 400, 'badInput'],
    ['a bare list', '[]', json, 422, 'unprocessable'],
    ['an envelope with more in it', '{"events": [], "source": "x"}', json, 422, 'unprocessable'],
    ['a line that is no JSON', '{"id": 1}\n{', lines, 422, 'unprocessable'],
    ['another type', 'id;at', { 'content-type': 'text/csv' }, 415, 'unsupported'],
    ['an unknown packing', 'x', { ...json, 'content-encoding': 'zstd9' }, 415, 'unsupported'],
    ['broken gzip', 'x', { ...json, 'content-encoding': 'gzip' }, 400, 'badInput'],
  ])('that is %s is refused as a problem', async (_words, body, headers, status, type) => {
    expect(refusal(await send(body, headers as Record<string, string>))).toMatchObject({ status, type });
  });

  test('names every line that is no JSON, and takes none of the others', async () => {
    const stood = await dumpAll(running.store);
    const body = ['{', JSON.stringify(good('n1')), '', 'id;at'].join('\n');
    expect(refusal(await send(body, lines))).toEqual({
      ...{ status: 422, type: 'unprocessable' },
      errors: [0, 2].map((index) => ({ index, field: '', reason: 'is not valid JSON' })),
    });
    expect((await dumpAll(running.store)).event).toEqual(stood.event);
  });

  test('of more than 5,000 events or 8 MiB, packed or not, is too large', async () => {
    const many = await running.post(
      Array.from({ length: 5001 }, () => 0),
      feed,
    );
    const big = ' '.repeat(8 * 1024 * 1024 + 1);
    const plain = await send(big, json);
    const packed = await send(gzipSync(big), { ...json, 'content-encoding': 'gzip' });
    expect([many, plain, packed].map((answer) => refusal(answer))).toEqual(
      Array.from({ length: 3 }, () => ({ status: 413, type: 'tooLarge', errors: undefined })),
    );
  });

  test('needs a living feed token', async () => {
    const display = await running.token('display', '25');
    for (const token of ['ioc_wrong', display]) {
      const answer = await running.post([good('c1')], token);
      expect(refusal(answer)).toMatchObject({ status: 401, type: 'unauthorised' });
      expect(answer.headers.get('www-authenticate')).toBe('Bearer');
    }
    expect(
      (await running.ask('/api/events', { method: 'POST', headers: json, body: '{"events":[]}' })).status,
    ).toBe(401);
  });

  test('must concern the scope of the token, at one end at least', async () => {
    const token = await running.token('feed', 'A');
    const outside = await running.post(
      [good('d0'), good('d1', { receiver: 'D', resolver: '25.SNV' })],
      token,
    );
    expect(refusal(outside)).toEqual({
      ...{ status: 403, type: 'forbidden' },
      errors: [{ index: 1, field: 'receiver', reason: 'lies outside the scope of this token' }],
    });
    const across = [good('d2', { receiver: 'D' }), good('d3', { resolver: 'D' })];
    expect((await running.post(across, token)).body).toMatchObject({ accepted: 2 });
    const before = good('d4', { at: iso(at('2025-06-10 09:00')), receiver: 'B', resolver: 'B' });
    expect((await running.post([before], token)).body).toMatchObject({ accepted: 1 });
    const others = good('d5', { at: iso(at('2025-06-10 09:00')), receiver: 'D', resolver: 'D' });
    expect((await running.post([others], token)).status).toBe(403);
  });

  test('of every kind is strict: a person is refused by name', async () => {
    const time = iso(at('2026-11-17 09:00'));
    const kinds = [
      { kind: 'document', unit: 'A', direction: 'in', electronic: true, signed: true },
      { kind: 'petition', petition: 'PAKN-1', unit: 'A', state: 'received' },
      { kind: 'rating', unit: 'A', dossier: 'H44-1', satisfied: true },
      { kind: 'probe', system: 'LGSP', up: true },
      { kind: 'probe', system: 'Trục liên thông văn bản', up: true },
      { kind: 'report', unit: 'A', measure: 'insured', period: '2026-08', value: 3 },
      { kind: 'task', task: 't', unit: 'A', title: { vi: 'v', en: 'e' }, state: 'assigned', due: time },
    ].map((event, index) => ({ id: `k${index}`, at: time, ...event }));
    expect((await running.post(kinds, feed)).body).toMatchObject({ accepted: kinds.length });
    for (const field of ['name', 'phone', 'citizenId', 'address']) {
      const answer = await running.post(
        kinds.map((event) => ({ ...event, id: `${event.id}-x`, [field]: 'x' })),
        feed,
      );
      expect(refusal(answer).errors).toEqual(
        kinds.map((_, index) => ({ index, field, reason: 'is not a field of this kind' })),
      );
    }
  });

  test('leaves no code of a dossier or petition in any table or answer, though its id be made of it', async () => {
    const secret = 'G12.34.56-261118-0007';
    const time = iso(at('2026-11-17 10:00'));
    const events = [
      good(`${secret}.1`, { dossier: secret }),
      { kind: 'petition', id: `p/${secret}`, at: time, petition: secret, unit: 'A', state: 'received' },
      { kind: 'rating', id: `${secret}!`, at: time, dossier: secret, unit: 'A', score: 5 },
    ];
    expect((await running.post(events, feed)).body).toMatchObject({ accepted: 3, duplicates: 0 });
    expect((await running.post(events, feed)).body).toMatchObject({ accepted: 0, duplicates: 3 });
    const token = await running.token('display', '25');
    const { body } = await running.ask('/api/dossiers?unit=25&limit=500', { token });
    const refused = await running.post([good('s4', { dossier: secret, resolver: 'nowhere' })], feed);
    expect(JSON.stringify([await dumpAll(running.store), body, refused.body])).not.toContain(secret);
    expect(
      (body as { dossiers: { key: string }[] }).dossiers.every(({ key }) => /^[\w-]{22}$/.test(key)),
    ).toBe(true);
  });
});

test('too many requests wait, and are told how long; another feed goes on', async () => {
  const slow = await runApp({ site: createSite({ requestsPerSecond: 0.3 }) });
  const one = await slow.token('feed', '25');
  const two = await slow.token('feed', 'A');
  const answers: Answer[] = [];
  for (let index = 0; index < 4; index++) answers.push(await slow.post([], one));
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 429]);
  const last = answers.at(-1);
  if (!last) throw new Error('no answer');
  expect(refusal(last)).toMatchObject({ status: 429, type: 'tooMany' });
  expect(Number(last.headers.get('retry-after'))).toBeGreaterThan(5);
  expect((await slow.post([], two)).status).toBe(200);
  await slow.close();
});

test('what a throw breaks is rolled back and tells the outside nothing', async () => {
  const broken = await runApp();
  const token = await broken.token('feed', '25');
  await broken.store.commit(0, async ({ db }) => db.schema.dropTable('breakdown').execute());
  const answer = await broken.post([good('z')], token);
  expect(refusal(answer)).toEqual({ status: 500, type: 'internal', errors: undefined });
  expect(JSON.stringify(answer.body)).not.toMatch(/breakdown|sql/i);
  expect(broken.troubles.join()).toContain('breakdown');
  expect(await broken.store.reader.db.selectFrom('event').selectAll().execute()).toEqual([]);
  await broken.close();
});
