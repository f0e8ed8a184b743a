/**
 * How long `npm run demo` takes to its board: from an empty folder, and again; the server's memory and the database
 * once the history is in. Reference for the first start: bare inserts of as many events, 1,000 to a transaction.
 */
import type { ChildProcess } from 'node:child_process';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import Database from 'better-sqlite3';
import { buildWeb } from '../../web/build.ts';
import { type BareRow, BareStore } from './bare.ts';
import { createBenchStore, databaseOf, inBatches } from './bench-store.ts';
import type { HistoryStore } from './history.ts';
import { readMemory } from './server-process.ts';
import { bytes, printTable, times, whole } from './table.ts';
import { timeOnce } from './timing.ts';
import { endProcess, findPort, type Workspace } from './workspace.ts';

const MOST_MS = 300_000;

type Start = { seconds: number; memory: number; database: number };

/** Waits for the line that says the board is there. */
async function waitForBoard(demo: ChildProcess): Promise<void> {
  const { stdout, stderr } = demo;
  if (!stdout || !stderr) throw new Error('the demo says nothing');
  let said = '';
  stderr.on('data', (chunk: Buffer) => {
    said = (said + chunk.toString('utf8')).slice(-2000);
  });
  const failed = new Promise<never>((_, reject) => {
    demo.once('exit', (code) => reject(new Error(`the demo ended with ${code}: ${said}`)));
    setTimeout(() => reject(new Error('the demo does not come up')), MOST_MS).unref();
  });
  const ready = new Promise<void>((resolve) => {
    createInterface(stdout).on('line', (line) => {
      if (/https?:\/\//.test(line)) resolve();
    });
  });
  await Promise.race([ready, failed]);
  failed.catch(() => undefined);
}

async function sizeOfDatabase(folder: string): Promise<number> {
  const files = (await readdir(folder)).filter((name) => name.startsWith('ioc.db'));
  const sizes = await Promise.all(files.map(async (name) => (await stat(join(folder, name))).size));
  return sizes.reduce((sum, size) => sum + size, 0);
}

async function startDemo(workspace: Workspace, folder: string): Promise<Start> {
  const port = await findPort();
  const env = { ...process.env, DATA_DIR: folder, PORT: String(port), HOST: '127.0.0.1' };
  const started = performance.now();
  const demo = workspace.start(['seed/demo.ts'], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  await waitForBoard(demo);
  const seconds = (performance.now() - started) / 1000;
  const memory = await readMemory(`http://127.0.0.1:${port}`);
  const database = await sizeOfDatabase(folder);
  await endProcess(demo);
  return { seconds, memory, database };
}

/** Seconds that bare inserts of a demo's events take into an empty event table. */
async function insertBare(workspace: Workspace, demo: string): Promise<{ seconds: number; events: number }> {
  const source = new Database(databaseOf(demo), { readonly: true });
  const columns = '"seq", "feed", "id", "kind", "at", "subject", "body"';
  const rows = source.prepare(`select ${columns} from event order by n`).raw().all() as BareRow[];
  source.close();
  const folder = await workspace.makeFolder();
  await (await createBenchStore(folder)).close();
  const bare = new BareStore(databaseOf(folder));
  const { ms } = await timeOnce(async () => bare.insert([...inBatches(rows, 1000)]));
  bare.close();
  return { seconds: ms / 1000, events: rows.length };
}

/** Prints how long the demo takes to start, and leaves its folder for for the tables after this one. */
export async function runDemoStart(workspace: Workspace, histories: HistoryStore): Promise<void> {
  await buildWeb({ quiet: true });
  const folder = await workspace.makeFolder();
  const first = await startDemo(workspace, folder);
  const second = await startDemo(workspace, folder);
  histories.demo = folder;
  const bare = await insertBare(workspace, folder);
  const row = (name: string, start: Start, reference: string) => [
    name,
    `${start.seconds.toFixed(1)} s`,
    reference,
    bytes(start.memory),
    bytes(start.database),
  ];
  printTable({
    title: 'Demo: from the command to the board',
    head: ['start', 'time', 'to bare inserts', 'server memory', 'database'],
    rows: [
      row('first, empty folder', first, times(first.seconds, bare.seconds)),
      row('second', second, '-'),
      ['bare inserts', `${bare.seconds.toFixed(1)} s`, '1.00x', '-', '-'],
    ],
    notes: [
      `${whole(bare.events)} events; the web was built before; goals: 60 s first (with the web's build), 5 s later`,
      'memory: resident, when the board is up; a later start reads no history again',
    ],
  });
}
