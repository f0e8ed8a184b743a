/** The thread that holds a SQLite file for writing: folds and writes there, in order. Started by open-writer.ts alone. */
import { parentPort, workerData } from 'node:worker_threads';
import { KINDS } from '../kinds/kinds.ts';
import { createSite } from '../site.ts';
import { openStore } from '../store/store.ts';
import { type Message, packError, type Question, type ThreadFacts } from './messages.ts';
import { createWriter, type Writer } from './writer.ts';

type Port = NonNullable<typeof parentPort>;

async function answer(writer: Writer, question: Exclude<Question, { type: 'close' }>): Promise<Message> {
  const { id } = question;
  try {
    if (question.type === 'run') return { type: 'answer', id, answer: await writer.run(question.order) };
    await writer.check();
    return { type: 'answer', id, answer: null };
  } catch (error) {
    return { type: 'failure', id, error: packError(error) };
  }
}

async function serve(port: Port, { url, site }: ThreadFacts): Promise<void> {
  const store = await openStore(url);
  const say = (message: Message) => port.postMessage(message);
  const writer = createWriter({
    ...{ store, kinds: KINDS, site: createSite(site) },
    publish: (change) => say({ type: 'change', change }),
    onProgress: (subjects) => say({ type: 'progress', subjects }),
  });
  const close = async () => {
    await writer.close();
    await store.close();
    port.close();
  };
  port.on('message', (question: Question) => {
    if (question.type === 'close') void close();
    else void answer(writer, question).then(say);
  });
  say({ type: 'open' });
}

if (parentPort) await serve(parentPort, workerData as ThreadFacts);
