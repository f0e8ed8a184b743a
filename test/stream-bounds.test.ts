import { monitorEventLoopDelay } from 'node:perf_hooks';
import { afterEach, expect, test } from 'vitest';
import type { WatchAnswer } from '../shared/live.ts';
import { enterRaw, type RawLink } from './server/raw-link.ts';
import { type Link, openHall, pass, start, tell, watch } from './server/viewers.ts';
import { iso, SMALL, step } from './server/world.ts';
import type { Running } from './server.ts';

const hall = openHall();
afterEach(async () => {
  expect(await hall.close()).toEqual([]);
});

/** A province as large as they come, in which every commune has told something. */
async function runProvince(): Promise<Running> {
  const codes = Array.from({ length: 160 }, (_, index) => `C${index}`);
  const communes = codes.map((code) => ({
    ...{ code, name: { vi: code, en: code }, level: 'commune' as const, parent: '25' },
    ...{ from: '2025-07-01', to: null },
  }));
  const running = await hall.run({ selection: { ...SMALL, units: [...SMALL.units, ...communes] } });
  const at = iso(running.clock.now());
  const told = codes.map((code) =>
    step({ id: code, dossier: code, at, status: 2, receiver: code, resolver: code }),
  );
  expect((await running.post(told, await running.token('feed', '25'))).status).toBe(200);
  return running;
}

/** The longest that nothing else was heard, ms, and how many queries were made, while something was done. */
async function measure(running: Running, work: () => Promise<unknown>) {
  let queries = 0;
  running.beforeRead(() => {
    queries++;
  });
  const delay = monitorEventLoopDelay({ resolution: 5 });
  const before = process.cpuUsage();
  const began = performance.now();
  delay.enable();
  await work();
  delay.disable();
  running.beforeRead(null);
  const { user, system } = process.cpuUsage(before);
  return {
    queries,
    holdMs: delay.max / 1e6,
    cpuMs: (user + system) / 1000,
    tookMs: performance.now() - began,
  };
}

const gone = (socket: Link) =>
  new Promise<void>((resolve) => void socket.once('disconnect', () => resolve()));

test.each([
  ['all', {}],
  ['what it missed', { since: 1 }],
])('ten thousand questions of one viewer for %s end its link, and hold up nobody', async (_words, more) => {
  const running = await runProvince();
  const other = await hall.link(running);
  const socket = await hall.link(running);
  const answers: WatchAnswer[] = [];
  const ended = gone(socket);
  const measured = await measure(running, async () => {
    for (let index = 0; index < 10_000; index++)
      socket.emit('watch', { unit: '25', ...more }, (answer) => answers.push(answer));
    await ended;
    expect((await start(other, '25')).children.length).toBeGreaterThan(160);
  });
  const refused = answers.filter((answer) => answer.type === 'failure');
  expect(new Set(refused.map(({ problem }) => problem.status))).toEqual(new Set([429]));
  expect(answers.length).toBeLessThanOrEqual(101);
  expect(measured.queries).toBeLessThan(60);
  expect(measured.holdMs).toBeLessThan(1000);
});

test('of the questions that wait for one the newest is answered, the others are told so', async () => {
  const running = await hall.run();
  const socket = await hall.link(running);
  const answers = await Promise.all(['25', 'A', 'D', '25.SNV'].map((unit) => watch(socket, { unit })));
  expect(
    answers.map((answer) =>
      answer.type === 'snapshot' ? answer.unit.code : answer.type === 'failure' && answer.problem.status,
    ),
  ).toEqual(['25', 429, 429, '25.SNV']);
  running.clock.advance(10_000);
  await tell(running, 'A');
  expect((await watch(socket, { unit: 'A' })).type).toBe('snapshot');
});

test('twenty units in ten seconds are shown, one more ends the link; what was missed is told more often', async () => {
  const running = await hall.run();
  const socket = await hall.link(running);
  for (let index = 0; index < 20; index++) await start(socket, '25');
  running.clock.advance(10_000);
  const { seq: since } = await start(socket, '25');
  for (let index = 0; index < 95; index++)
    expect((await watch(socket, { unit: '25', since })).type).toBe('frame');
  const ended = gone(socket);
  expect(await watch(socket, { unit: '25' })).toMatchObject({ type: 'failure', problem: { status: 429 } });
  await ended;
});

/** The connection below a link: it can be told not to read. */
const wireOf = (socket: Link) =>
  (socket.io.engine.transport as unknown as { ws: { pause: () => void; resume: () => void } }).ws;

test('a viewer that stops reading is cut off before much waits for it, and resumes by number', async () => {
  const running = await runProvince();
  const socket = await hall.link(running);
  const { seq: since } = await start(socket, '25');
  const { heapUsed, external } = process.memoryUsage();
  wireOf(socket).pause();
  const viewers = async () => String((await running.ask('/metrics')).body).match(/^ioc_viewers (\d+)$/m)?.[1];
  let rounds = 0;
  for (; (await viewers()) === '1' && rounds < 300; rounds++) {
    socket.emit('watch', { unit: '25' }, () => undefined);
    running.clock.advance(1000);
    await running.app.pulse();
  }
  expect(rounds).toBeLessThan(300);
  const now = process.memoryUsage();
  expect(now.heapUsed + now.external - heapUsed - external).toBeLessThan(100e6);
  wireOf(socket).resume();
  await tell(running, 'A');
  const again = await hall.link(running);
  expect(await watch(again, { unit: '25', since })).toMatchObject({ type: 'frame', prev: since });
});

test('a thousand viewers that come back at once are served within five seconds, from a few reads', async () => {
  const running = await runProvince();
  const token = await running.token('display', '25');
  const links: RawLink[] = [];
  while (links.length < 1000)
    links.push(...(await Promise.all(Array.from({ length: 50 }, () => enterRaw(running.url, token)))));
  const { seq } = await running.store.readClock();
  const ask = async (order: object) => {
    for (const link of links) link.send(`42/live,1${JSON.stringify(['watch', order])}`);
    const answers = await Promise.all(links.map((link) => link.next()));
    return [...new Set(answers.map((answer) => answer.slice(0, 60)))];
  };
  const measured = await measure(running, async () => {
    expect(await ask({ unit: '25' })).toEqual([expect.stringMatching(/^43\/live,1\[{"type":"snapshot"/)]);
  });
  expect(measured.holdMs).toBeLessThan(1000);
  expect(measured.cpuMs).toBeLessThan(5000);
  expect(measured.queries).toBeLessThan(2010);
  await tell(running, 'A');
  expect(await ask({ unit: '25', since: seq })).toEqual([
    expect.stringContaining(`"type":"frame","build":"b1","prev":${seq},"seq":${seq + 1}`),
  ]);
  await pass(running, 1000);
  const frames = await Promise.all(links.map((link) => link.next()));
  expect(new Set(frames).size).toBe(1);
  for (const { socket } of links) socket.destroy();
}, 60_000);
