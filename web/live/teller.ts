import type { LiveClock } from './clock.ts';

const MERGE_MS = 400;

/** Tells a listener now, or soon: then at most every 400 ms, all that came meanwhile at once. Nothing after `close`. */
export class Teller {
  readonly #clock: LiveClock;
  readonly #say: () => void;
  #toldAt = Number.NEGATIVE_INFINITY;
  #cancel: (() => void) | null = null;
  #isClosed = false;

  constructor(clock: LiveClock, say: () => void) {
    this.#clock = clock;
    this.#say = say;
  }

  now = (): void => {
    this.#cancel?.();
    this.#cancel = null;
    if (this.#isClosed) return;
    this.#toldAt = this.#clock.now();
    this.#say();
  };

  soon = (): void => {
    if (this.#cancel) return;
    this.#cancel = this.#clock.after(Math.max(0, this.#toldAt + MERGE_MS - this.#clock.now()), this.now);
  };

  close(): void {
    this.#isClosed = true;
    this.#cancel?.();
  }
}
