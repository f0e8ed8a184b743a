import type { Changed, Done } from '../acts/act.ts';
import { ACTS } from '../acts/acts.ts';
import { createTreeCache } from '../acts/work.ts';
import { AppError } from '../errors.ts';
import type { Caller } from '../people/caller.ts';
import type { Site } from '../site.ts';
import { createRuleCache } from '../store/rule-book.ts';
import type { Attempt, Tx } from '../store/store.ts';
import type { Change, Order, WriterParts } from './order.ts';
import type { Outcome } from './queue.ts';

function checkFold({ foldKey }: Tx, site: Site): void {
  if (foldKey === site.foldKey) return;
  throw new AppError(
    'staleFold',
    'The store was folded by another calendar, zone or norms than this program has: restart it.',
  );
}

/** Nothing is to be kept: an act only looked, or all of a group failed. What it answers is told all the same. */
class Undone extends Error {
  readonly answer: unknown;
  constructor(answer: unknown) {
    super('undone');
    this.answer = answer;
  }
}

function merge(changes: readonly (Changed | null)[]): Changed | null {
  const seen = changes.filter((change) => change !== null);
  if (seen.length === 0) return null;
  const units = seen.some((change) => change.units === 'any')
    ? 'any'
    : new Set(seen.flatMap((change) => [...(change.units as ReadonlySet<number>)]));
  const rights = seen.some((change) => change.rights) ? { rights: true as const } : {};
  return { units, feeds: seen.some(({ feeds }) => feeds), ...rights };
}

type Run = (work: unknown, caller: Caller, input: unknown) => Promise<Done<unknown>>;

type RunOne = (tx: Tx, order: Order) => Promise<Done<unknown>>;

function createRunner({ store, site, kinds, onProgress }: WriterParts): RunOne {
  const trees = createTreeCache();
  const rules = createRuleCache();
  return async (tx, { name, caller, input }) => {
    const { run, adds } = ACTS[name];
    if (adds) checkFold(tx, site);
    const work = { tx, site, kinds, hashKey: store.hashKey, trees, rules, onProgress };
    const done = await (run as unknown as Run)(work, caller, input);
    if (done.isUndone) throw new Undone(done.answer);
    return done;
  };
}

/** What a transaction came to: an outcome for each of its acts, and the change to tell. */
type Ended = { outcomes: readonly Outcome<unknown>[]; change: Change };

/** Told all the same: who is told of every commit need not look for what it was not told of. */
const NOTHING_SEEN: Changed = { units: new Set(), feeds: false };

async function runTogether(
  orders: readonly Order[],
  runOne: RunOne,
  { tx, attempt }: { tx: Tx; attempt: Attempt },
): Promise<Ended> {
  const outcomes: Outcome<unknown>[] = [];
  const changes: (Changed | null)[] = [];
  for (const order of orders) {
    try {
      const { answer, changed } = await attempt(() => runOne({ ...tx, at: order.now }, order));
      outcomes.push({ value: answer });
      changes.push(changed);
    } catch (error) {
      if (error instanceof AppError && error.code === 'notReady') throw error;
      outcomes.push({ error });
    }
  }
  if (outcomes.every((outcome) => 'error' in outcome)) throw new Undone(outcomes);
  return { outcomes, change: { ...(merge(changes) ?? NOTHING_SEEN), seq: tx.seq } };
}

async function runAlone(order: Order, runOne: RunOne, tx: Tx): Promise<Ended> {
  const { answer, changed } = await runOne(tx, order).catch((error: unknown) => {
    throw error instanceof Undone ? new Undone([{ value: error.answer }]) : error;
  });
  return { outcomes: [{ value: answer }], change: { ...(changed ?? NOTHING_SEEN), seq: tx.seq } };
}

/** Performs orders in one transaction, several each in a part of its own; an outcome for each, in order. Never throws. */
export function createPerformer(
  parts: WriterParts,
): (orders: readonly Order[]) => Promise<readonly Outcome<unknown>[]> {
  const runOne = createRunner(parts);
  return async (orders) => {
    try {
      const now = Math.max(...orders.map((order) => order.now));
      const [order] = orders;
      const { outcomes, change } = await parts.store.commit(now, (tx, attempt) =>
        order && orders.length === 1
          ? runAlone(order, runOne, tx)
          : runTogether(orders, runOne, { tx, attempt }),
      );
      parts.publish(change);
      return outcomes;
    } catch (error) {
      if (error instanceof Undone) return error.answer as Outcome<unknown>[];
      return orders.map(() => ({ error }));
    }
  };
}
