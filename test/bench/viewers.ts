/**
 * A process of its own full of viewers. Told by its parent what to do; notes when each frame reached each of them, by the
 * machine's steady clock.
 */
import process from 'node:process';
import { steadyMs } from './timing.ts';
import { type Arrivals, Viewer } from './viewer.ts';

/** What the parent may ask. */
export type Order =
  | { type: 'open'; url: string; count: number; unit: string }
  | { type: 'forget' }
  | { type: 'comeBack'; knows: boolean }
  | { type: 'collect' }
  | { type: 'close' };

/** What is answered to each order; `frames` and `answer` are those of the first viewer. */
export type Answer =
  | { type: 'opened' | 'forgotten' | 'closed' }
  | { type: 'back'; tookMs: number[] }
  | { type: 'arrivals'; viewers: Arrivals[]; frames: unknown[]; answer: unknown };

/** Viewers that come in at one time, where that is not what is measured. */
const AT_ONCE = 20;

let viewers: Viewer[] = [];

async function open({ url, count, unit }: Extract<Order, { type: 'open' }>): Promise<void> {
  viewers = Array.from({ length: count }, (_, index) => new Viewer(url, unit, { isWitness: index === 0 }));
  for (let from = 0; from < count; from += AT_ONCE)
    await Promise.all(viewers.slice(from, from + AT_ONCE).map((viewer) => viewer.open()));
}

/** How long each viewer took from the moment the first lost its connection until it was answered again. */
async function comeBack(knows: boolean): Promise<number[]> {
  const start = steadyMs();
  return Promise.all(
    viewers.map(async (viewer) => {
      await viewer.comeBack({ knows });
      return steadyMs() - start;
    }),
  );
}

async function obey(order: Order): Promise<Answer> {
  switch (order.type) {
    case 'open':
      await open(order);
      return { type: 'opened' };
    case 'forget':
      for (const viewer of viewers) viewer.forget();
      return { type: 'forgotten' };
    case 'comeBack':
      return { type: 'back', tookMs: await comeBack(order.knows) };
    case 'collect': {
      const [first] = viewers;
      const arrivals = viewers.map((viewer) => viewer.arrivals);
      return { type: 'arrivals', viewers: arrivals, frames: first?.frames ?? [], answer: first?.answer };
    }
    case 'close':
      for (const viewer of viewers) viewer.close();
      viewers = [];
      return { type: 'closed' };
  }
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
