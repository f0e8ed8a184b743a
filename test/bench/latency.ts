/**
 * From just before an event's POST to the frame that carries its change at each viewer of the province: the first with
 * `frame.seq >= receipt.seq`. Server, viewers and feed are processes of their own. Reference in the same run: a bare
 * Socket.IO broadcast of one such frame, as often, to as many clients in the same processes.
 */
import { setTimeout as wait } from 'node:timers/promises';
import { LiveTraffic } from '../../seed/province/live.ts';
import { createProvince } from '../../seed/province/province.ts';
import { openStore } from '../../server/store/store.ts';
import { databaseOf, openFeed } from './bench-store.ts';
import type { Endpoint } from './events-client.ts';
import type { HistoryStore } from './history.ts';
import type { LoopDelay } from './loop-delay.ts';
import { postEvents, type Sent } from './pace.ts';
import { PlainServer } from './plain-server.ts';
import { startServer } from './server-process.ts';
import { bytes, describeDelay, describeLoad, ms, printTable, times } from './table.ts';
import { quantile, quantiles } from './timing.ts';
import type { Arrivals } from './viewer.ts';
import { ViewerGroup } from './viewer-group.ts';
import type { Workspace } from './workspace.ts';

type Case = { viewers: number; pace: number; goalMs: number };
const CASES: Case[] = [
  { viewers: 200, pace: 10, goalMs: 150 },
  { viewers: 200, pace: 300, goalMs: 150 },
  { viewers: 1000, pace: 100, goalMs: 250 },
];
const RUN_MS = 10_000;
const WARM_MS = 2000;
/** Longer than a heartbeat, which brings what a lost last frame did not. */
const SETTLE_MS = 5000;
const REFERENCE_MS = 5000;
const SHARES = [0.5, 0.95, 0.99] as const;

type Measured = {
  lost: number;
  latencies: number[];
  answers: number[];
  gaps: number[];
  delay: LoopDelay;
  load: string;
  frame: { text: string; sizes: number[] };
};

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
  viewers.reduce((sum, { lost, failures }) => sum + lost + failures, 0) / viewers.length;

const listGaps = (ats: readonly number[]) => ats.slice(1).map((at, index) => at - (ats[index] ?? at));

async function measureCase(
  { url, takeDelay }: Awaited<ReturnType<typeof startServer>>,
  {
    viewers,
    pace,
    endpoint,
    live,
  }: { viewers: ViewerGroup; pace: number; endpoint: Endpoint; live: LiveTraffic },
): Promise<Measured> {
  await viewers.open(url);
  await postEvents(endpoint, live, { perSecond: pace, forMs: WARM_MS });
  await wait(SETTLE_MS / 2);
  await viewers.forget();
  await takeDelay();
  const sent = await postEvents(endpoint, live, { perSecond: pace, forMs: RUN_MS });
  const delay = await takeDelay();
  const load = describeLoad();
  await wait(SETTLE_MS);
  const { viewers: arrivals, frames } = await viewers.collect();
  await viewers.leave();
  const texts = frames.map((frame) => JSON.stringify(frame)).sort((a, b) => a.length - b.length);
  return {
    ...{ delay, load, latencies: listLatencies(sent, arrivals), lost: countLost(arrivals) },
    answers: sent.map(({ at, answeredAt }) => answeredAt - at),
    gaps: listGaps(arrivals[0]?.ats ?? []),
    frame: { text: texts[texts.length >> 1] ?? '{}', sizes: texts.map(({ length }) => length) },
  };
}

/** How long a frame of the same size takes to the same viewers where nothing else is done. */
async function measurePlain(
  workspace: Workspace,
  viewers: ViewerGroup,
  { frame, gaps }: Measured,
): Promise<number[]> {
  const server = await PlainServer.start(workspace);
  await viewers.open(server.url);
  const gapMs = Math.round(quantile(gaps, 0.5));
  const count = Math.ceil(REFERENCE_MS / gapMs);
  const sent = await server.emit({ frame: JSON.parse(frame.text) as object, count, gapMs });
  await wait(SETTLE_MS / 2);
  const { viewers: arrivals } = await viewers.collect();
  await viewers.leave();
  await server.stop();
  return listLatencies(sent, arrivals);
}

function describe(
  { viewers, pace, goalMs }: Case,
  measured: Measured,
  plainLatencies: readonly number[],
): string[] {
  const [p50, p95, p99] = quantiles(measured.latencies, SHARES);
  const [bareP50, , bareP99] = quantiles(plainLatencies, SHARES);
  return [
    `${viewers} viewers, ${pace} events/s`,
    ...[p50, p95, p99].map(ms),
    `${goalMs}`,
    ...[bareP50, bareP99].map(ms),
    times(p99, bareP99),
    ...quantiles(measured.answers, [0.5, 0.99]).map(ms),
    describeDelay(measured.delay),
    (1000 / quantile(measured.gaps, 0.5)).toFixed(1),
    measured.lost.toFixed(1),
    bytes(quantile(measured.frame.sizes, 0.5)),
    measured.load,
  ];
}

/** Prints how long an event takes to its viewers, beside a bare broadcast of the same frame. */
export async function runLatency(workspace: Workspace, histories: HistoryStore): Promise<void> {
  const { folder, words } = await histories.take();
  const store = await openStore(databaseOf(folder));
  const { token } = await openFeed(store);
  await store.close();
  const live = new LiveTraffic(createProvince({ anchor: Date.now() }), { begun: 0, open: [] });
  const rows: string[][] = [];
  for (const one of CASES) {
    const viewers = new ViewerGroup(workspace, one.viewers);
    const server = await startServer(workspace, folder);
    const endpoint = { url: server.url, token };
    const measured = await measureCase(server, { viewers, pace: one.pace, endpoint, live });
    await server.stop();
    rows.push(describe(one, measured, await measurePlain(workspace, viewers, measured)));
    await viewers.end();
  }
  printTable({
    title: "Latency: an event's way to all viewers of the province, ms",
    head: [
      ...['', 'p50', 'p95', 'p99', 'goal p99', 'bare p50', 'bare p99', 'p99 to bare'],
      ...['POST p50', 'POST p99', 'loop p99, worst, work', 'frames/s', 'asked', 'frame', 'load'],
    ],
    rows,
    notes: [
      `each event a POST of its own, for ${RUN_MS / 1000} s; on ${words}`,
      'bare: Socket.IO broadcast of the middle frame to the same viewers, as often, with nothing else to do',
      'frames are merged for 100 ms or more; asked: frames that a viewer had to ask for, and refusals',
    ],
  });
}
