/** Everything a run makes on the machine: folders, processes, ports. Law: `close` leaves nothing behind. */
import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { findPort as findOne } from '../server/ports.ts';

export const ROOT = dirname(dirname(import.meta.dirname));

const PORTS = { first: 4350, last: 4399 };
const STOP_MS = 10_000;

/** A port of 4350-4399 that nobody listens at. */
export function findPort(): Promise<number> {
  return findOne(PORTS.first, PORTS.last);
}

/** Asks a process to end and waits until it has; no longer asks after ten seconds. */
export async function endProcess(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise((resolve) => child.once('exit', resolve));
  if (child.connected) child.disconnect();
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), STOP_MS);
  await gone;
  clearTimeout(timer);
}

export class Workspace {
  readonly #folders: string[] = [];
  readonly #children = new Set<ChildProcess>();

  /** A new empty folder. */
  async makeFolder(): Promise<string> {
    const folder = await mkdtemp(join(tmpdir(), 'ioc-bench-'));
    this.#folders.push(folder);
    return folder;
  }

  /** Starts a script of this repository with this Node. */
  start(args: readonly string[], options: SpawnOptions): ChildProcess {
    const child = spawn(process.execPath, args, { cwd: ROOT, ...options });
    this.#children.add(child);
    child.once('exit', () => this.#children.delete(child));
    return child;
  }

  /** Ends what still runs and removes the folders. */
  async close(): Promise<void> {
    await Promise.all([...this.#children].map(endProcess));
    for (const folder of this.#folders) await rm(folder, { recursive: true, force: true });
  }
}
