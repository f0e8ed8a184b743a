/** Which rules judge whom on a day, with the thresholds in force: worked out once for each unit until rules or units change. */
import { CHANNEL_RULE } from '../../shared/alert-policy.ts';
import { type EffectiveRule, resolveRule, withoutOverrides } from '../../shared/effective.ts';
import { obtain } from '../../shared/obtain.ts';
import { chooseJudges } from '../../shared/rivals.ts';
import type { RuleVersion } from '../../shared/rule.ts';
import { CHANNEL_VERSION } from '../../shared/shipped-rules.ts';
import { livesOn, type UnitTree } from '../../shared/unit.ts';
import type { RuleBook } from '../store/rule-book.ts';

/** The rules that judge units on one day. */
export type Plan = {
  day: string;
  /** Rules that judge a unit, by id; none of a unit that does not live that day. Those of feeds are among them. */
  judgesOf: (unit: number) => readonly EffectiveRule[];
  /** The rule with an id as it judges a unit; undefined: it does not. */
  findJudge: (rule: string, unit: number) => EffectiveRule | undefined;
};

type Known = { tree: UnitTree; plans: Map<string, Plan>; byRoot: Map<number | null, RuleVersion[]> };

const known = new WeakMap<RuleBook, Known>();

/** By what a channel that fails is an alert: no sample raises or clears it, but the clock steps it as any other. */
const CHANNEL = withoutOverrides(CHANNEL_VERSION);

/** Days of which plans are kept: those of a late judgement come one after the other. */
const MOST_DAYS = 8;

function createPlan(book: RuleBook, { tree, byRoot }: Known, day: string): Plan {
  const units = new Map<number, ReadonlyMap<string, EffectiveRule>>();
  const overrides = Map.groupBy(book.overrides, ({ rule }) => rule);
  const choose = (unit: number): ReadonlyMap<string, EffectiveRule> => {
    if (!livesOn(tree.get(unit), day)) return new Map();
    const near = [null, ...tree.pathOn(unit, day)].flatMap((root) => byRoot.get(root) ?? []);
    const judges = chooseJudges(near, { tree, unit, day }).map((rule) =>
      resolveRule(rule, { overrides: overrides.get(rule.id) ?? [], tree, unit, day }),
    );
    return new Map(judges.filter(({ isOff }) => !isOff).map((judge) => [judge.rule.id, judge]));
  };
  const rulesOf = (unit: number) => obtain(units, unit, () => choose(unit));
  return {
    day,
    judgesOf: (unit) => [...rulesOf(unit).values()],
    findJudge: (rule, unit) => (rule === CHANNEL_RULE ? CHANNEL : rulesOf(unit).get(rule)),
  };
}

/** The plan of a day; the same one while rules and units are the same. */
export function planFor(book: RuleBook, tree: UnitTree, day: string): Plan {
  let own = known.get(book);
  if (own?.tree !== tree) {
    const byRoot = Map.groupBy(book.rules.values(), ({ unit }) => unit);
    own = { tree, plans: new Map(), byRoot };
    known.set(book, own);
  }
  if (own.plans.size >= MOST_DAYS && !own.plans.has(day)) own.plans.clear();
  return obtain(own.plans, day, () => createPlan(book, own, day));
}

/** The units that live on a day, by id. */
export function listLiving(tree: UnitTree, day: string): number[] {
  const living: number[] = [];
  for (const unit of tree.units.values()) if (livesOn(unit, day)) living.push(unit.id);
  return living;
}
