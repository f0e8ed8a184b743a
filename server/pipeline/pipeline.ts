/**
 * The order of things: the only writer of events, dossiers and tallies. Hides folding, summing and the clock's own work.
 * Law: one commit is one transaction and at most one change told, after it is safe; a throw rolls everything back.
 */
import { CalendarYearMissing } from '../../shared/calendar.ts';
import { BATCH_EVENTS, type OpsEvent } from '../../shared/event.ts';
import { dayOf } from '../../shared/period.ts';
import type { Outcome } from '../dossier/fold.ts';
import type { FoldContext } from '../dossier/life.ts';
import type { Step } from '../dossier/step.ts';
import { AppError, type InputError } from '../errors.ts';
import type { Site } from '../site.ts';
import {
  dropFineSums,
  findKnownIds,
  insertEvents,
  noteTick,
  readDossiers,
  readDueDossiers,
  touchFeed,
} from '../store/log-store.ts';
import type { Store, Tx } from '../store/store.ts';
import { type Admitted, admitEvents } from './door.ts';
import { DUE_AT_ONCE, moveDue, writeFolds } from './due.ts';
import { createLedger, fineFrom, type Ledger } from './ledger.ts';
import { createQueue } from './queue.ts';
import { createRecall, type Recall } from './recall.ts';
import { type Folded, findMissingYear, foldSteps, recallFold } from './refold.ts';
import { createTreeCache, foldContext, type TreeCache } from './world.ts';

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

/** Who speaks: the feed and the unit whose subtree it may speak of. */
export type Speaker = { feed: string; unit: number };

export type Receipt = { accepted: number; duplicates: number; seq: number };

export type Pipeline = {
  /** Takes a batch, all or nothing. Throws AppError `unprocessable` or `forbidden`. */
  ingest: (events: readonly OpsEvent[], speaker: Speaker, now: number) => Promise<Receipt>;
  /** Does what the clock has made due by `now`; gives the number of dossiers it moved. */
  tick: (now: number) => Promise<number>;
  trees: TreeCache;
};

export type PipelineParts = { store: Store; site: Site; publish: (change: Change) => void };

/** The newest steps of a batch that a live strip could show. */
const STRIP_STEPS = 30;

/** The fresh events of some deliveries, and those that are steps by their dossier. */
type Batch = { fresh: Admitted[]; dossiers: Map<string, Admitted[]> };

function groupByDossier(admitted: readonly Admitted[]): Map<string, Admitted[]> {
  const groups = new Map<string, Admitted[]>();
  for (const event of admitted) {
    const key = event.log.subject;
    if (!event.step || key === null) continue;
    const group = groups.get(key);
    if (group) group.push(event);
    else groups.set(key, [event]);
  }
  return groups;
}

/** Whether an event is the first of its id among the ids known; it is known from then on. */
function isFirst({ log }: Admitted, known: Set<string>): boolean {
  if (known.has(log.id)) return false;
  known.add(log.id);
  return true;
}

/** The events a feed has not told before: a step is known by its dossier, anything else by the log. */
async function findFresh(
  tx: Tx,
  { feed, admitted, before }: Pick<Work, 'admitted' | 'before'> & { feed: string },
): Promise<Batch> {
  const others = admitted.filter(({ step }) => step === null);
  const ids = others.map(({ log }) => log.id);
  const known = await findKnownIds(tx, feed, ids);
  const steps = [...groupByDossier(admitted)].flatMap(([key, group]) => {
    const told = before.get(key)?.steps.filter((step) => step.feed === feed) ?? [];
    const knownHere = new Set(told.map(({ id }) => id));
    return group.filter((event) => isFirst(event, knownHere));
  });
  const fresh = new Set([...others.filter((event) => isFirst(event, known)), ...steps]);
  return { fresh: admitted.filter((event) => fresh.has(event)), dossiers: groupByDossier(steps) };
}

/** The dossiers of a batch as they stand before it, by key: those in mind, the others from their rows. */
async function recallDossiers(
  tx: Tx,
  keys: readonly string[],
  known: ReadonlyMap<string, Folded>,
  context: FoldContext,
): Promise<ReadonlyMap<string, Folded>> {
  const unknown = keys.filter((key) => !known.has(key));
  const rows = await readDossiers(tx, unknown);
  const before = new Map([...rows.values()].map((row) => [row.key, recallFold(row, context)]));
  for (const key of keys) {
    const dossier = known.get(key);
    if (dossier) before.set(key, dossier);
  }
  return before;
}

type Work = {
  batch: Batch;
  before: ReadonlyMap<string, Folded>;
  context: FoldContext;
  admitted: readonly Admitted[];
};

/** Each dossier of the batch with all its steps, those of before and the fresh ones. */
function listGrown({ batch, before }: Work): { key: string; steps: Step[]; last: Admitted | undefined }[] {
  return [...batch.dossiers].map(([key, group]) => {
    const added = group.flatMap(({ step }) => (step ? [step] : []));
    return { key, steps: [...(before.get(key)?.steps ?? []), ...added], last: group.at(-1) };
  });
}

/** Names the events whose due time lies in a year without a calendar: nothing is guessed. */
function explainMissingYear(work: Work): AppError {
  const errors: InputError[] = [];
  for (const { key, steps, last } of listGrown(work)) {
    const year = findMissingYear(key, steps, work.context);
    if (year === null || !last) continue;
    const reason = `needs the working calendar of ${year}, which is not loaded: state due, or load the year`;
    errors.push({ index: work.admitted.indexOf(last), field: 'due', reason });
  }
  return new AppError('unprocessable', 'Some events cannot be taken; none was.', errors);
}

function foldBatch(work: Work, ledger: Ledger): Folded[] {
  try {
    return listGrown(work).map(({ key, steps }) => {
      const after = foldSteps(key, steps, work.context);
      ledger.replace(work.before.get(key)?.contribution, after.contribution);
      return after;
    });
  } catch (error) {
    if (error instanceof CalendarYearMissing) throw explainMissingYear(work);
    throw error;
  }
}

function listSteps({ fresh }: Batch, folded: readonly Folded[], seq: number): ChangedStep[] {
  const states = new Map(folded.map(({ key, state }) => [key, state]));
  const newest = fresh.filter(({ step }) => step !== null).sort((a, b) => b.log.at - a.log.at);
  return newest.slice(0, STRIP_STEPS).flatMap(({ log, step }): ChangedStep[] => {
    const state = log.subject === null ? undefined : states.get(log.subject);
    if (!step || !state) return [];
    const outcome = step.status >= 9 && step.at === state.endAt ? state.outcome : null;
    const { at, status, procedure, channel } = step;
    return [{ seq, at, unit: step.resolver, status, procedure, channel, outcome }];
  });
}

type Commit = { tx: Tx; site: Site; trees: TreeCache; recall: Recall; hashKey: string; now: number };

/** A batch at the door. */
type Delivery = { events: readonly OpsEvent[]; speaker: Speaker; now: number };

/** What a commit did: the change to tell, and the dossiers it folded. */
type Done = { change: Change; folded: readonly Folded[] };

/** Takes deliveries of one speaker, all or nothing; gives for each how many of its events were new. */
async function takeDeliveries(
  commit: Commit,
  deliveries: readonly Delivery[],
  { feed, unit }: Speaker,
): Promise<Done & { accepted: number[] }> {
  const { tx, site, trees, hashKey, now } = commit;
  const tree = await trees.load(tx, tx.unitSeq);
  const door = { feed, tree, scope: tree.ancestry(unit), zone: site.zone, hashKey };
  const parcels = deliveries.map((delivery) => admitEvents(delivery.events, { ...door, now: delivery.now }));
  const admitted = parcels.flat();
  const context = foldContext(site, tree, now);
  const keys = [...groupByDossier(admitted).keys()];
  const before = await recallDossiers(tx, keys, commit.recall.at(tx.seq), context);
  const batch = await findFresh(tx, { feed, admitted, before });
  const ledger = createLedger(site.zone, now);
  const folded = foldBatch({ batch, before, context, admitted }, ledger);
  const logged = batch.fresh.map(({ log }) => log);
  await insertEvents(tx, feed, logged);
  const units = await writeFolds(tx, folded, ledger);
  const lastAt = logged.reduce<number | null>((last, { at }) => Math.max(last ?? at, at), null);
  await touchFeed(tx, { feed, events: logged.length, lastAt, now });
  const change: Change = { seq: tx.seq, units, feeds: true, steps: listSteps(batch, folded, tx.seq) };
  const fresh = new Set(batch.fresh);
  const accepted = parcels.map((parcel) => parcel.filter((event) => fresh.has(event)).length);
  return { change, folded, accepted };
}

/** Deliveries of one speaker may share a commit while together they are no more than the largest batch. */
function mayJoin(group: readonly Delivery[], { speaker, events }: Delivery): boolean {
  const total = group.reduce((sum, delivery) => sum + delivery.events.length, events.length);
  return total <= BATCH_EVENTS && group.every((delivery) => delivery.speaker.feed === speaker.feed);
}

/** What the clock has changed by now, and the end of fine rows of days gone by. */
async function takeTick({ tx, site, trees, now }: Commit, isNewDay: boolean): Promise<Done> {
  const context = foldContext(site, await trees.load(tx, tx.unitSeq), now);
  const { units, folded } = await moveDue(tx, context);
  if (isNewDay) await dropFineSums(tx, fineFrom(now, site.zone));
  await noteTick(tx, now);
  return { change: { seq: tx.seq, units, feeds: false, steps: [] }, folded };
}

/** The pipeline of a store. */
export function createPipeline({ store, site, publish }: PipelineParts): Pipeline {
  const recall = createRecall();
  const shared = { site, trees: createTreeCache(), recall, hashKey: store.hashKey };
  let tickedDay = '';
  /** One commit; what it changed is noted and told once it is safe. */
  const commit = async <T extends Done>(now: number, work: (commit: Commit) => Promise<T>): Promise<T> => {
    const done = await store.commit((tx) => work({ tx, ...shared, now }));
    recall.note(done.change.seq, done.folded);
    publish(done.change);
    return done;
  };
  const deliver = createQueue<Delivery, Receipt>({
    fits: mayJoin,
    async work(deliveries) {
      const speaker = deliveries[0]?.speaker;
      if (!speaker) return [];
      const now = Math.max(...deliveries.map((delivery) => delivery.now));
      const { change, accepted } = await commit(now, (open) => takeDeliveries(open, deliveries, speaker));
      return deliveries.map(({ events }, index) => {
        const taken = accepted[index] ?? 0;
        return { accepted: taken, duplicates: events.length - taken, seq: change.seq };
      });
    },
  });
  return {
    trees: shared.trees,
    ingest: (events, speaker, now) => deliver({ events, speaker, now }),
    async tick(now) {
      const today = dayOf(now, site.zone);
      let total = 0;
      for (let moved = DUE_AT_ONCE; moved === DUE_AT_ONCE; ) {
        const isNewDay = tickedDay !== today;
        if (!isNewDay && (await readDueDossiers(store.reader, now, 1)).length === 0) break;
        const { folded } = await commit(now, (open) => takeTick(open, isNewDay));
        tickedDay = today;
        moved = folded.length;
        total += moved;
      }
      return total;
    },
  };
}
