/** Which bodies and methods come in: what is not documented is refused by its own status. */
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Problem } from '../shared/problem.ts';
import type { Route } from '../shared/route.ts';
import { ROUTES } from '../shared/wire.ts';
import { type Running, runApp } from './server.ts';

let running: Running;
let feed: string;
let display: string;
beforeAll(async () => {
  running = await runApp();
  feed = await running.token('feed', '25');
  display = await running.token('display', '25');
});
afterAll(async () => {
  await running.close();
  expect(running.troubles).toEqual([]);
});

describe.each([
  ['/api/events', () => ({ events: [] })],
  ['/api/session', () => ({ token: display })],
])('a body for %s', (path, content) => {
  const send = (pack: (text: string) => Uint8Array, packing: string) =>
    running.ask(path, {
      method: 'POST',
      token: feed,
      headers: { 'content-type': 'application/json', 'content-encoding': packing },
      body: new Uint8Array(pack(JSON.stringify(content()))),
    });

  test.each([
    ['identity', Buffer.from],
    ['gzip', gzipSync],
    ['GZIP', gzipSync],
  ])('may be packed as %s', async (packing, pack) => {
    expect((await send(pack, packing)).status).toBe(200);
  });

  test.each([
    ['br', brotliCompressSync],
    ['deflate', deflateSync],
    ['gzip, gzip', (text: string) => gzipSync(gzipSync(text))],
    ['zstd', Buffer.from],
  ])('packed as %s is not a form that is read', async (packing, pack) => {
    const { status, body } = await send(pack, packing);
    expect([status, Problem.parse(body).type]).toEqual([415, 'urn:ioc:problem:unsupported']);
  });

  test.each([
    ['not packed at all', Buffer.from],
    ['torn', (text: string) => gzipSync(text).subarray(0, -6)],
    ['of a wrong sum', (text: string) => Buffer.concat([gzipSync(text).subarray(0, -8), Buffer.alloc(8)])],
  ])('said to be gzip, but %s, is bad input', async (_words, pack) => {
    const { status, body } = await send(pack, 'gzip');
    expect([status, Problem.parse(body).type]).toEqual([400, 'urn:ioc:problem:badInput']);
  });
});

test.each(['text/plain', 'application/x-www-form-urlencoded', 'application/jsonp'])(
  'a body of type %s is not a form that is read',
  async (type) => {
    const headers = { 'content-type': type };
    const sent = await running.ask('/api/session', { method: 'POST', headers, body: '{"token":"x"}' });
    expect([sent.status, Problem.parse(sent.body).type]).toEqual([415, 'urn:ioc:problem:unsupported']);
  },
);

describe('a method that is not served', () => {
  const served = new Map<string, string[]>();
  for (const { path, method } of Object.values<Route>(ROUTES))
    served.set(path, [...(served.get(path) ?? []), method.toUpperCase()]);
  for (const path of ['/healthz', '/readyz', '/metrics', '/api/openapi.json', '/', '/units/25'])
    served.set(path, ['GET']);

  test.each([...served])('at %s is refused by those that are', async (path, methods) => {
    const allowed = methods.flatMap((method) => (method === 'GET' ? ['GET', 'HEAD'] : [method]));
    for (const method of ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']) {
      if (allowed.includes(method)) continue;
      const { status, headers, body } = await running.ask(path.replace(':code', 'A'), {
        method,
        token: display,
      });
      expect([method, status, headers.get('allow')]).toEqual([method, 405, allowed.join(', ')]);
      expect(Problem.parse(body).type).toBe('urn:ioc:problem:badMethod');
    }
    const headers = { authorization: `Bearer ${display}` };
    const head = await fetch(running.url + path.replace(':code', 'A'), { method: 'HEAD', headers });
    expect(head.status === 405).toBe(!allowed.includes('HEAD'));
  });

  test('at an address where nothing is, is not there', async () => {
    for (const path of ['/api/nothing', '/assets/nothing.js', '/api/units/A/more'])
      expect((await running.ask(path, { method: 'PUT', token: display })).status).toBe(404);
  });
});
