import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { AppError } from '../server/errors.ts';
import type { Store } from '../server/store/store.ts';
import type { Change } from '../server/writer/order.ts';
import { createQueue, type Outcome } from '../server/writer/queue.ts';
import type { DossierEvent } from '../shared/event.ts';
import { actsOf, speakerOf } from './server/acts.ts';
import { createStores, forget, KINDS, type Prepared } from './server/stores.ts';
import { at, iso, step } from './server/world.ts';
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
    async commit(now, work) {
      commits += 1;
      if (commits % 4 === 2) await store.commit(now, async () => undefined);
      const isFull = commits % 7 === 5;
      return store.commit(now, async (tx, attempt) => {
        const done = await work(tx, attempt);
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
    const acts = actsOf(store, { publish: (change) => changes.push(change) });
    const batches = [[received('1', 'x')], [resolved('2', 'x'), received('1', 'x')], [received('3', 'y')]];
    const receipts = await Promise.all(
      batches.map((events) => acts.ingest(events, speakerOf(tree, 'f'), NOW)),
    );
    expect(receipts).toEqual([
      { accepted: 1, duplicates: 0, seq: seq + 1 },
      { accepted: 1, duplicates: 1, seq: seq + 1 },
      { accepted: 1, duplicates: 0, seq: seq + 1 },
    ]);
    expect(changes.map((change) => change.seq)).toEqual([seq + 1]);
    const together = await dumpFolds(store);
    await forget(store);
    const alone = actsOf(store);
    for (const events of batches) await alone.ingest(events, speakerOf(tree, 'f'), NOW);
    expect(await dumpFolds(store)).toEqual(together);
  });

  test('batches that wait end in the rows of the ordered log, whoever commits or fails in between', async () => {
    const { store, tree } = prepared;
    await forget(store);
    const acts = actsOf(trouble(store));
    const receipts: number[] = [];
    const send = async (feed: string, told: DossierEvent): Promise<void> => {
      const sent = acts.ingest([told], speakerOf(tree, feed), NOW).then(({ accepted }) => accepted);
      const accepted = await sent.catch((error: Error) => error.message);
      if (accepted === 'the disk is full') await send(feed, told);
      else receipts.push(Number(accepted));
    };
    await Promise.all([...tellings, ...tellings].map(({ feed, told }) => send(feed, told)));
    expect(receipts.filter((accepted) => accepted === 1)).toHaveLength(tellings.length);
    expect(receipts.filter((accepted) => accepted === 0)).toHaveLength(tellings.length);
    const together = await dumpFolds(store);
    await forget(store);
    const alone = actsOf(store);
    for (const { feed, told } of tellings) await alone.ingest([told], speakerOf(tree, feed), NOW);
    expect(await dumpFolds(store)).toEqual(together);
  });

  test('a bad batch among waiting ones is refused alone, by its own index', async () => {
    const { store, tree } = prepared;
    await forget(store);
    const acts = actsOf(store);
    const bad = { ...received('9', 'z'), receiver: 'NOWHERE' };
    const outcomes = await Promise.allSettled(
      [[received('1', 'x')], [received('2', 'w'), bad], [received('3', 'y')]].map((events) =>
        acts.ingest(events, speakerOf(tree, 'f'), NOW),
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

test('a batch that fails after it has written leaves nothing behind, and those beside it are kept', async () => {
  const { store, tree } = await stores.open('memory');
  let upserts = 0;
  const broken: Store = {
    ...store,
    commit: (now, work) =>
      store.commit(now, (tx, attempt) => {
        const { sqlite } = tx;
        const prepare: typeof sqlite =
          sqlite &&
          ((text) => {
            if (text.includes('into "tally"') && ++upserts === 2) throw new Error('broken within');
            return sqlite(text);
          });
        return work({ ...tx, sqlite: prepare }, attempt);
      }),
  };
  const acts = actsOf(broken);
  const batches = [[received('1', 'x')], [received('2', 'y')], [received('3', 'z')]];
  const outcomes = await Promise.allSettled(
    batches.map((events) => acts.ingest(events, speakerOf(tree, 'f'), NOW)),
  );
  expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  const ids = await store.reader.db.selectFrom('event').select('id').orderBy('id').execute();
  expect(ids).toEqual([{ id: '1' }, { id: '3' }]);
  expect((await actsOf(store).verify(NOW)).differences).toEqual([]);
});

test('a queue keeps the order, joins what fits, does one group at a time, and gives each its own outcome', async () => {
  const log: string[] = [];
  const turn = () => new Promise((resolve) => setImmediate(resolve));
  const { add } = createQueue<number, number>({
    fits: (group, item) => group.length < 3 && item !== 5,
    async perform(items) {
      log.push(`begin ${items.join()}`);
      for (let turns = 0; turns < 5; turns++) await turn();
      log.push(`end ${items.join()}`);
      return items.map((item): Outcome<number> => (item === 2 ? { error: 'no twos' } : { value: item * 10 }));
    },
  });
  const outcomes = await Promise.allSettled([1, 2, 3, 4, 5, 6].map(add));
  expect(log).toEqual(['begin 1,2,3', 'end 1,2,3', 'begin 4', 'end 4', 'begin 5,6', 'end 5,6']);
  expect(outcomes.map((one) => (one.status === 'fulfilled' ? one.value : one.reason))).toEqual([
    ...[10, 'no twos', 30, 40, 50, 60],
  ]);
});
