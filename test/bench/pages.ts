/**
 * Every read of the contract that a viewer may ask, taken from its routes, and every view of a page with all that it asks, one
 * after the other while nothing else is done: what a page waits for, and how much of the processor that takes, which is the same
 * whoever else is on the machine. A new route is measured as soon as it is there; /healthz, which reads nothing, is the reference.
 */
import { PROVINCE } from '../../seed/province/departments.ts';
import { openStore } from '../../server/store/store.ts';
import { addDays, dayOf, periodOf, previousPeriod } from '../../shared/period.ts';
import type { Route } from '../../shared/route.ts';
import { ROUTES } from '../../shared/wire.ts';
import { databaseOf, readTree, SITE } from './bench-store.ts';
import type { HistoryStore } from './history.ts';
import { listViews } from './page-views.ts';
import { type ServerProcess, startServer } from './server-process.ts';
import { describeLoad, ms, printTable, times as ratioOf } from './table.ts';
import { quantile, quantiles, timeEach } from './timing.ts';
import type { Workspace } from './workspace.ts';

const RUNS = 120;
const WARM = 10;

type Asked = { name: string; url: string };

/** What stands for each field that a query may need. */
type Known = Readonly<Record<string, string>>;

const isNeeded = (schema: { safeParse: (value: unknown) => { success: boolean } }) =>
  !schema.safeParse(undefined).success;

/** The address of a read, with what its query needs; undefined where it needs what nobody knows. */
function addressOf({ path, query }: Route, known: Known): string | undefined {
  const shape = 'shape' in query ? (query.shape as Record<string, Parameters<typeof isNeeded>[0]>) : {};
  const names = Object.entries(shape).flatMap(([name, schema]) =>
    isNeeded(schema) || name === 'unit' ? [name] : [],
  );
  const places = [...path.matchAll(/:(\w+)/g)].map(([, name = '']) => name);
  if ([...names, ...places].some((name) => known[name] === undefined)) return undefined;
  const address = path.replace(/:(\w+)/g, (_, name: string) => known[name] ?? '');
  const search = new URLSearchParams(names.map((name) => [name, known[name] ?? '']));
  return search.size === 0 ? address : `${address}?${search}`;
}

function listReads(known: Known): { reads: Asked[]; left: string[] } {
  const reads: Asked[] = [];
  const left: string[] = [];
  for (const route of Object.values(ROUTES) as Route[]) {
    if (route.method !== 'get' || route.access !== 'read') continue;
    const url = addressOf(route, known);
    if (url === undefined) left.push(route.path);
    else reads.push({ name: route.path, url });
  }
  return { reads, left };
}

/** Of each question how long it took, and how much of the processor's time the answering thread had meanwhile. */
type Timed = { name: string; taken: number[]; worked: number[]; statuses: Set<number> };

async function timeRead({ url: base, tellWork }: ServerProcess, { name, url }: Asked): Promise<Timed> {
  const statuses = new Set<number>();
  const ask = async () => {
    const response = await fetch(base + url);
    await response.arrayBuffer();
    statuses.add(response.status);
  };
  await timeEach(WARM, ask);
  const [taken, worked]: number[][] = [[], []];
  for (let run = 0; run < RUNS; run++) {
    const before = await tellWork();
    taken?.push(...(await timeEach(1, ask)));
    worked?.push((await tellWork()) - before);
  }
  return { name, taken: taken ?? [], worked: worked ?? [], statuses };
}

type Place = { server: ServerProcess; reference: Timed; words: string };

/** Reads of the province and of a commune, two by two. */
async function timePairs(
  server: ServerProcess,
  reads: readonly (readonly [Asked, Asked])[],
): Promise<[Timed, Timed][]> {
  const timed: [Timed, Timed][] = [];
  for (const [own, below] of reads) timed.push([await timeRead(server, own), await timeRead(server, below)]);
  return timed;
}

function printPairs(
  { reference, words }: Place,
  title: string,
  pairs: readonly [Timed, Timed][],
  notes: string[],
): void {
  const least = quantile(reference.taken, 0.99);
  const row = (name: string, times: readonly Timed[]) => {
    const statuses = [...new Set(times.flatMap(({ statuses: own }) => [...own]))].join(', ');
    const shares = [0.5, 0.99] as const;
    const all = times.flatMap(({ taken }) => taken);
    const [p50, p99, worst] = quantiles(all, [0.5, 0.99, 1]);
    const work = [times[0], times[1] ?? times[0]].flatMap((one) =>
      quantiles(one?.worked ?? [], shares).map(ms),
    );
    return [name, statuses, ms(p50), ms(p99), ms(worst), ratioOf(p99, least), ...work];
  };
  printTable({
    title,
    head: ['', 'answers', 'p50', 'p99', 'worst', 'p99 to /healthz', 'work p50', 'p99', 'commune p50', 'p99'],
    rows: [row('/healthz', [reference]), ...pairs.map((pair) => row(pair[0].name, pair))],
    notes: [
      `${RUNS} times each, of the province and of a commune; on ${words}; load ${describeLoad()}; goal: p99 under 50 ms`,
      'work: how much of the processor the answering thread had for one, the question of that beside it included: of the province, then of the commune',
      ...notes,
    ],
  });
}

/** Prints how long each read of a page takes, of the province and of one of its communes. */
export async function runPages(workspace: Workspace, histories: HistoryStore): Promise<void> {
  const { folder, words } = await histories.take();
  const store = await openStore(databaseOf(folder));
  const { tree, province } = await readTree(store);
  await store.close();
  const today = dayOf(Date.now(), SITE.zone);
  const [commune] = tree.childrenOn(province, today).filter(({ level }) => level === 'commune');
  if (!commune) throw new Error('the province has no communes');
  const facts = {
    indicator: 'TT01',
    period: today.slice(0, 7),
    from: addDays(today, -365),
    to: today,
    on: today,
  };
  const knownOf = (unit: string): Known => ({ ...facts, unit, code: unit });
  const { reads, left } = listReads(knownOf(PROVINCE));
  const { reads: below } = listReads(knownOf(tree.referenceOf(commune, today)));
  const server = await startServer(workspace, folder);
  const reference = await timeRead(server, { name: '/healthz', url: '/healthz' });
  const place = { server, reference, words };
  const month = today.slice(0, 7);
  const times = {
    ...{ month, year: today.slice(0, 4), today, tomorrow: addDays(today, 1) },
    past: previousPeriod(periodOf(today, 'month')).key,
  };
  const views = listViews(PROVINCE, times);
  const viewsBelow = listViews(tree.referenceOf(commune, today), times);
  const pairs = await timePairs(
    server,
    reads.map((read, index) => [read, below[index] ?? read] as const),
  );
  printPairs(
    place,
    'Every read of a page, one after the other, ms',
    pairs,
    left.length === 0 ? [] : [`not asked, for want of what they are about: ${left.join(', ')}`],
  );
  const shown = await timePairs(
    server,
    views.map((view, index) => [view, viewsBelow[index] ?? view] as const),
  );
  printPairs(
    place,
    'Every view of the catalogue, the index, stories, systems, quality and the plan, ms',
    shown,
    [],
  );
  await server.stop();
}
