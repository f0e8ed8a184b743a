import { isoOf } from '../../shared/period.ts';
import type { AnswerOf } from '../../shared/wire.ts';
import type { View } from '../figures/sums.ts';
import { findCommitAt } from '../store/commit-store.ts';

/** A judge that is further behind than this does not keep up, or does not run. */
const LATE_MS = 60_000;

/**
 * How far the judge is behind what was told, and how long its last verdict came after the newest commit that it judged. How long
 * it took is not kept.
 */
export async function readJudgeHealth({
  reader,
  clock,
  site,
  now,
}: Pick<View, 'reader' | 'clock' | 'site' | 'now'>): Promise<AnswerOf<'getHealth'>['judge']> {
  const { seq, judgedSeq } = clock;
  const [told, judged, waiting] = [
    await findCommitAt(reader, judgedSeq - 1),
    await findCommitAt(reader, judgedSeq),
    await findCommitAt(reader, judgedSeq + 1),
  ];
  return {
    judgedSeq,
    judgedAt: judged === undefined ? null : isoOf(judged, site.zone),
    behind: seq - judgedSeq,
    lagMs: told === undefined || judged === undefined ? null : judged - told,
    tookMs: null,
    isLate: waiting !== undefined && now - waiting > LATE_MS,
  };
}
