/** Who may act on the alerts of a unit: operators there, and its head. */
import type { Role } from '../../shared/people.ts';
import { createReach, holdsOn, type Standing } from '../people/roles.ts';
import { type Account, readAccounts, readGrants, type StoredGrant } from '../store/account-store.ts';
import type { Reader } from '../store/store.ts';

const ACTING: readonly Role[] = ['operator', 'head'];

/** Whether grants let their holder act in a unit on the day. */
function isActing(
  grants: readonly StoredGrant[],
  { unit, roles, standing }: { unit: number; roles: readonly Role[]; standing: Standing },
): boolean {
  const own = grants.filter((grant) => roles.includes(grant.role) && holdsOn(grant, standing.today));
  return createReach(
    standing,
    own.map((grant) => grant.unit),
  )(unit);
}

/** Whether an alert of a unit may be assigned to an account. */
export async function mayBeAssigned(
  reader: Reader,
  account: Account,
  unit: number,
  standing: Standing,
): Promise<boolean> {
  if (account.disabledAt !== null) return false;
  return isActing(await readGrants(reader, [account.id]), { unit, roles: ACTING, standing });
}

/** Accounts that may act in a unit as one of some roles, by login. */
export async function listActing(
  reader: Reader,
  { unit, roles = ACTING }: { unit: number; roles?: readonly Role[] },
  standing: Standing,
): Promise<Account[]> {
  const grants = Map.groupBy(await readGrants(reader), ({ account }) => account);
  return (await readAccounts(reader)).filter(
    ({ id, disabledAt }) => disabledAt === null && isActing(grants.get(id) ?? [], { unit, roles, standing }),
  );
}
