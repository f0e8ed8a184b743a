/** Channels as administrators look after them: made, tried out, changed, removed; and where none may send to. */
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { checkTarget, isOuterAddress } from '../server/notify/target.ts';
import { postHook, signBody } from '../server/notify/webhook.ts';
import type { PersonCaller } from '../server/people/caller.ts';
import { AlertBrief } from '../shared/alert.ts';
import { Notification } from '../shared/notification.ts';
import type { ChannelView } from '../shared/rule-view.ts';
import { siteWith } from './server/notify-world.ts';
import { type Browser, enter, statusOf } from './server/people.ts';
import { type Hook, openHook } from './server/receivers.ts';
import { type Running, runApp } from './server.ts';

let running: Running;
let hook: Hook;
let top: Browser & { id: number };
let commune: Browser & { id: number };
beforeEach(async () => {
  [running, hook] = await Promise.all([runApp({ site: siteWith() }), openHook()]);
  top = await enter(running, 'quan-tri', [['administrator', '25']]);
  commune = await enter(running, 'xa-a', [
    ['administrator', 'A'],
    ['viewer', '25'],
  ]);
});
afterEach(async () => {
  await running.close();
  await hook.close();
});

const order = (more: object = {}) => ({
  kind: 'webhook',
  name: 'Zalo',
  unit: 'A',
  target: hook.url,
  ...more,
});
const add = async (browser: Browser, more: object = {}) => {
  const { body } = await browser.ask('POST', '/api/channels', order(more));
  return body as { channel: ChannelView; secret: string | null };
};
const list = async (browser: Browser) =>
  ((await browser.ask('GET', '/api/channels')).body as { channels: ChannelView[] }).channels;

describe('an administrator', () => {
  test('makes a channel, is told its secret once, and finds it in the list', async () => {
    const { channel, secret } = await add(top, { repeatHours: 4, quietFrom: '22:00', quietTo: '06:00' });
    expect(secret).toMatch(/^[\w-]{43}$/);
    expect(channel).toEqual({
      ...{
        id: 1,
        kind: 'webhook',
        name: 'Zalo',
        unit: 'A',
        unitName: { vi: 'A', en: 'A' },
        target: hook.url,
      },
      ...{ least: 'warning', mode: 'immediate', repeatHours: 4, quietFrom: '22:00', quietTo: '06:00' },
      ...{ isEnabled: true, state: 'ok', sentAt: null, failedAt: null, failure: null, waiting: 0 },
    });
    const answer = await top.ask('GET', '/api/channels');
    expect(answer.body).toEqual({ channels: [channel], canMail: false });
    const audit = await running.store.reader.db.selectFrom('audit').selectAll().execute();
    const rows = audit.filter(({ act }) => act === 'addChannel');
    expect(rows.map(({ subject, caller, unit }) => [subject, caller, unit])).toEqual([
      ['channel:1', 'person:quan-tri', running.tree.findByReference('A', '2026-11-18')?.id],
    ]);
    expect(rows[0]?.after).toContain(new URL(hook.url).origin);
    for (const hidden of [secret ?? '', '/hook']) expect(JSON.stringify(audit)).not.toContain(hidden);
  });

  test('looks after channels in his units alone; others do not exist', async () => {
    const { channel: upper } = await add(top, { unit: '25' });
    const { channel: own } = await add(commune);
    expect((await list(commune)).map(({ id }) => id)).toEqual([own.id]);
    expect((await list(top)).map(({ id }) => id)).toEqual([upper.id, own.id]);
    expect(statusOf(await commune.ask('POST', '/api/channels', order({ unit: '25' })))).toBe('403 forbidden');
    for (const [method, path, body] of [
      ['PUT', '/api/channels', { id: upper.id, isEnabled: false }],
      ['DELETE', `/api/channels?id=${upper.id}`, undefined],
    ] as const)
      expect(statusOf(await commune.ask(method, path, body))).toBe('404 notFound');
    expect((await list(top)).map(({ isEnabled }) => isEnabled)).toEqual([true, true]);
  });

  test('tries a channel out, and hears why it does not arrive', async () => {
    const { channel } = await add(top);
    const trial = { id: channel.id, sendTrial: true };
    expect(statusOf(await top.ask('PUT', '/api/channels', trial))).toBe(200);
    expect(hook.messages()).toMatchObject([
      { kind: 'trial', alerts: [], channel: { name: 'Zalo', unit: 'A' } },
    ]);
    hook.replies.push(410);
    const refused = await top.ask('PUT', '/api/channels', trial);
    expect(statusOf(refused)).toBe('422 unprocessable');
    expect(refused.body).toMatchObject({ detail: 'The trial did not arrive: the receiver answered 410.' });
    expect((await list(top))[0]).toMatchObject({ state: 'ok', failure: null, waiting: 0 });
  });

  test('changes a channel; switched off and on again it begins anew', async () => {
    const { channel } = await add(top);
    const other = await openHook();
    const change = async (facts: object) =>
      (await top.ask('PUT', '/api/channels', { id: channel.id, ...facts })).body as ChannelView;
    expect(
      await change({ name: 'Đội trực', target: other.url, least: 'critical', mode: 'digest' }),
    ).toMatchObject({
      ...{ name: 'Đội trực', target: other.url, least: 'critical', mode: 'digest', state: 'ok' },
    });
    expect(await change({ isEnabled: false })).toMatchObject({ isEnabled: false, state: 'off' });
    expect(await change({ isEnabled: true, mode: 'immediate' })).toMatchObject({
      isEnabled: true,
      state: 'ok',
    });
    expect(statusOf(await top.ask('DELETE', `/api/channels?id=${channel.id}`))).toBe(200);
    expect(await list(top)).toEqual([]);
    expect(statusOf(await top.ask('PUT', '/api/channels', { id: channel.id, isEnabled: true }))).toBe(
      '404 notFound',
    );
    await other.close();
  });

  test('is refused what makes no sense, in words that say what', async () => {
    const refusalOf = async (more: object) => {
      const answer = await top.ask('POST', '/api/channels', order(more));
      const { errors } = answer.body as { errors?: { field: string }[] };
      return `${statusOf(answer)} ${errors?.map(({ field }) => field)}`;
    };
    expect(await refusalOf({ target: 'ftp://x.example.vn' })).toBe('422 unprocessable target');
    expect(await refusalOf({ target: 'https://ai:do@x.example.vn' })).toBe('422 unprocessable target');
    expect(await refusalOf({ target: 'not an address' })).toBe('422 unprocessable target');
    expect(await refusalOf({ quietFrom: '22:00' })).toBe('422 unprocessable quietTo');
    expect(await refusalOf({ quietFrom: '22:00', quietTo: '22:00' })).toBe('422 unprocessable quietTo');
    expect(await refusalOf({ quietFrom: '24:00', quietTo: '06:00' })).toBe('422 unprocessable quietFrom');
    expect(await refusalOf({ kind: 'mail', target: 'a@b.vn' })).toBe('422 unprocessable kind');
    expect(await refusalOf({ repeatHours: 0 })).toBe('422 unprocessable repeatHours');
    expect(await refusalOf({ unit: 'nowhere' })).toBe('404 notFound unit');
    expect(await list(top)).toEqual([]);
  });

  test('of the demo looks at channels and has nothing sent', async () => {
    const { channel } = await add(top);
    const input = { id: channel.id, sendTrial: true } as const;
    const rows = running.store.reader.db.selectFrom('session').selectAll().where('account', '=', top.id);
    const { id: session } = await rows.executeTakeFirstOrThrow();
    const caller: PersonCaller = {
      ...{
        account: top.id,
        session,
        login: 'demo',
        title: 'demo',
        grants: [],
        isLocked: false,
        idleMs: null,
      },
      ...{ isCookieOld: false, address: null, validUntil: null },
      kind: 'person',
      how: 'demo',
    };
    const now = running.clock.now();
    await expect(
      running.acts.writer.run({ name: 'changeChannel', caller, input, now }),
    ).rejects.toMatchObject({ code: 'forbidden' });
  });
});

test('an event of the log goes out by the app itself, and its numbers show it', async () => {
  await add(top);
  const db = running.store.reader.db;
  expect(await running.app.notify()).toBe(0);
  await running.store.commit(running.clock.now(), async (tx) => {
    const unit = running.tree.findByReference('A', '2026-11-18')?.id ?? 0;
    const note = {
      seq: tx.seq,
      at: tx.at,
      episode: 1,
      unit,
      kind: 'raised',
      severity: 'major',
      figure: 1,
    } as const;
    const facts = { isCount: 0, by: null, text: null, facts: null, isSilent: 0 };
    await tx.db
      .insertInto('episodeNote')
      .values({ ...note, ...facts })
      .execute();
  });
  const metric = async (name: string) =>
    new RegExp(`^${name} (.+)$`, 'm').exec(String((await running.ask('/metrics')).body))?.[1];
  expect(await metric('ioc_notes_waiting')).toBe('1');
  // Its episode is not there: there is nothing to tell, and the channel goes on.
  expect(await running.app.notify()).toBe(1);
  await running.app.notified();
  expect(await metric('ioc_notes_waiting')).toBe('0');
  expect((await db.selectFrom('channel').selectAll().executeTakeFirst())?.place).toBe(1);
  expect(running.troubles).toEqual([]);
});

describe('a target', () => {
  const site = { allowPrivateTargets: false };
  const webhook = (target: string) => checkTarget({ kind: 'webhook', target }, site);

  test('lies outside the networks of the host, however it is written', () => {
    const inner = [
      ...[
        '127.0.0.1',
        '10.1.2.3',
        '172.31.255.255',
        '192.168.1.1',
        '169.254.169.254',
        '100.64.0.1',
        '0.0.0.0',
      ],
      ...[
        '::1',
        '::',
        'fe80::1',
        'fd00::1',
        '::ffff:127.0.0.1',
        '::ffff:8.8.8.8',
        '2002:7f00:1::',
        '64:ff9b::7f00:1',
      ],
      ...['255.255.255.255', '224.0.0.1', 'ff02::1', 'localhost', ''],
    ];
    expect(inner.filter(isOuterAddress)).toEqual([]);
    const outer = ['8.8.8.8', '203.162.4.190', '172.32.0.1', '2606:4700:4700::1111'];
    expect(outer.filter(isOuterAddress)).toEqual(outer);
    const hidden = [
      'http://127.0.0.1/',
      'http://2130706433/',
      'http://0x7f.1/',
      'http://[::1]:80/',
      'https://0177.0.0.1',
    ];
    for (const address of hidden) expect(() => webhook(address), address).toThrow(/private network/);
    expect(webhook('https://receiver.example.vn/a?b=c')).toBe('https://receiver.example.vn/a?b=c');
    expect(webhook('https://8.8.8.8/')).toBe('https://8.8.8.8/');
  });

  test('that has a name is looked up, and no private address it has is ever connected to', async () => {
    const message = { key: 'k' } as unknown as Notification;
    const post = (target: string) =>
      postHook({ target, secret: null }, message, { settings: { ...site, timeoutMs: 2000 }, now: 0 });
    const { port } = new URL(hook.url);
    for (const host of ['localhost', '127.0.0.1', '[::1]'])
      await expect(post(`http://${host}:${port}/hook`), host).rejects.toThrow(
        'the target lies in a private network',
      );
    expect(hook.posts).toEqual([]);
  });

  test('of mail is a list of addresses', () => {
    const mail = (target: string) => checkTarget({ kind: 'mail', target }, site);
    expect(mail('a@b.vn;c@d.vn , e@f.vn')).toBe('a@b.vn, c@d.vn, e@f.vn');
    for (const wrong of ['', 'a@b', 'a@b.vn\r\nBcc: x@y.vn', 'An <a@b.vn>'])
      expect(() => mail(wrong), wrong).toThrow(/cannot be used/);
  });
});

describe('what receivers are told to do', () => {
  const words = readFileSync(join(import.meta.dirname, '../docs/notify.md'), 'utf8');
  const block = (language: string) => new RegExp(`\`\`\`${language}\n([^]*?)\`\`\``).exec(words)?.[1] ?? '';

  test('is shown by a message as it really is', () => {
    const shown = Notification.strict().parse(JSON.parse(block('json')));
    expect(Object.keys(shown.alerts[0] ?? {}).sort()).toEqual(
      [...Object.keys(AlertBrief.shape), 'told', 'url'].sort(),
    );
  });

  test('lets through what the centre signed, and nothing else', async () => {
    const file = join(tmpdir(), `ioc-docs-${process.pid}.mjs`);
    writeFileSync(file, block('js').replace('function isFromCentre', 'export function isFromCentre'));
    const { isFromCentre } = (await import(file)) as {
      isFromCentre: (secret: string, header: string | undefined, body: string) => boolean;
    };
    rmSync(file);
    const now = Date.now();
    const signed = signBody('khoá', '{"key":"ữ"}', now);
    expect(isFromCentre('khoá', signed, '{"key":"ữ"}')).toBe(true);
    expect(isFromCentre('khoá', signed, '{"key":"u"}')).toBe(false);
    expect(isFromCentre('other', signed, '{"key":"ữ"}')).toBe(false);
    expect(isFromCentre('khoá', signBody('khoá', '{}', now - 301_000), '{}')).toBe(false);
    expect(isFromCentre('khoá', undefined, '{}')).toBe(false);
  });
});
