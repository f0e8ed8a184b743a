import { Agent, request as openRequest } from 'node:http';
import { connect } from 'node:net';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { afterAll, afterEach, expect, test } from 'vitest';
import { Problem } from '../shared/problem.ts';
import { createStores } from './server/stores.ts';
import { drawRequests, type WrongRequest } from './server/wrong-requests.ts';
import { type Running, runApp } from './server.ts';

/** Another seed draws other requests; one that finds a fault is kept here. */
const RUNS = [
  [2, 'memory'],
  [3, 'postgres'],
] as const;
const REQUESTS = 5000;
const AT_ONCE = 16;

const stores = createStores();
const agent = new Agent({ keepAlive: false, maxSockets: AT_ONCE });
let running: Running;
afterEach(() => running.close());
afterAll(async () => {
  agent.destroy();
  await stores.close();
});

type Answered = { status: number; type: string; body: string };

const unpack = (bytes: Buffer, packing = '') =>
  (packing === 'gzip'
    ? gunzipSync(bytes)
    : packing === 'br'
      ? brotliDecompressSync(bytes)
      : bytes
  ).toString();

function send({ method, path, headers, body }: WrongRequest): Promise<Answered> {
  const { hostname, port } = new URL(running.url);
  return new Promise((resolve, reject) => {
    const sent = openRequest({ agent, hostname, port, method, path, headers }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          type: response.headers['content-type'] ?? '',
          body: unpack(Buffer.concat(chunks), response.headers['content-encoding']),
        }),
      );
    });
    sent.on('error', reject);
    sent.end(body ?? undefined);
  });
}

/** What is wrong with an answer; nothing where it is as it should be. */
function findFault(request: WrongRequest, { status, type, body }: Answered): string[] {
  const told = `${request.method} ${request.path.slice(0, 200)} -> ${status} ${body.slice(0, 300)}`;
  if (status >= 500 && request.path !== '/readyz') return [told];
  const isOurs = request.path.startsWith('/api/') && request.method !== 'HEAD' && status >= 400;
  if (isOurs && !type.startsWith('application/problem+json')) return [told];
  if (isOurs && !Problem.safeParse(JSON.parse(body)).success) return [told];
  return [];
}

async function sendAll(
  requests: readonly WrongRequest[],
): Promise<{ faults: string[]; statuses: Map<number, number> }> {
  const faults: string[] = [];
  const statuses = new Map<number, number>();
  const left = [...requests];
  const work = async () => {
    for (let next = left.shift(); next; next = left.shift()) {
      running.clock.advance(100);
      const answered = await send(next).catch((error: Error) => ({
        status: 599,
        type: '',
        body: error.message,
      }));
      faults.push(...findFault(next, answered));
      statuses.set(answered.status, (statuses.get(answered.status) ?? 0) + 1);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return { faults, statuses };
}

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

async function measureMemory(): Promise<number> {
  for (let round = 0; round < 3; round++) {
    collectGarbage();
    await new Promise(setImmediate);
  }
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

test.each(RUNS)(
  'thousands of wrong requests (seed %i) to a store in %s break nothing, hold up nobody and leave nothing behind',
  async (seed, kind) => {
    running = await runApp({ url: await stores.address(kind) });
    const tokens = { feed: await running.token('feed', '25'), display: await running.token('display', '25') };
    const requests = drawRequests(tokens, { seed, count: REQUESTS });
    await sendAll(requests.slice(0, 200));
    const before = await measureMemory();
    const delay = monitorEventLoopDelay({ resolution: 10 });
    delay.enable();
    const { faults, statuses } = await sendAll(requests);
    delay.disable();
    expect(faults).toEqual([]);
    expect(running.troubles).toEqual([]);
    expect(delay.max / 1e6).toBeLessThan(1000);
    expect((await measureMemory()) - before).toBeLessThan(100e6);
    for (const status of [200, 400, 401, 404, 415, 422]) expect(statuses.get(status)).toBeGreaterThan(5);
  },
  120_000,
);

test('what is no HTTP is answered as such, or closed', async () => {
  running = await runApp();
  const lines = [
    ...[
      'GET / HTTP/9.9',
      'GET /\0 HTTP/1.1',
      'BREW /pot HTTP/1.1',
      '\0\0\0\0',
      'GET / HTTP/1.1\r\ncontent-length: x',
    ],
    ...[
      'POST /api/events HTTP/1.1\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n',
      `GET /${'x'.repeat(20_000)} HTTP/1.1`,
    ],
    ...[
      'POST /api/events HTTP/1.1\r\ncontent-length: 1\r\ncontent-length: 2',
      `GET / HTTP/1.1\r\nx: ${'y'.repeat(20_000)}`,
    ],
  ];
  const { hostname, port } = new URL(running.url);
  for (const line of lines) {
    const answer = await new Promise<string>((resolve) => {
      const socket = connect(Number(port), hostname);
      let text = '';
      socket.on('data', (chunk) => {
        text += chunk.toString();
      });
      socket.on('error', () => undefined);
      socket.on('close', () => resolve(text));
      socket.write(`${line}\r\n\r\n`);
    });
    expect(answer).toMatch(/^(HTTP\/1\.1 4\d\d |$)/);
  }
  expect((await running.ask('/healthz')).status).toBe(200);
});
