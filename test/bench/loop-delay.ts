/** How long the event loop of a process is held up, as the process itself sees it; asked for by its parent. */
import { monitorEventLoopDelay } from 'node:perf_hooks';
import process from 'node:process';

/**
 * p99 and worst of a span, in ms; an idle loop has next to nothing. `workMs`: the most that the thread itself worked in one
 * turn of its loop, by the processor's clock: what remains of the worst where nobody else is on the machine.
 */
export type LoopDelay = { p99Ms: number; worstMs: number; workMs: number };

/** The loop is looked at this often; what the histogram tells includes it. */
const EVERY_MS = 1;

/** How much of the processor this thread has had so far, in ms. */
export function tellWork(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
}

/** Tells the most work between two looks; a look comes between any two turns of the loop. */
function watchWork(): () => number {
  let worst = 0;
  let before = tellWork();
  const look = () => {
    const now = tellWork();
    worst = Math.max(worst, now - before);
    before = now;
  };
  setInterval(look, EVERY_MS).unref();
  return () => {
    look();
    const told = worst;
    worst = 0;
    return told;
  };
}

/** Begins to watch this thread's loop; each call of what it gives tells of the time since the call before. */
export function watchLoop(): () => LoopDelay {
  const histogram = monitorEventLoopDelay({ resolution: EVERY_MS });
  histogram.enable();
  const takeWork = watchWork();
  const toMs = (ns: number) => Math.max(0, ns / 1e6 - EVERY_MS);
  return () => {
    const [p99Ms, worstMs] = [toMs(histogram.percentile(99)), toMs(histogram.max)];
    histogram.reset();
    return { p99Ms, worstMs, workMs: takeWork() };
  };
}
