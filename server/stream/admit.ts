/** Who may hold a link open: handshakes are counted, tokens looked up, and those that ended shown the door. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Server } from 'socket.io';
import { retryAfter, toProblem } from '../http.ts';
import type { StreamState } from './state.ts';
import { bufferedBytes, cutOff, endWhenClosed } from './wire.ts';

/** What may wait for a viewer that does not read; beyond, it is cut off, comes back and resumes by number. */
const MOST_BUFFERED = 1024 * 1024;

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

/** Lets viewers in, by a display token or the cookie that holds one. */
export function admitSockets({ live, admit, pace }: StreamState): void {
  live.use((socket, next) => {
    const { authorization, cookie } = socket.handshake.headers;
    const given: unknown = socket.handshake.auth.token;
    const token = typeof given === 'string' && given !== '' ? given : undefined;
    const credentials = { authorization, cookie, token };
    pace()
      .then(() => admit(socket.request, credentials))
      .then((root) => {
        Object.assign(socket.data, { root, credentials });
        next();
      })
      .catch((error: unknown) => next(Object.assign(new Error('unauthorised'), { data: toProblem(error) })));
  });
}

/** Ends the link of every viewer whose token was revoked or has run out since; told apart once per token. */
export async function expelStrangers({ live, identify, pace }: StreamState): Promise<void> {
  const verdicts = new Map<string, Promise<boolean>>();
  for (const socket of live.sockets.values()) {
    const { credentials, root } = socket.data;
    const key = JSON.stringify([credentials, root]);
    let verdict = verdicts.get(key);
    if (!verdict) {
      await pace();
      verdict = identify(socket.request, credentials ?? {}).then(
        (now) => now !== root,
        (error: unknown) => toProblem(error).status === 401,
      );
      verdicts.set(key, verdict);
    }
    // Closed as if the network had: the viewer comes back by itself, and is then told that it may not enter.
    if (await verdict) socket.conn.close();
  }
}

/** Cuts off every viewer for which too much waits. */
export function dropSlow({ live }: StreamState): void {
  for (const { conn } of live.sockets.values()) if (isSlow(conn)) cutOff(conn);
}

/** Whether more waits for a connection than may. */
export function isSlow(connection: Parameters<typeof bufferedBytes>[0]): boolean {
  return bufferedBytes(connection) > MOST_BUFFERED;
}
