import { z } from 'zod';
import { ALERT_ROUTES } from './alert-wire.ts';
import {
  Absence,
  Day,
  DossierView,
  FeedView,
  FiguresAnswer,
  Kin,
  MapAnswer,
  PeriodKey,
  RankingAnswer,
  SeriesAnswer,
  UnitRef,
  UnitView,
} from './answers.ts';
import { OpsEvent } from './event.ts';
import { EXPLAIN_ROUTES } from './explain-wire.ts';
import { FORM_ROUTES } from './form-wire.ts';
import { INDEX_ROUTES } from './index766-wire.ts';
import { GROUPS } from './indicator.ts';
import { Session } from './people.ts';
import { PEOPLE_ROUTES } from './people-wire.ts';
import { QUALITY_ROUTES } from './quality-wire.ts';
import type { Route } from './route.ts';
import { RULE_ROUTES } from './rule-wire.ts';
import { SilentAnswer } from './silent.ts';
import { SYSTEM_ROUTES } from './system-wire.ts';
import { TARGET_ROUTES } from './target-wire.ts';
import { TASK_ROUTES } from './task-wire.ts';
import { UnitLevel } from './unit.ts';
import { Words } from './words.ts';

/** The HTTP surface as data: types, checks on both ends and the OpenAPI document come from here. */

/** A day that has a day before and after it in four digits. */
const OnDay = Day.refine((day) => '0001-01-02' <= day && day < '9999', 'lies outside the years 0001 to 9998');
const Id = z.string().max(40);
const Ids = z.string().max(1000).describe('of the catalogue, separated by commas');
const Moment = z.string().min(4).max(10);
const Flag = z.enum(['0', '1']);

const unitAndPeriod = { unit: UnitRef, period: PeriodKey };

/** Every HTTP route: strict query, answer; the server serves no route that is not here. */
export const ROUTES = {
  getSession: {
    method: 'get',
    path: '/api/session',
    access: 'session',
    summary: 'Who is looking: scope, site, zone, build, server time',
    query: z.strictObject({}),
    answer: Session,
  },
  listUnits: {
    method: 'get',
    path: '/api/units',
    access: 'read',
    summary: 'The units of the scope on a day (today without `on`)',
    query: z.strictObject({ on: OnDay.optional(), under: UnitRef.optional() }),
    answer: z.object({ on: Day, units: z.array(UnitView.extend({ parent: z.int().nullable() })) }),
  },
  getUnit: {
    method: 'get',
    path: '/api/units/:code',
    access: 'read',
    summary: 'One unit: what stands above and below it on a day, before and after it',
    query: z.strictObject({ on: OnDay.optional() }),
    answer: z.object({
      unit: UnitView,
      on: Day,
      aliases: z.array(z.string()),
      path: z.array(UnitView).describe('from the top of the scope down to the unit'),
      children: z.array(UnitView).describe('before the unit existed: its predecessors'),
      predecessors: z.array(Kin),
      successors: z.array(Kin),
    }),
  },
  listIndicators: {
    method: 'get',
    path: '/api/indicators',
    access: 'read',
    summary: 'The catalogue: words, formula, target, source',
    query: z.strictObject({}),
    answer: z.object({
      indicators: z.array(
        z.object({
          id: z.string(),
          group: z.enum(GROUPS),
          basis: z
            .enum(['sums', 'feeds', 'systems', 'countdown', 'index'])
            .describe('what a figure is worked out from; of others than sums both sides are empty'),
          version: z.int(),
          words: Words,
          noun: Words.describe('what is counted'),
          unit: z.enum(['percent', 'count', 'days', 'mean', 'points']),
          hero: z.enum(['value', 'numerator']),
          direction: z.enum(['up', 'down', 'none']),
          numerator: z.record(z.string(), z.number()),
          denominator: z.record(z.string(), z.number()).nullable(),
          target: z.number().nullable(),
          benchmark: z.object({ value: z.number(), words: Words }).nullable(),
          source: z.string(),
        }),
      ),
    }),
  },
  getFigures: {
    method: 'get',
    path: '/api/figures',
    access: 'read',
    summary: 'Indicators of a unit, its children, or its areas of work or procedures, over a period',
    query: z.strictObject({
      ...unitAndPeriod,
      indicators: Ids.optional(),
      children: Flag.optional(),
      compare: Flag.optional(),
      by: z.enum(['field', 'procedure']).optional(),
      field: z.string().max(80).optional(),
      asKnown: Day.optional().describe('as known at the end of this day: without what was corrected later'),
    }),
    answer: FiguresAnswer,
  },
  getSeries: {
    method: 'get',
    path: '/api/series',
    access: 'read',
    summary: 'One indicator over time; by hour for the last 40 days',
    query: z.strictObject({
      unit: UnitRef,
      indicator: Id,
      from: Moment.describe('a day, or a period: its first day'),
      to: Moment.describe('a day (exclusive), or a period: to its end'),
      grain: z.enum(['hour', 'day', 'week', 'month', 'quarter', 'year']).default('month'),
      tree: z.enum(['then', 'now']).default('now'),
      field: z.string().max(80).optional(),
    }),
    answer: SeriesAnswer,
  },
  getRanking: {
    method: 'get',
    path: '/api/ranking',
    access: 'read',
    summary:
      'Units below one, best first; rates of few cases apart. Counts (overdue, due soon, open) are ranked whatever their size',
    query: z.strictObject({ ...unitAndPeriod, level: UnitLevel.optional(), indicator: Id }),
    answer: RankingAnswer,
  },
  listSilent: {
    method: 'get',
    path: '/api/silent',
    access: 'read',
    summary: 'The units below one that told nothing in a period: who is missing from its figures',
    query: z.strictObject(unitAndPeriod),
    answer: SilentAnswer,
  },
  listDossiers: {
    method: 'get',
    path: '/api/dossiers',
    access: 'read',
    summary: 'Open dossiers, most urgent first; no personal data',
    query: z.strictObject({
      unit: UnitRef,
      state: z.enum(['overdue', 'dueSoon', 'open']).default('open'),
      field: z.string().max(80).optional(),
      limit: z.coerce.number().int().min(1).max(500).default(50),
    }),
    answer: Absence.extend({
      seq: z.int(),
      total: z.int().nullable().describe('null where there are no figures'),
      dossiers: z.array(DossierView),
    }),
  },
  listFeeds: {
    method: 'get',
    path: '/api/feeds',
    access: 'read',
    summary: 'Feeds and when they last spoke',
    query: z.strictObject({}),
    answer: z.object({ feeds: z.array(FeedView) }),
  },
  getMap: {
    method: 'get',
    path: '/api/map',
    access: 'read',
    summary: 'Places, or boundaries, of what lies below a unit on a day',
    query: z.strictObject({ unit: UnitRef, on: OnDay.optional() }),
    answer: MapAnswer,
  },
  ...FORM_ROUTES,
  ...PEOPLE_ROUTES,
  ...ALERT_ROUTES,
  ...RULE_ROUTES,
  ...SYSTEM_ROUTES,
  ...TASK_ROUTES,
  ...TARGET_ROUTES,
  ...INDEX_ROUTES,
  ...EXPLAIN_ROUTES,
  ...QUALITY_ROUTES,
  postEvents: {
    method: 'post',
    path: '/api/events',
    access: 'feed',
    summary: 'A batch of events; all or nothing, safe to repeat',
    query: z.strictObject({}),
    body: z.strictObject({ events: z.array(OpsEvent).max(5000) }),
    answer: z.object({ accepted: z.int(), duplicates: z.int(), seq: z.int() }),
  },
} as const satisfies Record<string, Route>;

export type RouteName = keyof typeof ROUTES;
export type QueryOf<N extends RouteName> = z.input<(typeof ROUTES)[N]['query']>;
export type AnswerOf<N extends RouteName> = z.output<(typeof ROUTES)[N]['answer']>;
