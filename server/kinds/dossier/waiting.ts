/** Dossiers submitted that nobody has accepted, refused or withdrawn yet: waiting for reception, past the limit too. */
import { CalendarYearMissing } from '../../../shared/calendar.ts';
import type { Emit, FoldContext } from '../kind.ts';
import { nextMove, type Seat, seatsOver } from '../seat.ts';
import type { Step } from './step.ts';

/** Working hours within which a submitted dossier is to be accepted or refused (recalled of Decree 61/2018, not checked). */
export const RECEPTION_HOURS = 8;

/** A stretch in which a dossier waits for reception, from its submission; `to` null: still. */
export type Wait = { from: number; to: number | null; resolver: number };

/** The waits of the steps that stand, in order, up to the acceptance (an index, negative for none). */
export function listWaits(standing: readonly Step[], acceptance: number): Wait[] {
  const waits: Wait[] = [];
  for (const { status, at, resolver } of acceptance < 0 ? standing : standing.slice(0, acceptance + 1)) {
    const open = waits.at(-1);
    if (status !== 1) {
      if (open) open.to ??= at;
    } else if (open?.to !== null) waits.push({ from: at, to: null, resolver });
  }
  return waits;
}

/** When a wait passes the limit; null where the calendar of that time is not loaded: never a guess. */
function limitOf({ from }: Wait, { calendar }: FoldContext): number | null {
  try {
    return calendar.addWorkingHours(from, RECEPTION_HOURS);
  } catch (error) {
    if (error instanceof CalendarYearMissing) return null;
    throw error;
  }
}

/** How a dossier waits: where, and when the clock alone will next change that; null where it waits no more. */
export type Waiting = { unit: number; nextAt: number | null } | null;

function emitWait(emit: Emit, wait: Wait, seats: readonly Seat[], lateFrom: number | null): void {
  for (const [index, { path, from }] of seats.entries()) {
    const to = seats[index + 1]?.from ?? wait.to;
    emit(path, from, 'waiting', 1);
    if (to !== null) emit(path, to, 'waiting', -1);
    if (lateFrom === null || (to !== null && lateFrom >= to)) continue;
    emit(path, Math.max(from, lateFrom), 'waitingLate', 1);
    if (to !== null) emit(path, to, 'waitingLate', -1);
  }
}

/** Emits what waits have come to by `context.now`. `named` are the units of all steps: heirs are chosen among them first. */
export function emitWaits(
  emit: Emit,
  waits: readonly Wait[],
  { key, named }: { key: string; named: readonly number[] },
  context: FoldContext,
): Waiting {
  const { tree, zone, now } = context;
  let waiting: Waiting = null;
  for (const wait of waits) {
    if (wait.from === wait.to) continue;
    const to = wait.to ?? Math.max(now, wait.from) + 1;
    const seats = seatsOver(tree, { unit: wait.resolver, from: wait.from, to, key, named, zone });
    const limit = limitOf(wait, context);
    const isLate = limit !== null && limit < (wait.to ?? now);
    emitWait(emit, wait, seats, isLate ? limit + 1 : null);
    const last = seats.at(-1);
    if (wait.to !== null || !last) continue;
    const move = nextMove(tree, last.unit, Math.max(last.from, now), zone);
    const changes = [limit === null ? null : limit + 1, move];
    const later = changes.filter((at): at is number => at !== null && at > now);
    waiting = { unit: last.unit, nextAt: later.length === 0 ? null : Math.min(...later) };
  }
  return waiting;
}
