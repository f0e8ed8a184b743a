import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { AppError } from '../server/errors.ts';
import type { Change } from '../server/pipeline/commits.ts';
import { createPipeline } from '../server/pipeline/pipeline.ts';
import { createQueue } from '../server/pipeline/queue.ts';
import type { Store } from '../server/store/store.ts';
import type { DossierEvent } from '../shared/event.ts';
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

/** A store on which now and then another process commits first, or the disk is full at the end. */
function trouble(store: Store): Store {
  let commits = 0;
  return {
    ...store,
    async commit(work) {
      commits += 1;
      if (commits % 4 === 2) await store.commit(async () => undefined);
      const isFull = commits % 7 === 5;
      return store.commit(async (tx) => {
        const done = await work(tx);
        if (isFull) throw new Error('the disk is full');
        return done;
      });
    },
  };
}

/** Steps of three dossiers, told by turns by three feeds. */
const tellings = Array.from({ length: 36 }, (_, index) => {
  const dossier = `d${index % 3}`;
  const hour = String(8 + Math.floor(index / 6)).padStart(2, '0');
  const status = index < 3 ? 2 : [4, 5, 4, 9][Math.floor(index / 3) % 4];
  const told = step({
    id: `${index}`,
    dossier,
    at: iso(at(`2026-11-16 ${hour}:00`) + index),
    status: status ?? 4,
  });
  return { feed: `f${index % 2}`, told };
});

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

  test('batches folded ahead end in the rows of the ordered log, whoever commits or fails in between', async () => {
    const { store, tree } = prepared;
    await forget(store);
    const pipeline = createPipeline({ store: trouble(store), site: SITE, publish: () => undefined });
    const receipts: number[] = [];
    const send = async (feed: string, told: DossierEvent): Promise<void> => {
      const sent = pipeline.ingest([told], speakerOf(tree, feed), NOW).then(({ accepted }) => accepted);
      const accepted = await sent.catch((error: Error) => error.message);
      if (accepted === 'the disk is full') await send(feed, told);
      else receipts.push(Number(accepted));
    };
    await Promise.all([...tellings, ...tellings].map(({ feed, told }) => send(feed, told)));
    expect(receipts.filter((accepted) => accepted === 1)).toHaveLength(tellings.length);
    expect(receipts.filter((accepted) => accepted === 0)).toHaveLength(tellings.length);
    const together = await dumpFolds(store);
    await forget(store);
    const alone = quietPipeline(store);
    for (const { feed, told } of tellings) await alone.ingest([told], speakerOf(tree, feed), NOW);
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
  const take = createQueue<number, number, number>({
    fits: (group, item) => group.length < 3 && item !== 5,
    prepare: async (items) => {
      if (items.includes(6)) throw new Error('no sixes');
      return items.length;
    },
    async perform(items, prepared) {
      groups.push([...items]);
      if (items.includes(2)) throw new Error('no twos');
      return items.map((item) => item * 10 + prepared);
    },
  });
  const outcomes = await Promise.allSettled([1, 2, 3, 4, 5, 6].map(take));
  expect(groups).toEqual([[1, 2, 3], [1], [2], [3], [4], [5]]);
  expect(outcomes.map((one) => (one.status === 'fulfilled' ? one.value : null))).toEqual([
    11,
    null,
    31,
    41,
    51,
    null,
  ]);
});

test('a queue readies a group while the one before it is being done, and does one at a time', async () => {
  const log: string[] = [];
  const turn = () => new Promise((resolve) => setImmediate(resolve));
  const take = createQueue<string, undefined, string>({
    fits: () => false,
    async prepare([item]) {
      log.push(`ready ${item}`);
      return undefined;
    },
    async perform(items) {
      log.push(`begin ${items[0]}`);
      for (let turns = 0; turns < 5; turns++) await turn();
      log.push(`end ${items[0]}`);
      return items;
    },
  });
  expect(await Promise.all(['a', 'b', 'c'].map(take))).toEqual(['a', 'b', 'c']);
  expect(log).toEqual([
    ...['ready a', 'begin a', 'ready b', 'end a', 'begin b', 'ready c', 'end b', 'begin c', 'end c'],
  ]);
});
