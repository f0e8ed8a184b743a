/**
 * Loaded into a server before its own code: tells its parent how long the loop of the thread that answers was held up, and how
 * much of the processor that thread has had, whenever it is asked. Run by itself it is a process that does nothing else: what it sees is the machine's doing.
 */
import process from 'node:process';
import { isMainThread } from 'node:worker_threads';
import { tellWork, watchLoop } from './loop-delay.ts';

if (isMainThread && process.send) {
  const takeDelay = watchLoop();
  process.on('message', (asked) => {
    if (asked !== null && typeof asked === 'object' && 'work' in asked) process.send?.(tellWork());
    else process.send?.(takeDelay());
  });
}
