/**
 * The one writer of a store: acts, one at a time, each all or nothing. Hides that small ones share a transaction and that
 * SQLite is written in a thread of its own. Law: a change is told once, after it is safe; a throw leaves no trace.
 */

import type { Changed } from '../acts/act.ts';
import { ACTS, type ActName, type AnswerOf, type CallerOf, type InputOf } from '../acts/acts.ts';
import type { Kinds } from '../kinds/kind.ts';
import type { Site } from '../site.ts';
import type { Store } from '../store/store.ts';
import { createPerformer } from './perform.ts';
import { createQueue } from './queue.ts';

/** What a commit changed. `units` and `feeds` are hints: they may spare a read, never decide what is sent. */
export type Change = Changed & { seq: number };

/** An act asked for, at an instant. */
export type Order<N extends ActName = ActName> = {
  name: N;
  caller: CallerOf<N>;
  input: InputOf<N>;
  now: number;
};

export type Writer = {
  /** Runs an act; throws what it throws, AppError `notReady` when the store cannot be written, `staleFold` when it was folded by other site facts. */
  run: <N extends ActName>(order: Order<N>) => Promise<AnswerOf<N>>;
  /** Passes when a write transaction succeeds. */
  check: () => Promise<void>;
  /** Waits for what is under way. */
  close: () => Promise<void>;
};

export type WriterParts = {
  store: Store;
  site: Site;
  kinds: Kinds;
  publish: (change: Change) => void;
  onProgress: (subjects: number) => void;
};

/** More events than these gain little by sharing a commit. */
const MOST_TOGETHER = 1000;

function sizeOf({ name, input }: Order): number {
  const { sizeOf: measure } = ACTS[name];
  return measure ? measure(input as InputOf<'ingest'>) : Number.POSITIVE_INFINITY;
}

/** Small acts may share a transaction: each still has an answer, and a failure, of its own. */
function fits(group: readonly Order[], order: Order): boolean {
  return group.reduce((total, other) => total + sizeOf(other), sizeOf(order)) <= MOST_TOGETHER;
}

/** A writer that runs acts in this very thread. */
export function createWriter(parts: WriterParts): Writer {
  const queue = createQueue<Order, unknown>({ fits, perform: createPerformer(parts) });
  return {
    run: <N extends ActName>(order: Order<N>) => queue.add(order as unknown as Order) as Promise<AnswerOf<N>>,
    check: () => parts.store.tryWrite(),
    close: queue.whenIdle,
  };
}
