import { z } from 'zod';
import { Day, Iso, UnitRef } from './answers.ts';
import { AlertSeverity } from './rule.ts';
import { RuleDraft } from './rule-bounds.ts';
import { Words } from './words.ts';

/** What a rule would have done: the live function run over stored sums. Says of each part whether it was replayed. */

export const PreviewOrder = z.strictObject({
  body: RuleDraft,
  rule: z
    .string()
    .max(40)
    .nullable()
    .default(null)
    .describe('the saved rule it is compared with; null: none'),
  from: Day,
  to: Day.describe('exclusive'),
  mode: z.enum(['asKnown', 'asRevised']).default('asKnown'),
  unit: UnitRef.optional().describe('whose line is drawn; the first of the scope without it'),
});
export type PreviewOrder = z.infer<typeof PreviewOrder>;

/** Which threshold of a level decided: that of the figure, or that of the count beside it. */
export const PreviewDecider = z.enum(['figure', 'count']);
export type PreviewDecider = z.infer<typeof PreviewDecider>;

/** What a part of a rule or of daily life is called where a preview says what it replayed. */
export const PreviewPart = z.enum([
  'figures',
  'thresholds',
  'overrides',
  'delays',
  'workingTime',
  'quality',
  'lateData',
  'acknowledgements',
  'shelving',
  'changesWithinTheHour',
  'changesWithinTheDay',
  'dueDossiers',
  'feeds',
  'otherRules',
]);
export type PreviewPart = z.infer<typeof PreviewPart>;

/** The load of one variant of a rule. `perOperatorDay`: alerts raised on a day, for one operator; messages do not count. */
export const PreviewLoad = z.object({
  episodes: z.int(),
  units: z.int(),
  alertMs: z.number().describe('time in alert of all units together'),
  perOperatorDay: z.number(),
  floodMinutes: z.number(),
  bySeverity: z.record(AlertSeverity, z.int()),
});
export type PreviewLoad = z.infer<typeof PreviewLoad>;

export const PreviewAnswer = z.object({
  seq: z.int(),
  from: Day,
  to: Day,
  mode: z.enum(['asKnown', 'asRevised']),
  grain: z.enum(['hour', 'day']).describe('at the end of which it was judged'),
  isExact: z.boolean().describe('what the live judge would have done, to the letter'),
  units: z.int(),
  evaluations: z.int(),
  sampled: z
    .object({ taken: z.int(), of: z.int() })
    .nullable()
    .describe('so many of so many units, where all were too many'),
  load: PreviewLoad,
  saved: PreviewLoad.nullable().describe('the same of the saved rule'),
  differs: z
    .object({ onlyDraft: z.int(), onlySaved: z.int(), both: z.int() })
    .nullable()
    .describe('unit-days in alert'),
  days: z.array(z.object({ day: Day, raised: z.int(), open: z.int() })),
  episodes: z
    .array(
      z.object({
        unit: z.int(),
        ref: UnitRef,
        unitName: Words,
        severity: AlertSeverity,
        from: Iso,
        to: Iso.nullable(),
        worst: z.number().nullable(),
      }),
    )
    .max(2000)
    .describe('the newest first; `load.episodes` says how many there are'),
  topUnits: z.array(z.object({ ref: UnitRef, unitName: Words, episodes: z.int(), alertMs: z.number() })),
  line: z.object({
    ref: UnitRef,
    unitName: Words,
    points: z.array(
      z.object({
        at: Iso,
        figure: z.number().nullable(),
        count: z.number().nullable().describe('the numerator, where the rule reads it as a count besides'),
        cases: z.number().nullable(),
      }),
    ),
    episodes: z.array(
      z.object({
        severity: AlertSeverity,
        from: Iso,
        to: Iso.nullable(),
        by: PreviewDecider.nullable().describe('which threshold it came to its severity by'),
      }),
    ),
  }),
  suggestions: z
    .array(z.object({ severity: AlertSeverity, raise: z.number(), load: PreviewLoad }))
    .describe('three lines for the least level, from the strictest on'),
  replayed: z.array(PreviewPart),
  notReplayed: z.array(PreviewPart),
  tookMs: z.number(),
});
export type PreviewAnswer = z.infer<typeof PreviewAnswer>;
