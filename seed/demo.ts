/**
 * `npm run demo`: from nothing to a board that moves. Builds the web, makes the make-believe province once, serves it,
 * brings its history and then live traffic through the public door, and cleans up after itself.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import process from 'node:process';
import { dayOf, startOfDay } from '../shared/period.ts';
import { Children, checkPortFree, type Talk, waitUntilReady } from './demo/children.ts';
import { History, loadOffices } from './demo/history.ts';
import {
  createMarker,
  DemoRefused,
  type Marker,
  readLiveState,
  readMarker,
  writeLiveState,
  writeMarker,
} from './demo/marker.ts';
import { Progress } from './demo/progress.ts';
import { ROLES } from './demo/roles.ts';
import { playScene } from './demo/scene.ts';
import { Sender } from './demo/sender.ts';
import { runTraffic } from './demo/traffic.ts';
import { createSiteConfig } from './province/config.ts';
import { listOldDepartments, PROVINCE } from './province/departments.ts';
import { SAMPLING } from './province/filings.ts';
import { LiveTraffic } from './province/live.ts';
import { listOtherPast, mergeTold, tellOtherKinds } from './province/other-kinds.ts';
import { createProvince, FIRST_DAY, type Province } from './province/province.ts';
import { chooseSurgeUnit, tellSurge } from './province/surge.ts';
import { LIVE_READINGS_MS, readAll } from './province/systems.ts';
import { FEEDS, type Feed } from './province/tell.ts';
import { ASKED_UNIT } from './province/trouble.ts';

/** How long a later start may spend on what happened meanwhile before the board opens. */
const CATCH_UP_MS = 2000;
/** Its feeds tell of the same dossiers: a dossier of an old unit goes on in the feed of its heir. */
const NAMESPACE = 'phu-tho';

const ZONE = 'Asia/Ho_Chi_Minh';

const root = dirname(import.meta.dirname);
const folder = resolve(process.env.DATA_DIR ?? join(root, 'data/demo'));
const host = process.env.HOST ?? '127.0.0.1';
const port = readNumber('PORT', 3000);
const pace = process.env.DEMO_PACE === undefined ? null : readNumber('DEMO_PACE', 1);
const url = `http://${host === '0.0.0.0' ? '127.0.0.1' : host}:${port}`;

const stopping = new AbortController();
const progress = new Progress(process.stderr);
const children = new Children({
  node: process.execPath,
  cwd: root,
  env: {
    ...process.env,
    DATA_DIR: folder,
    DATABASE_URL: undefined,
    REDIS_URL: undefined,
    PORT: String(port),
    HOST: host,
    IOC_DEMO: PROVINCE,
    IOC_CONFIG: join(folder, 'ioc.config.json'),
  },
});

function readNumber(name: string, otherwise: number): number {
  const value = Number(process.env[name] ?? otherwise);
  if (Number.isFinite(value) && value >= 0) return value;
  process.stderr.write(`${name} is not a number: ${process.env[name]}\n`);
  process.exit(1);
}

/** The commands of the office, in one process from before the server starts until the history is in; null: it is in. */
async function startCommands(marker: Marker): Promise<Talk | null> {
  await writeFile(join(folder, 'ioc.config.json'), `${JSON.stringify(createSiteConfig(), null, 1)}\n`);
  const isReady = marker.tokens && marker.hasRoles && marker.loadedUntil >= dayOfMaking(marker);
  return isReady ? null : children.talk('server/ioc.ts', 'script');
}

/** The units, the feeds' tokens and the accounts, into a store that has none; nothing is judged from then on. */
async function prepareStore(commands: Talk | null, marker: Marker): Promise<Record<string, string>> {
  progress.show('nạp đơn vị · loading units', 0.01);
  const tokens = marker.tokens ?? (commands ? await prepareUnits(commands, marker) : {});
  if (commands && !marker.hasRoles) {
    await prepareRoles(commands);
    marker.hasRoles = true;
    await writeMarker(folder, marker);
  }
  return tokens;
}

async function prepareUnits({ ask }: Talk, marker: Marker): Promise<Record<string, string>> {
  const departments = join(folder, 'departments.json');
  await writeFile(departments, JSON.stringify(listOldDepartments()));
  await ask('units', '--province', PROVINCE);
  await ask('units', '--file', departments);
  await ask('warning', 'pause');
  marker.tokens = Object.fromEntries(await Promise.all(FEEDS.map((feed) => makeToken(ask, feed))));
  await writeMarker(folder, marker);
  return marker.tokens;
}

async function makeToken(
  ask: Talk['ask'],
  { id, unit, name, cadence }: Feed,
): Promise<[id: string, token: string]> {
  const facts = ['--kind', 'feed', '--unit', unit, '--name', name, '--namespace', NAMESPACE];
  if (cadence !== undefined) facts.push('--cadence', cadence);
  const token = await ask('token', ...facts);
  if (!/^\S{16,}$/.test(token)) throw new DemoRefused(`No token was made for the feed of ${unit}: ${token}`);
  return [id, token];
}

/** The accounts that visitors step into, those that are not there yet. */
async function prepareRoles({ ask }: Talk): Promise<void> {
  const known = (await ask('user', 'list')).split('\n');
  const logins = new Set(known.map((line) => line.split('\t')[1]));
  for (const { demo, login, role, unit, title } of ROLES) {
    if (logins.has(login)) continue;
    const facts = ['--login', login, '--role', role, '--unit', unit, '--title', title, '--demo', demo];
    await ask('user', 'add', ...facts);
  }
}

/** Starts the server and waits until it is ready; later its unexpected end is the demo's. */
async function startServer(): Promise<void> {
  const logFile = join(folder, 'server.log');
  const { ended } = children.keep(logFile, 'server/main.ts');
  const failed = ended.then(() => {
    if (stopping.signal.aborted) return;
    throw new DemoRefused(`The server ended by itself; its last words are in ${logFile}`);
  });
  failed.catch((error: unknown) => stop(error));
  await Promise.race([failed, waitUntilReady(url, stopping.signal)]);
}

/** What people have done about the alerts of a demo that was just made; without it the demo is a demo all the same. */
async function prepareScene(marker: Marker): Promise<void> {
  if (marker.hasScene) return;
  marker.hasScene = await playScene(url, ASKED_UNIT, stopping.signal);
  await writeMarker(folder, marker);
}

/**
 * The beginning of the day on which the demo was made. What happened before it is brought office by office, by feeds that are not
 * live yet: it is no correction of what anybody knew.
 */
const dayOfMaking = ({ anchor }: Marker) => startOfDay(dayOf(anchor, ZONE), ZONE);

const othersOf = ({ days, places }: Province, { anchor, sampling }: Marker) => ({
  anchor,
  days,
  places,
  sampling,
});

/**
 * What happened before the day on which the demo was made: dossiers office by office, before them all else, which is few enough
 * to be told again where a start was broken off.
 */
async function loadPast(province: Province, sender: Sender, marker: Marker): Promise<void> {
  if (marker.officesLoaded === 0) {
    for (const told of listOtherPast(othersOf(province, marker), dayOfMaking(marker))) await sender.add(told);
    await sender.finish();
  }
  await loadOffices({
    offices: province.offices,
    done: marker.officesLoaded,
    pastOf: (office) => province.pastOf(office, dayOfMaking(marker)),
    spanOf: (office) => province.spanOf(office, dayOfMaking(marker)),
    sender,
    save: async (done) => {
      marker.officesLoaded = done;
      if (done === province.offices.length) marker.loadedUntil = dayOfMaking(marker);
      await writeMarker(folder, marker);
    },
    onProgress: (part) => {
      const count = sender.sent.toLocaleString('vi');
      progress.show('nạp lịch sử · loading history', 0.04 + 0.96 * part, ` · ${count} sự kiện`);
    },
  });
}

async function run(): Promise<void> {
  await mkdir(folder, { recursive: true });
  await checkPortFree(port, host);
  const known = await readMarker(folder);
  const begin = startOfDay(FIRST_DAY, ZONE);
  const marker = known ?? createMarker({ now: Date.now(), begin, sampling: SAMPLING });
  await writeMarker(folder, marker);
  const building = children.run('web/build.ts');
  building.catch(() => undefined);
  const commands = await startCommands(marker);
  const tokens = await prepareStore(commands, marker);
  progress.show('dựng trang web · building the web', 0.02);
  // Drawn while the web is built: what is open at the beginning of a stretch takes a moment.
  const province = createProvince({ anchor: marker.anchor, sampling: marker.sampling });
  const since = Math.max(marker.loadedUntil, dayOfMaking(marker));
  const events = mergeTold(
    province.eventsBetween(since, Number.POSITIVE_INFINITY),
    tellOtherKinds(othersOf(province, marker), since, Number.POSITIVE_INFINITY),
  );
  const sender = new Sender({ url, tokens, signal: stopping.signal });
  const save = async (loadedUntil: number) => {
    marker.loadedUntil = loadedUntil;
    await writeMarker(folder, marker);
  };
  const history = new History({ events, sender, save });
  await building;
  progress.show('mở máy chủ · starting the server', 0.03);
  await startServer();
  const isNew = marker.loadedUntil < dayOfMaking(marker);
  if (isNew) await loadPast(province, sender, marker);
  await history.load({ until: Date.now(), patienceMs: CATCH_UP_MS });
  if (isNew) await commands?.ask('warning', 'resume');
  commands?.end();
  progress.clear();
  process.stdout.write(`IOC demo: http://localhost:${port}\n`);

  prepareScene(marker).catch((error: unknown) => {
    if (!stopping.signal.aborted) process.stderr.write(`The scene was not played: ${String(error)}\n`);
  });
  const surge = tellSurge(chooseSurgeUnit(province.places), Date.now());
  const state = await readLiveState(folder);
  const live = new LiveTraffic(province, state);
  const saveLive = () => writeLiveState(folder, state);
  const { signal } = stopping;
  const { days } = province;
  const readings = {
    everyMs: LIVE_READINGS_MS,
    tell: (at: number) => readAll({ days, seed: 2026, anchor: marker.anchor }, at, LIVE_READINGS_MS),
  };
  const clock = () => Date.now();
  await runTraffic({ history, live, surge, readings, sender, pace, signal, clock, saveLive });
}

let ending: Promise<void> | undefined;

/** Ends everything once; an error is told and makes the exit status 1. */
function stop(error?: unknown): Promise<void> {
  ending ??= end(error);
  return ending;
}

async function end(error: unknown): Promise<void> {
  stopping.abort();
  progress.clear();
  if (error !== undefined) {
    const isOurs = error instanceof DemoRefused;
    process.stderr.write(
      `${isOurs ? error.message : error instanceof Error ? error.stack : String(error)}\n`,
    );
    process.exitCode = 1;
  }
  await children.stop();
}

// npm ends its shell, not what the shell runs: without it there is nobody left to show the board to.
const parent = process.ppid;
if (process.env.npm_lifecycle_event !== undefined) {
  setInterval(() => process.ppid !== parent && void stop(), 500).unref();
}
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void stop());

try {
  await run();
  await stop();
} catch (error) {
  await (stopping.signal.aborted ? stop() : stop(error));
}
process.exit();
