/**
 * A batch of one feed: which events are new, their subjects folded with them, the differences that makes to the sums.
 * All or nothing: AppError `unprocessable` or `forbidden` names every event that cannot be taken.
 */
import { CalendarYearMissing } from '../../shared/calendar.ts';
import type { OpsEvent } from '../../shared/event.ts';
import { dayOf } from '../../shared/period.ts';
import type { Scope } from '../../shared/unit.ts';
import { AppError, type InputError } from '../errors.ts';
import type { BaseStep, FoldContext } from '../kinds/kind.ts';
import { findKnownIds } from '../store/event-store.ts';
import { findFeed } from '../store/feed-store.ts';
import type { FeedRow } from '../store/schema.ts';
import { readSubjects } from '../store/subject-store.ts';
import { insertEvents, type LogEvent, noteHeard } from '../store/write/events.ts';
import type { Act, FeedCaller } from './act.ts';
import { type Admitted, type AdmittedStep, admitEvents } from './admit.ts';
import { type AnyFold, type Folded, findMissingYear, foldSteps, foldStored, writeFolds } from './folding.ts';
import { createLedger } from './ledger.ts';
import { learnGap } from './rhythm.ts';
import { takeTurn } from './turn.ts';
import { openContext, type Work } from './work.ts';

/** What became of a batch. */
export type Receipt = { accepted: number; duplicates: number; seq: number };

/** A subject that a batch tells of: as it stood before, and what is told of it. */
type Group = { kind: string; key: string; fold: AnyFold; told: Admitted[]; before: Folded | undefined };

function groupBySubject(admitted: readonly Admitted[]): Group[] {
  const groups = new Map<string, Group>();
  for (const event of admitted) {
    if (!event.told) continue;
    const { kind, key, fold } = event.told;
    const id = `${kind} ${key}`;
    const group = groups.get(id);
    if (group) group.told.push(event);
    else groups.set(id, { kind, key, fold, told: [event], before: undefined });
  }
  return [...groups.values()];
}

async function recallGroups(work: Work, groups: readonly Group[], context: FoldContext): Promise<void> {
  for (const kind of new Set(groups.map((group) => group.kind))) {
    const own = groups.filter((group) => group.kind === kind);
    const rows = await readSubjects(
      work.tx,
      kind,
      own.map(({ key }) => key),
    );
    for (const group of own) {
      const row = rows.get(group.key);
      if (row) group.before = foldStored(row, group.fold, context);
    }
  }
}

/** Whether an event is the first of its id among the ids known; it is known from then on. */
function isFirst({ log }: Admitted, known: Set<string>): boolean {
  if (known.has(log.id)) return false;
  known.add(log.id);
  return true;
}

/** The events a feed has not told before: a step is known by its subject, anything else by the log. */
async function findFresh(
  { tx }: Work,
  { feed }: FeedCaller,
  admitted: readonly Admitted[],
  groups: readonly Group[],
): Promise<ReadonlySet<Admitted>> {
  const plain = admitted.filter(({ told }) => told === null);
  const ids = plain.map(({ log }) => log.id);
  const known = await findKnownIds(tx, feed, ids);
  const fresh = new Set(plain.filter((event) => isFirst(event, known)));
  for (const group of groups) {
    const own = group.before?.steps.filter((step) => step.feed === feed) ?? [];
    const knownHere = new Set(own.map(({ id }) => id));
    group.told = group.told.filter((event) => isFirst(event, knownHere));
    for (const event of group.told) fresh.add(event);
  }
  return fresh;
}

/**
 * A stored subject is touched by whoever tells of it: one of its units lies in the scope, or the event names one of
 * them (a hand-over). Throws AppError `forbidden` naming the events that touch what is not theirs.
 */
function checkTouched(
  groups: readonly Group[],
  { tree, zone, scope, feed }: { tree: FoldContext['tree']; zone: string; scope: Scope; feed: string },
): void {
  const errors: InputError[] = [];
  for (const { before, fold, told } of groups) {
    if (!before || before.steps.some((step) => step.feed === feed)) continue;
    const stored = before.steps.flatMap((step) => fold.unitsOf(step).map((unit) => ({ unit, at: step.at })));
    if (stored.some(({ unit, at }) => tree.isWithin(scope, unit, dayOf(at, zone)))) continue;
    const units = new Set([before.state.unit, ...stored.map(({ unit }) => unit)]);
    for (const { index, told: step } of told) {
      if (step?.units.some((unit) => units.has(unit))) continue;
      errors.push({
        index,
        field: 'dossier',
        reason: 'is known, and none of its units lies in the scope of this token',
      });
    }
  }
  if (errors.length > 0)
    throw new AppError('forbidden', 'Some events lie outside the scope; none was taken.', errors);
}

type Grown = { group: Group; steps: BaseStep[] };

/** Names the events whose due time lies in a year without a calendar: nothing is guessed. */
function explainMissingYear(grown: readonly Grown[], context: FoldContext): AppError {
  const errors: InputError[] = [];
  for (const { group, steps } of grown) {
    const year = findMissingYear(group, steps, context);
    const last = group.told.at(-1);
    if (year === null || !last) continue;
    const reason = `needs the working calendar of ${year}, which is not loaded: state due, or load the year`;
    errors.push({ index: last.index, field: 'due', reason });
  }
  return new AppError('unprocessable', 'Some events cannot be taken; none was.', errors);
}

const stepOf = ({ told }: Admitted): BaseStep[] => (told ? [(told satisfies AdmittedStep).step] : []);

async function foldGrown(
  groups: readonly Group[],
  context: FoldContext,
  replace: ReturnType<typeof createLedger>['replace'],
): Promise<{ subject: Folded; fold: AnyFold }[]> {
  const grown = groups
    .filter(({ told }) => told.length > 0)
    .map((group) => ({ group, steps: [...(group.before?.steps ?? []), ...group.told.flatMap(stepOf)] }));
  const folded: { subject: Folded; fold: AnyFold }[] = [];
  try {
    for (const [index, { group, steps }] of grown.entries()) {
      const subject = foldSteps(group, steps, context);
      replace(group.before?.contribution, subject.contribution);
      folded.push({ subject, fold: group.fold });
      await takeTurn(index);
    }
    return folded;
  } catch (error) {
    if (error instanceof CalendarYearMissing) throw explainMissingYear(grown, context);
    throw error;
  }
}

/** The events with how those that end their subject came out. */
function noteOutcomes(fresh: readonly Admitted[], folded: readonly { subject: Folded }[]): LogEvent[] {
  const states = new Map(folded.map(({ subject }) => [`${subject.kind} ${subject.key}`, subject.state]));
  return fresh.map(({ log, told }) => {
    const state = told && states.get(`${told.kind} ${told.key}`);
    return state && state.endAt === log.at ? { ...log, outcome: state.outcome } : log;
  });
}

/** What is noted of a feed: it is live from the first event that it tells on the day on which it happened. */
function hear({ tx, site }: Work, feed: FeedRow | undefined, fresh: readonly Admitted[]) {
  const today = dayOf(tx.at, site.zone);
  return {
    events: fresh.length,
    lastAt: fresh.reduce<number | null>((last, { log }) => Math.max(last ?? log.at, log.at), null),
    isLive: feed?.liveAt === null && fresh.some(({ log }) => dayOf(log.at, site.zone) === today),
    gapMs: feed ? learnGap(feed, tx.at, site.calendar) : null,
  };
}

/** Takes a batch of events of one feed. */
export const ingest: Act<FeedCaller, { events: readonly OpsEvent[] }, Receipt> = async (
  work,
  caller,
  { events },
) => {
  const { tx, site, kinds, hashKey } = work;
  const { feed, namespace } = caller;
  const context = await openContext(work);
  const { tree } = context;
  const scope = tree.scopeOf(caller.unit);
  const door = { feed, namespace, tree, scope, zone: site.zone, now: tx.at, hashKey, kinds };
  const admitted = await admitEvents(events, door);
  const groups = groupBySubject(admitted);
  await recallGroups(work, groups, context);
  const found = await findFresh(work, caller, admitted, groups);
  checkTouched(groups, door);
  const ledger = createLedger(site.zone, tx.at);
  const folded = await foldGrown(groups, context, ledger.replace);
  const fresh = admitted.filter((event) => found.has(event));
  const row = await findFeed(tx, feed);
  await insertEvents(tx, feed, noteOutcomes(fresh, folded));
  await noteHeard(tx, { feed, ...hear(work, row, fresh) });
  const isRevised = row !== undefined && row.liveAt !== null;
  const units = await writeFolds(tx, { folded, changes: ledger.listChanges(), isRevised }, site.zone);
  return {
    answer: { accepted: fresh.length, duplicates: events.length - fresh.length, seq: tx.seq },
    changed: { units, feeds: true },
  };
};
