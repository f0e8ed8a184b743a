import { z } from 'zod';
import { obtain } from './obtain.ts';
import { addDays, type DayRange } from './period.ts';
import type { Words } from './words.ts';

/** `from` of a unit whose beginning is not recorded. */
export const BEGINNING = '0001-01-01';

const Day = z.iso.date();

export const UnitLevel = z.enum(['province', 'district', 'commune', 'department', 'office']);
export type UnitLevel = z.infer<typeof UnitLevel>;

/** A unit as stored: `id` stands for (code, from). `to` is exclusive, null while the unit lives. */
export type Unit = {
  id: number;
  code: string;
  name: Words;
  level: UnitLevel;
  from: string;
  to: string | null;
  lat: number | null;
  lon: number | null;
};

/** From day `from` on, `unit` stands under `parent` (null: at the top). */
export type ParentFact = { unit: number; parent: number | null; from: string };
/** On day `on`, `share` of unit `predecessor` passed to unit `successor`. */
export type Succession = { predecessor: number; successor: number; on: string; share: number };
export type Alias = { alias: string; unit: number };

/** Everything known of units, as rows. */
export type UnitFacts = { units: Unit[]; parents: ParentFact[]; successions: Succession[]; aliases: Alias[] };

/** A part of an answer: a unit, the days it answers for, and the weight its figures count with. */
export type Part = DayRange & { unit: number; weight: number };

/** Reading of the past: `then` counts each predecessor whole, `now` by the share that became today's unit. */
export type TreeView = 'then' | 'now';

/** Whose past a unit answers for: what it had taken over by day `on`; what is planned for later changes nothing yet. */
export type UnitMap = { view: TreeView; on: string };

/** Whose subtrees somebody may see or tell of, each from a day on. */
export type Scope = ReadonlyMap<number, string>;

const END = '9999-12-31';

/** The units with their dates: no question about a parent is answered without a day. Pure, made once per change. */
export class UnitTree {
  readonly units: ReadonlyMap<number, Unit>;
  readonly #byCode = new Map<string, Unit[]>();
  readonly #parents = new Map<number, ParentFact[]>();
  readonly #childFacts = new Map<number, { unit: number; from: string; to: string }[]>();
  readonly #successors = new Map<number, Succession[]>();
  readonly #predecessors = new Map<number, Succession[]>();
  readonly #aliases = new Map<number, string[]>();
  readonly #changes = new Map<number, readonly string[]>();
  readonly #paths = new Map<number, { from: string; path: readonly number[] }[]>();

  constructor(facts: UnitFacts) {
    this.units = new Map(facts.units.map((unit) => [unit.id, unit]));
    for (const unit of facts.units) append(this.#byCode, unit.code, unit);
    for (const { alias, unit } of facts.aliases) {
      append(this.#byCode, alias, this.get(unit));
      append(this.#aliases, unit, alias);
    }
    for (const list of this.#byCode.values()) list.sort((a, b) => (a.from < b.from ? -1 : 1));
    for (const fact of facts.parents) append(this.#parents, fact.unit, fact);
    for (const list of this.#parents.values()) this.#indexChildren(list);
    for (const succession of facts.successions) {
      append(this.#successors, succession.predecessor, succession);
      append(this.#predecessors, succession.successor, succession);
    }
  }

  #indexChildren(list: ParentFact[]): void {
    list.sort((a, b) => (a.from < b.from ? -1 : 1));
    for (const [index, fact] of list.entries()) {
      if (fact.parent === null) continue;
      const to = list[index + 1]?.from ?? this.get(fact.unit).to ?? END;
      append(this.#childFacts, fact.parent, { unit: fact.unit, from: fact.from, to });
    }
  }

  /** The unit with an id; throws when there is none. */
  get(id: number): Unit {
    const unit = this.units.get(id);
    if (!unit) throw new RangeError(`no unit has the id ${id}`);
    return unit;
  }

  /** The unit a code or alias meant on a day. */
  findOn(code: string, day: string): Unit | undefined {
    return this.#byCode.get(code)?.findLast((unit) => livesOn(unit, day));
  }

  /** The unit a code or alias means without a day, as of `today`: the one that lives, else the newest that has begun. */
  findAsOf(code: string, today: string): Unit | undefined {
    return this.#byCode.get(code)?.findLast((unit) => unit.from <= today);
  }

  /** The unit that `code` or `code@YYYY-MM-DD` names today; one that is yet to begin is named with a day alone. */
  findByReference(reference: string, today: string): Unit | undefined {
    const [code = '', day, more] = reference.split('@');
    if (day === undefined) return this.findAsOf(code, today);
    return more === undefined && Day.safeParse(day).success ? this.findOn(code, day) : undefined;
  }

  /** How an address names a unit today: its code, with a day of its life where the code alone means another or none. */
  referenceOf(unit: Unit, today: string): string {
    if (this.findAsOf(unit.code, today)?.id === unit.id) return unit.code;
    return `${unit.code}@${unit.to === null ? unit.from : addDays(unit.to, -1)}`;
  }

  /** Other codes of a unit. */
  aliasesOf(id: number): string[] {
    return [...(this.#aliases.get(id) ?? [])];
  }

  /** The unit and all above it on a day, the unit first. Same array for the same answer. */
  pathOn(id: number, day: string): readonly number[] {
    const paths = obtain(this.#paths, id, () => this.#listPaths(id));
    return (paths.findLast(({ from }) => from <= day) ?? paths[0])?.path ?? [id];
  }

  /** The paths of a unit in order of time, each from the day it holds; the first holds before, too. */
  #listPaths(id: number): { from: string; path: readonly number[] }[] {
    const facts = this.#parents.get(id) ?? [];
    return facts.flatMap(({ parent, from }, index) => {
      if (parent === null) return [{ from, path: [id] }];
      const end = facts[index + 1]?.from ?? END;
      const changes = this.pathChangesAfter(parent, from).filter((day) => day < end);
      return [from, ...changes].map((day) => ({ from: day, path: [id, ...this.pathOn(parent, day)] }));
    });
  }

  #factOn(id: number, day: string): ParentFact | undefined {
    const list = this.#parents.get(id);
    return list?.length === 1 ? list[0] : (list?.findLast((fact) => fact.from <= day) ?? list?.[0]);
  }

  /** The id of the unit above on a day; undefined at the top. */
  parentOn(id: number, day: string): number | undefined {
    return this.#factOn(id, day)?.parent ?? undefined;
  }

  /** The days, after `day`, on which the path of a unit changes while the unit lives, in order. */
  pathChangesAfter(id: number, day: string): string[] {
    return obtain(this.#changes, id, () => this.#listChanges(id)).filter((change) => change > day);
  }

  #listChanges(id: number): string[] {
    const days = new Set<string>();
    for (const { from, parent } of this.#parents.get(id) ?? []) {
      days.add(from);
      if (parent === null) continue;
      for (const above of this.pathChangesAfter(parent, '')) days.add(above);
    }
    const end = this.get(id).to ?? END;
    return [...days].filter((change) => change < end).sort();
  }

  /** The units directly below one on a day, by code. */
  childrenOn(id: number, day: string): Unit[] {
    const facts = this.#childFacts.get(id) ?? [];
    const live = facts.filter((fact) => fact.from <= day && day < fact.to).map((fact) => this.get(fact.unit));
    return live.filter((unit) => livesOn(unit, day)).sort((a, b) => (a.code < b.code ? -1 : 1));
  }

  /** The unit and everything below it on a day. */
  subtreeOn(id: number, day: string): Unit[] {
    return [this.get(id), ...this.childrenOn(id, day).flatMap((child) => this.subtreeOn(child.id, day))];
  }

  /** Where the business of a unit went when it ended; shares sum to 1; empty when nowhere. */
  successorsOf(id: number): readonly Succession[] {
    return this.#successors.get(id) ?? [];
  }

  /** Whose business a unit took over, when it began or while it lives. */
  predecessorsOf(id: number): readonly Succession[] {
    return this.#predecessors.get(id) ?? [];
  }

  /** The units that became this one when it began: what stood in its place the day before. */
  foundersOf(id: number): number[] {
    const { from } = this.get(id);
    return this.predecessorsOf(id).flatMap(({ predecessor, on }) => (on <= from ? [predecessor] : []));
  }

  /** What a unit has become by a day: itself while it lives, else its heir; itself where it has none or several. */
  currentOf(id: number, day: string): number {
    const [heir, ...others] = this.successorsOf(id).filter(({ on }) => on <= day);
    return heir && others.length === 0 ? this.currentOf(heir.successor, day) : id;
  }

  /** The unit and all its predecessors, near and far, whenever: its own past. */
  ancestry(id: number): Scope {
    const found = new Map<number, string>([[id, BEGINNING]]);
    for (const known of found.keys())
      for (const { predecessor } of this.predecessorsOf(known)) found.set(predecessor, BEGINNING);
    return found;
  }

  /** What a scope over the unit covers: it and its past, and all that takes over from it, near and far, from that day on. */
  scopeOf(id: number): Scope {
    const found = new Map(this.ancestry(id));
    const later = [id];
    for (const unit of later) {
      for (const { successor, on } of this.successorsOf(unit)) {
        const known = found.get(successor);
        if (known !== undefined && known <= on) continue;
        found.set(successor, on);
        later.push(successor);
      }
    }
    return found;
  }

  /** Whether a unit stood, on a day, in a subtree that a scope covers. */
  isWithin(scope: Scope, id: number, day: string): boolean {
    return this.pathOn(id, day).some((above) => (scope.get(above) ?? END) <= day);
  }

  /**
   * Who answers for a unit over some days: the unit while it lives, and each predecessor until it was taken over. A unit
   * stands once, with the sum of the shares that came down all ways. Days after the unit's end are answered by nobody.
   */
  answer(id: number, range: DayRange, map: UnitMap): Part[] {
    const merged = new Map<number, Part>();
    for (const part of this.#listParts(id, range, map)) {
      const known = merged.get(part.unit);
      if (!known) merged.set(part.unit, part);
      else if (map.view === 'now') known.weight += part.weight;
    }
    return [...merged.values()];
  }

  #listParts(id: number, range: DayRange, map: UnitMap): Part[] {
    const unit = this.get(id);
    const from = laterOf(range.from, unit.from);
    const to = earlierOf(range.to, unit.to ?? END);
    const parts: Part[] = from < to ? [{ unit: id, weight: 1, from, to }] : [];
    // A unit that is yet to begin is asked for as it will be.
    const until = laterOf(map.on, unit.from);
    for (const { predecessor, share, on } of this.predecessorsOf(id)) {
      if (on > until || range.from >= on) continue;
      const before = { from: range.from, to: earlierOf(range.to, on) };
      for (const part of this.#listParts(predecessor, before, { ...map, on }))
        parts.push({ ...part, weight: map.view === 'now' ? part.weight * share : part.weight });
    }
    return parts;
  }
}

const laterOf = (a: string, b: string) => (a > b ? a : b);
const earlierOf = (a: string, b: string) => (a < b ? a : b);

/** Whether a unit exists on a day. */
export function livesOn(unit: Pick<Unit, 'from' | 'to'>, day: string): boolean {
  return unit.from <= day && (unit.to === null || day < unit.to);
}

function append<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  obtain(map, key, () => []).push(value);
}
