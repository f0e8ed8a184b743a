/** Whose dossier a step is: codes count within a namespace, and a write is judged by what it touches. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { FeedOrder } from '../server/acts/tokens.ts';
import { tokenCommand } from '../server/commands/token.ts';
import type { FeedCaller } from '../server/people/caller.ts';
import type { DossierEvent } from '../shared/event.ts';
import { actsOf, speakerOf } from './server/acts.ts';
import { createStores, forget, KINDS, type Prepared } from './server/stores.ts';
import { at, iso, SITE, step } from './server/world.ts';
import { type Running, runApp } from './server.ts';

const stores = createStores();
afterAll(() => stores.close());

const NOW = at('2026-11-18 10:00');
const tell = (id: string, unit: string, more: Partial<DossierEvent> = {}): DossierEvent =>
  step({
    id,
    dossier: '0001/2026',
    at: iso(at('2026-11-16 08:00')),
    status: 2,
    receiver: unit,
    resolver: unit,
    ...more,
  });
const end = (id: string, unit: string, more: Partial<DossierEvent> = {}) =>
  tell(id, unit, { at: iso(at('2026-11-17 09:00')), status: 9, ...more });

describe.each(KINDS)('on %s', (kind) => {
  let prepared: Prepared;
  let feeds: { a: FeedCaller; d: FeedCaller; all: FeedCaller };
  beforeAll(async () => {
    prepared = await stores.open(kind);
    const { tree } = prepared;
    const [a, d, all] = [speakerOf(tree, 'a', 'A'), speakerOf(tree, 'd', 'D'), speakerOf(tree, 'all', '25')];
    feeds = { a, d, all };
  });
  const count = async () => {
    const rows = await prepared.store.reader.db.selectFrom('subject').select(['unit', 'endAt']).execute();
    return { dossiers: rows.length, ended: rows.filter(({ endAt }) => endAt !== null).length };
  };

  test('the same code of two namespaces is two dossiers, of one namespace one', async () => {
    const { store } = prepared;
    await forget(store);
    const acts = actsOf(store);
    await acts.ingest([tell('1', 'A')], { ...feeds.a, namespace: 'a' }, NOW);
    await acts.ingest([tell('1', 'D'), end('2', 'D')], { ...feeds.d, namespace: 'd' }, NOW);
    expect(await count()).toEqual({ dossiers: 2, ended: 1 });
    await acts.ingest([end('9', 'A')], { ...feeds.all, namespace: 'a' }, NOW);
    expect(await count()).toEqual({ dossiers: 2, ended: 2 });
  });

  test("one unit's feed cannot end another's dossier, whatever it says of itself", async () => {
    const { store } = prepared;
    await forget(store);
    const acts = actsOf(store);
    await acts.ingest([tell('1', 'A')], feeds.a, NOW);
    await expect(acts.ingest([end('2', 'D')], feeds.d, NOW)).rejects.toMatchObject({
      code: 'forbidden',
      errors: [
        { index: 0, field: 'dossier', reason: expect.stringContaining('none of its units') as string },
      ],
    });
    await expect(acts.ingest([end('2', 'A')], feeds.d, NOW)).rejects.toMatchObject({ code: 'forbidden' });
    expect(await count()).toEqual({ dossiers: 1, ended: 0 });
  });

  test('naming one of its units is not enough to end or withdraw it; to take it over is, and then its end', async () => {
    const { store } = prepared;
    await forget(store);
    const acts = actsOf(store);
    await acts.ingest([tell('1', 'A')], feeds.a, NOW);
    const both = { receiver: 'A', resolver: 'D' } as const;
    const refused = [
      tell('2', 'D', { ...both, void: true }),
      end('3', 'D', { ...both, status: 7 }),
      end('4', 'D', both),
      tell('7', 'D', both),
      tell('8', 'D', { ...both, status: 4, at: iso(at('2026-11-16 07:00')) }),
    ];
    for (const event of refused)
      await expect(acts.ingest([event], feeds.d, NOW)).rejects.toMatchObject({ code: 'forbidden' });
    const sly = tell('9', 'D', { ...both, at: iso(at('2026-11-16 10:00')), status: 4 });
    await expect(
      acts.ingest([sly, tell('10', 'D', { ...both, void: true })], feeds.d, NOW),
    ).rejects.toMatchObject({ errors: [{ index: 1 }] });
    expect(await count()).toEqual({ dossiers: 1, ended: 0 });
    const takeOver = tell('5', 'D', { ...both, at: iso(at('2026-11-16 10:00')), status: 4 });
    expect(await acts.ingest([takeOver, end('6', 'D')], feeds.d, NOW)).toMatchObject({ accepted: 2 });
    expect(await count()).toEqual({ dossiers: 1, ended: 1 });
  });

  test('a dossier handed over is told of by both, and by a feed over both', async () => {
    const { store } = prepared;
    await forget(store);
    const acts = actsOf(store);
    await acts.ingest([tell('1', 'A', { resolver: 'A' })], feeds.a, NOW);
    const handed = { receiver: 'A', resolver: 'D', at: iso(at('2026-11-16 10:00')), status: 4 } as const;
    expect(await acts.ingest([tell('2', 'D', handed)], feeds.d, NOW)).toMatchObject({ accepted: 1 });
    expect(await acts.ingest([end('3', 'D')], feeds.d, NOW)).toMatchObject({ accepted: 1 });
    expect(
      await acts.ingest([end('4', 'A', { at: iso(at('2026-11-17 10:00')) })], feeds.all, NOW),
    ).toMatchObject({
      accepted: 1,
    });
    expect(await count()).toEqual({ dossiers: 1, ended: 1 });
  });
});

describe('by tokens', () => {
  let office: Running;
  beforeAll(async () => {
    office = await runApp();
  });
  afterAll(() => office.close());
  const token = (unit: string, name: string, more: Partial<FeedOrder> = {}) => {
    const id = office.tree.findOn(unit, '2026-11-18')?.id ?? 0;
    const feed = { namespace: null, cadenceMs: null, dueTime: null, ...more };
    return office.acts.createToken({ kind: 'feed', unit: id, name, days: null, feed }, office.clock.now());
  };

  test('two offices use the same code; two feeds of one namespace tell of the same dossier', async () => {
    const [own, other] = [await token('A', 'one'), await token('D', 'two')];
    await office.post([tell('1', 'A')], own);
    await office.post([tell('1', 'D'), end('2', 'D')], other);
    const ask = await office.token('display', '25');
    const figures = async () => {
      const { body } = await office.ask('/api/form/II.06a?unit=25&period=2026-11', { token: ask });
      return (body as { total: number[] }).total.slice(0, 5);
    };
    expect(await figures()).toEqual([2, 2, 0, 0, 1]);
    const shared = { namespace: 'one-stop' };
    const [front, back] = [await token('A', 'front', shared), await token('25', 'back', shared)];
    await office.post([tell('1', 'A')], front);
    await office.post([end('2', 'A')], back);
    expect(await figures()).toEqual([3, 3, 0, 0, 2]);
  });

  test('a feed that counts in one namespace is not moved to another', async () => {
    await token('A', 'settled', { namespace: 'here' });
    await token('A', 'settled', { namespace: 'here' });
    await token('A', 'settled');
    await expect(token('A', 'settled', { namespace: 'there' })).rejects.toMatchObject({ code: 'conflict' });
  });

  test('options of feeds are for feeds, and make sense', async () => {
    const io = {
      args: [] as string[],
      now: () => office.clock.now(),
      openStore: async () => ({ store: office.store }),
    };
    const run = (...args: string[]) => tokenCommand.run({ ...io, args, site: SITE } as never);
    const make = (...args: string[]) => run('--unit', '25', ...args);
    await expect(make('--kind', 'display', '--namespace', 'x')).rejects.toThrow('are for feeds');
    await expect(make('--kind', 'feed', '--cadence', 'soon')).rejects.toThrow('--cadence');
    await expect(make('--kind', 'feed', '--due', '25:00')).rejects.toThrow('--due');
  });
});
