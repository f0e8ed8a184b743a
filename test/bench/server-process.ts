/** The server as people run it: a process of its own, on an office's folder. */
import { setTimeout as wait } from 'node:timers/promises';
import { PROVINCE } from '../../seed/province/departments.ts';
import { configOf, databaseOf } from './bench-store.ts';
import type { LoopDelay } from './loop-delay.ts';
import { askLoopDelay, askWork } from './reply.ts';
import { endProcess, findPort, type Workspace } from './workspace.ts';

const READY_MS = 120_000;

/**
 * A running server. `takeDelay`: how long the loop of its answering thread was held up since last asked; `tellWork`: how much of
 * the processor that thread has had so far, in ms.
 */
export type ServerProcess = {
  url: string;
  pid: number;
  takeDelay: () => Promise<LoopDelay>;
  tellWork: () => Promise<number>;
  stop: () => Promise<void>;
};

/** What a server is started with beside its folder: flags of Node, more of the environment. */
export type Extras = { flags?: readonly string[]; env?: Record<string, string> };

/** Waits until a server says it is ready; throws when `failed` says it cannot be. */
export async function waitUntilReady(url: string, hasFailed: () => boolean): Promise<void> {
  for (const end = Date.now() + READY_MS; Date.now() < end && !hasFailed(); await wait(20)) {
    const response = await fetch(`${url}/readyz`).catch(() => undefined);
    if (response?.ok) return;
  }
  throw new Error(`the server at ${url} does not start`);
}

/** Starts a server that lets visitors in, and waits until it is ready. */
export async function startServer(
  workspace: Workspace,
  folder: string,
  extras: Extras = {},
): Promise<ServerProcess> {
  const port = await findPort();
  const { DATABASE_URL: _, REDIS_URL: __, ...own } = process.env;
  const env = {
    ...own,
    ...{ DATA_DIR: folder, DATABASE_URL: databaseOf(folder), IOC_CONFIG: configOf(folder) },
    ...{ PORT: String(port), HOST: '127.0.0.1', IOC_DEMO: PROVINCE, LOG_LEVEL: 'warn' },
    ...extras.env,
  };
  const flags = ['--import', './test/bench/tell-loop-delay.ts', ...(extras.flags ?? [])];
  const child = workspace.start([...flags, 'server/main.ts'], {
    env,
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const url = `http://127.0.0.1:${port}`;
  await waitUntilReady(url, () => child.exitCode !== null);
  return {
    ...{ url, pid: child.pid ?? 0 },
    takeDelay: () => askLoopDelay(child),
    tellWork: () => askWork(child),
    stop: () => endProcess(child),
  };
}

/** The server's resident memory in bytes, as it tells its monitoring system. */
export async function readMemory(url: string): Promise<number> {
  const text = await (await fetch(`${url}/metrics`)).text();
  return Number(/^process_resident_memory_bytes (\S+)/m.exec(text)?.[1] ?? Number.NaN);
}
