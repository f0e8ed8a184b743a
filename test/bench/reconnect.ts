/**
 * A thousand viewers of the province lose their connection at one moment and all come back at once, while events go on:
 * until each was answered, and how long the server's loop was held up meanwhile. Reference in the same run: a bare
 * Socket.IO server that answers each by the same object. The least there can be: a process beside it that does nothing.
 */
import { setTimeout as wait } from 'node:timers/promises';
import { LiveTraffic } from '../../seed/province/live.ts';
import { createProvince } from '../../seed/province/province.ts';
import { openStore } from '../../server/store/store.ts';
import { databaseOf, openFeed } from './bench-store.ts';
import type { Endpoint } from './events-client.ts';
import type { HistoryStore } from './history.ts';
import { IdleProcess } from './idle-process.ts';
import type { LoopDelay } from './loop-delay.ts';
import { postEvents } from './pace.ts';
import { PlainServer } from './plain-server.ts';
import { startServer } from './server-process.ts';
import { bytes, describeDelay, describeLoad, ms, printTable, times } from './table.ts';
import { quantiles } from './timing.ts';
import { ViewerGroup } from './viewer-group.ts';
import type { Workspace } from './workspace.ts';

const VIEWERS = 1000;
const PER_SECOND = 10;
/** For which the events go on: longer than all take to come back. */
const TRAFFIC_MS = 8000;
/** Before it, to come to rest. */
const REST_MS = 3000;
/** A break, and how often the same is done. */
const BREAKS = 3;

type Break = { tookMs: number[]; delay: LoopDelay; idle: LoopDelay; load: string };
type Returned = { breaks: Break[]; failures: number; answer: object };

type Place = { viewers: ViewerGroup; idle: IdleProcess; takeDelay: () => Promise<LoopDelay> };

async function breakOnce({ viewers, idle, takeDelay }: Place, knows: boolean): Promise<Break> {
  await wait(REST_MS);
  await takeDelay();
  await idle.takeDelay();
  const tookMs = await viewers.comeBack(knows);
  return { tookMs, delay: await takeDelay(), idle: await idle.takeDelay(), load: describeLoad() };
}

async function measureBreaks(
  place: Place,
  knows: boolean,
  during: () => Promise<unknown>,
): Promise<Returned> {
  const breaks: Break[] = [];
  await place.viewers.forget();
  for (let count = 0; count < BREAKS; count++) {
    const traffic = during();
    breaks.push(await breakOnce(place, knows));
    await traffic;
  }
  const { viewers, answer } = await place.viewers.collect();
  const failures = viewers.reduce((sum, arrivals) => sum + arrivals.failures, 0);
  return { breaks, failures, answer: answer as object };
}

const lastOf = ({ breaks }: Returned): number => Math.max(...breaks.flatMap(({ tookMs }) => tookMs));

const worstOf = (delays: readonly LoopDelay[]): LoopDelay => ({
  p99Ms: Math.max(...delays.map(({ p99Ms }) => p99Ms)),
  worstMs: Math.max(...delays.map(({ worstMs }) => worstMs)),
  workMs: Math.max(...delays.map(({ workMs }) => workMs)),
});

function describe(name: string, returned: Returned, bare: Returned): string[] {
  const { breaks, failures, answer } = returned;
  return [
    name,
    ...quantiles(
      breaks.flatMap(({ tookMs }) => tookMs),
      [0.5, 0.99],
    ).map(ms),
    ms(lastOf(returned)),
    times(lastOf(returned), lastOf(bare)),
    describeDelay(worstOf(breaks.map(({ delay }) => delay))),
    describeDelay(worstOf(breaks.map(({ idle }) => idle))),
    String(failures),
    bytes(JSON.stringify(answer).length),
    breaks.map(({ load }) => load).join(' '),
  ];
}

async function measureOurs(
  workspace: Workspace,
  folder: string,
  endpoint: { token: string },
  parts: Omit<Place, 'takeDelay'>,
) {
  const live = new LiveTraffic(createProvince({ anchor: Date.now() }), { begun: 0, open: [] });
  const server = await startServer(workspace, folder);
  const at: Endpoint = { url: server.url, token: endpoint.token };
  const place = { ...parts, takeDelay: server.takeDelay };
  const during = () => postEvents(at, live, { perSecond: PER_SECOND, forMs: TRAFFIC_MS });
  await parts.viewers.open(server.url);
  const knowing = await measureBreaks(place, true, during);
  const anew = await measureBreaks(place, false, during);
  await parts.viewers.leave();
  await server.stop();
  return { knowing, anew };
}

async function measureBare(
  workspace: Workspace,
  answers: readonly object[],
  parts: Omit<Place, 'takeDelay'>,
) {
  const server = await PlainServer.start(workspace);
  const place = { ...parts, takeDelay: () => server.takeDelay() };
  await parts.viewers.open(server.url);
  const returned: Returned[] = [];
  for (const answer of answers) {
    await server.answerBy(answer);
    returned.push(await measureBreaks(place, false, async () => undefined));
  }
  await parts.viewers.leave();
  await server.stop();
  return returned;
}

/** Prints how long a thousand viewers take to be back. */
export async function runReconnect(workspace: Workspace, histories: HistoryStore): Promise<void> {
  const { folder, words } = await histories.take();
  const store = await openStore(databaseOf(folder));
  const { token } = await openFeed(store);
  await store.close();
  const parts = { viewers: new ViewerGroup(workspace, VIEWERS), idle: IdleProcess.start(workspace) };
  const { knowing, anew } = await measureOurs(workspace, folder, { token }, parts);
  const [bareKnowing = knowing, bareAnew = anew] = await measureBare(
    workspace,
    [knowing.answer, anew.answer],
    parts,
  );
  await parts.viewers.end();
  await parts.idle.end();
  printTable({
    title: `Reconnect: ${VIEWERS} viewers of the province come back at once, ms until answered`,
    head: [
      ...['', 'p50', 'p99', 'last', 'last to bare', 'loop p99, worst, work', 'idle p99, worst, work'],
      ...['failures', 'answer', 'loads'],
    ],
    rows: [
      describe('watch since', knowing, bareKnowing),
      describe('  bare', bareKnowing, bareKnowing),
      describe('watch anew', anew, bareAnew),
      describe('  bare', bareAnew, bareAnew),
    ],
    notes: [
      `${BREAKS} breaks each, the worst told; ${PER_SECOND} events/s go on; on ${words}; goal: last under 5,000`,
      'bare: Socket.IO server that answers each by the same object; idle: the loop of a process that does nothing',
    ],
  });
}
