/**
 * The live link: who watches what, frames merged and cut to each room, the heartbeat. Hides Socket.IO.
 * Law: a frame is what `since` would answer, read from the same rows, so frames may be dropped or merged freely; a room's
 * number moves on only after what it stands for was read and sent.
 */
import { Server } from 'socket.io';
import { createPacer } from '../pacer.ts';
import type { Change } from '../writer/order.ts';
import { admitSockets, dropSlow, guardConnections, renewExpired } from './admit.ts';
import { createAnswerCache, sendEncoded } from './encoded.ts';
import { createPulse, hearChange } from './frames.ts';
import type { LiveSpace, StreamParts, StreamState } from './state.ts';
import { serveWatches } from './watches.ts';

export type Stream = {
  publish: (change: Change) => void;
  /** Sends what is due at `now`: merged frames, heartbeats, resets. Called by the one timer. */
  pulse: (now: number) => Promise<void>;
  viewers: () => number;
  close: () => Promise<void>;
};

/** How long a connection may stay without having shown a token. */
const STRANGER_MS = 10_000;
/** How often slow viewers are looked for. */
const SLOW_MS = 1000;
/** Links and questions dealt with before others are heard. */
const AT_ONCE = 8;

/** Opens the live link on an HTTP server. Frames are not deflated: doing so anew for each viewer costs more than it spares. */
export function openStream(parts: StreamParts): Stream {
  const io = new Server(parts.http, {
    serveClient: false,
    pingInterval: 5000,
    pingTimeout: 5000,
    maxHttpBufferSize: 20_000,
    connectTimeout: STRANGER_MS,
  });
  guardConnections(io, parts.knock);
  sendEncoded(io);
  const live: LiveSpace = io.of('/live');
  const state: StreamState = {
    ...parts,
    live,
    rooms: new Map(),
    known: { seq: 0, resetSeq: 0, today: '', isUrgent: false },
    cache: createAnswerCache(),
    pace: createPacer(AT_ONCE),
  };
  admitSockets(state);
  live.on('connection', (socket) => serveWatches(state, socket));
  return {
    publish: (change) => hearChange(state, change),
    pulse: createPulse(state, [
      { everyMs: 0, work: () => renewExpired(state) },
      { everyMs: SLOW_MS, work: () => dropSlow(state) },
    ]),
    viewers: () => live.sockets.size,
    close: () => io.close(),
  };
}
