/**
 * `npm run bench`: what we claim about speed, measured. Prints tables with ratios to a reference of the same run;
 * `npm run bench -- ingest` prints one. Judges nothing: how long a thing takes depends on the machine.
 */
import { cpus, loadavg } from 'node:os';
import Database from 'better-sqlite3';
import { runDemoStart } from './demo-start.ts';
import { runFirstLoad } from './first-load.ts';
import { HistoryStore } from './history.ts';
import { runIngest } from './ingest.ts';
import { runLatency } from './latency.ts';
import { runPages } from './pages.ts';
import { runPreviews } from './previews.ts';
import { runReads } from './reads.ts';
import { runReconnect } from './reconnect.ts';
import { runSeries } from './series.ts';
import { runSnapshot } from './snapshot.ts';
import { runWarning } from './warning.ts';
import { runWidths } from './widths.ts';
import { Workspace } from './workspace.ts';

const workspace = new Workspace();
const histories = new HistoryStore(workspace);

/** The tables, in order: the demo's history serves those after it. */
const BENCHES: Record<string, () => Promise<void>> = {
  ingest: () => runIngest(workspace),
  widths: () => runWidths(workspace),
  demo: () => runDemoStart(workspace, histories),
  series: () => runSeries(workspace, histories),
  snapshot: () => runSnapshot(workspace, histories),
  latency: () => runLatency(workspace, histories),
  reconnect: () => runReconnect(workspace, histories),
  pages: () => runPages(workspace, histories),
  reads: () => runReads(workspace, histories),
  previews: () => runPreviews(histories),
  warning: () => runWarning(workspace, histories),
  web: () => runFirstLoad(workspace, histories),
};

function describeMachine(): string {
  const database = new Database(':memory:');
  const sqlite = String(database.prepare('select sqlite_version()').pluck().get());
  database.close();
  const load = loadavg().map((value) => value.toFixed(1));
  const [cpu] = cpus();
  return [
    `${cpu?.model ?? 'unknown CPU'}, ${cpus().length} cores`,
    `Node ${process.versions.node}`,
    `SQLite ${sqlite}`,
    `load ${load.join(' ')}`,
  ].join(' · ');
}

async function run(names: readonly string[]): Promise<void> {
  const unknown = names.find((name) => !BENCHES[name]);
  if (unknown !== undefined) {
    throw new Error(`there is no bench ${unknown}; there are: ${Object.keys(BENCHES).join(', ')}`);
  }
  console.log(`${describeMachine()}\n`);
  const startedAt = performance.now();
  for (const [name, bench] of Object.entries(BENCHES)) {
    if (names.length === 0 || names.includes(name)) await bench();
  }
  console.log(`${Math.round((performance.now() - startedAt) / 1000)} s in all`);
}

let ending: Promise<void> | undefined;

/** Tells what went wrong, leaves nothing behind, and ends; only the first call counts. */
function end(status: number, error?: unknown): Promise<void> {
  ending ??= (async () => {
    if (error !== undefined) console.error(error instanceof Error ? error.stack : error);
    await workspace.close();
    process.exit(status);
  })();
  return ending;
}

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void end(130));
process.once('uncaughtException', (error) => void end(1, error));

try {
  await run(process.argv.slice(2));
  await end(0);
} catch (error) {
  await end(1, error);
}
