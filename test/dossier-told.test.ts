/** Steps of one instant, withdrawals and repeated due times, told to a store in batches: kept as told, folded as told. */
import { afterAll, describe, expect, test } from 'vitest';
import { unpackSteps } from '../server/kinds/dossier/step.ts';
import type { Store } from '../server/store/store.ts';
import type { DossierEvent } from '../shared/event.ts';
import { actsOf, speakerOf } from './server/acts.ts';
import { createStores } from './server/stores.ts';
import { at, iso, step } from './server/world.ts';

const stores = createStores();
afterAll(() => stores.close());

const NOW = at('2026-12-24 10:00');
const DUE = iso(at('2026-12-28 17:00'));

const tell = (id: string, local: string, status: number, more: Partial<DossierEvent> = {}): DossierEvent =>
  step({ id, at: iso(at(local)), status, procedure: 'P.none', ...more });

async function standing(store: Store) {
  const rows = await store.reader.db.selectFrom('subject').selectAll().execute();
  return rows.map(({ status, paused, acceptedAt, endAt, outcome, history }) => ({
    ...{ status, paused, isAccepted: acceptedAt !== null, isEnded: endAt !== null, outcome },
    told: unpackSteps(history).map(({ id }) => id),
  }));
}
const isSound = async (store: Store) => (await actsOf(store).verify(NOW)).differences;

describe.each(['memory', 'postgres'] as const)('on %s', (kind) => {
  const start = async () => {
    const { store, tree } = await stores.open(kind);
    const acts = actsOf(store);
    const ingest = (feed: string, ...events: DossierEvent[]) =>
      acts.ingest(events, speakerOf(tree, feed), NOW);
    return { store, ingest };
  };
  const receipt = tell('z', '2026-12-01 00:00', 2);

  test.each([
    ['asked and answered', [5, 4], 0],
    ['answered, then asked', [4, 5], 1],
  ])('a day of one batch counts in the order told: %s', async (_words, day, paused) => {
    const { store, ingest } = await start();
    await ingest('f', receipt, ...day.map((status, turn) => tell(`${9 - turn}`, '2026-12-02 00:00', status)));
    expect(await standing(store)).toMatchObject([{ status: day[1], paused, told: ['z', '9', '8'] }]);
    expect(await isSound(store)).toEqual([]);
  });

  test('a day of several batches and feeds counts in the order they came', async () => {
    const { store, ingest } = await start();
    await ingest('g', tell('c', '2026-12-02 00:00', 5));
    await ingest('f', tell('b', '2026-12-02 00:00', 4), tell('a', '2026-12-03 00:00', 5));
    await ingest('g', receipt, tell('d', '2026-12-03 00:00', 4));
    expect(await standing(store)).toMatchObject([{ status: 4, paused: 0, told: ['c', 'b', 'a', 'z', 'd'] }]);
    expect(await isSound(store)).toEqual([]);
  });

  test('an end withdrawn by another feed, before it was told, leaves the dossier open', async () => {
    const { store, ingest } = await start();
    const end = tell('e', '2026-12-03 09:00', 9);
    await ingest('g', { ...end, id: 'v', void: true });
    expect(await standing(store)).toMatchObject([{ isAccepted: false, isEnded: false }]);
    const idle = await store.reader.db.selectFrom('tally').select('steps').where('steps', '<>', 0).execute();
    expect(idle).toEqual([]);
    await ingest('f', receipt, end);
    expect(await standing(store)).toMatchObject([
      { status: 2, isAccepted: true, isEnded: false, outcome: null },
    ]);
    expect(await ingest('g', { ...end, id: 'v', void: true })).toMatchObject({ accepted: 0, duplicates: 1 });
    expect(await isSound(store)).toEqual([]);
  });

  test('a due time stated with every step, or once, is taken across a pause, though the next year has no calendar', async () => {
    const { store, ingest } = await start();
    const told = [
      tell('1', '2026-12-01 09:00', 2, { due: DUE, procedure: 'P.days' }),
      tell('2', '2026-12-02 09:00', 4, { due: DUE, procedure: 'P.days' }),
      tell('3', '2026-12-03 09:00', 5, { due: DUE, procedure: 'P.days' }),
      tell('4', '2026-12-23 09:00', 4, { due: DUE, procedure: 'P.days' }),
    ];
    for (const event of told) expect(await ingest('f', event)).toMatchObject({ accepted: 1 });
    expect(await standing(store)).toMatchObject([{ status: 4, paused: 0 }]);
    const once = [
      tell('6', '2026-12-01 09:00', 2, { dossier: 'once', due: '2027-03-01T17:00:00+07:00' }),
      tell('7', '2026-12-03 09:00', 5, { dossier: 'once' }),
      tell('8', '2026-12-23 09:00', 4, { dossier: 'once' }),
    ];
    for (const event of once) expect(await ingest('f', event)).toMatchObject({ accepted: 1 });
    await expect(
      ingest('f', tell('5', '2026-12-23 10:00', 2, { dossier: 'other', procedure: 'P.calendar' })),
    ).rejects.toThrow('Some events cannot be taken');
    expect(await isSound(store)).toEqual([]);
  });
});
