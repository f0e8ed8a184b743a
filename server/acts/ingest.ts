/**
 * A batch of one feed: which events are new, their subjects folded with them, the differences that makes to the sums.
 * All or nothing: AppError `unprocessable` or `forbidden` names every event that cannot be taken.
 */
import { CalendarYearMissing } from '../../shared/calendar.ts';
import type { OpsEvent } from '../../shared/event.ts';
import { foreseeLateness, isExpected } from '../../shared/lateness.ts';
import { obtain } from '../../shared/obtain.ts';
import { dayOf } from '../../shared/period.ts';
import { AppError, type InputError } from '../errors.ts';
import type { BaseStep, FoldContext } from '../kinds/kind.ts';
import type { FeedCaller } from '../people/caller.ts';
import { findFeed } from '../store/feed-store.ts';
import type { FeedRow } from '../store/schema.ts';
import { readSubjects } from '../store/subject-store.ts';
import { insertEvents, type LogEvent, noteHeard, noteSilence } from '../store/write/events.ts';
import { noteKinds } from '../store/write/feed-kinds.ts';
import { addToFeedDay } from '../store/write/intake.ts';
import type { Act } from './act.ts';
import { type Admitted, admitEvents, type DoorContext } from './admit.ts';
import { createDifferences, type Differences } from './differences.ts';
import { type AnyFold, type Folded, findMissingYear, foldSteps, foldStored, writeFolds } from './folding.ts';
import { learnGap } from './rhythm.ts';
import { takeTurn } from './turn.ts';
import { openContext, type Work } from './work.ts';

/** What became of a batch. */
export type Receipt = { accepted: number; duplicates: number; seq: number };

/** A subject that a batch tells of: what is told of it, how it stood before, and how it stands after. */
type Group = {
  kind: string;
  key: string;
  fold: AnyFold;
  told: Admitted[];
  before: Folded | null;
  after: Folded | null;
};

function groupBySubject(admitted: readonly Admitted[]): Group[] {
  const groups: Group[] = [];
  const byKind = new Map<string, Map<string, Group>>();
  for (const event of admitted) {
    const { kind, key, fold } = event.step;
    const byKey = obtain(byKind, kind, () => new Map<string, Group>());
    const known = byKey.get(key);
    if (known) {
      known.told.push(event);
      continue;
    }
    const group: Group = { kind, key, fold, told: [event], before: null, after: null };
    byKey.set(key, group);
    groups.push(group);
  }
  return groups;
}

async function recallGroups({ tx }: Work, groups: readonly Group[], context: FoldContext): Promise<void> {
  for (const kind of new Set(groups.map((group) => group.kind))) {
    const own = groups.filter((group) => group.kind === kind);
    const keys = own.map(({ key }) => key);
    const rows = await readSubjects(tx, kind, keys);
    for (const group of own) {
      const row = rows.get(group.key);
      if (row) group.before = foldStored(row, group.fold, context);
    }
  }
}

/** Marks an event as known when its id is; the id is known from then on. */
function markKnown(event: Admitted, known: Set<string>): void {
  const { id } = event.log;
  if (known.has(id)) event.isKnown = true;
  else known.add(id);
}

/** Marks the events that a feed has told before: a step is known by its subject. */
function markRepeats({ feed }: FeedCaller, groups: readonly Group[]): void {
  for (const { before, told } of groups) {
    const own = new Set<string>();
    for (const step of before?.steps ?? []) if (step.feed === feed) own.add(step.id);
    for (const event of told) markKnown(event, own);
  }
}

/** The steps told of a stored subject by whom none of its units belongs to, unless they take it over. */
function listTrespasses({ before, fold, told }: Group, { tree, zone, scope }: DoorContext): Admitted[] {
  if (!before) return [];
  const isOwn = (unit: number, at: number) => tree.isWithin(scope, unit, dayOf(at, zone));
  if (before.steps.some((step) => fold.unitsOf(step).some((unit) => isOwn(unit, step.at)))) return [];
  const units = new Set([before.state.unit, ...before.steps.flatMap((step) => fold.unitsOf(step))]);
  const since = Math.min(...before.steps.map(({ at }) => at));
  let isTaken = false;
  return told.filter(({ step, log }) => {
    const isHanded = step.units.some((unit) => units.has(unit)) && log.at > since;
    isTaken ||= isHanded && fold.isTakeOver(step.step) && isOwn(step.units.at(-1) ?? 0, log.at);
    return !isTaken || fold.isWithdrawal(step.step);
  });
}

/**
 * A stored subject is touched by whoever one of its units belongs to. To it belongs, too, the unit that a step takes it
 * over to: it tells of further work, names one of its units beside the new one, and happened after the first step known;
 * what others told is not withdrawn with it. Judged in the order told. Throws AppError `forbidden` naming the others.
 */
function checkTouched(groups: readonly Group[], door: DoorContext): void {
  const reason = 'is known, and none of its units lies in the scope of this token';
  const errors = groups
    .flatMap((group) => listTrespasses(group, door))
    .map(({ index, event }): InputError => ({ index, field: door.kinds[event.kind].code ?? '', reason }));
  if (errors.length > 0)
    throw new AppError('forbidden', 'Some events lie outside the scope; none was taken.', errors);
}

/** The steps of a subject with those now told, in the order told. */
function listSteps({ before, told }: Group): BaseStep[] {
  const steps = before ? [...before.steps] : [];
  for (const { step, isKnown } of told) if (!isKnown) steps.push(step.step);
  return steps;
}

/** Names the events whose due time lies in a year without a calendar: nothing is guessed. */
function explainMissingYear(groups: readonly Group[], context: FoldContext): AppError {
  const errors: InputError[] = [];
  for (const group of groups) {
    const year = findMissingYear(group, listSteps(group), context);
    const last = group.told.at(-1);
    if (year === null || !last) continue;
    const reason = `needs the working calendar of ${year}, which is not loaded: state due, or load the year (ioc calendar --add ${year})`;
    errors.push({ index: last.index, field: 'due', reason });
  }
  return new AppError('unprocessable', 'Some events cannot be taken; none was.', errors);
}

async function foldGroups(
  groups: readonly Group[],
  context: FoldContext,
  differences: Differences,
): Promise<void> {
  try {
    for (const [index, group] of groups.entries()) {
      group.after = foldSteps(group, listSteps(group), context);
      differences.replace(group.before?.contribution, group.after.contribution);
      await takeTurn(index);
    }
  } catch (error) {
    if (error instanceof CalendarYearMissing) throw explainMissingYear(groups, context);
    throw error;
  }
}

/** The events for the log: those that end their subject with how it came out. */
function listLog(fresh: readonly Admitted[], groups: readonly Group[]): LogEvent[] {
  for (const { told, after } of groups)
    for (const { log } of told) if (log.at === after?.state.endAt) log.outcome = after.state.outcome;
  return fresh.map(({ log }) => log);
}

/** What is noted of a feed: it is live from the first event that it tells on the day on which it happened. */
function hear({ tx, site }: Work, feed: FeedRow | undefined, events: readonly LogEvent[]) {
  const today = dayOf(tx.at, site.zone);
  return {
    events: events.length,
    lastAt: events.reduce<number | null>((last, { at }) => Math.max(last ?? at, at), null),
    isLive: feed?.liveAt === null && events.some(({ at }) => dayOf(at, site.zone) === today),
    gapMs: feed ? learnGap(feed, tx.at, site.calendar) : null,
  };
}

/**
 * Keeps that a feed was late until now: how it stood then decides what was known of its units. One that only brought a past and
 * stated no rhythm kept nobody waiting.
 */
async function endSilence({ tx, site }: Work, feed: FeedRow | undefined): Promise<void> {
  if (!feed || feed.heardAt === null || !isExpected(feed)) return;
  const { lateAt, missingAt } = foreseeLateness(feed, site.calendar);
  if (lateAt === null || lateAt > tx.at) return;
  await noteSilence(tx, { feed: feed.id, heardAt: feed.heardAt, lateAt, missingAt, endedAt: tx.at });
}

/** Counts what came in from a feed today: what it told before is no fault, and not nothing either. */
async function countIntake({ tx, site }: Work, feed: string, told: { events: number; duplicates: number }) {
  const none = { refusals: 0, refusedEvents: 0 };
  await addToFeedDay(tx, { feed, day: dayOf(tx.at, site.zone), batches: 1, ...told, ...none });
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
  const scope = context.tree.scopeOf(caller.unit);
  const { tree } = context;
  const door = {
    ...{ feed, namespace, tree, unit: caller.unit, scope },
    ...{ zone: site.zone, now: tx.at, hashKey, kinds },
  };
  const admitted = await admitEvents(events, door);
  const told = groupBySubject(admitted);
  await recallGroups(work, told, context);
  markRepeats(caller, told);
  const fresh = admitted.filter(({ isKnown }) => !isKnown);
  const groups = told.filter((group) => group.told.some(({ isKnown }) => !isKnown));
  checkTouched(groups, door);
  const differences = createDifferences(site.zone, tx.at);
  await foldGroups(groups, context, differences);
  const row = await findFeed(tx, feed);
  const log = listLog(fresh, groups);
  await insertEvents(tx, feed, log);
  await noteKinds(tx, feed, log);
  const duplicates = events.length - fresh.length;
  await countIntake(work, feed, { events: fresh.length, duplicates });
  await endSilence(work, row);
  await noteHeard(tx, { feed, ...hear(work, row, log) });
  const folded = groups.flatMap(({ after, fold }) => (after ? [{ subject: after, fold }] : []));
  const isRevised = row !== undefined && row.liveAt !== null;
  const changes = differences.listChanges();
  const units = await writeFolds(tx, { folded, changes, isRevised, feed }, site.zone);
  return {
    answer: { accepted: fresh.length, duplicates, seq: tx.seq },
    changed: { units, feeds: true },
  };
};
