/** Covering arrays: few rows in which every pair (or triple) of values meets. Pure; the same seed gives the same rows. */

export type Axes = Readonly<Record<string, readonly string[]>>;
export type Row = Readonly<Record<string, string>>;

/**
 * `groups` names the axes of which every combination of values must stand together in some row. `costs` of values, 0..0.5:
 * where nothing else speaks for one, the cheapest fills a row.
 */
export type Covering = {
  axes: Axes;
  groups: readonly (readonly string[])[];
  seed: number;
  costs?: Readonly<Record<string, number>>;
};

/** Every group of so many axes. */
export function groupsOf(names: readonly string[], size: number): string[][] {
  if (size === 0) return [[]];
  return names.flatMap((name, index) =>
    groupsOf(names.slice(index + 1), size - 1).map((rest) => [name, ...rest]),
  );
}

const keyOf = (group: readonly string[], row: Row) => group.map((axis) => `${axis}=${row[axis]}`).join('|');

function combine(axes: Axes, group: readonly string[]): Row[] {
  return group.reduce<Row[]>(
    (rows, axis) => rows.flatMap((row) => (axes[axis] ?? []).map((value) => ({ ...row, [axis]: value }))),
    [{}],
  );
}

/** Numbers 0..1 that depend on the seed alone (mulberry32). */
function createDice(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** Rows that cover every combination of every group, each begun with one not covered yet and filled up greedily. */
export function coverAll({ axes, groups, seed, costs = {} }: Covering): Row[] {
  const dice = createDice(seed);
  const left = new Map(
    groups.flatMap((group) => combine(axes, group).map((row) => [keyOf(group, row), row])),
  );
  const rows: Row[] = [];
  const gainOf = (row: Row, axis: string) =>
    groups.filter(
      (group) => group.includes(axis) && group.every((name) => name in row) && left.has(keyOf(group, row)),
    ).length;
  for (let next = left.values().next(); !next.done; next = left.values().next()) {
    let row: Row = next.value;
    const open = Object.keys(axes).filter((axis) => !(axis in row));
    for (const axis of open) {
      const choices = (axes[axis] ?? []).map((value) => ({ ...row, [axis]: value }));
      const ranked = choices.map((choice) => ({
        choice,
        worth: gainOf(choice, axis) + dice() / 4 - (costs[choice[axis] ?? ''] ?? 0),
      }));
      row = ranked.reduce((best, other) => (other.worth > best.worth ? other : best)).choice;
    }
    for (const group of groups) left.delete(keyOf(group, row));
    rows.push(row);
  }
  return rows;
}

/** How many combinations of the groups there are, and how many of them the rows hold. */
export function countCovered({ axes, groups }: Pick<Covering, 'axes' | 'groups'>, rows: readonly Row[]) {
  const all = groups.reduce((sum, group) => sum + combine(axes, group).length, 0);
  const met = new Set(rows.flatMap((row) => groups.map((group) => keyOf(group, row))));
  return { all, covered: met.size };
}
