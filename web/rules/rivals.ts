/** Rules that judge the same figure as a draft, and which of two wins where. Pure. */
import { indicatorOf, type RuleBody } from '../../shared/rule.ts';
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

/** The enabled rules that judge what a draft judges, in its units; the one with the nearer scope wins. */
export function findRivals(
  draft: RuleBody,
  { id, rules, units }: { id: string | null; rules: readonly RuleView[]; units: readonly UnitRow[] },
): Rival[] {
  const own = pathOf(draft.scope.unit, units);
  const indicator = indicatorOf(draft.condition);
  return rules.flatMap((rule) => {
    const { body } = rule.current;
    const isSame =
      rule.id !== id &&
      body.isEnabled &&
      body.condition.kind === draft.condition.kind &&
      indicatorOf(body.condition) === indicator &&
      body.direction === draft.direction &&
      sharesLevels(body, draft);
    if (!isSame) return [];
    const other = pathOf(body.scope.unit, units);
    const meets =
      other.length === 0 ||
      own.length === 0 ||
      (draft.scope.unit !== null && other.includes(draft.scope.unit)) ||
      (body.scope.unit !== null && own.includes(body.scope.unit));
    return meets ? [{ id: rule.id, name: body.name, wins: other.length > own.length }] : [];
  });
}
