/** Who may hold a link open: handshakes are counted, callers looked up, and again when their rights change. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { isDeepStrictEqual } from 'node:util';
import type { Server } from 'socket.io';
import { retryAfter, toProblem } from '../http.ts';
import type { ViewerCaller } from '../people/caller.ts';
import { isVisible, type Reach } from '../people/scope.ts';
import { findRoomUnit, type LiveSocket, type LiveSpace, type StreamState, type Viewer } from './state.ts';
import { bufferedBytes, cutOff, endWhenClosed } from './wire.ts';

/** What may wait for a viewer that does not read; beyond, it is cut off, comes back and resumes by number. */
const MOST_BUFFERED = 1024 * 1024;
/** Viewers looked up anew at the same time. */
const AT_ONCE = 8;

/** Answers a handshake that comes too often, over either transport. */
function refuse(request: IncomingMessage, response: ServerResponse, error: unknown): void {
  const after = retryAfter(error);
  if (request.headers.upgrade === undefined) response.writeHead(429, { 'Retry-After': after }).end();
  else
    request.socket.end(
      `HTTP/1.1 429 Too Many Requests\r\nRetry-After: ${after}\r\nConnection: close\r\n\r\n`,
    );
}

/** Guards the connections themselves: how often they come, and that one once closed is gone. */
export function guardConnections(io: Server, knock: (request: IncomingMessage) => void): void {
  io.engine.use((request: IncomingMessage, response: ServerResponse, next: () => void) => {
    try {
      if (!/[?&]sid=/.test(request.url ?? '')) knock(request);
      next();
    } catch (error) {
      refuse(request, response, error);
    }
  });
  io.engine.on('connection', endWhenClosed);
  // Nobody is to be in any other room than the one that asks for a token.
  io.use((_socket, next) => next(new Error('there is nothing here')));
}

/** Lets viewers in, by what they show. */
export function admitSockets({ live, admit, pace }: StreamState): void {
  live.use((socket, next) => {
    const { authorization, cookie } = socket.handshake.headers;
    const given: unknown = socket.handshake.auth.token;
    const token = typeof given === 'string' && given !== '' ? given : undefined;
    const credentials = { authorization, cookie, token };
    pace()
      .then(() => admit(socket.request, credentials))
      .then((viewer) => {
        Object.assign(socket.data, { viewer, credentials });
        next();
      })
      .catch((error: unknown) => next(Object.assign(new Error('unauthorised'), { data: toProblem(error) })));
  });
}

/** Whether a viewer may see less than before: a unit it held, or the one it watches. */
function isNarrowed(reach: Reach, before: ViewerCaller, watched: readonly number[]): boolean {
  const held = before.grants.map(({ unit }) => unit);
  return [...held, ...watched].some((unit) => !isVisible(reach, unit));
}

/**
 * What becomes of a link whose viewer was looked up anew. One that may see less is closed as if the network had: it comes back
 * by itself, and is then told what it may see. One that may see more asks again.
 */
function settleViewer(socket: LiveSocket, found: Viewer | null): void {
  const before = socket.data.viewer;
  const watched = [...socket.rooms].flatMap((name) => findRoomUnit(name) ?? []);
  if (!before || !found || isNarrowed(found.reach, before.caller, watched)) {
    socket.conn.close();
    return;
  }
  socket.data.viewer = found;
  if (!isDeepStrictEqual(found.caller.grants, before.caller.grants)) socket.emit('reset');
}

/** Who shows these credentials now; null: somebody who may not stay. Throws what says nothing of that. */
async function findAnew({ identify }: StreamState, socket: LiveSocket): Promise<Viewer | null> {
  try {
    return await identify(socket.request, socket.data.credentials ?? {});
  } catch (error) {
    if (toProblem(error).status < 500) return null;
    throw error;
  }
}

/** Looks viewers up anew, each once however many links it has, some at a time; `find` may throw: it is then tried again. */
async function renewViewers(
  live: LiveSpace,
  isStale: (viewer: Viewer) => boolean,
  find: (socket: LiveSocket) => Promise<Viewer | null>,
): Promise<void> {
  const stale = [...live.sockets.values()].filter(({ data }) => !data.viewer || isStale(data.viewer));
  const groups = [...Map.groupBy(stale, ({ data }) => JSON.stringify(data.credentials)).values()];
  for (let from = 0; from < groups.length; from += AT_ONCE) {
    const batch = groups.slice(from, from + AT_ONCE);
    await Promise.all(
      batch.map(async (sockets) => {
        const [first] = sockets;
        const found = first ? await find(first) : null;
        for (const socket of sockets) settleViewer(socket, found);
      }),
    );
  }
}

/** Looks up anew those who were found at another position of the store: rights, units or the day are others now. */
export async function renewOutdated(state: StreamState, asOf: string): Promise<void> {
  await renewViewers(
    state.live,
    (viewer) => viewer.asOf !== asOf,
    (socket) => findAnew(state, socket),
  );
}

/**
 * Looks up anew those whose time is over: a token's days, or the minutes without input after which a session locks. Who cannot
 * be looked up is sent away.
 */
export async function renewExpired(state: StreamState): Promise<void> {
  const now = state.clock();
  await renewViewers(
    state.live,
    ({ caller: { validUntil } }) => validUntil !== null && validUntil <= now,
    (socket) => findAnew(state, socket).catch(() => null),
  );
}

/** Cuts off every viewer for which too much waits. */
export function dropSlow({ live }: StreamState): void {
  for (const { conn } of live.sockets.values()) if (isSlow(conn)) cutOff(conn);
}

/** Whether more waits for a connection than may. */
export function isSlow(connection: Parameters<typeof bufferedBytes>[0]): boolean {
  return bufferedBytes(connection) > MOST_BUFFERED;
}
