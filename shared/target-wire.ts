import { z } from 'zod';
import { Day, Iso, UnitRef, UnitView } from './answers.ts';
import type { Route } from './route.ts';
import { ImportAnswer } from './rule-view.ts';
import { TargetView } from './target.ts';
import { Year } from './task-wire.ts';
import { Words } from './words.ts';

const Paper = z.string().trim().min(3).max(200);
const Reason = z.string().trim().min(3).max(500);
const nothing = z.strictObject({});
const Limit = z.number().nullable();

/** A version of a unit's own target, as it was set and signed. */
export const TargetVersion = z.object({
  id: z.int(),
  unit: UnitView,
  indicator: z.string(),
  year: z.int(),
  value: Limit.describe('null: the own target is taken back, so that what holds above holds here too'),
  ...{ office: z.string(), paper: z.string(), reason: z.string() },
  state: z.enum(['proposed', 'signed', 'superseded', 'rejected']),
  ...{ savedAt: Iso, savedBy: z.string() },
  ...{ signedAt: Iso.nullable(), signedBy: z.string().nullable(), endedAt: Iso.nullable() },
  may: z.array(z.enum(['sign', 'reject'])).describe('what the caller may do with it'),
});
export type TargetVersion = z.infer<typeof TargetVersion>;

const Pace = z.discriminatedUnion('state', [
  z.object({ state: z.literal('unknown') }),
  z.object({ state: z.literal('ahead') }),
  z.object({ state: z.literal('reached'), share: Limit }),
  z.object({ state: z.literal('missed') }),
  z.object({ state: z.literal('outOfReach'), best: z.number() }),
  z.object({
    state: z.literal('running'),
    needs: z.number().describe('by working day'),
    now: Limit.describe('the same so far'),
    share: Limit.describe('percent of the cases still to come that must succeed'),
    isEnough: z.boolean(),
  }),
]);

/** An indicator of a unit with what it is to reach in a year. */
export const TargetRow = z.object({
  unit: UnitView,
  indicator: z.string(),
  now: Limit.describe('the figure that the target is compared with, so far'),
  numerator: z.number(),
  denominator: Limit,
  base: Limit.describe('the same before the year began; of a flow 0'),
  planned: Limit.describe('where it should be by now, going evenly'),
  percent: Limit.describe('percent of the way that should be gone by now and is'),
  motion: z.enum(['flow', 'rate', 'level']).nullable().describe('how it moves; null: no pace can be told'),
  target: TargetView.nullable(),
  pace: Pace,
  versions: z.array(TargetVersion).describe('of the unit itself, the newest first'),
  maySet: z.boolean(),
});
export type TargetRow = z.infer<typeof TargetRow>;

export const TargetsAnswer = z.object({
  seq: z.int(),
  unit: UnitView,
  year: z.int(),
  until: Day.describe('the day by whose end targets are to be reached'),
  daysGone: z
    .int()
    .nullable()
    .describe('working days, today included; null where the calendar has no such year'),
  daysLeft: z.int().nullable(),
  fourEyes: z.boolean().describe('whoever set a target cannot sign it'),
  maySet: z.boolean().describe('the caller sets targets of this unit'),
  rows: z.array(TargetRow),
  waiting: z.array(TargetVersion).describe('set in the unit or below it, and not signed yet'),
});
export type TargetsAnswer = z.infer<typeof TargetsAnswer>;

const Value = z.number().min(0).max(1e12).nullable().describe('null takes the own target back');
const Office = Paper.describe('who decided it');
const DecidedBy = Paper.describe('by which paper');

/** One line of a table of targets. What its signature and the unit's name say is told, and not taken in. */
export const TargetLine = z.strictObject({
  unit: UnitRef,
  unitName: z.string().max(300).optional(),
  indicator: z.string().min(1).max(40),
  value: Value,
  ...{ office: Office, paper: DecidedBy },
  signedBy: z.string().max(300).optional(),
  signedOn: z.string().max(40).optional(),
  reason: Reason.optional().describe("the table's own where there is none"),
});
export type TargetLine = z.infer<typeof TargetLine>;

/** What a table of targets would set, or has set. All of it waits to be signed. */
export const TargetsImported = ImportAnswer.extend({
  units: z.int().describe('units of which something is set'),
  differences: z.array(
    z.object({
      line: z.int(),
      unit: UnitRef,
      unitName: Words,
      indicator: z.string(),
      before: Limit.describe("the unit's own that holds"),
      after: Limit,
    }),
  ),
});
export type TargetsImported = z.infer<typeof TargetsImported>;

/** The routes of targets. */
export const TARGET_ROUTES = {
  listTargets: {
    method: 'get',
    path: '/api/targets',
    access: 'read',
    summary: 'What a unit is to reach in a year, where that comes from, and the pace it needs',
    query: z.strictObject({
      unit: UnitRef,
      year: Year.optional(),
      indicator: z.string().max(40).optional().describe('of the unit and of each unit below it'),
    }),
    answer: TargetsAnswer,
  },
  setTarget: {
    method: 'put',
    path: '/api/targets',
    access: 'person',
    summary: 'Set a target of a unit, by whose decision and why; it holds once it is signed',
    query: nothing,
    body: z.strictObject({
      unit: UnitRef,
      indicator: z.string().min(1).max(40),
      year: z.int().min(2000).max(2200),
      ...{ value: Value, office: Office, paper: DecidedBy },
      reason: Reason,
    }),
    answer: TargetVersion,
  },
  exportTargets: {
    method: 'get',
    path: '/api/targets/table',
    access: 'read',
    summary: 'The targets that a unit and those below it have of their own in a year, as a table',
    query: z.strictObject({
      unit: UnitRef,
      year: Year.optional(),
      format: z.enum(['json', 'csv']).default('json'),
    }),
    answer: z.object({ lines: z.array(TargetLine) }),
    files: ['text/csv'],
  },
  importTargets: {
    method: 'post',
    path: '/api/targets/table',
    access: 'person',
    summary: 'Set the targets of a table, or only say what it would change; all or nothing',
    query: nothing,
    body: z.strictObject({
      format: z.enum(['json', 'csv']),
      text: z.string().min(1).max(2_000_000),
      year: z.int().min(2000).max(2200),
      reason: Reason,
      isDryRun: z.boolean(),
    }),
    answer: TargetsImported,
  },
  signTargets: {
    method: 'post',
    path: '/api/targets/sign',
    access: 'person',
    summary: 'Sign targets that wait, or reject them; all or none',
    query: nothing,
    body: z.strictObject({
      ids: z.array(z.int()).min(1).max(2000),
      decision: z.enum(['sign', 'reject']),
      reason: Reason,
    }),
    answer: z.object({ signed: z.int(), rejected: z.int() }),
  },
} as const satisfies Record<string, Route>;
