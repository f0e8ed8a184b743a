import type { Change } from '../writer/writer.ts';

/** A unit somebody watches, and what its viewers have not been told yet. `sent` is the seq they all know. */
export type Room = {
  unit: number;
  sent: number;
  changed: Set<number> | 'all';
  feeds: boolean;
  readyAt: number;
  beatAt: number;
};

/** What a room has to tell since its last frame. */
export type Pending = Pick<Room, 'changed' | 'feeds' | 'sent'>;

/** A frame at least this often, empty or not: the heartbeat (contract: 5 s). */
const BEAT_MS = 4000;
/** Changes are merged for this long, and longer after a large frame. */
const MERGE_MS = 100;
const MERGE_MS_PER_ROW = 1;
const LONGEST_MERGE_MS = 300;

/** A room whose viewers know everything up to a seq. */
export function createRoom(unit: number, seq: number): Room {
  return { unit, sent: seq, changed: new Set(), feeds: false, readyAt: 0, beatAt: 0 };
}

/** Notes in a room what a commit changed. */
export function noteChange(room: Room, change: Change): void {
  if (change.units === 'any') room.changed = 'all';
  else if (room.changed !== 'all') for (const unit of change.units) room.changed.add(unit);
  room.feeds ||= change.feeds;
}

/** Whether a room should be told something now. */
export function isDue(room: Room, now: number): boolean {
  const hasNews = room.changed === 'all' || room.changed.size > 0 || room.feeds;
  return now >= room.beatAt || (hasNews && now >= room.readyAt);
}

/** Takes out of a room what it has to tell; what comes meanwhile gathers anew. */
export function takePending(room: Room, now: number): Pending {
  const { changed, feeds, sent } = room;
  Object.assign(room, { changed: new Set(), feeds: false, beatAt: now + BEAT_MS });
  return { changed, feeds, sent };
}

/** Notes that a frame went out: how far the viewers are, and how long the next waits after one so large. */
export function noteSent(room: Room, { seq, rows, now }: { seq: number; rows: number; now: number }): void {
  room.sent = seq;
  room.readyAt = now + Math.min(LONGEST_MERGE_MS, Math.max(MERGE_MS, rows * MERGE_MS_PER_ROW));
}
