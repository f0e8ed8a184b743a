/** The machine's time as the link lives by it; replaced by one turned by hand in tests. */
export type LiveClock = {
  /** Monotonic ms; may stand still while the machine sleeps. */
  now: () => number;
  /** The machine's own idea of the time, epoch ms: only how far it moves counts, never what it says. */
  wall: () => number;
  /** Runs something once after a while; gives what calls it off. */
  after: (ms: number, run: () => void) => () => void;
};

/** The clock of this machine. */
export const MACHINE_CLOCK: LiveClock = {
  now: () => performance.now(),
  wall: () => Date.now(),
  after: (ms, run) => {
    const timer = setTimeout(run, ms);
    return () => clearTimeout(timer);
  },
};

/** A wall clock that ran this much further than the monotonic one between two looks: the machine slept. */
const SLEPT_MS = 5_000;

/** Monotonic ms that also count the time for which the machine slept. Look at it often: it compares with its last look. */
export function createAgeClock({ now, wall }: LiveClock): () => number {
  let slept = 0;
  let last = { now: now(), wall: wall() };
  return () => {
    const here = { now: now(), wall: wall() };
    const missing = here.wall - last.wall - (here.now - last.now);
    if (missing > SLEPT_MS) slept += missing;
    last = here;
    return here.now + slept;
  };
}
