import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { Kysely, sql } from 'kysely';
import { Migrator } from 'kysely/migration';
import { afterAll, expect, test } from 'vitest';
import { hashCode } from '../server/acts/admit.ts';
import { openPostgres } from '../server/store/dialect.ts';
import { listMigrations } from '../server/store/migrations.ts';
import type { Schema } from '../server/store/schema.ts';
import { openSqliteWriter } from '../server/store/sqlite.ts';
import { actsOf, speakerOf } from './server/acts.ts';
import { createStores, HASH_KEY, openKeyed } from './server/stores.ts';
import { at, iso, step } from './server/world.ts';
import { settle } from './server.ts';

const stores = createStores();
afterAll(() => stores.close());

const NOW = at('2026-11-18 10:00');

/** The events that stand in the log of a store of the first schema, as it kept them. */
const OLD_LOG = [
  { feed: 'f', id: '1', kind: 'dossier', at: at('2026-11-16 08:00'), subject: 'x', status: 2 },
  { feed: 'f', id: '2', kind: 'dossier', at: at('2026-11-17 08:00'), subject: 'x', status: 9 },
  { feed: 'f', id: '3', kind: 'probe', at: at('2026-11-17 09:00'), subject: null, status: 0 },
].map(({ status, ...row }, index) => {
  const { id: _, kind: __, dossier: ___, ...rest } = step({ id: '', at: iso(row.at), status });
  const body = row.kind === 'dossier' ? rest : { at: iso(row.at), system: 'LGSP', up: true };
  return { ...row, seq: index + 1, body: JSON.stringify(body) };
});

/** Makes a store as the schema up to a migration had it, with some events in its log and whatever `fill` adds. */
async function makeOld(
  url: string,
  last: string,
  fill: (db: Kysely<Schema>) => Promise<unknown> = async () => undefined,
): Promise<void> {
  const isPostgres = url.startsWith('postgres');
  const dialect = isPostgres ? openPostgres(url, 1) : openSqliteWriter(url).dialect;
  const db = new Kysely<Schema>({ dialect });
  const all = Object.entries(await listMigrations(isPostgres ? 'postgres' : 'sqlite').getMigrations());
  const provider = { getMigrations: async () => Object.fromEntries(all.filter(([name]) => name <= last)) };
  const { error } = await new Migrator({ db, provider }).migrateToLatest();
  if (error) throw error;
  await db
    .insertInto('event')
    .values(OLD_LOG as never)
    .execute();
  await fill(db);
  await db.destroy();
}

/** A file as the schema before stands in it. */
function openOld(url: string): Kysely<Schema> {
  return new Kysely<Schema>({ dialect: openSqliteWriter(url).dialect });
}

test.each(['file', 'postgres'] as const)('a store of the first schema keeps its log, on %s', async (kind) => {
  const url = await stores.address(kind);
  if (kind === 'file') mkdirSync(dirname(url), { recursive: true });
  await makeOld(url, '001-first');
  const store = await openKeyed(url);
  const tree = await settle(store);
  const log = () =>
    store.reader.db
      .selectFrom('event')
      .select(['feed', 'id', 'kind', 'at', 'subject', 'seq', 'body'])
      .orderBy('n')
      .execute();
  expect(await log()).toEqual(OLD_LOG);
  const acts = actsOf(store);
  expect(await acts.verify(NOW)).toEqual({
    subjects: 1,
    differences: [],
  });
  const probe = (id: string) => ({ kind: 'probe', id, at: iso(NOW), system: 'LGSP', up: true }) as const;
  const receipt = await acts.ingest([probe('3'), probe('4')], speakerOf(tree, 'f'), NOW);
  expect(receipt).toMatchObject({ accepted: 2, duplicates: 0 });
  // Whose the old reading was nobody knows: it never counted, and counts once when it is told again.
  expect(await log()).toHaveLength(5);
  await store.close();
});

test('reports kept before they were folded are one subject by unit and measure: the last word counts', async () => {
  const url = await stores.address('file');
  mkdirSync(dirname(url), { recursive: true });
  await makeOld(url, '008-warning');
  const before = openOld(url);
  const unit = '"code", "nameVi", "nameEn", "level", "validFrom", "validTo", "seq"';
  await sql`insert into "unit" (${sql.raw(unit)}) values
    ('A', 'A', 'A', 'commune', '0001-01-01', '2025-07-01', 1), ('A', 'A', 'A', 'commune', '2025-07-01', null, 1)`.execute(
    before,
  );
  const tell = (id: string, local: string, value: number) =>
    before
      .insertInto('event')
      .values({
        ...{ seq: 3, feed: 'f', id, kind: 'report', at: at(local), subject: null },
        body: JSON.stringify({ unit: 'A', measure: 'officials', period: '2025-08', value }),
      } as never)
      .execute();
  await tell('r1', '2025-09-02', 90);
  await tell('r2', '2025-10-02', 95);
  await before.destroy();
  const store = await openKeyed(url);
  const kept = await store.reader.db
    .selectFrom('event')
    .select('subject')
    .where('kind', '=', 'report')
    .execute();
  expect(kept.map(({ subject }) => subject)).toEqual(['2 officials', '2 officials']);
  await store.close();
});

test.each(['file', 'postgres'] as const)(
  'a store of the schema before this one keeps its dossiers, feeds and codes, on %s',
  async (kind) => {
    const url = await stores.address(kind);
    if (kind === 'file') mkdirSync(dirname(url), { recursive: true });
    const key = hashCode('0001/2026', { namespace: '', hashKey: HASH_KEY });
    await makeOld(url, '002-other-ids', async (db) => {
      await sql`update "event" set "subject" = ${key} where "subject" is not null`.execute(db);
      await sql`insert into "event" ("seq", "feed", "id", "kind", "at", "subject", "body")
        values (4, 'f', '4', 'petition', ${NOW}, 'hashed', '{"unit":"A","state":"received"}')`.execute(db);
      await sql`insert into "feed" values ('f', 'Feed', 1, ${NOW}, ${NOW}, 4, 4)`.execute(db);
      await sql`insert into "dossier" values (${key}, '[]', ${NOW}, null, 1, 'P.days', null, 9, 'online', ${NOW}, null, null,
        ${NOW}, 0, 'onTime', 2)`.execute(db);
      await sql`insert into "breakdown" ("unit", "grain", "start", "seq", "subject", "received")
        values (1, 'month', '2026-11-01', 2, 'land\u001fP.days', 1)`.execute(db);
    });
    const store = await openKeyed(url);
    const { db } = store.reader;
    expect(await db.selectFrom('subject').select(['kind', 'key', 'outcome']).execute()).toEqual([
      { kind: 'dossier', key, outcome: 'onTime' },
    ]);
    expect(await db.selectFrom('breakdown').select(['topic', 'received']).execute()).toEqual([
      { topic: 'land\u001fP.days', received: 1 },
    ]);
    expect(await db.selectFrom('feed').select(['namespace', 'liveAt', 'events']).execute()).toEqual([
      { namespace: '', liveAt: NOW, events: 4 },
    ]);
    const petition = await db.selectFrom('event').select(['subject', 'body']).where('id', '=', '4').execute();
    expect(petition.map(({ subject, body }) => [subject, JSON.parse(body)])).toEqual([
      ['hashed', { unit: 'A', state: 'received', petition: 'hashed' }],
    ]);
    const tree = await settle(store);
    const acts = actsOf(store);
    expect((await acts.verify(NOW)).differences).toEqual([]);
    const later = step({ id: '9', dossier: '0001/2026', at: iso(NOW), status: 10 });
    await acts.ingest([later], speakerOf(tree, 'f'), NOW);
    const dossiers = db.selectFrom('subject').where('kind', '=', 'dossier');
    expect(await dossiers.select(['key', 'status']).execute()).toEqual([{ key, status: 10 }]);
    await store.close();
  },
);

test.each(['file', 'postgres'] as const)(
  'a store from before passing on was counted keeps its sums and counts it from then on, on %s',
  async (kind) => {
    const url = await stores.address(kind);
    if (kind === 'file') mkdirSync(dirname(url), { recursive: true });
    await makeOld(url, '004-areas', async (db) => {
      await sql`insert into "tally" ("unit", "grain", "start", "seq", "takenOnline")
        values (12, 'month', '2026-11-01', 2, 1)`.execute(db);
      await sql`insert into "breakdown" ("unit", "grain", "start", "topic", "seq", "takenOnline")
        values (12, 'month', '2026-11-01', 'land', 2, 1)`.execute(db);
      await sql`insert into "revision" ("unit", "day", "knownOn", "seq", "takenOnline")
        values (12, '2026-11-16', '2026-11-17', 2, 1)`.execute(db);
    });
    const store = await openKeyed(url);
    for (const table of ['tally', 'breakdown', 'revision'] as const) {
      const rows = await store.reader.db.selectFrom(table).select(['takenOnline', 'passedOn']).execute();
      expect({ table, rows }).toEqual({ table, rows: [{ takenOnline: 1, passedOn: 0 }] });
    }
    const tree = await settle(store);
    const acts = actsOf(store);
    await acts.verify(NOW);
    const facts = { dossier: 'new', procedure: 'P.none' };
    const told = [
      step({ ...facts, id: '7', at: iso(at('2026-11-17 08:00')), status: 2 }),
      step({ ...facts, id: '8', at: iso(at('2026-11-18 08:00')), status: 4, resolver: 'D' }),
    ];
    await acts.ingest(told, speakerOf(tree, 'f'), NOW);
    const counted = await store.reader.db
      .selectFrom('tally')
      .select('unit')
      .where('grain', '=', 'ever')
      .where('passedOn', '=', 1)
      .execute();
    expect(counted).toEqual([{ unit: tree.findByReference('A', '2026-11-18')?.id }]);
    await store.close();
  },
);

test.each(['file', 'postgres'] as const)(
  'a store from before there were people keeps its tokens, and takes accounts from then on, on %s',
  async (kind) => {
    const url = await stores.address(kind);
    if (kind === 'file') mkdirSync(dirname(url), { recursive: true });
    await makeOld(url, '006-spare', async (db) => {
      await sql`insert into "token" values ('t1', 'h', 'display', 1, 'Wall', ${NOW}, null, null)`.execute(db);
    });
    const store = await openKeyed(url);
    const { db } = store.reader;
    expect(await db.selectFrom('token').select(['id', 'name']).execute()).toEqual([
      { id: 't1', name: 'Wall' },
    ]);
    expect(await store.readClock()).toMatchObject({ rightsSeq: 0 });
    const tree = await settle(store);
    const order = {
      ...{ login: 'quan-tri', title: 'Q', mail: null, linkHash: 'h', demoRole: null },
      grants: [{ role: 'administrator' as const, unit: tree.findByReference('25', '2026-11-18')?.id ?? 0 }],
    };
    const { writer } = actsOf(store);
    await writer.run({ name: 'addAccount', caller: { kind: 'command' }, input: order, now: NOW });
    expect(await store.readClock()).toMatchObject({ rightsSeq: (await store.readClock()).seq });
    expect(await db.selectFrom('audit').select(['act', 'caller']).orderBy('n').execute()).toEqual([
      { act: 'loadUnits', caller: 'command' },
      { act: 'addAccount', caller: 'command' },
    ]);
    await store.close();
  },
);
