import { z } from 'zod';
import { Day, Iso, UnitView } from './answers.ts';
import { ScoreView } from './index766-wire.ts';
import { Words } from './words.ts';

/** What a figure that stored sums do not give comes from, part by part, as the public surface tells it. */

/** A group of the index, with its components: the figure is the sum of their points. */
const IndexStory = z.object({
  basis: z.literal('index'),
  by: z
    .enum(['own', 'portal'])
    .describe('by whose figures: our own, or the portal’s where we know nothing of the unit'),
  version: z.object({ number: z.int(), from: Day, reason: z.string() }).describe('the formula in force'),
  sealedAt: Iso.nullable().describe('the period was closed then, and is told as it was known'),
  score: ScoreView,
});

const CountdownStory = z.object({
  basis: z.literal('countdown'),
  day: Day.describe('from which it is counted: the last day of the period, today while it runs'),
  until: Day.describe('the last day of the plan'),
  isStated: z.boolean().describe('false: no day is set, so the plan ends with the year'),
  phases: z.array(
    z.object({
      ...{ name: Words, from: Day, source: z.string() },
      until: Day.describe('its last day'),
      standing: z.enum(['ahead', 'running', 'over']),
    }),
  ),
});

/** Which feeds count; minutes are of working time, null of one that is not counted or whose calendar is not loaded. */
const FeedsStory = z.object({
  basis: z.literal('feeds'),
  at: Iso.describe('up to when it is counted'),
  feeds: z
    .array(
      z.object({
        name: z.string(),
        standing: z
          .enum(['counted', 'part', 'past'])
          .describe('part: tells of some units below alone; past: brought a past, and is not to go on'),
        lastAt: Iso.nullable(),
        minutes: z.number().nullable(),
        isSlowest: z.boolean().describe('the figure is its own'),
      }),
    )
    .describe('those counted first, the slowest before the others'),
});

/** The systems whose queues add up to the figure. */
const SystemsStory = z.object({
  basis: z.literal('systems'),
  at: Iso.describe('as they stood then'),
  systems: z
    .array(
      z.object({
        ...{ name: z.string(), unit: UnitView },
        queued: z.number().nullable().describe('null: its readings tell of no queue, so it is not counted'),
        ...{ at: Iso.describe('of the reading that told it, else of the newest'), oldestAt: Iso.nullable() },
      }),
    )
    .describe('the longest queue first'),
});

/** The parts of a figure by its basis. */
export const StatedStory = z.discriminatedUnion('basis', [
  IndexStory,
  CountdownStory,
  FeedsStory,
  SystemsStory,
]);
export type StatedStory = z.infer<typeof StatedStory>;

/** The story of one basis. */
export type StoryOf<B extends StatedStory['basis']> = Extract<StatedStory, { basis: B }>;
