/** Which of its two thresholds decided an episode of a rule that judges a share and a count: the one that reached its level. */
import { dayOf } from '../../shared/period.ts';
import type { PreviewDecider } from '../../shared/preview.ts';
import { judgeSample, showAt } from '../rules/levels.ts';
import type { ReplayedEpisode } from '../rules/replay.ts';
import { readSample, type SampleLine } from '../rules/sample.ts';
import type { Stretch } from '../rules/stretches.ts';
import type { PreviewLines } from './preview-lines.ts';

type Course = {
  read: PreviewLines;
  line: SampleLine;
  stretches: readonly Stretch[];
  zone: string;
};

/** By what an episode came to its severity; null where no sample of its own says so. */
export function findDecider(
  { read, line, stretches, zone }: Course,
  { from, to, severity }: Pick<ReplayedEpisode, 'from' | 'to' | 'severity'>,
): PreviewDecider | null {
  for (let slot = read.from; slot < read.to; slot++) {
    const at = read.axis.ends[slot] ?? 0;
    if (at < from) continue;
    if (to !== null && at > to) return null;
    const day = dayOf(at - 1, zone);
    const effective = stretches.findLast((stretch) => stretch.from <= day)?.effective;
    if (!effective) continue;
    const verdict = judgeSample(effective, readSample(line, { slot, at }));
    if (verdict.reached === severity)
      return showAt(effective, severity, verdict).isCount ? 'count' : 'figure';
  }
  return null;
}
