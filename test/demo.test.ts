import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { createServer, type IncomingMessage } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { Children, checkPortFree } from '../seed/demo/children.ts';
import { History, loadOffices } from '../seed/demo/history.ts';
import { createMarker, readLiveState, readMarker, writeLiveState, writeMarker } from '../seed/demo/marker.ts';
import { Sender } from '../seed/demo/sender.ts';
import { paceAfter, runTraffic } from '../seed/demo/traffic.ts';
import { LiveTraffic } from '../seed/province/live.ts';
import { createProvince } from '../seed/province/province.ts';
import type { Told } from '../seed/province/tell.ts';
import { BATCH_EVENTS } from '../shared/event.ts';

const anchor = Date.parse('2026-11-22T18:00:00+07:00');
const province = createProvince({ anchor, sampling: 100 });

type Batch = { token: string; ids: string[] };
type Reply = { status: number; body: unknown };

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}

/** A server that takes events as the real one does and remembers the batches; `reply` may say otherwise. */
async function openDoor(reply: (count: number) => Reply | undefined = () => undefined) {
  const batches: Batch[] = [];
  let count = 0;
  const server = createServer(async (request, response) => {
    const text = await readBody(request).catch(() => undefined);
    if (text === undefined) return;
    const lines = text.split('\n').filter((line) => line !== '');
    count += 1;
    const { status, body } = reply(count) ?? {
      status: 200,
      body: { accepted: lines.length, duplicates: 0, seq: 1 },
    };
    const token = request.headers.authorization?.slice('Bearer '.length) ?? '';
    if (status === 200) batches.push({ token, ids: lines.map((line) => JSON.parse(line).id) });
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  const { port } = server.address() as AddressInfo;
  const stopping = new AbortController();
  const tokens = { portal: 'p', land: 'l', silent: 's' };
  const sender = new Sender({ url: `http://127.0.0.1:${port}`, tokens, signal: stopping.signal });
  return { batches, sender, stopping, port };
}

async function makeFolder(): Promise<string> {
  return mkdtemp(join(tmpdir(), 'ioc-demo-'));
}

describe('history on its way', () => {
  const from = Date.parse('2026-06-01T00:00:00+07:00');
  const told = [...province.eventsBetween(from, anchor)];

  test('all of it arrives, each event by its own feed, in full batches, a busy server notwithstanding', async () => {
    const problem = { type: 'about:blank', title: 'Busy', status: 503, detail: 'Not now.' };
    const { batches, sender } = await openDoor((count) =>
      count === 2 ? { status: 503, body: problem } : undefined,
    );
    const saved: number[] = [];
    const save = async (at: number) => {
      saved.push(at);
    };
    const history = new History({
      events: province.eventsBetween(from, Number.POSITIVE_INFINITY),
      sender,
      save,
    });
    expect(await history.load({ until: anchor })).toBe(true);
    expect(batches.flatMap(({ ids }) => ids).sort()).toEqual(told.map(({ event }) => event.id).sort());
    for (const [token, feed] of [
      ['p', 'portal'],
      ['l', 'land'],
      ['s', 'silent'],
    ]) {
      const ids = told.filter((one) => one.feed === feed).map(({ event }) => event.id);
      expect(
        batches
          .filter((batch) => batch.token === token)
          .flatMap((batch) => batch.ids)
          .sort(),
      ).toEqual(ids.sort());
    }
    expect(Math.max(...batches.map(({ ids }) => ids.length))).toBe(BATCH_EVENTS);
    expect(saved.at(-1)).toBe(anchor);
    expect(history.nextAt).toBeGreaterThanOrEqual(anchor);
  });

  test('when patience ends it stops at a known point, from which the rest is loaded', async () => {
    const { batches, sender } = await openDoor();
    const saved: number[] = [];
    const save = async (at: number) => {
      saved.push(at);
    };
    const history = new History({
      events: province.eventsBetween(from, Number.POSITIVE_INFINITY),
      sender,
      save,
    });
    expect(await history.load({ until: anchor, patienceMs: 0 })).toBe(false);
    const brought = batches.flatMap(({ ids }) => ids).length;
    expect(brought).toBeGreaterThan(0);
    expect(brought).toBeLessThan(told.length);
    expect(saved).toEqual([told[brought - 1]?.at]);
    expect(await history.load({ until: anchor })).toBe(true);
    expect(batches.flatMap(({ ids }) => ids).length).toBe(told.length);
  });

  test('a refusal is said with the server’s own reason', async () => {
    const body = {
      type: 'about:blank',
      title: 'Refused',
      status: 422,
      detail: 'Bad batch.',
      errors: [{ index: 0, field: 'resolver', reason: 'no such unit' }],
    };
    const { sender } = await openDoor(() => ({ status: 422, body }));
    const history = new History({
      events: province.eventsBetween(from, anchor),
      sender,
      save: async () => undefined,
    });
    await expect(history.load({ until: anchor })).rejects.toThrow('422 Bad batch. (resolver: no such unit)');
  });
});

describe('offices on their way', () => {
  test('are told of in step with what they have to tell: halfway in events is halfway in the bar', async () => {
    const { batches, sender } = await openDoor();
    const offices = province.offices.filter((_, index) => index % 8 === 0 || index > 640);
    const parts: { part: number; events: number }[] = [];
    const saved: number[] = [];
    let events = 0;
    const count = function* (told: Iterable<Told>) {
      for (const one of told) {
        events += 1;
        yield one;
      }
    };
    await loadOffices({
      ...{ offices, done: 0, sender },
      pastOf: (office) => count(province.pastOf(office, anchor)),
      spanOf: (office) => province.spanOf(office, anchor),
      save: async (done) => void saved.push(done),
      onProgress: (part) => parts.push({ part, events }),
    });
    expect(saved.at(-1)).toBe(offices.length);
    expect(batches.flatMap(({ ids }) => ids).length).toBe(events);
    expect(parts.at(-1)?.part).toBeCloseTo(1, 10);
    expect(parts.map(({ part }) => part)).toEqual(parts.map(({ part }) => part).toSorted((a, b) => a - b));
    for (const { part, events: done } of parts) expect(Math.abs(part - done / events)).toBeLessThan(0.1);
  });

  test('go on being sent while what a point stands for is taken in; nothing is kept before that', async () => {
    const { sender, batches } = await openDoor();
    const offices = province.offices.slice(0, 200);
    const taken = () => batches.reduce((sum, { ids }) => sum + ids.length, 0);
    const known: { done: number; taken: number }[] = [];
    const starts: number[] = [];
    let told = 0;
    const count = function* (events: Iterable<Told>) {
      starts.push(told);
      for (const one of events) {
        told += 1;
        yield one;
      }
    };
    let keptWith = 0;
    await loadOffices({
      ...{ offices, done: 0, sender, onProgress: () => undefined },
      pastOf: (office) => count(province.pastOf(office, anchor)),
      spanOf: (office) => province.spanOf(office, anchor),
      save: async (done) => {
        known.push({ done, taken: taken() });
        keptWith = Math.max(keptWith, starts.length - done);
      },
    });
    expect(known.map(({ done }) => done)).toEqual([40, 80, 120, 160, 200]);
    for (const { done, taken: had } of known) expect(had).toBeGreaterThanOrEqual(starts[done] ?? told);
    expect(keptWith).toBeGreaterThan(0);
  });
});

describe('traffic', () => {
  test('about one event a second at first, one in ten seconds after a quarter of an hour, falling evenly', () => {
    const minutes = [0, 1, 2, 5, 10, 15, 60].map((minute) => paceAfter(minute * 60_000));
    expect(minutes.map((pace) => Math.round(pace * 100) / 100)).toEqual([1, 1, 1, 0.59, 0.24, 0.1, 0.1]);
  });

  test('a Sunday night moves too, and what is open is kept', async () => {
    const { batches, sender, stopping } = await openDoor();
    const night = Date.parse('2026-11-22T23:30:00+07:00');
    const events = province.eventsBetween(night, Number.POSITIVE_INFINITY);
    const history = new History({ events, sender, save: async () => undefined });
    const live = new LiveTraffic(province, { begun: 0, open: [] });
    let now = night;
    const clock = () => {
      now += 1000;
      if (now > night + 30_000) stopping.abort();
      return now;
    };
    let kept = '';
    const saveLive = async () => {
      kept = JSON.stringify(live.state);
    };
    await runTraffic({ history, live, surge: [], sender, pace: 5, signal: stopping.signal, clock, saveLive });
    expect(batches.flatMap(({ ids }) => ids).length).toBeGreaterThan(100);
    expect(JSON.parse(kept)).toEqual(live.state);
    expect(live.state.begun).toBeGreaterThan(15);
  });
});

describe('a demo’s folder', () => {
  test('is empty, or says how far its history is, or is refused', async () => {
    const folder = await makeFolder();
    expect(await readMarker(folder)).toBeUndefined();
    const marker = createMarker({ now: anchor, begin: 0, sampling: 40 });
    await writeMarker(folder, marker);
    expect(await readMarker(folder)).toEqual(marker);
    await writeFile(join(folder, 'demo.json'), '{"version":0}');
    await expect(readMarker(folder)).rejects.toThrow('another version of the demo');
    const other = await makeFolder();
    await writeFile(join(other, 'ioc.db'), '');
    await expect(readMarker(other)).rejects.toThrow('not a demo');
  });

  test('keeps the open live dossiers, and does without them when they cannot be read', async () => {
    const folder = await makeFolder();
    expect(await readLiveState(folder)).toEqual({ begun: 0, open: [] });
    const live = new LiveTraffic(province, { begun: 0, open: [] });
    for (let index = 0; index < 40; index++) live.step(anchor + index * 1000);
    await writeLiveState(folder, live.state);
    expect(await readLiveState(folder)).toEqual(live.state);
    await writeFile(join(folder, 'live.json'), '{');
    expect(await readLiveState(folder)).toEqual({ begun: 0, open: [] });
  });
});

describe('processes', () => {
  test('a port in use is refused in plain words and its owner left alone', async () => {
    const { port } = await openDoor();
    await expect(checkPortFree(port, '127.0.0.1')).rejects.toThrow(
      `port ${port} is in use by another program`,
    );
    await new Promise<void>((resolve) => {
      const socket = connect(port, '127.0.0.1', () => {
        socket.destroy();
        resolve();
      });
    });
  });

  test('a script that fails is quoted, and what still runs ends with the demo', async () => {
    const folder = await makeFolder();
    const children = new Children({ node: process.execPath, cwd: folder, env: process.env });
    await expect(children.run('-e', 'console.error("no good"); process.exit(3)')).rejects.toThrow('no good');
    expect(await children.run('-e', 'console.log(" a token ")')).toBe('a token');
    const { ended } = children.keep(
      join(folder, 'log'),
      '-e',
      'console.log("up"); setInterval(() => {}, 1000)',
    );
    await expect.poll(() => readFile(join(folder, 'log'), 'utf8').catch(() => '')).toBe('up\n');
    await children.stop();
    await ended;
  });
});
