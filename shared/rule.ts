import { z } from 'zod';
import { Day, UnitRef } from './answers.ts';
import { findIndicator } from './catalogue.ts';
import { MEASURE_IDS, type MeasureId } from './measure.ts';
import { UnitLevel } from './unit.ts';
import { Words } from './words.ts';

/** Rules as data: a condition on a figure, levels, delays, scope, inheritance. The one truth for what is red. */

/** How bad, worst first. `advisory` is a message: it rings no bell, asks for no acknowledgement and loads no operator. */
export const AlertSeverity = z.enum(['critical', 'major', 'warning', 'advisory']);
export type AlertSeverity = z.infer<typeof AlertSeverity>;

/** Severities from the worst to the least. */
export const ALERT_SEVERITIES: readonly AlertSeverity[] = AlertSeverity.options;

/** A length of time; working time runs on the calendar of the site. */
export const Span = z.strictObject({
  amount: z.number().min(0).max(10_000),
  unit: z.enum(['minutes', 'hours', 'days', 'workingHours', 'workingDays']),
});
export type Span = z.infer<typeof Span>;

/** Over which days a figure is counted: a running period up to the instant, or whole days up to it. Stocks are as at its end. */
export const Window = z.enum(['day', 'month', 'quarter', 'year', 'last7', 'last30', 'last90']);
export type Window = z.infer<typeof Window>;

const indicator = z.string().refine((id) => findIndicator(id) !== undefined, 'is not in the catalogue');
const Terms = z.partialRecord(z.enum(MEASURE_IDS as [MeasureId, ...MeasureId[]]), z.int().min(-9).max(9));

/** What a rule looks at. Each comes to one figure of a unit at an instant, which the levels are compared with. */
export const Condition = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('level'), indicator, window: Window }),
  z
    .strictObject({
      kind: z.literal('change'),
      indicator,
      window: Window,
      against: z.enum(['previous', 'sameWeekday', 'previousYear']),
    })
    .describe('by how much it changed: points of a percentage, percent of a count'),
  z
    .strictObject({ kind: z.literal('leadTime'), within: z.number().positive().max(400) })
    .describe('how many open dossiers are due within so many working hours'),
  z
    .strictObject({ kind: z.literal('pace'), indicator, window: Window, target: z.number(), by: Day })
    .describe('percent of the way that was to be gone by now on the way to a target by a day'),
  z
    .strictObject({ kind: z.literal('projection'), indicator, window: z.enum(['month', 'quarter', 'year']) })
    .describe('the value at the end of the period if it goes on as it did'),
  z
    .strictObject({ kind: z.literal('backlog'), days: z.int().min(1).max(30) })
    .describe("overdue dossiers after so many working days, by due times and the unit's own throughput"),
  z
    .strictObject({ kind: z.literal('outlier'), indicator, window: Window })
    .describe('robust deviations from units of the same kind and volume; worse is positive'),
  z
    .strictObject({
      kind: z.literal('anomaly'),
      indicator,
      grain: z.enum(['hour', 'day']),
      weeks: z.int().min(4).max(104),
    })
    .describe(
      'robust deviations from the same weekday and hour of past weeks, Tết aligned; worse is positive',
    ),
  z.strictObject({ kind: z.literal('silence') }).describe('of a feed: 0 it speaks, 1 late, 2 missing'),
  z
    .strictObject({ kind: z.literal('system') })
    .describe('of a connected system: 0 it answers, 1 it is not read any more, 2 it is down'),
  z
    .strictObject({ kind: z.literal('certificate') })
    .describe('of a connected system: whole days until its certificate runs out, negative once it has'),
  z
    .strictObject({ kind: z.literal('identity'), left: Terms, right: Terms, window: Window })
    .describe('by how much two sums differ that must be equal'),
  z
    .strictObject({
      kind: z.literal('repeated'),
      rule: z.string().min(1).max(40),
      days: z.int().min(2).max(366),
    })
    .describe('how many episodes another rule had in so many days'),
]);
export type Condition = z.infer<typeof Condition>;

/** Every kind of condition; the compiler finds one that is left out. */
const CONDITION_KINDS: Readonly<Record<Condition['kind'], true>> = {
  ...{ level: true, change: true, leadTime: true, pace: true, projection: true, backlog: true },
  ...{ outlier: true, anomaly: true, silence: true, system: true, certificate: true },
  ...{ identity: true, repeated: true },
};

/** What kind of figure a condition comes to: with its indicator, it says how the figure is written. */
export const ConditionKind = z.enum(
  Object.keys(CONDITION_KINDS) as [Condition['kind'], ...Condition['kind'][]],
);
export type ConditionKind = Condition['kind'];
export type ConditionOf<K extends Condition['kind']> = Extract<Condition, { kind: K }>;

/**
 * A level: reached where the figure is at or past `raise` in the rule's direction (below: strictly below). `count` is the same
 * for the numerator of an indicator read as a count: the worse of both verdicts holds. `delay`: instead of the rule's own.
 */
export const Level = z.strictObject({
  severity: AlertSeverity,
  raise: z.number().nullable(),
  count: z.number().nullable().default(null),
  delay: Span.optional(),
});
export type Level = z.infer<typeof Level>;

/** Whose figures a rule judges: a unit's subtree (null: every unit), of some levels (none listed: of all). */
export const RuleScope = z.strictObject({
  unit: UnitRef.nullable(),
  levels: z.array(UnitLevel).max(5).default([]),
});
export type RuleScope = z.infer<typeof RuleScope>;

const isWorse = (direction: 'below' | 'above', a: number, b: number) =>
  direction === 'below' ? a < b : a > b;

function findLevelFault({
  direction,
  levels,
}: {
  direction: 'below' | 'above';
  levels: Level[];
}): string | null {
  const order = levels.map(({ severity }) => ALERT_SEVERITIES.indexOf(severity));
  if (order.some((place, index) => index > 0 && place <= (order[index - 1] ?? -1)))
    return 'name each severity once, the worst first';
  for (const key of ['raise', 'count'] as const) {
    const values = levels.map((level) => level[key]).filter((value) => value !== null);
    const isMixed = values.some(
      (value, index) => index > 0 && !isWorse(direction, values[index - 1] ?? 0, value),
    );
    if (isMixed) return 'a worse level lies further in the direction of the rule';
  }
  if (levels.some(({ raise, count }) => raise === null && count === null)) return 'a level has a threshold';
  return null;
}

/** What a rule says, as people edit it. Spans of `delay` and `clearDelay` are what it takes to raise and to clear. */
export const RuleBody = z
  .strictObject({
    name: Words,
    condition: Condition,
    scope: RuleScope,
    direction: z.enum(['below', 'above']),
    levels: z.array(Level).min(1).max(4),
    minimum: z.int().min(0).max(1_000_000).describe('fewest cases from which a rate is judged'),
    deadband: z
      .number()
      .min(0)
      .describe('how far back past its threshold a level clears, in the unit of the figure'),
    delay: Span,
    clearDelay: Span,
    votes: z
      .strictObject({
        of: z.int().min(1).max(20),
        raise: z.int().min(1).max(20),
        clear: z.int().min(1).max(20),
      })
      .refine(({ of, raise }) => raise <= of, 'more votes than samples'),
    cadence: z
      .enum(['change', 'hour', 'day'])
      .describe('when it is judged: at each change, or as each hour or day ends'),
    outside: z
      .enum(['judge', 'quiet', 'freeze'])
      .describe('outside working hours: as ever, without a word until they begin, or with timers stopped'),
    partialBelow: z
      .number()
      .min(0)
      .max(1)
      .describe('share of reporting units below which nothing clears or is raised'),
    inherit: z.enum(['free', 'tighten', 'locked']).describe('what an override below may do'),
    consequence: Words.describe('what happens if nobody does anything'),
    action: Words.describe('what is to be done'),
    isEnabled: z.boolean(),
  })
  .superRefine((body, context) => {
    const fault = findLevelFault(body);
    if (fault) context.addIssue({ code: 'custom', path: ['levels'], message: fault });
  });
export type RuleBody = z.infer<typeof RuleBody>;

/** Thresholds that a unit has instead of a rule's own: of each severity, of the fewest cases, or that it is not judged at all. */
export const OverrideValues = z
  .strictObject({
    raise: z.partialRecord(AlertSeverity, z.number()).optional(),
    count: z.partialRecord(AlertSeverity, z.number()).optional(),
    minimum: z.int().min(0).max(1_000_000).optional(),
    isOff: z.literal(true).optional(),
  })
  .refine(
    ({ raise = {}, count = {}, ...rest }) =>
      [raise, count, rest].some((values) => Object.values(values).some((value) => value !== undefined)),
    'changes nothing',
  );
export type OverrideValues = z.infer<typeof OverrideValues>;

/** A field of a rule that an override may set: `raise.major`, `count.warning`, `minimum`, `isOff`. */
export const OverrideField = z.union([
  z.templateLiteral([z.enum(['raise', 'count']), '.', AlertSeverity]),
  z.enum(['minimum', 'isOff']),
]);
export type OverrideField = z.infer<typeof OverrideField>;

/** A rule as it is judged by: one version. `unit` is the id of the root of its scope; null: every unit. */
export type RuleVersion = { id: string; version: number; unit: number | null; body: RuleBody };

/** An override as it is resolved: of the subtree of a unit, of one level in it or of all, on days `from` to `to` (exclusive). */
export type Override = {
  id: number;
  rule: string;
  unit: number;
  level: UnitLevel | null;
  values: OverrideValues;
  from: string;
  to: string;
};

/** The indicator that a condition looks at; null for one that looks at none. */
export function indicatorOf(condition: Condition): string | null {
  return 'indicator' in condition ? condition.indicator : null;
}
