/** Loaded into a server before its own code: SIGUSR2 ends the thread of its writer, as a crash of it would. */
import { Worker } from 'node:worker_threads';

const workers = new Set<Worker>();
const { postMessage } = Worker.prototype;
Worker.prototype.postMessage = function (...message) {
  workers.add(this);
  return postMessage.apply(this, message);
};
process.on('SIGUSR2', () => {
  for (const worker of workers) void worker.terminate();
});
