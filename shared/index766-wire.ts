import { z } from 'zod';
import { Absence, Day, Iso, PeriodKey, UnitRef, UnitView } from './answers.ts';
import { type BandId, INDEX_BANDS, VOLUME_CLASSES, type VolumeClass } from './index766.ts';
import { INDEX_GROUP_IDS, type IndexGroupId } from './index766-components.ts';
import type { Route } from './route.ts';

/** The index of Decision 766 as the public surface tells it. Points are to two decimals; `value` is the points known, of 100. */

const GroupId = z.enum(INDEX_GROUP_IDS as [IndexGroupId, ...IndexGroupId[]]);
const Band = z.enum(INDEX_BANDS.map(({ id }) => id) as [BandId, ...BandId[]]);
const ClassId = z.enum(VOLUME_CLASSES.map(({ id }) => id) as [VolumeClass, ...VolumeClass[]]);
const Basis = z.enum(['own', 'portal']);
export type IndexBasis = z.infer<typeof Basis>;
const Reason = z
  .enum(['notTold', 'notReported', 'notBegun', 'nothing'])
  .describe(
    'why there is no figure; of `nothing`, which stands for nothing occurred, there may be points by rule',
  );

export const ComponentView = z.object({
  id: z.string(),
  max: z.number(),
  numerator: z.number().nullable(),
  denominator: z.number().nullable(),
  points: z.number().nullable(),
  isTaken: z.boolean().describe('the points are those that the portal published'),
  isRate: z.boolean().describe('a percentage is all that is told: the numerator, of 100'),
  reason: Reason.nullable(),
});
export type ComponentView = z.infer<typeof ComponentView>;

const groupFacts = {
  id: GroupId,
  max: z.number(),
  points: z.number(),
  outOf: z.number().describe('what its known components could bring'),
  isTaken: z.boolean(),
};
const GroupLine = z.object(groupFacts);
export type GroupLine = z.infer<typeof GroupLine>;

const totalFacts = {
  value: z.number().nullable().describe('points of 100 among those known; null where nothing is known'),
  points: z.number(),
  outOf: z.number(),
  band: Band.nullable(),
};
const Total = z.object(totalFacts);

export const ScoreView = z.object({
  ...totalFacts,
  max: z.number(),
  groups: z.array(z.object({ ...groupFacts, components: z.array(ComponentView) })),
});

const Change = z
  .object({ points: z.number(), groups: z.int() })
  .nullable()
  .describe(
    'how the total of 100 moved since the same point of the period before, on groups known alike both times',
  );

const Standing = z.object({
  rank: z.int(),
  among: z.int().describe('how many units of the class are ranked'),
});
export const IndexRow = z.object({
  unit: UnitView,
  ...Absence.shape,
  ...totalFacts,
  groups: z.array(GroupLine),
  monthly: z.number().nullable().describe('dossiers a month'),
  volume: ClassId.nullable(),
  standing: Standing.nullable().describe('among units of its level and volume class below the same unit'),
  previous: z.number().nullable().describe('`value` at the same point of the period before'),
  change: Change,
});
export type IndexRow = z.infer<typeof IndexRow>;

export const IndexSeal = z.object({
  at: Iso,
  by: z.string(),
  note: z.string(),
  now: z
    .object({ value: z.number().nullable(), points: z.number(), outOf: z.number() })
    .describe('what is known now; the answer tells what was sealed'),
  changed: z.array(
    z.object({ component: z.string(), sealed: z.number().nullable(), now: z.number().nullable() }),
  ),
});

const version = z.object({
  number: z.int(),
  from: Day,
  reason: z.string(),
  changed: z
    .array(z.string())
    .describe(
      'components whose constants are not those of the period before: the two are not to be compared',
    ),
});

export const IndexAnswer = z.object({
  unit: UnitView,
  period: PeriodKey,
  from: Day,
  to: Day,
  seq: z.int(),
  provisional: z.boolean(),
  basis: Basis,
  ...Absence.shape,
  version,
  score: ScoreView,
  gains: z
    .array(z.object({ component: z.string(), toWin: z.number(), cases: z.int().nullable() }))
    .describe('what would raise it most, by points still to win; so many cases more bring them all'),
  monthly: z.number().nullable(),
  volume: ClassId.nullable(),
  standing: Standing.nullable(),
  previous: z.object({ period: PeriodKey, ...totalFacts, groups: z.array(GroupLine) }),
  change: Change,
  seal: IndexSeal.nullable(),
  maySeal: z.boolean().describe('whoever asks may seal this period of this unit'),
  children: z.array(IndexRow),
});
export type IndexAnswer = z.infer<typeof IndexAnswer>;

const Side = z.object({
  numerator: z.number().nullable(),
  denominator: z.number().nullable(),
  points: z.number().nullable(),
  reason: Reason.nullable(),
});
export type GapSide = z.infer<typeof Side>;
const difference = z
  .number()
  .nullable()
  .describe('ours less theirs, in points; null where either is not known');

export const GapAnswer = z.object({
  unit: UnitView,
  period: PeriodKey,
  from: Day,
  to: Day,
  seq: z.int(),
  component: z.string().describe('of which the rows of units tell'),
  own: Total,
  portal: Total,
  components: z.array(z.object({ id: z.string(), max: z.number(), own: Side, portal: Side, difference })),
  children: z.array(z.object({ unit: UnitView, own: Side, portal: Side, difference })),
});
export type GapAnswer = z.infer<typeof GapAnswer>;

const unitAndPeriod = { unit: UnitRef, period: PeriodKey };
const Flag = z.enum(['0', '1']);

/** The routes of the index. */
export const INDEX_ROUTES = {
  getIndex: {
    method: 'get',
    path: '/api/index766',
    access: 'read',
    summary:
      'The index of Decision 766 of a unit over a month, quarter or year, by our figures or the portal’s',
    query: z.strictObject({
      ...unitAndPeriod,
      children: Flag.optional(),
      basis: Basis.optional().describe('without it our own; the portal’s where nothing of ours is known'),
    }),
    answer: IndexAnswer,
  },
  getIndexGap: {
    method: 'get',
    path: '/api/index766/gap',
    access: 'read',
    summary: 'Our figures beside the portal’s: by component, and of one component by the units below',
    query: z.strictObject({
      ...unitAndPeriod,
      children: Flag.optional(),
      component: z.string().max(40).default('progress'),
    }),
    answer: GapAnswer,
  },
  sealIndex: {
    method: 'post',
    path: '/api/index766/seal',
    access: 'person',
    summary:
      'Seal a month that is over: its figures are kept as they are, what comes later stands beside them',
    query: z.strictObject({}),
    body: z.strictObject({ ...unitAndPeriod, note: z.string().trim().min(3).max(500) }),
    answer: z.object({ id: z.int() }),
  },
} as const satisfies Record<string, Route>;
