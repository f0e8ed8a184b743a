/** What makes a set of units unreadable: asked of everything a store would hold, before it is kept. Pure. */
import { BEGINNING, livesOn, type Unit, type UnitFacts, UnitTree } from './unit.ts';

const END = '9999-12-31';

/** Units of one code that would live on the same day: nobody could say which of them is meant. */
function findOverlaps(units: readonly Unit[]): string[] {
  const byCode = Map.groupBy(units, ({ code }) => code);
  return [...byCode.values()].flatMap((list) => {
    const sorted = list.toSorted((a, b) => (a.from < b.from ? -1 : 1));
    return sorted.flatMap((unit, index) => {
      const next = sorted[index + 1];
      if (!next || (unit.to ?? END) <= next.from) return [];
      return [`${unit.code} from ${unit.from} still lives on ${next.from}, when another one begins`];
    });
  });
}

/** Units that would stand below themselves, on the day a parent fact says so. */
function findCircles(facts: UnitFacts): string[] {
  // Only single parents are asked for: a path of such units would have no end.
  const tree = new UnitTree(facts);
  return facts.parents.flatMap(({ unit, parent, from }) => {
    const seen = new Set<number>();
    for (let above = parent ?? undefined; above !== undefined && !seen.has(above); ) {
      if (above === unit) return [`${tree.get(unit).code} would stand below itself on ${from}`];
      seen.add(above);
      above = tree.parentOn(above, from);
    }
    return [];
  });
}

/** Units that would pass their business on, or take it over, on a day that is none of theirs. */
function findStrays({ units, successions }: UnitFacts): string[] {
  const byId = new Map(units.map((unit) => [unit.id, unit]));
  return successions.flatMap(({ predecessor, successor, on }) => {
    const [before, after] = [byId.get(predecessor), byId.get(successor)];
    if (!before || !after) return [];
    if (before.to !== on)
      return [`${before.code} would pass to ${after.code} on ${on}, but ends on ${before.to ?? 'no day'}`];
    if (livesOn(after, on)) return [];
    return [
      `${after.code} from ${after.from} would take over from ${before.code} on ${on}, but does not live then`,
    ];
  });
}

/** Why units cannot be kept as stated, in words; empty when they can. */
export function findUnitFaults(facts: UnitFacts): string[] {
  const upsideDown = facts.units
    .filter(({ from, to }) => to !== null && to <= from)
    .map(({ code, from, to }) => `${code} from ${from === BEGINNING ? 'the beginning' : from} ends on ${to}`);
  return [...upsideDown, ...findOverlaps(facts.units), ...findCircles(facts), ...findStrays(facts)];
}
