/**
 * What a caller may see. The one place where a unit becomes one inside a scope.
 * Law: what lies outside answers exactly as if it did not exist. Only of a unit that stands above one of the caller's own is it
 * said that it may not be seen whole: whoever may see a commune knows of its province.
 */
import { addDays, hasEndedBy } from '../../shared/period.ts';
import type { Scope, Unit, UnitTree } from '../../shared/unit.ts';
import { AppError } from '../errors.ts';

declare const isInside: unique symbol;

/** The id of a unit that whoever asks may see: every read of figures takes one. */
export type ScopedUnit = number & { readonly [isInside]: true };

/** What grants open on a day. `roots`: their units as they are by then, the widest first, none below another. */
export type Reach = {
  tree: UnitTree;
  today: string;
  scope: Scope;
  roots: readonly ScopedUnit[];
  root: ScopedUnit;
};

function unite(scopes: readonly Scope[]): Scope {
  const found = new Map<number, string>();
  for (const scope of scopes) {
    for (const [unit, from] of scope) {
      const known = found.get(unit);
      if (known === undefined || from < known) found.set(unit, from);
    }
  }
  return found;
}

function listRoots(tree: UnitTree, units: readonly number[], today: string): ScopedUnit[] {
  const current = [...new Set(units.map((unit) => tree.currentOf(unit, today)))];
  const top = current.filter(
    (unit) => !tree.pathOn(unit, today).some((above) => above !== unit && current.includes(above)),
  );
  const rankOf = (unit: number) => tree.pathOn(unit, today).length;
  const codeOf = (unit: number) => tree.get(unit).code;
  top.sort((a, b) => rankOf(a) - rankOf(b) || (codeOf(a) < codeOf(b) ? -1 : 1));
  return top as ScopedUnit[];
}

/** What grants over some units open on a day: all their scopes together. AppError `forbidden` where there is none. */
export function openReach(tree: UnitTree, units: readonly number[], today: string): Reach {
  const roots = listRoots(tree, units, today);
  const [root] = roots;
  if (root === undefined) throw new AppError('forbidden', 'This account has no role in any unit today.');
  return { tree, today, roots, root, scope: unite(units.map((unit) => tree.scopeOf(unit))) };
}

/** What everybody sees who may see a unit: the unit with what is below it, and its past. */
export function narrowTo<R extends Reach>(reach: R, unit: ScopedUnit): R {
  return { ...reach, scope: reach.tree.ancestry(unit), roots: [unit], root: unit };
}

/** The day of a unit's life that is nearest to another. */
export function nearestDay(unit: Unit, day: string): string {
  if (day < unit.from) return unit.from;
  return hasEndedBy(unit, day) ? addDays(unit.to, -1) : day;
}

/** Whether a unit may be seen: it lies in the scope, or what does has taken it over by today and answers for its past. */
export function isVisible(reach: Pick<Reach, 'tree' | 'today' | 'scope'>, unit: number): unit is ScopedUnit {
  const { tree, today, scope } = reach;
  if (tree.isWithin(scope, unit, nearestDay(tree.get(unit), today))) return true;
  return tree.successorsOf(unit).some(({ successor, on }) => on <= today && isVisible(reach, successor));
}

/** Whether a unit stands above one of the grants, or above what became of that: known by name, and visible in part only. */
export function isAbove({ tree, today, roots }: Reach, unit: number): boolean {
  const present: number[] = [...roots];
  for (const one of present)
    present.push(...tree.successorsOf(one).flatMap(({ successor, on }) => (on <= today ? successor : [])));
  return present.some((one) => tree.pathOn(one, today).slice(1).includes(unit));
}

/** Whether something of a unit's subtree (null: of every unit) reaches any unit that may be seen. */
export function touches(reach: Reach, unit: number | null): boolean {
  return unit === null || isVisible(reach, unit) || isAbove(reach, unit);
}

/** The unit a reference names, if it may be seen; AppError `forbidden` for one above the scope, else `notFound`. */
export function getScopedUnit(reach: Reach, reference: string): ScopedUnit {
  const unit = reach.tree.findByReference(reference, reach.today)?.id;
  if (unit !== undefined && isVisible(reach, unit)) return unit;
  if (unit !== undefined && isAbove(reach, unit)) {
    throw new AppError('forbidden', `Of ${reference} you may see a part only.`, [
      { field: 'unit', reason: 'stands above your scope' },
    ]);
  }
  throw new AppError('notFound', `No unit is named ${reference}.`, [
    { field: 'unit', reason: 'is not known' },
  ]);
}

/** Of units on a path or beside one another those that a scope covers on a day. */
export function cutToScope<U extends number>(
  { tree, scope }: Pick<Reach, 'tree' | 'scope'>,
  units: readonly U[],
  day: string,
): U[] {
  return units.filter((unit) => tree.isWithin(scope, unit, day));
}
