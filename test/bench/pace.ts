/** Things that happen at a pace, whatever comes of them. */
import { setTimeout as wait } from 'node:timers/promises';
import type { LiveTraffic } from '../../seed/province/live.ts';
import { type Endpoint, postBody, writeBody } from './events-client.ts';
import { steadyMs } from './timing.ts';

/** So many a second, for so long. */
export type Pace = { perSecond: number; forMs: number };

/** Starts a piece of work at each moment that a pace has, without waiting for those before; gives what all came to. */
export async function keepPace<T>(
  { perSecond, forMs }: Pace,
  work: (index: number, dueAt: number) => Promise<T>,
): Promise<T[]> {
  const trips: Promise<T>[] = [];
  const start = steadyMs();
  for (let index = 0; index < (perSecond * forMs) / 1000; index++) {
    const dueAt = start + (index * 1000) / perSecond;
    const aheadMs = dueAt - steadyMs();
    if (aheadMs > 1) await wait(aheadMs);
    const trip = work(index, dueAt);
    trip.catch(() => undefined);
    trips.push(trip);
  }
  return Promise.all(trips);
}

/** An event that was posted: when, when that was answered, and the number of its commit. */
export type Sent = { at: number; seq: number; answeredAt: number };

/** Posts live traffic at a pace, each event alone. */
export function postEvents(endpoint: Endpoint, live: LiveTraffic, pace: Pace): Promise<Sent[]> {
  return keepPace(pace, async () => {
    const body = writeBody([live.step(Date.now()).event], 'json');
    const at = steadyMs();
    const { seq } = await postBody(endpoint, body, 'json');
    return { at, seq, answeredAt: steadyMs() };
  });
}
