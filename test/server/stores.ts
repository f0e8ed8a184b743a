/** A store of each kind, ready with the small world, and what it takes to use one many times. */
import { join } from 'node:path';
import { openStore, type Store } from '../../server/store/store.ts';
import type { UnitTree } from '../../shared/unit.ts';
import { settle } from '../server.ts';
import { type Cluster, makeFolder, startPostgres } from './postgres.ts';

export const KINDS = ['memory', 'file', 'postgres'] as const;
export type Kind = (typeof KINDS)[number];

/** A store with the small world in it. Dossiers are hashed with the same key everywhere, so heirs are drawn alike. */
export type Prepared = { store: Store; tree: UnitTree; url: string };

/** Opens stores of any kind; `close` ends all of them, and PostgreSQL. */
export type Stores = {
  address: (kind: Kind) => Promise<string>;
  open: (kind: Kind) => Promise<Prepared>;
  close: () => Promise<void>;
};

export const HASH_KEY = 'the same for every store of a test';

/** A store opened at an address, with the hash key of tests. */
export async function openKeyed(url: string): Promise<Store> {
  return { ...(await openStore(url)), hashKey: HASH_KEY };
}

export function createStores(): Stores {
  const folder = makeFolder();
  const opened: Store[] = [];
  const clusters: Promise<Cluster>[] = [];
  let count = 0;
  const address = async (kind: Kind): Promise<string> => {
    count++;
    if (kind === 'memory') return ':memory:';
    if (kind === 'file') return join(folder.path, `store-${count}`, 'ioc.db');
    if (clusters.length === 0) clusters.push(startPostgres());
    const cluster = await clusters[0];
    if (!cluster) throw new Error('no cluster');
    return cluster.create(`ioc_${count}`);
  };
  return {
    address,
    async open(kind) {
      const url = await address(kind);
      const store = await openKeyed(url);
      opened.push(store);
      return { store, tree: await settle(store), url };
    },
    async close() {
      for (const store of opened) await store.close();
      for (const cluster of clusters) await (await cluster).stop();
      folder.remove();
    },
  };
}

/** Empties everything but units, as if no event had ever come. */
export async function forget(store: Store): Promise<void> {
  await store.commit(0, async ({ db }) => {
    for (const table of [
      'event',
      'subject',
      'tally',
      'breakdown',
      'revision',
      'hourRevision',
      'feed',
      'area',
    ] as const)
      await db.deleteFrom(table).execute();
  });
}
