/**
 * The reference of what a broadcast costs at least: a Socket.IO server in a process of its own that knows one frame and
 * emits it to everybody, set up as the server's own live link. Told by its parent when.
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { Server } from 'socket.io';
import { steadyMs } from './timing.ts';

/** What the parent may ask: to emit a frame so many times, so far apart. */
export type Order = { frame: object; count: number; gapMs: number };
/** What is answered: where it listens; when each emit, numbered from 1, began. */
export type Answer = { type: 'listening'; port: number } | { type: 'emitted'; ats: number[] };

const http = createServer();
const io = new Server(http, {
  serveClient: false,
  pingInterval: 5000,
  pingTimeout: 5000,
  perMessageDeflate: { threshold: 16_384 },
});
const live = io.of('/live');
let told = 0;
live.on('connection', (socket) => {
  socket.on('watch', (_input, reply: (answer: object) => void) => {
    void socket.join('unit');
    reply({ seq: told });
  });
});

process.on('message', (order: Order) => void emit(order));
process.on('disconnect', () => process.exit());

async function emit({ frame, count, gapMs }: Order): Promise<void> {
  const ats: number[] = [];
  for (let seq = 1; seq <= count; seq++) {
    ats.push(steadyMs());
    live.to('unit').volatile.emit('frame', { ...frame, prev: told, seq });
    told = seq;
    await wait(gapMs);
  }
  process.send?.({ type: 'emitted', ats } satisfies Answer);
}

http.listen(0, '127.0.0.1', () => {
  const { port } = http.address() as AddressInfo;
  process.send?.({ type: 'listening', port } satisfies Answer);
});
