/** Sums of one unit over slots of time, as rules are judged by them, live and in a preview alike. */
import type { MeasureId } from '../../shared/measure.ts';

/** What a commit of slot `known` (an index) changed about the earlier slot `slot`: as known before it, it was not there. */
export type SlotRevision = { slot: number; known: number; measure: MeasureId; amount: number };

/**
 * `starts` are days `YYYY-MM-DD` or hours `YYYY-MM-DDTHH` without a gap, in order. Of each measure asked for: a flow's sum of
 * each slot, those of predecessors in, by their share; a stock's level at the end of each slot, the unit's own. `revisions`
 * are those that reach these slots, of flows by the amount in the slot, of stocks by the step from that slot on; empty as
 * revised. The unit lives in slots `lives[0]` to `lives[1]` (exclusive). `told` is the share, 0..1, of the reporting units
 * below that told anything in the slot; null: not asked for.
 */
export type SumSeries = {
  unit: number;
  grain: 'day' | 'hour';
  starts: readonly string[];
  sums: ReadonlyMap<MeasureId, Float64Array>;
  revisions: readonly SlotRevision[];
  lives: readonly [from: number, to: number];
  told: Float64Array | null;
};
