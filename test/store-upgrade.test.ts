import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { Kysely } from 'kysely';
import { Migrator } from 'kysely/migration';
import { afterAll, expect, test } from 'vitest';
import { openPostgres } from '../server/store/dialect.ts';
import { listMigrations } from '../server/store/migrations.ts';
import type { Schema } from '../server/store/schema.ts';
import { openSqliteWriter } from '../server/store/sqlite.ts';
import { actsOf, speakerOf } from './server/acts.ts';
import { createStores, openKeyed } from './server/stores.ts';
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

/** Makes a store as the first schema had it, with some events in its log. */
async function makeOld(url: string): Promise<void> {
  const isPostgres = url.startsWith('postgres');
  const dialect = isPostgres ? openPostgres(url, 1) : openSqliteWriter(url).dialect;
  const db = new Kysely<Schema>({ dialect });
  const { '001-first': first } = await listMigrations(isPostgres ? 'postgres' : 'sqlite').getMigrations();
  if (!first) throw new Error('there is no first schema');
  const provider = { getMigrations: async () => ({ '001-first': first }) };
  const { error } = await new Migrator({ db, provider }).migrateToLatest();
  if (error) throw error;
  await db.insertInto('event').values(OLD_LOG).execute();
  await db.destroy();
}

test.each(['file', 'postgres'] as const)('a store of the first schema keeps its log, on %s', async (kind) => {
  const url = await stores.address(kind);
  if (kind === 'file') mkdirSync(dirname(url), { recursive: true });
  await makeOld(url);
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
  expect(receipt).toMatchObject({ accepted: 1, duplicates: 1 });
  expect(await log()).toHaveLength(4);
  await store.close();
});
