/** Units in the order a reader wants, which of them can be found by a text, and what of them there is room for. Pure. */
import type { Indicator } from '../../shared/indicator.ts';
import { compareJudgements, type Standing } from '../../shared/judgement.ts';
import { compareCodes, type Judged, type RankEntry, type RankedBy, rankUnits } from '../../shared/ranking.ts';

/** A unit of a ranking: `rank` is null where it has none, `equals` is how many others share it. */
export type RankRow<E extends RankEntry> = Judged<E> & { rank: number | null; equals: number };

/** All units, the worst first (the largest where no direction is better), and why how many have no rank. */
export type RankList<E extends RankEntry> = {
  rows: RankRow<E>[];
  ranked: number;
  isSparse: boolean;
  apart: Record<Exclude<Standing, 'judged'>, number>;
};

const STANDINGS: readonly Standing[] = ['judged', 'few', 'nothing', 'unknown'];

/** The whole list, those without a rank after all that have one, however good or bad they look. */
export function listRanks<E extends RankEntry>(entries: readonly E[], by: RankedBy<E>): RankList<E> {
  const { indicator } = by;
  const { ranked, guarded, isSparse } = rankUnits(entries, by);
  const holders = new Map<number, number>();
  for (const { rank } of ranked) holders.set(rank, (holders.get(rank) ?? 0) + 1);
  const judged = ranked.map(
    (row): RankRow<E> => ({
      ...row,
      rank: isSparse ? null : row.rank,
      equals: isSparse ? 0 : (holders.get(row.rank) ?? 1) - 1,
    }),
  );
  const apart = guarded.map((row): RankRow<E> => ({ ...row, rank: null, equals: 0 }));
  const rows = sortRows([...judged, ...apart], { key: 'figure', order: 'worst' }, indicator);
  const count = (standing: Standing) =>
    apart.filter(({ judgement }) => judgement.standing === standing).length;
  return {
    rows,
    ranked: ranked.length,
    isSparse,
    apart: { few: count('few'), nothing: count('nothing'), unknown: count('unknown') },
  };
}

export type Sorting =
  | { key: 'figure'; order: 'worst' | 'best' }
  | { key: 'name' | 'cases'; order: 'ascending' | 'descending' };

/** How many cases a figure is of; of a count its share. */
export function casesOf({ hero }: Pick<Indicator, 'hero'>, { figure }: RankEntry): number | null {
  return hero === 'numerator' ? figure.value : figure.denominator;
}

/** Rows in another order, equal ones by code. By figure, those of one standing stay together, the judged ones first. */
export function sortRows<R extends RankRow<RankEntry>>(
  rows: readonly R[],
  sorting: Sorting,
  indicator: Pick<Indicator, 'direction' | 'hero'>,
  compareNames: (a: R, b: R) => number = compareCodes,
): R[] {
  const sign = sorting.order === 'best' || sorting.order === 'ascending' ? 1 : -1;
  const compare = {
    figure: (a: R, b: R) => compareFigures(a, b, { sign, indicator }),
    cases: (a: R, b: R) => sign * ((casesOf(indicator, a) ?? -1) - (casesOf(indicator, b) ?? -1)),
    name: (a: R, b: R) => sign * compareNames(a, b),
  }[sorting.key];
  return rows.toSorted((a, b) => compare(a, b) || compareCodes(a, b));
}

type FigureOrder = { sign: number; indicator: Pick<Indicator, 'direction'> };

function compareFigures(
  { judgement: a }: RankRow<RankEntry>,
  { judgement: b }: RankRow<RankEntry>,
  { sign, indicator }: FigureOrder,
): number {
  const apart = STANDINGS.indexOf(a.standing) - STANDINGS.indexOf(b.standing);
  if (apart !== 0) return apart;
  // Where no direction is better, the largest are what is looked for: they stand first as the worst do.
  const turn = indicator.direction === 'none' ? -sign : sign;
  return turn * compareJudgements(indicator, a, b);
}

/** A text without capitals, marks and the bar of đ: a plain keyboard finds every name. */
export function foldText(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll('đ', 'd')
    .replace(/\s+/g, ' ')
    .trim();
}

/** Whether every word of a search stands somewhere in one of the texts. */
export function matchesSearch(texts: readonly string[], search: string): boolean {
  const folded = texts.map(foldText).join(' ');
  return foldText(search)
    .split(' ')
    .every((word) => folded.includes(word));
}
