import { isoOf } from '../../shared/period.ts';
import type { AnswerOf } from '../../shared/wire.ts';
import type { View } from '../figures/sums.ts';
import { readJudgeStanding } from '../judging.ts';
import { findCommitAt } from '../store/commit-store.ts';

/** How far the judge is behind what was told, when it judged last, how late that was and how long it took. */
export async function readJudgeHealth({
  reader,
  clock,
  site,
  now,
}: Pick<View, 'reader' | 'clock' | 'site' | 'now'>): Promise<AnswerOf<'getHealth'>['judge']> {
  const { judgedSeq, pausedUntil } = clock;
  const judgedAt = await findCommitAt(reader, judgedSeq);
  return {
    judgedSeq,
    judgedAt: judgedAt === undefined ? null : isoOf(judgedAt, site.zone),
    pausedUntil: pausedUntil > now ? isoOf(pausedUntil, site.zone) : null,
    ...(await readJudgeStanding(reader, { site, clock, now })),
  };
}
