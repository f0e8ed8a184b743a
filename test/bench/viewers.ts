/**
 * A process of its own full of viewers: real Socket.IO clients on the websocket, watching one unit as the screens do.
 * Told by its parent what to do; notes when each frame reached each of them, by the machine's steady clock.
 */
import { io, type Socket } from 'socket.io-client';
import { steadyMs } from './timing.ts';

/** What the parent may ask. */
export type Order =
  | { type: 'open'; url: string; count: number; unit: string }
  | { type: 'forget' }
  | { type: 'collect' }
  | { type: 'close' };

/** When frames arrived at one viewer, and up to which seq each one reached; both in order of arrival. */
export type Arrivals = { seqs: number[]; ats: number[] };

/** What is answered to each order; `frames` are those of the first viewer. */
export type Answer =
  | { type: 'opened' | 'forgotten' | 'closed' }
  | { type: 'arrivals'; viewers: Arrivals[]; frames: unknown[] };

type SeenFrame = { seq: number };

let sockets: Socket[] = [];
let viewers: Arrivals[] = [];
let frames: unknown[] = [];

async function openViewer(url: string, unit: string, index: number): Promise<void> {
  const socket = io(`${url}/live`, { transports: ['websocket'], forceNew: true });
  sockets.push(socket);
  const arrivals: Arrivals = { seqs: [], ats: [] };
  viewers[index] = arrivals;
  socket.on('frame', (frame: SeenFrame) => {
    const at = steadyMs();
    viewers[index]?.seqs.push(frame.seq);
    viewers[index]?.ats.push(at);
    if (index === 0) frames.push(frame);
  });
  await new Promise<void>((resolve, reject) => {
    socket.once('connect_error', reject);
    socket.once('connect', () => resolve());
  });
  await socket.emitWithAck('watch', { unit });
}

function forget(): void {
  viewers = viewers.map(() => ({ seqs: [], ats: [] }));
  frames = [];
}

async function obey(order: Order): Promise<Answer> {
  if (order.type === 'open') {
    for (let index = 0; index < order.count; index++) await openViewer(order.url, order.unit, index);
    return { type: 'opened' };
  }
  if (order.type === 'collect') return { type: 'arrivals', viewers, frames };
  forget();
  if (order.type === 'forget') return { type: 'forgotten' };
  for (const socket of sockets) socket.disconnect();
  sockets = [];
  viewers = [];
  return { type: 'closed' };
}

process.on('message', (order: Order) => {
  obey(order).then(
    (answer) => process.send?.(answer),
    (error: unknown) => {
      console.error(error);
      process.exit(1);
    },
  );
});
process.on('disconnect', () => process.exit());
