import type { ScopedUnit } from '../people/scope.ts';
import type { Change } from '../writer/order.ts';

/**
 * A unit somebody watches. `sent` is the number up to which its viewers were told everything. `isStale` is only a hint
 * that something of `watched` changed since: at the next heartbeat the store is asked, whatever it says.
 */
export type Room = {
  readonly unit: ScopedUnit;
  sent: number;
  watched: readonly number[];
  isStale: boolean;
  readyAt: number;
  beatAt: number;
  failures: number;
};

/** A frame at least this often, empty or not: the heartbeat (contract: 5 s). */
const BEAT_MS = 4000;
/** Changes are merged for this long, and longer where a frame is much work: many rows for many viewers. */
const MERGE_MS = 100;
const LONGEST_MERGE_MS = 300;
const ROWS_PER_MS = 500;
/** After a failure the next attempt waits, twice as long each time. */
const RETRY_MS = 200;
const LONGEST_RETRY_MS = 4000;

/** A room whose viewers know everything up to a number. */
export function createRoom(unit: ScopedUnit, seq: number): Room {
  return { unit, sent: seq, watched: [], isStale: false, readyAt: 0, beatAt: 0, failures: 0 };
}

/** Notes what a commit changed, as far as it concerns a room; what it says of feeds can wait for the heartbeat. */
export function noteChange(room: Room, { units }: Pick<Change, 'units'>): void {
  if (room.isStale) return;
  room.isStale = units === 'any' || units.has(room.unit) || room.watched.some((unit) => units.has(unit));
}

/** Whether a room should be told something now. */
export function isDue(room: Room, now: number): boolean {
  return now >= room.readyAt && (room.isStale || now >= room.beatAt);
}

/** Notes that a frame was read and sent: how far the viewers are, and how long the next waits after one so large. */
export function noteSent(
  room: Room,
  { seq, now, load, watched }: { seq: number; now: number; load: number; watched: readonly number[] },
): void {
  const mergeMs = Math.min(LONGEST_MERGE_MS, Math.max(MERGE_MS, load / ROWS_PER_MS));
  const told = { sent: seq, watched, failures: 0 };
  Object.assign(room, told, { readyAt: now + mergeMs, beatAt: now + BEAT_MS });
}

/** Notes that nothing could be read or sent: the room is as it was, and is tried again later. */
export function noteFailure(room: Room, now: number): void {
  room.isStale = true;
  room.readyAt = now + Math.min(LONGEST_RETRY_MS, RETRY_MS * 2 ** room.failures);
  room.failures += 1;
}
