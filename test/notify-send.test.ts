/** What channels send, to a real web server and a real mail server: signed, filtered, in two languages, one message a commit. */

import { createHmac } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openStore, type Store } from '../server/store/store.ts';
import { insertFeed } from './server/judged-world.ts';
import { type NotifyWorld, openNotifyWorld, siteWith } from './server/notify-world.ts';
import { type Hook, type Mailbox, openHook, openMailbox } from './server/receivers.ts';
import { settle } from './server.ts';

const MINUTE = 60_000;

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
    const [, t, v1] = /^t=(\d+),v1=(\w+)$/.exec(String(post?.headers['x-ioc-signature'])) ?? [];
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

describe('an e-mail', () => {
  const add = (target = 'truc@phutho.example.vn, lanh-dao@phutho.example.vn') =>
    world.add({ kind: 'mail', secret: null, target });

  test('names the feed that is silent by its name, and writes how late the judge is as time', async () => {
    await add();
    const of = (rule: string) => ({ unit: 'A', kind: 'raised', rule }) as const;
    const [silent = 0, late = 0] = await world.tell([of('feed'), of('judge')]);
    const unit = world.unit('A');
    await world.store.commit(world.clock.now(), async ({ db, seq }) => {
      await insertFeed(db, { seq, unit, now: world.clock.now(), cadenceMs: null });
      await db.updateTable('feed').set({ name: 'Một cửa xã A' }).execute();
    });
    await world.change(silent, { key: 'f' });
    await world.change(late, { figure: 2160, threshold: 60 });
    await world.follow().run();
    const [mail] = mailbox.mails;
    expect(mail?.text).toContain('Nguồn dữ liệu im lặng (Một cửa xã A)');
    expect(mail?.text).toContain('36 phút (ngưỡng 1 phút)');
    expect(mail?.text).toContain('36 min (threshold 1 min)');
  });

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
