import { ACTS, type ActName, type AnswerOf, type InputOf } from '../acts/acts.ts';
import type { Order, WriterParts } from './order.ts';
import { createPerformer } from './perform.ts';
import { createQueue } from './queue.ts';

export type Writer = {
  /** Runs an act; throws what it throws, AppError `notReady` when the store cannot be written, `staleFold` when it was folded by other site facts. */
  run: <N extends ActName>(order: Order<N>) => Promise<AnswerOf<N>>;
  /** Passes when a write transaction succeeds. */
  check: () => Promise<void>;
  /** Waits for what is under way. */
  close: () => Promise<void>;
};

/** More events than these gain little by sharing a commit. */
const MOST_TOGETHER = 1000;

function sizeOf({ name, input }: Order): number {
  const { sizeOf: measure } = ACTS[name];
  return measure ? measure(input as InputOf<'ingest'> & InputOf<'noteRefusal'>) : Number.POSITIVE_INFINITY;
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
