/** Questions to a process of ours, and what it replies: one at a time. */
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import type { LoopDelay } from './loop-delay.ts';

/** The next thing a process says; throws when it ends instead. */
export async function hear<T>(child: ChildProcess): Promise<T> {
  const leaving = new AbortController();
  const gone = once(child, 'exit', { signal: leaving.signal }).then(([code]) => {
    throw new Error(`a process of the benchmark ended with ${code}`);
  });
  gone.catch(() => undefined);
  try {
    const said = once(child, 'message', { signal: leaving.signal });
    const [answer] = (await Promise.race([said, gone])) as [T];
    return answer;
  } finally {
    leaving.abort();
  }
}

/** Tells a process something and gives what it replies. */
export async function ask<T>(child: ChildProcess, order: object): Promise<T> {
  const reply = hear<T>(child);
  child.send(order);
  return reply;
}

/** How much of the processor the answering thread of such a process has had so far, in ms. */
export const askWork = (child: ChildProcess): Promise<number> => ask<number>(child, { work: true });

/** How long the loop of a process that was started with `tell-loop-delay.ts` was held up since last asked. */
export const askLoopDelay = (child: ChildProcess): Promise<LoopDelay> => ask<LoopDelay>(child, {});
