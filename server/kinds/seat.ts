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

/** The seats of one unit from an instant to another: one, or more where its path changes meanwhile. */
function seatsOf(
  tree: UnitTree,
  unit: number,
  { from, to, zone }: { from: number; to: number; zone: string },
): Seat[] {
  const day = dayOf(from, zone);
  const seats = [{ from, unit, path: tree.pathOn(unit, day) }];
  for (const change of tree.pathChangesAfter(unit, day)) {
    const at = startOfDay(change, zone);
    if (at < to) seats.push({ from: at, unit, path: tree.pathOn(unit, change) });
  }
  return seats;
}

/** The unit where a dossier sits at an instant: the one named, or, if it has ended by then, its heir. */
function sitter(tree: UnitTree, unit: number, at: number, seating: Seating): { unit: number; endAt: number } {
  const end = tree.get(unit).to;
  const endAt = end === null ? Number.POSITIVE_INFINITY : startOfDay(end, seating.zone);
  if (endAt > at) return { unit, endAt };
  const heir = pickHeir(tree, unit, seating.key, seating.named);
  if (heir === undefined) return { unit, endAt: Number.POSITIVE_INFINITY };
  return sitter(tree, heir, at, seating);
}

/**
 * The seats of a dossier over `[from, to)`, in order: the unit named, or, when it ends meanwhile, its heir from that
 * instant (the one a later step names, else one drawn by the shares from the dossier's key); split where a path changes.
 */
export function seatsOver(tree: UnitTree, seating: Seating): Seat[] {
  const seats: Seat[] = [];
  let unit = seating.unit;
  let from = seating.from;
  do {
    const seat = sitter(tree, unit, from, seating);
    seats.push(
      ...seatsOf(tree, seat.unit, { from, to: Math.min(seating.to, seat.endAt), zone: seating.zone }),
    );
    unit = seat.unit;
    from = seat.endAt;
  } while (from < seating.to);
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
