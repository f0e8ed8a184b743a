/**
 * The live link: who watches what, frames merged and cut to each room, the heartbeat. Hides Socket.IO.
 * Law: a frame is what `since` would answer, read from the same rows, so frames may be dropped or merged freely.
 */
import type { Server as HttpServer, IncomingMessage, ServerResponse } from 'node:http';
import { type Namespace, Server, type Socket } from 'socket.io';
import { type ClientEvents, type ServerEvents, Watch, type WatchAnswer } from '../../shared/live.ts';
import type { View } from '../figures/sums.ts';
import { retryAfter, toProblem } from '../http.ts';
import { parseInput } from '../input.ts';
import type { Credentials } from '../people/callers.ts';
import type { Change } from '../writer/writer.ts';
import { createRoom, isDue, noteChange, noteSent, type Room, takePending } from './rooms.ts';
import { listWatched, readFrame, readSnapshot } from './slice.ts';
import { endWhenClosed } from './wire.ts';

type SocketState = { root?: number; credentials?: Credentials };
type LiveSocket = Socket<ClientEvents, ServerEvents, Record<string, never>, SocketState>;
type LiveSpace = Namespace<ClientEvents, ServerEvents, Record<string, never>, SocketState>;

/** What the stream works with; `openView` gives the view of a scope's unit at this instant. */
export type StreamParts = {
  http: HttpServer;
  build: string;
  /** Lets a link in before anybody looked it up; throws AppError `tooMany`. */
  knock: (request: IncomingMessage) => void;
  /** The unit a link may read, looked up as it comes in. */
  admit: (request: IncomingMessage, credentials: Credentials) => Promise<number>;
  /** The same, asked again while it stays. */
  identify: (credentials: Credentials) => Promise<number>;
  openView: (root: number) => Promise<View>;
  getUnit: (view: View, reference: string) => number;
  onTrouble: (error: unknown) => void;
};

export type Stream = {
  publish: (change: Change) => void;
  /** Sends what is due at `now`: merged frames, heartbeats, resets. Called by the one timer. */
  pulse: (now: number) => Promise<void>;
  viewers: () => number;
  close: () => Promise<void>;
};

/**
 * What this process knows of the store. A viewer whose number is below `floor` starts anew: it may be of another day, of
 * other units, or of the time before this process.
 */
type Known = { seq: number; unitSeq: number; today: string; floor: number };

type Desk = StreamParts & {
  live: LiveSpace;
  rooms: Map<number, Room>;
  known: Known;
};

/** How often other processes' commits, new units and a new day are looked for. */
const LOOK_MS = 1000;

/** How long a connection may stay without having shown a token. */
const STRANGER_MS = 10_000;

const roomName = (unit: number) => `u${unit}`;

/** `floor`: from which number on viewers need not start anew; without it as before. */
function learn(known: Known, { clock, today }: View, floor = known.floor): void {
  known.seq = Math.max(known.seq, clock.seq);
  known.unitSeq = clock.unitSeq;
  known.today = today;
  known.floor = floor;
}

/** Viewers are told of everything since their last frame: something changed that this process was not told of. */
function markAll(rooms: Map<number, Room>): void {
  for (const room of rooms.values()) Object.assign(room, { changed: 'all', feeds: true });
}

async function enterRoom({ rooms }: Desk, socket: LiveSocket, unit: number, seq: number): Promise<void> {
  for (const name of socket.rooms) if (name !== socket.id) await socket.leave(name);
  await socket.join(roomName(unit));
  if (!rooms.has(unit)) rooms.set(unit, createRoom(unit, seq));
}

async function answerWatch(desk: Desk, socket: LiveSocket, input: unknown): Promise<WatchAnswer> {
  const { unit: reference, since, build } = parseInput(Watch, input, 'badInput');
  const root = socket.data.root;
  if (root === undefined) throw new Error('a socket entered without a scope');
  if (build !== undefined && build !== desk.build) return { type: 'reload', build: desk.build };
  const view = await desk.openView(root);
  const unit = desk.getUnit(view, reference);
  // Nothing was committed since a viewer's number: it misses nothing, but the day it may have slept over (it sees that).
  if (desk.known.unitSeq === -1) learn(desk.known, view, view.clock.seq);
  if (since !== undefined && (since < desk.known.floor || since > view.clock.seq)) return { type: 'reset' };
  await enterRoom(desk, socket, unit, view.clock.seq);
  if (since === undefined) return readSnapshot(view, { unit, build: desk.build });
  return {
    type: 'frame',
    ...(await readFrame(view, { unit, since }, { build: desk.build, withFeeds: true })),
  };
}

/** Answers a handshake that comes too often, over either transport. */
function refuse(request: IncomingMessage, response: ServerResponse, error: unknown): void {
  const after = retryAfter(error);
  if (request.headers.upgrade === undefined) response.writeHead(429, { 'Retry-After': after }).end();
  else
    request.socket.end(
      `HTTP/1.1 429 Too Many Requests\r\nRetry-After: ${after}\r\nConnection: close\r\n\r\n`,
    );
}

function admitSockets({ live, admit }: Desk): void {
  live.use((socket, next) => {
    const { authorization, cookie } = socket.handshake.headers;
    const given: unknown = socket.handshake.auth.token;
    const token = typeof given === 'string' && given !== '' ? given : undefined;
    const credentials = { authorization, cookie, token };
    admit(socket.request, credentials)
      .then((root) => {
        Object.assign(socket.data, { root, credentials });
        next();
      })
      .catch((error: unknown) => next(Object.assign(new Error('unauthorised'), { data: toProblem(error) })));
  });
}

/** Ends the link of every viewer whose token was revoked or has run out since; told apart once per token. */
async function expelStrangers({ live, identify }: Desk): Promise<void> {
  const verdicts = new Map<string, Promise<boolean>>();
  for (const socket of live.sockets.values()) {
    const { credentials, root } = socket.data;
    const key = JSON.stringify([credentials, root]);
    const verdict =
      verdicts.get(key) ??
      identify(credentials ?? {}).then(
        (now) => now !== root,
        (error: unknown) => toProblem(error).status === 401,
      );
    verdicts.set(key, verdict);
    // Closed as if the network had: the viewer comes back by itself, and is then told that it may not enter.
    if (await verdict) socket.conn.close();
  }
}

function serveSockets(desk: Desk): void {
  desk.live.on('connection', (socket: LiveSocket) => {
    socket.on('watch', (input, reply) => {
      if (typeof reply !== 'function') return;
      answerWatch(desk, socket, input)
        .then(reply)
        .catch((error: unknown) => {
          const problem = toProblem(error);
          if (problem.status === 500) desk.onTrouble(error);
          reply({ type: 'failure', problem });
        });
    });
  });
}

async function sendFrame(desk: Desk, room: Room, now: number): Promise<void> {
  const { changed, feeds, sent } = takePending(room, now);
  // A commit that is in the rows but was not told of yet belongs to the next frame.
  const seq = Math.max(sent, desk.known.seq);
  const view = await desk.openView(room.unit);
  const units = listWatched(view, room.unit).filter((unit) => changed === 'all' || changed.has(unit));
  const order = { unit: room.unit, since: sent, units, upTo: seq };
  const frame = await readFrame(view, order, { build: desk.build, withFeeds: feeds });
  noteSent(room, { seq, rows: frame.tallies.rows.length, now });
  desk.live.to(roomName(room.unit)).volatile.emit('frame', frame);
}

/** Notices what this process was not told of: commits of others, new units, a new day. */
async function lookAround(desk: Desk): Promise<void> {
  const { known, rooms, live } = desk;
  const anyUnit = rooms.keys().next().value;
  if (anyUnit === undefined) return;
  const view = await desk.openView(anyUnit);
  const { clock, today } = view;
  const isFirst = known.unitSeq === -1;
  const resets = !isFirst && (clock.unitSeq !== known.unitSeq || today !== known.today);
  if (resets) live.emit('reset');
  else if (clock.seq > known.seq) markAll(rooms);
  learn(known, view, resets ? clock.seq + 1 : undefined);
}

async function sendDue(desk: Desk, now: number): Promise<void> {
  for (const room of desk.rooms.values()) {
    if (!desk.live.adapter.rooms.has(roomName(room.unit))) desk.rooms.delete(room.unit);
    else if (isDue(room, now)) await sendFrame(desk, room, now);
  }
}

function createPulse(desk: Desk): (now: number) => Promise<void> {
  let busy = false;
  let lookAt = 0;
  return async (now) => {
    if (busy) return;
    busy = true;
    try {
      if (now >= lookAt) {
        await lookAround(desk);
        await expelStrangers(desk);
        lookAt = now + LOOK_MS;
      }
      await sendDue(desk, now);
    } finally {
      busy = false;
    }
  };
}

/** Opens the live link on an HTTP server. Frames are not deflated: doing so anew for each viewer costs more than it spares. */
export function openStream(parts: StreamParts): Stream {
  const io = new Server(parts.http, {
    serveClient: false,
    pingInterval: 5000,
    pingTimeout: 5000,
    maxHttpBufferSize: 20_000,
    connectTimeout: STRANGER_MS,
  });
  io.engine.use((request: IncomingMessage, response: ServerResponse, next: () => void) => {
    try {
      if (!/[?&]sid=/.test(request.url ?? '')) parts.knock(request);
      next();
    } catch (error) {
      refuse(request, response, error);
    }
  });
  io.engine.on('connection', endWhenClosed);
  // Nobody is to be in any other room than the one that asks for a token.
  io.use((_socket, next) => next(new Error('there is nothing here')));
  const live: LiveSpace = io.of('/live');
  const known: Known = { seq: 0, unitSeq: -1, today: '', floor: 0 };
  const desk: Desk = { ...parts, live, rooms: new Map(), known };
  admitSockets(desk);
  serveSockets(desk);
  return {
    publish(change) {
      if (change.seq !== known.seq + 1) markAll(desk.rooms);
      known.seq = Math.max(known.seq, change.seq);
      for (const room of desk.rooms.values()) noteChange(room, change);
    },
    pulse: createPulse(desk),
    viewers: () => live.sockets.size,
    close: () => io.close(),
  };
}
