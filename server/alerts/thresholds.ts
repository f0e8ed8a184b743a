/** The thresholds that colour figures. Law: the rule that judges the level of an indicator of a unit is what colours it. */

import { Threshold } from '../../shared/answers.ts';
import { bandsOf } from '../../shared/bands.ts';
import { findIndicator } from '../../shared/catalogue.ts';
import { type EffectiveRule, resolveRule, withoutOverrides } from '../../shared/effective.ts';
import type { Indicator } from '../../shared/indicator.ts';
import { obtain } from '../../shared/obtain.ts';
import { addDays, startOfDay } from '../../shared/period.ts';
import { chooseJudges, keyOfRule } from '../../shared/rivals.ts';
import { indicatorOf, type RuleVersion } from '../../shared/rule.ts';
import type { ThresholdView } from '../../shared/rule-view.ts';
import { thresholdsOf } from '../../shared/thresholds.ts';
import { UnitLevel } from '../../shared/unit.ts';
import type { View } from '../figures/sums.ts';
import type { ScopedUnit } from '../people/scope.ts';
import { nearestDay } from '../people/scope.ts';
import { bookAt, listFirst } from '../store/rule-past.ts';
import {
  openSources,
  overridesFor,
  type Sources,
  showLimits,
  showProvenance,
  traceFor,
} from './provenance.ts';

const isOnLevel = ({ body }: RuleVersion) => body.condition.kind === 'level' && body.isEnabled;

/** What colours figures of units at a moment, by indicator. */
export type Colouring = (unit: number) => ReadonlyMap<string, EffectiveRule>;

/** Of rules about the same indicator in both directions the one in the indicator's own. */
function byIndicator(rules: readonly RuleVersion[]): Map<string, RuleVersion> {
  const chosen = new Map<string, RuleVersion>();
  for (const rule of rules) {
    const id = indicatorOf(rule.body.condition);
    const own = findIndicator(id ?? '')?.direction === 'up' ? 'below' : 'above';
    if (id !== null && (!chosen.has(id) || rule.body.direction === own)) chosen.set(id, rule);
  }
  return chosen;
}

/** By what is judged: the rules in force at an instant, with the overrides of a day. */
export type Moment = { at: number; day: string };

/** The moment that days up to one (exclusive) are judged by: their end, or now while they run. */
export function momentOf({ now, today, site }: Pick<View, 'now' | 'today' | 'site'>, to: string): Moment {
  if (to > today) return { at: now, day: today };
  return { at: startOfDay(to, site.zone) - 1, day: addDays(to, -1) };
}

/** Rules about levels as they were in force at an instant. Of an indicator that none was about by then, the first that was. */
function listRules({ ledger: { book } }: Sources, at: number): RuleVersion[] {
  return [...listFirst(book, at), ...bookAt(book, at).rules.values()].filter(isOnLevel);
}

/** What colours the figures of each unit at a moment of its life; of some indicators alone where they are named. */
export function openColouring(
  sources: Sources,
  moment: Moment,
  indicators?: readonly Pick<Indicator, 'id'>[],
): Colouring {
  const { view } = sources;
  const wanted = indicators && new Set<string | null>(indicators.map(({ id }) => id));
  const rules = listRules(sources, moment.at).filter(
    ({ body }) => wanted?.has(indicatorOf(body.condition)) ?? true,
  );
  return (unit) => {
    const day = nearestDay(view.tree.get(unit), moment.day);
    const judges = byIndicator(chooseJudges(rules, { tree: view.tree, unit, day }));
    const overrides = overridesFor(sources, unit, day);
    const place = { tree: view.tree, unit, day, overrides };
    return new Map([...judges].map(([id, rule]) => [id, resolveRule(rule, place)]));
  };
}

type Shown = { rule: RuleVersion; indicator: string; at: { unit: number; day: string } | null };

function showThreshold(
  sources: Sources,
  { rule, indicator, at }: Shown,
  whose: { unit: number | null; levels: UnitLevel[] },
  effective: EffectiveRule,
): ThresholdView {
  const limits = at ? showLimits(sources, rule, at) : showOwnLimits(sources, rule);
  const told = limits.flatMap(({ raise, count }) => [raise, count].filter((one) => one !== null));
  const off = at && effective.isOff ? traceFor(sources, rule, at).get('isOff') : undefined;
  const own = ownSource(sources, rule);
  const source =
    (off && showProvenance(sources, rule, off)) ??
    told.find((one) => one.override !== null) ??
    told[0] ??
    own;
  return {
    ...{ indicator, ...whose, ...bandsOf(effective) },
    ...{ rule: rule.id, version: rule.version, override: source.override },
    ...{ since: source.since, until: source.until, by: source.by },
    source,
    limits: effective.isOff ? [] : limits,
  };
}

const ownSource = (sources: Sources, rule: RuleVersion) =>
  showProvenance(sources, rule, {
    field: 'minimum',
    value: rule.body.minimum,
    override: null,
    hides: [],
    overruled: [],
  });

/** A rule's own limits, where no override reaches. */
function showOwnLimits(sources: Sources, rule: RuleVersion): ThresholdView['limits'] {
  const own = ownSource(sources, rule);
  const show = (value: number | null) => (value === null ? null : { ...own, value });
  return rule.body.levels.map(({ severity, raise, count }) => ({
    severity,
    raise: show(raise),
    count: show(count),
  }));
}

/** Of rules over every unit the one that judges units of a level, by indicator. */
function listDefaults(sources: Sources, at: number): Map<string, Map<UnitLevel, RuleVersion>> {
  const everywhere = listRules(sources, at).filter(({ unit }) => unit === null);
  const chosen = new Map<string, Map<UnitLevel, RuleVersion>>();
  for (const level of UnitLevel.options) {
    const reached = everywhere.filter(
      ({ body: { scope } }) => scope.levels.length === 0 || scope.levels.includes(level),
    );
    for (const [id, rule] of byIndicator(chooseOf(reached)))
      chosen.set(id, (chosen.get(id) ?? new Map()).set(level, rule));
  }
  return chosen;
}

/** Of rules over every unit, all of one level, those that judge. */
function chooseOf(rules: readonly RuleVersion[]): RuleVersion[] {
  const isWide = ({ body }: RuleVersion) => (body.scope.levels.length === 0 ? 1 : 0);
  const sorted = rules.toSorted(
    (a, b) => isWide(a) - isWide(b) || b.version - a.version || (a.id < b.id ? 1 : -1),
  );
  const chosen = new Map<string, RuleVersion>();
  for (const rule of sorted) if (!chosen.has(keyOfRule(rule))) chosen.set(keyOfRule(rule), rule);
  return [...chosen.values()];
}

function showDefaults(sources: Sources, defaults: ReturnType<typeof listDefaults>): ThresholdView[] {
  return [...defaults].flatMap(([indicator, byLevel]) => {
    const rules = new Set(byLevel.values());
    return [...rules].map((rule) => {
      const own = [...byLevel].flatMap(([level, one]) => (one === rule ? level : []));
      const levels = own.length === UnitLevel.options.length ? [] : own;
      return showThreshold(
        sources,
        { rule, indicator, at: null },
        { unit: null, levels },
        withoutOverrides(rule),
      );
    });
  });
}

/** What colours the figures of one unit, by indicator, as figures name it. */
export type ToldThresholds = (unit: number) => ReadonlyMap<string, Threshold>;

const briefOf = (view: ThresholdView): Threshold => Threshold.parse(view);

/** What colours figures of units at a moment; units that no override reaches share what the rule says. */
export async function openThresholds(
  view: View,
  moment: Moment,
  indicators: readonly Indicator[],
): Promise<ToldThresholds> {
  const sources = await openSources(view);
  const colouring = openColouring(sources, moment, indicators);
  const plain = new Map<RuleVersion, Threshold>();
  const whose = { unit: null, levels: [] };
  return (unit) => {
    const day = nearestDay(view.tree.get(unit), moment.day);
    const isReached = overridesFor(sources, unit, day).length > 0;
    const show = (indicator: string, effective: EffectiveRule) => {
      const { rule } = effective;
      if (isReached)
        return briefOf(showThreshold(sources, { rule, indicator, at: { unit, day } }, whose, effective));
      const own = () => briefOf(showThreshold(sources, { rule, indicator, at: null }, whose, effective));
      return obtain(plain, rule, own);
    };
    return new Map([...colouring(unit)].map(([id, effective]) => [id, show(id, effective)]));
  };
}

/** What colours an indicator of a unit at a moment, with where each of its limits comes from; null where nothing does. */
export async function findThresholdView(
  view: View,
  { unit, indicator }: { unit: ScopedUnit; indicator: string },
  moment: Moment,
): Promise<ThresholdView | null> {
  const sources = await openSources(view);
  const effective = openColouring(sources, moment, [{ id: indicator }])(unit).get(indicator);
  if (!effective) return null;
  const at = { unit, day: nearestDay(view.tree.get(unit), moment.day) };
  return showThreshold(sources, { rule: effective.rule, indicator, at }, { unit, levels: [] }, effective);
}

/**
 * The thresholds that colour figures on a day: of every unit, by level where they differ, then of those units at and below one
 * whose thresholds are others.
 */
export async function listThresholdViews(
  view: View,
  unit: ScopedUnit,
  on = view.today,
): Promise<ThresholdView[]> {
  const sources = await openSources(view);
  const { at } = momentOf(view, addDays(on, 1));
  const defaults = listDefaults(sources, at);
  const colouring = openColouring(sources, { at, day: on });
  const day = nearestDay(view.tree.get(unit), on);
  const own: ThresholdView[] = [];
  for (const { id, level } of view.tree.subtreeOn(unit, day)) {
    const coloured = colouring(id);
    for (const [indicator, effective] of coloured) {
      const { rule } = effective;
      const usual = defaults.get(indicator)?.get(level);
      if (usual === rule && JSON.stringify(bandsOf(effective)) === JSON.stringify(thresholdsOf(rule.body)))
        continue;
      const at = { unit: id, day };
      own.push(showThreshold(sources, { rule, indicator, at }, { unit: id, levels: [] }, effective));
    }
  }
  return [...showDefaults(sources, defaults), ...own];
}
