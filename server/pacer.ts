/** Waits for one's turn: of those that wait a few go at a time, and others are heard in between. */
export type Pacer = () => Promise<void>;

/** A pacer that lets so many go at once. */
export function createPacer(atOnce: number): Pacer {
  const waiting: (() => void)[] = [];
  let isRunning = false;
  const run = () => {
    for (const go of waiting.splice(0, atOnce)) go();
    if (waiting.length > 0) setImmediate(run);
    else isRunning = false;
  };
  return () =>
    new Promise((resolve) => {
      waiting.push(resolve);
      if (isRunning) return;
      isRunning = true;
      setImmediate(run);
    });
}
