/** What lies under a Socket.IO socket: its Engine.IO connection and the transport of that. */
import type { Socket } from 'socket.io';

export type Connection = Socket['conn'];

type Wire = { terminate?: () => void; bufferedAmount?: number };

function wireOf({ transport }: Connection): Wire | undefined {
  return (transport as unknown as { socket?: Wire }).socket;
}

/**
 * Sees to it that a connection once closed is gone: a websocket waits half a minute for the other side to agree, and one
 * that does not read never does.
 */
export function endWhenClosed(connection: Connection): void {
  connection.once('close', () => {
    setImmediate(() => wireOf(connection)?.terminate?.());
  });
}
