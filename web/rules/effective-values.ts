/** Thresholds of a unit as an override would change them: what holds now, and what would be looser. Pure. */
import type { Provenance } from '../../shared/alert.ts';
import {
  ALERT_SEVERITIES,
  type AlertSeverity,
  type OverrideField,
  OverrideValues,
  type RuleBody,
} from '../../shared/rule.ts';
import { type Bounds, findBoundFault } from '../../shared/rule-bounds.ts';
import type { OverrideView, ThresholdView } from '../../shared/rule-view.ts';
import { boundsOfKey, type Fault, type LimitKey } from './draft.ts';

/** What a form of an override says, as numbers; null where a field is empty, NaN where it is no number. */
export type OverrideDraft = {
  raise: Partial<Record<AlertSeverity, number | null>>;
  count: Partial<Record<AlertSeverity, number | null>>;
  minimum: number | null;
  isOff: boolean;
};

/** An override that changes nothing yet. */
export const NO_VALUES: OverrideDraft = { raise: {}, count: {}, minimum: null, isOff: false };

function clean(
  values: Partial<Record<AlertSeverity, number | null>>,
): Partial<Record<AlertSeverity, number>> | undefined {
  const said = Object.entries(values).filter(([, value]) => value !== null);
  return said.length === 0 ? undefined : Object.fromEntries(said);
}

/** The values a form says, by the contract; null where they are none, or no numbers. */
export function readValues(draft: OverrideDraft): OverrideValues | null {
  const [raise, count] = [clean(draft.raise), clean(draft.count)];
  const read = OverrideValues.safeParse({
    ...(raise && { raise }),
    ...(count && { count }),
    ...(draft.minimum !== null && { minimum: draft.minimum }),
    ...(draft.isOff && { isOff: true }),
  });
  return read.success ? read.data : null;
}

/** What a limit would be without what the unit itself has already: that the new one takes the place of. */
function above(limit: Provenance | null, unit: string): number | null {
  if (limit?.source !== 'override' || limit.unit !== unit) return limit?.value ?? null;
  return limit.hides[0]?.value ?? null;
}

/** The levels of a rule as they hold above a unit: its own, with what the limits told of that unit say in their place. */
export function levelsAbove(
  { levels }: RuleBody,
  { threshold, unit }: { threshold: ThresholdView | undefined; unit: string },
): RuleBody['levels'] {
  return levels.map((level) => {
    const limit = threshold?.limits.find(({ severity }) => severity === level.severity);
    if (!limit) return level;
    return { ...level, raise: above(limit.raise, unit), count: above(limit.count, unit) };
  });
}

/** A value that is looser than the one above it, where overrides may only be stricter. */
export type Looser =
  | { field: 'raise' | 'count'; severity: AlertSeverity; value: number; present: number }
  | { field: 'minimum'; value: number; present: number }
  | { field: 'isOff' };

/** What of an override is looser than what holds above it. */
export function findLooser(
  values: OverrideValues,
  { direction, levels, minimum }: Pick<RuleBody, 'direction' | 'levels' | 'minimum'>,
): Looser[] {
  const of = (field: 'raise' | 'count') =>
    levels.flatMap(({ severity, ...level }): Looser[] => {
      const [value, present] = [values[field]?.[severity], level[field]];
      if (value === undefined || present === null) return [];
      const isLooser = direction === 'below' ? value < present : value > present;
      return isLooser ? [{ field, severity, value, present }] : [];
    });
  const fewest = values.minimum ?? minimum;
  return [
    ...(values.isOff ? [{ field: 'isOff' as const }] : []),
    ...of('raise'),
    ...of('count'),
    ...(fewest > minimum ? [{ field: 'minimum' as const, value: fewest, present: minimum }] : []),
  ];
}

/** Whether the levels that an override leads to lie in order. */
export function isOrdered(
  values: OverrideValues,
  { direction, levels }: Pick<RuleBody, 'direction' | 'levels'>,
): boolean {
  return (['raise', 'count'] as const).every((key) => {
    const limits = levels.flatMap(({ severity, ...level }) => values[key]?.[severity] ?? level[key] ?? []);
    return limits.every((value, index) => {
      const worse = limits[index - 1];
      return worse === undefined || (direction === 'below' ? worse < value : worse > value);
    });
  });
}

/** What is wrong with a number that a form of an override says; null where nothing is. */
export function findValueFault(
  value: number | null,
  { condition }: Pick<RuleBody, 'condition'>,
  key: LimitKey | 'minimum',
): Fault | null {
  if (value === null) return null;
  if (Number.isNaN(value)) return { word: 'rules.fault.number' };
  const fault = findBoundFault(value, key === 'minimum' ? FEWEST : boundsOfKey(condition, key));
  if (!fault) return null;
  return fault.kind === 'whole'
    ? { word: 'rules.fault.whole' }
    : { word: `rules.fault.${fault.kind}`, limit: fault.limit };
}

const FEWEST: Bounds = { least: 0, most: 1_000_000, isWhole: true };

/** Whether every number that a form of an override says can be a threshold of the rule. */
export function isBounded(draft: OverrideDraft, body: Pick<RuleBody, 'condition'>): boolean {
  const isRight = (key: LimitKey) =>
    Object.values(draft[key]).every((value) => findValueFault(value, body, key) === null);
  return isRight('raise') && isRight('count') && findValueFault(draft.minimum, body, 'minimum') === null;
}

/** The fields that an override sets, in the order of severities, with their values. */
export function listFields(values: OverrideView['values']): { field: OverrideField; value: number | true }[] {
  const of = (key: 'raise' | 'count') =>
    ALERT_SEVERITIES.flatMap((severity) => {
      const value = values[key]?.[severity];
      return value === undefined ? [] : [{ field: `${key}.${severity}` as const, value }];
    });
  return [
    ...of('raise'),
    ...of('count'),
    ...(values.minimum === undefined ? [] : [{ field: 'minimum' as const, value: values.minimum }]),
    ...(values.isOff ? [{ field: 'isOff' as const, value: true as const }] : []),
  ];
}
