import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ACTS } from '../server/acts/acts.ts';
import { writeCell } from '../server/people/audit.ts';
import type { AuditEntry } from '../shared/people.ts';
import {
  addPerson,
  type Browser,
  enter,
  listActs,
  openBrowser,
  PASSWORD,
  statusOf,
  unitId,
} from './server/people.ts';
import { createStores } from './server/stores.ts';
import { type Running, runApp } from './server.ts';

const stores = createStores();
afterAll(() => stores.close());

let running: Running;
let top: Browser & { id: number };
beforeEach(async () => {
  running = await runApp();
  top = await enter(running, 'quan-tri', [['administrator', '25']]);
});
afterEach(() => running.close());

const COMMAND = { kind: 'command' } as const;
const page = async (browser: Browser, query = '') =>
  (await browser.ask('GET', `/api/audit?${query}`)).body as { entries: AuditEntry[]; more: boolean };

async function readAll(browser: Browser, query: string): Promise<AuditEntry[]> {
  const entries: AuditEntry[] = [];
  for (let before: number | undefined, more = true; more; before = entries.at(-1)?.seq) {
    const next = await page(browser, `${query}${before === undefined ? '' : `&before=${before}`}`);
    entries.push(...next.entries);
    more = next.more;
  }
  return entries;
}

describe('the audit', () => {
  test('says who did what to what, when and from where, without secrets', async () => {
    const made = await top.ask('POST', '/api/accounts', {
      ...{ login: 'moi', title: 'Mới' },
      grants: [{ role: 'operator', unit: 'A' }],
    });
    const { account, link } = made.body as {
      account: { id: number; grants: { id: number }[] };
      link: object;
    };
    const { entries } = await page(top, 'limit=1');
    expect(entries).toEqual([
      {
        seq: (await running.store.readClock()).seq,
        at: '2026-11-18T10:00:00+07:00',
        caller: 'person:quan-tri',
        act: 'addAccount',
        subject: `account:${account.id}`,
        unit: 'A',
        before: null,
        after: {
          ...{ login: 'moi', title: 'Mới', mail: null },
          grants: [{ id: account.grants[0]?.id, role: 'operator', unit: 'A', from: '2026-11-18', to: null }],
        },
        address: '127.0.0.1',
      },
    ]);
    await top.ask('PUT', '/api/accounts', { id: account.id, title: 'Khác', renewLink: true });
    const [changed] = (await page(top, `subject=account:${account.id}&act=changeAccount`)).entries;
    expect(changed).toMatchObject({
      before: { login: 'moi', title: 'Mới' },
      after: { title: 'Khác', renewLink: true },
    });
    const text = JSON.stringify(await running.store.reader.db.selectFrom('audit').selectAll().execute());
    const { password } = await running.store.reader.db
      .selectFrom('account')
      .select('password')
      .where('id', '=', top.id)
      .executeTakeFirstOrThrow();
    const secrets = [PASSWORD, String(password), JSON.stringify(link), top.cookie().split('=')[1] ?? ''];
    for (const secret of secrets) expect(text).not.toContain(secret);
  });

  test('holds signing in and out, failures, locks, passwords, tokens and units', async () => {
    const { id } = await enter(running, 'van-thu', [['operator', 'A']]);
    const browser = openBrowser(running);
    for (let time = 0; time < 5; time++)
      await browser.ask('POST', '/api/session', { login: 'van-thu', password: 'x' });
    await browser.ask('POST', '/api/session', { login: 'khong-co', password: 'x' });
    await top.ask('PUT', '/api/accounts', { id, unlock: true });
    await browser.ask('POST', '/api/session', { login: 'van-thu', password: PASSWORD });
    await browser.ask('POST', '/api/session/lock', {});
    await browser.ask('POST', '/api/session/unlock', { password: PASSWORD });
    await browser.ask('DELETE', '/api/session');
    const feed = await running.token('feed', 'A');
    await running.post([], feed);
    await running.post([], feed);
    const [token] = await running.store.reader.db.selectFrom('token').select('id').execute();
    const lines = await listActs(running);
    const me = `account:${id}`;
    expect(lines.slice(lines.indexOf(`addAccount ${me} command`))).toEqual([
      `addAccount ${me} command`,
      `setPassword ${me} stranger`,
      `openSession ${me} person:van-thu`,
      ...Array.from({ length: 5 }, () => `noteWrongPassword ${me} stranger`),
      `lockAddress ${me} stranger`,
      'noteWrongPassword account:unknown stranger',
      `changeAccount ${me} person:quan-tri`,
      `openSession ${me} person:van-thu`,
      `lockSession ${me} person:van-thu`,
      `unlockSession ${me} person:van-thu`,
      `closeSession ${me} person:van-thu`,
      `createToken token:${token?.id} command`,
      expect.stringMatching(`^noteTokenUse token:${token?.id} feed:`),
    ]);
    expect(lines[0]).toBe('loadUnits units:all command');
  });

  test('is written with its act or not at all', async () => {
    const before = await listActs(running);
    const { seq } = await running.store.readClock();
    const input = { account: 9999, role: 'viewer' as const, unit: unitId(running, 'A') };
    const run = { name: 'addGrant', caller: COMMAND, input, now: running.clock.now() } as const;
    await expect(running.acts.writer.run(run)).rejects.toMatchObject({ code: 'notFound' });
    const order = {
      ...{ login: 'hai', title: 'x', mail: null, linkHash: 'h', demoRole: null },
      grants: [
        { role: 'viewer' as const, unit: unitId(running, 'A') },
        { role: 'viewer' as const, unit: unitId(running, 'A'), from: '2026-12-01', to: '2026-11-01' },
      ],
    };
    const adding = { name: 'addAccount', caller: COMMAND, input: order, now: running.clock.now() } as const;
    await expect(running.acts.writer.run(adding)).rejects.toMatchObject({ code: 'unprocessable' });
    expect(await listActs(running)).toEqual(before);
    expect((await running.store.readClock()).seq).toBe(seq);
    const logins = await running.store.reader.db.selectFrom('account').select('login').execute();
    expect(logins).toEqual([{ login: 'quan-tri' }]);
  });

  test('shows an administrator what concerns his units, and what concerns none to those of the top', async () => {
    const commune = await enter(running, 'xa-a', [['administrator', 'A']]);
    await addPerson(running, 'cua-a', [['operator', 'A']]);
    await addPerson(running, 'cua-d', [['operator', 'D']]);
    await addPerson(running, 'ca-hai', [
      ['operator', 'A'],
      ['operator', 'D'],
    ]);
    const namesOf = ({ entries }: { entries: AuditEntry[] }) =>
      entries.map(({ act, unit, after }) => [act, unit, after?.login ?? null]);
    expect(namesOf(await page(commune, 'act=addAccount'))).toEqual([
      ['addAccount', 'A', 'cua-a'],
      ['addAccount', 'A', 'xa-a'],
    ]);
    expect(namesOf(await page(top, 'act=addAccount')).map(([, unit]) => unit)).toEqual([
      '25',
      'D',
      'A',
      'A',
      '25',
    ]);
    expect((await page(commune, 'act=loadUnits')).entries).toEqual([]);
    expect((await page(top, 'act=loadUnits')).entries).toHaveLength(1);
    const old = await page(top, 'from=2026-11-19');
    expect(old).toEqual({ entries: [], more: false });
    expect((await page(top, 'to=2026-11-18')).entries.map(({ act }) => act)).toEqual(['loadUnits']);
  });
});

describe('a file of the audit', () => {
  test('holds, as CSV and as NDJSON, what its pages hold, and is in it itself', async () => {
    for (let n = 0; n < 7; n++) await addPerson(running, `nguoi-${n}`, [['operator', 'A']]);
    await addPerson(running, 'la', [['operator', 'A']]);
    const lines = await top.ask('GET', '/api/audit?format=ndjson');
    const csv = await top.ask('GET', '/api/audit?format=csv');
    const entries = await readAll(top, 'limit=3');
    expect(entries.slice(0, 2).map(({ act, after }) => [act, after])).toEqual([
      ['noteExport', { format: 'csv' }],
      ['noteExport', { format: 'ndjson' }],
    ]);
    const told = String(lines.body).trim().split('\n');
    expect(told.map((line) => JSON.parse(line))).toEqual(entries.slice(1));
    expect(csv.headers.get('content-type')).toBe('text/csv; charset=utf-8');
    expect(csv.headers.get('content-disposition')).toBe('attachment; filename="audit-2026-11-18.csv"');
    const file = await fetch(`${running.url}/api/audit?format=csv&act=addAccount`, {
      headers: { cookie: top.cookie() },
    });
    const bytes = Buffer.from(await file.arrayBuffer());
    expect([...bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
    const rows = parse(bytes, { bom: true, columns: true }) as Record<string, string>[];
    const asText = (value: unknown) =>
      value === null ? '' : typeof value === 'object' ? JSON.stringify(value) : String(value);
    const expected = entries.filter(({ act }) => act === 'addAccount');
    expect(rows).toEqual(
      expected.map((entry) =>
        Object.fromEntries(Object.entries(entry).map(([name, value]) => [name, asText(value)])),
      ),
    );
  });

  test.each(['=1+1', '+84', '-1', '@SUM(A1)', '\t=1'])('has no formula: %j', (text) => {
    expect(writeCell(text)).toBe(`'${text}`);
  });

  test('quotes what it must', () => {
    expect(writeCell('a "b", c')).toBe('"a ""b"", c"');
    expect(writeCell({ a: 1 })).toBe('"{""a"":1}"');
    expect(writeCell(null)).toBe('');
  });
});

const SOURCES = readdirSync('server', { recursive: true, encoding: 'utf8' }).filter((name) =>
  name.endsWith('.ts'),
);

test('nothing changes or removes an entry', () => {
  for (const name of SOURCES) {
    const source = readFileSync(join('server', name), 'utf8');
    expect(source, name).not.toMatch(/(updateTable|deleteFrom|mergeInto|replaceInto)\(\s*['"`]audit/);
    expect(source, name).not.toMatch(
      /(update|delete\s+from|truncate|drop\s+table|replace\s+into)\s+"?audit\b/i,
    );
  }
  expect(Object.keys(ACTS).filter((name) => /audit/i.test(name))).toEqual([]);
});

test.each(['memory', 'postgres'] as const)(
  'people are kept alike, on %s',
  async (kind) => {
    const own = await runApp({ url: await stores.address(kind) });
    const admin = await enter(own, 'quan-tri', [['administrator', '25']]);
    const person = await enter(own, 'van-thu', [['operator', 'A']]);
    for (let time = 0; time < 5; time++)
      await openBrowser(own).ask('POST', '/api/session', { login: 'van-thu', password: 'x' });
    await admin.ask('PUT', '/api/accounts', { id: person.id, unlock: true });
    const granted = await admin.ask('POST', '/api/grants', { account: person.id, role: 'head', unit: 'A' });
    const { id } = granted.body as { id: number };
    await own.post([], await own.token('feed', 'A'));
    expect((await person.ask('GET', '/api/session')).body).toMatchObject({
      caller: { grants: [{ role: 'operator' }, { role: 'head' }] },
    });
    expect((await admin.ask('DELETE', `/api/grants?id=${id}`)).status).toBe(200);
    expect((await admin.ask('GET', '/api/tokens')).body).toMatchObject({ tokens: [{ name: 'feed A' }] });
    const entries = await readAll(admin, 'limit=2');
    expect(entries.map(({ act }) => act).toReversed()).toEqual(
      (await listActs(own)).map((line) => line.split(' ')[0]),
    );
    own.clock.advance(46 * 86_400_000);
    await own.app.tick();
    expect(statusOf(await person.ask('GET', '/api/session'))).toBe('401 unauthorised');
    expect((await listActs(own)).slice(-2)).toEqual([
      `disableIdle account:${admin.id} clock`,
      `disableIdle account:${person.id} clock`,
    ]);
    expect(own.troubles).toEqual([]);
    await own.close();
  },
  90_000,
);
