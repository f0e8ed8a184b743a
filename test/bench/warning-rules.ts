/** As many rules as a bench wants, each of one indicator of one unit. */
import type { Store } from '../../server/store/store.ts';
import { INDICATORS } from '../../shared/catalogue.ts';
import type { RuleBody } from '../../shared/rule.ts';
import { livesOn, type UnitTree } from '../../shared/unit.ts';
import { ruleBody, setRules } from '../server/judging.ts';
import { TODAY } from '../server/world.ts';

/** Indicators of which a percentage can be judged. */
const RATES = INDICATORS.filter(({ unit, direction }) => unit === 'percent' && direction !== 'none');

/** The units of the province that live today. */
export const listUnits = (tree: UnitTree, province: number) =>
  tree.subtreeOn(province, TODAY).filter((unit) => livesOn(unit, TODAY));

type Rule = RuleBody & { root: number };

/** So many rules, by id, each judging one unit by one indicator of the month. */
export function makeRules(tree: UnitTree, province: number, count: number): Record<string, Rule> {
  const units = listUnits(tree, province);
  return Object.fromEntries(
    Array.from({ length: count }, (_, index): [string, Rule] => {
      const unit = units[index % units.length];
      const indicator = RATES[Math.floor(index / units.length) % RATES.length];
      if (!unit || !indicator) throw new Error('there are no units');
      const body = ruleBody({
        condition: { kind: 'level', indicator: indicator.id, window: 'month' },
        direction: indicator.direction === 'up' ? 'below' : 'above',
        levels: [{ severity: 'warning', raise: indicator.direction === 'up' ? 50 : 40, count: null }],
        scope: { unit: tree.referenceOf(unit, TODAY), levels: [unit.level] },
        minimum: 30,
      });
      return [`bench-${index}`, { ...body, root: unit.id }];
    }),
  );
}

/** Puts these rules in the place of all there were. */
export async function replaceRules(store: Store, rules: Record<string, Rule>): Promise<void> {
  await store.commit(Date.now(), async ({ db }) => {
    await db.deleteFrom('rule').execute();
  });
  await setRules(store, rules, { now: Date.now() });
}
