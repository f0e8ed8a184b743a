import { z } from 'zod';
import { Day, UnitRef } from './answers.ts';
import { PreviewAnswer, PreviewOrder } from './preview.ts';
import type { Route } from './route.ts';
import { AlertSeverity, OverrideValues } from './rule.ts';
import { RuleDraft } from './rule-bounds.ts';
import {
  ChannelView,
  ImportAnswer,
  OverrideView,
  RuleVersionView,
  RuleView,
  ThresholdView,
} from './rule-view.ts';
import { UnitLevel } from './unit.ts';

const Reason = z.string().trim().min(3).max(500);
const nothing = z.strictObject({});
const ClockTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/);

/** The routes of rules, thresholds and channels. */
export const RULE_ROUTES = {
  listRules: {
    method: 'get',
    path: '/api/rules',
    access: 'read',
    summary: 'Every rule that judges a unit of the scope, as it is in force',
    query: z.strictObject({ unit: UnitRef.optional() }),
    answer: z.object({ seq: z.int(), fourEyes: z.boolean(), rules: z.array(RuleView) }),
  },
  getRule: {
    method: 'get',
    path: '/api/rules/:id',
    access: 'read',
    summary: 'One rule with its versions and overrides',
    query: nothing,
    answer: z.object({
      seq: z.int(),
      fourEyes: z.boolean(),
      rule: RuleView,
      versions: z.array(RuleVersionView).describe('newest first'),
      overrides: z.array(OverrideView),
    }),
  },
  saveRule: {
    method: 'post',
    path: '/api/rules',
    access: 'person',
    summary: 'Save a new rule, or a new version of one, with a reason',
    query: nothing,
    body: z.strictObject({
      id: z.string().min(1).max(40).nullable().describe('null: a new rule'),
      base: z.int().nullable().describe('the version it was edited from; another since then refuses it'),
      body: RuleDraft,
      reason: Reason,
    }),
    answer: RuleView,
  },
  decideRule: {
    method: 'put',
    path: '/api/rules',
    access: 'person',
    summary: 'Approve or reject a proposed version, or withdraw a rule',
    query: nothing,
    body: z.strictObject({
      id: z.string().min(1).max(40),
      version: z.int(),
      decision: z.enum(['approve', 'reject', 'withdraw']),
      reason: Reason,
    }),
    answer: RuleView,
  },
  previewRule: {
    method: 'post',
    path: '/api/rules/preview',
    access: 'read',
    summary: 'What a draft would have done over past days; changes nothing and tells nobody',
    query: nothing,
    body: PreviewOrder,
    answer: PreviewAnswer,
  },
  listOverrides: {
    method: 'get',
    path: '/api/overrides',
    access: 'read',
    summary: "Overrides of thresholds in a unit's subtree and above it",
    query: z.strictObject({ unit: UnitRef.optional(), rule: z.string().max(40).optional() }),
    answer: z.object({ seq: z.int(), overrides: z.array(OverrideView) }),
  },
  addOverride: {
    method: 'post',
    path: '/api/overrides',
    access: 'person',
    summary: "Give a unit's subtree thresholds of its own until a day (90 days without one)",
    query: nothing,
    body: z.strictObject({
      rule: z.string().min(1).max(40),
      unit: UnitRef,
      level: UnitLevel.nullable().default(null),
      values: OverrideValues,
      from: Day.optional(),
      to: Day.optional(),
      reason: Reason,
    }),
    answer: OverrideView,
  },
  decideOverride: {
    method: 'put',
    path: '/api/overrides',
    access: 'person',
    summary: 'Approve or reject a proposed override, or end one',
    query: nothing,
    body: z.strictObject({ id: z.int(), decision: z.enum(['approve', 'reject', 'end']), reason: Reason }),
    answer: OverrideView,
  },
  listThresholds: {
    method: 'get',
    path: '/api/thresholds',
    access: 'read',
    summary:
      'The thresholds that colour figures: of every unit, and of those below one that have others, with their source',
    query: z.strictObject({ unit: UnitRef, on: Day.optional() }),
    answer: z.object({ seq: z.int(), thresholds: z.array(ThresholdView) }),
  },
  exportThresholds: {
    method: 'get',
    path: '/api/thresholds/table',
    access: 'read',
    summary: 'Overrides in force as a table for other programs',
    query: z.strictObject({ unit: UnitRef.optional(), format: z.enum(['json', 'csv']).default('json') }),
    answer: z.object({ lines: z.array(z.record(z.string(), z.unknown())) }),
    files: ['text/csv'],
  },
  importThresholds: {
    method: 'post',
    path: '/api/thresholds/table',
    access: 'person',
    summary: 'Take a table of overrides, or only say what it would change; all or nothing',
    query: nothing,
    body: z.strictObject({
      format: z.enum(['json', 'csv']),
      text: z.string().min(1).max(2_000_000),
      reason: Reason,
      isDryRun: z.boolean(),
    }),
    answer: ImportAnswer,
  },
  listChannels: {
    method: 'get',
    path: '/api/channels',
    access: 'person',
    summary: 'Ways by which alerts go out, in the units that an administrator looks after',
    query: nothing,
    answer: z.object({
      channels: z.array(ChannelView),
      canMail: z.boolean(),
      allowsPrivate: z.boolean().describe('a webhook may lie in a private network'),
    }),
  },
  addChannel: {
    method: 'post',
    path: '/api/channels',
    access: 'person',
    summary: 'Make a channel; the secret that signs a webhook is told this once',
    query: nothing,
    body: z.strictObject({
      kind: z.enum(['webhook', 'mail']),
      name: z.string().trim().min(1).max(120),
      unit: UnitRef,
      target: z.string().trim().min(3).max(1000),
      least: AlertSeverity.default('warning'),
      mode: z.enum(['immediate', 'digest']).default('immediate'),
      repeatHours: z.number().positive().max(168).nullable().default(null),
      quietFrom: ClockTime.nullable().default(null),
      quietTo: ClockTime.nullable().default(null),
    }),
    answer: z.object({ channel: ChannelView, secret: z.string().nullable() }),
  },
  changeChannel: {
    method: 'put',
    path: '/api/channels',
    access: 'person',
    summary: 'Change a channel, switch it off or on, or send a trial',
    query: nothing,
    body: z.strictObject({
      id: z.int(),
      name: z.string().trim().min(1).max(120).optional(),
      target: z.string().trim().min(3).max(1000).optional(),
      least: AlertSeverity.optional(),
      mode: z.enum(['immediate', 'digest']).optional(),
      repeatHours: z.number().positive().max(168).nullable().optional(),
      quietFrom: ClockTime.nullable().optional(),
      quietTo: ClockTime.nullable().optional(),
      isEnabled: z.boolean().optional(),
      sendTrial: z.literal(true).optional(),
    }),
    answer: ChannelView,
  },
  removeChannel: {
    method: 'delete',
    path: '/api/channels',
    access: 'person',
    summary: 'Remove a channel',
    query: z.strictObject({ id: z.coerce.number().int() }),
    answer: z.object({}),
  },
} as const satisfies Record<string, Route>;
