/**
 * Where the time of an event goes at batches of 1,000: a server process of its own under Node's CPU profiler (1 ms
 * samples, counted by part of the server), and the time of each SQL statement inside better-sqlite3.
 */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { postAll, writeBody } from './events-client.ts';
import type { IngestStore } from './ingest-store.ts';
import { readProfiles } from './profile.ts';
import { startServer } from './server-process.ts';
import type { StatementTime } from './statement-times.ts';
import { printTable } from './table.ts';
import { steadyMs } from './timing.ts';
import type { Workspace } from './workspace.ts';

const BATCH = 1000;
const WARM_EVENTS = 8000;

type Statements = [source: string, time: StatementTime][];
type Costs = { rooms: Awaited<ReturnType<typeof readProfiles>>; statements: Statements };

async function profile(workspace: Workspace, origin: IngestStore, count: number): Promise<Costs> {
  const out = await workspace.makeFolder();
  const statements = join(out, 'statements.json');
  const flags = ['--cpu-prof', `--cpu-prof-dir=${out}`, '--import', './test/bench/statement-times.ts'];
  const env = { BENCH_STATEMENTS: statements };
  const server = await startServer(workspace, await origin.copy(), { flags, env });
  const endpoint = { url: server.url, token: origin.token };
  const post = async (events: number) => {
    const bodies = origin.take(events, BATCH).map((batch) => writeBody(batch, 'json'));
    const from = steadyMs();
    await postAll(endpoint, bodies, { form: 'json', atOnce: 2 });
    return { from, to: steadyMs() };
  };
  await post(WARM_EVENTS);
  process.kill(server.pid, 'SIGUSR2');
  const span = await post(count - WARM_EVENTS);
  await server.stop();
  const files = (await readdir(out)).filter((file) => file.startsWith('statements.json'));
  const read = async (file: string) => JSON.parse(await readFile(join(out, file), 'utf8')) as Statements;
  return { rooms: await readProfiles(out, span), statements: (await Promise.all(files.map(read))).flat() };
}

/** A statement as a person names it: `insert event`, `select dossier`, `commit`. */
function nameStatement(source: string): string {
  const verb = /^\s*(\w+)/.exec(source)?.[1]?.toLowerCase() ?? '?';
  const table = /(?:into|from|update)\s+"?(\w+)"?/i.exec(source)?.[1];
  return table === undefined ? verb : `${verb} ${table}`;
}

function sumByName(statements: Statements): Map<string, StatementTime> {
  const sums = new Map<string, StatementTime>();
  for (const [source, { calls, ms }] of statements) {
    const name = nameStatement(source);
    const known = sums.get(name) ?? { calls: 0, ms: 0 };
    sums.set(name, { calls: known.calls + calls, ms: known.ms + ms });
  }
  return sums;
}

/** Prints the microseconds of an event by part and thread, then by statement; takes `count` events of the origin. */
export async function printCosts(workspace: Workspace, origin: IngestStore, count: number): Promise<void> {
  const { rooms, statements } = await profile(workspace, origin, count);
  const events = count - WARM_EVENTS;
  const each = (ms: number) => ((ms * 1000) / events).toFixed(2);
  const threads = [rooms.requests, rooms.writer];
  const sumOf = (label: string) => threads.reduce((sum, times) => sum + (times.get(label) ?? 0), 0);
  const labels = [...new Set(threads.flatMap((times) => [...times.keys()]))]
    .filter((label) => label !== 'idle')
    .sort((a, b) => sumOf(b) - sumOf(a));
  const all = threads.map((times) => labels.reduce((sum, label) => sum + (times.get(label) ?? 0), 0));
  printTable({
    title: `Ingest: microseconds of the server's threads an event, batches of ${BATCH} as JSON`,
    head: ['room', 'requests', 'writer'],
    rows: [
      ...labels.map((label) => [label, ...threads.map((times) => each(times.get(label) ?? 0))]),
      ['all', ...all.map(each)],
    ],
    notes: ['from CPU profiles, which themselves slow the server a little'],
  });
  const byName = [...sumByName(statements)].sort(([, a], [, b]) => b.ms - a.ms).slice(0, 10);
  printTable({
    title: 'Ingest: the same inside SQLite, by statement',
    head: ['statement', 'µs/event', 'rows or calls/event', 'µs/call'],
    rows: byName.map(([name, { calls, ms }]) => [
      name,
      each(ms),
      (calls / events).toFixed(2),
      ((ms * 1000) / calls).toFixed(2),
    ]),
  });
}
