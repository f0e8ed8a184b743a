/** What lies under a Socket.IO socket: its Engine.IO connection and the transport of that. */
import type { Socket } from 'socket.io';

export type Connection = Socket['conn'];

type Wire = { terminate?: () => void; bufferedAmount?: number };
type Buffers = { writeBuffer?: readonly { data?: unknown }[] };

function wireOf({ transport }: Connection): Wire | undefined {
  return (transport as unknown as { socket?: Wire }).socket;
}

const lengthOf = (data: unknown): number =>
  typeof data === 'string' || Buffer.isBuffer(data) ? data.length : 0;

/** Bytes that wait in this process for a connection to take them. */
export function bufferedBytes(connection: Connection): number {
  const { writeBuffer = [] } = connection as unknown as Buffers;
  const waiting = writeBuffer.reduce((total, { data }) => total + lengthOf(data), 0);
  return waiting + (wireOf(connection)?.bufferedAmount ?? 0);
}

/** Ends a connection at once, whatever waits for it. */
export function cutOff(connection: Connection): void {
  wireOf(connection)?.terminate?.();
  connection.close(true);
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
