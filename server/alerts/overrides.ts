/** Overrides as the public surface tells of them, and as a table that comes in again. */
import { traceRule } from '../../shared/effective.ts';
import { isoOf } from '../../shared/period.ts';
import { OverrideValues } from '../../shared/rule.ts';
import type { OverrideView, ThresholdLine } from '../../shared/rule-view.ts';
import { placeOf } from '../acts/override-checks.ts';
import { AppError } from '../errors.ts';
import type { View } from '../figures/sums.ts';
import { showUnit } from '../figures/views.ts';
import type { ViewerCaller } from '../people/caller.ts';
import { hasRole } from '../people/roles.ts';
import { isVisible, nearestDay, type ScopedUnit, touches } from '../people/scope.ts';
import type { StoredOverride } from '../store/rule-store.ts';
import { openSources, overridesFor, type Sources, sayWho } from './provenance.ts';

type Stated = Pick<StoredOverride, 'state' | 'validFrom' | 'validTo'>;

/** Where an override stands on a day. */
function stateOf({ state, validFrom, validTo }: Stated, today: string): OverrideView['state'] {
  if (state === 'rejected' || state === 'ended') return state;
  if (validTo <= today) return 'ended';
  if (state === 'proposed') return 'proposed';
  return validFrom > today ? 'ahead' : 'active';
}

/** Whether an override judges on a day. */
export const isInForce = (stated: Stated, today: string): boolean => stateOf(stated, today) === 'active';

function mayDo({ view }: Sources, caller: ViewerCaller, override: StoredOverride): OverrideView['may'] {
  const { today } = view;
  if (caller.kind !== 'person' || !isVisible(view, override.unit)) return [];
  if (!hasRole(caller, 'editor', override.unit, view)) return [];
  const state = stateOf(override, today);
  if (state === 'proposed') return override.savedBy === `person:${caller.login}` ? [] : ['approve'];
  return state === 'active' || state === 'ahead' ? ['end'] : [];
}

/** What of an override that holds, or will, does not count where it is of, with what holds there in its stead. */
function listOverruled(sources: Sources, override: StoredOverride): OverrideView['overruled'] {
  const { view, ledger } = sources;
  const judge = ledger.book.rules.get(override.rule);
  const { id, unit, level, validFrom } = override;
  if (!judge || judge.body.inherit === 'free') return [];
  if (!['active', 'ahead'].includes(stateOf(override, view.today))) return [];
  const from = validFrom > view.today ? validFrom : view.today;
  const near = overridesFor(sources, unit, nearestDay(view.tree.get(unit), from));
  const traced = traceRule(judge, placeOf(view, { unit, level, from }, near));
  return traced.flatMap(({ field, value, override: holding, overruled }) => {
    const own = overruled.find((one) => one.override?.id === id);
    if (!own || own.value === null) return [];
    const whose = holding && showUnit(view, holding.unit);
    const holds = { holds: value, unit: whose?.ref ?? null, unitName: whose?.name ?? null };
    return [{ field, value: own.value, ...holds }];
  });
}

/** An override as answers show it. */
export function showOverride(sources: Sources, caller: ViewerCaller, override: StoredOverride): OverrideView {
  const { view, ledger } = sources;
  const { id, rule, level, values, validFrom, validTo, reason, savedAt, savedBy, approvedBy } = override;
  const { ref, name } = showUnit(view, override.unit);
  return {
    ...{ id, rule, unit: ref, unitName: name, level, from: validFrom, to: validTo, reason },
    ruleName: ledger.versions.get(rule)?.rule.body.name ?? { vi: rule, en: rule },
    values: OverrideValues.parse(JSON.parse(values)),
    overruled: listOverruled(sources, override),
    by: sayWho(sources, savedBy) ?? savedBy,
    state: stateOf(override, view.today),
    approvedBy: sayWho(sources, approvedBy),
    savedAt: isoOf(savedAt, view.site.zone),
    may: mayDo(sources, caller, override),
  };
}

function concerns({ tree, today }: View, override: StoredOverride, unit: number): boolean {
  const pathOf = (id: number) => tree.pathOn(id, nearestDay(tree.get(id), today));
  return pathOf(unit).includes(override.unit) || pathOf(override.unit).includes(unit);
}

type Wanted = { unit: ScopedUnit | undefined; rule: string | undefined };

function select({ view, ledger }: Sources, { unit, rule }: Wanted): StoredOverride[] {
  return [...ledger.stored.values()].filter(
    (one) =>
      touches(view, one.unit) &&
      (unit === undefined || concerns(view, one, unit)) &&
      (rule === undefined || one.rule === rule),
  );
}

/** Overrides in a unit's subtree and above it, in the whole scope where none is named; the newest first. */
export async function listOverrideViews(
  view: View,
  caller: ViewerCaller,
  wanted: Wanted,
): Promise<OverrideView[]> {
  const sources = await openSources(view);
  return select(sources, wanted)
    .reverse()
    .map((one) => showOverride(sources, caller, one));
}

/** One override as answers show it. AppError `notFound`. */
export async function readOverrideView(view: View, caller: ViewerCaller, id: number): Promise<OverrideView> {
  const sources = await openSources(view);
  const override = sources.ledger.stored.get(id);
  if (!override) throw new AppError('notFound', `There is no override ${id}.`);
  return showOverride(sources, caller, override);
}

/** The overrides of a unit's subtree that hold, will hold or wait, as lines of a table: by rule, unit and first day. */
export async function listLines(
  view: View,
  unit: ScopedUnit | undefined,
): Promise<Required<ThresholdLine>[]> {
  const sources = await openSources(view);
  const { tree } = view;
  const within = (one: StoredOverride) =>
    isVisible(view, one.unit) &&
    (unit === undefined || tree.pathOn(one.unit, nearestDay(tree.get(one.unit), view.today)).includes(unit));
  const alive = [...sources.ledger.stored.values()].filter(
    (one) => within(one) && ['active', 'ahead', 'proposed'].includes(stateOf(one, view.today)),
  );
  const lines = alive.map((one) => ({
    ...{ rule: one.rule, unit: showUnit(view, one.unit).ref, level: one.level },
    ...{ from: one.validFrom, to: one.validTo, reason: one.reason },
    values: OverrideValues.parse(JSON.parse(one.values)),
  }));
  const keyOf = ({ rule, unit: ref, level, from }: (typeof lines)[number]) =>
    [rule, ref, level ?? '', from].join('\u0000');
  return lines.sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
}
