/**
 * A dossier's contribution to the tallies, as a pure function of all its steps, the units, the calendar and the clock.
 * Law: order, repeats and corrections need no special case, because a commit adds contribution(after) - contribution(before).
 */

import type { MeasureId } from '../../../shared/measure.ts';
import { dayOf, startOfDay } from '../../../shared/period.ts';
import { keyOfText } from '../../../shared/text.ts';
import type { Emit, FoldContext, Subject, SubjectState } from '../kind.ts';
import { nextMove, type Seat } from '../seat.ts';
import { findWorkedMs, type Life, readLife } from './life.ts';
import { findAcceptance, listStanding, orderSteps } from './order.ts';
import { dueSoonOf, type Level, listPoints, type Point } from './points.ts';
import { isFlagged, type Step } from './step.ts';
import { emitWaits, listWaits } from './waiting.ts';

const LEVELS = ['open', 'overdue', 'dueSoon', 'openRepeat'] as const;

function emitLevel(
  emit: Emit,
  point: { at: number; path: readonly number[] },
  level: Level,
  sign: 1 | -1,
): void {
  for (const measure of LEVELS) if (level[measure]) emit(point.path, point.at, measure, sign);
}

/**
 * A dossier passes on: units above both seats notice nothing. A unit born that instant inherits, and so does one that takes
 * over a unit of the old seat, whose past it answers for; any other takes in. What a living unit took in it has taken in
 * for good: that it passed it on is counted beside it.
 */
function emitMove(
  emit: Emit,
  { at, seat }: Point,
  before: Seat,
  taken: MeasureId,
  { tree, zone }: FoldContext,
): void {
  const isNow = (day: string | null) => day !== null && startOfDay(day, zone) === at;
  const isHeir = (unit: number) =>
    isNow(tree.get(unit).from) ||
    tree.predecessorsOf(unit).some(({ predecessor, on }) => isNow(on) && before.path.includes(predecessor));
  for (const unit of seat.path) {
    if (!before.path.includes(unit)) emit([unit], at, isHeir(unit) ? 'inherited' : taken, 1);
  }
  for (const unit of before.path) {
    if (!seat.path.includes(unit) && !isNow(tree.get(unit).to)) emit([unit], at, 'passedOn', 1);
  }
}

const RECEIVED_BY = { online: 'receivedOnline', direct: 'receivedDirect', postal: 'receivedPostal' } as const;

function emitReceipt(emit: Emit, life: Life, steps: readonly Step[], { tree, zone }: FoldContext): void {
  const path = tree.pathOn(life.acceptance.receiver, dayOf(life.acceptedAt, zone));
  const { channel, level } = steps.at(-1) ?? life.acceptance;
  const isOnline = channel === 'online';
  const hasFee = isFlagged(steps, 'fee');
  const counts: [MeasureId, boolean][] = [
    ['received', true],
    [RECEIVED_BY[channel], true],
    ['receivedFull', isOnline && level === 'full'],
    ['receivedVneid', isOnline && isFlagged(steps, 'vneid')],
    ['receivedReused', isFlagged(steps, 'reused')],
    ['receivedPopulation', isFlagged(steps, 'populationData')],
    ['feeDue', hasFee],
    ['feePaidOnline', hasFee && isFlagged(steps, 'paidOnline')],
  ];
  for (const [measure, counted] of counts) if (counted) emit(path, life.acceptedAt, measure, 1);
}

const RESOLVED_AS = { early: 'resolvedEarly', onTime: 'resolvedOnTime', late: 'resolvedLate' } as const;

function emitEnding(emit: Emit, life: Life, steps: readonly Step[], at: Seat, context: FoldContext): void {
  const { ending } = life;
  if (!ending) return;
  const { outcome } = ending;
  const isDone = ending.status >= 9;
  const hasResult = context.procedures.get(steps.at(-1)?.procedure ?? '')?.result !== false;
  const isElectronic = isFlagged(steps, 'eResult');
  const counts: [MeasureId, boolean][] = [
    [RESOLVED_AS[outcome], true],
    ['resolvedRepeat', outcome !== 'late' && (life.stretches.at(-1)?.requests ?? 0) > 1],
    ['withdrawn', ending.status === 7],
    ['stopped', ending.status === 8 || ending.status === 3],
    ['resultDue', isDone && hasResult],
    ['resultElectronic', isDone && hasResult && isElectronic],
    ['digitised', isDone && isElectronic && isFlagged(steps, 'digitised')],
    ['lateApologised', outcome === 'late' && isFlagged(steps, 'apology')],
  ];
  for (const [measure, counted] of counts) if (counted) emit(at.path, ending.at, measure, 1);
  const workedMs = isDone ? findWorkedMs(life, ending, context) : null;
  if (workedMs === null) return;
  emit(at.path, ending.at, 'timed', 1);
  const minutes = Math.round(workedMs / 60_000);
  if (minutes > 0) emit(at.path, ending.at, 'workedMinutes', minutes);
}

function emitRequests(emit: Emit, points: readonly Point[], life: Life): void {
  const asked = (point: Point, count: number, before: Point | undefined) =>
    point.stretch.requests >= count && (before?.stretch.requests ?? 0) < count;
  for (const [index, point] of points.entries()) {
    const before = points[index - 1];
    if (life.ending && point.at > life.ending.at) return;
    if (asked(point, 1, before)) emit(point.seat.path, point.at, 'supplemented', 1);
    if (asked(point, 2, before)) emit(point.seat.path, point.at, 'supplementedAgain', 1);
  }
}

/** A point of an open dossier's life takes over from the one before: levels pass from the old seat to the new. */
function emitPoint(
  emit: Emit,
  point: Point,
  before: Point | undefined,
  taken: MeasureId,
  context: FoldContext,
): void {
  const { at, seat, level } = point;
  if (before) {
    emitLevel(emit, { at, path: before.seat.path }, before.level, -1);
    if (before.seat.path !== seat.path) emitMove(emit, point, before.seat, taken, context);
  } else {
    emit(seat.path, at, taken, 1);
  }
  emitLevel(emit, { at, path: seat.path }, level, 1);
}

/** The steps of a dossier in the order they count, none when all are withdrawn. */
type Ordered = { key: string; steps: readonly Step[] };

function emitLife(emit: Emit, life: Life, { key, steps }: Ordered, context: FoldContext): Seat | undefined {
  const points = listPoints(life, key, steps, context);
  const taken: MeasureId = steps.at(-1)?.channel === 'online' ? 'takenOnline' : 'takenOffline';
  for (const [index, point] of points.entries()) emitPoint(emit, point, points[index - 1], taken, context);
  emitRequests(emit, points, life);
  const last = points.at(-1);
  if (life.ending && last) {
    emitLevel(emit, { at: life.ending.at, path: last.seat.path }, last.level, -1);
    emitEnding(emit, life, steps, last.seat, context);
  }
  return last?.seat;
}

/** What the clock changes next about an open dossier: due soon, overdue, its unit's end. */
function nextAtOf(life: Life, seat: Seat | undefined, context: FoldContext): number | null {
  const stretch = life.stretches.at(-1);
  if (life.ending || !stretch || !seat) return null;
  const candidates = [nextMove(context.tree, seat.unit, Math.max(seat.from, context.now), context.zone)];
  if (stretch.running && stretch.due !== null)
    candidates.push(dueSoonOf(stretch.due, context), stretch.due + 1);
  const later = candidates.filter((at): at is number => at !== null && at > context.now);
  return later.length === 0 ? null : Math.min(...later);
}

type Dossier = Subject<Step>;

/** Emits everything a dossier adds to the tallies by `context.now` and says how it stands. `steps` has one or more. */
export function foldDossier(dossier: Dossier, context: FoldContext, emit: Emit): SubjectState {
  const steps = orderSteps(dossier.steps);
  const standing = listStanding(steps);
  // Of a dossier whose steps are all withdrawn the newest says what it was; it counts nowhere.
  const last = steps.at(-1) ?? dossier.steps.toSorted((a, b) => a.at - b.at).at(-1);
  if (!last) throw new RangeError('a dossier has at least one step');
  for (const step of standing)
    emit(context.tree.pathOn(step.resolver, dayOf(step.at, context.zone)), step.at, 'steps', 1);
  const waits = listWaits(standing, findAcceptance(standing));
  const named = steps.map(({ resolver }) => resolver);
  const waiting = emitWaits(emit, waits, { key: dossier.key, named }, context);
  const life = readLife(standing, steps, context);
  let seat: Seat | undefined;
  if (life) {
    emitReceipt(emit, life, steps, context);
    seat = emitLife(emit, life, { key: dossier.key, steps }, context);
  } else {
    emitRefusal(emit, standing, context);
  }
  const stretch = life?.stretches.at(-1);
  const dueAt = life?.ending?.due ?? stretch?.due ?? null;
  return {
    unit: seat?.unit ?? waiting?.unit ?? last.resolver,
    ...subjectOfDossier(steps.length === 0 ? [last] : steps, context),
    status: last.status,
    channel: last.channel,
    acceptedAt: life?.acceptedAt ?? null,
    dueAt,
    dueSoonAt: dueAt === null ? null : dueSoonOf(dueAt, context),
    endAt: life?.ending?.at ?? null,
    paused: stretch ? !stretch.running : false,
    outcome: life?.ending?.outcome ?? null,
    nextAt: life ? nextAtOf(life, seat, context) : (waiting?.nextAt ?? null),
  };
}

/** A dossier refused at reception was never anybody's work; one withdrawn before it counts nowhere. */
function emitRefusal(emit: Emit, standing: readonly Step[], { tree, zone }: FoldContext): void {
  const step = standing.findLast(({ status }) => status === 3);
  if (step) emit(tree.pathOn(step.resolver, dayOf(step.at, zone)), step.at, 'refused', 1);
}

/** What a dossier is about: its newest procedure, and the area the newest step that names one says, else the procedure's. */
function subjectOfDossier(
  steps: readonly Step[],
  { procedures }: FoldContext,
): Pick<SubjectState, 'field' | 'fieldName' | 'procedure'> {
  const procedure = steps.at(-1)?.procedure ?? '';
  const stated = steps.findLast((step) => step.field !== null)?.field;
  const fieldName = stated ?? procedures.get(procedure)?.field ?? null;
  return { procedure, field: fieldName === null ? null : keyOfField(fieldName), fieldName };
}

/** Keys of the areas seen lately: there are some hundreds, told all day. */
const keys = new Map<string, string>();
const MOST_KEYS = 10_000;

/** The key of an area of work: the same for all spellings that read the same. */
function keyOfField(name: string): string {
  let key = keys.get(name);
  if (key === undefined) {
    key = keyOfText(name);
    if (keys.size >= MOST_KEYS) keys.clear();
    keys.set(name, key);
  }
  return key;
}
