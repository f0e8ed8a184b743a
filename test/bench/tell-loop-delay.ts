/**
 * Loaded into a server before its own code: tells its parent how long the loop of the thread that answers was held up,
 * whenever it is asked. Run by itself it is a process that does nothing else: what it sees is the machine's doing.
 */
import process from 'node:process';
import { isMainThread } from 'node:worker_threads';
import { watchLoop } from './loop-delay.ts';

if (isMainThread && process.send) {
  const takeDelay = watchLoop();
  process.on('message', () => process.send?.(takeDelay()));
}
