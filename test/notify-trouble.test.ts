/** What becomes of messages when receivers are down, slow or failing, and when processes die: nothing lost, nothing forgotten. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openStore, type Store } from '../server/store/store.ts';
import { type NotifyWorld, openNotifyWorld } from './server/notify-world.ts';
import { type Hook, openHook } from './server/receivers.ts';
import { settle } from './server.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

let store: Store;
let hook: Hook;
let world: NotifyWorld;
beforeEach(async () => {
  [store, hook] = await Promise.all([openStore(':memory:'), openHook()]);
  world = openNotifyWorld({ store, tree: await settle(store) });
});
afterEach(async () => {
  await Promise.all([hook.close(), store.close()]);
});

const toldBy = ({ messages }: Hook) =>
  messages().map(({ kind, alerts }) => [
    kind,
    ...alerts.map(({ ref, severity, told }) => `${ref} ${severity} ${told}`),
  ]);

describe('a receiver that fails', () => {
  test('is sent the same message under the same key until it takes it, in order, later each time', async () => {
    const id = await world.add({ target: hook.url });
    hook.replies.push(500, 500, 503);
    const follower = world.follow();
    const start = world.clock.now();
    await world.tell([{ unit: 'A', kind: 'raised' }]);
    await follower.run();
    await world.tell([{ unit: 'D', kind: 'raised' }]);
    const waits: number[] = [];
    for (let n = 0; n < 3; n++) {
      const { nextAt } = await world.channel(id);
      waits.push((nextAt ?? 0) - world.clock.now());
      world.clock.set((nextAt ?? 0) - 1);
      expect(await follower.run()).toBe(0);
      world.clock.advance(1);
      await follower.run();
    }
    expect(waits).toEqual([1000, 2000, 4000]);
    expect(hook.messages().map(({ key }) => key)).toEqual([
      ...Array.from({ length: 4 }, () => `ioc-${id}-alerts-0-1`),
      `ioc-${id}-alerts-1-2`,
    ]);
    expect(toldBy(hook).slice(3)).toEqual([
      ['alerts', 'A major raised'],
      ['alerts', 'D major raised'],
    ]);
    expect(await world.channel(id)).toMatchObject({ failures: 0, failedFrom: null, failedAt: start + 3000 });
  });

  test('is never given up: after three days down all that happened arrives', async () => {
    await hook.close();
    const id = await world.add({ target: hook.url });
    const follower = world.follow();
    const end = world.clock.now() + 73 * HOUR;
    let tries = 0;
    await world.tell([{ unit: 'A', kind: 'raised' }]);
    for (let n = 0; world.clock.now() < end; n++) {
      if (n % 100 === 0) await world.tell([{ unit: 'D', kind: 'raised' }]);
      tries += await follower.run();
      world.clock.set((await world.channel(id)).nextAt ?? 0);
    }
    expect(await world.channel(id)).toMatchObject({ failure: 'the connection was refused', place: 0 });
    // Doubled to five minutes: nearly twelve tries an hour, and not more.
    expect(tries).toBeLessThan(73 * 12 + 12);
    hook = await openHook(Number(new URL(hook.url).port));
    await follower.run();
    const told = hook.messages().flatMap(({ alerts }) => alerts.filter(({ rule }) => rule !== 'channel'));
    expect(told.length).toBe(1 + Math.ceil(tries / 100));
    expect(new Set(told.map(({ id: episode }) => episode)).size).toBe(told.length);
  }, 60_000);

  test('does not hold up the other channels while it says nothing', async () => {
    const silent = await openHook();
    silent.replies.push('silence');
    const slow = await world.add({ target: silent.url, name: 'slow' });
    await world.add({ target: hook.url });
    await world.tell([{ unit: 'A', kind: 'raised' }]);
    const follower = world.follow({ timeoutMs: 400 });
    expect(await follower.pulse(world.clock.now())).toBe(2);
    await expect.poll(() => hook.posts.length).toBe(1);
    await world.tell([{ unit: 'D', kind: 'raised' }]);
    expect(await follower.pulse(world.clock.now())).toBe(1);
    await expect.poll(() => hook.posts.length).toBe(2);
    await follower.settled();
    expect(await world.channel(slow)).toMatchObject({ failures: 1, failure: 'no answer in time', place: 0 });
    await silent.close();
  });

  test('raises an alert that other channels of the unit and above tell, and that clears when it works again', async () => {
    await hook.close();
    const other = await openHook();
    const beside = await openHook();
    const dead = await world.add({ target: hook.url, unit: world.unit('A'), name: 'Zalo của xã' });
    await world.add({ target: other.url });
    await world.add({ target: beside.url, unit: world.unit('D') });
    const follower = world.follow();
    await world.tell([{ unit: 'A', kind: 'raised' }]);
    for (const end = world.clock.now() + 6 * MINUTE; world.clock.now() < end; ) {
      await follower.run();
      world.clock.set((await world.channel(dead)).nextAt ?? end);
    }
    await follower.run();
    expect(toldBy(other)).toEqual([
      ['alerts', 'A major raised'],
      ['alerts', 'A major raised'],
    ]);
    const [, told] = other.messages();
    expect(told?.alerts[0]).toMatchObject({
      ...{ rule: 'channel', subject: 'Zalo của xã', ref: 'A', label: 'new' },
      name: { vi: 'Kênh thông báo không gửi được' },
    });
    // No sample raised it, so no rule that is judged anew each day may end it.
    world.clock.advance(24 * HOUR);
    await world.acts.writer.run({
      ...{ name: 'judge', caller: { kind: 'clock' }, input: null, now: world.clock.now() },
    });
    hook = await openHook(Number(new URL(hook.url).port));
    world.clock.set(Math.max(world.clock.now(), (await world.channel(dead)).nextAt ?? 0));
    await follower.run();
    await follower.run();
    expect(toldBy(hook)).toEqual([['alerts', 'A major raised']]);
    expect(toldBy(other).at(-1)).toEqual(['alerts', 'A major cleared']);
    expect(beside.posts).toEqual([]);
    expect(await world.channel(dead)).toMatchObject({ episode: null, failures: 0, failedFrom: null });
    const alerts = await store.reader.db.selectFrom('alert').selectAll().execute();
    expect(alerts).toEqual([]);
    await Promise.all([other.close(), beside.close()]);
  });
});

describe('a process', () => {
  test('that dies between sending and noting is followed by one that sends again under the same key', async () => {
    const id = await world.add({ target: hook.url });
    const { run } = world.acts.writer;
    const dying = world.follow({
      run: (order) => (order.name === 'noteSent' ? Promise.reject(new Error('killed')) : run(order)),
    });
    await world.tell([{ unit: 'A', kind: 'raised' }]);
    await dying.run();
    expect(hook.posts.length).toBe(1);
    // What happens meanwhile does not change what the message is.
    await world.tell([{ unit: 'D', kind: 'raised' }]);
    const next = world.follow();
    expect(await next.run()).toBe(0);
    world.clock.advance(MINUTE);
    await next.run();
    expect(hook.messages().map(({ key }) => key)).toEqual([
      ...[`ioc-${id}-alerts-0-1`, `ioc-${id}-alerts-0-1`],
      `ioc-${id}-alerts-1-2`,
    ]);
    expect(hook.posts[0]?.body.replace(/"seq":\d+/g, '')).toBe(hook.posts[1]?.body.replace(/"seq":\d+/g, ''));
  });

  test('that dies before sending loses nothing', async () => {
    await world.add({ target: hook.url });
    const dying = world.follow({ send: () => new Promise(() => undefined) });
    await world.tell([{ unit: 'A', kind: 'raised' }]);
    await dying.pulse(world.clock.now());
    await expect.poll(async () => (await world.channel(1)).claimUntil).not.toBe(null);
    world.clock.advance(MINUTE);
    await world.follow().run();
    expect(toldBy(hook)).toEqual([['alerts', 'A major raised']]);
  });

  test('beside another doubles nothing', async () => {
    await world.add({ target: hook.url });
    await world.add({ target: hook.url, name: 'second', least: 'critical' });
    const followers = [world.follow(), world.follow(), world.follow()];
    for (let n = 0; n < 20; n++) {
      await world.tell([{ unit: 'A', kind: 'raised', severity: n % 2 === 0 ? 'critical' : 'major' }]);
      await Promise.all(followers.map((follower) => follower.run()));
      world.clock.advance(500);
    }
    await Promise.all(followers.map((follower) => follower.run()));
    const told = hook
      .messages()
      .flatMap(({ channel, alerts }) => alerts.map(({ id }) => `${channel.id} ${id}`));
    expect(told.length).toBe(30);
    expect(new Set(told).size).toBe(30);
  });

  test('that finds nothing new reads once and writes nothing', async () => {
    const id = await world.add({ target: hook.url });
    await world.tell([{ unit: 'A', kind: 'raised' }]);
    const follower = world.follow();
    await follower.run();
    const { seq } = await store.readClock();
    for (let n = 0; n < 10; n++) expect(await follower.run()).toBe(0);
    expect((await store.readClock()).seq).toBe(seq);
    expect((await world.channel(id)).place).toBe(1);
  });
});
