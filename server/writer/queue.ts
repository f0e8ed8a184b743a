/** What may be done together (`fits`), and how: one outcome per item, in order. `perform` does not throw. */
export type QueueParts<T, R> = {
  fits: (group: readonly T[], item: T) => boolean;
  perform: (group: readonly T[]) => Promise<readonly Outcome<R>[]>;
};

export type Outcome<R> = { value: R } | { error: unknown };

type Waiting<T, R> = { item: T; resolve: (result: R) => void; reject: (error: unknown) => void };

/** A queue whose items are done in the order they came, those that wait together in one go. */
export type Queue<T, R> = { add: (item: T) => Promise<R>; whenIdle: () => Promise<void> };

/** A durable commit costs about the same for one small batch as for twenty. */
export function createQueue<T, R>({ fits, perform }: QueueParts<T, R>): Queue<T, R> {
  const queue: Waiting<T, R>[] = [];
  let running: Promise<void> | null = null;

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

  const run = async (): Promise<void> => {
    // Those whose requests came in with the first one's get the time to join it.
    await new Promise((resolve) => setImmediate(resolve));
    while (queue.length > 0) {
      const group = takeGroup();
      const outcomes = await perform(group.map(({ item }) => item));
      for (const [index, { resolve, reject }] of group.entries()) {
        const outcome = outcomes[index] ?? { error: new Error('nothing came of it') };
        if ('value' in outcome) resolve(outcome.value);
        else reject(outcome.error);
      }
    }
    running = null;
  };

  return {
    add: (item) =>
      new Promise((resolve, reject) => {
        queue.push({ item, resolve, reject });
        running ??= run();
      }),
    whenIdle: async () => {
      await running;
    },
  };
}
