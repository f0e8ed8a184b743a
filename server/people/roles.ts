/** Who may do what where. Law: a role holds in the unit's subtree as the tree stands today, and follows succession. */
import type { Role } from '../../shared/people.ts';
import { livesOn, type UnitTree } from '../../shared/unit.ts';
import { AppError } from '../errors.ts';
import type { Caller, Grant } from './caller.ts';
import { nearestDay } from './scope.ts';

/** The units as they stand on a day. */
export type Standing = { tree: UnitTree; today: string };

/** A grant with its days, as it is stored. */
export type DatedGrant = Grant & { validFrom: string; validTo: string | null };

/** Whether a grant is in force on a day. */
export function holdsOn(
  { validFrom, validTo }: Pick<DatedGrant, 'validFrom' | 'validTo'>,
  day: string,
): boolean {
  return validFrom <= day && (validTo === null || day < validTo);
}

/** Tells of units whether they lie in the subtree of one of `roots`, or of what took over from it. */
export function createReach(standing: Standing, roots: Iterable<number>): (unit: number) => boolean {
  const { tree, today } = standing;
  const scopes = [...new Set(roots)].map((root) => tree.scopeOf(root));
  return (unit) => {
    const day = nearestDay(tree.get(unit), today);
    return scopes.some((scope) => tree.isWithin(scope, unit, day));
  };
}

const isEverywhere = ({ kind }: Caller) => kind === 'command' || kind === 'clock';

/** The units in whose subtrees a caller has a role; any role lets its holder read. */
export function rootsOf(caller: Caller, role: Role): number[] {
  if (!('grants' in caller)) return [];
  const having = caller.grants.filter((grant) => role === 'viewer' || grant.role === role);
  return having.map(({ unit }) => unit);
}

/** Whether a caller has a role in a unit. */
export function hasRole(caller: Caller, role: Role, unit: number, standing: Standing): boolean {
  return isEverywhere(caller) || createReach(standing, rootsOf(caller, role))(unit);
}

/** The unit that a rule is over; the units of today that stand under none, where it is over all. */
export function listRoots({ tree, today }: Standing, unit: number | null): number[] {
  if (unit !== null) return [unit];
  return [...tree.units.values()].flatMap((one) =>
    livesOn(one, today) && tree.parentOn(one.id, today) === undefined ? one.id : [],
  );
}

/** Passes for whoever has one of some roles in a unit; AppError `forbidden` names them and the unit. */
export function requireOneOf(caller: Caller, roles: readonly Role[], unit: number, standing: Standing): void {
  if (roles.some((role) => hasRole(caller, role, unit, standing))) return;
  const { tree, today } = standing;
  const facts = tree.get(unit);
  const reference = tree.referenceOf(facts, today);
  const named = roles.join(' or ');
  throw new AppError(
    'forbidden',
    `This needs the role ${named} in ${reference} (${facts.name.vi}).`,
    [{ field: 'role', reason: `${named} in ${reference} is needed` }],
    { says: { code: 'roleNeeded', params: { roles: roles.join(','), unit: facts.name.vi } } },
  );
}

/** Passes for whoever has a role in a unit; AppError `forbidden` names both. */
export function requireRole(caller: Caller, role: Role, unit: number, standing: Standing): void {
  requireOneOf(caller, [role], unit, standing);
}

/** Passes for whoever has one of some roles in any unit; AppError `forbidden` names them. */
export function requireOneOfAnywhere(caller: Caller, roles: readonly Role[]): void {
  if (isEverywhere(caller) || roles.some((role) => rootsOf(caller, role).length > 0)) return;
  const named = roles.join(' or ');
  throw new AppError(
    'forbidden',
    `This needs the role ${named} in the unit it concerns.`,
    [{ field: 'role', reason: `${named} in the unit it concerns is needed` }],
    { says: { code: 'roleNeededThere', params: { roles: roles.join(',') } } },
  );
}

/** Passes for whoever has a role in any unit; AppError `forbidden` names the role. */
export function requireRoleAnywhere(caller: Caller, role: Role): void {
  requireOneOfAnywhere(caller, [role]);
}

/** The grants that say whose an account is: those not over yet; where all are, the past ones. */
export function listTelling<G extends DatedGrant>(grants: readonly G[], today: string): readonly G[] {
  const alive = grants.filter(({ validTo }) => validTo === null || validTo > today);
  return alive.length > 0 ? alive : grants;
}

/** Whether a caller looks after an account: every unit of its grants lies where the caller is administrator. */
export function looksAfter(caller: Caller, grants: readonly DatedGrant[], standing: Standing): boolean {
  if (isEverywhere(caller)) return true;
  const telling = listTelling(grants, standing.today);
  const isReached = createReach(standing, rootsOf(caller, 'administrator'));
  return telling.length > 0 && telling.every(({ unit }) => isReached(unit));
}

/** The lowest unit above all the grants of an account: whose administrators see what is done to it. Null where none is. */
export function findHome(grants: readonly DatedGrant[], standing: Standing): number | null {
  const { tree, today } = standing;
  const paths = listTelling(grants, today).map(({ unit }) => {
    const current = tree.currentOf(unit, today);
    return tree.pathOn(current, nearestDay(tree.get(current), today));
  });
  const [first = [], ...others] = paths;
  return first.find((unit) => others.every((path) => path.includes(unit))) ?? null;
}
