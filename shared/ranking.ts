/** The one order of units by an indicator, for server and screen alike. Pure. */
import { type Figure, type Indicator, SMALL_COUNT } from './indicator.ts';

/** What is ranked: a unit with its figure. */
export type RankEntry = { unit: { code: string; ref: string }; figure: Figure };

/** `ranked` best first, `guarded` those that stand apart, by code. */
export type Ranking<E extends RankEntry> = { ranked: (E & { rank: number })[]; guarded: E[] };

/** Whether a figure rests on too few cases (under `SMALL_COUNT`), or on none, to be judged or ranked. */
export function isSmall({ value, denominator }: Figure): boolean {
  return value === null || (denominator !== null && denominator < SMALL_COUNT);
}

/** Negative when a value is better than another: the smaller where less is better, else the larger. */
export function compareValues({ direction }: Pick<Indicator, 'direction'>, a: Figure, b: Figure): number {
  return (direction === 'down' ? 1 : -1) * ((a.value ?? 0) - (b.value ?? 0));
}

/**
 * Units by an indicator, in an order that does not depend on how they came. Equal values share a rank (1, 2, 2, 4) and stand
 * in the order of their codes, those of one code in that of their references.
 */
export function rankUnits<E extends RankEntry>(
  entries: readonly E[],
  indicator: Pick<Indicator, 'direction'>,
): Ranking<E> {
  const sorted = entries
    .filter(({ figure }) => !isSmall(figure))
    .sort((a, b) => compareValues(indicator, a.figure, b.figure) || compareCodes(a, b));
  const ranked: Ranking<E>['ranked'] = [];
  for (const [index, entry] of sorted.entries()) {
    const before = ranked[index - 1];
    const isTie = before?.figure.value === entry.figure.value;
    ranked.push({ ...entry, rank: before && isTie ? before.rank : index + 1 });
  }
  const guarded = entries.filter(({ figure }) => isSmall(figure)).sort(compareCodes);
  return { ranked, guarded };
}

/** By code point, so that no machine's language decides. */
function compareCodes({ unit: a }: RankEntry, { unit: b }: RankEntry): number {
  if (a.code !== b.code) return a.code < b.code ? -1 : 1;
  return a.ref < b.ref ? -1 : a.ref > b.ref ? 1 : 0;
}
