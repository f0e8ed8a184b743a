import { isoOf } from '../../shared/period.ts';
import type { AnswerOf } from '../../shared/wire.ts';
import type { View } from '../figures/sums.ts';

/** How far the judge is behind what was told. */
export async function readJudgeHealth({ clock, site }: View): Promise<AnswerOf<'getHealth'>['judge']> {
  const { seq, judgedSeq, judgedTo } = clock;
  return {
    judgedSeq,
    judgedAt: judgedTo === 0 ? null : isoOf(judgedTo, site.zone),
    behind: seq - judgedSeq,
    ...{ lagMs: null, tookMs: null, isLate: false },
  };
}
