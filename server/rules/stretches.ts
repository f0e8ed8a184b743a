/** By what a rule judges a unit over time: the thresholds of each stretch of days, on the tree and by the overrides of those days. */
import { type EffectiveRule, resolveRule } from '../../shared/effective.ts';
import { chooseJudges } from '../../shared/rivals.ts';
import type { Override, RuleVersion } from '../../shared/rule.ts';
import { livesOn, type UnitTree } from '../../shared/unit.ts';

/** From a day on (until the next stretch) a unit is judged by these thresholds; null: not by this rule. */
export type Stretch = { from: string; effective: EffectiveRule | null };

/** `rules`: all that may judge instead; the one that is followed must be among them. */
export type StretchOrder = {
  rules: readonly RuleVersion[];
  overrides: readonly Override[];
  tree: UnitTree;
  from: string;
  to: string;
};

/** Days on which what judges a unit may change: its own life and path, the roots of scopes, and overrides. */
function listTurns(rule: RuleVersion, unit: number, { overrides, tree, from, to }: StretchOrder): string[] {
  const life = tree.get(unit);
  const own = overrides.filter((override) => override.rule === rule.id);
  const days = [
    ...[life.from, life.to ?? to],
    ...tree.pathChangesAfter(unit, from),
    ...own.flatMap((override) => [override.from, override.to]),
  ];
  return [from, ...[...new Set(days)].filter((day) => from < day && day < to).sort()];
}

/** The stretches of days in which a rule judges a unit, in order, the first from `from` on. */
export function listStretches(rule: RuleVersion, unit: number, order: StretchOrder): Stretch[] {
  const { rules, overrides, tree } = order;
  const stretches: Stretch[] = [];
  for (const day of listTurns(rule, unit, order)) {
    const judges = livesOn(tree.get(unit), day) ? chooseJudges(rules, { tree, unit, day }) : [];
    const isJudge = judges.some(({ id }) => id === rule.id);
    const effective = isJudge ? resolveRule(rule, { overrides, tree, unit, day }) : null;
    if (stretches.length === 0 || effective !== null || stretches.at(-1)?.effective !== null)
      stretches.push({ from: day, effective });
  }
  return stretches;
}
