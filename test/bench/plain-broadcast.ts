/**
 * The reference of what a live link costs at least: a Socket.IO server in a process of its own that knows one frame and
 * one answer, and emits or gives them to everybody, set up as the server's own live link. Told by its parent when.
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import process from 'node:process';
import { setTimeout as wait } from 'node:timers/promises';
import { Server } from 'socket.io';
import { type LoopDelay, watchLoop } from './loop-delay.ts';
import { steadyMs } from './timing.ts';

/** What the parent may ask: to emit a frame so many times, so far apart; to answer `watch` by something from now on. */
export type Order =
  | { type: 'emit'; frame: object; count: number; gapMs: number }
  | { type: 'answerBy'; answer: object }
  | { type: 'delay' };
/** What is answered: where it listens; when each emit, numbered from 1, began; how long its loop was held up. */
export type Answer =
  | { type: 'listening'; port: number }
  | { type: 'emitted'; ats: number[] }
  | { type: 'ready' }
  | ({ type: 'delay' } & LoopDelay);

const takeDelay = watchLoop();
const http = createServer();
const io = new Server(http, { serveClient: false, pingInterval: 5000, pingTimeout: 5000 });
const live = io.of('/live');
let told = 0;
let known: object = { type: 'snapshot' };
live.on('connection', (socket) => {
  socket.on('watch', (_input, reply: (answer: object) => void) => {
    void socket.join('unit');
    reply({ ...known, seq: told });
  });
});

async function emit({ frame, count, gapMs }: Extract<Order, { type: 'emit' }>): Promise<Answer> {
  const ats: number[] = [];
  for (let seq = 1; seq <= count; seq++) {
    ats.push(steadyMs());
    live.to('unit').volatile.emit('frame', { ...frame, prev: told, seq });
    told = seq;
    await wait(gapMs);
  }
  return { type: 'emitted', ats };
}

async function obey(order: Order): Promise<Answer> {
  if (order.type === 'emit') return emit(order);
  if (order.type === 'delay') return { type: 'delay', ...takeDelay() };
  known = order.answer;
  return { type: 'ready' };
}

process.on('message', (order: Order) => void obey(order).then((answer) => process.send?.(answer)));
process.on('disconnect', () => process.exit());

http.listen(0, '127.0.0.1', () => {
  const { port } = http.address() as AddressInfo;
  process.send?.({ type: 'listening', port } satisfies Answer);
});
