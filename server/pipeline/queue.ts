/**
 * What may be done together, and how: `prepare` readies a group while the one before it is still being done, `perform`
 * gives one result per item, in order. Either may throw, and has done nothing then.
 */
export type QueueParts<T, P, R> = {
  fits: (group: readonly T[], item: T) => boolean;
  prepare: (group: readonly T[]) => Promise<P>;
  perform: (group: readonly T[], prepared: P) => Promise<readonly R[]>;
};

type Waiting<T, R> = { item: T; resolve: (result: R) => void; reject: (error: unknown) => void };
type Ready<P> = { prepared: P } | { error: unknown };

/**
 * A queue whose items are done in the order they came, those that wait together in one go: a durable commit costs
 * about the same for one batch as for twenty. A group that throws is done again one by one, so each has its own answer.
 */
export function createQueue<T, P, R>({
  fits,
  prepare,
  perform,
}: QueueParts<T, P, R>): (item: T) => Promise<R> {
  const queue: Waiting<T, R>[] = [];
  let isRunning = false;
  let performing: Promise<void> = Promise.resolve();

  const takeGroup = (): Waiting<T, R>[] => {
    const group = queue.splice(0, 1);
    const items = group.map(({ item }) => item);
    for (let next = queue[0]; next && fits(items, next.item); next = queue[0]) {
      queue.shift();
      group.push(next);
      items.push(next.item);
    }
    return group;
  };

  const ready = (group: readonly Waiting<T, R>[]): Promise<Ready<P>> =>
    prepare(group.map(({ item }) => item)).then(
      (prepared) => ({ prepared }),
      (error: unknown) => ({ error }),
    );

  const settle = async (group: readonly Waiting<T, R>[], made: Ready<P>): Promise<void> => {
    try {
      if ('error' in made) throw made.error;
      const items = group.map(({ item }) => item);
      const results = await perform(items, made.prepared);
      for (const [index, { resolve }] of group.entries()) resolve(results[index] as R);
    } catch (error) {
      if (group.length === 1) group[0]?.reject(error);
      else for (const one of group) await settle([one], await ready([one]));
    }
  };

  const run = async (): Promise<void> => {
    while (queue.length > 0) {
      const group = takeGroup();
      const made = await ready(group);
      await performing;
      performing = settle(group, made);
    }
    isRunning = false;
  };

  return (item) =>
    new Promise((resolve, reject) => {
      queue.push({ item, resolve, reject });
      if (isRunning) return;
      isRunning = true;
      // Those whose requests came in with this one's get the time to join it.
      setImmediate(() => void run());
    });
}
