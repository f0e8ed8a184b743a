/** A store to measure: on disk, with the units of Phú Thọ and a feed's token, and the events its feed tells. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readGazetteer, selectProvince } from '../../seed/gazetteer/gazetteer.ts';
import { createSiteConfig } from '../../seed/province/config.ts';
import { listOldDepartments, PROVINCE } from '../../seed/province/departments.ts';
import { createProvince } from '../../seed/province/province.ts';
import type { FeedCaller } from '../../server/people/caller.ts';
import { feedIdOf } from '../../server/people/tokens.ts';
import { createSite } from '../../server/site.ts';
import { openStore, type Store } from '../../server/store/store.ts';
import { readUnitFacts } from '../../server/store/unit-store.ts';
import type { OpsEvent } from '../../shared/event.ts';
import { UnitTree } from '../../shared/unit.ts';
import { actsOf } from '../server/acts.ts';
import { TODAY } from '../server/world.ts';

/** The make-believe province's own site. */
export const SITE = createSite(createSiteConfig());

/** The database of an office's folder. */
export const databaseOf = (folder: string): string => join(folder, 'ioc.db');

/** The configuration of an office's folder. */
export const configOf = (folder: string): string => join(folder, 'ioc.config.json');

/** Makes an office in an empty folder and gives its store, ready for events. */
export async function createBenchStore(folder: string): Promise<Store> {
  await writeFile(configOf(folder), JSON.stringify(createSiteConfig()));
  const store = await openStore(databaseOf(folder));
  const acts = actsOf(store, { site: SITE });
  await acts.loadUnits(selectProvince(readGazetteer(), PROVINCE), Date.now());
  await acts.loadUnits(listOldDepartments(), Date.now());
  await acts.rebuild(Date.now());
  return store;
}

/** The unit tree of a store, and the number of the province's unit of today. */
export async function readTree(store: Store): Promise<{ tree: UnitTree; province: number }> {
  const tree = new UnitTree(await readUnitFacts(store.reader));
  const province = tree.findAsOf(PROVINCE, TODAY)?.id;
  if (province === undefined) throw new Error(`the store has no unit ${PROVINCE}`);
  return { tree, province };
}

/** A token with which a feed may speak of the whole province, and that feed. */
export async function openFeed(store: Store): Promise<{ token: string; caller: FeedCaller }> {
  const { province: unit } = await readTree(store);
  const facts = { kind: 'feed', unit, name: 'bench' } as const;
  const rhythm = { namespace: null, cadenceMs: null, dueTime: null };
  const token = await actsOf(store).createToken({ ...facts, days: 1, feed: rhythm }, Date.now());
  const feed = feedIdOf(facts);
  return { token, caller: { kind: 'feed', feed, unit, namespace: feed } };
}

/** What the province told lately, in order of time: `sampling` 1 is its real volume, some 24,000 events a day. */
export function drawEvents(order: { days: number; sampling: number; most: number }): OpsEvent[] {
  const now = Date.now();
  const { eventsBetween } = createProvince({ anchor: now, sampling: order.sampling });
  const events: OpsEvent[] = [];
  for (const { event } of eventsBetween(now - order.days * 86_400_000, now)) {
    events.push(event);
    if (events.length === order.most) break;
  }
  return events;
}

/** The same things in batches of a size, the last one perhaps smaller. */
export function* inBatches<T>(all: Iterable<T>, size: number): Generator<T[], void, undefined> {
  let batch: T[] = [];
  for (const one of all) {
    if (batch.push(one) < size) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}
