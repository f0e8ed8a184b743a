/**
 * What a batch of one feed comes to before anything is written: which events are new, its dossiers folded with them, the
 * differences that makes to the sums. Reads only; throws AppError `unprocessable` or `forbidden`.
 */
import { CalendarYearMissing } from '../../shared/calendar.ts';
import type { OpsEvent } from '../../shared/event.ts';
import type { UnitTree } from '../../shared/unit.ts';
import type { FoldContext } from '../dossier/life.ts';
import type { Step } from '../dossier/step.ts';
import { AppError, type InputError } from '../errors.ts';
import type { Site } from '../site.ts';
import { findKnownIds, readDossiers, type SumChange } from '../store/log-store.ts';
import type { Reader } from '../store/store.ts';
import { createBreath } from './breath.ts';
import { type Admitted, admitEvents } from './door.ts';
import { createLedger, type Ledger } from './ledger.ts';
import { type Folded, findMissingYear, foldSteps, recallFold } from './refold.ts';
import { foldContext } from './world.ts';

/** Who speaks: the feed and the unit whose subtree it may speak of. */
export type Speaker = { feed: string; unit: number };

/** A batch at the door. */
export type Delivery = { kind: 'delivery'; events: readonly OpsEvent[]; speaker: Speaker; now: number };

/** Where deliveries are weighed: a reader (an open transaction is one), the units, the dossiers in mind. */
export type Scales = {
  reader: Reader;
  site: Site;
  tree: UnitTree;
  hashKey: string;
  known: ReadonlyMap<string, Folded>;
};

/** What deliveries of a feed come to: what to write, and for each delivery how many of its events were new. */
export type Prepared = {
  feed: string;
  now: number;
  fresh: readonly Admitted[];
  folded: readonly Folded[];
  changes: SumChange[];
  accepted: readonly number[];
};

/** `told`: the steps among the admitted by their dossier, as it stands `before`. */
type Work = {
  admitted: readonly Admitted[];
  told: ReadonlyMap<string, readonly Admitted[]>;
  before: ReadonlyMap<string, Folded>;
  context: FoldContext;
};

/** The fresh events of some deliveries, and those that are steps by their dossier; no dossier without one. */
type Batch = { fresh: ReadonlySet<Admitted>; dossiers: ReadonlyMap<string, readonly Admitted[]> };

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

/** The dossiers of these keys as they stand before a batch: those in mind, the others from their rows. */
async function recallDossiers(
  { reader, known }: Scales,
  keys: readonly string[],
  context: FoldContext,
): Promise<ReadonlyMap<string, Folded>> {
  const before = new Map<string, Folded>();
  for (const key of keys) {
    const dossier = known.get(key);
    if (dossier) before.set(key, dossier);
  }
  const unknown = keys.filter((key) => !before.has(key));
  const rows = await readDossiers(reader, unknown);
  for (const row of rows.values()) before.set(row.key, recallFold(row, context));
  return before;
}

/** Whether an event is the first of its id among the ids known; it is known from then on. */
function isFirst({ log }: Admitted, known: Set<string>): boolean {
  if (known.has(log.id)) return false;
  known.add(log.id);
  return true;
}

/** The events a feed has not told before: a step is known by its dossier, anything else by the log. */
async function findFresh({ reader }: Scales, feed: string, { admitted, told, before }: Work): Promise<Batch> {
  const others = admitted.filter(({ step }) => step === null);
  const ids = others.map(({ log }) => log.id);
  const known = await findKnownIds(reader, feed, ids);
  const fresh = new Set(others.filter((event) => isFirst(event, known)));
  const dossiers = new Map<string, readonly Admitted[]>();
  for (const [key, group] of told) {
    const own = before.get(key)?.steps.filter((step) => step.feed === feed) ?? [];
    const knownHere = new Set(own.map(({ id }) => id));
    const first = group.filter((event) => isFirst(event, knownHere));
    for (const event of first) fresh.add(event);
    if (first.length > 0) dossiers.set(key, first);
  }
  return { fresh, dossiers };
}

type Grown = { key: string; steps: Step[]; last: Admitted | undefined };

/** Each dossier of the batch with all its steps, those of before and the fresh ones. */
function listGrown({ dossiers }: Batch, before: ReadonlyMap<string, Folded>): Grown[] {
  return [...dossiers].map(([key, group]) => {
    const added = group.flatMap(({ step }) => (step ? [step] : []));
    return { key, steps: [...(before.get(key)?.steps ?? []), ...added], last: group.at(-1) };
  });
}

/** Names the events whose due time lies in a year without a calendar: nothing is guessed. */
function explainMissingYear(grown: readonly Grown[], { admitted, context }: Work): AppError {
  const errors: InputError[] = [];
  for (const { key, steps, last } of grown) {
    const year = findMissingYear(key, steps, context);
    if (year === null || !last) continue;
    const reason = `needs the working calendar of ${year}, which is not loaded: state due, or load the year`;
    errors.push({ index: admitted.indexOf(last), field: 'due', reason });
  }
  return new AppError('unprocessable', 'Some events cannot be taken; none was.', errors);
}

async function foldGrown(grown: readonly Grown[], work: Work, ledger: Ledger): Promise<Folded[]> {
  const folded: Folded[] = [];
  const breath = createBreath();
  try {
    for (const { key, steps } of grown) {
      const after = foldSteps(key, steps, work.context);
      ledger.replace(work.before.get(key)?.contribution, after.contribution);
      folded.push(after);
      await breath.take();
    }
    return folded;
  } catch (error) {
    if (error instanceof CalendarYearMissing) throw explainMissingYear(grown, work);
    throw error;
  }
}

/** Weighs deliveries of one speaker, all or nothing, as of the latest of them. */
export async function prepareDeliveries(
  scales: Scales,
  deliveries: readonly Delivery[],
  { feed, unit }: Speaker,
): Promise<Prepared> {
  const { tree, site, hashKey } = scales;
  const now = Math.max(...deliveries.map((delivery) => delivery.now));
  const door = { feed, tree, scope: tree.scopeOf(unit), zone: site.zone, hashKey };
  const parcels: Admitted[][] = [];
  for (const delivery of deliveries)
    parcels.push(await admitEvents(delivery.events, { ...door, now: delivery.now }));
  const admitted = parcels.flat();
  const context = foldContext(site, tree, now);
  const told = groupByDossier(admitted);
  const before = await recallDossiers(scales, [...told.keys()], context);
  const work = { admitted, told, before, context };
  const batch = await findFresh(scales, feed, work);
  const ledger = createLedger(site.zone, now);
  const folded = await foldGrown(listGrown(batch, before), work, ledger);
  return {
    ...{ feed, now, folded },
    fresh: admitted.filter((event) => batch.fresh.has(event)),
    changes: ledger.listChanges(),
    accepted: parcels.map((parcel) => parcel.filter((event) => batch.fresh.has(event)).length),
  };
}
