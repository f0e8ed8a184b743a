/** Ports of this machine for the servers of the tests. */
import { createServer } from 'node:net';
import process from 'node:process';

/** Test files that may run beside each other, each in a process of its own: every one begins at other ports. */
const RUNNERS = 10;

async function isFree(port: number): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<boolean>();
  const probe = createServer();
  probe.once('error', () => resolve(false));
  probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)));
  return promise;
}

/**
 * Ports from `first` to `last` that are free when they are given, below those the system gives to clients. Nothing holds
 * one until its server listens: whoever can should try the next when a server does not begin.
 */
export async function* freePorts(first: number, last: number): AsyncGenerator<number> {
  const count = last - first + 1;
  const share = Math.floor(count / RUNNERS);
  // Runners of one run by their number, and runs that stand side by side by their process.
  const begin = (Number(process.env.VITEST_POOL_ID ?? 0) % RUNNERS) * share + (process.pid % share);
  for (let step = 0; step < count; step++) {
    const port = first + ((begin + step) % count);
    if (await isFree(port)) yield port;
  }
}

/** The first of them. Throws when there is none. */
export async function findPort(first: number, last: number): Promise<number> {
  for await (const port of freePorts(first, last)) return port;
  throw new Error(`no port between ${first} and ${last} is free`);
}
