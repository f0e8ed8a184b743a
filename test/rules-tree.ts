/** A small tree that changes, with overrides of one rule over its units. */
import { type Place, resolveRule } from '../shared/effective.ts';
import type { Override, OverrideValues, RuleVersion } from '../shared/rule.ts';
import { type Unit, UnitTree } from '../shared/unit.ts';

/** Units of the tree. */
export const [PROVINCE, DISTRICT, COMMUNE, OFFICE] = [1, 2, 3, 4];
/** The last day of the district, and the first without it. */
export const BEFORE = '2025-06-30';
export const AFTER = '2025-07-01';

const unit = (id: number, level: Unit['level'], to: string | null = null): Unit => ({
  ...{ id, code: `u${id}`, name: { vi: `u${id}`, en: `u${id}` }, level, to },
  ...{ from: '2020-01-01', lat: null, lon: null },
});

/** A commune below a district that ended on 2025-07-01, and below the province since. */
export const tree = new UnitTree({
  units: [
    unit(PROVINCE, 'province'),
    unit(DISTRICT, 'district', AFTER),
    unit(COMMUNE, 'commune'),
    unit(OFFICE, 'office'),
  ],
  parents: [
    { unit: PROVINCE, parent: null, from: '2020-01-01' },
    { unit: DISTRICT, parent: PROVINCE, from: '2020-01-01' },
    { unit: COMMUNE, parent: DISTRICT, from: '2020-01-01' },
    { unit: COMMUNE, parent: PROVINCE, from: AFTER },
    { unit: OFFICE, parent: COMMUNE, from: '2020-01-01' },
  ],
  successions: [],
  aliases: [],
});

let id = 0;
/** An override of the rule over a unit, of the days around the change of the tree. */
export function override(at: number, values: OverrideValues, said: Partial<Override> = {}): Override {
  id += 1;
  return { id, rule: 'rule', unit: at, level: null, values, from: '2025-01-01', to: '2026-01-01', ...said };
}

/** The commune on the first day without the district, unless said otherwise. */
export const place = (overrides: Override[], said: Partial<Place> = {}): Place => ({
  ...{ overrides, tree, unit: COMMUNE, day: AFTER },
  ...said,
});

/** From which value on a rule warns of what it holds for. */
export const warningOf = (rule: RuleVersion, at: Place) =>
  resolveRule(rule, at).levels.find(({ severity }) => severity === 'warning')?.raise;
