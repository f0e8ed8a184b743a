/**
 * A dossier's contribution to the tallies, as a pure function of all its steps, the units, the calendar and the clock.
 * Law: order, repeats and corrections need no special case, because a commit adds contribution(after) - contribution(before).
 */

import type { MeasureId } from '../../shared/measure.ts';
import { dayOf, startOfDay } from '../../shared/period.ts';
import { type FoldContext, type Life, readLife, type Stretch } from './life.ts';
import { nextMove, type Seat, seatsOver } from './seat.ts';
import { isFlagged, type Step } from './step.ts';

/** Receives a contribution: `amount` of a measure at an instant, for every unit of a path. */
export type Emit = (path: readonly number[], at: number, measure: MeasureId, amount: number) => void;

export type Outcome = 'early' | 'onTime' | 'late';

/** What a list of dossiers shows, and when the clock alone will next change the contribution. */
export type DossierState = {
  unit: number;
  procedure: string;
  field: string | null;
  status: number;
  channel: Step['channel'];
  acceptedAt: number | null;
  dueAt: number | null;
  dueSoonAt: number | null;
  endAt: number | null;
  paused: boolean;
  outcome: Outcome | null;
  nextAt: number | null;
};

/** Working hours before the due time from which a dossier is due soon (practice of Đà Nẵng: 24 hours before). */
export const DUE_SOON_HOURS = 24;

type Level = { open: boolean; overdue: boolean; dueSoon: boolean; openRepeat: boolean };
type Point = { at: number; seat: Seat; stretch: Stretch };

const LEVELS = ['open', 'overdue', 'dueSoon', 'openRepeat'] as const;

/** When a due time becomes due soon; null where the calendar of that time is not loaded: never a guess. */
export function dueSoonOf(due: number, { calendar, zone }: FoldContext): number | null {
  const year = Number(dayOf(due, zone).slice(0, 4));
  if (!calendar.hasYear(year) || !calendar.hasYear(year - 1)) return null;
  return calendar.addWorkingHours(due, -DUE_SOON_HOURS);
}

function levelAt(at: number, stretch: Stretch, dueSoonAt: number | null): Level {
  const overdue = stretch.running && stretch.due !== null && at > stretch.due;
  const dueSoon = stretch.running && !overdue && dueSoonAt !== null && at >= dueSoonAt;
  return { open: true, overdue, dueSoon, openRepeat: stretch.requests > 1 && !overdue };
}

const NOTHING: Level = { open: false, overdue: false, dueSoon: false, openRepeat: false };

/** The instants from which something holds for an open dossier, in order: new stretch, new seat, due soon, overdue. */
function listPoints(life: Life, key: string, steps: readonly Step[], context: FoldContext): Point[] {
  const points: Point[] = [];
  const named = steps.map((step) => step.resolver);
  for (const stretch of life.stretches) {
    const to = Math.min(stretch.to, context.now + 1);
    if (stretch.from >= to && stretch !== life.stretches[0]) continue;
    const seats = seatsOver(context.tree, {
      unit: stretch.resolver,
      from: stretch.from,
      to,
      key,
      named,
      zone: context.zone,
    });
    const instants = new Set(seats.map((seat) => seat.from));
    if (stretch.running && stretch.due !== null) {
      const dueSoonAt = dueSoonOf(stretch.due, context);
      for (const at of [dueSoonAt, stretch.due + 1])
        if (at !== null && at > stretch.from && at < to) instants.add(at);
    }
    for (const at of [...instants].sort((a, b) => a - b)) {
      const seat = seats.findLast((candidate) => candidate.from <= at) ?? seats[0];
      if (seat) points.push({ at, seat, stretch });
    }
  }
  return points;
}

function emitLevel(
  emit: Emit,
  point: { at: number; path: readonly number[] },
  level: Level,
  sign: 1 | -1,
): void {
  for (const measure of LEVELS) if (level[measure]) emit(point.path, point.at, measure, sign);
}

/** A dossier passes on: units above both seats notice nothing; a unit born that instant inherits, a living one takes in. */
function emitMove(
  emit: Emit,
  { at, seat }: Point,
  before: Seat,
  taken: MeasureId,
  { tree, zone }: FoldContext,
): void {
  const isNow = (day: string | null) => day !== null && startOfDay(day, zone) === at;
  for (const unit of seat.path) {
    if (!before.path.includes(unit)) emit([unit], at, isNow(tree.get(unit).from) ? 'inherited' : taken, 1);
  }
  for (const unit of before.path) {
    if (!seat.path.includes(unit) && !isNow(tree.get(unit).to)) emit([unit], at, taken, -1);
  }
}

function emitReceipt(emit: Emit, life: Life, steps: readonly Step[], { tree, zone }: FoldContext): void {
  const at = life.acceptedAt;
  const path = tree.pathOn(life.acceptance.receiver, dayOf(at, zone));
  const { channel, level } = steps.at(-1) ?? life.acceptance;
  emit(path, at, 'received', 1);
  emit(
    path,
    at,
    channel === 'online' ? 'receivedOnline' : channel === 'direct' ? 'receivedDirect' : 'receivedPostal',
    1,
  );
  if (channel === 'online' && level === 'full') emit(path, at, 'receivedFull', 1);
  if (channel === 'online' && isFlagged(steps, 'vneid')) emit(path, at, 'receivedVneid', 1);
  if (isFlagged(steps, 'reused')) emit(path, at, 'receivedReused', 1);
  if (!isFlagged(steps, 'fee')) return;
  emit(path, at, 'feeDue', 1);
  if (isFlagged(steps, 'paidOnline')) emit(path, at, 'feePaidOnline', 1);
}

function outcomeOf(life: Life, zone: string): Outcome | null {
  const due = life.stretches.at(-1)?.due ?? null;
  if (!life.ending) return null;
  if (due === null) return 'onTime';
  if (life.ending.at > due) return 'late';
  return dayOf(life.ending.at, zone) < dayOf(due, zone) ? 'early' : 'onTime';
}

function emitEnding(
  emit: Emit,
  life: Life,
  steps: readonly Step[],
  path: readonly number[],
  context: FoldContext,
): void {
  const { ending } = life;
  const outcome = outcomeOf(life, context.zone);
  if (!ending || !outcome) return;
  const add = (measure: MeasureId) => emit(path, ending.at, measure, 1);
  add(outcome === 'early' ? 'resolvedEarly' : outcome === 'onTime' ? 'resolvedOnTime' : 'resolvedLate');
  if (outcome !== 'late' && (life.stretches.at(-1)?.requests ?? 0) > 1) add('resolvedRepeat');
  if (ending.status === 7) add('withdrawn');
  if (ending.status === 8) add('stopped');
  if (ending.status < 9) return;
  const electronic = isFlagged(steps, 'eResult');
  if (context.procedures.get(steps.at(-1)?.procedure ?? '')?.result !== false) {
    add('resultDue');
    if (electronic) add('resultElectronic');
  }
  if (electronic && isFlagged(steps, 'digitised')) add('digitised');
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

function emitLife(emit: Emit, life: Life, { key, steps }: Dossier, context: FoldContext): Seat | undefined {
  const points = listPoints(life, key, steps, context);
  const taken: MeasureId = steps.at(-1)?.channel === 'online' ? 'takenOnline' : 'takenOffline';
  let level = NOTHING;
  let seat: Seat | undefined;
  for (const point of points) {
    if (seat) emitLevel(emit, { at: point.at, path: seat.path }, level, -1);
    else emit(point.seat.path, point.at, taken, 1);
    if (seat && seat.path !== point.seat.path) emitMove(emit, point, seat, taken, context);
    const dueSoonAt = point.stretch.due === null ? null : dueSoonOf(point.stretch.due, context);
    level = levelAt(point.at, point.stretch, dueSoonAt);
    seat = point.seat;
    emitLevel(emit, { at: point.at, path: seat.path }, level, 1);
  }
  emitRequests(emit, points, life);
  if (life.ending && seat) {
    emitLevel(emit, { at: life.ending.at, path: seat.path }, level, -1);
    emitEnding(emit, life, steps, seat.path, context);
  }
  return seat;
}

/** What the clock changes next about an open dossier: due soon, overdue, its unit's end. */
function nextAtOf(life: Life | undefined, seat: Seat | undefined, context: FoldContext): number | null {
  const stretch = life?.stretches.at(-1);
  if (!life || life.ending || !stretch || !seat) return null;
  const candidates = [nextMove(context.tree, seat.unit, Math.max(seat.from, context.now), context.zone)];
  if (stretch.running && stretch.due !== null)
    candidates.push(dueSoonOf(stretch.due, context), stretch.due + 1);
  const later = candidates.filter((at): at is number => at !== null && at > context.now);
  return later.length === 0 ? null : Math.min(...later);
}

/** A dossier as the fold takes it: the hash that stands for its code, and all its steps in order. */
export type Dossier = { key: string; steps: readonly Step[] };

/** Emits everything a dossier adds to the tallies by `context.now` and says how it stands. `steps` has one or more. */
export function foldDossier(dossier: Dossier, context: FoldContext, emit: Emit): DossierState {
  const { steps } = dossier;
  const last = steps.at(-1);
  if (!last) throw new RangeError('a dossier has at least one step');
  for (const step of steps)
    emit(context.tree.pathOn(step.resolver, dayOf(step.at, context.zone)), step.at, 'steps', 1);
  const life = readLife(steps, context);
  let seat: Seat | undefined;
  if (life) {
    emitReceipt(emit, life, steps, context);
    seat = emitLife(emit, life, dossier, context);
  } else {
    emitRefusal(emit, steps, context);
  }
  const stretch = life?.stretches.at(-1);
  const dueAt = stretch?.due ?? null;
  return {
    unit: seat?.unit ?? last.resolver,
    procedure: last.procedure,
    field: fieldOf(steps, context),
    status: last.status,
    channel: last.channel,
    acceptedAt: life?.acceptedAt ?? null,
    dueAt,
    dueSoonAt: dueAt === null ? null : dueSoonOf(dueAt, context),
    endAt: life?.ending?.at ?? null,
    paused: stretch ? !stretch.running : false,
    outcome: life ? outcomeOf(life, context.zone) : null,
    nextAt: nextAtOf(life, seat, context),
  };
}

function emitRefusal(emit: Emit, steps: readonly Step[], { tree, zone }: FoldContext): void {
  const step = steps.find(({ status }) => status === 3 || status === 7);
  if (!step) return;
  emit(
    tree.pathOn(step.resolver, dayOf(step.at, zone)),
    step.at,
    step.status === 3 ? 'refused' : 'withdrawn',
    1,
  );
}

/** The area of work: what the newest step that names one says, else the procedure's own. */
function fieldOf(steps: readonly Step[], { procedures }: FoldContext): string | null {
  const stated = steps.findLast((step) => step.field !== null)?.field;
  return stated ?? procedures.get(steps.at(-1)?.procedure ?? '')?.field ?? null;
}
