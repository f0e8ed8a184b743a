import { isoOf } from '../../shared/period.ts';
import type { AnswerOf } from '../../shared/wire.ts';
import type { View } from '../figures/sums.ts';
import { readJudgeStanding } from '../judging.ts';

/** How far the judge is behind what was told. */
export async function readJudgeHealth(view: View): Promise<AnswerOf<'getHealth'>['judge']> {
  const { clock, site, reader } = view;
  const { judgedSeq, judgedTo, pausedUntil } = clock;
  return {
    judgedSeq,
    judgedAt: judgedTo === 0 ? null : isoOf(judgedTo, site.zone),
    pausedUntil: pausedUntil > view.now ? isoOf(pausedUntil, site.zone) : null,
    ...(await readJudgeStanding(reader, view)),
  };
}
