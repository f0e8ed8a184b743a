/** The one order of units by an indicator, for server and screen alike. Pure. */
import type { Figure, Indicator } from './indicator.ts';
import { compareJudgements, FEWEST_RANKED, type Judgement, judge, type Thresholds } from './judgement.ts';

/** What is ranked: a unit with its figure. */
export type RankEntry = { unit: { code: string; ref: string }; figure: Figure };

/** A unit with what its figure was judged to be. */
export type Judged<E extends RankEntry> = E & { judgement: Judgement };

/**
 * `ranked` best first; `guarded`, by code, those that stand apart: rates of few cases, and units of which nothing is known.
 * `isSparse` where so few are ranked that their ranks say nothing.
 */
export type Ranking<E extends RankEntry> = {
  ranked: (Judged<E> & { rank: number })[];
  guarded: Judged<E>[];
  isSparse: boolean;
};

/** By what units are ranked, and the thresholds by which each one's figure is judged; null where it has none. */
export type RankedBy<E extends RankEntry> = {
  indicator: Pick<Indicator, 'hero' | 'direction'>;
  thresholdsOf: (entry: E) => Thresholds | null;
};

/**
 * Units by an indicator, in an order that does not depend on how they came: by level, then by the figure that was judged. Who
 * equals in both shares a rank (1, 2, 2, 4) and stands in the order of codes, those of one code in that of their references.
 */
export function rankUnits<E extends RankEntry>(
  entries: readonly E[],
  { indicator, thresholdsOf }: RankedBy<E>,
): Ranking<E> {
  const judged = entries.map((entry) => ({
    ...entry,
    judgement: judge(indicator, entry.figure, thresholdsOf(entry)),
  }));
  const sorted = judged
    .filter(({ judgement }) => judgement.standing === 'judged')
    .sort((a, b) => compareJudgements(indicator, a.judgement, b.judgement) || compareCodes(a, b));
  const ranked: Ranking<E>['ranked'] = [];
  for (const [index, entry] of sorted.entries()) {
    const before = ranked[index - 1];
    const isTie = before && compareJudgements(indicator, before.judgement, entry.judgement) === 0;
    ranked.push({ ...entry, rank: isTie ? before.rank : index + 1 });
  }
  const guarded = judged.filter(({ judgement }) => judgement.standing !== 'judged').sort(compareCodes);
  return { ranked, guarded, isSparse: ranked.length < FEWEST_RANKED };
}

/** By code point, so that no machine's language decides. */
export function compareCodes({ unit: a }: RankEntry, { unit: b }: RankEntry): number {
  if (a.code !== b.code) return a.code < b.code ? -1 : 1;
  return a.ref < b.ref ? -1 : a.ref > b.ref ? 1 : 0;
}
