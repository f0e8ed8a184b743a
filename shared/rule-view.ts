import { z } from 'zod';
import { Provenance } from './alert.ts';
import { Day, Iso, Threshold, UnitRef } from './answers.ts';
import { AlertSeverity, OverrideField, OverrideValues, RuleBody } from './rule.ts';
import { UnitLevel } from './unit.ts';
import { Words } from './words.ts';

/** Rules, their versions and overrides as the public surface tells of them. */

/**
 * `proposed`: waits for another editor's approval. `active`: judges. `superseded`, `rejected`, `withdrawn`: no longer; a rule
 * that was withdrawn stays so for its time when it is brought back.
 */
export const RuleState = z.enum(['active', 'proposed', 'superseded', 'rejected', 'withdrawn']);
export type RuleState = z.infer<typeof RuleState>;

export const RuleVersionView = z.object({
  version: z.int().describe('0 as it was shipped'),
  state: RuleState,
  body: RuleBody,
  reason: z.string().nullable(),
  savedAt: Iso.nullable(),
  savedBy: z.string().nullable(),
  approvedBy: z.string().nullable(),
  activeFrom: Iso.nullable(),
  activeTo: Iso.nullable(),
});
export type RuleVersionView = z.infer<typeof RuleVersionView>;

/** A rule with the version in force. `isIdle`: nobody touched it for 183 days. `rivals`: rules that judge the same, nearer or wider. */
export const RuleView = z.object({
  id: z.string(),
  isShipped: z.boolean(),
  current: RuleVersionView,
  proposed: RuleVersionView.nullable(),
  isIdle: z.boolean(),
  open: z.int().describe('episodes that are open now'),
  overrides: z.int().describe('overrides in force'),
  rivals: z.array(z.object({ id: z.string(), name: Words, wins: z.boolean() })),
  may: z
    .array(z.enum(['save', 'approve', 'override', 'withdraw']))
    .describe('what the caller may do with it'),
});
export type RuleView = z.infer<typeof RuleView>;

/** A rule in the ledger of tuning: what is in force, who saved it when and why, and whether it was left alone for 183 days. */
export const LedgerLine = z.object({
  rule: z.string(),
  vi: z.string(),
  en: z.string(),
  isShipped: z.boolean(),
  ...RuleVersionView.omit({ body: true, activeFrom: true, activeTo: true }).shape,
  overrides: z.int(),
  isIdle: z.boolean(),
});

export const OverrideView = z.object({
  id: z.int(),
  rule: z.string(),
  ruleName: Words,
  unit: UnitRef,
  unitName: Words,
  level: UnitLevel.nullable(),
  values: OverrideValues,
  overruled: z
    .array(
      z.object({
        field: OverrideField,
        value: z.number().describe('isOff: 1'),
        holds: z.number().nullable(),
        unit: UnitRef.nullable().describe('whose value holds; null: that of the rule'),
        unitName: Words.nullable(),
      }),
    )
    .describe('of its values those that do not count, though its days are not over: the rule forbids them'),
  from: Day,
  to: Day,
  reason: z.string(),
  by: z.string(),
  state: z.enum(['proposed', 'active', 'ahead', 'ended', 'rejected']),
  approvedBy: z.string().nullable(),
  savedAt: Iso,
  may: z.array(z.enum(['approve', 'end'])),
});
export type OverrideView = z.infer<typeof OverrideView>;

/** The thresholds that colour one indicator of a unit, with where each of its limits comes from. An advisory colours nothing. */
export const ThresholdView = Threshold.extend({
  indicator: z.string(),
  unit: z.int().nullable().describe('null: of every unit that is not listed'),
  levels: z.array(UnitLevel).describe('with `unit` null: of units of these levels; empty: of all'),
  source: Provenance.describe('of the limit that was set nearest to the unit'),
  limits: z.array(
    z.object({ severity: AlertSeverity, raise: Provenance.nullable(), count: Provenance.nullable() }),
  ),
});
export type ThresholdView = z.infer<typeof ThresholdView>;

/** One line of a table of thresholds that comes in or goes out. */
export const ThresholdLine = z.strictObject({
  rule: z.string().min(1).max(40),
  unit: UnitRef,
  level: UnitLevel.nullable().default(null),
  from: Day.optional(),
  to: Day.optional(),
  reason: z.string().trim().min(3).max(500).optional(),
  values: OverrideValues,
});
export type ThresholdLine = z.infer<typeof ThresholdLine>;

/** What a table of thresholds would change, or has changed. */
export const ImportAnswer = z.object({
  isDryRun: z.boolean(),
  lines: z.int(),
  added: z.int(),
  changed: z.int(),
  same: z.int(),
  units: z.int().describe('units whose thresholds become others'),
  differences: z.array(
    z.object({
      line: z.int(),
      rule: z.string(),
      unit: UnitRef,
      unitName: Words,
      field: z.string(),
      before: z.number().nullable(),
      after: z.number().nullable(),
    }),
  ),
});
export type ImportAnswer = z.infer<typeof ImportAnswer>;

/** One way by which alerts go out. `url` of a webhook, `mail` addresses of an e-mail. The secret is never told again. */
export const ChannelView = z.object({
  id: z.int(),
  kind: z.enum(['webhook', 'mail']),
  name: z.string(),
  unit: UnitRef,
  unitName: Words,
  target: z.string().describe('an address, or several mail addresses separated by commas'),
  least: AlertSeverity.describe('the least severity that is sent'),
  mode: z.enum(['immediate', 'digest']).describe('digest: at 08:00 of each working day'),
  repeatHours: z.number().nullable().describe('what stays unacknowledged is sent again after so many hours'),
  quietFrom: z.string().nullable().describe('local time, HH:MM: nothing but critical is sent from then …'),
  quietTo: z.string().nullable().describe('… until then; what is still active is then sent once'),
  isEnabled: z.boolean(),
  state: z.enum(['ok', 'waiting', 'failing', 'off']),
  sentAt: Iso.nullable(),
  failedAt: Iso.nullable(),
  failure: z.string().nullable(),
  waiting: z.int().describe('alerts that are yet to be told'),
});
export type ChannelView = z.infer<typeof ChannelView>;
