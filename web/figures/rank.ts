/** What of a ranking there is room for. Pure. */

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
