import { Worker } from 'node:worker_threads';
import { AppError } from '../errors.ts';
import { KINDS } from '../kinds/kinds.ts';
import type { Site } from '../site.ts';
import { hasWritingThread, openReadingStore, openStore, type ReadingStore } from '../store/store.ts';
import { type Message, type Question, type ThreadFacts, unpackError } from './messages.ts';
import type { Change } from './order.ts';
import { createWriter, type Writer } from './writer.ts';

/** A store with its writer. `ended` resolves, with the reason, when the writer ends without having been closed. */
export type Written = { store: ReadingStore; writer: Writer; ended: Promise<Error> };

/** What is heard of the writer. */
export type WriterEvents = { publish: (change: Change) => void; onProgress: (subjects: number) => void };

type Waiting = { resolve: (answer: unknown) => void; reject: (error: Error) => void };
type Asked = { type: 'run'; order: Extract<Question, { type: 'run' }>['order'] } | { type: 'check' };

/** The thread of a SQLite file: questions go in order, each has one answer, none waits for a thread that has ended. */
class WriterThread {
  readonly #worker: Worker;
  readonly #waiting = new Map<number, Waiting>();
  readonly ended: Promise<Error>;
  readonly #exited: Promise<void>;
  #next = 0;
  #failure: Error | null = null;
  #isClosing = false;

  constructor(facts: ThreadFacts, events: WriterEvents & { onOpen: () => void }) {
    this.#worker = new Worker(new URL('./thread.ts', import.meta.url), { workerData: facts });
    this.#worker.on('message', (message: Message) => this.#hear(message, events));
    const { promise, resolve } = Promise.withResolvers<Error>();
    this.ended = promise;
    const end = (error: Error) => {
      this.#fail(error);
      if (!this.#isClosing) resolve(error);
    };
    this.#worker.on('error', (error: unknown) =>
      end(error instanceof Error ? error : new Error(String(error))),
    );
    this.#exited = new Promise((exited) => {
      this.#worker.once('exit', () => {
        end(new Error('the thread of the writer has ended'));
        exited();
      });
    });
  }

  #hear(message: Message, events: WriterEvents & { onOpen: () => void }): void {
    if (message.type === 'open') events.onOpen();
    else if (message.type === 'change') events.publish(message.change);
    else if (message.type === 'progress') events.onProgress(message.subjects);
    else {
      const waiting = this.#waiting.get(message.id);
      this.#waiting.delete(message.id);
      if (message.type === 'answer') waiting?.resolve(message.answer);
      else waiting?.reject(unpackError(message.error));
    }
  }

  #fail(error: Error): void {
    this.#failure ??= error;
    const options = { cause: this.#failure };
    for (const { reject } of this.#waiting.values())
      reject(new AppError('notReady', 'The writer of the store has ended.', [], options));
    this.#waiting.clear();
  }

  ask(asked: Asked): Promise<unknown> {
    if (this.#failure || this.#isClosing)
      return Promise.reject(new AppError('notReady', 'The writer of the store has ended.'));
    return new Promise((resolve, reject) => {
      const id = this.#next++;
      // Sent first: what cannot be sent throws, and then nobody waits for it.
      this.#worker.postMessage({ ...asked, id } satisfies Question);
      this.#waiting.set(id, { resolve, reject });
    });
  }

  async close(): Promise<void> {
    this.#isClosing = true;
    if (!this.#failure) this.#worker.postMessage({ type: 'close' } satisfies Question);
    await this.#exited;
  }
}

async function openThread(url: string, site: Site, events: WriterEvents): Promise<Written> {
  const { promise: opened, resolve: onOpen } = Promise.withResolvers<void>();
  const thread = new WriterThread({ url, site: site.source }, { ...events, onOpen });
  const failure = await Promise.race([opened.then(() => null), thread.ended]);
  if (failure) throw failure;
  return {
    store: openReadingStore(url),
    ended: thread.ended,
    writer: {
      run: (order) => thread.ask({ type: 'run', order: order as never }) as never,
      check: async () => {
        await thread.ask({ type: 'check' });
      },
      close: () => thread.close(),
    },
  };
}

/** Opens the store at an address with its writer: in a thread of its own where it is a SQLite file, else in line. */
export async function openWriter(url: string, site: Site, events: WriterEvents): Promise<Written> {
  if (hasWritingThread(url)) return openThread(url, site, events);
  const store = await openStore(url);
  return {
    store,
    writer: createWriter({ store, site, kinds: KINDS, ...events }),
    ended: new Promise(() => undefined),
  };
}
