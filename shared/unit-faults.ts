/** What makes a set of units unreadable: asked of everything a store would hold, before it is kept. Pure. */
import { BEGINNING, livesOn, type Unit, type UnitFacts, UnitTree } from './unit.ts';

const END = '9999-12-31';

const nameOf = ({ code, from }: Pick<Unit, 'code' | 'from'>) =>
  `${code} from ${from === BEGINNING ? 'the beginning' : from}`;

/** Units of one code or alias that would live on the same day: nobody could say which of them is meant. */
function findOverlaps({ units, aliases }: UnitFacts): string[] {
  const byId = new Map(units.map((unit) => [unit.id, unit]));
  const byName = new Map(Map.groupBy(units, ({ code }) => code));
  for (const { alias, unit: id } of aliases) {
    const unit = byId.get(id);
    const known = byName.get(alias) ?? [];
    if (unit && !known.includes(unit)) byName.set(alias, [...known, unit]);
  }
  return [...byName].flatMap(([name, list]) => {
    const sorted = list.toSorted((a, b) => (a.from < b.from ? -1 : 1));
    return sorted.flatMap((unit, index) => {
      const next = sorted[index + 1];
      if (!next || (unit.to ?? END) <= next.from) return [];
      if (unit.code === next.code)
        return [`${unit.code} from ${unit.from} still lives on ${next.from}, when another one begins`];
      return [`${name} means ${nameOf(unit)} and ${nameOf(next)} on the same day`];
    });
  });
}

/** Units below others that are named when one of those ends. */
const NAMED_BELOW = 5;

/** Units that would end while others go on standing below them. */
function findAbandoned({ units, parents }: UnitFacts): string[] {
  const byId = new Map(units.map((unit) => [unit.id, unit]));
  const left = new Map<Unit, Set<string>>();
  for (const [id, list] of Map.groupBy(parents, ({ unit }) => unit)) {
    const unit = byId.get(id);
    const sorted = list.toSorted((a, b) => (a.from < b.from ? -1 : 1));
    for (const [index, { parent }] of sorted.entries()) {
      const above = parent === null ? undefined : byId.get(parent);
      const until = sorted[index + 1]?.from ?? unit?.to ?? END;
      if (!unit || !above || (above.to ?? END) >= until) continue;
      left.set(above, (left.get(above) ?? new Set()).add(unit.code));
    }
  }
  return [...left].map(([above, codes]) => {
    const more = codes.size > NAMED_BELOW ? ` and ${codes.size - NAMED_BELOW} more` : '';
    const named = [...codes].slice(0, NAMED_BELOW).join(', ');
    return `${above.code} ends on ${above.to}, but others stand below it then: ${named}${more}`;
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

/** Units that would end before they have begun. */
export function findUpsideDown(units: readonly Pick<Unit, 'code' | 'from' | 'to'>[]): string[] {
  return units
    .filter(({ from, to }) => to !== null && to <= from)
    .map((unit) => `${nameOf(unit)} ends on ${unit.to}, before it begins`);
}

/** Why units cannot be kept as stated, in words; empty when they can. */
export function findUnitFaults(facts: UnitFacts): string[] {
  return [findUpsideDown(facts.units), findOverlaps(facts), findCircles(facts)]
    .concat([findStrays(facts), findAbandoned(facts)])
    .flat();
}
