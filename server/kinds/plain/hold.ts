/** Who holds a subject of one unit from when on, and what is counted there: a stock passes on with it, as open dossiers do. */
import type { MeasureId } from '../../../shared/measure.ts';
import type { Emit, FoldContext, Subject } from '../kind.ts';
import { nextMove, type Seat, seatsOver } from '../seat.ts';
import { inOrder, type PlainStep } from './plain.ts';

/**
 * The seats of a subject by `context.now`, one or more, in order: from each step on the unit that it names, or its heir;
 * split where a path changes.
 */
export function listSeats<S extends PlainStep>(subject: Subject<S>, context: FoldContext): Seat[] {
  const { tree, zone, now } = context;
  const steps = inOrder(subject);
  const horizon = Math.max(now, steps.at(-1)?.at ?? 0) + 1;
  const named = steps.map(({ unit }) => unit);
  const seats: Seat[] = [];
  for (const [index, { unit, at: from }] of steps.entries()) {
    const to = Math.min(steps[index + 1]?.at ?? horizon, horizon);
    if (from >= to) continue;
    for (const seat of seatsOver(tree, { unit, from, to, key: subject.key, named, zone }))
      if (seat.path !== seats.at(-1)?.path) seats.push(seat);
  }
  return seats;
}

/** The seat at an instant; RangeError without any. */
export function seatAt(seats: readonly Seat[], at: number): Seat {
  const seat = seats.findLast(({ from }) => from <= at) ?? seats[0];
  if (!seat) throw new RangeError('a subject has at least one seat');
  return seat;
}

/** How much of a stock is held over `[from, to)`; `to` null: still. */
export type Stay = { measure: MeasureId; from: number; to: number | null; amount?: number };

/** Emits a stock over its seats: where it passes on, it leaves the one and enters the other at that instant. */
export function emitStay(emit: Emit, seats: readonly Seat[], { measure, from, to, amount = 1 }: Stay): void {
  for (const [index, seat] of seats.entries()) {
    const begin = Math.max(from, index === 0 ? from : seat.from);
    const end = Math.min(to ?? Number.POSITIVE_INFINITY, seats[index + 1]?.from ?? Number.POSITIVE_INFINITY);
    if (begin >= end) continue;
    emit(seat.path, begin, measure, amount);
    if (end !== Number.POSITIVE_INFINITY) emit(seat.path, end, measure, -amount);
  }
}

/** When the clock alone will next move what its last seat holds; null when nothing is known of it. */
export function nextSeat(seats: readonly Seat[], { tree, zone, now }: FoldContext): number | null {
  const last = seats.at(-1);
  return last ? nextMove(tree, last.unit, Math.max(last.from, now), zone) : null;
}
