/**
 * Loaded into each thread of a server before its own code: adds up the time each SQL statement takes inside better-sqlite3
 * and writes it as JSON beside the file named in BENCH_STATEMENTS when the thread ends. SIGUSR2 begins anew.
 */
import { writeFileSync } from 'node:fs';
import { BroadcastChannel, isMainThread, threadId } from 'node:worker_threads';
import Database from 'better-sqlite3';

/** What one statement took: calls, and milliseconds in all. */
export type StatementTime = { calls: number; ms: number };

type Method = (this: { source: string }, ...parameters: unknown[]) => unknown;

const taken = new Map<string, StatementTime>();

function timed(method: Method): Method {
  return function (...parameters) {
    const start = performance.now();
    try {
      return method.apply(this, parameters);
    } finally {
      const ms = performance.now() - start;
      const known = taken.get(this.source);
      if (known) {
        known.calls++;
        known.ms += ms;
      } else {
        taken.set(this.source, { calls: 1, ms });
      }
    }
  };
}

const database = new Database(':memory:');
const prototype = Object.getPrototypeOf(database.prepare('select 1')) as Record<'run' | 'all', Method>;
database.close();
prototype.run = timed(prototype.run);
prototype.all = timed(prototype.all);

/** Every thread of the server counts for itself, and hears from the first when to begin anew. */
const threads = new BroadcastChannel('statement-times');
threads.unref();
threads.onmessage = () => taken.clear();
if (isMainThread) {
  process.on('SIGUSR2', () => {
    taken.clear();
    threads.postMessage('anew');
  });
}
process.on('exit', () => {
  const file = process.env.BENCH_STATEMENTS;
  if (file) writeFileSync(`${file}.${threadId}`, JSON.stringify([...taken]));
});
