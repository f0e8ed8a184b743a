/**
 * What it costs to keep what all kinds count in one wide row, against a table for each kind (the reference) with the same
 * sums: bytes a unit and day, the size of what a viewer starts from, and how fast dossiers and other events are taken by
 * a store with the columns of dossiers alone (the reference) and with all of them.
 */
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import Database from 'better-sqlite3';
import { createView } from '../../server/figures/sums.ts';
import { KINDS } from '../../server/kinds/kinds.ts';
import { openStore } from '../../server/store/store.ts';
import { readSnapshot } from '../../server/stream/changes.ts';
import { DOSSIER_MEASURES } from '../../shared/dossier-measures.ts';
import type { OpsEvent } from '../../shared/event.ts';
import { LIVE_IDS } from '../../shared/live-measures.ts';
import { MEASURE_IDS } from '../../shared/measure.ts';
import { actsOf } from '../server/acts.ts';
import {
  createBenchStore,
  databaseOf,
  drawEvents,
  inBatches,
  openFeed,
  readTree,
  SITE,
} from './bench-store.ts';
import { type IngestStore, openIngestStore } from './ingest-store.ts';
import { drawMixed } from './mixed.ts';
import { bytes, printTable, times, whole } from './table.ts';
import { median, timeOnce } from './timing.ts';
import type { Workspace } from './workspace.ts';

const BATCH = 1000;
const ROUNDS = 5;
const EVENTS = 10_000;
/** Days that all kinds tell of, and one dossier for so many of the real province. */
const DAYS = 35;
const SAMPLING = 10;
const KEY = '"unit" integer not null, "grain" text not null, "start" text not null, "seq" bigint not null';
const END = 'primary key ("unit", "grain", "start")) without rowid';

const columnsOf = (ids: readonly string[]) =>
  ids.map((id) => `"${id}" integer not null default 0`).join(', ');
const namesOf = (ids: readonly string[]) => ids.map((id) => `"${id}"`).join(', ');

/** Bytes of tables in a database file that holds nothing else. */
async function sizeOf(folder: string, database: string, tables: [name: string, ids: readonly string[]][]) {
  const file = join(folder, 'sizes.db');
  const copy = new Database(file);
  copy.exec(`attach '${database}' as told`);
  for (const [name, ids] of tables) {
    copy.exec(`create table "${name}" (${KEY}, ${columnsOf(ids)}, ${END}`);
    const isTold = ids.map((id) => `"${id}" <> 0`).join(' or ');
    copy.exec(`insert into "${name}" select "unit", "grain", "start", "seq", ${namesOf(ids)} from told.tally
      where ${isTold} order by "unit", "grain", "start"`);
  }
  copy.exec('detach told; vacuum');
  const size = copy
    .prepare(`select sum(pgsize) from dbstat where name <> 'sqlite_schema'`)
    .pluck()
    .get() as number;
  copy.close();
  await rm(file);
  return size;
}

/** A store of what all kinds told in the same days, and events of other kinds from before them. */
async function fill(workspace: Workspace): Promise<{ folder: string; earlier: OpsEvent[] }> {
  const folder = await workspace.makeFolder();
  const store = await createBenchStore(folder);
  const { tree, province } = await readTree(store);
  const { caller } = await openFeed(store);
  const acts = actsOf(store, { site: SITE });
  const until = Date.now();
  const mixed = drawMixed(tree, { province, days: DAYS, until });
  const before = drawMixed(tree, { province, days: 2 * DAYS, until });
  const told = [...drawEvents({ days: DAYS, sampling: SAMPLING, most: Number.POSITIVE_INFINITY }), ...mixed];
  for (const batch of inBatches(told, 5000)) await acts.ingest(batch, caller, until);
  await store.close();
  return { folder, earlier: [...before].slice(0, EVENTS * ROUNDS) };
}

async function printSizes(workspace: Workspace, folder: string): Promise<void> {
  const place = await workspace.makeFolder();
  const database = databaseOf(folder);
  const kinds = Object.entries(KINDS).map(([kind, { fold }]): [string, readonly string[]] => [
    kind,
    fold.measures,
  ]);
  const wide = await sizeOf(place, database, [['tally', MEASURE_IDS]]);
  const split = await sizeOf(place, database, kinds);
  const dossiers = await sizeOf(place, database, [['dossier', Object.keys(DOSSIER_MEASURES)]]);
  const source = new Database(database, { readonly: true });
  const count = (grain: string) =>
    source.prepare(`select count(*) from tally where grain = ?`).pluck().get(grain) as number;
  const days = count('day');
  const all = source.prepare('select count(*) from tally').pluck().get() as number;
  source.close();
  const describe = (name: string, columns: number, size: number) => [
    name,
    whole(columns),
    bytes(size),
    whole(size / days),
    times(size, split),
  ];
  printTable({
    title: 'Sums of all kinds: one wide row, or a table for each kind',
    head: ['', 'measures', 'all rows', 'bytes a unit and day', 'to a table each'],
    rows: [
      describe('one wide row (ours)', MEASURE_IDS.length, wide),
      describe('a table for each kind', MEASURE_IDS.length, split),
      describe('dossiers alone', Object.keys(DOSSIER_MEASURES).length, dossiers),
    ],
    notes: [
      `${whole(days)} days of units in ${DAYS} days, ${whole(all)} rows of all grains (hours, months, years are counted to the days); SQLite, vacuumed`,
      'a table each holds the rows in which its kind counts anything',
    ],
  });
}

async function printSnapshot(folder: string): Promise<void> {
  const store = await openStore(databaseOf(folder));
  const { tree, province } = await readTree(store);
  const clock = await store.readClock();
  const view = createView({
    reader: store.reader,
    site: SITE,
    tree,
    clock,
    units: [province],
    now: Date.now(),
  });
  const snapshot = await readSnapshot(view, view.root, 'bench');
  await store.close();
  const text = JSON.stringify(snapshot);
  const rows = snapshot.tallies.rows.length;
  printTable({
    title: 'What a viewer of the province starts from, every kind counted',
    head: ['', 'units', 'rows', 'measures', 'JSON', 'gzip'],
    rows: [
      [
        ...[
          'snapshot',
          whole(snapshot.children.length),
          whole(rows),
          `${LIVE_IDS.length} of ${MEASURE_IDS.length}`,
        ],
        ...[bytes(text.length), bytes(gzipSync(text).length)],
      ],
    ],
    notes: ['goal: under 40 kB gzip; it carries the measures that boards show, whatever the catalogue holds'],
  });
}

/** Drops what other kinds count: the columns as they were when dossiers alone were counted. */
function narrow(folder: string): void {
  const database = new Database(databaseOf(folder));
  const own = new Set<string>(Object.keys(DOSSIER_MEASURES));
  for (const table of ['tally', 'breakdown', 'revision', 'hourRevision']) {
    const columns = database
      .prepare(`select name from pragma_table_info('${table}')`)
      .pluck()
      .all() as string[];
    const others = columns.filter((name) => !own.has(name) && (MEASURE_IDS as string[]).includes(name));
    for (const name of others) database.exec(`alter table "${table}" drop column "${name}"`);
  }
  database.close();
}

type Way = { name: string; take: (batches: OpsEvent[][]) => Promise<void>; close: () => Promise<void> };

async function openWay(name: string, folder: string, origin: IngestStore): Promise<Way> {
  const store = await openStore(databaseOf(folder));
  const acts = actsOf(store, { site: SITE });
  return {
    name,
    async take(batches) {
      for (const batch of batches) await acts.ingest(batch, origin.caller, Date.now());
    },
    close: () => store.close(),
  };
}

async function printIngest(origin: IngestStore, mixed: OpsEvent[]): Promise<void> {
  const narrowed = await origin.copy();
  narrow(narrowed);
  const before = await openWay('columns of dossiers', narrowed, origin);
  const after = await openWay('all columns (ours)', await origin.copy(), origin);
  const rates: [number[], number[], number[]] = [[], [], []];
  const rateOf = async (way: Way, batches: OpsEvent[][]) =>
    (EVENTS / (await timeOnce(() => way.take(batches))).ms) * 1000;
  for (let round = 0; round < ROUNDS; round++) {
    const dossiers = origin.take(EVENTS, BATCH);
    // In turns, and each first as often as the other.
    const order = round % 2 === 0 ? ([0, 1] as const) : ([1, 0] as const);
    for (const turn of order) rates[turn].push(await rateOf(turn === 0 ? before : after, dossiers));
    rates[2].push(await rateOf(after, [...inBatches(mixed.splice(0, EVENTS), BATCH)]));
  }
  await before.close();
  await after.close();
  const [narrowRate, wideRate, mixedRate] = rates.map(median);
  const describe = (name: string, rate = Number.NaN) => [
    name,
    whole(rate),
    times(rate, narrowRate ?? Number.NaN),
  ];
  printTable({
    title: `Events a second by the acts, batches of ${whole(BATCH)}`,
    head: ['', 'events/s', 'to the first'],
    rows: [
      describe('dossiers, columns of dossiers alone', narrowRate),
      describe('dossiers, all columns (ours)', wideRate),
      describe('other kinds, all columns (ours)', mixedRate),
    ],
    notes: [`median of ${ROUNDS} rounds of ${whole(EVENTS)}, in turns; SQLite file, synchronous FULL`],
  });
}

/** Prints what the width of the sums costs. */
export async function runWidths(workspace: Workspace): Promise<void> {
  const origin = await openIngestStore(workspace, EVENTS * ROUNDS);
  const { folder, earlier } = await fill(workspace);
  await printSizes(workspace, folder);
  await printSnapshot(folder);
  await printIngest(origin, earlier);
}
