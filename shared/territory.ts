/** The territory of a unit that is no more, in units of a later day. Pure. */
import { addDays } from './period.ts';
import { livesOn, type Unit, type UnitTree } from './unit.ts';

/** A unit, and which share of its figures (0..1) counts as of the territory. */
export type TerritoryPart = { unit: number; weight: number };

const hasGround = ({ level }: Pick<Unit, 'level'>) => level === 'commune' || level === 'district';

/** Whether a level has a territory that outlives it: a province, a district. */
export function hasTerritory({ level }: Pick<Unit, 'level'>): boolean {
  return level === 'province' || level === 'district';
}

/** The communes of a unit on its last day, with the districts above them; a district without communes is its own ground. */
function listGround(tree: UnitTree, id: number, last: string): Set<number> {
  const below = tree.subtreeOn(id, last).filter((unit) => unit.id !== id && hasGround(unit));
  if (below.length === 0 && tree.get(id).level === 'district') return new Set([id]);
  return new Set(below.map((unit) => unit.id));
}

/** How much of what `counts` on a day has come down to a unit by another day, each counting 1 and passed on by its shares. */
function weigh(
  tree: UnitTree,
  id: number,
  { since, until, counts }: { since: string; until: string; counts: (unit: Unit) => boolean },
): number {
  return tree.predecessorsOf(id).reduce(
    (sum, { predecessor, on, share }) => {
      if (on <= since || on > until) return sum;
      return sum + share * weigh(tree, predecessor, { since, until: on, counts });
    },
    counts(tree.get(id)) ? 1 : 0,
  );
}

function listReached(tree: UnitTree, from: Iterable<number>, day: string): Set<number> {
  const reached = new Set(from);
  for (const id of reached)
    for (const { successor, on } of tree.successorsOf(id)) if (on <= day) reached.add(successor);
  return reached;
}

/**
 * The communes of a day that lie, whole or in part, where a province or district ended before, by code; empty while it
 * lives. A commune of several old ones is shared out by lineage, every old commune counting alike (how many dossiers each
 * brought along is not told): over all old units the weights of a commune sum to 1.
 */
export function territoryOn(tree: UnitTree, id: number, day: string): TerritoryPart[] {
  const { to, ...unit } = tree.get(id);
  if (!hasTerritory(unit) || to === null || to > day) return [];
  const since = addDays(to, -1);
  const ground = listGround(tree, id, since);
  const span = { since, until: day };
  return [...listReached(tree, ground, day)]
    .map((reached) => tree.get(reached))
    .filter((reached) => hasGround(reached) && livesOn(reached, day))
    .filter((reached) => !tree.childrenOn(reached.id, day).some(hasGround))
    .sort((a, b) => (a.code < b.code ? -1 : 1))
    .map((reached) => {
      const of = (counts: (unit: Unit) => boolean) => weigh(tree, reached.id, { ...span, counts });
      const whole = of((other) => hasGround(other) && livesOn(other, since));
      return { unit: reached.id, weight: of((other) => ground.has(other.id)) / whole };
    });
}
