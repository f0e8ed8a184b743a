import { CalendarYearMissing } from '../../../shared/calendar.ts';
import type { FoldContext } from '../kind.ts';
import { type Seat, seatsOver } from '../seat.ts';
import type { Life, Stretch } from './life.ts';
import type { Step } from './step.ts';

/** Working hours before the due time from which a dossier is due soon (practice of Đà Nẵng: 24 hours before). */
export const DUE_SOON_HOURS = 24;

/** Which stocks an open dossier counts in. */
export type Level = { open: boolean; overdue: boolean; dueSoon: boolean; openRepeat: boolean };

/** From `at` on, an open dossier sits at `seat` and counts in `level`. */
export type Point = { at: number; seat: Seat; stretch: Stretch; level: Level };

/** When a due time becomes due soon; null where the calendar of that time is not loaded: never a guess. */
export function dueSoonOf(due: number, { calendar }: FoldContext): number | null {
  try {
    return calendar.addWorkingHours(due, -DUE_SOON_HOURS);
  } catch (error) {
    if (error instanceof CalendarYearMissing) return null;
    throw error;
  }
}

function levelAt(at: number, { running, due, requests }: Stretch, dueSoonAt: number | null): Level {
  const overdue = running && due !== null && at > due;
  const dueSoon = running && !overdue && dueSoonAt !== null && at >= dueSoonAt;
  return { open: true, overdue, dueSoon, openRepeat: requests > 1 && !overdue };
}

/** The points of one stretch, which the clock alone brings about: seats, due soon, overdue; up to `to`. */
function pointsOf(stretch: Stretch, seats: readonly Seat[], to: number, context: FoldContext): Point[] {
  const { running, due } = stretch;
  const dueSoonAt = running && due !== null ? dueSoonOf(due, context) : null;
  const instants = new Set(seats.map((seat) => seat.from));
  const crossings = running && due !== null ? [dueSoonAt, due + 1] : [];
  for (const at of crossings) if (at !== null && at > stretch.from && at < to) instants.add(at);
  return [...instants]
    .sort((a, b) => a - b)
    .flatMap((at) => {
      const seat = seats.findLast(({ from }) => from <= at) ?? seats[0];
      return seat ? [{ at, seat, stretch, level: levelAt(at, stretch, dueSoonAt) }] : [];
    });
}

/** The points of a life that have come by `context.now` (or the last step, if a feed's clock runs ahead), in order. */
export function listPoints(life: Life, key: string, steps: readonly Step[], context: FoldContext): Point[] {
  const named = steps.map((step) => step.resolver);
  const horizon = Math.max(context.now, steps.at(-1)?.at ?? 0) + 1;
  return life.stretches.flatMap((stretch, index) => {
    const to = Math.min(stretch.to, horizon);
    if (stretch.from >= to && index > 0) return [];
    const { resolver: unit, from } = stretch;
    const seats = seatsOver(context.tree, { unit, from, to, key, named, zone: context.zone });
    return pointsOf(stretch, seats, to, context);
  });
}
