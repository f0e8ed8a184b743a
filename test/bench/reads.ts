/**
 * Reads as boards ask for them, so many a second whatever comes of them, each timed from the moment it was due; first
 * while nothing else is done (the reference), then while batches of 1,000 come in as fast as they are taken. Beside them
 * /healthz, which reads nothing, how long the server's loop was held up, and that of a process that does nothing.
 */
import { Agent, request } from 'node:http';
import { PROVINCE } from '../../seed/province/departments.ts';
import { openStore } from '../../server/store/store.ts';
import { addDays, dayOf } from '../../shared/period.ts';
import { databaseOf, drawEvents, inBatches, openFeed, readTree, SITE } from './bench-store.ts';
import { type Endpoint, postBody, writeBody } from './events-client.ts';
import type { HistoryStore } from './history.ts';
import { IdleProcess } from './idle-process.ts';
import type { LoopDelay } from './loop-delay.ts';
import { keepPace } from './pace.ts';
import { type ServerProcess, startServer } from './server-process.ts';
import { describeDelay, describeLoad, ms, printTable, times, whole } from './table.ts';
import { quantile, quantiles, steadyMs } from './timing.ts';
import type { Workspace } from './workspace.ts';

const PER_SECOND = 50;
const RUN_MS = 10_000;
const WARM_MS = 2000;
const BATCH = 1000;
const AT_ONCE = 2;
/** More than is taken while the reads run. */
const EVENTS = { days: 14, sampling: 1, most: 330_000 };
const agent = new Agent({ keepAlive: true, maxSockets: 64 });

type Read = { name: string; path: string };
type Timed = { name: string; tookMs: number };
type Measured = { reads: Timed[]; delay: LoopDelay; idle: LoopDelay; load: string; taken: number };

/** What a board asks, in turns: the province's, then one of its communes'. */
function listReads(units: readonly string[], today: string): Read[] {
  const month = today.slice(0, 7);
  const [to, year] = [addDays(today, 1), `${Number(today.slice(0, 4)) - 1}${today.slice(4, 7)}-01`];
  const reads = units.flatMap((unit) => [
    { path: '/api/figures', query: { unit, period: month, compare: '1' } },
    { path: '/api/figures', query: { unit, period: today, children: '1' } },
    { path: '/api/figures', query: { unit, period: month, by: 'field', indicators: 'HS01,ON01,HS02,TT01' } },
    { path: '/api/series', query: { unit, indicator: 'HS01', from: year, to, grain: 'month' } },
    { path: '/api/series', query: { unit, indicator: 'TT01', from: addDays(to, -90), to, grain: 'day' } },
    { path: '/api/ranking', query: { unit, indicator: 'TT01', period: month } },
    { path: '/api/explain', query: { unit, indicator: 'TT02', period: month } },
    { path: '/api/corrections', query: { unit, period: month } },
    { path: '/api/dossiers', query: { unit, state: 'overdue', limit: '8' } },
    { path: '/api/dossiers', query: { unit, state: 'dueSoon', limit: '8' } },
  ]);
  return [
    ...reads.map(({ path, query }) => ({ name: path, path: `${path}?${new URLSearchParams(query)}` })),
    { name: '/healthz', path: '/healthz' },
  ];
}

function get(url: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const call = request(url, { agent, headers: { 'accept-encoding': 'gzip' } }, (response) => {
      response.resume();
      response.once('error', reject);
      response.once('end', () => {
        if (response.statusCode === 200) resolve();
        else reject(new Error(`${response.statusCode} from ${url}`));
      });
    });
    call.once('error', reject);
    call.end();
  });
}

function ask(url: string, reads: readonly Read[], forMs: number): Promise<Timed[]> {
  return keepPace({ perSecond: PER_SECOND, forMs }, async (index, dueAt) => {
    const { name, path } = reads[index % reads.length] ?? { name: '?', path: '/healthz' };
    await get(`${url}${path}`);
    return { name, tookMs: steadyMs() - dueAt };
  });
}

/** Posts bodies one after the other on each lane until told to stop; gives how many events were taken by then. */
function startFeed(endpoint: Endpoint, bodies: string[]): { stop: () => Promise<number> } {
  let isStopped = false;
  let taken = 0;
  const drive = async () => {
    for (let body = bodies.shift(); body !== undefined && !isStopped; body = bodies.shift()) {
      const { accepted } = await postBody(endpoint, body, 'json');
      if (!isStopped) taken += accepted;
    }
  };
  const atOnce = Promise.all(Array.from({ length: AT_ONCE }, drive));
  atOnce.catch(() => undefined);
  return {
    async stop() {
      isStopped = true;
      const sum = taken;
      await atOnce;
      if (bodies.length === 0) throw new Error('the feed ran dry before the reads had ended');
      return sum;
    },
  };
}

type Place = { server: ServerProcess; idle: IdleProcess; reads: readonly Read[] };

async function measure(
  { server, idle, reads }: Place,
  feed?: { endpoint: Endpoint; bodies: string[] },
): Promise<Measured> {
  const running = feed && startFeed(feed.endpoint, feed.bodies);
  await ask(server.url, reads, WARM_MS);
  await server.takeDelay();
  await idle.takeDelay();
  const timed = await ask(server.url, reads, RUN_MS);
  const delays = { delay: await server.takeDelay(), idle: await idle.takeDelay() };
  const taken = (await running?.stop()) ?? 0;
  return { reads: timed, ...delays, load: describeLoad(), taken };
}

function describe(name: string, busy: readonly number[], rest: readonly number[]): string[] {
  const shares = [0.5, 0.99, 1] as const;
  const [, p99] = quantiles(busy, shares);
  return [
    name,
    whole(busy.length),
    ...quantiles(rest, shares).map(ms),
    ...quantiles(busy, shares).map(ms),
    times(p99, quantile(rest, 0.99)),
  ];
}

function printReads(rest: Measured, busy: Measured, words: string): void {
  const boards = ({ reads }: Measured) => reads.filter(({ name }) => name !== '/healthz');
  const tookOf = (reads: readonly Timed[], name?: string) =>
    reads.filter((read) => name === undefined || read.name === name).map(({ tookMs }) => tookMs);
  const names = [...new Set(busy.reads.map(({ name }) => name))];
  printTable({
    title: 'Reads as boards ask, while events come in at full speed, ms',
    head: ['', 'reads', 'rest p50', 'rest p99', 'rest worst', 'p50', 'p99', 'worst', 'p99 to rest'],
    rows: [
      describe('all but /healthz', tookOf(boards(busy)), tookOf(boards(rest))),
      ...names.map((name) => describe(name, tookOf(busy.reads, name), tookOf(rest.reads, name))),
    ],
    notes: [
      `${PER_SECOND} reads/s for ${RUN_MS / 1000} s, timed from when each was due; on ${words}; goal: p99 under 50 ms`,
      `rest: no events, load ${rest.load}; then ${whole((busy.taken * 1000) / (RUN_MS + WARM_MS))} events/s in batches of ${BATCH}, ${AT_ONCE} on their way, load ${busy.load}`,
    ],
  });
  const row = (name: string, delay: (one: Measured) => LoopDelay) => [
    name,
    describeDelay(delay(rest)),
    describeDelay(delay(busy)),
    times(delay(busy).worstMs, busy.idle.worstMs),
  ];
  printTable({
    title: "The loop of the server's answering thread in the same time, ms held up",
    head: ['', 'rest p99, worst, work', 'full speed p99, worst, work', 'worst to idle'],
    rows: [row('server', ({ delay }) => delay), row('idle process', ({ idle }) => idle)],
    notes: [
      "goal: worst 50 ms; idle: a process that does nothing, so the machine's own doing; work: the most one turn of the loop took of the processor",
    ],
  });
}

/** Prints how long reads take at rest and while events come in at full speed. */
export async function runReads(workspace: Workspace, histories: HistoryStore): Promise<void> {
  const { folder, words } = await histories.take();
  const store = await openStore(databaseOf(folder));
  const { token } = await openFeed(store);
  const { tree, province } = await readTree(store);
  await store.close();
  const today = dayOf(Date.now(), SITE.zone);
  const [commune] = tree.childrenOn(province, today).filter(({ level }) => level === 'commune');
  if (!commune) throw new Error('the province has no communes');
  const reads = listReads([PROVINCE, tree.referenceOf(commune, today)], today);
  const events = drawEvents(EVENTS);
  const bodies = [...inBatches(events, BATCH)].map((batch) => writeBody(batch, 'json'));
  const idle = IdleProcess.start(workspace);
  const server = await startServer(workspace, folder);
  const place = { server, idle, reads };
  const rest = await measure(place);
  const busy = await measure(place, { endpoint: { url: server.url, token }, bodies });
  await server.stop();
  await idle.end();
  printReads(rest, busy, words);
}
