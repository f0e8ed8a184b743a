import { z } from 'zod';
import { TargetView } from './target.ts';
import { UnitLevel } from './unit.ts';
import { Unreported } from './unreported.ts';
import { Words } from './words.ts';

/** What the public surface answers with. Times are ISO 8601 with offset; percentages are 0-100. */

/** An instant. */
export const Iso = z.string().describe('ISO 8601 with offset');
/** A local day, `YYYY-MM-DD`. */
export const Day = z.iso.date();
/** How a unit is named in requests and answers. */
export const UnitRef = z
  .string()
  .min(1)
  .max(60)
  .describe('code, or code@YYYY-MM-DD for the unit of that day');
/** How a period is named. */
export const PeriodKey = z.string().min(4).max(10).describe('2026-11-22, 2026-W47, 2026-11, 2026-Q4 or 2026');

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

export const Kin = z.object({ unit: UnitView, on: Day, share: z.number() });

const Limit = z.number().nullable();
const Bands = z.object({ warning: Limit, major: Limit, critical: Limit });

/** What colours a figure: by which version of which rule, from which value on. `bands` of the value, `countBands` of the numerator. */
export const Threshold = z.object({
  direction: z.enum(['below', 'above']),
  minimum: z.int().describe('the fewest cases from which a rate is judged'),
  bands: Bands.nullable(),
  countBands: Bands.nullable(),
  rule: z.string(),
  version: z.int(),
  override: z.int().nullable().describe('the nearest override that sets any of it'),
  ...{ since: Iso.nullable(), until: Day.nullable(), by: z.string().nullable() },
});
export type Threshold = z.infer<typeof Threshold>;

export const FigureView = z.object({
  value: z.number().nullable(),
  numerator: z.number(),
  denominator: z.number().nullable(),
  provisional: z.boolean().describe('the period is not over'),
  asOf: Iso.nullable().describe(
    'when the newest step of the unit happened: within the hour, within the day beyond 40 days',
  ),
  completeness: z
    .number()
    .nullable()
    .describe(
      '0..1: share of the reporting units below that told of dossiers, or documents, in the period; null where nobody knows who should',
    ),
  previous: z
    .object({ value: z.number().nullable(), numerator: z.number(), denominator: z.number().nullable() })
    .optional()
    .describe('the same point of the previous period'),
  threshold: Threshold.optional().describe('none where no rule judges it'),
  target: TargetView.optional(),
  unreported: Unreported.optional(),
});
export type FigureView = z.infer<typeof FigureView>;

const Subject = z.object({ code: z.string(), name: Words });

/** Says why there is no figure of what is asked in the time asked about; none of it is there where there are figures. */
const absence = {
  ended: Day.optional().describe('the unit had ended on this day: no figure has a value'),
  begins: Day.optional().describe(
    'the unit began on this day, taking over from nobody: no figure has a value',
  ),
  noData: z
    .enum(['notBegun', 'beforeData', 'neverTold', 'unknownField'])
    .optional()
    .describe(
      'no figure has a value: the period has not begun, or ends before anything was told; nothing was ever told of the unit or area of work; nobody knows such an area',
    ),
  dataFrom: Day.optional().describe('with `beforeData`: the first month with figures begins on this day'),
};
export const Absence = z.object(absence);
export type Absence = z.infer<typeof Absence>;

/** Whose figures stand in for a province or district that ended: today's communes on its territory. */
export const Territory = z.object({
  since: Day.describe('from this day on the communes of the territory are told; no department is among them'),
  units: z.int().describe('how many they are'),
  partly: z
    .array(z.object({ unit: UnitView, share: z.number() }))
    .describe('those that lie there in part, counted by that share: every old commune counts alike in it'),
});
export type Territory = z.infer<typeof Territory>;

const territory = Territory.optional().describe('the unit has ended: whose figures these are since');

/** Figures of one unit, or of one area of work or procedure of it. */
export const FigureRow = z.object({
  code: z.string(),
  name: Words,
  ref: UnitRef.optional(),
  level: UnitLevel.optional(),
  id: z.int().optional(),
  ...absence,
  territory,
  figures: z.record(z.string(), FigureView),
});
export type FigureRow = z.infer<typeof FigureRow>;

export const FiguresAnswer = z.object({
  period: PeriodKey,
  from: Day,
  to: Day,
  seq: z.int(),
  asKnown: Day.optional().describe('told as known at the end of this day'),
  ...absence,
  units: z.array(FigureRow),
});
export type FiguresAnswer = z.infer<typeof FiguresAnswer>;

export const SeriesPoint = z.object({
  period: z.string(),
  from: z.union([Day, Iso]).describe('its first day; of an hour the instant it begins'),
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
  ...absence,
  territory,
  keptSince: Day.optional().describe(
    'a series by hour begins on this day although it was asked for from an earlier one: hours are kept for 40 days',
  ),
  breaks: z
    .array(z.object({ on: Day, from: z.array(UnitView) }))
    .describe('days on which the unit took over others'),
  series: z.array(z.object({ unit: UnitView, points: z.array(SeriesPoint) })),
});
export type SeriesAnswer = z.infer<typeof SeriesAnswer>;

const Level = z.enum(['critical', 'major', 'warning', 'normal']);

/** What a figure was judged to be. */
export const JudgementView = z.object({
  standing: z
    .enum(['judged', 'few', 'nothing', 'unknown'])
    .describe('few: a rate of fewer than 30 cases; nothing: nothing occurred; a count is never too few'),
  figure: z
    .number()
    .nullable()
    .describe('what is judged and ranked: the numerator of an indicator read as a count, else the value'),
  severity: Level.describe(
    'of a count the worse of the verdicts on it and on its share; normal where not judged',
  ),
  apparent: Level.describe('what the bands alone say, however few the cases'),
});

export const RankingAnswer = z.object({
  period: PeriodKey,
  of: PeriodKey.optional().describe('whose figures stand in, where those of the period are not reported yet'),
  indicator: z.string(),
  seq: z.int(),
  ...absence,
  territory,
  completeness: z.number().nullable().describe('0..1: share of the units that report which told anything'),
  ranked: z
    .array(z.object({ rank: z.int(), unit: UnitView, figure: FigureView, judgement: JudgementView }))
    .describe('best first: by level, then by the figure judged; equals share a rank'),
  guarded: z
    .array(z.object({ unit: UnitView, figure: FigureView, judgement: JudgementView, ...absence }))
    .describe(
      'by code: rates of fewer than 30 cases, and units in which nothing occurred or of which nothing is known',
    ),
  isSparse: z.boolean().describe('fewer than 3 units are ranked: their ranks say nothing'),
});
export type RankingAnswer = z.infer<typeof RankingAnswer>;

/** Form II.06a/VPCP/KSTT: `columns[0]` is column 3 … `columns[10]` column 13. */
export const FormAnswer = z.object({
  unit: UnitView,
  period: PeriodKey,
  from: Day,
  to: Day,
  provisional: z.boolean(),
  completeness: z.number().nullable().describe('0..1: share of the units that report which told anything'),
  seq: z.int(),
  ...absence,
  territory,
  rows: z.array(z.object({ field: Subject, columns: z.array(z.number()).length(11) })),
  total: z.array(z.number()).max(11).describe('eleven sums; empty where there are no figures'),
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
    .describe('negative when overdue; null while paused, without a due time or calendar'),
});
export type DossierView = z.infer<typeof DossierView>;

export const FeedView = z.object({
  id: z.string(),
  name: z.string(),
  unit: UnitRef.nullable().describe('null: of a unit above the scope, of which it tells too'),
  lastAt: Iso.nullable().describe('when its newest event happened'),
  heardAt: Iso.nullable().describe('when it last spoke'),
  events: z.int().nullable().describe('null: of a unit above the scope'),
  lateAt: Iso.nullable().describe(
    'from when it is late unless it speaks before; null: it never spoke, or the working calendar has no such year',
  ),
  missingAt: Iso.nullable().describe('from when it is missing unless it speaks before; null as `lateAt`'),
  cadence: z
    .object({ workingMinutes: z.number(), source: z.enum(['stated', 'learned']) })
    .nullable()
    .describe(
      'how often it speaks: stated, or learned as its longest usual pause; null while nothing is known',
    ),
  dueTime: z
    .string()
    .nullable()
    .describe('by what local time of every working day it means to have spoken, HH:MM'),
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
