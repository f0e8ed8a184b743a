/** What overrides must keep to: the rule they are of, its inheritance, and that a worse level lies further. */
import { findLooser, type Looser, type Place, resolveRule } from '../../shared/effective.ts';
import { codeOfIssue, type Said } from '../../shared/problem.ts';
import {
  ALERT_SEVERITIES,
  type Override,
  type OverrideValues,
  RuleBody,
  type RuleVersion,
} from '../../shared/rule.ts';
import { findLevelFaults, type LevelFault } from '../../shared/rule-bounds.ts';
import type { UnitLevel } from '../../shared/unit.ts';
import { AppError, type InputError } from '../errors.ts';
import type { Standing } from '../people/roles.ts';
import { nearestDay } from '../people/scope.ts';
import type { RuleBook } from '../store/rule-book.ts';
import type { StoredOverride } from '../store/rule-store.ts';
import type { Work } from './work.ts';

/** The rules in force, with their overrides by rule, as overrides are checked against them. */
export type Rules = { book: RuleBook; byRule: ReadonlyMap<string, readonly Override[]>; standing: Standing };

/** The rules in force before this commit changes them. */
export async function openRules({ tx, rules }: Work, standing: Standing): Promise<Rules> {
  const book = await rules.load(tx, tx.rulesSeq);
  return { book, byRule: Map.groupBy(book.overrides, ({ rule }) => rule), standing };
}

/** Whether an override's last day has gone by. */
export const isOver = ({ validTo }: Pick<StoredOverride, 'validTo'>, today: string): boolean =>
  validTo <= today;

/** The rule that an override is of; AppError `notFound` where none with the id judges the unit or anything below it. */
export function findJudging({ book, standing }: Rules, id: string, unit: number): RuleVersion {
  const { tree, today } = standing;
  const rule = book.rules.get(id);
  const day = nearestDay(tree.get(unit), today);
  const meets = (root: number) =>
    tree.pathOn(unit, day).includes(root) || tree.pathOn(root, today).includes(unit);
  if (rule && (rule.unit === null || meets(rule.unit))) return rule;
  throw new AppError('notFound', `No rule ${id} judges this unit.`, [
    { field: 'rule', reason: 'is not known', code: 'unknown' },
  ]);
}

/** An override to be checked: of a unit, from a day on. */
export type Checked = { unit: number; level: UnitLevel | null; values: OverrideValues; from: string };

const wordLooser = ({ field, value, without }: Looser, { inherit }: RuleBody): InputError => ({
  field: `values.${field}`,
  reason:
    inherit === 'locked'
      ? `may not be changed here: ${without ?? 'no value'} holds`
      : `may only be tightened: ${value} is looser than ${without ?? 'no value'}, which holds`,
  ...(inherit === 'locked'
    ? { code: 'locked' as const }
    : { code: 'looser' as const, params: { value, present: without ?? '–' } }),
});

const wordBound = ({ fault }: LevelFault): string => {
  if (fault.kind === 'none') return 'is no threshold here: the rule reads no count';
  if (fault.kind === 'whole') return 'is a whole number';
  return `is at ${fault.kind} ${fault.limit}`;
};

const codeOfBound = ({ fault }: LevelFault): Said => {
  if (fault.kind === 'none') return { code: 'noCount' };
  return fault.kind === 'whole' ? { code: 'whole' } : { code: fault.kind, params: { limit: fault.limit } };
};

/** The thresholds of an override that the figure of its rule can never be compared with. */
function findUnbound({ body }: RuleVersion, { raise = {}, count = {} }: OverrideValues): InputError[] {
  const levels = ALERT_SEVERITIES.map((severity) => ({
    raise: raise[severity] ?? null,
    count: count[severity] ?? null,
  }));
  return findLevelFaults(body.condition, levels).map((one) => ({
    field: `values.${one.key}.${ALERT_SEVERITIES[one.place]}`,
    reason: wordBound(one),
    ...codeOfBound(one),
  }));
}

/** The levels that come of an override, if they are none that a rule may have. */
function findDisorder(rule: RuleVersion, place: Place): InputError[] {
  const effective = resolveRule(rule, place);
  if (effective.isOff) return [];
  const levels = effective.levels.map(({ severity, raise, count }) => ({ severity, raise, count }));
  const parsed = RuleBody.safeParse({ ...rule.body, levels, minimum: effective.minimum });
  if (parsed.success) return [];
  return parsed.error.issues.map((issue) => ({
    ...{ field: 'values', reason: issue.message },
    ...codeOfIssue(issue),
  }));
}

/**
 * The place where what an override is of holds: the unit itself, or of a level the first unit of it below. Overrides of units
 * nearer to that than the override's own do not count.
 */
export function placeOf(
  standing: Standing,
  { unit, level, from }: Pick<Checked, 'unit' | 'level' | 'from'>,
  overrides: readonly Override[],
): Place {
  const { tree } = standing;
  const day = nearestDay(tree.get(unit), from);
  const path = tree.pathOn(unit, day);
  const below = level === null ? undefined : tree.subtreeOn(unit, day).find((one) => one.level === level);
  return {
    tree,
    day,
    unit: below?.id ?? unit,
    overrides: overrides.filter((one) => path.includes(one.unit)),
  };
}

/** What is wrong with an override of a rule; empty where it may stand. */
export function checkOverride(
  { byRule, standing }: Rules,
  rule: RuleVersion,
  { unit, level, values, from }: Checked,
): InputError[] {
  const unbound = findUnbound(rule, values);
  if (unbound.length > 0) return unbound;
  const others = (byRule.get(rule.id) ?? []).filter((one) => one.unit !== unit || one.level !== level);
  const place = placeOf(standing, { unit, level, from }, others);
  const looser = findLooser(rule, { values, place }).map((one) => wordLooser(one, rule.body));
  if (looser.length > 0) return looser;
  const own: Override = {
    ...{ id: Number.MAX_SAFE_INTEGER, rule: rule.id, unit, level, values },
    ...{ from: place.day, to: '9999-12-31' },
  };
  return findDisorder(rule, { ...place, overrides: [own, ...place.overrides] });
}

/** Throws AppError `unprocessable` where anything is wrong. */
export function refuseOverride(faults: readonly InputError[]): void {
  if (faults.length > 0)
    throw new AppError('unprocessable', 'These thresholds may not stand here.', faults, {
      says: { code: 'thresholds' },
    });
}
