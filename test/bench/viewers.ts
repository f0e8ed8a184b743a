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

/**
 * When news reached one viewer, and up to which seq it then knew everything, in order of arrival; `lost` counts the
 * frames that did not come and had to be asked for.
 */
export type Arrivals = { seqs: number[]; ats: number[]; lost: number };

/** What is answered to each order; `frames` are those of the first viewer. */
export type Answer =
  | { type: 'opened' | 'forgotten' | 'closed' }
  | { type: 'arrivals'; viewers: Arrivals[]; frames: unknown[] };

type SeenFrame = { prev: number; seq: number };

let sockets: Socket[] = [];
let viewers: Arrivals[] = [];
let frames: unknown[] = [];

/** Longer than any answer takes that will still come. */
const ANSWER_MS = 8000;

const createArrivals = (): Arrivals => ({ seqs: [], ats: [], lost: 0 });

function note(index: number, seq: number): void {
  viewers[index]?.seqs.push(seq);
  viewers[index]?.ats.push(steadyMs());
}

/** Follows frames as the screens do: one that does not join on to what is known is asked for, with all since. */
async function openViewer(url: string, unit: string, index: number): Promise<void> {
  const socket = io(`${url}/live`, { transports: ['websocket'], forceNew: true });
  sockets.push(socket);
  viewers[index] = createArrivals();
  let known: number | undefined;
  let isAsking = false;
  const learn = (seq: number) => {
    known = Math.max(known ?? 0, seq);
    note(index, known);
  };
  const watch = async () => {
    isAsking = true;
    const since = known === undefined ? {} : { since: known };
    const { seq } = (await socket.timeout(ANSWER_MS).emitWithAck('watch', { unit, ...since })) as {
      seq: number;
    };
    isAsking = false;
    learn(seq);
  };
  const watchAgain = () => {
    const viewer = viewers[index];
    if (viewer) viewer.lost++;
    watch().catch(() => {
      isAsking = false;
    });
  };
  socket.on('frame', (frame: SeenFrame) => {
    if (index === 0) frames.push(frame);
    if (known !== undefined && frame.prev <= known) learn(frame.seq);
    else if (!isAsking) watchAgain();
  });
  await new Promise<void>((resolve, reject) => {
    socket.once('connect_error', reject);
    socket.once('connect', () => resolve());
  });
  await watch();
  socket.on('connect', watchAgain);
}

function forget(): void {
  viewers = viewers.map(createArrivals);
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
