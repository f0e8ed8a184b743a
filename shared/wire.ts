import { z } from 'zod';
import { OpsEvent } from './event.ts';
import { MEASURE_IDS, type MeasureId } from './measure.ts';
import { UnitLevel } from './unit.ts';
import { Words } from './words.ts';

/** The public surface as data: types, checks on both ends and the OpenAPI document come from here. */

const Iso = z.string().describe('ISO 8601 with offset');
const Day = z.iso.date();
const UnitRef = z.string().min(1).max(60).describe('code, or code@YYYY-MM-DD for the unit of that day');
const PeriodKey = z.string().min(4).max(10).describe('2026-11-22, 2026-W47, 2026-11, 2026-Q4 or 2026');
const Flag = z.enum(['0', '1']);

/** A unit as people and addresses name it; `from` and `to` (exclusive) are its days. */
export const UnitView = z.object({
  id: z.int(),
  ref: UnitRef,
  code: z.string(),
  name: Words,
  level: UnitLevel,
  from: Day,
  to: Day.nullable(),
  lat: z.number().nullable(),
  lon: z.number().nullable(),
});
export type UnitView = z.infer<typeof UnitView>;

const Kin = z.object({ unit: UnitView, on: Day, share: z.number() });

export const FigureView = z.object({
  value: z.number().nullable(),
  numerator: z.number(),
  denominator: z.number().nullable(),
  provisional: z.boolean().describe('the period is not over'),
  asOf: Iso.nullable().describe('when the newest event counted here happened'),
  completeness: z
    .number()
    .nullable()
    .describe('0..1: share of the reporting units below that told anything in the period'),
  previous: z
    .object({ value: z.number().nullable(), numerator: z.number(), denominator: z.number().nullable() })
    .optional()
    .describe('the same point of the previous period'),
});
export type FigureView = z.infer<typeof FigureView>;

const Subject = z.object({ code: z.string(), name: Words });

/** Figures of one unit, or of one area of work or procedure of it. */
export const FigureRow = z.object({
  code: z.string(),
  name: Words,
  ref: UnitRef.optional(),
  level: UnitLevel.optional(),
  id: z.int().optional(),
  figures: z.record(z.string(), FigureView),
});
export type FigureRow = z.infer<typeof FigureRow>;

export const FiguresAnswer = z.object({
  period: PeriodKey,
  from: Day,
  to: Day,
  seq: z.int(),
  units: z.array(FigureRow),
});
export type FiguresAnswer = z.infer<typeof FiguresAnswer>;

export const SeriesPoint = z.object({
  period: z.string(),
  from: z.string(),
  value: z.number().nullable(),
  numerator: z.number(),
  denominator: z.number().nullable(),
  provisional: z.boolean(),
});
export type SeriesPoint = z.infer<typeof SeriesPoint>;

export const SeriesAnswer = z.object({
  unit: UnitView,
  indicator: z.string(),
  grain: z.string(),
  tree: z.enum(['then', 'now']),
  seq: z.int(),
  breaks: z
    .array(z.object({ on: Day, from: z.array(UnitView) }))
    .describe('days on which the unit took over others'),
  series: z.array(z.object({ unit: UnitView, points: z.array(SeriesPoint) })),
});
export type SeriesAnswer = z.infer<typeof SeriesAnswer>;

export const RankingAnswer = z.object({
  period: PeriodKey,
  indicator: z.string(),
  seq: z.int(),
  ranked: z.array(z.object({ rank: z.int(), unit: UnitView, figure: FigureView })),
  guarded: z
    .array(z.object({ unit: UnitView, figure: FigureView }))
    .describe('too few cases to rank, or none'),
});
export type RankingAnswer = z.infer<typeof RankingAnswer>;

/** Form II.06a/VPCP/KSTT: `columns[0]` is column 3 … `columns[10]` column 13. */
export const FormAnswer = z.object({
  unit: UnitView,
  period: PeriodKey,
  from: Day,
  to: Day,
  provisional: z.boolean(),
  seq: z.int(),
  rows: z.array(z.object({ field: Subject, columns: z.array(z.number()).length(11) })),
  total: z.array(z.number()).length(11),
});
export type FormAnswer = z.infer<typeof FormAnswer>;

export const DossierView = z.object({
  key: z.string().describe('keyed hash; the source code of the dossier is not kept'),
  unit: UnitView,
  procedure: Subject,
  field: Subject.nullable(),
  status: z.int(),
  channel: z.string(),
  acceptedAt: Iso,
  dueAt: Iso.nullable(),
  paused: z.boolean(),
  late: z.boolean(),
  dueSoon: z.boolean(),
  workingHoursLeft: z
    .number()
    .nullable()
    .describe('negative when overdue; null without a due time or calendar'),
});
export type DossierView = z.infer<typeof DossierView>;

export const FeedView = z.object({
  id: z.string(),
  name: z.string(),
  unit: UnitRef.nullable(),
  lastAt: Iso.nullable().describe('when its newest event happened'),
  heardAt: Iso.nullable().describe('when it last spoke'),
  events: z.int(),
});
export type FeedView = z.infer<typeof FeedView>;

/** One thing that just happened, for the live strip. */
export const StepView = z.object({
  seq: z.int(),
  at: Iso,
  unit: z.int(),
  unitName: Words,
  status: z.int(),
  procedure: z.string(),
  procedureName: Words,
  channel: z.string(),
  outcome: z.enum(['early', 'onTime', 'late']).nullable(),
});
export type StepView = z.infer<typeof StepView>;

export const Grains = ['hour', 'day', 'month', 'quarter', 'year', 'ever'] as const;

/**
 * Sums in columns: each row is unit id, grain, first day of the period, seq that last changed it, then one value per
 * measure. Values are absolute, so a row may be applied twice; a stock's row of grain `ever` is its present level.
 */
export const TallyTable = z.object({
  measures: z.array(z.string()),
  rows: z.array(z.tuple([z.int(), z.enum(Grains), z.string(), z.int()]).rest(z.number())),
});
export type TallyTable = z.infer<typeof TallyTable>;
export type TallyRow = [
  unit: number,
  grain: (typeof Grains)[number],
  start: string,
  seq: number,
  ...values: number[],
];

export const Session = z.object({
  demo: z.boolean(),
  site: Words,
  zone: z.string(),
  build: z.string(),
  now: Iso,
  unit: UnitView,
  pace: z.number().optional(),
});
export type Session = z.infer<typeof Session>;

/** The map of a unit on a day: one place per leaf, `of` the child shown; boundaries where the office loaded some. */
export const MapAnswer = z.object({
  unit: UnitView,
  on: Day,
  places: z.array(z.object({ of: z.int(), unit: z.int(), name: Words, lat: z.number(), lon: z.number() })),
  boundaries: z
    .array(z.object({ of: z.int(), unit: z.int(), geometry: z.record(z.string(), z.unknown()) }))
    .nullable(),
});
export type MapAnswer = z.infer<typeof MapAnswer>;

const unitAndPeriod = { unit: UnitRef, period: PeriodKey };

/** Who may call: `none` anyone, `read` a viewer with a scope, `feed` a feed's token. */
export type Access = 'none' | 'read' | 'feed';

/** Every HTTP route: strict query, answer; the server serves no route that is not here. */
export const ROUTES = {
  getSession: {
    method: 'get',
    path: '/api/session',
    access: 'read',
    summary: 'Who is looking: scope, site, zone, build, server time',
    query: z.strictObject({}),
    answer: Session,
  },
  listUnits: {
    method: 'get',
    path: '/api/units',
    access: 'read',
    summary: 'The units of the scope on a day (today without `on`)',
    query: z.strictObject({ on: Day.optional(), under: UnitRef.optional() }),
    answer: z.object({ on: Day, units: z.array(UnitView.extend({ parent: z.int().nullable() })) }),
  },
  getUnit: {
    method: 'get',
    path: '/api/units/:code',
    access: 'read',
    summary: 'One unit: what stands above and below it on a day, before and after it',
    query: z.strictObject({ on: Day.optional() }),
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
          version: z.int(),
          words: Words,
          unit: z.enum(['percent', 'count', 'days']),
          hero: z.enum(['value', 'numerator']),
          direction: z.enum(['up', 'down', 'none']),
          numerator: z.record(z.string(), z.number()),
          denominator: z.record(z.string(), z.number()).nullable(),
          target: z.number().nullable(),
          bands: z.record(z.string(), z.number()).nullable(),
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
      indicators: z.string().optional(),
      children: Flag.optional(),
      compare: Flag.optional(),
      by: z.enum(['field', 'procedure']).optional(),
      field: z.string().max(80).optional(),
    }),
    answer: FiguresAnswer,
  },
  getSeries: {
    method: 'get',
    path: '/api/series',
    access: 'read',
    summary: 'One indicator over time',
    query: z.strictObject({
      unit: UnitRef,
      indicator: z.string(),
      from: Day,
      to: Day,
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
    summary: 'Units below one, best first, small counts apart',
    query: z.strictObject({ ...unitAndPeriod, level: UnitLevel.optional(), indicator: z.string() }),
    answer: RankingAnswer,
  },
  getForm: {
    method: 'get',
    path: '/api/form/II.06a',
    access: 'read',
    summary: 'Form II.06a/VPCP/KSTT by area of work',
    query: z.strictObject(unitAndPeriod),
    answer: FormAnswer,
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
    answer: z.object({ seq: z.int(), total: z.int(), dossiers: z.array(DossierView) }),
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
    query: z.strictObject({ unit: UnitRef, on: Day.optional() }),
    answer: MapAnswer,
  },
  openSession: {
    method: 'post',
    path: '/api/session',
    access: 'none',
    summary: 'Turn a display token into a session cookie',
    query: z.strictObject({}),
    body: z.strictObject({ token: z.string().min(1).max(200) }),
    answer: z.object({ unit: UnitRef }),
  },
  closeSession: {
    method: 'delete',
    path: '/api/session',
    access: 'none',
    summary: 'Forget the session cookie',
    query: z.strictObject({}),
    answer: z.object({}),
  },
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

/** One HTTP route. */
export type Route = {
  method: 'get' | 'post' | 'delete';
  path: string;
  access: Access;
  summary: string;
  query: z.ZodType;
  body?: z.ZodType;
  answer: z.ZodType;
};

export type RouteName = keyof typeof ROUTES;
export type QueryOf<N extends RouteName> = z.input<(typeof ROUTES)[N]['query']>;
export type AnswerOf<N extends RouteName> = z.output<(typeof ROUTES)[N]['answer']>;

/** RFC 9457. `errors` names, for bad input, the event's index (where there is one), the field and the reason. */
export const Problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  detail: z.string(),
  errors: z.array(z.object({ index: z.int().optional(), field: z.string(), reason: z.string() })).optional(),
});
export type Problem = z.infer<typeof Problem>;

/** What a viewer asks for on `/live`: a unit (and its children), what it has already (`since`), its own build. */
export const Watch = z.strictObject({
  unit: UnitRef,
  since: z.int().min(0).optional(),
  build: z.string().max(80).optional(),
});
export type Watch = z.infer<typeof Watch>;

const changes = {
  seq: z.int(),
  at: Iso,
  tallies: TallyTable,
  feeds: z.array(FeedView),
  steps: z.array(StepView),
};

/** What changed between two numbers. Empty ones are the heartbeat (at least every 5 s). */
export const Frame = z.object({ prev: z.int(), build: z.string(), ...changes });
export type Frame = z.infer<typeof Frame>;

/** Answer to `watch`. `reset`: the units or the day changed, watch again without `since`; `reload`: a newer build is out. */
export const WatchAnswer = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('snapshot'),
    build: z.string(),
    day: Day,
    unit: UnitView,
    path: z.array(UnitView),
    children: z.array(UnitView),
    workingDays: z.record(z.string(), z.number().nullable()),
    ...changes,
  }),
  z.object({ type: z.literal('frame'), ...Frame.shape }),
  z.object({ type: z.literal('reset') }),
  z.object({ type: z.literal('reload'), build: z.string() }),
  z.object({ type: z.literal('failure'), problem: Problem }),
]);
export type WatchAnswer = z.infer<typeof WatchAnswer>;
export type Snapshot = Extract<WatchAnswer, { type: 'snapshot' }>;

/** Socket.IO events of `/live`, both directions. */
export type ServerEvents = { frame: (frame: Frame) => void; reset: () => void };
export type ClientEvents = { watch: (watch: Watch, answer: (answer: WatchAnswer) => void) => void };

/** Reads the columns of a tally row by name. */
export function valueAt(row: TallyRow, measure: MeasureId): number {
  return (row[MEASURE_IDS.indexOf(measure) + 4] as number | undefined) ?? 0;
}
