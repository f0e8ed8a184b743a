import { isoOf } from '../../shared/period.ts';
import type { AnswerOf } from '../../shared/wire.ts';
import type { View } from '../figures/sums.ts';
import { readJudgeStanding } from '../judging.ts';

/** How far the judge is behind what was told. */
export async function readJudgeHealth(view: View): Promise<AnswerOf<'getHealth'>['judge']> {
  const { clock, site, reader } = view;
  const { judgedSeq, judgedTo } = clock;
  return {
    judgedSeq,
    judgedAt: judgedTo === 0 ? null : isoOf(judgedTo, site.zone),
    ...(await readJudgeStanding(reader, view)),
  };
}
