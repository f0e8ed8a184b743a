/**
 * The commits of a store, one after the other. Hides that a batch is folded while the one before it is still being
 * written. Law: what was folded ahead is written only in the very commit, and among the very units, it was folded for;
 * otherwise it is folded again within its transaction.
 */
import type { Outcome } from '../dossier/life.ts';
import type { Step } from '../dossier/step.ts';
import { isVoid } from '../dossier/step.ts';
import type { Site } from '../site.ts';
import { dropFineSums, noteTick } from '../store/log-store.ts';
import type { Reader, Store, Tx } from '../store/store.ts';
import { type Delivery, type Prepared, prepareDeliveries } from './batch.ts';
import { moveDue, writeFolds } from './due.ts';
import { fineFrom } from './ledger.ts';
import { createRecall, type Mark } from './recall.ts';
import type { Folded } from './refold.ts';
import { foldContext, type TreeCache } from './world.ts';

/** What a commit changed: whose rows, which feed, and the steps it was told of. */
export type Change = {
  seq: number;
  units: ReadonlySet<number>;
  feeds: boolean;
  steps: readonly ChangedStep[];
};

/** A step for the live strip. */
export type ChangedStep = Pick<Step, 'at' | 'status' | 'procedure' | 'channel'> & {
  seq: number;
  unit: number;
  outcome: Outcome | null;
};

/** The clock's own work by an instant; on a new day fine rows of days gone by are dropped. */
export type Tick = { kind: 'tick'; now: number; isNewDay: boolean };

export type Job = Delivery | Tick;

/** In which commit a job was done, and how many of its events were new or dossiers moved. */
export type Result = { seq: number; count: number };

/** A batch folded ahead: for which commit, among which units. */
export type Ahead = { prepared: Prepared; mark: Mark; unitSeq: number };

export type Commits = {
  /** Folds a group of one speaker ahead of its commit; undefined where that commit cannot be foreseen. */
  prepare: (group: readonly Job[]) => Promise<Ahead | undefined>;
  /** Commits a group, deliveries of one speaker or one tick, and tells what it changed; gives a result for each. */
  perform: (group: readonly Job[], ahead: Ahead | undefined) => Promise<Result[]>;
};

export type CommitParts = { store: Store; site: Site; trees: TreeCache; publish: (change: Change) => void };

/** The newest steps of a batch that a live strip could show. */
const STRIP_STEPS = 30;

/** What a commit did: the change to tell, a count for each of its jobs, and the dossiers that nobody had foreseen. */
type Done = { change: Change; counts: readonly number[]; unforeseen?: readonly Folded[] };

function listSteps({ fresh, folded }: Prepared, seq: number): ChangedStep[] {
  const states = new Map(folded.map(({ key, state }) => [key, state]));
  const newest = fresh
    .filter(({ step }) => step !== null && !isVoid(step))
    .sort((a, b) => b.log.at - a.log.at);
  return newest.slice(0, STRIP_STEPS).flatMap(({ log, step }): ChangedStep[] => {
    const state = log.subject === null ? undefined : states.get(log.subject);
    if (!step || !state) return [];
    const outcome = step.status >= 9 && step.at === state.endAt ? state.outcome : null;
    const { at, status, procedure, channel } = step;
    return [{ seq, at, unit: step.resolver, status, procedure, channel, outcome }];
  });
}

async function writeBatch(tx: Tx, prepared: Prepared): Promise<Done> {
  const { feed, now, fresh, folded, changes, accepted } = prepared;
  const log = { feed, events: fresh.map((event) => event.log), now };
  const units = await writeFolds(tx, { log, folded, changes });
  const change: Change = { seq: tx.seq, units, feeds: true, steps: listSteps(prepared, tx.seq) };
  return { change, counts: accepted };
}

async function writeTick(
  tx: Tx,
  { site, trees }: Pick<CommitParts, 'site' | 'trees'>,
  { now, isNewDay }: Tick,
): Promise<Done> {
  const context = foldContext(site, await trees.load(tx, tx.unitSeq), now);
  const { units, folded } = await moveDue(tx, context);
  if (isNewDay) await dropFineSums(tx, fineFrom(now, site.zone));
  await noteTick(tx, now);
  const change = { seq: tx.seq, units, feeds: false, steps: [] };
  return { change, counts: [folded.length], unforeseen: folded };
}

const listDeliveries = (group: readonly Job[]): Delivery[] =>
  group.flatMap((job) => (job.kind === 'delivery' ? [job] : []));

/** Steps alone can be folded ahead: whether an id of another kind is known stands in the log, and nowhere else. */
const isOfSteps = (deliveries: readonly Delivery[]): boolean =>
  deliveries.every(({ events }) => events.every(({ kind }) => kind === 'dossier'));

/** The commits of a store, for one caller that makes them one by one, in the order it prepared them. */
export function createCommits({ store, site, trees, publish }: CommitParts): Commits {
  const recall = createRecall();
  /** The last commit that was not foreseen: before its outcome is known, nothing after it can be. */
  let open: Promise<unknown> = Promise.resolve();

  const weigh = async (
    deliveries: readonly Delivery[],
    { reader, unitSeq, known }: { reader: Reader; unitSeq: number; known: ReadonlyMap<string, Folded> },
  ): Promise<Prepared> => {
    const [first] = deliveries;
    if (!first) throw new Error('a group has at least one delivery');
    const scales = { reader, site, tree: await trees.load(reader, unitSeq), hashKey: store.hashKey, known };
    return prepareDeliveries(scales, deliveries, first.speaker);
  };

  const write = async (tx: Tx, group: readonly Job[], ahead: Ahead | undefined): Promise<Done> => {
    const { seq, unitSeq } = tx;
    if (ahead?.unitSeq === unitSeq && recall.holds(ahead.mark, seq)) return writeBatch(tx, ahead.prepared);
    if (ahead) recall.forget();
    const known = recall.within(seq);
    const [job] = group;
    if (job?.kind === 'tick') return writeTick(tx, { site, trees }, job);
    const prepared = await weigh(listDeliveries(group), { reader: tx, unitSeq, known });
    return { ...(await writeBatch(tx, prepared)), unforeseen: prepared.folded };
  };

  const commit = async (group: readonly Job[], ahead: Ahead | undefined): Promise<Result[]> => {
    try {
      if (!ahead) recall.begin();
      const { change, counts, unforeseen } = await store.commit((tx) => write(tx, group, ahead));
      if (unforeseen) recall.note(change.seq, unforeseen);
      publish(change);
      return counts.map((count) => ({ seq: change.seq, count }));
    } catch (error) {
      recall.forget();
      throw error;
    }
  };

  return {
    async prepare(group) {
      const deliveries = listDeliveries(group);
      if (deliveries.length === 0 || !isOfSteps(deliveries)) return undefined;
      await open;
      const look = recall.look();
      if (!look) return undefined;
      const { unitSeq } = await store.readClock();
      const prepared = await weigh(deliveries, { reader: store.reader, unitSeq, known: look.dossiers });
      const mark = recall.foresee(look, prepared.folded);
      return mark && { prepared, mark, unitSeq };
    },
    perform(group, ahead) {
      const performed = commit(group, ahead);
      if (!ahead) open = performed.catch(() => undefined);
      return performed;
    },
  };
}
