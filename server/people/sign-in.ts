import type { DemoRole } from '../../shared/people.ts';
import { BAD_LINK, isLinkGood } from '../acts/passwords.ts';
import { type SessionOrder, WRONG_PASSWORD } from '../acts/sessions.ts';
import { AppError } from '../errors.ts';
import { type Account, findAccountByLink, findAccountByLogin, findFailure } from '../store/account-store.ts';
import type { ReadingStore } from '../store/store.ts';
import type { Writer } from '../writer/writer.ts';
import type { PersonCaller } from './caller.ts';
import type { Passwords } from './passwords.ts';
import { createId, createSecret, hashSecret } from './secrets.ts';

export type SignInParts = {
  store: ReadingStore;
  run: Writer['run'];
  clock: () => number;
  passwords: Passwords;
};

/** A password tried for the account of a login, from an address; within a session, where it is to unlock that. */
type Attempt = { login: string; password: string; address: string; session: string | null };

/** Whether an account may be used from an address. */
async function isUsable({ store, clock }: SignInParts, account: Account, address: string): Promise<boolean> {
  const failure = await findFailure(store.reader, account.id, address);
  const isLocked = failure?.lockedUntil != null && failure.lockedUntil > clock();
  return account.disabledAt === null && !isLocked;
}

/**
 * The account of a login whose password is right. Otherwise AppError `unauthorised`, the same in the same time, whether the
 * account does not exist, is locked or disabled, or has another password.
 */
async function checkPassword(parts: SignInParts, attempt: Attempt): Promise<Account & { password: string }> {
  const { store, run, clock, passwords } = parts;
  const { login, password, address, session } = attempt;
  const account = await findAccountByLogin(store.reader, login);
  const isOpen = await isUsable(parts, account ?? NOBODY, address);
  const isRight = await passwords.verify(password, account?.password ?? null);
  if (account && account.password !== null && isRight && isOpen)
    return { ...account, password: account.password };
  const input = { login, address, session };
  await run({ name: 'noteWrongPassword', caller: { kind: 'stranger', address }, input, now: clock() });
  throw new AppError('unauthorised', WRONG_PASSWORD);
}

/** Looked up where there is no account, so that it takes as long. */
const NOBODY: Account = {
  ...{
    id: 0,
    login: '',
    title: '',
    mail: null,
    password: null,
    linkHash: null,
    linkUntil: null,
    demoRole: null,
  },
  ...{ createdAt: 0, seenAt: null, disableAt: null, disabledAt: null, rightsSeq: 0, seq: 0 },
};

/** What shows who wants to sign in. `token`: the id of a display's token that was found good. */
export type Proof = { login: string; password: string } | { token: string } | { as: DemoRole };

/** Opens a session for whoever proves itself, in place of the one of `cookie`; gives the secret for its cookie. */
export async function signIn(
  parts: SignInParts,
  proof: Proof,
  { address, cookie }: { address: string; cookie: string | undefined },
): Promise<string> {
  const secret = createSecret();
  const session = { id: createId(), hash: secret.hash };
  const replaces = cookie === undefined ? null : hashSecret(cookie);
  const open = (by: SessionOrder['by']) => {
    const caller = { kind: 'stranger', address } as const;
    return parts.run({ name: 'openSession', caller, input: { session, replaces, by }, now: parts.clock() });
  };
  if ('login' in proof) {
    const { id, password } = await checkPassword(parts, { ...proof, address, session: null });
    await open({ account: id, password });
  } else await open(proof);
  return secret.text;
}

/** Unlocks a session by its account's password; gives the new secret for its cookie. */
export async function unlock(parts: SignInParts, caller: PersonCaller, password: string): Promise<string> {
  const { login, session } = caller;
  const known = await checkPassword(parts, { login, password, address: caller.address ?? '', session });
  const secret = createSecret();
  const input = { password: known.password, cookie: secret.hash };
  await parts.run({ name: 'unlockSession', caller, input, now: parts.clock() });
  return secret.text;
}

/** Sets a password by a one-time link, and gives the login. AppError `unauthorised` for a link that is not good. */
export async function setPasswordByLink(
  { store, run, clock, passwords }: SignInParts,
  { link, password }: { link: string; password: string },
  address: string,
): Promise<string> {
  const hash = hashSecret(link);
  const account = await findAccountByLink(store.reader, hash);
  if (!account || !isLinkGood(account, clock())) throw new AppError('unauthorised', BAD_LINK);
  const input = { link: hash, hash: await passwords.hash(password, account.login) };
  await run({ name: 'setPassword', caller: { kind: 'stranger', address }, input, now: clock() });
  return account.login;
}

/** Changes a person's password by the present one, and gives the login. */
export async function changePassword(
  parts: SignInParts,
  caller: PersonCaller,
  { current, password }: { current: string; password: string },
): Promise<string> {
  const { login, session } = caller;
  const known = await checkPassword(parts, {
    ...{ login, password: current, session },
    address: caller.address ?? '',
  });
  const input = { current: known.password, hash: await parts.passwords.hash(password, login) };
  await parts.run({ name: 'setPassword', caller, input, now: parts.clock() });
  return login;
}
