/**
 * From just before an event's POST to the frame that carries its change at each of 200 viewers of the province: the
 * first with `frame.seq >= receipt.seq`. Server, viewers and feed are three processes. Reference in the same run: a
 * bare Socket.IO broadcast of one such frame, as often, to as many clients in the same process.
 */
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import { PROVINCE } from '../../seed/province/departments.ts';
import { LiveTraffic } from '../../seed/province/live.ts';
import { createProvince } from '../../seed/province/province.ts';
import { openStore } from '../../server/store/store.ts';
import { type Door, postBody, writeBody } from './door.ts';
import type { HistoryShelf } from './history.ts';
import { databaseOf, openFeed } from './office.ts';
import type * as plain from './plain-broadcast.ts';
import { startServer } from './server-process.ts';
import { bytes, ms, printTable, times } from './table.ts';
import { quantile, steadyMs } from './timing.ts';
import type { Answer, Arrivals, Order } from './viewers.ts';
import { endProcess, type Yard } from './yard.ts';

const VIEWERS = 200;
const PACES = [10, 300];
const RUN_MS = 15_000;
const WARM_MS = 2000;
/** Longer than a heartbeat, which brings what a lost last frame did not. */
const SETTLE_MS = 5000;
const REFERENCE_MS = 5000;

type Sent = { at: number; seq: number; answeredAt: number };
type Measured = {
  lost: number;
  latencies: number[];
  answers: number[];
  gaps: number[];
  frame: { text: string; sizes: number[] };
};

async function ask<T extends Answer['type']>(child: ChildProcess, order: Order, type: T) {
  child.send(order);
  const [answer] = (await once(child, 'message')) as [Answer];
  if (answer.type !== type) throw new Error(`the viewers answered ${answer.type}`);
  return answer as Extract<Answer, { type: T }>;
}

/** Posts live traffic at a pace for a while, each event alone; gives when each was sent and its receipt's seq. */
async function post(
  door: Door,
  live: LiveTraffic,
  { pace, forMs }: { pace: number; forMs: number },
): Promise<Sent[]> {
  const trips: Promise<Sent>[] = [];
  const start = performance.now();
  for (let count = 0; count < (pace * forMs) / 1000; count++) {
    const ahead = start + (count * 1000) / pace - performance.now();
    if (ahead > 1) await wait(ahead);
    const body = writeBody([live.step(Date.now()).event], 'json');
    const at = steadyMs();
    const trip = postBody(door, body, 'json').then(({ seq }) => ({ at, seq, answeredAt: steadyMs() }));
    trip.catch(() => undefined);
    trips.push(trip);
  }
  return Promise.all(trips);
}

/** How long each event took to each viewer; throws when one never came. */
function listLatencies(sent: readonly Pick<Sent, 'at' | 'seq'>[], viewers: readonly Arrivals[]): number[] {
  const inOrder = [...sent].sort((a, b) => a.seq - b.seq);
  return viewers.flatMap(({ seqs, ats }) => {
    let frame = 0;
    return inOrder.map(({ at, seq }) => {
      while (frame < seqs.length && (seqs[frame] ?? 0) < seq) frame++;
      const arrived = ats[frame];
      if (arrived === undefined) throw new Error(`no frame brought commit ${seq} to a viewer`);
      return arrived - at;
    });
  });
}

const countLost = (viewers: readonly Arrivals[]) =>
  viewers.reduce((sum, { lost }) => sum + lost, 0) / viewers.length;

const listGaps = (ats: readonly number[]) => ats.slice(1).map((at, index) => at - (ats[index] ?? at));

async function measurePace(
  door: Door,
  live: LiveTraffic,
  viewers: ChildProcess,
  pace: number,
): Promise<Measured> {
  await post(door, live, { pace, forMs: WARM_MS });
  await wait(SETTLE_MS / 2);
  await ask(viewers, { type: 'forget' }, 'forgotten');
  const sent = await post(door, live, { pace, forMs: RUN_MS });
  await wait(SETTLE_MS);
  const { viewers: arrivals, frames } = await ask(viewers, { type: 'collect' }, 'arrivals');
  const texts = frames.map((frame) => JSON.stringify(frame)).sort((a, b) => a.length - b.length);
  return {
    latencies: listLatencies(sent, arrivals),
    lost: countLost(arrivals),
    answers: sent.map(({ at, answeredAt }) => answeredAt - at),
    gaps: listGaps(arrivals[0]?.ats ?? []),
    frame: { text: texts[texts.length >> 1] ?? '{}', sizes: texts.map(({ length }) => length) },
  };
}

async function measurePlain(yard: Yard, viewers: ChildProcess, { frame, gaps }: Measured): Promise<number[]> {
  const server = yard.start(['test/bench/plain-broadcast.ts'], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const [hello] = (await once(server, 'message')) as [plain.Answer];
  const port = hello.type === 'listening' ? hello.port : 0;
  await ask(
    viewers,
    { type: 'open', url: `http://127.0.0.1:${port}`, count: VIEWERS, unit: PROVINCE },
    'opened',
  );
  const gapMs = Math.round(quantile(gaps, 0.5));
  const order: plain.Order = {
    frame: JSON.parse(frame.text) as object,
    count: Math.ceil(REFERENCE_MS / gapMs),
    gapMs,
  };
  server.send(order);
  const [done] = (await once(server, 'message')) as [plain.Answer];
  await wait(SETTLE_MS);
  const { viewers: arrivals } = await ask(viewers, { type: 'collect' }, 'arrivals');
  const sent = done.type === 'emitted' ? done.ats.map((at, index) => ({ at, seq: index + 1 })) : [];
  const latencies = listLatencies(sent, arrivals);
  await ask(viewers, { type: 'close' }, 'closed');
  await endProcess(server);
  return latencies;
}

function describe(pace: number, measured: Measured, plainLatencies: readonly number[]): string[] {
  const at = (share: number) => quantile(measured.latencies, share);
  const reference = (share: number) => quantile(plainLatencies, share);
  return [
    `${pace} events/s`,
    ...[0.5, 0.95, 0.99].map((share) => ms(at(share))),
    ms(quantile(measured.answers, 0.99)),
    ...[0.5, 0.99].map((share) => ms(reference(share))),
    times(at(0.99), reference(0.99)),
    (1000 / quantile(measured.gaps, 0.5)).toFixed(1),
    measured.lost.toFixed(1),
    bytes(quantile(measured.frame.sizes, 0.5)),
  ];
}

/** Prints how long an event takes to 200 browsers, beside a bare broadcast of the same frame. */
export async function runLatency(yard: Yard, shelf: HistoryShelf): Promise<void> {
  const { folder, words } = await shelf.take();
  const store = await openStore(databaseOf(folder));
  const { token } = await openFeed(store);
  await store.close();
  const live = new LiveTraffic(createProvince({ anchor: Date.now() }), { begun: 0, open: [] });
  const viewers = yard.start(['test/bench/viewers.ts'], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  const rows: string[][] = [];
  for (const pace of PACES) {
    const server = await startServer(yard, folder);
    const door = { url: server.url, token };
    await ask(viewers, { type: 'open', url: server.url, count: VIEWERS, unit: PROVINCE }, 'opened');
    const measured = await measurePace(door, live, viewers, pace);
    await ask(viewers, { type: 'close' }, 'closed');
    await server.stop();
    rows.push(describe(pace, measured, await measurePlain(yard, viewers, measured)));
  }
  await endProcess(viewers);
  printTable({
    title: `Latency: an event's way to ${VIEWERS} viewers, ms`,
    head: [
      'pace',
      'p50',
      'p95',
      'p99',
      'POST p99',
      'bare p50',
      'bare p99',
      'p99 to bare',
      'frames/s',
      'lost',
      'frame',
    ],
    rows,
    notes: [
      `each event a POST of its own, for ${RUN_MS / 1000} s; on ${words}; goal: p99 under 500 ms`,
      'bare: Socket.IO broadcast of the middle frame to as many clients, as often; frames are merged for 100 ms or more; lost: frames a viewer asked for',
    ],
  });
}
