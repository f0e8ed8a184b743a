import { execFile } from 'node:child_process';
import { join } from 'node:path';
import process from 'node:process';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type CommandIo, UsageError } from '../server/commands/command.ts';
import { userCommand } from '../server/commands/user.ts';
import { readSettings } from '../server/settings.ts';
import { actsOf } from './server/acts.ts';
import { listActs, openBrowser, PASSWORD, statusOf } from './server/people.ts';
import { makeFolder } from './server/postgres.ts';
import { SITE } from './server/world.ts';
import { type Running, runApp } from './server.ts';

const folder = makeFolder();
let running: Running;
beforeAll(async () => {
  running = await runApp();
});
afterAll(async () => {
  await running.close();
  folder.remove();
});

async function user(...args: string[]) {
  const said = { out: '', err: '' };
  const { store } = running;
  const io: CommandIo = {
    ...{ args, env: {}, cwd: folder.path, site: SITE },
    settings: readSettings({ PORT: '4321' }, folder.path),
    stdout: { write: (text) => (said.out += text) },
    stderr: { write: (text) => (said.err += text) },
    now: running.clock.now,
    wait: async () => undefined,
    openStore: async () => ({ store, writer: actsOf(store).writer }),
    selectUnits: () => ({ units: [], lineage: [] }),
  };
  return { status: await userCommand.run(io), ...said };
}

const LINK = /^http:\/\/127\.0\.0\.1:4321\/password#link=([\w-]{43})\n$/;

describe('ioc user', () => {
  test('makes an account and prints, alone, the link by which it sets its password', async () => {
    const made = await user(
      'add',
      '--login',
      'quan-tri',
      '--role',
      'administrator',
      '--unit',
      '25',
      '--title',
      'Q',
    );
    expect([made.status, made.err]).toEqual([0, '']);
    const [, link] = LINK.exec(made.out) ?? [];
    const browser = openBrowser(running);
    expect((await browser.ask('PUT', '/api/password', { link, password: PASSWORD })).body).toEqual({
      login: 'quan-tri',
    });
    const entered = await browser.ask('POST', '/api/session', { login: 'quan-tri', password: PASSWORD });
    expect(entered.body).toEqual({ unit: '25' });
    expect((await browser.ask('GET', '/api/session')).body).toMatchObject({ caller: { title: 'Q' } });
  });

  test('lists accounts with their grants; gives and takes grants, gives a new link', async () => {
    await user('add', '--login', 'van-thu', '--role', 'operator', '--unit', 'A');
    const given = await user('grant', 'van-thu', '--role', 'head', '--unit', 'D', '--to', '2027-01-01');
    const [, id = ''] = /has the grant (\d+)/.exec(given.err) ?? [];
    const lineOf = async () =>
      (await user('list')).out.split('\n').find((line) => line.includes('\tvan-thu\t'));
    expect(await lineOf()).toMatch(
      /^\d+\tvan-thu\tinvited\tnever\tvan-thu\t\d+: operator in A from 2026-11-18; \d+: head in D from 2026-11-18 to 2027-01-01$/,
    );
    await user('revoke', id);
    expect(await lineOf()).not.toContain('head');
    expect((await user('link', 'van-thu')).out).toMatch(LINK);
    await expect(user('revoke', id)).rejects.toMatchObject({ code: 'notFound' });
  });

  test('disables, enables and unlocks', async () => {
    const { out } = await user('link', 'quan-tri');
    const browser = openBrowser(running);
    await browser.ask('PUT', '/api/password', { link: LINK.exec(out)?.[1], password: PASSWORD });
    const enter = (password: string) => browser.ask('POST', '/api/session', { login: 'quan-tri', password });
    for (let time = 0; time < 5; time++) await enter('x');
    expect(statusOf(await enter(PASSWORD))).toBe('401 unauthorised');
    expect((await user('list')).out).toContain('\tquan-tri\tlocked until 2026-11-18T10:01:00+07:00\t');
    await user('unlock', 'quan-tri');
    expect((await enter(PASSWORD)).status).toBe(200);
    await user('disable', 'quan-tri');
    expect(statusOf(await browser.ask('GET', '/api/session'))).toBe('401 unauthorised');
    expect(statusOf(await enter(PASSWORD))).toBe('401 unauthorised');
    await user('enable', 'quan-tri');
    expect((await enter(PASSWORD)).status).toBe(200);
    expect((await listActs(running)).filter((line) => line.endsWith(' command'))).toContain(
      'changeAccount account:1 command',
    );
  });

  test('makes the accounts of the demo without a link', async () => {
    const made = await user(
      'add',
      '--login',
      'lanh-dao',
      '--role',
      'viewer',
      '--unit',
      '25',
      '--demo',
      'leader',
    );
    expect(made).toEqual({ status: 0, out: '', err: '' });
    await expect(user('link', 'lanh-dao')).rejects.toMatchObject({ code: 'conflict' });
  });

  test('refuses what it does not understand, and whom it does not know', async () => {
    for (const args of [
      [],
      ['make'],
      ['add', '--login', 'Ông A', '--role', 'viewer', '--unit', '25'],
      ['add', '--login', 'ong-a', '--role', 'king', '--unit', '25'],
      ['add', '--login', 'ong-a', '--role', 'viewer'],
      ['add', 'ong-a', '--login', 'ong-a', '--role', 'viewer', '--unit', '25'],
      ['disable'],
      ['disable', 'a', 'b'],
      ['list', '--unit', '25'],
      ['revoke', 'x'],
      ['grant', 'van-thu', '--role', 'head', '--unit', 'A', '--from', 'tomorrow'],
    ])
      await expect(user(...args), args.join(' ')).rejects.toBeInstanceOf(UsageError);
    await expect(user('disable', 'khong-co')).rejects.toMatchObject({ code: 'notFound' });
    await expect(user('add', '--login', 'xx', '--role', 'viewer', '--unit', 'ZZ')).rejects.toMatchObject({
      code: 'notFound',
    });
    await expect(user('add', '--login', 'van-thu', '--role', 'viewer', '--unit', '25')).rejects.toMatchObject(
      {
        code: 'conflict',
      },
    );
  });

  test('works on the store of a server that runs, which hears of it', async () => {
    const dir = join(folder.path, 'live');
    const server = await runApp({ url: join(dir, 'ioc.db') });
    const { rightsSeq } = await server.store.readClock();
    const env = { ...process.env, DATA_DIR: dir, DATABASE_URL: undefined, PORT: '4321' };
    const args = ['server/ioc.ts', 'user', 'add', '--login', 'moi', '--role', 'operator', '--unit', 'A'];
    const { stdout } = await promisify(execFile)(process.execPath, args, { env });
    expect((await server.store.readClock()).rightsSeq).toBeGreaterThan(rightsSeq);
    const browser = openBrowser(server);
    const [, link] = LINK.exec(stdout) ?? [];
    const now = Date.now();
    server.clock.set(now);
    expect((await browser.ask('PUT', '/api/password', { link, password: PASSWORD })).status).toBe(200);
    expect((await browser.ask('POST', '/api/session', { login: 'moi', password: PASSWORD })).body).toEqual({
      unit: 'A',
    });
    await server.close();
  }, 60_000);
});
