/** Order of units by an indicator, as the server ranks: best first, small counts apart. Pure. */

import type { UnitView } from '../../shared/answers.ts';
import { type Figure, type Indicator, SMALL_COUNT } from '../../shared/indicator.ts';

/** A unit with its figure. */
export type Entry<F extends Figure = Figure> = { unit: UnitView; figure: F };

/** `ranked` best first (largest first where no direction is better), `guarded` those with too few cases, or none. */
export type Ranking<F extends Figure = Figure> = {
  ranked: (Entry<F> & { rank: number })[];
  guarded: Entry<F>[];
};

/** Whether a figure rests on too few cases to be judged or ranked. */
export function isSmall(figure: Figure): boolean {
  return figure.value === null || (figure.denominator !== null && figure.denominator < SMALL_COUNT);
}

/** The units in order; equal values by the larger count, then by name; equal values share a rank. */
export function rankUnits<F extends Figure>(entries: readonly Entry<F>[], indicator: Indicator): Ranking<F> {
  const sign = indicator.direction === 'down' ? 1 : -1;
  const cases = (figure: Figure) => figure.denominator ?? figure.numerator;
  const sorted = entries
    .filter(({ figure }) => !isSmall(figure))
    .sort(
      (a, b) =>
        sign * ((a.figure.value ?? 0) - (b.figure.value ?? 0)) ||
        cases(b.figure) - cases(a.figure) ||
        a.unit.name.vi.localeCompare(b.unit.name.vi, 'vi'),
    );
  const ranked: Ranking<F>['ranked'] = [];
  for (const [index, entry] of sorted.entries()) {
    const before = ranked[index - 1];
    const isTie = before !== undefined && before.figure.value === entry.figure.value;
    ranked.push({ ...entry, rank: isTie ? before.rank : index + 1 });
  }
  return { ranked, guarded: entries.filter(({ figure }) => isSmall(figure)) };
}

/** The first and the last of a long list; the whole of a short one, with nothing `between`. */
export function cutMiddle<T>(
  list: readonly T[],
  { first, last }: { first: number; last: number },
): { head: readonly T[]; between: number; tail: readonly T[] } {
  if (list.length <= first + last + 1) return { head: list, between: 0, tail: [] };
  return {
    head: list.slice(0, first),
    between: list.length - first - last,
    tail: last > 0 ? list.slice(-last) : [],
  };
}
