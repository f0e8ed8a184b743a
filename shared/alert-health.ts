import { z } from 'zod';
import { AlertBrief, AlertCounts, AlertNote, ExplanationView } from './alert.ts';
import { Day, FeedView, Iso, UnitRef } from './answers.ts';
import { AlertSeverity, RuleBody } from './rule.ts';
import { Words } from './words.ts';

/** What alerts say about themselves: their health, the handover of a shift, the dossiers that will be late. */

/** A rule or unit that raises more than its share. `proposal`: a body that would be quieter, to be tried in the preview. */
const Offender = z.object({
  rule: z.string(),
  name: Words,
  ref: UnitRef.nullable(),
  unitName: Words.nullable(),
  episodes: z.int(),
  share: z.number().describe('0..1 of all episodes'),
  reason: z.enum(['many', 'chattering', 'stale', 'neverActedOn', 'idle']),
  proposal: z.object({ words: Words, body: RuleBody }).nullable(),
});

/** Health of the alerts of a unit over some days, against what operators can bear. Messages do not count. */
export const HealthAnswer = z.object({
  seq: z.int(),
  unit: UnitRef,
  from: Day,
  to: Day,
  operators: z.int().describe('accounts that may act as operator there'),
  episodes: z.int(),
  perOperatorDay: z.number(),
  bearable: z.number(),
  perTenMinutes: z.object({ mean: z.number(), most: z.int(), mostAt: Iso.nullable() }),
  floodShare: z.number().describe('0..1 of the time in flood'),
  stale: z.int().describe('active for more than 24 hours'),
  chattering: z.int().describe('flapping in these days'),
  mix: z.record(AlertSeverity, z.number()).describe('0..1 of episodes'),
  targetMix: z.record(AlertSeverity, z.number()),
  meanAcknowledgeMinutes: z.number().nullable(),
  days: z.array(z.object({ day: Day, raised: z.int() })),
  offenders: z.array(Offender).max(10),
  idle: z.array(Offender).describe('rules that nobody touched for 183 days'),
  judge: z.object({
    judgedSeq: z.int(),
    judgedAt: Iso.nullable(),
    behind: z.int().describe('commits that are not judged yet'),
    lagMs: z.number().nullable().describe('from commit to verdict, of the last judgement'),
    tookMs: z.number().nullable(),
    isLate: z.boolean(),
    pausedUntil: Iso.nullable().describe('nothing is judged until then: a past is being brought in'),
  }),
});
export type HealthAnswer = z.infer<typeof HealthAnswer>;

/** The handover of a shift, built by itself: what is open and by whom, what is shelved until when, who is silent, what was said. */
export const HandoverAnswer = z.object({
  seq: z.int(),
  unit: UnitRef,
  unitName: Words,
  from: Iso,
  to: Iso,
  counts: AlertCounts,
  open: z.array(AlertBrief),
  inHand: z.array(z.object({ alert: AlertBrief, by: z.string().nullable(), note: z.string().nullable() })),
  shelved: z.array(z.object({ alert: AlertBrief, by: z.string().nullable(), reason: z.string().nullable() })),
  outOfService: z.array(
    z.object({
      alert: AlertBrief,
      by: z.string().nullable(),
      reason: z.string().nullable(),
      work: z.string().nullable(),
    }),
  ),
  closed: z.int().describe('episodes that closed in the shift'),
  raised: z.int(),
  feeds: z.array(FeedView).describe('late or missing'),
  explanations: z.array(ExplanationView).describe('not answered, or to be checked'),
  notes: z.array(AlertNote.extend({ alert: z.int(), name: Words, unitName: Words })),
});
export type HandoverAnswer = z.infer<typeof HandoverAnswer>;

/** Where an open dossier stands on its way to being late: 70 % of its time used, 8 and 2 working hours before, past. */
export const DueStage = z.enum(['used70', 'within8h', 'within2h', 'overdue', 'overdueTwice']);
export type DueStage = z.infer<typeof DueStage>;

const stages = z.record(DueStage, z.int());

/** Open dossiers that will be late, by unit and by procedure. Each dossier counts in the last stage it has come to. */
export const DueAnswer = z.object({
  seq: z.int(),
  unit: UnitRef,
  at: Iso,
  total: stages,
  units: z.array(z.object({ ref: UnitRef, name: Words, stages })),
  procedures: z.array(z.object({ code: z.string(), name: Words, stages })),
});
export type DueAnswer = z.infer<typeof DueAnswer>;
