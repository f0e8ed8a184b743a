import { verify } from '@node-rs/argon2';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { lockMs } from '../server/acts/sessions.ts';
import { createPasswords } from '../server/people/passwords.ts';
import { addPerson, enter, listActs, openBrowser, PASSWORD, statusOf } from './server/people.ts';
import { type Answer, type Running, runApp } from './server.ts';

// Counted, not replaced: how often a password is really looked at.
vi.mock('@node-rs/argon2', { spy: true });

let running: Running;
beforeEach(async () => {
  running = await runApp({ trustProxy: 1 });
});
afterEach(() => running.close());

const MINUTE = 60_000;

const trying = (password: string, login = 'van-thu', address = '203.0.113.7'): Promise<Answer> =>
  openBrowser(running).ask('POST', '/api/session', { login, password }, { 'x-forwarded-for': address });

async function fail(times: number): Promise<void> {
  for (let time = 0; time < times; time++)
    expect(statusOf(await trying(`wrong ${time}`))).toBe('401 unauthorised');
}

describe('wrong passwords', () => {
  test('lock an account for an address after five, for longer each time, and for no other address', async () => {
    await enter(running, 'van-thu', [['operator', 'A']]);
    await fail(4);
    expect((await trying(PASSWORD)).status).toBe(200);
    for (const minutes of [1, 5, 15]) {
      await fail(5);
      expect(statusOf(await trying(PASSWORD))).toBe('401 unauthorised');
      expect((await trying(PASSWORD, 'van-thu', '203.0.113.8')).status).toBe(200);
      running.clock.advance(minutes * MINUTE - 1);
      expect(statusOf(await trying(PASSWORD))).toBe('401 unauthorised');
      running.clock.advance(1);
    }
    expect((await trying(PASSWORD)).status).toBe(200);
    await fail(5);
    running.clock.advance(MINUTE);
    expect((await trying(PASSWORD)).status).toBe(200);
    expect((await listActs(running)).filter((line) => line.startsWith('lockAddress'))).toHaveLength(4);
  });

  test('lock for twelve hours at the longest', () => {
    const hours = 60 * MINUTE;
    expect([1, 2, 3, 4, 5, 6, 7, 100].map((time) => lockMs(time, 12 * hours) / MINUTE)).toEqual([
      1, 5, 15, 60, 180, 360, 720, 720,
    ]);
    expect(lockMs(4, 30 * MINUTE)).toBe(30 * MINUTE);
  });

  test('are lifted by an administrator, who sees until when', async () => {
    const browser = await enter(running, 'quan-tri', [['administrator', '25']]);
    const { id } = await enter(running, 'van-thu', [['operator', 'A']]);
    await fail(5);
    const { accounts } = (await browser.ask('GET', '/api/accounts')).body as { accounts: object[] };
    expect(accounts).toMatchObject([
      { login: 'quan-tri', state: 'active', lockedUntil: null },
      { login: 'van-thu', state: 'locked', lockedUntil: '2026-11-18T10:01:00+07:00' },
    ]);
    const changed = await browser.ask('PUT', '/api/accounts', { id, unlock: true });
    expect(changed.body).toMatchObject({ account: { state: 'active', lockedUntil: null }, link: null });
    expect((await trying(PASSWORD)).status).toBe(200);
  });

  test('say the same and are looked at as often, whoever they are for', async () => {
    await enter(running, 'van-thu', [['operator', 'A']]);
    await addPerson(running, 'moi', [['operator', 'A']]);
    const { id } = await enter(running, 'nghi', [['operator', 'A']]);
    const input = { id, isDisabled: true };
    await running.acts.writer.run({
      ...{ name: 'changeAccount', caller: { kind: 'command' }, input },
      now: running.clock.now(),
    });
    await fail(5);
    const answers: unknown[] = [];
    for (const [login, password] of [
      ['van-thu', PASSWORD],
      ['moi', PASSWORD],
      ['nghi', PASSWORD],
      ['khong-co', PASSWORD],
      ['NOT A LOGIN', 'x'],
    ] as const) {
      const { seq } = await running.store.readClock();
      vi.mocked(verify).mockClear();
      const { status, body } = await trying(password, login);
      const commits = (await running.store.readClock()).seq - seq;
      answers.push([status, body, vi.mocked(verify).mock.calls.length, commits]);
    }
    expect(answers).toEqual(answers.map(() => answers[0]));
    expect(answers[0]).toMatchObject([401, { type: 'urn:ioc:problem:unauthorised' }, 1, 1]);
  });

  test('in a locked session count too, and the fifth ends it', async () => {
    const browser = await enter(running, 'van-thu', [['operator', 'A']]);
    await browser.ask('POST', '/api/session/lock', {});
    for (let time = 0; time < 4; time++)
      await browser.ask('POST', '/api/session/unlock', { password: 'sai' });
    expect((await browser.ask('GET', '/api/session')).body).toMatchObject({ lock: { isLocked: true } });
    await browser.ask('POST', '/api/session/unlock', { password: 'sai' });
    expect(statusOf(await browser.ask('GET', '/api/session'))).toBe('401 unauthorised');
  });

  test('of a flood are not all looked at: who comes too late is to come again', async () => {
    const passwords = createPasswords({ length: 14 });
    const asked = await Promise.allSettled(Array.from({ length: 50 }, () => passwords.verify('any', null)));
    const refused = asked.filter((one) => one.status === 'rejected').map(({ reason }) => reason);
    expect(refused).toHaveLength(50 - 32);
    expect(refused[0]).toMatchObject({ code: 'tooMany', retryAfterMs: 2000 });
    expect(await passwords.verify('any', null)).toBe(false);
  });
});
