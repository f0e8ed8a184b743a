import type { DemoRole } from '../../shared/people.ts';
import { AppError } from '../errors.ts';
import type { Caller, PersonCaller, StrangerCaller } from '../people/caller.ts';
import { findLiveSession, readGrantsOn } from '../people/callers.ts';
import { isLive } from '../people/tokens.ts';
import {
  type Account,
  findAccount,
  findAccountByLogin,
  findDemoAccount,
  findFailure,
} from '../store/account-store.ts';
import { findTokenById } from '../store/feed-store.ts';
import { findSessionById, findTokenUse } from '../store/session-store.ts';
import { addFailure, forgetFailures, lockAddress, updateAccount } from '../store/write/accounts.ts';
import {
  endSession,
  insertSession,
  noteSeen,
  replaceCookie,
  writeLock,
  writeTokenUse,
} from '../store/write/sessions.ts';
import { type Act, RIGHTS_CHANGED } from './act.ts';
import { confirmPerson, note, openHome, openStanding } from './audit.ts';
import type { Work } from './work.ts';

/** How long a cookie that was replaced stays good: requests on their way still carry it. */
const OLD_COOKIE_MS = 30_000;

/** A session to open, and what shows that it may be. `password`: the hash against which the password was found right. */
export type SessionOrder = {
  session: { id: string; hash: string };
  /** The hash of the cookie it takes the place of. */
  replaces: string | null;
  by: { account: number; password: string } | { token: string } | { as: DemoRole };
};

/** What everybody hears who cannot sign in, whatever the reason. */
export const WRONG_PASSWORD = 'The login or the password is wrong, or the account cannot be used now.';

const refuse = () => new AppError('unauthorised', WRONG_PASSWORD);

/** Whether an account is locked for an address. */
export async function isLockedFor({ tx }: Work, account: number, address: string): Promise<boolean> {
  const failure = await findFailure(tx, account, address);
  return failure?.lockedUntil != null && failure.lockedUntil > tx.at;
}

async function checkAccount(work: Work, account: Account | undefined, address: string): Promise<Account> {
  if (!account || account.disabledAt !== null || (await isLockedFor(work, account.id, address)))
    throw refuse();
  return account;
}

/** The account that a session is opened for; AppError where what was shown is not, or no longer, good. */
async function findSigning(
  work: Work,
  { by }: SessionOrder,
  address: string,
): Promise<{ account: Account; how: 'password' | 'demo' }> {
  if ('as' in by) {
    const account = await findDemoAccount(work.tx, by.as);
    return { account: await checkAccount(work, account, address), how: 'demo' };
  }
  if ('token' in by) throw new Error('a token signs nobody in');
  const account = await checkAccount(work, await findAccount(work.tx, by.account), address);
  if (account.password !== by.password) throw refuse();
  return { account, how: 'password' };
}

async function openForToken(work: Work, { address }: StrangerCaller, order: SessionOrder, id: string) {
  const token = await findTokenById(work.tx, id);
  if (token?.kind !== 'display' || !isLive(token, work.tx.at))
    throw new AppError('unauthorised', 'This needs a valid display token.');
  await insertSession(work.tx, { ...order.session, account: null, token: id, how: 'token', address });
  await note(
    work,
    {
      kind: 'screen',
      token: id,
      validUntil: token.expiresAt,
      grants: [{ role: 'viewer', unit: token.unit }],
    },
    {
      ...{ act: 'openSession', subject: `session:${order.session.id}`, unit: token.unit, address },
      after: { how: 'token', token: id, name: token.name },
    },
  );
}

async function openForAccount(work: Work, { address }: StrangerCaller, order: SessionOrder): Promise<void> {
  const { tx, site } = work;
  const { account, how } = await findSigning(work, order, address);
  const { id, login, title } = account;
  const { today } = await openStanding(work);
  const grants = await readGrantsOn(tx, id, today);
  if (grants.length === 0)
    throw new AppError('forbidden', 'This account has no role in any unit today: ask an administrator.');
  await insertSession(tx, { ...order.session, account: id, token: null, how, address });
  await forgetFailures(tx, id, address);
  const disableAt = account.disableAt === null ? null : tx.at + site.people.disabledAfterMs;
  await updateAccount(tx, id, { seenAt: tx.at, disableAt });
  const facts = { isLocked: false, idleMs: null, isCookieOld: false, address, validUntil: null };
  const caller: PersonCaller = {
    ...{ kind: 'person', account: id, login, title, session: order.session.id, how, grants },
    ...facts,
  };
  await note(work, caller, {
    ...{ act: 'openSession', subject: `account:${id}`, unit: (await openHome(work, id)).home },
    after: { how, session: order.session.id },
  });
}

/** Lets a browser in: an account by its password, a display by its token, a visitor of the demo as one of its roles. */
export const openSession: Act<StrangerCaller, SessionOrder, null> = async (work, caller, order) => {
  if ('token' in order.by) await openForToken(work, caller, order, order.by.token);
  else await openForAccount(work, caller, order);
  const old =
    order.replaces === null ? undefined : await findLiveSession(work.tx, order.replaces, work.tx.at);
  if (old) await endSession(work.tx, old.id);
  return { answer: null, changed: old ? RIGHTS_CHANGED : null };
};

const MINUTE_MS = 60_000;
const LOCKS_MS = [1, 5, 15, 60, 180, 360].map((minutes) => minutes * MINUTE_MS);

/** For how long an account is locked the n-th time (from 1) since the last right password. */
export function lockMs(time: number, longestMs: number): number {
  return Math.min(LOCKS_MS[time - 1] ?? longestMs, longestMs);
}

/** A password that was wrong: for the account of a login, or, in a session, for its own. */
export type WrongPassword = { login: string; address: string; session: string | null };

/**
 * Notes a wrong password; every so many lock the account for that address, and end the session they were tried in. While it is
 * locked none is counted, so that nobody locks it for longer than that.
 */
export const noteWrongPassword: Act<Caller, WrongPassword, null> = async (work, caller, order) => {
  const { tx, site } = work;
  const { login, address, session } = order;
  const account = await findAccountByLogin(tx, login);
  const home = account ? (await openHome(work, account.id)).home : null;
  const subject = account ? `account:${account.id}` : 'account:unknown';
  const entry = { subject, unit: home, address };
  const isLocked = account !== undefined && (await isLockedFor(work, account.id, address));
  const count = account && !isLocked ? await addFailure(tx, account.id, address) : null;
  await note(work, caller, { ...entry, act: 'noteWrongPassword', after: { count, isLocked } });
  if (!account || count === null || count % site.people.failures !== 0)
    return { answer: null, changed: null };
  const until = tx.at + lockMs(count / site.people.failures, site.people.longestLockMs);
  await lockAddress(tx, { account: account.id, address }, until);
  if (session !== null) await endSession(tx, session);
  await note(work, caller, {
    ...{ ...entry, act: 'lockAddress' },
    after: { login, lockedUntil: new Date(until).toISOString() },
  });
  return { answer: null, changed: session === null ? null : RIGHTS_CHANGED };
};

/** Notes that somebody is at the keyboard of a session; AppError `locked` where that comes too late. */
export const touchSession: Act<PersonCaller, null, null> = async (work, asking) => {
  const { tx, site } = work;
  const caller = await confirmPerson(work, asking);
  if (caller.isLocked) throw new AppError('locked', 'This session is locked: unlock it by your password.');
  await noteSeen(tx, caller.session);
  const account = await findAccount(tx, caller.account);
  const disableAt = account?.disableAt == null ? null : tx.at + site.people.disabledAfterMs;
  await updateAccount(tx, caller.account, { seenAt: tx.at, disableAt });
  return { answer: null, changed: null };
};

/** Locks a session. */
export const lockSession: Act<PersonCaller, null, null> = async (work, asking) => {
  const caller = await confirmPerson(work, asking);
  await writeLock(work.tx, caller.session, work.tx.at);
  await noteOwn(work, caller, 'lockSession');
  return { answer: null, changed: RIGHTS_CHANGED };
};

/** Unlocks a session whose account's password, by its hash, was found right; its cookie is replaced. */
export const unlockSession: Act<PersonCaller, { password: string; cookie: string }, null> = async (
  work,
  asking,
  { password, cookie },
) => {
  const { tx } = work;
  const caller = await confirmPerson(work, asking);
  const account = await findAccount(tx, caller.account);
  const address = caller.address ?? '';
  if (account?.password !== password || (await isLockedFor(work, caller.account, address))) throw refuse();
  await forgetFailures(tx, caller.account, address);
  await writeLock(tx, caller.session, null);
  await renew(work, caller, cookie);
  await noteOwn(work, caller, 'unlockSession');
  return { answer: null, changed: RIGHTS_CHANGED };
};

async function renew({ tx }: Work, { session: id }: PersonCaller, next: string): Promise<void> {
  const session = await findSessionById(tx, id);
  if (session) await replaceCookie(tx, session, { hash: next, oldUntil: tx.at + OLD_COOKIE_MS });
}

/** Replaces the cookie of a session whose rights changed; false where another request has done so. */
export const renewCookie: Act<PersonCaller, { present: string; next: string }, boolean> = async (
  work,
  asking,
  { present, next },
) => {
  const caller = await confirmPerson(work, asking);
  const session = await findSessionById(work.tx, caller.session);
  if (session?.hash !== present) return { answer: false, changed: null };
  await renew(work, caller, next);
  return { answer: true, changed: null };
};

/** Ends a session. */
export const closeSession: Act<PersonCaller | StrangerCaller, { cookie: string }, null> = async (
  work,
  caller,
  { cookie },
) => {
  const session = await findLiveSession(work.tx, cookie, work.tx.at);
  if (!session) return { answer: null, changed: null };
  await endSession(work.tx, session.id);
  if (caller.kind === 'person') await noteOwn(work, caller, 'closeSession');
  else await note(work, caller, { act: 'closeSession', subject: `session:${session.id}`, unit: null });
  return { answer: null, changed: RIGHTS_CHANGED };
};

async function noteOwn(work: Work, caller: PersonCaller, act: string): Promise<void> {
  const { home } = await openHome(work, caller.account);
  await note(work, caller, {
    ...{ act, subject: `account:${caller.account}`, unit: home },
    after: { session: caller.session },
  });
}

/** Notes from where a token is used; into the audit the first time. */
export const noteTokenUse: Act<Caller, { token: string; address: string }, null> = async (
  work,
  caller,
  { token, address },
) => {
  const row = await findTokenById(work.tx, token);
  if (!row) return { answer: null, changed: null };
  const known = await findTokenUse(work.tx, token, address);
  await writeTokenUse(work.tx, token, address);
  if (known === undefined)
    await note(work, caller, {
      ...{ act: 'noteTokenUse', subject: `token:${token}`, unit: row.unit, address },
      after: { kind: row.kind, name: row.name },
    });
  return { answer: null, changed: null };
};
