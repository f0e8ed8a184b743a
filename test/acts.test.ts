import { cpSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import type { KyselyPlugin } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createSite } from '../server/site.ts';
import type { Store } from '../server/store/store.ts';
import type { Change } from '../server/writer/order.ts';
import { act, actsOf, speakerOf } from './server/acts.ts';
import { makeFolder } from './server/postgres.ts';
import { anyScript } from './server/scripts.ts';
import { createStores, forget, KINDS, openKeyed, type Prepared } from './server/stores.ts';
import { at, iso, SMALL, step, TODAY } from './server/world.ts';
import { dumpAll, dumpFolds } from './server.ts';

const stores = createStores();
afterAll(() => stores.close());

const NOW = at('2026-11-18 10:00');

const told = [
  step({ id: '1', dossier: 'x', at: iso(at('2026-11-16 08:00')), status: 2, fee: true, field: 'land' }),
  step({ id: '2', dossier: 'x', at: iso(at('2026-11-17 08:00')), status: 9 }),
  step({ id: '3', dossier: 'y', at: iso(at('2026-11-16 09:00')), status: 2, procedure: 'P.hours' }),
];

/** A store whose transactions break after their n-th statement. */
function breakAfter(store: Store, statements: number): Store {
  return {
    ...store,
    commit: (now, work) =>
      store.commit(now, (tx, attempt) => {
        let left = statements;
        const explode = () => {
          if (--left < 0) throw new Error('the disk is full');
        };
        const { sqlite } = tx;
        const prepare: typeof sqlite =
          sqlite &&
          ((text) => {
            explode();
            return sqlite(text);
          });
        const bomb: KyselyPlugin = {
          transformQuery: ({ node }) => node,
          transformResult: async ({ result }) => {
            explode();
            return result;
          },
        };
        return work({ ...tx, db: tx.db.withPlugin(bomb), sqlite: prepare }, attempt);
      }),
  };
}

describe.each(KINDS)('on %s', (kind) => {
  let prepared: Prepared;
  beforeAll(async () => {
    prepared = await stores.open(kind);
  });

  test('a batch is one commit, told once, after everything of it is there', async () => {
    const { store, tree } = prepared;
    await forget(store);
    const { seq: before } = await store.readClock();
    const changes: { change: Change; seen: Promise<number> }[] = [];
    const count = async () => {
      const { seq } = await store.readClock();
      return (await store.reader.db.selectFrom('event').select('id').where('seq', '=', seq).execute()).length;
    };
    const publish = (change: Change) => changes.push({ change, seen: count() });
    const acts = actsOf(store, { publish });
    const receipt = await acts.ingest(told, speakerOf(tree, 'f'), NOW);
    expect(receipt).toEqual({ accepted: 3, duplicates: 0, seq: before + 1 });
    expect(await Promise.all(changes.map(({ seen }) => seen))).toEqual([3]);
    const touched = [...(changes[0]?.change.units ?? [])]
      .map((id) => Number(id))
      .map((id) => tree.referenceOf(tree.get(id), TODAY))
      .sort();
    expect(changes[0]?.change).toMatchObject({ seq: before + 1, feeds: true });
    expect(touched).toEqual(['25', 'A']);
    expect(await acts.ingest(told, speakerOf(tree, 'f'), NOW)).toEqual({
      ...{ accepted: 0, duplicates: 3, seq: before + 2 },
    });
    expect(changes.length).toBe(2);
  });

  test('whichever statement of a batch fails, no row of any table changes and nothing is told', async () => {
    const { store, tree } = prepared;
    await forget(store);
    await actsOf(store).ingest([step({ ...told[0], id: '0' } as never)], speakerOf(tree, 'f'), NOW);
    const stood = await dumpAll(store);
    let statements = 0;
    for (let failed = true; failed; statements++) {
      const changes: Change[] = [];
      const broken = actsOf(breakAfter(store, statements), { publish: (change) => changes.push(change) });
      const attempt = broken.ingest(told, speakerOf(tree, 'f'), NOW);
      failed = await attempt.then(
        () => false,
        (error: unknown) => String(error).includes('the disk is full'),
      );
      if (!failed) break;
      expect({ statements, changes, rows: await dumpAll(store) }).toEqual({
        statements,
        changes: [],
        rows: stood,
      });
    }
    expect(statements).toBeGreaterThanOrEqual(6);
    expect((await dumpAll(store)).event?.length).toBe(4);
  });

  test('verify says in what tampered tables differ and changes nothing; rebuild mends them', async () => {
    const { store, tree } = prepared;
    await forget(store);
    await actsOf(store).ingest(told, speakerOf(tree, 'f'), NOW);
    const sound = await dumpFolds(store);
    await store.commit(NOW, async ({ db }) => {
      await db
        .updateTable('tally')
        .set({ received: 7 })
        .where('grain', '=', 'year')
        .where('unit', '=', speakerOf(tree, 'f').unit)
        .execute();
      await db
        .deleteFrom('breakdown')
        .where('topic', '=', 'land\u001fP.hours')
        .where('grain', '=', 'month')
        .execute();
      await db.updateTable('subject').set({ outcome: 'late' }).where('endAt', 'is not', null).execute();
    });
    const tampered = await dumpFolds(store);
    const { differences } = await actsOf(store).verify(NOW);
    expect(differences.map(({ table, was, is }) => ({ table, was, is }))).toEqual([
      { table: 'tally', was: 1, is: 1 },
      { table: 'breakdown', was: 0, is: 2 },
      { table: 'subject', was: 1, is: 1 },
    ]);
    expect(differences[0]?.examples[0]).toContain('"received":7');
    expect(await dumpFolds(store)).toEqual(tampered);
    await actsOf(store).rebuild(NOW);
    expect(await dumpFolds(store)).toEqual(sound);
    expect((await actsOf(store).verify(NOW)).differences).toEqual([]);
  });

  test('verify finds nothing although nobody ticked since: what the clock brings is no difference', async () => {
    const { store, tree } = prepared;
    await forget(store);
    const later = step({ id: '4', dossier: 'z', at: iso(at('2026-11-17 09:00')), status: 2 });
    await actsOf(store).ingest([...told, later], speakerOf(tree, 'f'), NOW);
    for (const now of [at('2026-11-30 09:00'), at('2026-12-31 23:00')]) {
      expect((await actsOf(store).verify(now)).differences).toEqual([]);
    }
  });

  test('units loaded after the events give what loading them before would have given', async () => {
    const { store, tree } = prepared;
    await forget(store);
    const open = (dossier: string) =>
      step({
        id: dossier,
        dossier,
        at: iso(at('2025-06-30 08:00')),
        status: 2,
        receiver: 'C',
        resolver: 'C',
      });
    const many = Array.from({ length: 40 }, (_, index) => open(`d${index}`));
    const shares = (toA: number) => ({
      units: SMALL.units,
      lineage: SMALL.lineage.map((row) =>
        row.from === 'C' ? { ...row, share: row.to === 'A' ? toA : 1 - toA } : row,
      ),
    });
    const load = (toA: number) => actsOf(store).loadUnits(shares(toA), NOW);
    await actsOf(store).ingest(many, speakerOf(tree, 'f'), NOW);
    const quarter = await dumpFolds(store);
    expect(await load(0.75)).toEqual({ stated: SMALL.units.length, changed: true, refolded: 40 });
    const threeQuarters = await dumpFolds(store);
    expect(threeQuarters).not.toEqual(quarter);
    await forget(store);
    await actsOf(store).ingest(many, speakerOf(tree, 'f'), NOW);
    expect(await dumpFolds(store)).toEqual(threeQuarters);
    await load(0.25);
    expect(await dumpFolds(store)).toEqual(quarter);
  });

  test('a due time in a year without a calendar is refused by index and field, and nothing of the batch is taken', async () => {
    const { store, tree } = prepared;
    await forget(store);
    const stood = await dumpFolds(store);
    const late = step({
      id: 'n',
      dossier: 'n',
      at: iso(at('2026-12-31 16:00')),
      status: 2,
      procedure: 'P.hours',
    });
    const acts = actsOf(store);
    const now = at('2026-12-31 18:00');
    await expect(acts.ingest([...told, late], speakerOf(tree, 'f'), now)).rejects.toMatchObject({
      code: 'unprocessable',
      errors: [{ index: 3, field: 'due', reason: expect.stringContaining('2027') as string }],
    });
    expect(await dumpFolds(store)).toEqual(stood);
    const stated = { ...late, due: iso(at('2027-01-08 09:00')) };
    expect(await acts.ingest([stated], speakerOf(tree, 'f'), now)).toMatchObject({ accepted: 1 });
  });
});

test('a norm that changed fills its past by a rebuild, as if it had always been so', async () => {
  const { store, tree } = await stores.open('memory');
  const other = createSite({
    procedures: [{ code: 'P.hours', name: { vi: 'x', en: 'x' }, norm: { amount: 2, unit: 'workingHours' } }],
  });
  await actsOf(store).ingest(told, speakerOf(tree, 'f'), NOW);
  await actsOf(store, { site: other }).rebuild(NOW);
  const rebuilt = await dumpFolds(store);
  await forget(store);
  await actsOf(store, { site: other }).ingest(told, speakerOf(tree, 'f'), NOW);
  expect(await dumpFolds(store)).toEqual(rebuilt);
});

test('killed and started again at random points, with the last batch sent again, the rows are those of the ordered log', async () => {
  const folder = makeFolder();
  const reference = await stores.open('memory');
  const empty = await stores.open('file');
  let copies = 0;
  /** The file as it lies there while the process still holds it: what a kill leaves behind. */
  const killAndStart = async (url: string): Promise<{ store: Store; url: string }> => {
    const copy = join(folder.path, `after-${copies++}.db`);
    for (const end of ['', '-wal']) if (existsSync(url + end)) cpSync(url + end, copy + end);
    return { store: await openKeyed(copy), url: copy };
  };
  await fc.assert(
    fc.asyncProperty(
      anyScript,
      fc.infiniteStream(fc.boolean()),
      async ({ straight, crooked, end }, kills) => {
        await forget(reference.store);
        const ordered = actsOf(reference.store);
        for (const deed of straight) await act(ordered, reference.tree, deed);
        let alive = await killAndStart(empty.url);
        let acts = actsOf(alive.store);
        for (const deed of crooked) {
          await act(acts, empty.tree, deed);
          if (!kills.next().value) continue;
          const next = await killAndStart(alive.url);
          await alive.store.close();
          alive = next;
          acts = actsOf(alive.store);
          await act(acts, empty.tree, deed);
        }
        expect(await dumpFolds(alive.store)).toEqual(await dumpFolds(reference.store));
        expect((await actsOf(alive.store).verify(end)).differences).toEqual([]);
        await alive.store.close();
      },
    ),
    { seed: 9, numRuns: 8 },
  );
  folder.remove();
}, 60_000);
