import { z } from 'zod';
import { Absence, Day, Iso, UnitRef, UnitView } from './answers.ts';
import type { Route } from './route.ts';

const Percent = z.number().nullable();
const Count = z.int().min(0);

/** What readings of some time add up to; percentages are 0-100, null of nothing. */
export const SystemFiguresView = z.object({
  readings: Count,
  up: Count,
  availability: Percent.describe('readings that were up; time without readings counts as neither'),
  calls: Count,
  failed: Count,
  success: Percent,
  p95: z
    .object({ ms: z.int(), isOver: z.boolean().describe('it lies beyond `ms`, else at or below') })
    .nullable()
    .describe(
      '95th percentile of latencies, as the end of the bucket in which it lies: 300, 1000, 3000 or 10000 ms',
    ),
});
export type SystemFiguresView = z.infer<typeof SystemFiguresView>;

/** A connected system at an instant. */
export const SystemView = z.object({
  name: z.string(),
  key: z.string().describe('the name by which spellings of it are one system of the unit'),
  unit: UnitView,
  state: z
    .enum(['up', 'down', 'silent', 'unknown'])
    .describe('silent: not read for longer than its usual pause; unknown: read too seldom to say'),
  since: Iso.nullable(),
  isSinceKnown: z.boolean().describe('false: so for as long as is looked back'),
  lastAt: Iso.describe('the newest reading'),
  rhythm: z.object({
    minutes: z.number().nullable().describe('the usual pause between two readings'),
    source: z.enum(['stated', 'learned']).nullable(),
    hours: z.enum(['all', 'office']).describe('office: it is not read at night and on days off'),
  }),
  day: SystemFiguresView,
  month: SystemFiguresView,
  queue: z
    .object({
      count: Count,
      oldestAt: Iso.nullable(),
      oldestMinutes: Count.nullable(),
      at: Iso.describe('when it was told'),
    })
    .nullable(),
  certificate: z
    .object({ until: Iso, daysLeft: z.int(), state: z.enum(['valid', 'soon', 'urgent', 'expired']) })
    .nullable(),
  band: z
    .array(z.enum(['up', 'partly', 'down', 'none', 'ahead']))
    .describe('the day by quarters of an hour; none: not read; ahead: yet to come'),
  silentMinutes: Count.describe('of the day, in which it was expected to be read and was not'),
});
export type SystemView = z.infer<typeof SystemView>;

/** The connected systems of a unit and of those below it; those that need a look first. */
export const SystemsAnswer = z.object({
  unit: UnitView,
  day: Day,
  month: z.string(),
  at: Iso.describe('the instant told of: now, or the end of a day gone by'),
  seq: z.int(),
  ...Absence.shape,
  systems: z.array(SystemView),
});
export type SystemsAnswer = z.infer<typeof SystemsAnswer>;

/** Routes of connected systems. */
export const SYSTEM_ROUTES = {
  listSystems: {
    method: 'get',
    path: '/api/systems',
    access: 'read',
    summary: 'Connected systems of a unit and those below it: how each stands, and a day as a band',
    query: z.strictObject({
      unit: UnitRef,
      day: Day.refine((day) => '1900' <= day && day < '9998', 'lies outside the years 1900 to 9997')
        .optional()
        .describe('today without it; of a day gone by how it stood at its end'),
    }),
    answer: SystemsAnswer,
  },
} as const satisfies Record<string, Route>;
