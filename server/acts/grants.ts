import type { Role } from '../../shared/people.ts';
import { AppError } from '../errors.ts';
import type { ManagingCaller } from '../people/caller.ts';
import { holdsOn, looksAfter, requireRole, requireRoleAnywhere, type Standing } from '../people/roles.ts';
import { findAccount, findGrant, readGrants, type StoredGrant } from '../store/account-store.ts';
import { endGrant, insertGrant } from '../store/write/accounts.ts';
import { type Act, RIGHTS_CHANGED } from './act.ts';
import { confirm, note, openStanding } from './audit.ts';
import type { Work } from './work.ts';

/** A grant to give: a role in the subtree of a unit, from a day (today) until a day (no end), exclusive. */
export type GrantOrder = {
  role: Role;
  unit: number;
  from?: string | undefined;
  to?: string | null | undefined;
};

/** What the audit says of a grant. */
export type GrantFacts = { id: number; role: Role; unit: string; from: string; to: string | null };

/** Gives a grant to an account; the caller has been checked. AppError `unprocessable` where it would end before it begins. */
export async function addGrantTo(
  { tx }: Work,
  account: number,
  order: GrantOrder,
  { tree, today }: Standing,
): Promise<GrantFacts> {
  const { role, unit, from = today, to = null } = order;
  if (to !== null && to <= from)
    throw new AppError('unprocessable', 'A grant ends after it begins.', [
      { field: 'to', reason: 'is not after from' },
    ]);
  const id = await insertGrant(tx, { account, role, unit, validFrom: from, validTo: to });
  return { id, role, unit: tree.referenceOf(tree.get(unit), today), from, to };
}

/** Gives an account a role, and answers the grant's id. AppError `notFound` for an account the caller does not look after. */
export const addGrant: Act<ManagingCaller, GrantOrder & { account: number }, { id: number }> = async (
  work,
  asking,
  { account, ...order },
) => {
  const caller = await confirm(work, asking);
  const standing = await openStanding(work);
  requireRole(caller, 'administrator', order.unit, standing);
  const known = await findAccount(work.tx, account);
  if (!known || !looksAfter(caller, await readGrants(work.tx, [account]), standing))
    throw new AppError('notFound', `There is no account ${account}.`);
  const facts = await addGrantTo(work, account, order, standing);
  await note(work, caller, {
    ...{ act: 'addGrant', subject: `account:${account}`, unit: order.unit },
    after: { login: known.login, ...facts },
  });
  return { answer: { id: facts.id }, changed: RIGHTS_CHANGED };
};

const isOver = ({ validTo }: StoredGrant, today: string) => validTo !== null && validTo <= today;

/** An administrator stays one: somebody must be left who can undo what he did. */
function checkOwn(caller: ManagingCaller, grant: StoredGrant, grants: readonly StoredGrant[], today: string) {
  if (caller.kind !== 'person' || caller.account !== grant.account || grant.role !== 'administrator') return;
  const isOther = (other: StoredGrant) => other.id !== grant.id && other.role === 'administrator';
  if (grants.some((other) => isOther(other) && holdsOn(other, today))) return;
  throw new AppError('conflict', 'Nobody can take back his own last grant as administrator.', [], {
    says: { code: 'ownGrant' },
  });
}

/** Ends a grant today; AppError `notFound` for one that is over, or that the caller does not look after. */
export const removeGrant: Act<ManagingCaller, { id: number }, null> = async (work, asking, { id }) => {
  const caller = await confirm(work, asking);
  requireRoleAnywhere(caller, 'administrator');
  const standing = await openStanding(work);
  const { tree, today } = standing;
  const grant = await findGrant(work.tx, id);
  const grants = grant ? await readGrants(work.tx, [grant.account]) : [];
  if (!grant || isOver(grant, today) || !looksAfter(caller, grants, standing))
    throw new AppError('notFound', `There is no grant ${id}.`);
  checkOwn(caller, grant, grants, today);
  await endGrant(work.tx, grant, today);
  const { role, validFrom, validTo } = grant;
  const unit = tree.referenceOf(tree.get(grant.unit), today);
  await note(work, caller, {
    ...{ act: 'removeGrant', subject: `account:${grant.account}`, unit: grant.unit },
    before: { id, role, unit, from: validFrom, to: validTo },
    after: { to: today },
  });
  return { answer: null, changed: RIGHTS_CHANGED };
};
