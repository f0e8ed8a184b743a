/** A store with years of history to read from: the demo's where there is one, else a smaller one made here. */
import { existsSync } from 'node:fs';
import { copyFile } from 'node:fs/promises';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { SAMPLING } from '../../seed/province/filings.ts';
import { createProvince, FIRST_DAY } from '../../seed/province/province.ts';
import { startOfDay } from '../../shared/period.ts';
import { actsOf } from '../server/acts.ts';
import { configOf, createBenchStore, databaseOf, inBatches, openFeed, SITE } from './bench-store.ts';
import { whole } from './table.ts';
import { ROOT, type Workspace } from './workspace.ts';

/** One dossier of the small history stands for so many of the real province: a tenth of the demo's. */
const SMALL_SAMPLING = 420;
const BATCH = 5000;

/** A folder of an office with history, ours to change; `words` say where it comes from. */
export type History = { folder: string; words: string };

async function copyDemo(workspace: Workspace, demo: string): Promise<string> {
  const folder = await workspace.makeFolder();
  const database = new Database(databaseOf(demo), { readonly: true });
  await database.backup(databaseOf(folder));
  database.close();
  await copyFile(configOf(demo), configOf(folder));
  return folder;
}

async function makeHistory(workspace: Workspace, sampling: number): Promise<string> {
  const folder = await workspace.makeFolder();
  const store = await createBenchStore(folder);
  const { caller } = await openFeed(store);
  const acts = actsOf(store, { site: SITE });
  const now = Date.now();
  const { eventsBetween } = createProvince({ anchor: now, sampling });
  for (const told of inBatches(eventsBetween(startOfDay(FIRST_DAY, SITE.zone), now), BATCH)) {
    const events = told.map(({ event }) => event);
    await acts.ingest(events, caller, now);
  }
  await store.close();
  return folder;
}

function countEvents(folder: string): number {
  const database = new Database(databaseOf(folder), { readonly: true });
  const count = database.prepare('select count(*) from event').pluck().get() as number;
  database.close();
  return count;
}

/** Folder and words of a history that is there or was made. */
const describe = (folder: string, source: string): History => ({
  folder,
  words: `${source}, ${whole(countEvents(folder))} events since ${FIRST_DAY}`,
});

/** The history of this run, made or copied once. */
export class HistoryStore {
  readonly #workspace: Workspace;
  #made: Promise<History> | undefined;
  #full: Promise<History> | undefined;
  /** The folder of a demo that this run has made itself, and ended. */
  demo: string | undefined;

  constructor(workspace: Workspace) {
    this.#workspace = workspace;
  }

  get #demo(): string | undefined {
    const kept = join(ROOT, 'data/demo');
    return this.demo ?? (existsSync(join(kept, 'demo.json')) ? kept : undefined);
  }

  async #find(sampling: number): Promise<History> {
    const demo = this.#demo;
    if (demo !== undefined) return describe(await copyDemo(this.#workspace, demo), "the demo's history");
    const size = sampling === SMALL_SAMPLING ? 'a small history' : "a history of the demo's size";
    const folder = await makeHistory(this.#workspace, sampling);
    return describe(folder, `${size} made here, one dossier in ${sampling}`);
  }

  /** The history: nobody else's, so it may be written to; later benches see what earlier ones wrote. */
  take(): Promise<History> {
    this.#made ??= this.#find(SMALL_SAMPLING);
    return this.#made;
  }

  /** The same of the demo's size, whatever `take` gives; to be read only. Made here where there is no demo: a minute or two. */
  takeFull(): Promise<History> {
    this.#full ??= this.#demo === undefined ? this.#find(SAMPLING) : this.take();
    return this.#full;
  }
}
