import { z } from 'zod';
import { AlertBrief } from './alert.ts';
import { Day, FeedView, Iso, StepView, TallyTable, UnitRef, UnitView } from './answers.ts';
import { Problem } from './problem.ts';

/** The live link as data: what is asked on `/live`, and what is told. */

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
  alerts: z
    .array(AlertBrief)
    .describe(
      'episodes of the unit and all below it that changed; of a snapshot those that are open, but for messages: GET /api/alerts?state=message',
    ),
  rulesSeq: z
    .int()
    .describe('the commit that last changed a threshold: another says to ask for thresholds again'),
};

/** What changed between two numbers. Empty ones are the heartbeat (at least every 5 s). */
export const Frame = z.object({ prev: z.int(), build: z.string(), ...changes });
export type Frame = z.infer<typeof Frame>;

/**
 * Answer to `watch`. `reset`: the units or the day changed, watch again without `since`, as after a frame whose `at` is of
 * a later day than the snapshot's `day`; `reload`: a newer build is out.
 */
export const WatchAnswer = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('snapshot'),
    build: z.string(),
    day: Day,
    unit: UnitView,
    path: z.array(UnitView),
    children: z.array(UnitView),
    workingDays: z.record(z.string(), z.number().nullable()),
    silent: z
      .array(z.int())
      .describe(
        'those of the unit and its children that never told anything: theirs is no 0 until a row comes',
      ),
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
