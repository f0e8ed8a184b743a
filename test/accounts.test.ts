import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  addPerson,
  type Browser,
  enter,
  listActs,
  openBrowser,
  PASSWORD,
  statusOf,
} from './server/people.ts';
import { type Running, runApp } from './server.ts';

let running: Running;
let top: Browser & { id: number };
let commune: Browser & { id: number };
beforeEach(async () => {
  running = await runApp();
  top = await enter(running, 'quan-tri', [['administrator', '25']]);
  commune = await enter(running, 'xa-a', [
    ['administrator', 'A'],
    ['viewer', '25'],
  ]);
});
afterEach(() => running.close());

const loginsOf = async (browser: Browser) =>
  ((await browser.ask('GET', '/api/accounts')).body as { accounts: { login: string }[] }).accounts.map(
    ({ login }) => login,
  );
const order = (login: string, unit: string, role = 'operator') => ({
  login,
  title: login,
  grants: [{ role, unit }],
});

describe('an administrator', () => {
  test('makes an account, which sets its password by the link and signs in', async () => {
    const made = await top.ask('POST', '/api/accounts', order('moi', 'A'));
    const { account, link } = made.body as { account: object; link: { path: string; until: string } };
    expect(account).toMatchObject({
      ...{ login: 'moi', title: 'moi', mail: null, state: 'invited', lastSeenAt: null, lockedUntil: null },
      grants: [{ role: 'operator', unit: 'A', from: '2026-11-18', to: null }],
    });
    expect(link).toEqual({
      path: expect.stringMatching(/^\/password#link=[\w-]{43}$/),
      until: '2026-11-18T18:00:00+07:00',
    });
    const browser = openBrowser(running);
    await browser.ask('PUT', '/api/password', { link: link.path.split('=')[1], password: PASSWORD });
    expect((await browser.ask('POST', '/api/session', { login: 'moi', password: PASSWORD })).status).toBe(
      200,
    );
    expect(statusOf(await top.ask('POST', '/api/accounts', order('moi', 'A')))).toBe('409 conflict');
  });

  test('looks after accounts all of whose grants lie in his units; others do not exist', async () => {
    const own = await addPerson(running, 'cua-a', [['operator', 'A']]);
    const shared = await addPerson(running, 'ca-hai', [
      ['operator', 'A'],
      ['operator', 'D'],
    ]);
    expect(await loginsOf(top)).toEqual(['ca-hai', 'cua-a', 'quan-tri', 'xa-a']);
    expect(await loginsOf(commune)).toEqual(['cua-a']);
    const change = (id: number) => commune.ask('PUT', '/api/accounts', { id, title: 'mới' });
    const [there, seen, nowhere] = [await change(own.id), await change(shared.id), await change(9999)];
    expect([there, seen, nowhere].map(statusOf)).toEqual([200, '404 notFound', '404 notFound']);
    expect(JSON.stringify(seen.body).replace(`account ${shared.id}.`, 'account 9999.')).toBe(
      JSON.stringify(nowhere.body),
    );
    expect(statusOf(await commune.ask('PUT', '/api/accounts', { id: top.id, isDisabled: true }))).toBe(
      '404 notFound',
    );
  });

  test('grants within his units only; where he sees the unit he is told what he lacks, else it does not exist', async () => {
    const { id } = await addPerson(running, 'cua-a', [['operator', 'A']]);
    const refused = await commune.ask('POST', '/api/grants', { account: id, role: 'viewer', unit: 'D' });
    expect(refused.body).toMatchObject({
      status: 403,
      detail: 'This needs the role administrator in D (D).',
      errors: [{ field: 'role', reason: 'administrator in D is needed' }],
    });
    const narrow = await enter(running, 'xa-d', [['administrator', 'D']]);
    const [unseen, unknown] = [
      await narrow.ask('POST', '/api/accounts', order('nguoi-moi', 'A')),
      await narrow.ask('POST', '/api/accounts', order('nguoi-moi', 'ZZ')),
    ];
    expect(unseen.status).toBe(404);
    expect(JSON.stringify(unseen.body).replace(' A.', ' ZZ.')).toBe(JSON.stringify(unknown.body));
    const given = await commune.ask('POST', '/api/grants', {
      ...{ account: id, role: 'head', unit: 'A', from: '2026-12-01', to: '2027-01-01' },
    });
    expect(given.body).toMatchObject({ role: 'head', unit: 'A', from: '2026-12-01', to: '2027-01-01' });
    const upsideDown = { account: id, role: 'head', unit: 'A', from: '2026-12-01', to: '2026-12-01' };
    expect(statusOf(await commune.ask('POST', '/api/grants', upsideDown))).toBe('422 unprocessable');
  });

  test('takes a grant back, and with it what it let do, within the session', async () => {
    const operator = await enter(running, 'cua-a', [
      ['operator', 'A'],
      ['administrator', 'A'],
    ]);
    const { grants } = (await top.ask('GET', `/api/grants?account=${operator.id}`)).body as {
      grants: { id: number; role: string }[];
    };
    expect(grants.map(({ role }) => role)).toEqual(['operator', 'administrator']);
    expect((await operator.ask('GET', '/api/accounts')).status).toBe(200);
    expect((await top.ask('DELETE', `/api/grants?id=${grants[1]?.id}`)).status).toBe(200);
    expect(statusOf(await top.ask('DELETE', `/api/grants?id=${grants[1]?.id}`))).toBe('404 notFound');
    const refused = await operator.ask('GET', '/api/accounts');
    expect(refused.body).toMatchObject({
      status: 403,
      detail: 'This needs the role administrator in the unit it concerns.',
    });
  });

  test('cannot shut himself out', async () => {
    const { grants } = (await top.ask('GET', `/api/grants?account=${top.id}`)).body as {
      grants: { id: number }[];
    };
    expect(statusOf(await top.ask('DELETE', `/api/grants?id=${grants[0]?.id}`))).toBe('409 conflict');
    expect(statusOf(await top.ask('PUT', '/api/accounts', { id: top.id, isDisabled: true }))).toBe(
      '409 conflict',
    );
  });

  test('disables an account, whose sessions end, and enables it again', async () => {
    const browser = await enter(running, 'cua-a', [['operator', 'A']]);
    const off = await commune.ask('PUT', '/api/accounts', { id: browser.id, isDisabled: true });
    expect(off.body).toMatchObject({ account: { state: 'disabled' } });
    expect(statusOf(await browser.ask('GET', '/api/session'))).toBe('401 unauthorised');
    const link = await commune.ask('PUT', '/api/accounts', { id: browser.id, renewLink: true });
    expect(statusOf(link)).toBe('409 conflict');
    await commune.ask('PUT', '/api/accounts', { id: browser.id, isDisabled: false });
    const again = await browser.ask('POST', '/api/session', { login: 'cua-a', password: PASSWORD });
    expect(again.status).toBe(200);
  });

  test('makes, lists and revokes tokens of his units, and sees when each was used', async () => {
    const made = await commune.ask('POST', '/api/tokens', { kind: 'feed', unit: 'A', name: 'một cửa' });
    const { token } = made.body as { token: string };
    const elsewhere = await running.token('feed', 'D');
    expect(
      statusOf(await commune.ask('POST', '/api/tokens', { kind: 'display', unit: 'D', name: 'x' })),
    ).toBe('403 forbidden');
    await running.post([], token);
    await running.post([], elsewhere);
    const { tokens } = (await commune.ask('GET', '/api/tokens')).body as { tokens: { id: string }[] };
    expect(tokens).toEqual([
      {
        ...{
          id: expect.any(String),
          kind: 'feed',
          unit: 'A',
          unitName: { vi: 'A', en: 'A' },
          name: 'một cửa',
        },
        ...{ createdAt: '2026-11-18T10:00:00+07:00', expiresAt: null, revokedAt: null },
        lastUsedAt: '2026-11-18T10:00:00+07:00',
      },
    ]);
    const all = (await top.ask('GET', '/api/tokens')).body as { tokens: { id: string; unit: string }[] };
    const other = all.tokens.find(({ unit }) => unit === 'D');
    expect(statusOf(await commune.ask('DELETE', `/api/tokens?id=${other?.id}`))).toBe('404 notFound');
    expect((await commune.ask('DELETE', `/api/tokens?id=${tokens[0]?.id}`)).status).toBe(200);
    expect(statusOf(await running.post([], token))).toBe('401 unauthorised');
    const uses = (await listActs(running)).filter((line) => line.startsWith('noteTokenUse'));
    expect(uses).toHaveLength(2);
  });
});

test.each([
  ['operator', 'operator'],
  ['head', 'head'],
  ['editor', 'editor'],
  ['viewer', 'viewer'],
] as const)('a %s administers nothing', async (_, role) => {
  const browser = await enter(running, 'ai-do', [[role, '25']]);
  const display = openBrowser(running);
  await display.ask('POST', '/api/session', { token: await running.token('display', '25') });
  for (const [method, path] of [
    ['GET', '/api/accounts'],
    ['POST', '/api/accounts'],
    ['PUT', '/api/accounts'],
    ['GET', '/api/grants'],
    ['POST', '/api/grants'],
    ['DELETE', '/api/grants?id=1'],
    ['GET', '/api/tokens'],
    ['POST', '/api/tokens'],
    ['DELETE', '/api/tokens?id=1'],
    ['GET', '/api/audit'],
    ['GET', '/api/audit?format=csv'],
  ] as const) {
    expect([path, statusOf(await browser.ask(method, path))]).toEqual([path, '403 forbidden']);
    expect([path, statusOf(await display.ask(method, path))]).toEqual([path, '403 forbidden']);
    expect([path, statusOf(await openBrowser(running).ask(method, path))]).toEqual([
      path,
      '401 unauthorised',
    ]);
  }
});

test('a role follows succession: who administers what a unit was administers what it became', async () => {
  const browser = await enter(running, 'cu', [['administrator', '26.SNV@2025-06-30']]);
  expect((await browser.ask('GET', '/api/session')).body).toMatchObject({ unit: { code: '25.SNV' } });
  const made = await browser.ask('POST', '/api/tokens', { kind: 'display', unit: '25.SNV', name: 'x' });
  expect(made.status).toBe(200);
  const elsewhere = await browser.ask('POST', '/api/tokens', { kind: 'display', unit: 'A', name: 'x' });
  expect(statusOf(elsewhere)).toBe('404 notFound');
});
