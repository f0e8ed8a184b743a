/** Rules that judge the same figure as a draft, and which of two wins where. Pure. */
import { keyOfRule } from '../../shared/rivals.ts';
import type { RuleBody } from '../../shared/rule.ts';
import type { RuleView } from '../../shared/rule-view.ts';

type UnitRow = { id: number; ref: string; parent: number | null };

/** A rule beside a draft: `wins` where both judge a unit. */
export type Rival = { id: string; name: RuleBody['name']; wins: boolean };

/** The units above a unit and itself, the nearest first; empty of none, which is everywhere. */
function pathOf(ref: string | null, units: readonly UnitRow[]): string[] {
  const byId = new Map(units.map((unit) => [unit.id, unit]));
  const path: string[] = [];
  for (let unit = units.find((one) => one.ref === ref); unit; ) {
    path.push(unit.ref);
    unit = unit.parent === null ? undefined : byId.get(unit.parent);
  }
  return path;
}

function sharesLevels(a: RuleBody, b: RuleBody): boolean {
  const [left, right] = [a.scope.levels, b.scope.levels];
  return left.length === 0 || right.length === 0 || left.some((level) => right.includes(level));
}

type Placed = { id: string; version: number; path: readonly string[]; body: RuleBody };

/** Positive where the first of two rules loses to the second: as the judge chooses among them. */
function compare(a: Placed, b: Placed): number {
  const isWide = ({ body }: Placed) => (body.scope.levels.length === 0 ? 1 : 0);
  return (
    b.path.length - a.path.length || isWide(a) - isWide(b) || b.version - a.version || (a.id < b.id ? 1 : -1)
  );
}

type Among = {
  /** Of the rule that is edited, with the version it would be saved as. */
  own: { id: string; version: number };
  rules: readonly RuleView[];
  units: readonly UnitRow[];
};

/** The rules switched on that judge what a draft judges, where their scopes meet; `wins` as the judge chooses. */
export function findRivals(draft: RuleBody, { own, rules, units }: Among): Rival[] {
  const mine = { ...own, path: pathOf(draft.scope.unit, units), body: draft };
  const key = keyOfRule(mine);
  return rules.flatMap(({ id, current: { body, version } }) => {
    if (id === own.id || !body.isEnabled || keyOfRule({ body }) !== key || !sharesLevels(body, draft))
      return [];
    const other = { id, version, path: pathOf(body.scope.unit, units), body };
    const meets =
      other.path.length === 0 ||
      mine.path.length === 0 ||
      (draft.scope.unit !== null && other.path.includes(draft.scope.unit)) ||
      (body.scope.unit !== null && mine.path.includes(body.scope.unit));
    return meets ? [{ id, name: body.name, wins: compare(mine, other) > 0 }] : [];
  });
}
