import { AppError } from '../errors.ts';
import type { PersonCaller, StrangerCaller } from '../people/caller.ts';
import { type Account, findAccount, findAccountByLink } from '../store/account-store.ts';
import { forgetFailures, noteAccountRights, updateAccount } from '../store/write/accounts.ts';
import { endSessionsOf } from '../store/write/sessions.ts';
import { type Act, RIGHTS_CHANGED } from './act.ts';
import { confirmPerson, note, openHome } from './audit.ts';
import type { Work } from './work.ts';

/** What everybody hears whose link is not, or no longer, good. */
export const BAD_LINK = 'This link is not good, or not any more: ask an administrator for another.';

/** Whether a link that an account has is good at an instant. */
export function isLinkGood({ linkUntil, disabledAt }: Account, now: number): boolean {
  return disabledAt === null && linkUntil !== null && linkUntil > now;
}

/** What shows that a password may be set: the hash of a link, or that of the present password, which was found right. */
export type PasswordOrder = { hash: string } & ({ link: string } | { current: string });

async function findOwner(
  work: Work,
  caller: PersonCaller | StrangerCaller,
  order: PasswordOrder,
): Promise<Account> {
  if ('link' in order) {
    const account = await findAccountByLink(work.tx, order.link);
    if (!account || !isLinkGood(account, work.tx.at)) throw new AppError('unauthorised', BAD_LINK);
    return account;
  }
  if (caller.kind !== 'person') throw new AppError('unauthorised', 'Sign in first.');
  await confirmPerson(work, caller);
  const account = await findAccount(work.tx, caller.account);
  if (!account || account.password !== order.current)
    throw new AppError('unauthorised', 'The present password is another by now.');
  return account;
}

/** Sets a password, by its hash: the link dies, every session of the account ends, and wrong passwords are forgotten. */
export const setPassword: Act<PersonCaller | StrangerCaller, PasswordOrder, null> = async (
  work,
  caller,
  order,
) => {
  const { tx } = work;
  const account = await findOwner(work, caller, order);
  await updateAccount(tx, account.id, { password: order.hash, linkHash: null, linkUntil: null });
  await endSessionsOf(tx, account.id);
  await forgetFailures(tx, account.id);
  await noteAccountRights(tx, account.id);
  await note(work, caller, {
    ...{ act: 'setPassword', subject: `account:${account.id}` },
    unit: (await openHome(work, account.id)).home,
    after: { login: account.login, by: 'link' in order ? 'link' : 'password' },
  });
  return { answer: null, changed: RIGHTS_CHANGED };
};
