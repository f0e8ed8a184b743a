import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { addPerson, enter, listActs, openBrowser, PASSWORD, statusOf, unitId } from './server/people.ts';
import { type Running, runApp } from './server.ts';

let running: Running;
beforeEach(async () => {
  running = await runApp();
});
afterEach(() => running.close());

const MINUTE = 60_000;

describe('a password', () => {
  test('or login with a character that no database can hold is refused before it is looked up', async () => {
    const browser = openBrowser(running);
    for (const text of ['a\0', 'a\ud800'])
      expect(statusOf(await browser.ask('POST', '/api/session', { login: text, password: text }))).toBe(
        '400 badInput',
      );
    expect(running.troubles).toEqual([]);
  });

  test('is set by a link that dies on first use, and lets one in', async () => {
    const { id, link } = await addPerson(running, 'van-thu', [['operator', 'A']]);
    const browser = openBrowser(running);
    const before = await browser.ask('POST', '/api/session', { login: 'van-thu', password: PASSWORD });
    expect(statusOf(before)).toBe('401 unauthorised');
    const set = await browser.ask('PUT', '/api/password', { link, password: PASSWORD });
    expect(set.body).toEqual({ login: 'van-thu' });
    expect(statusOf(await browser.ask('PUT', '/api/password', { link, password: `${PASSWORD} x` }))).toBe(
      '401 unauthorised',
    );
    const entered = await browser.ask('POST', '/api/session', { login: 'van-thu', password: PASSWORD });
    expect(entered.body).toEqual({ unit: 'A' });
    expect(entered.headers.get('set-cookie')).toMatch(
      /^ioc_session=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax$/,
    );
    expect((await browser.ask('GET', '/api/session')).body).toMatchObject({
      demo: false,
      unit: { code: 'A' },
      caller: {
        kind: 'person',
        how: 'password',
        account: id,
        login: 'van-thu',
        title: 'Title of van-thu',
        grants: [{ role: 'operator', unit: 'A', unitName: { vi: 'A', en: 'A' } }],
      },
      lock: { isLocked: false, idleMs: 15 * MINUTE },
      demoRoles: [],
    });
    const [row] = await running.store.reader.db.selectFrom('session').selectAll().execute();
    expect(JSON.stringify(row)).not.toContain(browser.cookie().split('=')[1]);
    const account = await running.store.reader.db.selectFrom('account').selectAll().executeTakeFirst();
    expect(account?.password).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  });

  test('is not set by a link of eight hours ago, nor by a guess', async () => {
    const { link } = await addPerson(running, 'van-thu', [['operator', 'A']]);
    running.clock.advance(8 * 60 * MINUTE);
    const browser = openBrowser(running);
    for (const text of [link, 'x'.repeat(43)])
      expect(statusOf(await browser.ask('PUT', '/api/password', { link: text, password: PASSWORD }))).toBe(
        '401 unauthorised',
      );
  });

  test('is refused where it is short, the login, or what is tried first; and then the link stays good', async () => {
    const { link } = await addPerson(running, 'van-thu', [['operator', 'A']]);
    const browser = openBrowser(running);
    const own = ['ngắn quá thôi', 'van-thu cua toi o day'];
    const common = [
      'passwordpassword1',
      'qwertyuiop123456',
      'abcabcabcabcabc',
      'Matkhau123456789',
      'aaaaaaaaaaaaaaaa',
    ];
    for (const password of [...own, ...common])
      expect([password, statusOf(await browser.ask('PUT', '/api/password', { link, password }))]).toEqual([
        password,
        '422 unprocessable',
      ]);
    expect((await browser.ask('PUT', '/api/password', { link, password: PASSWORD })).status).toBe(200);
  });

  test('is changed by the present one; every session of the account ends', async () => {
    const browser = await enter(running, 'van-thu', [['operator', 'A']]);
    const other = openBrowser(running);
    await other.ask('POST', '/api/session', { login: 'van-thu', password: PASSWORD });
    const next = { current: PASSWORD, password: 'cành mềm lộn cổ xuống ao' };
    expect(statusOf(await other.ask('PUT', '/api/password', { ...next, current: 'sai' }))).toBe(
      '401 unauthorised',
    );
    expect((await other.ask('PUT', '/api/password', next)).body).toEqual({ login: 'van-thu' });
    expect(statusOf(await browser.ask('GET', '/api/session'))).toBe('401 unauthorised');
    expect(
      statusOf(await browser.ask('POST', '/api/session', { login: 'van-thu', password: PASSWORD })),
    ).toBe('401 unauthorised');
  });
});

describe('an idle session', () => {
  test('locks after a quarter of an hour without input, keeps its page, and is unlocked by the password', async () => {
    const browser = await enter(running, 'van-thu', [['operator', 'A']]);
    running.clock.advance(10 * MINUTE);
    expect((await browser.ask('PUT', '/api/session', {})).body).toEqual({
      isLocked: false,
      idleMs: 15 * MINUTE,
    });
    for (const minutes of [5, 5, 5]) {
      running.clock.advance(minutes * MINUTE);
      expect((await browser.ask('GET', '/api/units')).status).toBe(200);
    }
    running.clock.advance(1);
    expect((await browser.ask('GET', '/api/session')).body).toMatchObject({
      caller: { login: 'van-thu' },
      lock: { isLocked: true },
    });
    expect(statusOf(await browser.ask('GET', '/api/units'))).toBe('401 locked');
    expect(statusOf(await browser.ask('PUT', '/api/session', {}))).toBe('401 locked');
    expect(statusOf(await browser.ask('POST', '/api/session/unlock', { password: 'sai' }))).toBe(
      '401 unauthorised',
    );
    const old = browser.cookie();
    const unlocked = await browser.ask('POST', '/api/session/unlock', { password: PASSWORD });
    expect(unlocked.body).toEqual({ isLocked: false, idleMs: 15 * MINUTE });
    expect(browser.cookie()).not.toBe(old);
    expect((await browser.ask('GET', '/api/units')).status).toBe(200);
    const late = openBrowser(running, old);
    expect((await late.ask('GET', '/api/units')).status).toBe(200);
    running.clock.advance(30_001);
    expect(statusOf(await late.ask('GET', '/api/units'))).toBe('401 unauthorised');
    expect((await browser.ask('GET', '/api/units')).status).toBe(200);
  });

  test('of an administrator locks after five minutes, and at once when told to', async () => {
    const browser = await enter(running, 'quan-tri', [['administrator', '25']]);
    running.clock.advance(5 * MINUTE + 1);
    expect(statusOf(await browser.ask('GET', '/api/accounts'))).toBe('401 locked');
    expect(statusOf(await browser.ask('POST', '/api/accounts', {}))).toBe('401 locked');
    await browser.ask('POST', '/api/session/unlock', { password: PASSWORD });
    expect((await browser.ask('GET', '/api/accounts')).status).toBe(200);
    await browser.ask('POST', '/api/session/lock', {});
    expect(statusOf(await browser.ask('GET', '/api/accounts'))).toBe('401 locked');
  });

  test('of a display never locks, and ends with its token', async () => {
    const token = await running.token('display', 'A');
    const wall = openBrowser(running);
    expect((await wall.ask('POST', '/api/session', { token })).body).toEqual({ unit: 'A' });
    expect(wall.cookie()).not.toContain(token);
    running.clock.advance(300 * 86_400_000);
    expect((await wall.ask('GET', '/api/session')).body).toMatchObject({
      caller: { kind: 'screen', how: 'token', grants: [{ role: 'viewer', unit: 'A' }] },
      lock: { isLocked: false, idleMs: null },
    });
    expect(statusOf(await wall.ask('PUT', '/api/session', {}))).toBe('403 forbidden');
    const row = await running.store.reader.db.selectFrom('token').select('id').executeTakeFirstOrThrow();
    await running.acts.revokeToken(row.id, running.clock.now());
    expect(statusOf(await wall.ask('GET', '/api/session'))).toBe('401 unauthorised');
  });

  test('whose wall was set up when the cookie held the token itself still reads', async () => {
    const token = await running.token('display', 'A');
    const wall = openBrowser(running, `ioc_session=${token}`);
    expect((await wall.ask('GET', '/api/session')).body).toMatchObject({ caller: { kind: 'screen' } });
  });
});

describe('a session', () => {
  test('is given another cookie when its rights change; requests on their way do not break', async () => {
    const browser = await enter(running, 'van-thu', [['operator', 'A']]);
    const first = browser.cookie();
    const input = { account: browser.id, role: 'viewer' as const, unit: unitId(running, 'D') };
    const before = await running.store.readClock();
    await running.acts.writer.run({
      name: 'addGrant',
      caller: { kind: 'command' },
      input,
      now: running.clock.now(),
    });
    expect((await running.store.readClock()).rightsSeq).toBe(before.seq + 1);
    const both = [openBrowser(running, first), openBrowser(running, first)];
    const answers = await Promise.all(both.map((one) => one.ask('GET', '/api/session')));
    expect(answers.map(({ status }) => status)).toEqual([200, 200]);
    expect(new Set([first, ...both.map((one) => one.cookie())]).size).toBe(2);
    const renewed = both.find((one) => one.cookie() !== first);
    running.clock.advance(30_001);
    expect((await renewed?.ask('GET', '/api/session'))?.body).toMatchObject({
      caller: { grants: [{ unit: 'A' }, { unit: 'D' }] },
    });
    expect(statusOf(await openBrowser(running, first).ask('GET', '/api/session'))).toBe('401 unauthorised');
  });

  test('ends at sign-out, with the next sign-in, and with its account', async () => {
    const browser = await enter(running, 'van-thu', [['operator', 'A']]);
    const left = openBrowser(running, browser.cookie());
    await browser.ask('POST', '/api/session', { login: 'van-thu', password: PASSWORD });
    expect(statusOf(await left.ask('GET', '/api/session'))).toBe('401 unauthorised');
    const out = openBrowser(running, browser.cookie());
    expect((await browser.ask('DELETE', '/api/session')).headers.get('set-cookie')).toContain('Max-Age=0');
    expect(statusOf(await out.ask('GET', '/api/session'))).toBe('401 unauthorised');
    await browser.ask('POST', '/api/session', { login: 'van-thu', password: PASSWORD });
    const caller = { kind: 'command' } as const;
    const input = { id: browser.id, isDisabled: true };
    await running.acts.writer.run({ name: 'changeAccount', caller, input, now: running.clock.now() });
    expect(statusOf(await browser.ask('GET', '/api/session'))).toBe('401 unauthorised');
  });

  test('is opened and changed from the site itself only', async () => {
    const browser = await enter(running, 'van-thu', [['administrator', '25']]);
    for (const origin of ['https://evil.example', 'null', running.url.replace('http:', 'https:')]) {
      const from = { origin };
      const asked = [
        await browser.ask('POST', '/api/session', { login: 'van-thu', password: PASSWORD }, from),
        await browser.ask('POST', '/api/session/unlock', { password: PASSWORD }, from),
        await browser.ask('PUT', '/api/session', {}, from),
        await browser.ask('POST', '/api/tokens', { kind: 'feed', unit: 'A', name: 'x' }, from),
        await browser.ask('DELETE', '/api/session', undefined, from),
        await openBrowser(running).ask('POST', '/api/session', { token: 'ioc_x' }, from),
      ];
      expect(asked.map(statusOf)).toEqual(asked.map(() => '403 forbidden'));
    }
    expect(
      (await browser.ask('GET', '/api/session', undefined, { origin: 'https://evil.example' })).status,
    ).toBe(200);
    const feed = await running.token('feed', 'A');
    const sent = await running.post([], feed, { origin: 'https://evil.example' });
    expect(sent.status).toBe(200);
  });

  test('of a demo role is stepped into by a click, in the demo only', async () => {
    const order = (demoRole: 'head' | 'leader') => ({
      ...{ login: demoRole, title: demoRole, mail: null, linkHash: null, demoRole },
      grants: [
        { role: demoRole === 'head' ? ('head' as const) : ('viewer' as const), unit: unitId(running, 'A') },
      ],
    });
    const run = { name: 'addAccount', caller: { kind: 'command' }, now: running.clock.now() } as const;
    await running.acts.writer.run({ ...run, input: order('head') });
    const refused = await openBrowser(running).ask('POST', '/api/session', { as: 'head' });
    expect(statusOf(refused)).toBe('403 forbidden');
    const demo = await runApp({ demoUnit: '25' });
    await demo.acts.writer.run({ ...run, input: order('head') });
    const browser = openBrowser(demo);
    expect((await browser.ask('GET', '/api/session')).body).toMatchObject({
      caller: { kind: 'visitor', how: 'none' },
      demoRoles: ['head'],
    });
    expect((await browser.ask('POST', '/api/session', { as: 'head' })).body).toEqual({ unit: 'A' });
    demo.clock.advance(60 * MINUTE);
    expect((await browser.ask('GET', '/api/session')).body).toMatchObject({
      caller: { kind: 'person', how: 'demo', login: 'head' },
      lock: { isLocked: false, idleMs: null },
    });
    expect(statusOf(await browser.ask('POST', '/api/session', { as: 'leader' }))).toBe('401 unauthorised');
    await browser.ask('DELETE', '/api/session');
    expect((await browser.ask('GET', '/api/session')).body).toMatchObject({ caller: { kind: 'visitor' } });
    await demo.close();
  });
});

test('an account that nobody used for 45 days is disabled by the clock', async () => {
  const browser = await enter(running, 'van-thu', [['operator', 'A']]);
  running.clock.advance(44 * 86_400_000);
  await browser.ask('POST', '/api/session', { login: 'van-thu', password: PASSWORD });
  running.clock.advance(45 * 86_400_000 - 1);
  await running.app.tick();
  expect(await listActs(running)).not.toContain(`disableIdle account:${browser.id} clock`);
  running.clock.advance(1);
  await running.app.tick();
  expect(await listActs(running)).toContain(`disableIdle account:${browser.id} clock`);
  expect(statusOf(await browser.ask('POST', '/api/session', { login: 'van-thu', password: PASSWORD }))).toBe(
    '401 unauthorised',
  );
});
