import { z } from 'zod';
import {
  AlertBrief,
  AlertCondition,
  AlertCounts,
  AlertDetail,
  AlertLabel,
  ExplanationState,
  ExplanationView,
} from './alert.ts';
import { DueAnswer, DueStage, HandoverAnswer, HealthAnswer } from './alert-health.ts';
import { Day, DossierView, UnitRef } from './answers.ts';
import type { Route } from './route.ts';
import { AlertSeverity, Span } from './rule.ts';

const Reason = z.string().trim().min(3).max(500);
const Note = z.string().trim().min(1).max(2000);
const Ids = z.array(z.int().positive()).min(1).max(5000);
const nothing = z.strictObject({});
/** By when something is to be answered: later than at once, within three months. */
const Term = Span.refine(({ amount }) => amount > 0 && amount <= 500, 'lies between 0 and 500');
/** What a change to one or many episodes came to. */
const Changed = z.object({ seq: z.int(), changed: z.int() });

const acknowledge = z.strictObject({
  note: Note.optional(),
  isAgain: z.boolean().default(false).describe('takes over what somebody has acknowledged already'),
});
const shelve = z.strictObject({
  hours: z.number().positive().max(168),
  reason: Reason,
  isOneShot: z.boolean().default(false).describe('ends, too, when the alert is over'),
});

/** The routes of alerts: what stands, what is done about it, what was explained. */
export const ALERT_ROUTES = {
  listAlerts: {
    method: 'get',
    path: '/api/alerts',
    access: 'read',
    summary: "Episodes of a unit's subtree: open ones worst first, then oldest; closed ones newest first",
    query: z.strictObject({
      unit: UnitRef.optional(),
      state: z.enum(['open', 'all', ...AlertLabel.options]).default('open'),
      severity: AlertSeverity.optional(),
      condition: AlertCondition.optional(),
      rule: z.string().max(40).optional(),
      text: z
        .string()
        .trim()
        .max(80)
        .optional()
        .describe("part of the unit's name or code, or of the feed's or channel's, with or without marks"),
      since: z.coerce.number().int().optional().describe('only what changed after this seq'),
      before: z.coerce.number().int().optional().describe('of closed ones: episodes older than this id'),
      limit: z.coerce.number().int().min(1).max(5000).default(5000),
    }),
    answer: z.object({
      seq: z.int(),
      counts: AlertCounts,
      alerts: z.array(AlertBrief),
      more: z.boolean(),
      visitedSeq: z.int().nullable().describe('up to where the caller had seen it on its last visit'),
    }),
  },
  getAlert: {
    method: 'get',
    path: '/api/alerts/:id',
    access: 'read',
    summary: 'One episode with its rule, chart, notes, earlier episodes and explanations',
    query: nothing,
    answer: AlertDetail,
  },
  acknowledgeAlert: {
    method: 'post',
    path: '/api/alerts/:id/acknowledge',
    access: 'person',
    summary: 'Acknowledge one episode; a critical one with a note',
    query: nothing,
    body: acknowledge,
    answer: Changed,
  },
  noteAlert: {
    method: 'post',
    path: '/api/alerts/:id/note',
    access: 'person',
    summary: 'Comment on one episode',
    query: nothing,
    body: z.strictObject({ text: Note }),
    answer: Changed,
  },
  assignAlert: {
    method: 'post',
    path: '/api/alerts/:id/assign',
    access: 'person',
    summary: 'Assign one episode to an account by login; null: to nobody',
    query: nothing,
    body: z.strictObject({ login: z.string().min(1).max(40).nullable() }),
    answer: Changed,
  },
  shelveAlert: {
    method: 'post',
    path: '/api/alerts/:id/shelve',
    access: 'person',
    summary: 'Shelve one episode for a bounded time, with a reason',
    query: nothing,
    body: shelve,
    answer: Changed,
  },
  unshelveAlert: {
    method: 'post',
    path: '/api/alerts/:id/unshelve',
    access: 'person',
    summary: 'Take one episode off the shelf',
    query: nothing,
    body: nothing,
    answer: Changed,
  },
  takeAlertOutOfService: {
    method: 'post',
    path: '/api/alerts/:id/out-of-service',
    access: 'person',
    summary: 'Take one alert out of service until its review date, for a reason and a piece of work',
    query: nothing,
    body: z.strictObject({
      reason: Reason,
      work: z.string().trim().min(1).max(200).describe('the piece of work that will end it'),
      reviewOn: Day.describe('on that day it is in service again, whatever became of the work'),
    }),
    answer: Changed,
  },
  returnAlertToService: {
    method: 'post',
    path: '/api/alerts/:id/return-to-service',
    access: 'person',
    summary: 'Return one alert to service before its review date',
    query: nothing,
    body: nothing,
    answer: Changed,
  },
  acknowledgeAlerts: {
    method: 'post',
    path: '/api/alerts/acknowledge',
    access: 'person',
    summary: 'Acknowledge many episodes at once; all or nothing',
    query: nothing,
    body: acknowledge.extend({ ids: Ids }),
    answer: Changed,
  },
  shelveAlerts: {
    method: 'post',
    path: '/api/alerts/shelve',
    access: 'person',
    summary: 'Shelve many episodes at once; all or nothing',
    query: nothing,
    body: shelve.extend({ ids: Ids }),
    answer: Changed,
  },
  visitAlerts: {
    method: 'post',
    path: '/api/alerts/visit',
    access: 'person',
    summary: 'Note up to where the caller has seen the alerts',
    query: nothing,
    body: z.strictObject({ seq: z.int().min(0) }),
    answer: z.object({}),
  },
  listAssignees: {
    method: 'get',
    path: '/api/alerts/assignees',
    access: 'person',
    summary: 'Accounts an episode of a unit may be assigned to',
    query: z.strictObject({ unit: UnitRef }),
    answer: z.object({ accounts: z.array(z.object({ login: z.string(), title: z.string() })) }),
  },
  explainAlert: {
    method: 'post',
    path: '/api/alerts/:id/explain',
    access: 'person',
    summary:
      'Ask the unit for an explanation within a term, of working time or, where it cannot wait, by the clock',
    query: nothing,
    body: z.strictObject({ question: Note, within: Term.default({ amount: 8, unit: 'workingHours' }) }),
    answer: ExplanationView,
  },
  listExplanations: {
    method: 'get',
    path: '/api/explanations',
    access: 'read',
    summary: "Explanations asked in a unit's subtree: the most pressing first",
    query: z.strictObject({ unit: UnitRef.optional(), state: ExplanationState.optional() }),
    answer: z.object({ seq: z.int(), explanations: z.array(ExplanationView) }),
  },
  answerExplanation: {
    method: 'post',
    path: '/api/explanations/:id/answer',
    access: 'person',
    summary: 'Answer as head of the unit: what happened, what will be done, by when',
    query: nothing,
    body: z.strictObject({ cause: Note, measures: Note, promisedOn: Day.nullable() }),
    answer: ExplanationView,
  },
  urgeExplanation: {
    method: 'post',
    path: '/api/explanations/:id/urge',
    access: 'person',
    summary: 'Urge the unit to answer; two urges make it urgent',
    query: nothing,
    body: z.strictObject({ note: Note.optional() }),
    answer: ExplanationView,
  },
  checkExplanation: {
    method: 'post',
    path: '/api/explanations/:id/check',
    access: 'person',
    summary: 'Note whether what was promised was kept',
    query: nothing,
    body: z.strictObject({ isKept: z.boolean(), note: Note.optional() }),
    answer: ExplanationView,
  },
  getHealth: {
    method: 'get',
    path: '/api/alerts/health',
    access: 'read',
    summary: "Health of the alerts of a unit: load, floods, offenders, the judge's own lag",
    query: z.strictObject({
      unit: UnitRef.optional(),
      days: z.coerce.number().int().min(1).max(366).default(30),
    }),
    answer: HealthAnswer,
  },
  getHandover: {
    method: 'get',
    path: '/api/handover',
    access: 'read',
    summary: 'The handover sheet of a shift that ends now',
    query: z.strictObject({ unit: UnitRef.optional(), hours: z.coerce.number().min(1).max(72).default(8) }),
    answer: HandoverAnswer,
  },
  getDue: {
    method: 'get',
    path: '/api/due',
    access: 'read',
    summary: 'Open dossiers that will be late, by unit and by procedure',
    query: z.strictObject({ unit: UnitRef }),
    answer: DueAnswer,
  },
  listDue: {
    method: 'get',
    path: '/api/due/dossiers',
    access: 'read',
    summary: 'The dossiers behind one of those figures, the most urgent first',
    query: z.strictObject({
      unit: UnitRef,
      stage: DueStage,
      procedure: z.string().max(80).optional(),
      limit: z.coerce.number().int().min(1).max(500).default(50),
    }),
    answer: z.object({ seq: z.int(), total: z.int(), dossiers: z.array(DossierView) }),
  },
} as const satisfies Record<string, Route>;
