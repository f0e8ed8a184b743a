import { resolveRule, traceRule } from '../../shared/effective.ts';
import { obtain } from '../../shared/obtain.ts';
import type { Override, RuleVersion } from '../../shared/rule.ts';
import type { ImportAnswer } from '../../shared/rule-view.ts';
import type { Standing } from '../people/roles.ts';
import { nearestDay } from '../people/scope.ts';
import type { StoredOverride } from '../store/rule-store.ts';
import type { ImportLine } from './import-thresholds.ts';
import { placeOf, type Rules } from './override-checks.ts';

/** A line that changes something: on which days, of which rule, and what it takes the place of. */
export type Planned = {
  line: ImportLine;
  judge: RuleVersion;
  days: { from: string; to: string };
  replaces: readonly StoredOverride[];
  isNew: boolean;
};

/** The overrides of each rule as they will be once the plans are written and agreed to. */
function foresee({ byRule, book, standing }: Rules, plans: readonly Planned[]): Rules {
  const gone = new Map(
    plans.flatMap(({ replaces, days }) => replaces.map((one) => [one.id, days.from] as const)),
  );
  const kept = [...byRule.values()].flat().flatMap((one): Override[] => {
    const end = gone.get(one.id);
    if (end === undefined) return [one];
    return one.from < end ? [{ ...one, to: end }] : [];
  });
  const added = plans.map(
    ({ line, days }, index): Override => ({
      ...{ id: Number.MAX_SAFE_INTEGER - plans.length + index, rule: line.rule, unit: line.unit },
      ...{ level: line.level, values: line.values, ...days },
    }),
  );
  return { book, standing, byRule: Map.groupBy([...kept, ...added], ({ rule }) => rule) };
}

/** Finds the overrides of a rule that may reach a unit, without going through all of them. */
function indexByUnit({ byRule, standing }: Rules) {
  const indexes = new Map<string, Map<number, Override[]>>();
  return (rule: string, unit: number, day: string): Override[] => {
    const index = obtain(indexes, rule, () => Map.groupBy(byRule.get(rule) ?? [], (one) => one.unit));
    return standing.tree.pathOn(unit, day).flatMap((above) => index.get(above) ?? []);
  };
}

type Find = ReturnType<typeof indexByUnit>;

function compareLine(
  standing: Standing,
  { line, judge, days }: Planned,
  { before, after }: { before: Find; after: Find },
): ImportAnswer['differences'] {
  const { tree, today } = standing;
  const trace = (find: Find) => {
    const overrides = find(line.rule, line.unit, nearestDay(tree.get(line.unit), days.from));
    return traceRule(judge, placeOf(standing, { ...line, from: days.from }, overrides));
  };
  const then = trace(after);
  const unit = tree.get(line.unit);
  return trace(before).flatMap(({ field, value }, index) => {
    const next = then[index]?.value ?? null;
    if (next === value) return [];
    const whose = { unit: tree.referenceOf(unit, today), unitName: unit.name };
    return [{ line: line.line, rule: line.rule, ...whose, field, before: value, after: next }];
  });
}

/** The units whose thresholds become others by any of the plans. */
function countUnits(
  { tree }: Standing,
  plans: readonly Planned[],
  { before, after }: { before: Find; after: Find },
): number {
  const changed = new Set<number>();
  for (const { line, judge, days } of plans) {
    const day = nearestDay(tree.get(line.unit), days.from);
    for (const { id, level } of tree.subtreeOn(line.unit, day)) {
      if (changed.has(id) || (line.level !== null && line.level !== level)) continue;
      const resolve = (find: Find) => {
        const place = { tree, unit: id, day, overrides: find(line.rule, id, day) };
        const { levels, minimum, isOff } = resolveRule(judge, place);
        return JSON.stringify([levels, minimum, isOff]);
      };
      if (resolve(before) !== resolve(after)) changed.add(id);
    }
  }
  return changed.size;
}

/** What an import changes: the rules as they will be, the values that become others, and of how many units. */
export function compareImport(
  rules: Rules,
  plans: readonly Planned[],
): Pick<ImportAnswer, 'differences' | 'units'> & { after: Rules } {
  const after = foresee(rules, plans);
  const finds = { before: indexByUnit(rules), after: indexByUnit(after) };
  return {
    after,
    differences: plans.flatMap((planned) => compareLine(rules.standing, planned, finds)),
    units: countUnits(rules.standing, plans, finds),
  };
}
