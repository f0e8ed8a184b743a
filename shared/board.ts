import { z } from 'zod';
import { findIndicator } from './catalogue.ts';
import { Words } from './words.ts';

/** Boards as data: what stands where, and when. Screens take its types only: the data they show is in `boards/`. */

/** What may be known of a unit in a period, of which panels make their standing depend; what is not known yet is not so. */
export const Fact = z.enum([
  'hasNoFigures',
  'endedByNow',
  'hasChildren',
  'isLeaf',
  'isPlaceless',
  'hasField',
  'hasUnknownField',
]);
export type Fact = z.infer<typeof Fact>;

const IndicatorId = z.string().refine((id) => findIndicator(id) !== undefined, 'no such indicator');
const IndicatorIds = z.array(IndicatorId).min(1).max(12);

/** A second figure below a count: what of it, or what is left of its whole, and what to call that. */
const Part = z.strictObject({
  indicator: IndicatorId,
  reads: z.enum(['numerator', 'rest']),
  words: Words,
});

/**
 * One key figure. `over`: of today whatever period is chosen, and `past` in its stead where that period does not run.
 * `onDay`: with today chosen, of a longer period.
 */
export const Tile = z.strictObject({
  indicator: IndicatorId,
  title: Words.optional(),
  part: Part.optional(),
  over: z.literal('today').optional(),
  past: IndicatorId.optional(),
  onDay: z.strictObject({ over: z.literal('month'), title: Words.optional() }).optional(),
});
export type Tile = z.infer<typeof Tile>;

/** All of `when` and nothing of `unless` must be so. `height` is the share of an area's height, `atLeast` in px of the canvas. */
const standing = {
  when: z.array(Fact).min(1).optional(),
  unless: z.array(Fact).min(1).optional(),
  height: z.enum(['content', 'fill']).optional(),
  atLeast: z.int().min(40).max(1080).optional(),
};

/** Without it a panel follows the indicator that is chosen. */
const indicator = IndicatorId.optional();

/** A way to choose the indicator, in a panel's title or at the end of its head. */
const chooser = z.enum(['title', 'aside']).optional();

/** One box of a board: its kind, and just the options that kind has. */
export const Panel = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('keyFigures'),
    title: Words.optional(),
    tiles: z.array(Tile).min(1).max(12),
    ...standing,
  }),
  z.strictObject({ kind: z.literal('fieldFigures'), indicators: IndicatorIds, ...standing }),
  z.strictObject({
    kind: z.literal('map'),
    title: Words.optional(),
    indicator,
    chooser,
    rem: z.number().min(8).max(80).optional().describe('height of the drawing; without it all the room'),
    ...standing,
  }),
  z.strictObject({
    kind: z.literal('ranking'),
    indicator,
    rows: z
      .int()
      .min(3)
      .max(60)
      .optional()
      .describe('without it the whole list, sorted and searched at will'),
    ...standing,
  }),
  z.strictObject({
    kind: z.literal('trend'),
    indicator,
    chooser,
    steps: z.enum(['chosen', 'fixed']),
    rem: z.number().min(8).max(80).optional().describe('height of the drawing; without it all the room'),
    ...standing,
  }),
  z.strictObject({
    kind: z.literal('breakdown'),
    by: z.enum(['field', 'procedure']),
    columns: IndicatorIds,
    busiestBy: IndicatorIds,
    rows: z.int().min(1).max(40).optional().describe('without it the rest can be unfolded'),
    ...standing,
  }),
  z.strictObject({
    kind: z.literal('dossiers'),
    rows: z.int().min(1).max(40).optional().describe('without it a box that scrolls'),
    ...standing,
  }),
  z.strictObject({
    kind: z.literal('due'),
    rows: z
      .int()
      .min(0)
      .max(40)
      .optional()
      .describe('how many there is room for; the rest can be unfolded; 0: the stages alone'),
    ...standing,
  }),
  z.strictObject({ kind: z.literal('passedOn'), ...standing }),
  z.strictObject({ kind: z.literal('absent'), ...standing }),
  z.strictObject({ kind: z.literal('form'), ...standing }),
  z.strictObject({
    kind: z.literal('strip'),
    indicator,
    own: IndicatorIds,
    feeds: z.int().min(1).max(24).optional().describe('how many there is room for; three without it'),
    ...standing,
  }),
  z.strictObject({
    kind: z.literal('alerts'),
    feeds: z
      .int()
      .min(1)
      .max(24)
      .optional()
      .describe('how many there is room for; without it they are counted'),
    units: z.int().min(1).max(60).describe('how many units of a flood there is room for'),
    steps: z
      .enum(['beside', 'calm'])
      .describe('what just happened: beside the alerts, or while there are none'),
    ...standing,
  }),
  z.strictObject({
    kind: z.literal('systems'),
    rows: z.int().min(1).max(24).optional().describe('how many of those that need a look there is room for'),
    ...standing,
  }),
  z.strictObject({ kind: z.literal('index766'), ...standing }),
  z.strictObject({ kind: z.literal('phases'), ...standing }),
  z.strictObject({ kind: z.literal('origin'), versions: IndicatorIds, ...standing }),
]);
export type Panel = z.infer<typeof Panel>;
export type PanelKind = Panel['kind'];
export type PanelOf<K extends PanelKind> = Extract<Panel, { kind: K }>;

const Panels = z.array(Panel).min(1).max(24);
const named = { id: z.string().regex(/^[a-z][a-z0-9-]{0,39}$/), words: Words };

/** Columns of a canvas that a stack of panels covers; without a panel that stands it takes no room. `gap` in px. */
export const Area = z.strictObject({
  column: z.int().min(1).max(12),
  span: z.int().min(1).max(12),
  gap: z.int().min(0).max(80),
  panels: Panels,
});
export type Area = z.infer<typeof Area>;

/** A wall that was touched shows what it was opened with again so long after the last touch. */
const returnAfterMs = z.int().min(20_000).max(3_600_000);

/** A canvas in px, scaled to the screen and never scrolled: columns in px or `rest`, and panels over its whole foot. */
export const WallBoard = z
  .strictObject({
    canvas: z.literal('wall'),
    ...named,
    size: z.strictObject({ width: z.int().min(1000).max(8000), height: z.int().min(800).max(4000) }),
    returnAfterMs,
    columns: z
      .array(z.union([z.int().min(80).max(3840), z.literal('rest')]))
      .min(1)
      .max(12),
    areas: z.array(Area).min(1).max(24),
    foot: z.array(Panel).max(3),
  })
  .refine(({ columns, areas }) => areas.every(({ column, span }) => column + span - 1 <= columns.length), {
    message: 'an area lies beyond the columns',
    path: ['areas'],
  });
export type WallBoard = z.infer<typeof WallBoard>;

/** Panels beside each other where there is room; of a lone one the whole row. */
export const Row = z.strictObject({ columns: z.enum(['one', 'even', 'wideFirst']), panels: Panels });

/** A page that flows: rows from top to bottom, narrowed to the area of work that the address names. */
export const DeskBoard = z.strictObject({
  canvas: z.literal('desk'),
  ...named,
  rows: z.array(Row).min(1).max(24),
});
export type DeskBoard = z.infer<typeof DeskBoard>;

/** A wall that flows, for screens on which a canvas would be too small to read. */
export const TallBoard = z.strictObject({
  canvas: z.literal('tall'),
  ...named,
  returnAfterMs,
  rows: z.array(Row).min(1).max(24),
});
export type TallBoard = z.infer<typeof TallBoard>;

/** A page of the dashboard. */
export const Board = z.discriminatedUnion('canvas', [WallBoard, DeskBoard, TallBoard]);
export type Board = z.infer<typeof Board>;
