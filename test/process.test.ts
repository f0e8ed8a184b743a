/** No silent failure: what a server that cannot do its work says, and how it ends. Real processes. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, afterEach, describe, expect, test } from 'vitest';
import { createSite } from '../server/site.ts';
import { openStore } from '../server/store/store.ts';
import { actsOf } from './server/acts.ts';
import { type Cluster, makeFolder, startPostgres } from './server/postgres.ts';
import { type ProcessOptions, type ServerProcess, startProcess } from './server/process.ts';
import { SMALL, step, TODAY } from './server/world.ts';

const folder = makeFolder();
const running: ServerProcess[] = [];
let cluster: Cluster | undefined;
let offices = 0;

afterEach(async () => {
  for (const server of running.splice(0)) if (server.child.exitCode === null) await server.kill('SIGKILL');
});
afterAll(async () => {
  await cluster?.stop();
  folder.remove();
});

const norm = (amount: number) => ({
  procedures: [{ code: 'P.hours', name: { vi: 'x', en: 'x' }, norm: { amount, unit: 'workingHours' } }],
});

/** An office's folder with units, and a token of its feed; folded by the first site. */
async function found(databaseUrl?: string): Promise<{ folder: string; url: string; token: string }> {
  const own = join(folder.path, `office-${offices++}`);
  mkdirSync(own);
  const url = databaseUrl ?? join(own, 'ioc.db');
  const store = await openStore(url);
  const acts = actsOf(store, { site: createSite(norm(8)) });
  await acts.loadUnits(SMALL, Date.now());
  await acts.rebuild(Date.now());
  const unit = (await store.reader.db.selectFrom('unit').selectAll().where('code', '=', '25').execute()).find(
    ({ validTo }) => validTo === null,
  );
  const feed = { namespace: null, cadenceMs: null, dueTime: null };
  const token = await acts.createToken(
    { kind: 'feed', unit: unit?.id ?? 0, name: 'f', days: null, feed },
    Date.now(),
  );
  await store.close();
  return { folder: own, url, token };
}

async function start(options: ProcessOptions): Promise<ServerProcess> {
  const server = await startProcess(options);
  running.push(server);
  return server;
}

let told = 0;
const taken = () => {
  told++;
  return step({
    ...{ id: `t${told}`, dossier: `t${told}`, at: new Date(Date.now() - 60_000).toISOString(), status: 2 },
    procedure: 'P.hours',
    due: `${TODAY}T17:00:00+07:00`,
  });
};

async function countEvents(url: string): Promise<number> {
  const store = await openStore(url);
  const rows = await store.reader.db.selectFrom('event').select('id').execute();
  await store.close();
  return rows.length;
}

const reasons = ({ lines }: ServerProcess) =>
  lines.map((line) => JSON.parse(line) as { level: number; msg: string }).filter(({ level }) => level >= 60);

test('a server whose store another program folded by other norms takes nothing more, says so and ends', async () => {
  const office = await found();
  const server = await start({ folder: office.folder, site: norm(8) });
  await server.untilReady();
  expect((await server.post([taken()], office.token)).status).toBe(200);
  const store = await openStore(office.url);
  await actsOf(store, { site: createSite(norm(2)) }).rebuild(Date.now());
  const before = await store.reader.db.selectFrom('tally').selectAll().execute();
  const answer = await server.post([taken()], office.token).catch(() => ({ status: 503 }));
  expect(answer.status).toBe(503);
  expect(await server.ended).toBe(1);
  expect(reasons(server).map(({ msg }) => msg)).toEqual(['the store is another now']);
  expect(await store.reader.db.selectFrom('tally').selectAll().execute()).toEqual(before);
  await store.close();
});

test('a server that cannot be prepared takes no event and ends with the reason', async () => {
  const office = await found();
  const first = await start({ folder: office.folder, site: norm(8) });
  await first.untilReady();
  await first.post([taken()], office.token);
  await first.kill('SIGTERM');
  const database = new Database(office.url);
  database.exec(`update "event" set "body" = replace("body", '"A"', '"GONE"')`);
  database.close();
  const server = await start({ folder: office.folder, site: norm(2) });
  const answers = new Set<number>();
  while (server.child.exitCode === null) {
    const answer = await server.post([taken()], office.token).catch(() => null);
    if (answer) answers.add(answer.status);
  }
  expect(await server.ended).toBe(1);
  expect([...answers].filter((status) => status !== 503)).toEqual([]);
  expect(reasons(server).map(({ msg }) => msg)).toEqual(['cannot prepare the store']);
  expect(await countEvents(office.url)).toBe(1);
});

test('a server whose writer ends is no longer ready, and ends with the reason', async () => {
  const office = await found();
  const preload = join(import.meta.dirname, 'server/end-writer.ts');
  const server = await start({ folder: office.folder, site: norm(8), preload });
  await server.untilReady();
  await server.post([taken()], office.token);
  server.child.kill('SIGUSR2');
  expect(await server.ended).toBe(1);
  expect(reasons(server).map(({ msg }) => msg)).toEqual(['the writer has ended']);
  expect(await countEvents(office.url)).toBe(1);
});

test('a server whose port is taken ends with 1 and one reason, and nothing of it runs on', async () => {
  const office = await found();
  const taker = createServer();
  await new Promise<void>((resolve) => void taker.listen(0, '127.0.0.1', resolve));
  const { port } = taker.address() as AddressInfo;
  const server = await start({ folder: office.folder, site: norm(8), port });
  expect(await server.ended).toBe(1);
  taker.close();
  const told = server.lines.map((line) => JSON.parse(line) as { level: number; msg: string });
  const grave = told.filter(({ level }) => level >= 40);
  expect(grave.map(({ msg }) => msg)).toEqual([`cannot listen on port ${port}`]);
  expect(told.map(({ msg }) => msg)).not.toContain('ready');
});

test('a configuration that makes no sense, or is named and not there, ends the process with 1', async () => {
  const office = await found();
  const server = await start({ folder: office.folder, site: norm(8) });
  await server.untilReady();
  writeFileSync(join(office.folder, 'x'), '');
  const wrong = await start({ folder: office.folder, site: { zone: 7 } });
  expect(await wrong.ended).toBe(1);
  const missing = await start({ folder: office.folder, site: null });
  expect(await missing.ended).toBe(1);
  expect(missing.lines.join()).toContain('IOC_CONFIG names a file that is not there');
  expect(await server.kill('SIGTERM')).toBe(0);
});

describe('on PostgreSQL', () => {
  test('a database that goes away makes the server not ready; when it is back all goes on, without a restart', async () => {
    cluster ??= await startPostgres();
    const office = await found(await cluster.create('away'));
    const server = await start({ folder: office.folder, site: norm(8), databaseUrl: office.url });
    await server.untilReady();
    await cluster.pause();
    await server.untilReady(503);
    expect((await server.post([taken()], office.token)).status).toBe(503);
    await cluster.resume();
    await server.untilReady(200);
    expect((await server.post([taken()], office.token)).status).toBe(200);
    expect(await countEvents(office.url)).toBe(1);
  });

  test('SIGTERM while the database is away ends with 0', async () => {
    cluster ??= await startPostgres();
    const office = await found(await cluster.create('stopped'));
    const server = await start({ folder: office.folder, site: norm(8), databaseUrl: office.url });
    await server.untilReady();
    await cluster.pause();
    await server.untilReady(503);
    expect(await server.kill('SIGTERM')).toBe(0);
    await cluster.resume();
  });
});
