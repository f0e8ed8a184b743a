/**
 * Early warning: samples judged a second, what rules cost the intake, and how long an event takes to its verdict at a viewer.
 * Beside it Prometheus evaluating as many rules over the same series in the same run.
 */
import { setTimeout as wait } from 'node:timers/promises';
import { io, type Socket } from 'socket.io-client';
import { PROVINCE } from '../../seed/province/departments.ts';
import { LiveTraffic } from '../../seed/province/live.ts';
import { createProvince } from '../../seed/province/province.ts';
import { readSeriesTable } from '../../server/store/slot-store.ts';
import { openStore, type Store } from '../../server/store/store.ts';
import type { ClientEvents, ServerEvents } from '../../shared/live.ts';
import { addDays, startOfDay } from '../../shared/period.ts';
import { actsOf } from '../server/acts.ts';
import { receivedOver } from '../server/judging.ts';
import { databaseOf, openFeed, readTree, SITE } from './bench-store.ts';
import { postAll, writeBody } from './events-client.ts';
import type { HistoryStore } from './history.ts';
import { openIngestStore } from './ingest-store.ts';
import { postEvents } from './pace.ts';
import { type DailySums, evaluateRules, hasPrometheus } from './prometheus.ts';
import { startServer } from './server-process.ts';
import { describeLoad, ms, printTable, times, whole } from './table.ts';
import { median, quantiles, steadyMs, timeOnce } from './timing.ts';
import { listUnits, makeRules, replaceRules } from './warning-rules.ts';
import type { Workspace } from './workspace.ts';

const COUNTS = [100, 1000];
const RATE = { events: 10_000, batch: 1000, rounds: 3 };
const PACE = { perSecond: 300, forMs: 10_000 };

/** Sums of all units by day, of the last year. */
async function readDaily(store: Store): Promise<DailySums> {
  const { tree, province } = await readTree(store);
  const today = new Date().toISOString().slice(0, 10);
  const units = listUnits(tree, province).map(({ id }) => id);
  const ids = ['resolvedEarly', 'resolvedOnTime', 'resolvedLate'] as const;
  const order = { grain: 'day', from: addDays(today, -364), to: addDays(today, 1), ids } as const;
  const rows = await readSeriesTable(store.reader, units, order);
  return rows
    .map(([unit, start, early = 0, onTime = 0, late = 0]) => ({
      ...{ unit: `u${unit}`, at: Math.min(startOfDay(start, SITE.zone) + 43_200_000, Date.now() - 60_000) },
      ...{ numerator: early + onTime, denominator: early + onTime + late },
    }))
    .sort((a, b) => a.at - b.at);
}

/** One judgement of every rule: samples a second, beside as many rules of Prometheus. */
async function judgeAll(workspace: Workspace, store: Store): Promise<string[][]> {
  const { tree, province } = await readTree(store);
  const acts = actsOf(store, { site: SITE });
  await acts.tick(Date.now());
  const daily = hasPrometheus() ? await readDaily(store) : [];
  const rows: string[][] = [];
  for (const count of COUNTS) {
    const taken: number[] = [];
    let samples = 0;
    for (let round = 0; round < 5; round++) {
      await replaceRules(store, makeRules(tree, province, count));
      const { ms: took, result } = await timeOnce(() => acts.judge(Date.now()));
      taken.push(took);
      samples = result.samples;
    }
    const own = median(taken);
    const other = daily.length > 0 ? median(await evaluateRules(workspace, daily, count)) * 1000 : Number.NaN;
    rows.push([
      ...[whole(count), whole(samples), ms(own), whole((samples / own) * 1000)],
      ...(Number.isNaN(other) ? ['not there', '-'] : [ms(other), times(own, other)]),
      describeLoad(),
    ]);
  }
  return rows;
}

/** Events a second through a server with so many rules. */
async function rateWith(workspace: Workspace, counts: readonly number[]): Promise<number[]> {
  const origin = await openIngestStore(workspace, RATE.events * RATE.rounds);
  const batches = Array.from({ length: RATE.rounds }, () => origin.take(RATE.events, RATE.batch));
  const servers: { server: Awaited<ReturnType<typeof startServer>>; rates: number[] }[] = [];
  for (const count of counts) {
    const folder = await origin.copy();
    const store = await openStore(databaseOf(folder));
    const { tree, province } = await readTree(store);
    await replaceRules(store, makeRules(tree, province, count));
    await store.close();
    servers.push({ server: await startServer(workspace, folder), rates: [] });
  }
  for (const round of batches) {
    const bodies = round.map((batch) => writeBody(batch, 'ndjson'));
    for (const { server, rates } of servers) {
      const endpoint = { url: server.url, token: origin.token };
      const taken = await timeOnce(() => postAll(endpoint, bodies, { form: 'ndjson', atOnce: 2 }));
      rates.push((RATE.events / taken.ms) * 1000);
    }
  }
  for (const { server } of servers) await server.stop();
  return servers.map(({ rates }) => median(rates));
}

/** How long events took to their answer, and to their verdict at the viewer. */
type Verdicts = { answers: number[]; verdicts: number[] };

/** From an event's POST to the frame in which the province's alert bears a verdict made after it. */
async function measureVerdicts(workspace: Workspace, folder: string): Promise<Verdicts> {
  const store = await openStore(databaseOf(folder));
  const { token } = await openFeed(store);
  await replaceRules(store, { open: { ...receivedOver(1), root: (await readTree(store)).province } });
  await store.close();
  const server = await startServer(workspace, folder);
  const socket: Socket<ServerEvents, ClientEvents> = io(`${server.url}/live`, { transports: ['websocket'] });
  const heard: { seq: number; at: number }[] = [];
  socket.on('frame', ({ alerts }) => {
    for (const { rule, seq } of alerts) if (rule === 'open') heard.push({ seq, at: steadyMs() });
  });
  await new Promise<void>((resolve) => void socket.once('connect', () => resolve()));
  await socket.emitWithAck('watch', { unit: PROVINCE });
  const live = new LiveTraffic(createProvince({ anchor: Date.now() }), { begun: 0, open: [] });
  const endpoint = { url: server.url, token };
  await postEvents(endpoint, live, { ...PACE, forMs: 2000 });
  const sent = await postEvents(endpoint, live, PACE);
  await wait(3000);
  socket.disconnect();
  await server.stop();
  return {
    answers: sent.map(({ at, answeredAt }) => answeredAt - at),
    verdicts: sent.flatMap(({ at, seq }) => {
      const verdict = heard.find((one) => one.seq > seq);
      return verdict ? [verdict.at - at] : [];
    }),
  };
}

/** Prints what early warning costs. */
export async function runWarning(workspace: Workspace, histories: HistoryStore): Promise<void> {
  const { folder, words } = await histories.take();
  const store = await openStore(databaseOf(folder));
  const judged = await judgeAll(workspace, store);
  await store.close();
  printTable({
    title: 'Judging: every rule once',
    head: ['rules', 'samples', 'ms', 'samples/s', 'Prometheus ms', 'to Prometheus', 'load'],
    rows: judged,
    notes: [
      `on ${words}; each rule one unit and indicator of the month, all verdicts in one commit`,
      'Prometheus: as many alerting rules over the same daily sums, prometheus_rule_group_last_duration_seconds',
    ],
  });
  const counts = [0, ...COUNTS];
  const rates = await rateWith(workspace, counts);
  printTable({
    title: 'Intake with rules: events a second',
    head: ['rules', 'events/s', 'to none', 'load'],
    rows: counts.map((count, index) => [
      ...[whole(count), whole(rates[index] ?? Number.NaN)],
      ...[times(rates[index] ?? Number.NaN, rates[0] ?? Number.NaN), describeLoad()],
    ]),
    notes: [`batches of ${RATE.batch} as NDJSON, median of ${RATE.rounds} rounds in turns; goal: 0.95`],
  });
  const { answers, verdicts } = await measureVerdicts(workspace, folder);
  const [p50, p99] = quantiles(verdicts, [0.5, 0.99] as const);
  const [answer50, answer99] = quantiles(answers, [0.5, 0.99] as const);
  printTable({
    title: 'From event to verdict: ms',
    head: ['', 'p50', 'p99', 'goal', 'load'],
    rows: [
      [`event to its answer, ${PACE.perSecond} events/s`, ms(answer50), ms(answer99), '-', describeLoad()],
      [`event to alert at the viewer, ${PACE.perSecond} events/s`, ms(p50), ms(p99), '1000', describeLoad()],
    ],
    notes: [`${whole(verdicts.length)} events`],
  });
}
