/** The history on its way into the store: told once in order of time, from where the last start stopped. */
import type { Told } from '../province/tell.ts';
import type { Postman } from './post.ts';

/** Events between two points at which everything is known to be in the store. */
const CHECKPOINT_EVENTS = 40_000;

/** `save` keeps the instant (epoch ms) up to which everything is in the store. */
export type HistoryOptions = {
  events: Generator<Told, void, undefined>;
  postman: Postman;
  save: (loadedUntil: number) => Promise<void>;
};

/** How far to go: up to `until` (epoch ms), not beyond `patienceMs`; `onProgress` hears of each instant reached. */
export type Stretch = { until: number; patienceMs?: number; onProgress?: (at: number) => void };

/** Loads a history stretch by stretch. */
export class History {
  readonly #options: HistoryOptions;
  #next: Told | undefined;

  constructor(options: HistoryOptions) {
    this.#options = options;
    this.#next = options.events.next().value ?? undefined;
  }

  /** When the next event not yet brought happened or will happen; Infinity when there is none. */
  get nextAt(): number {
    return this.#next?.at ?? Number.POSITIVE_INFINITY;
  }

  /** Brings what happened before `until`; false when patience ended first. What was brought is then in the store. */
  async load({ until, patienceMs = Number.POSITIVE_INFINITY, onProgress }: Stretch): Promise<boolean> {
    const { events, postman, save } = this.#options;
    const startedAt = performance.now();
    let brought = 0;
    for (let told = this.#next; told && told.at < until; told = this.#next) {
      await postman.bring(told);
      this.#next = events.next().value ?? undefined;
      brought += 1;
      if (brought % 1000 === 0) onProgress?.(told.at);
      if (brought % CHECKPOINT_EVENTS !== 0 && performance.now() - startedAt < patienceMs) continue;
      await postman.finish();
      await save(told.at);
      if (performance.now() - startedAt >= patienceMs) return this.nextAt >= until;
    }
    if (brought === 0) return true;
    await postman.finish();
    await save(until);
    return true;
  }
}
