/** From an event that a feed posts to the mail and the post that tell of its alert; and several processes over one store. */
import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openStore, type Store } from '../server/store/store.ts';
import { receivedOver, setRules } from './server/judging.ts';
import { openNotifyWorld, siteWith } from './server/notify-world.ts';
import { type Browser, enter, PASSWORD } from './server/people.ts';
import { type Hook, type Mailbox, openHook, openMailbox } from './server/receivers.ts';
import { createStores } from './server/stores.ts';
import { at, iso, step } from './server/world.ts';
import { type Running, runApp } from './server.ts';

const HOUR = 3_600_000;
const NAME = { vi: 'Nhận quá nhiều hồ sơ', en: 'Too many dossiers' };

const received = (count: number, unit: string, when: number, prefix: string) =>
  Array.from({ length: count }, (_, index) =>
    step({
      ...{ id: `${prefix}${index}`, dossier: `${prefix}${index}`, at: iso(when), status: 2 },
      ...{ receiver: unit, resolver: unit },
    }),
  );

describe('an event that breaks a rule', () => {
  let running: Running;
  let hook: Hook;
  let mailbox: Mailbox;
  let top: Browser;
  let feed: string;
  beforeEach(async () => {
    [hook, mailbox] = await Promise.all([openHook(), openMailbox()]);
    const site = siteWith({ mail: { server: mailbox.url, from: 'ioc@phutho.example.vn' } });
    running = await runApp({ site });
    top = await enter(running, 'quan-tri', [
      ['administrator', '25'],
      ['operator', '25'],
    ]);
    feed = await running.token('feed', '25');
    const levels = [{ severity: 'major', raise: 3, count: null }] as const;
    const rule = receivedOver(3, { name: NAME, levels: [...levels] });
    await setRules(running.store, { busy: rule }, { now: running.clock.now() });
    await running.post(received(1, 'D', running.clock.now(), 'first'), feed);
    await running.app.judge();
  });
  afterEach(async () => {
    await running.close();
    await Promise.all([hook.close(), mailbox.close()]);
  });

  const add = async (more: object) => {
    const { status } = await top.ask('POST', '/api/channels', { name: 'Kênh', unit: 'A', ...more });
    expect(status).toBe(200);
  };
  /** What the server does by itself, as its timers have it done. */
  const turn = async () => {
    while (await running.app.judge());
    await running.app.notify();
    await running.app.notified();
  };

  test('is told by mail and by post, once, as its alert is shown', async () => {
    await add({ kind: 'webhook', target: hook.url });
    await add({ kind: 'mail', target: 'truc@phutho.example.vn', least: 'major' });
    expect((await running.post(received(4, 'A', running.clock.now(), 'a'), feed)).status).toBe(200);
    await turn();
    await turn();
    const listed = await top.ask('GET', '/api/alerts?unit=A');
    const [alert] = (listed.body as { alerts: { id: number }[] }).alerts;
    expect(hook.messages()).toMatchObject([
      {
        kind: 'alerts',
        counts: { major: 1 },
        alerts: [{ ...alert, told: ['raised'], figure: 4, threshold: 3 }],
      },
    ]);
    expect(mailbox.mails.map(({ headers }) => headers.subject)).toEqual([
      '[Báo động] A: Nhận quá nhiều hồ sơ – mới phát sinh',
    ]);
    expect(mailbox.mails[0]?.text).toContain('▲ Báo động · A · Nhận quá nhiều hồ sơ · 4 (ngưỡng 3)');
    expect(mailbox.mails[0]?.html).toContain(`https://ioc.example.vn/alerts/${alert?.id}`);
    expect(running.troubles).toEqual([]);
  });

  test('is repeated until somebody acknowledges, told of when an explanation is asked, and said to be over', async () => {
    await add({ kind: 'webhook', target: hook.url, repeatHours: 1 });
    await running.post(received(4, 'A', running.clock.now(), 'a'), feed);
    await turn();
    running.clock.advance(HOUR);
    await turn();
    const told = () => hook.messages().map(({ kind, alerts }) => `${kind} ${alerts.map((one) => one.told)}`);
    expect(told()).toEqual(['alerts raised', 'repeat ']);
    const id = hook.messages()[0]?.alerts[0]?.id;
    await top.ask('POST', '/api/session', { login: 'quan-tri', password: PASSWORD });
    const acknowledged = await top.ask('POST', `/api/alerts/${id}/acknowledge`, { note: 'đang xem' });
    expect(acknowledged.status).toBe(200);
    const question = { question: 'Vì sao?', within: { amount: 8, unit: 'workingHours' } };
    expect((await top.ask('POST', `/api/alerts/${id}/explain`, question)).status).toBe(200);
    await turn();
    running.clock.advance(HOUR);
    await turn();
    expect(told().slice(2)).toEqual(['alerts asked']);
    // Nobody's name and nothing that somebody wrote goes out.
    expect(JSON.stringify(hook.posts)).not.toMatch(/đang xem|Vì sao|quan-tri/);
    running.clock.set(at('2026-11-19 08:00'));
    await turn();
    await running.post(received(1, 'A', running.clock.now(), 'b'), feed);
    await turn();
    expect(told().at(-1)).toContain('cleared');
    expect(running.troubles).toEqual([]);
  });
});

describe('several processes over one PostgreSQL', () => {
  const stores = createStores();
  const opened: Store[] = [];
  afterAll(async () => {
    for (const store of opened) await store.close();
    await stores.close();
  });

  test('send each message once, whoever of them sends it, and one takes over what another left', async () => {
    const prepared = await stores.open('postgres');
    const hook = await openHook();
    const worlds = [openNotifyWorld(prepared)];
    for (let n = 0; n < 2; n++) {
      const store = await openStore(prepared.url);
      opened.push(store);
      worlds.push(openNotifyWorld({ store, tree: prepared.tree }));
    }
    const [first] = worlds;
    if (!first) throw new Error('no world');
    const id = await first.add({ target: hook.url });
    await first.add({ target: hook.url, name: 'another' });
    const followers = worlds.map((world) => world.follow());
    for (let n = 0; n < 10; n++) {
      await first.tell([{ unit: 'A', kind: 'raised' }]);
      await Promise.all(followers.map((follower) => follower.run()));
      for (const { clock } of worlds) clock.advance(500);
    }
    await Promise.all(followers.map((follower) => follower.run()));
    const told = hook
      .messages()
      .flatMap(({ channel, alerts }) => alerts.map((one) => `${channel.id} ${one.id}`));
    expect(told.length).toBe(20);
    expect(new Set(told).size).toBe(20);
    const { run } = first.acts.writer;
    const dying = first.follow({
      run: (order) => (order.name === 'noteSent' ? Promise.reject(new Error('killed')) : run(order)),
    });
    await first.tell([{ unit: 'D', kind: 'raised' }]);
    await dying.run();
    for (const { clock } of worlds) clock.advance(60_000);
    await Promise.all(followers.map((follower) => follower.run()));
    const keys = hook.messages().map(({ key }) => key);
    const last = keys.filter((key) => key.startsWith(`ioc-${id}-`)).slice(-2);
    expect(last).toEqual([`ioc-${id}-alerts-10-11`, `ioc-${id}-alerts-10-11`]);
    await hook.close();
  });
});
