/**
 * Long series of the province, read in process and over HTTP (a server process), against the same sum taken straight
 * from the dossiers: everything below the province's roots found by a recursive query, their dossiers grouped by month
 * or day. Says whether both give the same numbers.
 */
import Database from 'better-sqlite3';
import { OLD_PROVINCES, PROVINCE } from '../../seed/province/departments.ts';
import { readSeries, type SeriesQuery } from '../../server/figures/series.ts';
import { createView, type View } from '../../server/figures/sums.ts';
import { openStore } from '../../server/store/store.ts';
import { addDays, dayOf } from '../../shared/period.ts';
import { databaseOf, readTree, SITE } from './bench-store.ts';
import type { HistoryStore } from './history.ts';
import { startServer } from './server-process.ts';
import { ms, printTable, times, whole } from './table.ts';
import { quantile, timeEach } from './timing.ts';
import type { Workspace } from './workspace.ts';

const RUNS = 300;
const SCANS = 10;
const WARM = 20;

/** Received dossiers by period, from their own rows; the zone of Viet Nam is seven hours ahead all year. */
const SCAN = `
  with recursive below(id) as (
    select id from unit where code in (${[...new Set([...OLD_PROVINCES, PROVINCE])].map((code) => `'${code}'`)})
    union select unitParent.unit from unitParent join below on unitParent.parent = below.id)
  select strftime(?, "acceptedAt" / 1000 + 25200, 'unixepoch') as period, count(*) as received
  from subject where kind = 'dossier' and unit in (select id from below) and "acceptedAt" >= ? and "acceptedAt" < ?
  group by period order by period`;

type Case = { name: string; query: SeriesQuery; format: string };

function listCases(today: string): Case[] {
  const to = addDays(today, 1);
  const common = { indicator: 'HS01', tree: 'now', to } as const;
  const threeYears = `${Number(today.slice(0, 4)) - 3}${today.slice(4, 7)}-01`;
  return [
    { name: 'three years by month', query: { ...common, from: threeYears, grain: 'month' }, format: '%Y-%m' },
    {
      name: '1,000 days by day',
      query: { ...common, from: addDays(to, -1000), grain: 'day' },
      format: '%Y-%m-%d',
    },
  ];
}

async function timeHttp(url: string, { indicator, from, to, grain, tree }: SeriesQuery): Promise<number[]> {
  const query = new URLSearchParams({ unit: PROVINCE, indicator, from, to, grain, tree });
  const ask = async () => {
    const response = await fetch(`${url}/api/series?${query}`);
    if (!response.ok) throw new Error(await response.text());
    await response.arrayBuffer();
  };
  return timeEach(RUNS, ask, WARM);
}

type Scan = (one: Case) => { period: string; received: number }[];

function openScan(path: string): { scan: Scan; close: () => void } {
  const database = new Database(path, { readonly: true });
  database.pragma('cache_size = -131072');
  const statement = database.prepare(SCAN);
  const at = (day: string) => Date.parse(`${day}T00:00:00+07:00`);
  return {
    scan: ({ query, format }) => statement.all(format, at(query.from), at(query.to)) as ReturnType<Scan>,
    close: () => database.close(),
  };
}

type Tools = { view: View; scan: Scan; url: string };

async function measure(one: Case, { view, scan, url }: Tools): Promise<string[]> {
  const answer = await readSeries(view, view.root, one.query);
  const points = answer.series.flatMap((line) => line.points);
  const summed = new Map(scan(one).map(({ period, received }) => [period, received]));
  const isSame = points.every(({ period, numerator }) => (summed.get(period) ?? 0) === Math.round(numerator));
  const inside = await timeEach(RUNS, () => readSeries(view, view.root, one.query), WARM);
  const scanned = await timeEach(SCANS, () => scan(one), 1);
  const served = await timeHttp(url, one.query);
  const [p50, scanP50] = [quantile(inside, 0.5), quantile(scanned, 0.5)];
  return [
    one.name,
    whole(points.length),
    ...[p50, quantile(inside, 0.99), quantile(served, 0.5), quantile(served, 0.99), scanP50].map(ms),
    times(p50, scanP50),
    isSame ? 'yes' : 'no',
  ];
}

/** Prints how long a series takes. */
export async function runSeries(workspace: Workspace, histories: HistoryStore): Promise<void> {
  const { folder, words } = await histories.take();
  const server = await startServer(workspace, folder);
  const store = await openStore(databaseOf(folder));
  const { tree, province: unit } = await readTree(store);
  const [clock, now] = [await store.readClock(), Date.now()];
  const view = createView({ reader: store.reader, site: SITE, tree, clock, units: [unit], now });
  const { scan, close } = openScan(databaseOf(folder));
  const rows: string[][] = [];
  for (const one of listCases(dayOf(now, SITE.zone))) {
    rows.push(await measure(one, { view, scan, url: server.url }));
  }
  close();
  await store.close();
  await server.stop();
  printTable({
    title: 'Series of the province: dossiers received, ms',
    head: ['series', 'points', 'p50', 'p99', 'HTTP p50', 'HTTP p99', 'scan p50', 'to scan', 'same sums'],
    rows,
    notes: [`${RUNS} requests, ${SCANS} scans; on ${words}; goal: p99 under 20 ms`],
  });
}
