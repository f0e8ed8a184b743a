import type { CompiledQuery, Kysely, KyselyPlugin } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readAlert } from '../server/alerts/detail.ts';
import { readDue, readDueList } from '../server/alerts/due.ts';
import { listExplanations } from '../server/alerts/explained.ts';
import { readHandover } from '../server/alerts/handover.ts';
import { readHealth } from '../server/alerts/health.ts';
import { listAlerts } from '../server/alerts/list.ts';
import { readAbsences } from '../server/figures/absence.ts';
import { readDossierList } from '../server/figures/dossiers.ts';
import { readFigures } from '../server/figures/figures.ts';
import { readForm } from '../server/figures/form.ts';
import { readRanking } from '../server/figures/ranking.ts';
import { readSilent } from '../server/figures/reporting.ts';
import { readSeries } from '../server/figures/series.ts';
import { createView, type View } from '../server/figures/sums.ts';
import type { ViewerCaller } from '../server/people/caller.ts';
import type { ScopedUnit } from '../server/people/scope.ts';
import { readEpisodes } from '../server/store/alert-store.ts';
import { countWaitingNotes, readDueChannels } from '../server/store/channel-store.ts';
import { explainQuery } from '../server/store/dialect.ts';
import { readNotesOf } from '../server/store/episode-store.ts';
import { readDueExplanations } from '../server/store/explanation-store.ts';
import { findMessageEnd, readNotes } from '../server/store/note-store.ts';
import type { Schema } from '../server/store/schema.ts';
import type { Store } from '../server/store/store.ts';
import { changesSince } from '../server/stream/changes.ts';
import { readQueues, readSystems } from '../server/systems/systems.ts';
import { listTargets } from '../server/targets/targets.ts';
import { listTasks } from '../server/tasks/tasks.ts';
import { actsOf, speakerOf } from './server/acts.ts';
import { showFigures } from './server/alerting.ts';
import { createStores, type Prepared } from './server/stores.ts';
import { at, iso, SITE, step, TODAY } from './server/world.ts';
import { createClock } from './server.ts';

const stores = createStores();
const NOW = at('2026-11-18 10:00');
let prepared: Prepared;

beforeAll(async () => {
  prepared = await stores.open('memory');
  const told = Array.from({ length: 60 }, (_, index) =>
    step({
      id: `${index}`,
      dossier: `d${index}`,
      at: iso(at('2026-10-01 08:00') + index * 50_000_000),
      status: 2,
    }),
  );
  const probes = Array.from({ length: 40 }, (_, index) => ({
    ...({ kind: 'probe', id: `p${index}`, system: index % 2 ? 'LGSP' : 'Trục văn bản', up: true } as const),
    at: iso(NOW - index * 50_000_000),
  }));
  await actsOf(prepared.store).ingest([...told, ...probes], speakerOf(prepared.tree, 'f'), NOW);
  const unit = prepared.tree.findByReference('A', TODAY)?.id ?? 0;
  await showFigures({ ...prepared, clock: createClock(NOW) }, [{ unit, figure: 60 }]);
});
afterAll(() => stores.close());

/** A step of a plan that reads a big table; one that seeks its rows by the keys that matter. */
const READS = /^(SCAN|SEARCH) (tally|breakdown|revision|subject|event|own|target)\b/;
const SOUGHT =
  /^SCAN subject USING INDEX subjectTask$|^SEARCH (target USING INDEX targetOf \(year=\?|(tally|breakdown) USING PRIMARY KEY \(unit=\? AND grain=\?|subject USING (COVERING )?INDEX (subjectOpen \(unit=\?|subjectReport \(unit=\?|subjectProbe \(unit=\? AND procedure=\? AND endAt>\? AND endAt<\?\)|sqlite_autoindex_subject_1 \(key=\?)|own USING COVERING INDEX eventUnit \(unit=\? AND seq>\?|event USING INTEGER PRIMARY KEY)/;

/** The same of alerts. */
const READS_ALERTS = /^(SCAN|SEARCH) (alert|episode|episodeNote|explanation)\b/;
const SOUGHT_ALERTS =
  /^SEARCH (episode USING (INDEX (episodeOpen \(unit=\?|episodeOf \(unit=\?|episodeSeq \(seq>\?|episodeOpened \(openedAt>\?|episodeClosed \(closedAt>\?)|INTEGER PRIMARY KEY)|episodeNote USING INDEX (episodeNoteOf \(episode=\?|episodeNoteKind \(kind=\? AND at>\?)|explanation USING (INDEX (explanationOf \(episode=\?|explanationUnit \(unit=\?|explanationNext \(nextAt<\?)|INTEGER PRIMARY KEY)|alert USING )/;

/** The plans of every query that some work sends, by the text of the query. */
async function plansOf(
  work: (spied: <T extends { db: Kysely<Schema> }>(reader: T) => T) => Promise<unknown>,
): Promise<string[]> {
  const { db, dialect } = prepared.store.reader;
  const queries: CompiledQuery[] = [];
  const spy: KyselyPlugin = {
    transformQuery({ node, queryId }) {
      queries.push(db.getExecutor().compileQuery(node, queryId));
      return node;
    },
    transformResult: async ({ result }) => result,
  };
  await work((reader) => ({ ...reader, db: reader.db.withPlugin(spy) }));
  const plans: string[] = [];
  for (const query of queries) plans.push(...(await explainQuery(db, dialect, query)));
  return plans;
}

async function viewPlans(work: (view: View, unit: ScopedUnit) => Promise<unknown>): Promise<string[]> {
  const clock = await prepared.store.readClock();
  const root = prepared.tree.findByReference('25', TODAY)?.id ?? 0;
  return plansOf((spied) => {
    const reader = spied(prepared.store.reader);
    const units = [root];
    const view = createView({ reader, site: SITE, tree: prepared.tree, clock, units, now: NOW });
    return work(view, view.root);
  });
}

const SCREEN: ViewerCaller = { kind: 'visitor', validUntil: null, grants: [{ role: 'viewer', unit: 1 }] };
const series = { indicator: 'TT01', from: '2024-01-01', to: '2026-12-01', tree: 'now' } as const;

test.each<[string, (view: View, unit: ScopedUnit) => Promise<unknown>]>([
  [
    'figures with children, compared',
    (v, u) => readFigures(v, u, { period: '2026-11', children: '1', compare: '1' }),
  ],
  [
    'figures of today, compared',
    (v, u) => readFigures(v, u, { period: '2026-11-18', children: '1', compare: '1' }),
  ],
  ['figures by area of work', (v, u) => readFigures(v, u, { period: '2026', by: 'field' })],
  ['figures by procedure', (v, u) => readFigures(v, u, { period: '2026-11', by: 'procedure' })],
  ['figures of one area', (v, u) => readFigures(v, u, { period: '2025', field: 'civil' })],
  ['a ranking', (v, u) => readRanking(v, u, { period: '2026-Q4', indicator: 'TT01' })],
  ['who is silent', (v, u) => readSilent(v, u, '2026-10')],
  [
    'why there are no figures',
    async (v, u) =>
      (await readAbsences(v, [u, ...v.tree.ancestry(u).keys()]))(u, { from: '2019-01-01', to: '2020-01-01' }),
  ],
  ['form II.06a', (v, u) => readForm(v, u, '2026-10')],
  ['a series by month', (v, u) => readSeries(v, u, { ...series, grain: 'month' })],
  ['a series by week', (v, u) => readSeries(v, u, { ...series, grain: 'week' })],
  ['a series by hour', (v, u) => readSeries(v, u, { ...series, from: '2026-11-01', grain: 'hour' })],
  ['a series of an area', (v, u) => readSeries(v, u, { ...series, grain: 'month', field: 'civil' })],
  ['open dossiers', (v, u) => readDossierList(v, u, { state: 'open', limit: 50 })],
  ['overdue dossiers', (v, u) => readDossierList(v, u, { state: 'overdue', limit: 50 })],
  ['dossiers about to be late', (v, u) => readDue(v, u)],
  ['those of one stage', (v, u) => readDueList(v, u, { stage: 'overdue', limit: 50 })],
  ['connected systems', (v, u) => readSystems(v, u)],
  ['connected systems of a day gone by', (v, u) => readSystems(v, u, '2026-11-17')],
  ['what waits to be sent', (v, u) => readQueues(v, [u], '2026-12-01')],
  ['dossiers due soon', (v, u) => readDossierList(v, u, { state: 'dueSoon', limit: 50, field: 'civil' })],
  ['tasks of the plan', (v, u) => listTasks(v, u, {})],
  ['targets of a unit', (v, u) => listTargets(v, u, { query: {}, caller: SCREEN })],
  ['targets unit by unit', (v, u) => listTargets(v, u, { query: { indicator: 'ON02' }, caller: SCREEN })],
  ['a live snapshot', (v, u) => changesSince(v, { unit: u, since: 0 })],
  ['a live frame', (v, u) => changesSince(v, { unit: u, since: 3 })],
])('%s finds its rows by an index', async (_words, work) => {
  const plans = await viewPlans(work);
  expect(plans.some((plan) => SOUGHT.test(plan))).toBe(true);
  expect(plans.filter((plan) => READS.test(plan) && !SOUGHT.test(plan))).toEqual([]);
});

const open = { state: 'open', limit: 5000 } as const;

test.each<[string, (view: View, unit: ScopedUnit) => Promise<unknown>]>([
  ['alerts that stand', (v, u) => listAlerts(v, [u], { query: open, caller: SCREEN })],
  ['alerts that changed', (v, u) => listAlerts(v, [u], { query: { ...open, since: 1 }, caller: SCREEN })],
  [
    'alerts that are over',
    (v, u) => listAlerts(v, [u], { query: { ...open, state: 'closed', before: 9 }, caller: SCREEN }),
  ],
  ['alerts found by text', (v, u) => listAlerts(v, [u], { query: { ...open, text: 'a' }, caller: SCREEN })],
  [
    'alerts that are over, found by text',
    (v, u) =>
      listAlerts(v, [u], { query: { ...open, state: 'closed', text: 'a', before: 9 }, caller: SCREEN }),
  ],
  ['one alert', (v) => readAlert(v, 1, SCREEN)],
  ['explanations', (v, u) => listExplanations(v, [u], { caller: SCREEN })],
  ['explanations that are due', (v) => readDueExplanations(v.reader, NOW, 10)],
  ['health', (v, u) => readHealth(v, u, 30)],
  ['a handover', (v, u) => readHandover(v, u, { hours: 8, caller: SCREEN })],
])('%s are found by an index', async (_words, work) => {
  const plans = await viewPlans(work);
  expect(plans.some((plan) => SOUGHT_ALERTS.test(plan))).toBe(true);
  expect(plans.filter((plan) => READS_ALERTS.test(plan) && !SOUGHT_ALERTS.test(plan))).toEqual([]);
  expect(plans.filter((plan) => READS.test(plan) && !SOUGHT.test(plan))).toEqual([]);
});

test('a batch and a tick find what they need by an index', async () => {
  const plans = await plansOf(async (spied) => {
    const store: Store = {
      ...prepared.store,
      reader: spied(prepared.store.reader),
      commit: (now, work) => prepared.store.commit(now, (tx, attempt) => work(spied(tx), attempt)),
    };
    const pipeline = actsOf(store);
    const again = step({ id: 'again', dossier: 'd1', at: iso(NOW), status: 9 });
    const probe = { kind: 'probe', id: 'probe', at: iso(NOW), system: 'LGSP', up: true } as const;
    await pipeline.ingest([again, probe], speakerOf(prepared.tree, 'f'), NOW);
    await pipeline.tick(at('2026-11-30 10:00'));
  });
  expect(plans.filter((plan) => READS.test(plan))).toEqual([
    'SEARCH subject USING INDEX sqlite_autoindex_subject_1 (key=? AND kind=?)',
    'SEARCH subject USING INDEX sqlite_autoindex_subject_1 (key=? AND kind=?)',
    'SEARCH subject USING INDEX subjectNext (nextAt<?)',
    'SEARCH tally USING PRIMARY KEY (unit=? AND grain=? AND start<?)',
    'SEARCH breakdown USING PRIMARY KEY (unit=? AND grain=? AND start<?)',
  ]);
});

test('why units have no figures is one query, however many they are', async () => {
  const count = async (units: (view: View, unit: number) => number[]) => {
    const plans = await viewPlans(async (view, unit) => readAbsences(view, units(view, unit)));
    return plans.filter((plan) => SOUGHT.test(plan)).length;
  };
  expect(await count((view) => [...view.tree.units.keys()])).toBe(1);
  expect(await count((_, unit) => [unit])).toBe(1);
});

test('channels find notes and episodes by their keys, however long the log', async () => {
  const plans = await plansOf(async (spied) => {
    const reader = spied(prepared.store.reader);
    await readDueChannels(reader, NOW);
    await findMessageEnd(reader, 5, 0);
    await readNotes(reader, { from: 5, to: 9 });
    await readNotesOf(reader, [1, 2], { from: 5, to: 9 });
    await readEpisodes(reader, [1, 2]);
    await countWaitingNotes(reader);
  });
  const reads = plans.filter((plan) => /\b(episodeNote|episode)\b/.test(plan) && !/MULTI-INDEX/.test(plan));
  expect(reads.length).toBeGreaterThan(5);
  // A bare search is that of the newest note: the last one of the table.
  expect(reads.filter((plan) => !/^SEARCH \w+( USING (COVERING )?I.*)?$/.test(plan))).toEqual([]);
});
