/** What channels send, to real receivers: right, down, slow, failing; across crashes and restarts; signed and bounded. */
import { createHmac } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openStore, type Store } from '../server/store/store.ts';
import { type NotifyWorld, openNotifyWorld, siteWith } from './server/notify-world.ts';
import { type Hook, type Mailbox, openHook, openMailbox } from './server/receivers.ts';
import { settle } from './server.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

let store: Store;
let hook: Hook;
let mailbox: Mailbox;
let world: NotifyWorld;
beforeEach(async () => {
  [store, hook, mailbox] = await Promise.all([openStore(':memory:'), openHook(), openMailbox()]);
  const site = siteWith({ mail: { server: mailbox.url, from: 'IOC <ioc@phutho.example.vn>' } });
  world = openNotifyWorld({ store, tree: await settle(store) }, { site });
});
afterEach(async () => {
  await Promise.all([hook.close(), mailbox.close(), store.close()]);
});

const toldBy = ({ messages }: Hook) =>
  messages().map(({ kind, alerts }) => [
    kind,
    ...alerts.map(({ ref, severity, told }) => `${ref} ${severity} ${told}`),
  ]);

describe('a webhook', () => {
  test('is posted what happened, signed, with a key and links', async () => {
    const id = await world.add({ target: hook.url });
    const [episode] = await world.tell([{ unit: 'A', kind: 'raised', severity: 'critical' }]);
    const follower = world.follow();
    expect(await follower.run()).toBe(1);
    const [post] = hook.posts;
    const [message] = hook.messages();
    const { t: t = '', v1 } = Object.fromEntries(
      String(post?.headers['x-ioc-signature'])
        .split(',')
        .map((part) => part.split('=')),
    ) as Record<string, string>;
    expect(v1).toBe(createHmac('sha256', 's3cret').update(`${t}.${post?.body}`).digest('hex'));
    expect(Number(t)).toBe(world.clock.now() / 1000);
    expect(post?.headers['idempotency-key']).toBe(`ioc-${id}-alerts-0-1`);
    expect(message).toMatchObject({
      ...{
        key: `ioc-${id}-alerts-0-1`,
        kind: 'alerts',
        at: '2026-11-18T10:00:00+07:00',
        units: [],
        due: null,
      },
      channel: { id, name: 'Kênh trực', unit: '25', unitName: { vi: '25' } },
      url: 'https://ioc.example.vn/alerts',
      counts: { critical: 1, major: 0, warning: 0, advisory: 0 },
      alerts: [
        {
          ...{ id: episode, rule: 'HS01', ref: 'A', severity: 'critical', label: 'new', told: ['raised'] },
          ...{ figure: 81.5, threshold: 90, url: `https://ioc.example.vn/alerts/${episode}` },
        },
      ],
    });
    expect(await world.channel(id)).toMatchObject({
      ...{ place: 1, claim: null, claimUntil: null, failures: 0, sentAt: world.clock.now() },
    });
    expect(await follower.run()).toBe(0);
    expect(JSON.stringify(world.logged)).not.toContain('s3cret');
  });

  test('tells of its own subtree, from its severity on, of what was told that it is over, and of nothing silent', async () => {
    await world.add({ target: hook.url, unit: world.unit('A'), least: 'major' });
    const follower = world.follow();
    const [inside, , , silent] = await world.tell([
      { unit: 'A', kind: 'raised', severity: 'major' },
      { unit: 'D', kind: 'raised', severity: 'critical' },
      { unit: 'A', kind: 'raised', severity: 'warning' },
      { unit: 'A', kind: 'raised', severity: 'critical', isSilent: true },
    ]);
    await follower.run();
    await world.tell([
      { unit: 'A', kind: 'acknowledged', episode: inside },
      { unit: 'A', kind: 'cleared', episode: inside },
      { unit: 'A', kind: 'closed', episode: inside },
      { unit: 'A', kind: 'cleared', episode: silent },
      { unit: 'A', kind: 'cleared', episode: 3, severity: 'warning' },
    ]);
    await follower.run();
    expect(toldBy(hook)).toEqual([
      ['alerts', 'A major raised'],
      ['alerts', 'A major cleared'],
    ]);
  });

  test('hears of what people ask and answer, and nothing of what is on a shelf', async () => {
    await world.add({ target: hook.url });
    const follower = world.follow();
    const [episode, shelved] = await world.tell([
      { unit: 'A', kind: 'raised' },
      { unit: 'D', kind: 'raised' },
    ]);
    await world.change(shelved ?? 0, { suppression: 'shelved' });
    await world.tell([
      { unit: 'A', kind: 'asked', episode },
      { unit: 'A', kind: 'commented', episode },
      { unit: 'A', kind: 'escalated', episode },
    ]);
    await follower.run();
    expect(toldBy(hook)).toEqual([['alerts', 'A major raised,asked,escalated']]);
  });

  test('is one message for a commit of 3,355 alerts, and one more when they are over', async () => {
    const id = await world.add({ target: hook.url });
    const mail = await world.add({ kind: 'mail', target: 'truc@phutho.example.vn', secret: null });
    const follower = world.follow();
    const units = ['A', 'D', '25.SNV'];
    const raised = Array.from({ length: 3355 }, (_, n) => ({
      unit: units[n % 3] ?? 'A',
      kind: 'raised' as const,
    }));
    const episodes = await world.tell(raised);
    await follower.run();
    await world.tell(episodes.map((episode, n) => ({ unit: units[n % 3] ?? 'A', kind: 'cleared', episode })));
    await follower.run();
    const messages = hook.messages();
    expect(
      messages.map(({ kind, alerts, counts, units: rows }) => [
        kind,
        alerts.length,
        counts.major,
        rows.length,
      ]),
    ).toEqual([
      ['alerts', 3355, 3355, 3],
      ['alerts', 3355, 3355, 3],
    ]);
    expect(messages[0]?.units.map(({ ref, counts }) => [ref, counts.major])).toEqual([
      ['A', 1119],
      ['25.SNV', 1118],
      ['D', 1118],
    ]);
    expect(mailbox.mails.map(({ headers }) => headers.subject)).toEqual([
      '[Báo động] 25: 3355 cảnh báo',
      '[Báo động] 25: 3355 cảnh báo',
    ]);
    expect(mailbox.mails[0]?.html.match(/<tr>/g)?.length).toBe(2 * 4);
    expect(await world.channel(id)).toMatchObject({ place: 6710, claim: null });
    expect((await world.channel(mail)).place).toBe(6710);
  });

  test('does not follow a redirect, and reads no endless answer', async () => {
    const other = await openHook();
    hook.replies.push({ status: 302, headers: { location: other.url } });
    const id = await world.add({ target: hook.url });
    await world.tell([{ unit: 'A', kind: 'raised' }]);
    await world.follow().run();
    expect(other.posts).toEqual([]);
    expect(await world.channel(id)).toMatchObject({ failures: 1, failure: 'the receiver answered 302' });
    await other.close();
  });
});

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
    hook = await openHook(Number(new URL(hook.url).port));
    world.clock.set((await world.channel(dead)).nextAt ?? 0);
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

describe('an e-mail', () => {
  const add = (target = 'truc@phutho.example.vn, lanh-dao@phutho.example.vn') =>
    world.add({ kind: 'mail', secret: null, target });

  test('is written in both languages, with severity and unit in its subject, and links', async () => {
    const id = await add();
    const [episode] = await world.tell([{ unit: 'A', kind: 'raised', severity: 'critical' }]);
    await world.follow().run();
    const [mail] = mailbox.mails;
    expect(mail).toMatchObject({
      ...{ from: 'ioc@phutho.example.vn', to: ['truc@phutho.example.vn', 'lanh-dao@phutho.example.vn'] },
      headers: {
        ...{ 'message-id': `<ioc-${id}-alerts-0-1@phutho.example.vn>`, 'auto-submitted': 'auto-generated' },
        'idempotency-key': `ioc-${id}-alerts-0-1`,
      },
    });
    expect(mail?.headers.subject).toMatch(/^\[Nghiêm trọng\] A: .+ – mới phát sinh$/);
    for (const part of [mail?.text, mail?.html]) {
      expect(part).toContain('◆ Nghiêm trọng');
      expect(part).toContain('◆ Critical');
      expect(part).toContain('81,5 (ngưỡng 90)');
      expect(part).toContain('10:00 18/11/2026');
      expect(part).toContain(`https://ioc.example.vn/alerts/${episode}`);
    }
  });

  test('is sent again when the server is busy, and says which recipients were refused', async () => {
    const id = await add();
    mailbox.replies.push(451);
    mailbox.unknown.add('lanh-dao@phutho.example.vn');
    await world.tell([{ unit: 'A', kind: 'raised' }]);
    const follower = world.follow();
    await follower.run();
    expect(await world.channel(id)).toMatchObject({
      ...{ failures: 1, failure: 'the mail was not taken (EMESSAGE, the server answered 451)' },
    });
    world.clock.advance(1000);
    await follower.run();
    expect(mailbox.mails.map(({ to }) => to)).toEqual([['truc@phutho.example.vn']]);
    expect(await world.channel(id)).toMatchObject({ failures: 0, failure: '1 of 2 recipients were refused' });
  });

  test('to a server that hangs or refuses the password is tried again, and no log holds either', async () => {
    const id = await add();
    mailbox.replies.push('silence');
    await world.tell([{ unit: 'A', kind: 'raised' }]);
    await world.follow({ timeoutMs: 300 }).run();
    expect(await world.channel(id)).toMatchObject({ failures: 1, place: 0 });
    const wrong = openNotifyWorld(world, {
      site: siteWith({ mail: { server: mailbox.url.replace('very', 'not-so'), from: 'a@b.vn' } }),
      start: world.clock.now() + MINUTE,
    });
    await wrong.follow().run();
    expect((await world.channel(id)).failure).toBe('the mail was not taken (EAUTH, the server answered 535)');
    const logs = JSON.stringify([...world.logged, ...wrong.logged]);
    expect(logs).toContain('a message did not arrive');
    for (const secret of ['secret', 'truc@', 'smtp:']) expect(logs).not.toContain(secret);
  });
});
