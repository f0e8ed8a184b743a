import { addDays, dayOf, startOfDay } from '../../shared/period.ts';
import type { Succession, UnitTree } from '../../shared/unit.ts';

/** Where a dossier sits for a while: a unit and everything above it. */
export type Seat = { from: number; unit: number; path: readonly number[] };

/** A number in [0, 1) that depends on the key alone (FNV-1a, mixed). */
function fraction(key: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < key.length; index++) hash = Math.imul(hash ^ key.charCodeAt(index), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  hash = Math.imul(hash ^ (hash >>> 12), 0x297a2d39);
  return ((hash ^ (hash >>> 15)) >>> 0) / 2 ** 32;
}

/** Who takes over a unit that ends: its successors, else those of its children, else those of the unit above. */
function heirs(tree: UnitTree, unit: number): readonly Succession[] {
  const own = tree.successorsOf(unit);
  if (own.length > 0) return own;
  const end = tree.get(unit).to;
  if (end === null) return [];
  const eve = addDays(end, -1);
  const below = tree.childrenOn(unit, eve).flatMap((child) => tree.successorsOf(child.id));
  if (below.length > 0) return below;
  const above = tree.parentOn(unit, eve);
  return above === undefined ? [] : heirs(tree, above);
}

function pickHeir(tree: UnitTree, unit: number, key: string, named: readonly number[]): number | undefined {
  const list = heirs(tree, unit);
  const stated = list.find(({ successor }) => named.includes(successor));
  if (stated) return stated.successor;
  const total = list.reduce((sum, { share }) => sum + share, 0);
  let rest = fraction(key) * total;
  for (const { successor, share } of list) {
    rest -= share;
    if (rest < 0) return successor;
  }
  return list.at(-1)?.successor;
}

/** What decides the seats of a stretch: the unit named, the days, the dossier's key, the units named later. */
export type Seating = {
  unit: number;
  from: number;
  to: number;
  key: string;
  named: readonly number[];
  zone: string;
};

/**
 * The seats of a dossier over `[from, to)`, in order: the unit named, or, when it ends meanwhile, its heir from that
 * instant (the one a later step names, else one drawn by the shares from the dossier's key); split where a path changes.
 */
export function seatsOver(tree: UnitTree, { unit, from, to, key, named, zone }: Seating): Seat[] {
  const seats: Seat[] = [];
  let current = unit;
  let start = from;
  while (start < to || seats.length === 0) {
    const end = tree.get(current).to;
    const endAt = end === null ? Number.POSITIVE_INFINITY : startOfDay(end, zone);
    if (endAt <= start) {
      const heir = pickHeir(tree, current, key, named);
      if (heir !== undefined) {
        current = heir;
        continue;
      }
    }
    const day = dayOf(start, zone);
    seats.push({ from: start, unit: current, path: tree.pathOn(current, day) });
    for (const change of tree.pathChangesAfter(current, day)) {
      const at = startOfDay(change, zone);
      if (at < Math.min(to, endAt))
        seats.push({ from: at, unit: current, path: tree.pathOn(current, change) });
    }
    if (endAt <= start || endAt >= to) break;
    start = endAt;
  }
  return seats;
}

/** When the clock alone will next move an open dossier to another seat; null when nothing is known of it. */
export function nextMove(tree: UnitTree, unit: number, at: number, zone: string): number | null {
  const day = dayOf(at, zone);
  const end = tree.get(unit).to;
  const change = tree.pathChangesAfter(unit, day)[0];
  const next =
    change !== undefined && (end === null || change < end)
      ? change
      : end !== null && end > day
        ? end
        : undefined;
  return next === undefined ? null : startOfDay(next, zone);
}
