import type { DemoRole } from '../../shared/people.ts';
import { AppError } from '../errors.ts';
import type { Caller, ManagingCaller } from '../people/caller.ts';
import { findHome, looksAfter, requireRole, requireRoleAnywhere } from '../people/roles.ts';
import {
  type Account,
  findAccount,
  findAccountByLogin,
  readGrants,
  readIdleAccounts,
} from '../store/account-store.ts';
import { forgetFailures, insertAccount, noteAccountRights, updateAccount } from '../store/write/accounts.ts';
import { endSessionsOf } from '../store/write/sessions.ts';
import { type Act, RIGHTS_CHANGED } from './act.ts';
import { confirm, note, openHome, openStanding } from './audit.ts';
import { addGrantTo, type GrantFacts, type GrantOrder } from './grants.ts';
import type { Work } from './work.ts';

/** An account to make. `linkHash`: of the link by which it sets its password; none for a role of the demo. */
export type AccountOrder = {
  login: string;
  title: string;
  mail: string | null;
  grants: readonly GrantOrder[];
  linkHash: string | null;
  demoRole: DemoRole | null;
};

const isTaken = (login: string) =>
  new AppError('conflict', `The login ${login} is taken.`, [{ field: 'login', reason: 'is taken' }], {
    says: { code: 'taken' },
  });

/** Makes an account with its grants, and gives its id. AppError `forbidden` where the caller is not administrator. */
export const addAccount: Act<ManagingCaller, AccountOrder, { id: number }> = async (work, asking, order) => {
  const { tx, site } = work;
  const caller = await confirm(work, asking);
  const standing = await openStanding(work);
  for (const { unit } of order.grants) requireRole(caller, 'administrator', unit, standing);
  const { login, title, mail, linkHash, demoRole } = order;
  if (await findAccountByLogin(tx, login)) throw isTaken(login);
  const id = await insertAccount(tx, {
    ...{ login, title, mail, linkHash, demoRole, password: null, seenAt: null, disabledAt: null },
    linkUntil: linkHash === null ? null : tx.at + site.people.linkMs,
    disableAt: demoRole === null ? tx.at + site.people.disabledAfterMs : null,
  });
  const grants: GrantFacts[] = [];
  for (const grant of order.grants) grants.push(await addGrantTo(work, id, grant, standing));
  await note(work, caller, {
    ...{ act: 'addAccount', subject: `account:${id}` },
    unit: findHome(await readGrants(tx, [id]), standing),
    after: { login, title, mail, grants, ...(demoRole === null ? {} : { demoRole }) },
  });
  return { answer: { id }, changed: RIGHTS_CHANGED };
};

/** What to change of an account; what is not named stays. `linkHash`: of a new link for its password. */
export type AccountChange = {
  id: number;
  title?: string | undefined;
  mail?: string | null | undefined;
  isDisabled?: boolean | undefined;
  unlock?: true | undefined;
  linkHash?: string | undefined;
};

/** The account a caller looks after; of any other AppError `notFound`, as if there were none. */
export async function getAccountOf(work: Work, caller: Caller, id: number): Promise<Account> {
  requireRoleAnywhere(caller, 'administrator');
  const account = await findAccount(work.tx, id);
  const grants = await readGrants(work.tx, [id]);
  if (!account || !looksAfter(caller, grants, await openStanding(work)))
    throw new AppError('notFound', `There is no account ${id}.`);
  return account;
}

type Written = { before: Record<string, unknown>; after: Record<string, unknown> };

/** Facts of the row that differ from what is asked. */
async function writeFacts({ tx, site }: Work, account: Account, change: AccountChange): Promise<Written> {
  const { title = account.title, mail = account.mail, linkHash } = change;
  const written: Written = { before: {}, after: {} };
  for (const [name, value] of Object.entries({ title, mail })) {
    const known = account[name as 'title' | 'mail'];
    if (value === known) continue;
    written.before[name] = known;
    written.after[name] = value;
  }
  const link = linkHash === undefined ? {} : { linkHash, linkUntil: tx.at + site.people.linkMs };
  if (linkHash !== undefined) written.after.renewLink = true;
  await updateAccount(tx, account.id, { title, mail, ...link });
  return written;
}

async function switchAccount(
  { tx, site }: Work,
  { id, disabledAt }: Account,
  isDisabled: boolean | undefined,
): Promise<Written> {
  if (isDisabled === undefined || isDisabled === (disabledAt !== null)) return { before: {}, after: {} };
  if (isDisabled) {
    await updateAccount(tx, id, { disabledAt: tx.at, linkHash: null, linkUntil: null });
    await endSessionsOf(tx, id);
  } else await updateAccount(tx, id, { disabledAt: null, disableAt: tx.at + site.people.disabledAfterMs });
  await noteAccountRights(tx, id);
  return { before: { isDisabled: !isDisabled }, after: { isDisabled } };
}

function checkChange(caller: Caller, account: Account, change: AccountChange): void {
  if (change.isDisabled && caller.kind === 'person' && caller.account === account.id)
    throw new AppError('conflict', 'Nobody can disable the account he works with.', [], {
      says: { code: 'ownAccount' },
    });
  const staysDisabled = account.disabledAt !== null && change.isDisabled !== false;
  if (change.linkHash !== undefined && (change.isDisabled || staysDisabled))
    throw new AppError('conflict', 'A disabled account sets no password: enable it first.');
  if (change.linkHash !== undefined && account.demoRole !== null)
    throw new AppError('conflict', 'A role of the demo has no password.');
}

/** Changes an account; AppError `notFound` for one that the caller does not look after. */
export const changeAccount: Act<ManagingCaller, AccountChange, null> = async (work, asking, change) => {
  const caller = await confirm(work, asking);
  const account = await getAccountOf(work, caller, change.id);
  checkChange(caller, account, change);
  const facts = await writeFacts(work, account, change);
  const state = await switchAccount(work, account, change.isDisabled);
  const unlocked = change.unlock ? await forgetFailures(work.tx, account.id) : 0;
  const after = {
    ...{ ...facts.after, ...state.after },
    ...(change.unlock ? { unlock: true, addresses: unlocked } : {}),
  };
  if (Object.keys(after).length === 0) return { answer: null, changed: null };
  await note(work, caller, {
    ...{ act: 'changeAccount', subject: `account:${account.id}` },
    unit: (await openHome(work, account.id)).home,
    before: { login: account.login, ...facts.before, ...state.before },
    after,
  });
  return { answer: null, changed: RIGHTS_CHANGED };
};

/** Accounts that one commit of the clock disables at the most. */
const DISABLED_AT_ONCE = 100;

/** Disables accounts that nobody used for too long, as the clock does; gives how many. */
export async function disableIdle(work: Work): Promise<number> {
  const idle = await readIdleAccounts(work.tx, work.tx.at, DISABLED_AT_ONCE);
  for (const account of idle) {
    await switchAccount(work, account, true);
    await note(
      work,
      { kind: 'clock' },
      {
        ...{ act: 'disableIdle', subject: `account:${account.id}` },
        unit: (await openHome(work, account.id)).home,
        before: { login: account.login, isDisabled: false },
        after: { isDisabled: true },
      },
    );
  }
  return idle.length;
}
