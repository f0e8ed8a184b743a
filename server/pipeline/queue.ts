/** What may be done together, and how: `work` gives one result per item, in order, or throws and has done nothing. */
export type QueueParts<T, R> = {
  fits: (group: readonly T[], item: T) => boolean;
  work: (group: readonly T[]) => Promise<readonly R[]>;
};

type Waiting<T, R> = { item: T; resolve: (result: R) => void; reject: (error: unknown) => void };

/**
 * A queue whose items are done in the order they came, those that wait together in one go: a durable commit costs
 * about the same for one batch as for twenty. A group that throws is done again one by one, so each has its own answer.
 */
export function createQueue<T, R>({ fits, work }: QueueParts<T, R>): (item: T) => Promise<R> {
  const queue: Waiting<T, R>[] = [];
  let isRunning = false;

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

  const settle = async (group: readonly Waiting<T, R>[]): Promise<void> => {
    try {
      const results = await work(group.map(({ item }) => item));
      for (const [index, { resolve }] of group.entries()) resolve(results[index] as R);
    } catch (error) {
      if (group.length === 1) group[0]?.reject(error);
      else for (const one of group) await settle([one]);
    }
  };

  const run = async (): Promise<void> => {
    while (queue.length > 0) await settle(takeGroup());
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
