import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readGazetteer, selectProvince } from '../seed/gazetteer/gazetteer.ts';
import { readFigures } from '../server/figures/figures.ts';
import { readForm } from '../server/figures/form.ts';
import { readSeries } from '../server/figures/series.ts';
import { createView, type View } from '../server/figures/sums.ts';
import { findToken, readTokens } from '../server/store/feed-store.ts';
import { openStore, type Store } from '../server/store/store.ts';
import { readGeometries, readUnitFacts } from '../server/store/unit-store.ts';
import { writeGeometries } from '../server/store/write/units.ts';
import { changesSince } from '../server/stream/changes.ts';
import { actsOf, speakerOf } from './server/acts.ts';
import { createStores, KINDS, openKeyed, type Prepared } from './server/stores.ts';
import { at, iso, SITE, SMALL, step, TODAY } from './server/world.ts';
import { dumpAll } from './server.ts';

const stores = createStores();
afterAll(() => stores.close());

const NOW = at('2026-11-18 10:00');

/** Commits that note their number, some of which fail. */
async function commitMany(store: Store, count: number): Promise<number[]> {
  const settled = await Promise.allSettled(
    Array.from({ length: count }, (_, index) =>
      store.commit(NOW, async ({ db, seq }) => {
        const feed = {
          id: randomUUID(),
          name: `${seq}`,
          unit: 1,
          lastAt: null,
          heardAt: null,
          ...{ events: 0, namespace: '', liveAt: null, cadenceMs: null, dueTime: null, usualGapMs: null },
          seq,
        };
        await db.insertInto('feed').values(feed).execute();
        if (index % 7 === 3) throw new Error('no');
        return seq;
      }),
    ),
  );
  return settled.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
}

describe.each(KINDS)('on %s', (kind) => {
  let prepared: Prepared;
  beforeAll(async () => {
    prepared = await stores.open(kind);
  });

  test('commits at once take the next numbers, one after the other; a failed one takes none', async () => {
    const { store } = prepared;
    const { seq } = await store.readClock();
    const seqs = await commitMany(store, 21);
    expect(seqs).toEqual(Array.from({ length: 18 }, (_, index) => seq + 1 + index));
    const feeds = await store.reader.db.selectFrom('feed').select(['name', 'seq']).execute();
    expect(feeds.map((feed) => feed.seq).sort((a, b) => a - b)).toEqual(seqs);
    expect((await store.readClock()).seq).toBe(seq + 18);
  });

  test('what a commit has not finished nobody reads', async () => {
    if (kind === 'memory') return;
    const { store } = prepared;
    const { seq } = await store.readClock();
    await store.commit(NOW, async ({ db, seq: own }) => {
      await db.updateTable('clock').set({ tickedTo: 77 }).execute();
      expect([own, (await store.readClock()).seq]).toEqual([seq + 1, seq]);
    });
    expect(await store.readClock()).toMatchObject({ seq: seq + 1, tickedTo: 77 });
  });

  test('two servers on one database never take the same number', async () => {
    if (kind !== 'postgres') return;
    const other = await openStore(prepared.url);
    const { seq } = await other.readClock();
    const both = (await Promise.all([commitMany(prepared.store, 14), commitMany(other, 14)])).flat();
    expect(both.sort((a, b) => a - b)).toEqual(Array.from({ length: 24 }, (_, index) => seq + 1 + index));
    await other.close();
  });

  test('connections that the database ends are replaced', async () => {
    if (kind !== 'postgres') return;
    const { store } = prepared;
    const { seq } = await store.readClock();
    const others = sql`select pg_terminate_backend(pid) from pg_stat_activity
      where datname = current_database() and pid <> pg_backend_pid()`;
    await Promise.all([store.readClock(), store.readClock(), store.readClock()]);
    await others.execute(store.reader.db);
    const attempts = await Promise.allSettled(Array.from({ length: 8 }, () => store.readClock()));
    expect(attempts.length).toBe(8);
    expect((await commitMany(store, 1))[0]).toBeGreaterThan(seq);
  });

  test('opened again it is what it was, secret included', async () => {
    if (kind === 'memory') return;
    const first = await openStore(prepared.url);
    const again = await openStore(prepared.url);
    expect([again.hashKey, await dumpAll(again)]).toEqual([first.hashKey, await dumpAll(first)]);
    await first.close();
    await again.close();
  });

  test('units loaded twice change nothing', async () => {
    const stood = await readUnitFacts(prepared.store.reader);
    const result = await actsOf(prepared.store).loadUnits(SMALL, NOW);
    expect(result).toEqual({ stated: SMALL.units.length, changed: false, refolded: 0 });
    expect(await readUnitFacts(prepared.store.reader)).toEqual(stood);
  });

  test('lineage stated anew of a unit replaces what was stated of it before, so shares still sum to 1', async () => {
    const { store, tree } = prepared;
    const c = tree.findByReference('C', TODAY)?.id ?? 0;
    const passed = async () => {
      const { successions } = await readUnitFacts(store.reader);
      return successions.filter(({ predecessor }) => predecessor === c).map(({ share }) => share);
    };
    const whole = [{ from: 'C', to: 'D', on: '2025-07-01', share: 1 }];
    await actsOf(store).loadUnits({ units: [], lineage: whole }, NOW);
    expect(await passed()).toEqual([1]);
    await actsOf(store).loadUnits(SMALL, NOW);
    expect((await passed()).sort()).toEqual([0.25, 0.75]);
  });

  test('lineage whose shares do not sum to 1, or a parent that is not there, is refused whole', async () => {
    const { store } = prepared;
    const stood = await readUnitFacts(store.reader);
    const [first] = SMALL.units;
    const wrong = SMALL.lineage.map((row) => (row.from === 'C' ? { ...row, share: 0.6 } : row));
    const lost = {
      code: 'Z',
      name: { vi: 'Z', en: 'Z' },
      level: 'commune',
      from: '2025-07-01',
      to: null,
      parent: 'Q',
    } as const;
    const loads = [
      actsOf(store).loadUnits({ units: [], lineage: wrong }, NOW),
      actsOf(store).loadUnits({ units: first ? [first, lost] : [lost], lineage: [] }, NOW),
    ];
    expect((await Promise.allSettled(loads)).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect(await readUnitFacts(store.reader)).toEqual(stood);
  });

  test('boundaries come back as they went in, and a later one replaces the earlier', async () => {
    const geometry = (east: number) =>
      JSON.stringify({
        type: 'Polygon',
        coordinates: [
          [
            [105.1, 21.5],
            [east, 21.5],
            [105.2, 21.6],
            [105.1, 21.5],
          ],
        ],
      });
    const { store } = prepared;
    for (const east of [105.3, 105.4]) {
      await store.commit(NOW, (tx) =>
        writeGeometries(tx, [
          { unit: 1, geometry: geometry(east) },
          { unit: 2, geometry: geometry(106) },
        ]),
      );
    }
    const found = await readGeometries(store.reader, [1, 2, 3]);
    expect(found).toEqual(
      new Map([
        [1, geometry(105.4)],
        [2, geometry(106)],
      ]),
    );
  });

  test('a token is kept as a hash only', async () => {
    const { store } = prepared;
    const token = await actsOf(store).createToken(
      {
        kind: 'display',
        unit: 1,
        name: 'wall',
        days: 1,
        feed: { namespace: null, cadenceMs: null, dueTime: null },
      },
      NOW,
    );
    const rows = await readTokens(store.reader);
    expect(
      rows.map(({ kind: of, name, createdAt, expiresAt }) => ({ of, name, createdAt, expiresAt })),
    ).toEqual([{ of: 'display', name: 'wall', createdAt: NOW, expiresAt: NOW + 86_400_000 }]);
    expect(await findToken(store.reader, token)).toBeUndefined();
    expect(JSON.stringify(await dumpAll(store))).not.toContain(token);
  });
});

test('the same events give the same answers on all three', async () => {
  const answers: unknown[] = [];
  const told = Array.from({ length: 120 }, (_, index) =>
    step({
      id: `${index}`,
      dossier: `d${index % 50}`,
      at: iso(at('2025-05-20 08:00') + index * 37_000_000),
      status: index < 50 ? 2 : 9,
      receiver: index * 37 < 970 ? 'B' : 'A',
      resolver: index * 37 < 970 ? 'C' : 'D',
      field: index % 3 ? 'Đất đai' : 'civil',
      procedure: index % 2 ? 'P.days' : 'P.none',
    }),
  );
  for (const kind of KINDS) {
    const { store, tree } = await stores.open(kind);
    await actsOf(store).ingest(told, speakerOf(tree, 'f'), NOW);
    const units = [tree.findByReference('25', TODAY)?.id ?? 0];
    const clock = { ...(await store.readClock()), seq: 0, unitSeq: 0 };
    const view: View = createView({ reader: store.reader, site: SITE, tree, clock, units, now: NOW });
    const unit = view.root;
    const month = { from: '2025-01-01', to: '2026-01-01', grain: 'month' } as const;
    const frame = await changesSince(view, { unit, since: 0 });
    answers.push([
      await readFigures(view, unit, { period: '2025', children: '1', compare: '1' }),
      await readFigures(view, unit, { period: '2025-Q3', by: 'field' }),
      await readFigures(view, unit, { period: '2025-07', by: 'procedure' }),
      await readForm(view, unit, '2025'),
      await readSeries(view, unit, { ...month, indicator: 'TT02', tree: 'now' }),
      await readSeries(view, unit, { ...month, indicator: 'HS01', tree: 'then', field: 'civil' }),
      frame.tallies.rows.toSorted((a, b) => (`${a.slice(0, 3)}` < `${b.slice(0, 3)}` ? -1 : 1)),
    ]);
  }
  expect(answers[1]).toEqual(answers[0]);
  expect(answers[2]).toEqual(answers[0]);
  expect(JSON.stringify(answers[0])).toContain('Đất đai');
});

test('the official units of a province load twice into a file with no row changed', async () => {
  const store = await openKeyed(await stores.address('file'));
  const official = selectProvince(readGazetteer(), '25');
  const acts = actsOf(store);
  expect((await acts.loadUnits(official, NOW)).changed).toBe(true);
  const stood = await readUnitFacts(store.reader);
  expect(await acts.loadUnits(official, NOW)).toEqual({
    stated: official.units.length,
    changed: false,
    refolded: 0,
  });
  expect(await readUnitFacts(store.reader)).toEqual(stood);
  await store.close();
});
