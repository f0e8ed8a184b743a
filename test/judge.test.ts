/** The judge: what it raises, keeps and clears, whatever happens in between. */
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import type { DossierEvent } from '../shared/event.ts';
import { actsOf, speakerOf } from './server/acts.ts';
import { forgetAlerts, listNotes, listOpen, receivedOver, setRules } from './server/judging.ts';
import { createStores, forget, KINDS, type Prepared } from './server/stores.ts';
import { at, iso, step } from './server/world.ts';

const stores = createStores();
afterAll(() => stores.close());

const NOW = at('2026-11-18 10:00');
const MINUTE = 60_000;

const received = (count: number, unit: string, when: number, prefix = 'd'): DossierEvent[] =>
  Array.from({ length: count }, (_, index) =>
    step({
      ...{ id: `${prefix}${index}`, dossier: `${prefix}${index}`, at: iso(when), status: 2 },
      ...{ receiver: unit, resolver: unit },
    }),
  );

async function goLive({ store }: Prepared, now: number): Promise<void> {
  await store.commit(now, async ({ db, seq }) => {
    const rhythm = { cadenceMs: null, dueTime: null, usualGapMs: null };
    const heard = { lastAt: now, heardAt: now, events: 0, liveAt: now };
    await db
      .insertInto('feed')
      .values({ id: 'f', name: 'f', unit: 12, namespace: '', ...rhythm, ...heard, seq })
      .execute();
  });
}

describe.each(KINDS)('on %s', (kind) => {
  let prepared: Prepared;
  beforeEach(async () => {
    prepared ??= await stores.open(kind);
    await forget(prepared.store);
    await forgetAlerts(prepared.store);
  });

  test('a breach is raised with the change that brings it, and cleared by the one that ends it', async () => {
    const { store, tree } = prepared;
    const acts = actsOf(store);
    await setRules(store, { busy: receivedOver(3) }, { now: NOW });
    await goLive(prepared, NOW);
    await acts.judge(NOW);
    expect(await listOpen(store)).toEqual([]);
    const feed = speakerOf(tree, 'f');
    await acts.ingest(received(2, 'A', NOW), feed, NOW);
    await acts.judge(NOW);
    expect(await listOpen(store)).toEqual([]);
    await acts.ingest(received(3, 'A', NOW, 'e'), feed, NOW + MINUTE);
    await acts.judge(NOW + MINUTE);
    const open = await listOpen(store);
    const names = open.map(({ unit, rule, figure }) => ({ code: tree.get(unit).code, rule, figure }));
    expect(names.sort((a, b) => (a.code < b.code ? -1 : 1))).toEqual([
      { code: '25', rule: 'busy', figure: 5 },
      { code: 'A', rule: 'busy', figure: 5 },
    ]);
    const next = at('2026-11-19 00:00') + 500;
    await acts.judge(next);
    expect((await listNotes(store)).map(({ kind, unit }) => `${tree.get(unit).code} ${kind}`)).toEqual([]);
  });
});
