/** The board's daily life after the start: what the history has for this hour, and traffic to watch on top. */
import { setTimeout as wait } from 'node:timers/promises';
import type { OpsEvent } from '../../shared/event.ts';
import type { LiveTraffic } from '../province/live.ts';
import type { Told } from '../province/tell.ts';
import type { History } from './history.ts';
import type { Sender } from './sender.ts';

const LIVELY_MS = 2 * 60_000;
const CALM_AFTER_MS = 15 * 60_000;
const CALM = 0.1;
const LONGEST_SLEEP_MS = 2000;
const SHORTEST_SLEEP_MS = 60;
const SAVE_EVERY_MS = 1000;

/** Live events per second after a while: about one at first, falling evenly to one in ten seconds within 15 minutes. */
export function paceAfter(elapsedMs: number): number {
  const part = (elapsedMs - LIVELY_MS) / (CALM_AFTER_MS - LIVELY_MS);
  return CALM ** Math.min(1, Math.max(0, part));
}

/**
 * `pace` holds the live events per second; null lets them calm down. `surge` is told besides, in order of time, and
 * `readings` of connected systems at their own pace. `saveLive` keeps the open live dossiers.
 */
export type TrafficOptions = {
  history: History;
  live: LiveTraffic;
  surge: readonly Told[];
  readings?: { everyMs: number; tell: (at: number) => Iterable<Told<OpsEvent>> };
  sender: Sender;
  pace: number | null;
  signal: AbortSignal;
  clock: () => number;
  saveLive: () => Promise<void>;
};

type Scheduled = Pick<TrafficOptions, 'surge' | 'readings' | 'pace'>;

/** Gives what has fallen due of the surge and of readings since it was last asked; at pace 0 there are no readings. */
export function createSchedule({ surge, readings, pace }: Scheduled, startedAt: number) {
  let surged = 0;
  let readAt = startedAt;
  return (now: number): Told<OpsEvent>[] => {
    const due: Told<OpsEvent>[] = [];
    for (let told = surge[surged]; told && told.at <= now; told = surge[surged]) {
      due.push(told);
      surged += 1;
    }
    if (readings && pace !== 0 && now >= readAt) {
      due.push(...readings.tell(Math.floor(now / 1000) * 1000));
      readAt = now + readings.everyMs;
    }
    return due;
  };
}

/** Runs until the signal; then what was told is kept. Rejects when the server refuses events. */
export async function runTraffic(options: TrafficOptions): Promise<void> {
  const { history, live, sender, pace, signal, clock, saveLive } = options;
  const startedAt = clock();
  let nextAt = startedAt + 300;
  let savedAt = 0;
  const takeDue = createSchedule(options, startedAt);
  while (!signal.aborted) {
    const now = clock();
    if (now - nextAt > 10_000) nextAt = now;
    let hasStepped = false;
    for (const told of takeDue(now)) {
      await sender.add(told);
      hasStepped = true;
    }
    for (; nextAt <= now && pace !== 0; nextAt += drawGap(pace ?? paceAfter(now - startedAt))) {
      await sender.add(live.step(Math.floor(nextAt)));
      hasStepped = true;
    }
    if (hasStepped) await sender.finish();
    if (hasStepped && now - savedAt >= SAVE_EVERY_MS) {
      await saveLive();
      savedAt = now;
    }
    await history.load({ until: now });
    const sleepMs = Math.min(LONGEST_SLEEP_MS, Math.max(SHORTEST_SLEEP_MS, nextAt - clock()));
    await wait(sleepMs, undefined, { signal }).catch(() => undefined);
  }
  await saveLive();
}

/** Ms to the next event at a pace per second: neither a metronome nor a crowd. */
function drawGap(pace: number): number {
  return (1000 / pace) * (0.4 + 1.2 * Math.random());
}
