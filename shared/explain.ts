import { z } from 'zod';
import { Absence, Day, FeedView, FigureView, Iso, PeriodKey, Territory, UnitView } from './answers.ts';
import { StatedStory } from './explain-stated.ts';
import { GROUPS } from './indicator.ts';
import { ThresholdView } from './rule-view.ts';
import { TargetView } from './target.ts';
import { Words } from './words.ts';

/** The story of a figure as the public surface tells it. */

const Rate = z.number().nullable();

/** A figure at one of two times. */
const Told = z.object({ value: Rate, numerator: z.number(), denominator: z.number().nullable() });

/** A difference that reached days gone by: the figure of those days before and after it. */
export const Correction = z.object({
  indicator: z.string(),
  knownOn: Day.describe('the day on which it became known'),
  at: Iso.describe('when the last of that day was told'),
  days: z.object({ from: Day, to: Day }).describe('which days it changed (`to` exclusive)'),
  over: z
    .object({ from: Day, to: Day })
    .describe('the days that the two figures are of: those of the period that were gone by (`to` exclusive)'),
  before: Told,
  after: Told,
  shownSince: Iso.nullable().describe(
    'since when `before` had been shown: its days had gone by, or were corrected last; null: by a correction that is not told here',
  ),
  feeds: z
    .array(z.string())
    .describe(
      'names of the feeds that brought it, of those that may be seen; none where the clock or a formula did',
    ),
});
export type Correction = z.infer<typeof Correction>;

/** One measure of a side of the formula. */
export const TermView = z.object({
  measure: z.string(),
  words: Words,
  kind: z.enum(['flow', 'stock']).describe('flow: of the period; stock: at its end'),
  at: z.enum(['receiver', 'resolver', 'unit']).describe('at which unit it counts'),
  events: z.string().describe('the kind of events that it is folded of'),
  isOwn: z.boolean().describe('the figure of the unit alone: it adds up to nothing above'),
  weight: z.number(),
  sum: z.number(),
});
export type TermView = z.infer<typeof TermView>;

const Side = z.object({
  value: z.number(),
  terms: z.array(TermView).describe('none of a figure that sums do not give: see `stated`'),
});

/** A value that was reported, and which one stands. */
export const ReportedView = z.object({
  unit: UnitView,
  measure: z.string(),
  words: Words,
  period: z.string(),
  value: z.number(),
  at: Iso.describe('when it was told'),
  feed: z.string().nullable().describe('null: of a feed that may not be seen'),
  stands: z.boolean().describe('false: replaced by the next one of the same period'),
});
export type ReportedView = z.infer<typeof ReportedView>;

/** How a connected system was found over a period. */
const SystemSums = z.object({
  name: z.string(),
  ...{ probes: z.number(), probesUp: z.number(), calls: z.number(), callsFailed: z.number() },
});

export const ExplainAnswer = z.object({
  unit: UnitView,
  subject: z
    .object({ code: z.string(), name: Words })
    .nullable()
    .describe('the area of work or procedure that it is narrowed to: then corrections are not kept'),
  ...{ period: PeriodKey, from: Day, to: Day, seq: z.int() },
  asKnown: Day.optional(),
  ...Absence.shape,
  territory: Territory.optional(),
  indicator: z.object({
    ...{ id: z.string(), group: z.enum(GROUPS), version: z.int(), words: Words, noun: Words },
    basis: z.enum(['sums', 'feeds', 'systems', 'countdown', 'index']),
    unit: z.enum(['percent', 'count', 'days', 'mean', 'points']),
    direction: z.enum(['up', 'down', 'none']),
    source: z.string(),
    benchmark: z.object({ value: z.number(), words: Words }).nullable(),
  }),
  formula: z.object({ words: Words, symbols: z.string() }),
  stated: StatedStory.nullable().describe('what a figure comes from that sums do not give; null of others'),
  target: z.object({ value: z.number(), source: z.string() }).nullable().describe('of the catalogue'),
  yearly: z
    .object({
      year: z.int(),
      held: TargetView.nullable().describe('what is to be reached in the year, and who decided it'),
      waiting: z
        .object({ value: Rate, office: z.string(), paper: z.string(), savedAt: Iso })
        .nullable()
        .describe("set for the unit, and not signed yet; no value: the unit's own is taken back"),
    })
    .nullable()
    .describe('null for an indicator that can have no target'),
  figure: FigureView,
  threshold: ThresholdView.nullable().describe('what colours it, and where each of its limits comes from'),
  numerator: Side,
  denominator: Side.nullable(),
  workingDays: z.int().nullable().describe('of the period, gone by; null: the calendar is not loaded'),
  addsUp: z.boolean().describe('false: the figures below are no parts of this one'),
  children: z
    .array(
      z.object({
        unit: UnitView,
        figure: FigureView,
        share: z.number().nullable().describe('of the whole, in per cent, by the hero side of the formula'),
      }),
    )
    .describe('units directly below, the largest part first'),
  parts: z
    .array(z.object({ unit: UnitView, from: Day, to: Day, weight: z.number() }))
    .describe('whose sums it is made of, where others answer for the unit in some of the days'),
  systems: z.array(SystemSums).describe('of figures of connected systems: each of them'),
  feeds: z
    .array(FeedView.extend({ kinds: z.array(z.string()), late: z.boolean() }))
    .describe('that tell of the unit, and of which kinds of events'),
  completeness: z.object({
    reporting: z.int(),
    told: z.int(),
    silent: z
      .array(z.object({ unit: UnitView, lastAt: Iso.nullable() }))
      .describe('the longest silent first'),
  }),
  corrections: z.array(Correction).describe('newest first'),
  reported: z.array(ReportedView).describe('of measures that are reported: every value told, newest first'),
});
export type ExplainAnswer = z.infer<typeof ExplainAnswer>;
