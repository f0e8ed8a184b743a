/** The process: environment, clock, timers, signals. The only file of the server that touches them. */
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { pino } from 'pino';
import { createApp } from './app.ts';
import { readSettings, readSite } from './settings.ts';
import { openStore } from './store/store.ts';

const PULSE_MS = 100;
const TICK_MS = 1000;

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

async function run(): Promise<void> {
  const webFolder = join(root, 'dist/web');
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
  const store = await openStore(settings.databaseUrl);
  const app = createApp({
    store,
    site: readSite(settings.configPath),
    build: readBuild(webFolder),
    version,
    demoUnit: settings.demoUnit,
    webFolder,
    trustProxy: settings.trustProxy,
    clock: () => Date.now(),
    log,
  });
  const timers = new Set<NodeJS.Timeout>();
  const every = (ms: number, work: () => Promise<unknown>) => {
    let busy = false;
    const timer = setInterval(() => {
      if (busy) return;
      busy = true;
      work()
        .catch((error: unknown) => log.error({ err: error }, 'timer failed'))
        .finally(() => {
          busy = false;
        });
    }, ms);
    timers.add(timer);
  };
  const stop = async (signal: string) => {
    log.info({ signal }, 'stopping');
    for (const timer of timers) clearInterval(timer);
    await app.close();
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      stop(signal).catch((error: unknown) => {
        log.error({ err: error }, 'stopping failed');
        process.exitCode = 1;
      });
    });
  }
  app.http.once('error', (error) => {
    log.fatal({ error: error.message, port: settings.port }, 'cannot listen');
    process.exitCode = 1;
    void stop('error');
  });
  app.http.listen(settings.port, settings.host, () => {
    const address = app.http.address();
    log.info({ address }, 'listening');
  });
  await app.prepare();
  await app.tick();
  every(PULSE_MS, app.pulse);
  every(TICK_MS, app.tick);
  log.info('ready');
}

try {
  await run();
} catch (error) {
  log.fatal({ error: error instanceof Error ? error.message : String(error) }, 'cannot start');
  process.exitCode = 1;
}
