import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { AppError } from '../server/errors.ts';
import { type Change, createPipeline } from '../server/pipeline/pipeline.ts';
import { createQueue } from '../server/pipeline/queue.ts';
import { createStores, forget, KINDS, type Prepared, quietPipeline, speakerOf } from './server/stores.ts';
import { at, iso, SITE, step } from './server/world.ts';
import { dumpFolds } from './server.ts';

const stores = createStores();
afterAll(() => stores.close());

const NOW = at('2026-11-18 10:00');
const received = (id: string, dossier: string) =>
  step({ id, dossier, at: iso(at('2026-11-16 08:00')), status: 2 });
const resolved = (id: string, dossier: string) =>
  step({ id, dossier, at: iso(at('2026-11-17 08:00')), status: 9 });

describe.each(KINDS)('on %s', (kind) => {
  let prepared: Prepared;
  beforeAll(async () => {
    prepared = await stores.open(kind);
  });

  test('batches of one feed that wait together share a commit, and each has its own receipt', async () => {
    const { store, tree } = prepared;
    await forget(store);
    const { seq } = await store.readClock();
    const changes: Change[] = [];
    const pipeline = createPipeline({ store, site: SITE, publish: (change) => changes.push(change) });
    const batches = [[received('1', 'x')], [resolved('2', 'x'), received('1', 'x')], [received('3', 'y')]];
    const receipts = await Promise.all(
      batches.map((events) => pipeline.ingest(events, speakerOf(tree, 'f'), NOW)),
    );
    expect(receipts).toEqual([
      { accepted: 1, duplicates: 0, seq: seq + 1 },
      { accepted: 1, duplicates: 1, seq: seq + 1 },
      { accepted: 1, duplicates: 0, seq: seq + 1 },
    ]);
    expect(changes.map((change) => change.seq)).toEqual([seq + 1]);
    const together = await dumpFolds(store);
    await forget(store);
    const alone = quietPipeline(store);
    for (const events of batches) await alone.ingest(events, speakerOf(tree, 'f'), NOW);
    expect(await dumpFolds(store)).toEqual(together);
  });

  test('a bad batch among waiting ones is refused alone, by its own index', async () => {
    const { store, tree } = prepared;
    await forget(store);
    const pipeline = quietPipeline(store);
    const bad = { ...received('9', 'z'), receiver: 'NOWHERE' };
    const outcomes = await Promise.allSettled(
      [[received('1', 'x')], [received('2', 'w'), bad], [received('3', 'y')]].map((events) =>
        pipeline.ingest(events, speakerOf(tree, 'f'), NOW),
      ),
    );
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    const [, refused] = outcomes;
    const reason: unknown = refused?.status === 'rejected' ? refused.reason : undefined;
    expect(reason).toBeInstanceOf(AppError);
    expect(reason instanceof AppError && reason.errors.map(({ index, field }) => ({ index, field }))).toEqual(
      [{ index: 1, field: 'receiver' }],
    );
    const rows = await store.reader.db.selectFrom('event').select('id').orderBy('id').execute();
    expect(rows).toEqual([{ id: '1' }, { id: '3' }]);
  });
});

test('a queue keeps the order, joins what fits, and does a group that throws again one by one', async () => {
  const groups: number[][] = [];
  const take = createQueue<number, number>({
    fits: (group, item) => group.length < 3 && item !== 5,
    async work(items) {
      groups.push([...items]);
      if (items.includes(2)) throw new Error('no twos');
      return items.map((item) => item * 10);
    },
  });
  const outcomes = await Promise.allSettled([1, 2, 3, 4, 5, 6].map(take));
  expect(groups).toEqual([[1, 2, 3], [1], [2], [3], [4], [5, 6]]);
  expect(outcomes.map((one) => (one.status === 'fulfilled' ? one.value : null))).toEqual([
    10,
    null,
    30,
    40,
    50,
    60,
  ]);
});
