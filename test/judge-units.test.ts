/** The judge over many units, and over units that end: nothing is left out, and nothing read that did not change. */
import type { KyselyPlugin } from 'kysely';
import { afterAll, describe, expect, test } from 'vitest';
import { openStore } from '../server/store/store.ts';
import { readUnitFacts } from '../server/store/unit-store.ts';
import { dayOf } from '../shared/period.ts';
import { UnitTree } from '../shared/unit.ts';
import { actsOf, speakerOf } from './server/acts.ts';
import { goLive, HOUR, insertFeed, MINUTE, NOW, openOver, received } from './server/judged-world.ts';
import { listOpen, setRules } from './server/judging.ts';
import { createStores } from './server/stores.ts';
import { at, iso, SMALL, ZONE } from './server/world.ts';
import { settle } from './server.ts';

const stores = createStores();
afterAll(() => stores.close());

/** Merges: on the day of the reform, and of a unit that goes over to another later. */
describe.each([
  { on: '2025-07-01', from: 'B', seat: 'B' },
  { on: '2026-12-01', from: 'D', seat: 'D' },
])('a unit that is taken over on $on', ({ on, seat }) => {
  test('ends its open alert on that day, and its heir is judged afresh with a link to it', async () => {
    const prepared = await stores.open('memory');
    const { store } = prepared;
    const later = { from: 'D', to: 'A', on: '2026-12-01', share: 1 };
    const units = SMALL.units.map((unit) =>
      unit.code === 'D' && unit.to === null ? { ...unit, to: '2026-12-01' } : unit,
    );
    await actsOf(store).loadUnits({ units, lineage: [...SMALL.lineage, later] }, at('2024-02-01'));
    const tree = new UnitTree(await readUnitFacts(store.reader));
    const acts = actsOf(store);
    const before = at(on) - 14 * HOUR;
    await setRules(
      store,
      { open: openOver(2, { scope: { unit: null, levels: ['commune'] } }) },
      { now: before },
    );
    await goLive(prepared, before, 100 * HOUR);
    const unit = tree.findOn(seat, dayOf(before, ZONE))?.id ?? 0;
    const caller = { ...speakerOf(tree, 'f'), unit: tree.pathOn(unit, dayOf(before, ZONE)).at(-1) ?? 0 };
    await acts.ingest(received(3, seat, before), caller, before);
    await acts.judge(before);
    const [open] = await listOpen(store);
    expect(open).toMatchObject({ unit, condition: 'active' });
    const after = at(on) + 3 * HOUR;
    await acts.tick(after);
    await acts.judge(after);
    const ended = await store.reader.db
      .selectFrom('episode')
      .selectAll()
      .where('id', '=', open?.id ?? 0)
      .execute();
    expect(ended).toMatchObject([{ closedAt: at(on), closeReason: 'unitClosed' }]);
    const heir = tree.findOn('A', on)?.id;
    const heirs = await listOpen(store);
    expect(heirs).toMatchObject([{ unit: heir, predecessor: open?.id, figure: 3 }]);
  });
});

test('3,355 breaches in one commit are 3,355 episodes, and the next commit clears them all', async () => {
  const store = await openStore(':memory:');
  const communes = 3354;
  const codes = Array.from({ length: communes }, (_, index) => `X${String(index).padStart(4, '0')}`);
  const unit = (code: string, parent: string | null) => ({
    ...({ code, name: { vi: code, en: code }, level: parent ? 'commune' : 'province', parent } as const),
    ...{ from: '2025-07-01', to: null },
  });
  const units = [unit('99', null), ...codes.map((code) => unit(code, '99'))];
  const tree = await settle(store, { units, lineage: [] });
  const acts = actsOf(store);
  await setRules(store, { open: openOver(1) }, { now: NOW });
  const feed = speakerOf(tree, 'f', '99');
  await store.commit(NOW, ({ db, seq }) =>
    insertFeed(db, { seq, unit: feed.unit, now: NOW, cadenceMs: null }),
  );
  await acts.judge(NOW);
  const steps = codes.flatMap((code) => received(1, code, NOW, `${code} `));
  await acts.ingest(steps, feed, NOW + MINUTE);
  const raised = await acts.judge(NOW + MINUTE);
  expect(raised.episodes).toBe(3355);
  expect(await listOpen(store)).toHaveLength(3355);
  const ends = steps.map((event) => ({
    ...event,
    id: `end ${event.id}`,
    status: 9,
    at: iso(NOW + 2 * MINUTE),
  }));
  await acts.ingest(ends, feed, NOW + 2 * MINUTE);
  await acts.judge(NOW + 2 * MINUTE);
  const still = (await listOpen(store)).filter(({ condition }) => condition !== 'normal');
  expect(still).toEqual([]);
  await store.close();
}, 120_000);

test('what a judgement reads and writes grows with what changed, not with what exists', async () => {
  const store = await openStore(':memory:');
  const counts: Record<number, { queries: number; rows: number }> = {};
  for (const communes of [40, 400]) {
    const own = await openStore(':memory:');
    const codes = Array.from({ length: communes }, (_, index) => `X${String(index).padStart(4, '0')}`);
    const unit = (code: string, parent: string | null) => ({
      ...({ code, name: { vi: code, en: code }, level: parent ? 'commune' : 'province', parent } as const),
      ...{ from: '2025-07-01', to: null },
    });
    const tree = await settle(own, {
      units: [unit('99', null), ...codes.map((code) => unit(code, '99'))],
      lineage: [],
    });
    const feed = speakerOf(tree, 'f', '99');
    await own.commit(NOW, ({ db, seq }) =>
      insertFeed(db, { seq, unit: feed.unit, now: NOW, cadenceMs: null }),
    );
    const acts = actsOf(own);
    await acts.ingest(
      codes.flatMap((code) => received(1, code, NOW, `${code} `)),
      feed,
      NOW,
    );
    await acts.judge(NOW);
    await acts.ingest(received(1, codes[0] ?? '', NOW, 'more'), feed, NOW + MINUTE);
    let [queries, rows] = [0, 0];
    const spy: KyselyPlugin = {
      transformQuery({ node }) {
        queries++;
        return node;
      },
      async transformResult({ result }) {
        rows += result.rows.length;
        return result;
      },
    };
    const counted = {
      ...own,
      commit: <T>(now: number, work: Parameters<typeof own.commit<T>>[1]) =>
        own.commit<T>(now, (tx, attempt) => work({ ...tx, db: tx.db.withPlugin(spy) }, attempt)),
    };
    await actsOf(counted).judge(NOW + MINUTE);
    counts[communes] = { queries, rows };
    await own.close();
  }
  await store.close();
  // The tree and the rules are read once by a new writer: that is the difference that is left.
  const growth = (counts[400]?.rows ?? 0) - (counts[40]?.rows ?? 0);
  expect(counts[400]?.queries).toBe(counts[40]?.queries);
  expect(growth).toBe(2 * 360);
});
