/**
 * Every read of the contract that a viewer may ask, taken from its routes, one after the other while nothing else is
 * done: what a page waits for. A new route is measured as soon as it is there; /healthz, which reads nothing, is the reference.
 */
import { PROVINCE } from '../../seed/province/departments.ts';
import { openStore } from '../../server/store/store.ts';
import { addDays, dayOf } from '../../shared/period.ts';
import type { Route } from '../../shared/route.ts';
import { ROUTES } from '../../shared/wire.ts';
import { databaseOf, readTree, SITE } from './bench-store.ts';
import type { HistoryStore } from './history.ts';
import { startServer } from './server-process.ts';
import { describeLoad, ms, printTable, times } from './table.ts';
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

type Timed = { name: string; taken: number[]; statuses: Set<number> };

async function timeRead(base: string, { name, url }: Asked): Promise<Timed> {
  const statuses = new Set<number>();
  const taken = await timeEach(
    RUNS,
    async () => {
      const response = await fetch(base + url);
      await response.arrayBuffer();
      statuses.add(response.status);
    },
    WARM,
  );
  return { name, taken, statuses };
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
  const rest = await timeRead(server.url, { name: '/healthz', url: '/healthz' });
  const timed: Timed[] = [rest];
  for (const [index, read] of reads.entries()) {
    const own = await timeRead(server.url, read);
    const other = await timeRead(server.url, below[index] ?? read);
    timed.push({
      ...own,
      taken: [...own.taken, ...other.taken],
      statuses: new Set([...own.statuses, ...other.statuses]),
    });
  }
  await server.stop();
  const reference = quantile(rest.taken, 0.99);
  printTable({
    title: 'Every read of a page, one after the other, ms',
    head: ['', 'answers', 'p50', 'p99', 'worst', 'p99 to /healthz'],
    rows: timed.map(({ name, taken, statuses }) => {
      const [p50, p99, worst] = quantiles(taken, [0.5, 0.99, 1]);
      return [name, [...statuses].join(', '), ms(p50), ms(p99), ms(worst), times(p99, reference)];
    }),
    notes: [
      `${2 * RUNS} times each, of the province and of a commune; on ${words}; load ${describeLoad()}; goal: p99 under 50 ms`,
      ...(left.length === 0 ? [] : [`not asked, for want of what they are about: ${left.join(', ')}`]),
    ],
  });
}
