import { z } from 'zod';
import { Absence, Day, FeedView, Iso, PeriodKey, UnitRef, UnitView } from './answers.ts';
import { FINDINGS, GRADES, type GradeId } from './quality.ts';
import type { Route } from './route.ts';

/** Data quality as the public surface tells it. */

const GradeView = z.object({
  grade: z.enum(GRADES.map(({ id }) => id) as [GradeId, ...GradeId[]]),
  points: z.number(),
  findings: z.array(z.object({ finding: z.enum(FINDINGS), size: z.number(), points: z.number() })),
});
export type GradeView = z.infer<typeof GradeView>;

export const RefusalView = z.object({
  at: Iso,
  code: z.string(),
  events: z.int().nullable().describe('read until it was refused'),
  faults: z.int(),
  reasons: z.array(z.object({ index: z.int().optional(), field: z.string(), reason: z.string() })),
});
export type RefusalView = z.infer<typeof RefusalView>;

export const FeedQuality = z.object({
  feed: FeedView,
  state: z.enum(['fresh', 'unheard', 'unknown', 'late', 'missing']),
  lateTimes: z.int().describe('how often it was late in the period'),
  intake: z
    .object({
      ...{ batches: z.int(), events: z.int(), duplicates: z.int() },
      ...{ refusals: z.int(), refusedEvents: z.int() },
    })
    .nullable()
    .describe('null: of a unit above the scope'),
  refusals: z.array(RefusalView).describe('the newest; only the first of each day are kept'),
  grade: GradeView.nullable().describe('null: nothing to grade it by'),
});
export type FeedQuality = z.infer<typeof FeedQuality>;

export const FailureView = z.object({
  rule: z.enum(['form', 'ratio', 'negative', 'portal']),
  left: z.string().describe('a measure, or a column of form II.06a'),
  right: z.string().nullable(),
  leftValue: z.number(),
  rightValue: z.number().nullable(),
});
export type FailureView = z.infer<typeof FailureView>;

export const UnitQuality = z.object({
  unit: UnitView,
  ...Absence.shape,
  reporting: z.int().describe('units that should tell'),
  told: z.int().describe('units that did'),
  failures: z.array(FailureView),
  grade: GradeView.nullable(),
});
export type UnitQuality = z.infer<typeof UnitQuality>;

const CalendarReach = z.object({
  until: Day.nullable().describe('the last day of the working calendar; null: this year is not loaded'),
  provisional: z.array(z.string()).describe('years of it that are not announced yet'),
});
export type CalendarReach = z.infer<typeof CalendarReach>;

export const QualityAnswer = z.object({
  unit: UnitView,
  ...{ period: z.string(), from: Day, to: Day, seq: z.int() },
  calendar: CalendarReach,
  feeds: z.array(FeedQuality).describe('the worst first'),
  units: z.array(UnitQuality).describe('the unit, then those directly below it, the worst first'),
});
export type QualityAnswer = z.infer<typeof QualityAnswer>;

/** The routes of data quality. */
export const QUALITY_ROUTES = {
  getQuality: {
    method: 'get',
    path: '/api/quality',
    access: 'read',
    summary: 'Data quality: feeds with what was refused, units with completeness and identities that fail',
    query: z.strictObject({ unit: UnitRef, period: PeriodKey }),
    answer: QualityAnswer,
  },
} as const satisfies Record<string, Route>;
