/** How many alerts came in which ten minutes, and how long that was a flood. Pure. */
import { FLOOD } from '../../shared/alert.ts';

/** Alerts by slots of ten minutes: on the mean, most in one and when that began, and the share of the time, 0..1, in flood. */
export type Rate = { mean: number; most: number; mostAt: number | null; floodShare: number };

/**
 * The rate of alerts raised at some instants from `from` to `to`. A flood begins with a slot of more than ten new alerts and ends
 * before the first with fewer than five; the last slot may be cut short.
 */
export function rateOf(raised: readonly number[], { from, to }: { from: number; to: number }): Rate {
  const slots = Math.max(1, Math.ceil((to - from) / FLOOD.windowMs));
  const counts = new Map<number, number>();
  for (const at of raised) {
    const slot = Math.floor((at - from) / FLOOD.windowMs);
    counts.set(slot, (counts.get(slot) ?? 0) + 1);
  }
  let [most, mostAt, flooded, isFlood] = [0, null as number | null, 0, false];
  for (const slot of [...counts.keys()].sort((a, b) => a - b)) {
    const count = counts.get(slot) ?? 0;
    if (count > most) [most, mostAt] = [count, from + slot * FLOOD.windowMs];
    // A slot without any alert between two is below the end of a flood.
    if (!counts.has(slot - 1)) isFlood = false;
    isFlood = isFlood ? count >= FLOOD.ends : count > FLOOD.begins;
    if (isFlood) flooded++;
  }
  return { mean: raised.length / slots, most, mostAt, floodShare: flooded / slots };
}
