/** Real parts for tests: the app on a port of its own, a clock turned by hand, what a store holds. */
import type { AddressInfo } from 'node:net';
import type { KyselyPlugin } from 'kysely';
import { pino } from 'pino';
import { getFold } from '../server/acts/folding.ts';
import type { UnitSelection } from '../server/acts/units.ts';
import { type App, createApp } from '../server/app.ts';
import type { Kinds } from '../server/kinds/kind.ts';
import { KINDS } from '../server/kinds/kinds.ts';
import type { Site } from '../server/site.ts';
import { openStore, type Store } from '../server/store/store.ts';
import { readUnitFacts } from '../server/store/unit-store.ts';
import { MEASURE_IDS } from '../shared/measure.ts';
import { UnitTree } from '../shared/unit.ts';
import { type Acting, actsOf } from './server/acts.ts';
import { at, SITE, SMALL, TODAY } from './server/world.ts';

/** A clock that moves only when told to. */
export type Clock = { now: () => number; set: (instant: number) => void; advance: (ms: number) => void };

export function createClock(start: number): Clock {
  let now = start;
  return {
    now: () => now,
    set: (instant) => {
      now = instant;
    },
    advance: (ms) => {
      now += ms;
    },
  };
}

/** Loads units into a store at an instant and gives the tree. */
export async function settle(store: Store, selection: UnitSelection = SMALL, site = SITE): Promise<UnitTree> {
  const acts = actsOf(store, { site });
  await acts.loadUnits(selection, at('2024-01-01'));
  await acts.rebuild(at('2024-01-01'));
  return new UnitTree(await readUnitFacts(store.reader));
}

type Cells = Record<string, unknown>;

const omit = (row: object, names: readonly string[]): Cells =>
  Object.fromEntries(Object.entries(row).filter(([name]) => !names.includes(name)));
const isIdle = (row: Cells) => MEASURE_IDS.every((id) => (row[id] ?? 0) === 0);
const byText = (a: Cells, b: Cells) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1);

/** A subject's kept steps in no order: `verify` compares them as told, step by step, with the log. */
const sortKept = (kinds: Kinds, kind: string, history: string) =>
  getFold(kinds, kind)
    .unpack(history)
    .map((step) => JSON.stringify(step))
    .sort();

/** What the log has been folded to: subjects, tallies and breakdowns, without when, by which commit and in which order told. */
export async function dumpFolds({ reader: { db } }: Store, kinds = KINDS): Promise<Record<string, Cells[]>> {
  const tally = (await db.selectFrom('tally').selectAll().execute()).map((row) => omit(row, ['seq']));
  const parts = (await db.selectFrom('breakdown').selectAll().execute()).map((row) => omit(row, ['seq']));
  const subjects = await db.selectFrom('subject').selectAll().execute();
  return {
    tally: tally.filter((row) => !isIdle(row)).sort(byText),
    breakdown: parts.filter((row) => !isIdle(row)).sort(byText),
    subject: subjects
      .map((row) => ({ ...omit(row, ['seq', 'foldedAt']), history: sortKept(kinds, row.kind, row.history) }))
      .sort(byText),
  };
}

const TABLES = [
  ...(['clock', 'commit', 'event', 'subject', 'tally', 'breakdown', 'revision', 'hourRevision'] as const),
  ...(['unit', 'unitParent', 'unitLineage', 'unitAlias', 'token', 'feed', 'geometry'] as const),
];

/** Every row of every table as text, in order: two dumps are equal when nothing at all changed. */
export async function dumpAll({ reader: { db } }: Store): Promise<Record<string, string[]>> {
  const dump: Record<string, string[]> = {};
  for (const table of TABLES) {
    const rows = await db.selectFrom(table).selectAll().execute();
    dump[table] = rows.map((row) => JSON.stringify(row)).sort();
  }
  return dump;
}

/** Waits until a condition holds; throws after two seconds. Looks again at every turn of the event loop. */
export async function until(holds: () => boolean, what: string): Promise<void> {
  for (const end = performance.now() + 2000; !holds(); ) {
    if (performance.now() > end) throw new Error(`waited in vain: ${what}`);
    await new Promise(setImmediate);
  }
}

export type Answer = { status: number; headers: Headers; body: unknown };

/** The app as it runs, on a port of its own. `troubles` are the errors it logged. */
export type Running = {
  app: App;
  store: Store;
  acts: Acting;
  tree: UnitTree;
  clock: Clock;
  url: string;
  troubles: string[];
  ask: (path: string, init?: RequestInit & { token?: string }) => Promise<Answer>;
  post: (events: unknown, token: string, headers?: Record<string, string>) => Promise<Answer>;
  token: (kind: 'feed' | 'display', unit: string, days?: number) => Promise<string>;
  /** Work done before each look at the store's clock: what another process may do meanwhile. */
  beforeLook: (work: (() => Promise<void>) | null) => void;
  /** Work done before each query of the reading side; it fails when this throws. */
  beforeRead: (work: (() => void) | null) => void;
  close: () => Promise<void>;
};

export type RunOptions = {
  url?: string;
  selection?: UnitSelection;
  site?: Site;
  start?: number;
  demoUnit?: string;
  build?: string;
  trustProxy?: number | readonly string[];
  /** Where the built pages lie; without it there are none. */
  webFolder?: string;
};

/** Asks a running server, and reads what it answers. */
function createAsk(url: string): Running['ask'] {
  return async (path, { token, headers, ...init } = {}) => {
    const bearer = token === undefined ? {} : { authorization: `Bearer ${token}` };
    // A browser says whose page sends what changes anything.
    const origin = (init.method ?? 'GET') === 'GET' ? {} : { origin: url };
    const all = { ...origin, ...bearer, ...headers } as HeadersInit;
    const response = await fetch(url + path, { ...init, headers: all });
    const text = await response.text();
    const isJson = /[/+]json/.test(response.headers.get('content-type') ?? '');
    return { status: response.status, headers: response.headers, body: isJson ? JSON.parse(text) : text };
  };
}

/** The store with something done before each look at its clock, and before each query of its reading side. */
function watchReads(opened: Store): Pick<Running, 'store' | 'beforeLook' | 'beforeRead'> {
  let looking: (() => Promise<void>) | null = null;
  let reading: (() => void) | null = null;
  const spy: KyselyPlugin = {
    transformQuery({ node }) {
      reading?.();
      return node;
    },
    transformResult: async ({ result }) => result,
  };
  const store: Store = {
    ...opened,
    reader: { ...opened.reader, db: opened.reader.db.withPlugin(spy) },
    async readClock() {
      reading?.();
      await looking?.();
      return opened.readClock();
    },
  };
  return {
    store,
    beforeLook: (work) => {
      looking = work;
    },
    beforeRead: (work) => {
      reading = work;
    },
  };
}

export async function runApp(options: RunOptions = {}): Promise<Running> {
  const {
    url: address = ':memory:',
    selection = SMALL,
    site = SITE,
    start = at('2026-11-18 10:00'),
  } = options;
  const clock = createClock(start);
  const opened = await openStore(address);
  const { store, beforeLook, beforeRead } = watchReads(opened);
  const tree = await settle(store, selection, site);
  const troubles: string[] = [];
  const acts = actsOf(store, { site, publish: (change) => app.publish(change) });
  const app = createApp({
    ...{ store, site, writer: acts.writer, build: options.build ?? 'b1', version: '0.0.0' },
    ...{ webFolder: options.webFolder ?? '/nonexistent', clock: clock.now },
    demoUnit: options.demoUnit ?? null,
    trustProxy: options.trustProxy ?? [],
    log: pino({ level: 'error' }, { write: (line: string) => void troubles.push(line) }),
  });
  await app.prepare();
  await new Promise<void>((resolve) => void app.http.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(app.http.address() as AddressInfo).port}`;
  const ask = createAsk(url);
  return {
    ...{ app, store, acts, tree, clock, url, troubles, ask, beforeLook, beforeRead },
    post: (events, token, headers = {}) =>
      ask('/api/events', {
        method: 'POST',
        token,
        headers: { 'content-type': 'application/json', ...headers },
        body: JSON.stringify({ events }),
      }),
    async token(kind, unit, days) {
      const id = tree.findByReference(unit, TODAY)?.id ?? 0;
      const feed = { namespace: null, cadenceMs: null, dueTime: null };
      const order = { kind, unit: id, name: `${kind} ${unit}`, days: days ?? null, feed };
      return acts.createToken(order, clock.now());
    },
    close: () => app.close(),
  };
}
