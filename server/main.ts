/** The process: environment, clock, timers, signals. The only file of the server that touches them. */
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { pino } from 'pino';
import type { PortalConfig } from '../shared/config.ts';
import { createApp } from './app.ts';
import { AppError } from './errors.ts';
import { createPortal } from './portal/portal.ts';
import { readSettings, readSite } from './settings.ts';
import { openWriter } from './writer/open-writer.ts';
import type { Change } from './writer/order.ts';

const PULSE_MS = 25;
const TICK_MS = 1000;
const JUDGE_MS = 250;
/** The judge rests for so many times as long as it took: events come first. */
const JUDGE_RESTS = 4;
const NOTIFY_MS = 500;
/** How often it is looked whether the portal is to be asked. */
const PORTAL_MS = 30_000;
/** For how long what is under way is waited for when the process ends. */
const PATIENCE_MS = 10_000;

const root = dirname(import.meta.dirname);
const settings = readSettings(process.env, process.cwd());
const log = pino({ level: settings.logLevel });

function readBuild(folder: string): string {
  try {
    return readFileSync(join(folder, '.inputs'), 'utf8').slice(0, 16);
  } catch {
    return 'none';
  }
}

/** Work that is repeated until `stop`, after which none begins; what fails is told to `onFailure`. */
function createTimers(onFailure: (error: unknown) => void) {
  const timers = new Set<NodeJS.Timeout>();
  let isStopped = false;
  return {
    every(ms: number, work: () => Promise<unknown>): void {
      if (isStopped) return;
      let busy = false;
      const timer = setInterval(() => {
        if (busy) return;
        busy = true;
        work()
          .catch(onFailure)
          .finally(() => {
            busy = false;
          });
      }, ms);
      timers.add(timer);
    },
    stop(): void {
      isStopped = true;
      for (const timer of timers) clearInterval(timer);
    },
  };
}

/** The judge at a pace that leaves the writer most of its time. */
function createPacedJudge(judge: () => Promise<boolean>): () => Promise<void> {
  let restUntil = 0;
  return async () => {
    const begun = performance.now();
    if (begun < restUntil) return;
    await judge();
    const ended = performance.now();
    restUntil = ended + JUDGE_RESTS * (ended - begun);
  };
}

/** How the process ends: once, with what was under way finished; after a while it no longer waits. */
function createEnd(stop: () => Promise<void>) {
  let isEnding = false;
  const end = (exitCode: number): void => {
    if (isEnding) return;
    isEnding = true;
    process.exitCode = exitCode;
    setTimeout(() => {
      log.warn('what was under way did not end in time');
      process.exit();
    }, PATIENCE_MS).unref();
    stop().catch((error: unknown) => log.warn({ err: error }, 'stopping was not clean'));
  };
  return {
    end,
    /** Ends with 1 and says why; what fails because the end has begun is no reason of its own. */
    fail(error: unknown, words: string): void {
      if (isEnding) return;
      log.fatal({ err: error }, words);
      end(1);
    },
    isEnding: () => isEnding,
  };
}

/** The connector to the portal; its figures enter by this server's own door. */
function openPortal(config: PortalConfig, zone: string) {
  const isAny = settings.host === '0.0.0.0' || settings.host === '::';
  return createPortal({
    ...{ config, zone, log },
    statePath: join(settings.dataDir, 'portal-state.json'),
    door: () => `http://${isAny ? '127.0.0.1' : settings.host}:${settings.port}`,
    now: () => Date.now(),
    wait: (ms) => new Promise((resolve) => setTimeout(resolve, ms).unref()),
  });
}

async function run(): Promise<void> {
  const webFolder = join(root, 'dist/web');
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
  const site = readSite(settings);
  let publish: (change: Change) => void = () => undefined;
  const { store, writer, ended } = await openWriter(settings.databaseUrl, site, {
    publish: (change) => publish(change),
    onProgress: (subjects) => log.info({ subjects }, 'folding'),
  });
  const app = createApp({
    ...{ store, writer, site, version, webFolder, log },
    build: readBuild(webFolder),
    demoUnit: settings.demoUnit,
    trustProxy: settings.trustProxy,
    clock: () => Date.now(),
    jitter: Math.random,
  });
  publish = app.publish;
  const timers = createTimers((error) => {
    if (error instanceof AppError && error.code === 'staleFold') fail(error, 'the store is another now');
    else log.error({ err: error }, 'timer failed');
  });
  const { end, fail, isEnding } = createEnd(async () => {
    timers.stop();
    await app.close();
  });
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      log.info({ signal }, 'stopping');
      end(0);
    });
  }
  void ended.then((error) => fail(error, 'the writer has ended'));
  const listening = new Promise<void>((resolve) => {
    app.http.once('error', (error) => {
      fail(error, `cannot listen on port ${settings.port}`);
      resolve();
    });
    app.http.listen(settings.port, settings.host, () => {
      log.info({ address: app.http.address() }, 'listening');
      resolve();
    });
  });
  try {
    await app.prepare();
  } catch (error) {
    return fail(error, 'cannot prepare the store');
  }
  await listening;
  if (isEnding()) return;
  timers.every(PULSE_MS, app.pulse);
  timers.every(TICK_MS, app.tick);
  timers.every(JUDGE_MS, createPacedJudge(app.judge));
  timers.every(NOTIFY_MS, app.notify);
  if (site.portal) timers.every(PORTAL_MS, openPortal(site.portal, site.zone).runDue);
  log.info('ready');
}

try {
  await run();
} catch (error) {
  log.fatal({ error: error instanceof Error ? error.message : String(error) }, 'cannot start');
  process.exitCode = 1;
}
