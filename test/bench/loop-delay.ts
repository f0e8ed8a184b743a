/** How long the event loop of a process is held up, as the process itself sees it; asked for by its parent. */
import { monitorEventLoopDelay } from 'node:perf_hooks';

/** p99 and worst of a span, in ms; an idle loop has next to nothing. */
export type LoopDelay = { p99Ms: number; worstMs: number };

/** The loop is looked at this often; what the histogram tells includes it. */
const EVERY_MS = 1;

/** Begins to watch this thread's loop; each call of what it gives tells of the time since the call before. */
export function watchLoop(): () => LoopDelay {
  const histogram = monitorEventLoopDelay({ resolution: EVERY_MS });
  histogram.enable();
  const toMs = (ns: number) => Math.max(0, ns / 1e6 - EVERY_MS);
  return () => {
    const delay = { p99Ms: toMs(histogram.percentile(99)), worstMs: toMs(histogram.max) };
    histogram.reset();
    return delay;
  };
}
