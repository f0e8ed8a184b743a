/** Who answers for a unit over some days: itself, those it took over, and after its end the communes of its territory. */
import { type DayRange, hasEndedBy } from '../../shared/period.ts';
import { type TerritoryPart, territoryOn } from '../../shared/territory.ts';
import type { Part, Scope, UnitMap, UnitTree } from '../../shared/unit.ts';

type Seen = { tree: UnitTree; scope: Scope };

/** The territory, on a day, of a unit that ended; empty where it has none, or where part of it lies outside the scope. */
export function listTerritory({ tree, scope }: Seen, unit: number, day: string): TerritoryPart[] {
  const parts = territoryOn(tree, unit, day);
  return parts.every((part) => tree.isWithin(scope, part.unit, day)) ? parts : [];
}

/** Who answers for a unit over some days, each once; on today's map a territory goes on after its unit's end. */
export function listParts(seen: Seen, unit: number, range: DayRange, map: UnitMap): Part[] {
  const { tree } = seen;
  const own = tree.answer(unit, range, map);
  const facts = tree.get(unit);
  if (map.view === 'then' || !hasEndedBy(facts, map.on) || range.to <= facts.to) return own;
  const rest = { from: range.from > facts.to ? range.from : facts.to, to: range.to };
  const merged = new Map(own.map((part) => [part.unit, part]));
  for (const { unit: commune, weight } of listTerritory(seen, unit, map.on)) {
    for (const part of tree.answer(commune, rest, map)) {
      const known = merged.get(part.unit);
      if (known) known.weight += part.weight * weight;
      else merged.set(part.unit, { ...part, weight: part.weight * weight });
    }
  }
  return [...merged.values()];
}
