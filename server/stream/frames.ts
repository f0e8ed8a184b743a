/** Sends what is due: a frame per room, read by number, and word to all when everybody must start anew. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Change } from '../writer/order.ts';
import { renewOutdated } from './admit.ts';
import { changesSince, listWatched } from './changes.ts';
import { isDue, noteChange, noteFailure, noteSent, type Room } from './rooms.ts';
import { namePosition, roomName, type StreamState } from './state.ts';

/** How often other processes' commits, rights and units that changed, and a new day are looked for. */
const CHECK_MS = 250;

function markAll(rooms: ReadonlyMap<number, Room>): void {
  for (const room of rooms.values()) room.isStale = true;
}

/** Notes what a commit changed; one whose forerunner this process was not told of may have changed anything. */
export function hearChange({ known, rooms }: StreamState, change: Change): void {
  if (change.seq !== known.seq + 1) markAll(rooms);
  else for (const room of rooms.values()) noteChange(room, change);
  known.seq = Math.max(known.seq, change.seq);
  known.isUrgent ||= change.rights === true;
}

/** Notices what this process was not told of: commits of others, rights that changed, another tree, a new day. */
async function checkStore(state: StreamState): Promise<void> {
  const { known, rooms, live, look } = state;
  known.isUrgent = false;
  if (live.sockets.size === 0) return;
  const position = await look();
  const { clock, today } = position;
  await renewOutdated(state, namePosition(position));
  const isFirst = known.today === '';
  if (!isFirst && (clock.resetSeq !== known.resetSeq || today !== known.today)) live.emit('reset');
  if (clock.seq > known.seq) markAll(rooms);
  Object.assign(known, { seq: Math.max(known.seq, clock.seq), resetSeq: clock.resetSeq, today });
}

async function sendFrame({ live, build, clock, openRoom }: StreamState, room: Room): Promise<void> {
  // What is told of while the frame is being read may not be in it.
  room.isStale = false;
  const now = clock();
  const { unit, sent: since } = room;
  const view = await openRoom(unit);
  const frame = { prev: since, build, ...(await changesSince(view, { unit, since })) };
  const name = roomName(unit);
  live.to(name).volatile.emit('frame', frame);
  const load = frame.tallies.rows.length * (live.adapter.rooms.get(name)?.size ?? 0);
  noteSent(room, { seq: frame.seq, now, load, watched: listWatched(view, unit) });
}

async function sendDue(state: StreamState): Promise<void> {
  const { rooms, live, clock, onTrouble } = state;
  for (const room of rooms.values()) {
    if (!live.adapter.rooms.has(roomName(room.unit))) rooms.delete(room.unit);
    else if (isDue(room, clock())) {
      try {
        await sendFrame(state, room);
      } catch (error) {
        noteFailure(room, clock());
        onTrouble(error);
      }
      await nextTurn();
    }
  }
}

/** After what time work that failed is tried again, at the soonest. */
const RETRY_MS = 1000;

/** Work that is done once in a while; what it throws is told. */
export type Chore = {
  everyMs: number;
  work: () => Promise<void> | void;
  /** Whether it cannot wait until it is due. */
  isUrgent?: () => boolean;
};

/** What one beat of the timer does: chores that are due, then the rooms that are. A beat during another does nothing. */
export function createPulse(state: StreamState, chores: readonly Chore[]): (now: number) => Promise<void> {
  let isBusy = false;
  const look = { everyMs: CHECK_MS, work: () => checkStore(state), isUrgent: () => state.known.isUrgent };
  const all: readonly Chore[] = [look, ...chores];
  const dueAt = new Map<Chore, number>();
  return async (now) => {
    if (isBusy) return;
    isBusy = true;
    try {
      for (const chore of all) {
        if (now < (dueAt.get(chore) ?? 0) && !chore.isUrgent?.()) continue;
        dueAt.set(chore, now + chore.everyMs);
        try {
          await chore.work();
        } catch (error) {
          dueAt.set(chore, now + Math.max(chore.everyMs, RETRY_MS));
          state.onTrouble(error);
        }
      }
      await sendDue(state);
    } finally {
      isBusy = false;
    }
  };
}
