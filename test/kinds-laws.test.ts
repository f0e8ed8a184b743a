/** Laws of what is not a dossier: no order matters, the log is the truth, sums add up the tree. */
import fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import type { Store } from '../server/store/store.ts';
import { MEASURE_IDS, type MeasureId } from '../shared/measure.ts';
import { REPORT_MEASURES, type ReportMeasure } from '../shared/report-measures.ts';
import type { UnitTree } from '../shared/unit.ts';
import { act, actsOf } from './server/acts.ts';
import { anyTelling, LIVES_TO } from './server/lives.ts';
import { anyMixedTold, anyPlainTold, anySubject } from './server/plain-lives.ts';
import { anyScriptOf } from './server/scripts.ts';
import { createStores, forget } from './server/stores.ts';
import { foldKind } from './server/telling.ts';
import { dumpFolds } from './server.ts';

const stores = createStores();
afterAll(() => stores.close());

const DAY = 86_400_000;

test('in whatever order the steps of a subject are told, it comes to the same', () => {
  const anyOrder = anySubject.chain((events) => fc.tuple(fc.constant(events), anyTelling(events)));
  fc.assert(
    fc.property(anyOrder, ([events, shuffled]) => {
      expect(foldKind(shuffled, LIVES_TO)).toEqual(foldKind(events, LIVES_TO));
    }),
    { seed: 766, numRuns: 300 },
  );
});

test('what the clock alone changes is said beforehand: until then a subject comes to what it came to', () => {
  fc.assert(
    fc.property(anySubject, fc.integer({ min: 0, max: 60 }), (events, days) => {
      const last = Math.max(...events.map(({ at }) => Date.parse(at)));
      const { state, moves } = foldKind(events, last);
      const until = Math.min(
        state.nextAt === null ? Number.POSITIVE_INFINITY : state.nextAt - 1,
        last + days * DAY,
      );
      expect(foldKind(events, until)).toEqual({ state, moves });
      if (state.nextAt === null) return;
      const next = foldKind(events, state.nextAt);
      expect(next).not.toEqual({ state, moves });
    }),
    { seed: 61, numRuns: 300 },
  );
});

test('no stock of a subject is ever less than none, nor a task or petition more than one at a time', () => {
  fc.assert(
    fc.property(anySubject, (events) => {
      const { moves } = foldKind(events, LIVES_TO);
      const levels = new Map<string, number>();
      const instants = [...new Set(moves.map(({ at }) => at))].sort((a, b) => a - b);
      for (const instant of instants) {
        for (const { unit, measure, amount } of moves.filter(({ at }) => at === instant))
          levels.set(`${unit} ${measure}`, (levels.get(`${unit} ${measure}`) ?? 0) + amount);
        for (const level of levels.values()) expect(level).toBeGreaterThanOrEqual(0);
      }
    }),
    { seed: 118, numRuns: 300 },
  );
});

test('told in any order, batches and repeats, with ticks between, the rows are those of the ordered log', async () => {
  const straightStore = await stores.open('memory');
  const crookedStore = await stores.open('memory');
  await fc.assert(
    fc.asyncProperty(anyScriptOf(anyPlainTold), async ({ straight, crooked, end }) => {
      await forget(straightStore.store);
      await forget(crookedStore.store);
      const ordered = actsOf(straightStore.store);
      for (const deed of straight) await act(ordered, straightStore.tree, deed);
      const acts = actsOf(crookedStore.store);
      for (const deed of crooked) await act(acts, crookedStore.tree, deed);
      const live = await dumpFolds(crookedStore.store);
      expect(live).toEqual(await dumpFolds(straightStore.store));
      expect((await acts.verify(end)).differences).toEqual([]);
      expect((await acts.rebuild(end)).differences).toEqual([]);
      expect(await dumpFolds(crookedStore.store)).toEqual(live);
    }),
    { seed: 20, numRuns: 40 },
  );
}, 60_000);

/** Passing a dossier on happens below a unit that holds both: it notices nothing. */
const PASSED: ReadonlySet<string> = new Set(['takenOnline', 'takenOffline', 'inherited', 'passedOn']);
const isOwn = (id: MeasureId) => {
  const report: ReportMeasure | undefined = REPORT_MEASURES[id as keyof typeof REPORT_MEASURES];
  return report?.isOwn ?? false;
};

/** Where a unit's sums are not those of the units below it. */
async function listTorn(store: Store, tree: UnitTree): Promise<object[]> {
  const rows = await store.reader.db.selectFrom('tally').selectAll().execute();
  const sums = new Map(rows.map((row) => [`${row.unit} ${row.grain} ${row.start}`, row]));
  const periods = [...new Set(rows.map(({ grain, start }) => `${grain} ${start}`))];
  const ids = MEASURE_IDS.filter((id) => !PASSED.has(id));
  return [...tree.units.values()].flatMap(({ id: parent, from }) => {
    const children = tree.childrenOn(parent, from);
    if (children.length === 0) return [];
    return periods.flatMap((period) =>
      ids.flatMap((id) => {
        const has = sums.get(`${parent} ${period}`)?.[id] ?? 0;
        const below = children.map((child) => sums.get(`${child.id} ${period}`)?.[id] ?? 0);
        const all = isOwn(id) ? 0 : below.reduce((sum, one) => sum + one, 0);
        return has === all ? [] : [{ parent, period, id, has, all }];
      }),
    );
  });
}

test('for every measure and every period a unit has what those below it have; what is its own it has alone', async () => {
  const { store, tree } = await stores.open('memory');
  await fc.assert(
    fc.asyncProperty(anyScriptOf(anyMixedTold), async ({ straight }) => {
      await forget(store);
      const acts = actsOf(store);
      for (const deed of straight) await act(acts, tree, deed);
      expect(await listTorn(store, tree)).toEqual([]);
    }),
    { seed: 9, numRuns: 30 },
  );
}, 60_000);
