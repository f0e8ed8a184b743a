import { z } from 'zod';
import { Day, Iso, UnitRef } from './answers.ts';
import { AlertSeverity, Condition, ConditionKind, RuleBody, Span } from './rule.ts';
import { Words } from './words.ts';

/** Alerts as the public surface tells of them: their present state, their episodes, what people said and did. */

/** How far the figures that a rule looks at can be trusted. Missing data never clears and never raises. */
export const AlertQuality = z.enum(['fresh', 'late', 'missing', 'error', 'partial']);
export type AlertQuality = z.infer<typeof AlertQuality>;

/**
 * What an episode is to an operator, the first that holds: `outOfService`, `shelved`, `suppressed` (by design), `new` (active,
 * nobody acknowledged), `inHand` (active, acknowledged), `gone` (over, nobody acknowledged), `closed`. `message`: an advisory, which
 * is in no list of alerts but its own; one that fell to it is a message once what it was has been acknowledged.
 */
export const AlertLabel = z.enum([
  'outOfService',
  'shelved',
  'suppressed',
  'new',
  'inHand',
  'gone',
  'closed',
  'message',
]);
export type AlertLabel = z.infer<typeof AlertLabel>;

/**
 * Whether what an episode was raised for holds: `recovering` that it is better, but not yet for as long as it takes to clear, so
 * that its severity is held; `normal` that it is over.
 */
export const AlertCondition = z.enum(['active', 'recovering', 'normal']);
export type AlertCondition = z.infer<typeof AlertCondition>;

/** Where an explanation stands. `late`: its deadline has passed without an answer. `promised`: answered, and to be checked. */
export const ExplanationState = z.enum(['asked', 'late', 'answered', 'promised', 'kept', 'broken']);
export type ExplanationState = z.infer<typeof ExplanationState>;

/** What a figure is: a rule's kind of condition, or of alerts that no rule raises `lag` (seconds) or `failures` (how often sending failed). */
export const Watched = z.enum([...ConditionKind.options, 'lag', 'failures']);
export type Watched = z.infer<typeof Watched>;

/** One episode as lists and frames tell of it. `unit` is its id; `figure` the newest judged, `threshold` that of its severity. */
export const AlertBrief = z.object({
  id: z.int().describe('of the episode'),
  rule: z.string(),
  name: Words.describe('of the rule'),
  indicator: z.string().nullable(),
  watches: Watched.describe('with the indicator: what the figure is'),
  unit: z.int(),
  ref: UnitRef,
  unitName: Words,
  subject: z.string().nullable().describe('the name of the feed, or of the channel, that the alert is about'),
  severity: AlertSeverity.describe('now; of one that is over the worst it had'),
  condition: AlertCondition,
  clearsAt: Iso.nullable().describe('when one that recovers is over if it goes on so; null: not known yet'),
  label: AlertLabel,
  quality: AlertQuality,
  isFlapping: z.boolean(),
  openedAt: Iso,
  changedAt: Iso,
  closedAt: Iso.nullable(),
  acknowledgedAt: Iso.nullable(),
  shelvedUntil: Iso.nullable(),
  outUntil: Iso.nullable().describe('out of service until then'),
  assignee: z.string().nullable().describe('title of the account it is assigned to'),
  explanation: ExplanationState.nullable(),
  figure: z.number().nullable(),
  threshold: z.number().nullable(),
  isCount: z.boolean().describe('figure and threshold are of the numerator, not of the rate'),
  seq: z.int(),
});
export type AlertBrief = z.infer<typeof AlertBrief>;

/** What happened to an episode, or was said of it. `by`: who, as people read it; null for the clock. */
export const AlertNote = z.object({
  n: z.int(),
  at: Iso,
  kind: z.enum([
    'raised',
    'worsened',
    'improved',
    'recovering',
    'returned',
    'cleared',
    'closed',
    'flapping',
    'steady',
    'frozen',
    'resumed',
    'acknowledged',
    'reannounced',
    'shelved',
    'unshelved',
    'outOfService',
    'inService',
    'lapsed',
    'suppressed',
    'unsuppressed',
    'assigned',
    'commented',
    'ruleChanged',
    'asked',
    'urged',
    'answered',
    'escalated',
    'checked',
  ]),
  severity: AlertSeverity.nullable(),
  figure: z.number().nullable(),
  isCount: z.boolean().describe('the figure is of the numerator, not of the rate'),
  by: z.string().nullable(),
  text: z.string().nullable(),
  facts: z.record(z.string(), z.unknown()).nullable(),
});
export type AlertNote = z.infer<typeof AlertNote>;
export type AlertNoteKind = AlertNote['kind'];

/** What is done with an explanation: the head of its unit answers, operators urge and check. */
export const ExplanationDeed = z.enum(['answer', 'urge', 'check']);
export type ExplanationDeed = z.infer<typeof ExplanationDeed>;

/** An explanation (giải trình) that was asked of a unit: by when, what it answered, what it promised and whether it kept it. */
export const ExplanationView = z.object({
  id: z.int(),
  alert: z.int().describe('the episode'),
  unit: z.int(),
  ref: UnitRef,
  unitName: Words,
  alertName: Words,
  severity: AlertSeverity,
  state: ExplanationState,
  isUrgent: z.boolean().describe('urged twice or more'),
  askedAt: Iso,
  askedBy: z.string(),
  question: z.string(),
  dueAt: Iso,
  answeredAt: Iso.nullable(),
  answeredBy: z.string().nullable(),
  cause: z.string().nullable(),
  measures: z.string().nullable().describe('what will be done'),
  promisedOn: Day.nullable(),
  checkedAt: Iso.nullable(),
  checkedBy: z.string().nullable(),
  outcome: z.string().nullable(),
  urges: z.int(),
  step: z.int().describe('how far up the ladder it has come; 0 the unit itself'),
  stepName: Words,
  nextAt: Iso.nullable().describe('when it goes up the ladder, or is to be checked'),
  lateWorkingHours: z
    .number()
    .nullable()
    .describe('by how many working hours its answer came late, or is by now; null: it is not late'),
  nextStep: z
    .object({ at: Iso, name: Words })
    .nullable()
    .describe('when it goes up the ladder unless it is answered, and to whom; null: no further'),
  may: z.array(ExplanationDeed).describe('what the caller may do with it now'),
});
export type ExplanationView = z.infer<typeof ExplanationView>;

/** One of several values that a threshold could have, and whose it is; without a unit the rule's own. */
const Rival = z.object({
  value: z.number().nullable(),
  unit: UnitRef.nullable(),
  unitName: Words.nullable(),
});

/** Where an effective threshold comes from; `since` to `until` (exclusive) days, `hides` what would hold without it. */
export const Provenance = z.object({
  value: z.number().nullable(),
  source: z.enum(['shipped', 'rule', 'override']),
  rule: z.string(),
  version: z.int(),
  override: z.int().nullable(),
  unit: UnitRef.nullable().describe('whose subtree it holds in; null: everywhere'),
  unitName: Words.nullable(),
  since: Iso.nullable(),
  until: Day.nullable(),
  by: z.string().nullable(),
  reason: z.string().nullable(),
  hides: z.array(Rival),
  overruled: z
    .array(Rival)
    .describe(
      'stands nearer and does not count: the rule allows it no looser than what holds, or not at all',
    ),
});
export type Provenance = z.infer<typeof Provenance>;

/** All there is to know of one episode. `tree`: the rule's window and the days that its chart shows. */
export const AlertDetail = z.object({
  seq: z.int(),
  alert: AlertBrief,
  ruleVersion: z.int().describe('the version that judged it last'),
  condition: Condition,
  body: RuleBody,
  thresholds: z.array(
    z.object({ severity: AlertSeverity, raise: Provenance.nullable(), count: Provenance.nullable() }),
  ),
  reach: z
    .object({ affected: z.int(), of: z.int() })
    .nullable()
    .describe('how many of the units beside it have the same alert, "3/148"'),
  acknowledgedBy: z.string().nullable(),
  acknowledgedUntil: Iso.nullable(),
  shelvedBy: z.string().nullable(),
  outBy: z.string().nullable().describe('who took it out of service'),
  chart: z.object({
    from: Day,
    to: Day,
    points: z.array(z.object({ at: Iso, figure: z.number().nullable() })),
  }),
  dossiers: z
    .enum(['overdue', 'dueSoon', 'open'])
    .nullable()
    .describe('which list of dossiers stands behind it'),
  notes: z.array(AlertNote).describe('oldest first'),
  earlier: z.array(
    z.object({ alert: AlertBrief, done: z.array(AlertNote).describe('what people did and said then') }),
  ),
  explanations: z.array(ExplanationView),
  deadlines: z
    .array(z.object({ within: Span, at: Iso }))
    .describe('when the usual terms end, for what is asked now'),
  may: z
    .array(
      z.enum([
        'acknowledge',
        'comment',
        'assign',
        'shelve',
        'unshelve',
        'takeOut',
        'putBack',
        'explain',
        ...ExplanationDeed.options,
      ]),
    )
    .describe('what the caller may do with it now'),
});
export type AlertDetail = z.infer<typeof AlertDetail>;

/** How many episodes a unit has, by severity and by what they are to an operator; in a frame and on every page. */
export const AlertCounts = z.object({
  bySeverity: z.record(
    AlertSeverity,
    z.object({ new: z.int(), inHand: z.int(), gone: z.int(), shelved: z.int() }),
  ),
  oldestNewAt: Iso.nullable(),
  recent: z.int().describe('raised in the last ten minutes'),
});
export type AlertCounts = z.infer<typeof AlertCounts>;

/** Alarm floods begin over so many new alerts in ten minutes, and end below so many. */
export const FLOOD = { windowMs: 600_000, begins: 10, ends: 5 } as const;

/** Alerts that one operator can bear in a day; beyond, rules must change. */
export const BEARABLE_PER_DAY = 150;
