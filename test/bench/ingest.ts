/**
 * Events taken a second, by size of batch. Five ways with the same events, in turns, three rounds, the middle one told:
 * bare prepared inserts of the events by better-sqlite3 (the reference), bare writes of every row that the events come to,
 * the acts without HTTP, and a server process through POST /api/events as JSON and as NDJSON. Each has a file of its
 * own, synchronous FULL.
 */
import { openStore } from '../../server/store/store.ts';
import type { OpsEvent } from '../../shared/event.ts';
import { actsOf } from '../server/acts.ts';
import { BareStore, toRows } from './bare.ts';
import { BareWriter, watchWrites } from './bare-rows.ts';
import { databaseOf, SITE } from './bench-store.ts';
import { type BodyForm, postAll, writeBody } from './events-client.ts';
import { printCosts } from './ingest-costs.ts';
import { type IngestStore, KNOWN_EVENTS, openIngestStore } from './ingest-store.ts';
import type { LoopDelay } from './loop-delay.ts';
import { startServer } from './server-process.ts';
import { describeDelay, printTable, times, whole } from './table.ts';
import { median, timeOnce } from './timing.ts';
import type { Workspace } from './workspace.ts';

/** Events of one round, by size of batch. */
const SIZES = [
  { batch: 1, events: 300 },
  { batch: 100, events: 3000 },
  { batch: 1000, events: 10_000 },
  { batch: 5000, events: 15_000 },
];
const ROUNDS = 3;
/** Bodies on their way at one time, as if two feeds spoke. */
const AT_ONCE = 2;
/** Events that the table of costs takes for itself. */
const COST_EVENTS = 30_000;

/** One way of taking events: made ready untimed, then run on the clock. */
type Way = {
  /** How long the loop of its server was held up since last asked. */
  delay?: () => Promise<LoopDelay>;
  prepare: (batches: OpsEvent[][]) => Promise<() => Promise<void>>;
  close: () => Promise<void>;
};

async function openBare(origin: IngestStore): Promise<Way> {
  const bare = new BareStore(databaseOf(await origin.copy()));
  return {
    async prepare(batches) {
      const rows = batches.map((batch) => toRows(batch, origin.caller.feed));
      return async () => bare.insert(rows);
    },
    close: async () => bare.close(),
  };
}

/** All that a commit writes, without anything else: how fast the writer could be if its own work cost nothing. */
async function openBareRows(origin: IngestStore): Promise<Way> {
  const { store, take } = watchWrites(await openStore(databaseOf(await origin.copy())));
  const acts = actsOf(store, { site: SITE });
  const writer = new BareWriter(databaseOf(await origin.copy()));
  return {
    async prepare(batches) {
      for (const batch of batches) await acts.ingest(batch, origin.caller, Date.now());
      const commits = take();
      return async () => writer.write(commits);
    },
    async close() {
      writer.close();
      await store.close();
    },
  };
}

async function openActs(origin: IngestStore): Promise<Way> {
  const store = await openStore(databaseOf(await origin.copy()));
  const acts = actsOf(store, { site: SITE });
  return {
    prepare: async (batches) => async () => {
      for (const batch of batches) await acts.ingest(batch, origin.caller, Date.now());
    },
    close: () => store.close(),
  };
}

async function openHttp(workspace: Workspace, origin: IngestStore, form: BodyForm): Promise<Way> {
  const server = await startServer(workspace, await origin.copy());
  const endpoint = { url: server.url, token: origin.token };
  return {
    async prepare(batches) {
      const bodies = batches.map((batch) => writeBody(batch, form));
      return () => postAll(endpoint, bodies, { form, atOnce: AT_ONCE });
    },
    delay: server.takeDelay,
    close: server.stop,
  };
}

/** Events a second of each way, in their order, by round. */
async function runRounds(
  ways: Way[],
  origin: IngestStore,
  size: (typeof SIZES)[number],
): Promise<number[][]> {
  const rates: number[][] = ways.map(() => []);
  for (let round = 0; round < ROUNDS; round++) {
    const batches = origin.take(size.events, size.batch);
    for (const [index, way] of ways.entries()) {
      const { ms } = await timeOnce(await way.prepare(batches));
      rates[index]?.push((size.events / ms) * 1000);
    }
  }
  return rates;
}

/** Prints events a second by size of batch, then what a batch of 1,000 costs where. */
export async function runIngest(workspace: Workspace): Promise<void> {
  const most = SIZES.reduce((sum, { events }) => sum + events * ROUNDS, 0) + COST_EVENTS;
  const origin = await openIngestStore(workspace, most);
  const json = await openHttp(workspace, origin, 'json');
  const ndjson = await openHttp(workspace, origin, 'ndjson');
  const ways = [await openBare(origin), await openBareRows(origin), await openActs(origin), json, ndjson];
  const rows: string[][] = [];
  for (const size of SIZES) {
    await json.delay?.();
    const rates = await runRounds(ways, origin, size);
    const delay = await json.delay?.();
    const [bare = Number.NaN, ...others] = rates.map(median);
    const [all = Number.NaN, , endpoint = Number.NaN] = others;
    rows.push([
      whole(size.batch),
      whole(bare),
      ...others.flatMap((rate) => [whole(rate), times(rate, bare)]),
      times(endpoint, all),
      delay ? describeDelay(delay) : '-',
    ]);
  }
  for (const way of ways) await way.close();
  printTable({
    title: 'Ingest: events a second',
    head: [
      ...['batch', 'bare inserts', 'bare, all rows', 'to bare', 'acts', 'to bare'],
      ...['HTTP JSON', 'to bare', 'HTTP NDJSON', 'to bare', 'JSON to all rows', 'loop p99, worst, work'],
    ],
    rows,
    notes: [
      'bare, all rows: what the writer writes for the same events (log, dossiers, sums), by better-sqlite3 alone',
      `SQLite file, synchronous FULL, ${whole(KNOWN_EVENTS)} events known before; the last week at real volume`,
      `HTTP: a server process, ${AT_ONCE} batches on their way; median of ${ROUNDS} rounds; goal: 0.6 of all rows at 1,000`,
    ],
  });
  await printCosts(workspace, origin, COST_EVENTS);
}
