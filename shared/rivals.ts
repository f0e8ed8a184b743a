import type { Condition, RuleVersion } from './rule.ts';
import type { UnitTree } from './unit.ts';

/** Which of several rules judges a unit: one at a time per indicator, unit and direction, so that nothing is warned of twice. Pure. */

type On = { tree: UnitTree; day: string };
type OnUnit = On & { unit: number };

/** What a condition is about, whatever its window or its lines: rules about the same take each other's place. */
function subjectOf(condition: Condition): string {
  const { kind } = condition;
  if (kind === 'identity') {
    const text = (terms: object) => JSON.stringify(Object.entries(terms).sort());
    return `${kind} ${text(condition.left)} ${text(condition.right)}`;
  }
  if (kind === 'change') return `${kind} ${condition.indicator} ${condition.against}`;
  if (kind === 'repeated') return `${kind} ${condition.rule}`;
  return 'indicator' in condition ? `${kind} ${condition.indicator}` : kind;
}

const keys = new WeakMap<RuleVersion['body'], string>();

/** What a rule judges, as a key: its condition but for window and lines, and its direction. */
export function keyOfRule({ body }: Pick<RuleVersion, 'body'>): string {
  const key = keys.get(body) ?? `${subjectOf(body.condition)} ${body.direction}`;
  keys.set(body, key);
  return key;
}

/** Whether a rule may judge a unit on a day: it stands in the subtree of the rule's scope, at a level that the scope names. */
export function inScope({ unit: root, body }: RuleVersion, { tree, unit, day }: OnUnit): boolean {
  const { levels } = body.scope;
  if (levels.length > 0 && !levels.includes(tree.get(unit).level)) return false;
  return root === null || tree.pathOn(unit, day).includes(root);
}

/** How far above a unit the root of a rule's scope stands; a rule of every unit is the farthest. */
function distanceOf({ unit: root }: RuleVersion, path: readonly number[]): number {
  return root === null ? path.length : path.indexOf(root);
}

/** Negative where the first of two rules, that reach a unit by its path, judges it rather than the second. */
function compareRules(a: RuleVersion, b: RuleVersion, path: readonly number[]): number {
  const isWide = ({ body }: RuleVersion) => (body.scope.levels.length === 0 ? 1 : 0);
  return (
    distanceOf(a, path) - distanceOf(b, path) ||
    isWide(a) - isWide(b) ||
    b.version - a.version ||
    (a.id < b.id ? 1 : -1)
  );
}

/**
 * The rules that judge a unit on a day, by id: of those about the same the one whose scope begins nearest, then the one that
 * names the unit's level, then the newest version. Rules that are switched off take nobody's place.
 */
export function chooseJudges(rules: Iterable<RuleVersion>, { tree, unit, day }: OnUnit): RuleVersion[] {
  const path = tree.pathOn(unit, day);
  const chosen = new Map<string, RuleVersion>();
  for (const rule of rules) {
    if (!rule.body.isEnabled || !inScope(rule, { tree, unit, day })) continue;
    const key = keyOfRule(rule);
    const known = chosen.get(key);
    if (!known || compareRules(rule, known, path) < 0) chosen.set(key, rule);
  }
  return [...chosen.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
}

/** A rule that judges the same as another in a part of its scope. `wins`: there it is the one that judges. */
export type Rival = { rule: RuleVersion; wins: boolean };

/** The path on which two scopes meet: that of the lower root; null where they do not. */
function findMeeting(a: number | null, b: number | null, { tree, day }: On): readonly number[] | null {
  if (a === null && b === null) return [];
  const paths = [a, b].flatMap((root) => (root === null ? [] : [tree.pathOn(root, day)]));
  return paths.find((path) => [a, b].every((root) => root === null || path.includes(root))) ?? null;
}

/** Other rules, switched on, about the same as one, whose scope meets its own on a day. */
export function listRivals(rule: RuleVersion, rules: Iterable<RuleVersion>, on: On): Rival[] {
  const key = keyOfRule(rule);
  const { levels } = rule.body.scope;
  return [...rules].flatMap((other): Rival[] => {
    if (other.id === rule.id || !other.body.isEnabled || keyOfRule(other) !== key) return [];
    const others = other.body.scope.levels;
    const meets =
      levels.length === 0 || others.length === 0 || levels.some((level) => others.includes(level));
    const path = meets ? findMeeting(rule.unit, other.unit, on) : null;
    return path ? [{ rule: other, wins: compareRules(other, rule, path) < 0 }] : [];
  });
}
