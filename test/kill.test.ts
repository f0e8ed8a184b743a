/** Killed at any instant, a server loses no event it has acknowledged and counts none twice. Real processes, kept seeds. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import { createSite } from '../server/site.ts';
import { openStore } from '../server/store/store.ts';
import type { DossierEvent } from '../shared/event.ts';
import { actsOf } from './server/acts.ts';
import { type Cluster, makeFolder, startPostgres } from './server/postgres.ts';
import { type ServerProcess, startProcess } from './server/process.ts';
import { iso, SMALL, step } from './server/world.ts';

const folder = makeFolder();
let cluster: Cluster | undefined;
afterAll(async () => {
  await cluster?.stop();
  folder.remove();
});

const BATCHES = 400;
const BATCH_EVENTS = 5;
const DOSSIERS = 200;
const KILLS = 5;
/** Bodies on their way at one time. */
const LANES = 3;

/** Steps of some dossiers, in batches; each dossier is told of in many of them. */
function makeBatches(now: number): DossierEvent[][] {
  const from = now - 2 * 86_400_000;
  return Array.from({ length: BATCHES }, (_, batch) =>
    Array.from({ length: BATCH_EVENTS }, (__, index) => {
      const count = batch * BATCH_EVENTS + index;
      const status = count < DOSSIERS ? 2 : ([4, 5, 4, 9] as const)[Math.floor(count / DOSSIERS) % 4];
      return step({
        ...{ id: `e${count}`, dossier: `d${count % DOSSIERS}`, at: iso(from + count * 1000) },
        ...{ status: status ?? 4, due: iso(now + 86_400_000) },
      });
    }),
  );
}

async function found(databaseUrl: string): Promise<string> {
  const store = await openStore(databaseUrl);
  const acts = actsOf(store, { site: createSite({}) });
  await acts.loadUnits(SMALL, Date.now());
  await acts.rebuild(Date.now());
  const units = await store.reader.db.selectFrom('unit').selectAll().where('code', '=', '25').execute();
  const unit = units.find(({ validTo }) => validTo === null)?.id ?? 0;
  const feed = { namespace: null, cadenceMs: null, dueTime: null };
  const token = await acts.createToken({ kind: 'feed', unit, name: 'f', days: null, feed }, Date.now());
  await store.close();
  return token;
}

/** How the sending goes: whose server it is now, and how many batches are acknowledged. */
type Sending = { server: () => ServerProcess; token: string; acknowledged: number };

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** Sends a batch until it is acknowledged, whoever kills the server meanwhile. */
async function sendBatch(batch: DossierEvent[], sending: Sending): Promise<void> {
  for (;;) {
    const answer = await sending
      .server()
      .post(batch, sending.token)
      .catch(() => null);
    if (answer?.status === 200) break;
    if (answer && answer.status !== 503) throw new Error(JSON.stringify(answer));
    await pause(20);
  }
  sending.acknowledged++;
}

async function sendAll(batches: readonly DossierEvent[][], sending: Sending): Promise<void> {
  const rest = batches.values();
  const drive = async () => {
    for (const batch of rest) {
      await sendBatch(batch, sending);
      await pause(5);
    }
  };
  await Promise.all(Array.from({ length: LANES }, drive));
}

test.each(['file', 'postgres'] as const)(
  'events sent again until acknowledged are in the store once each, on %s',
  async (kind) => {
    const [pauses = []] = fc.sample(
      fc.array(fc.integer({ min: 0, max: 250 }), { minLength: KILLS, maxLength: KILLS }),
      {
        seed: 115,
        numRuns: 1,
      },
    );
    const own = join(folder.path, kind);
    mkdirSync(own);
    if (kind === 'postgres') cluster = await startPostgres();
    const databaseUrl = cluster ? await cluster.create('killed') : join(own, 'ioc.db');
    const token = await found(databaseUrl);
    let server = await startProcess({ folder: own, databaseUrl });
    await server.untilReady();
    const now = Date.now();
    const batches = makeBatches(now);
    const sending: Sending = { server: () => server, token, acknowledged: 0 };
    const sent = sendAll(batches, sending);
    const before: number[] = [];
    for (const ms of pauses) {
      await pause(ms);
      before.push(sending.acknowledged);
      await server.kill('SIGKILL');
      server = await startProcess({ folder: own, databaseUrl });
      await server.untilReady();
    }
    await sent;
    expect(before.every((acknowledged) => acknowledged < BATCHES)).toBe(true);
    expect(await server.kill('SIGTERM')).toBe(0);
    const store = await openStore(databaseUrl);
    const ids = await store.reader.db.selectFrom('event').select('id').execute();
    expect(new Set(ids.map(({ id }) => id)).size).toBe(BATCHES * BATCH_EVENTS);
    expect(ids.length).toBe(BATCHES * BATCH_EVENTS);
    const { subjects, differences } = await actsOf(store, { site: createSite({}) }).verify(Date.now());
    expect({ subjects, differences }).toEqual({ subjects: DOSSIERS, differences: [] });
    await store.close();
  },
  60_000,
);
