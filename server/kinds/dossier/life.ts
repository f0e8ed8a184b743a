import { CalendarYearMissing, type WorkingCalendar } from '../../../shared/calendar.ts';
import { addDays, dayOf, isoOf, startOfDay } from '../../../shared/period.ts';
import type { FoldContext, Outcome } from '../kind.ts';
import { findAcceptance, PAUSING, TERMINAL } from './order.ts';
import type { Step } from './step.ts';

/** A stretch of a dossier's life in which nothing but the clock can change anything. */
export type Stretch = {
  from: number;
  to: number;
  resolver: number;
  running: boolean;
  due: number | null;
  requests: number;
};

/** How a dossier ended: when, with which status (3 refused, 7 withdrawn, 8 stopped, 9 done, 10 delivered), due when, how well. */
export type Ending = { at: number; status: number; due: number | null; outcome: Outcome };

/** A dossier's life after acceptance: its stretches in order; the last reaches to the ending, or has `to` Infinity. */
export type Life = { acceptedAt: number; acceptance: Step; stretches: Stretch[]; ending: Ending | null };

/** Which of several end states counts: done, delivered, withdrawn, stopped, refused (Decision 766, 2.1). */
const PRIORITY = [9, 10, 7, 8, 3];

/**
 * Of ends told one after the other, the one that counts. Only the citizen is waited for, and until the first of them: where
 * that is not the one, it takes the work up again.
 */
function settleEnds(ends: readonly Step[], before: Step | undefined): Step[] {
  const status = PRIORITY.find((candidate) => ends.some((step) => step.status === candidate));
  const counted = ends.findLast((step) => step.status === status);
  const [first] = ends;
  if (!first || !counted) return [];
  const isWaited = first !== counted && before !== undefined && PAUSING.has(before.status);
  return isWaited ? [{ ...first, status: 4 }, counted] : [counted];
}

/** The steps after the acceptance, each run of ends settled; the last is the dossier's end if it is one. */
function listLater(standing: readonly Step[], acceptance: number): Step[] {
  const later: Step[] = [];
  let ends: Step[] = [];
  for (const [index, step] of standing.entries()) {
    if (index < acceptance || step.status === 1) continue;
    if (TERMINAL.has(step.status)) {
      ends.push(step);
      continue;
    }
    later.push(...settleEnds(ends, later.at(-1)), step);
    ends = [];
  }
  return [...later, ...settleEnds(ends, later.at(-1))];
}

/** From when a norm counts: past the minute of its procedure's cut-off, or on a day off, from the next working day. */
function beginOfNorm(at: number, cutOff: string | undefined, { calendar, zone }: FoldContext): number {
  if (cutOff === undefined) return at;
  let day = dayOf(at, zone);
  const isInTime = isoOf(at, zone).slice(11, 16) <= cutOff;
  if (isInTime && calendar.isWorkingDay(day)) return at;
  do day = addDays(day, 1);
  while (!calendar.isWorkingDay(day));
  return startOfDay(day, zone);
}

function normDue(step: Step, context: FoldContext): number | null {
  const { calendar, procedures } = context;
  const { norm, cutOff } = procedures.get(step.procedure) ?? {};
  if (!norm) return null;
  const from = beginOfNorm(step.at, cutOff, context);
  if (norm.unit === 'workingHours') return calendar.addWorkingHours(from, norm.amount);
  if (norm.unit === 'workingDays') return calendar.addWorkingDays(from, norm.amount);
  return calendar.addCalendarDays(from, norm.amount);
}

/** What is known on the way through a life: `stated` is the due time last stated, which a pause may have moved since. */
type Progress = { stretch: Stretch; status: number; pausedAt: number; stated: number | null };

/** The due time that a step states and that was not stated before: repeating it takes back no pause. */
function findRestated({ stated }: Progress, { due }: Step): number | null {
  return due === stated ? null : due;
}

/** The due time after a pause that a step ends: the old one moved by the working time that was paused. */
function moveDue({ stretch: { due }, pausedAt, stated }: Progress, step: Step, calendar: WorkingCalendar) {
  if (due === null) return null;
  try {
    const pausedMs = calendar.workingMsBetween(pausedAt, step.at);
    return pausedMs === 0 ? due : calendar.addWorkingHours(due, pausedMs / 3_600_000);
  } catch (error) {
    // Where no calendar says by how much it moved, what a feed once stated holds.
    if (error instanceof CalendarYearMissing && stated !== null) return due;
    throw error;
  }
}

/** Where a life begins: due as stated by the acceptance or before it, else by the procedure's norm. */
function begin(
  acceptance: Step,
  ordered: readonly Step[],
  { to, running, context }: Pick<Stretch, 'to' | 'running'> & { context: FoldContext },
): Progress {
  const before = ordered.findLast((step) => step.at <= acceptance.at && step.due !== null);
  const stated = acceptance.due ?? before?.due ?? null;
  const { at: from, resolver, status } = acceptance;
  const due = stated ?? normDue(acceptance, context);
  const stretch = { from, to, resolver, running, due, requests: status === 5 ? 1 : 0 };
  return { stretch, status, pausedAt: from, stated };
}

/** The stretch after a step; the same one where the step changed nothing that counts. */
function advance(progress: Progress, step: Step, calendar: WorkingCalendar): Progress {
  const { stretch, status, pausedAt, stated } = progress;
  const running = !PAUSING.has(step.status);
  const resumed = running && !stretch.running;
  const kept = () => (resumed ? moveDue(progress, step, calendar) : stretch.due);
  const due = findRestated(progress, step) ?? kept();
  const requests = stretch.requests + (step.status === 5 && status !== 5 ? 1 : 0);
  const next = { from: step.at, to: stretch.to, resolver: step.resolver, running, due, requests };
  const keys = ['resolver', 'running', 'due', 'requests'] as const;
  const isSame = keys.every((key) => next[key] === stretch[key]);
  return {
    stretch: isSame ? stretch : next,
    status: step.status,
    pausedAt: stretch.running && !running ? step.at : pausedAt,
    stated: step.due ?? stated,
  };
}

/**
 * How a dossier ends with a step. What ends while it waits is late only if it was late when the waiting began; it was
 * due when it would have been, had it been taken up again at its end.
 */
function endWith(progress: Progress, step: Step, { calendar, zone }: FoldContext): Ending {
  const { at, status } = step;
  const isBefore = (due: number) => dayOf(at, zone) < dayOf(due, zone);
  // What ends without a result was not quicker than promised: forms count it on time, never early.
  const canBeEarly = status >= 9;
  const outcomeBy = (due: number | null, isLate: boolean): Ending => {
    const inTime = canBeEarly && due !== null && isBefore(due) ? 'early' : 'onTime';
    return { at, status, due, outcome: isLate ? 'late' : inTime };
  };
  const { due, running } = progress.stretch;
  const restated = running ? null : findRestated(progress, step);
  if (due === null || running || restated !== null) {
    const counted = restated ?? due;
    return outcomeBy(counted, counted !== null && at > counted);
  }
  const isLate = progress.pausedAt > due;
  const isKnown = isLate || !canBeEarly || isBefore(due);
  return outcomeBy(isKnown ? due : moveDue(progress, step, calendar), isLate);
}

/**
 * Reads a dossier's life from its ordered steps, those that stand first. Undefined when it was never accepted. The clock runs
 * in statuses 2 and 4 and rests in 5 and 6; a step of an open status after an ending reopens the dossier, which rested since.
 */
export function readLife(
  standing: readonly Step[],
  ordered: readonly Step[],
  context: FoldContext,
): Life | undefined {
  const acceptedBy = findAcceptance(standing);
  const acceptance = standing[acceptedBy];
  if (!acceptance) return undefined;
  const steps = listLater(standing, acceptedBy);
  const last = steps.at(-1);
  const ending = last && TERMINAL.has(last.status) ? last : undefined;
  const to = ending?.at ?? Number.POSITIVE_INFINITY;
  const stretches: Stretch[] = [];
  // A hand-over told before its end rests nothing: the end that counts is still to come.
  const running = !PAUSING.has(acceptance.status) || !steps.includes(acceptance);
  let progress = begin(acceptance, ordered, { to, running, context });
  for (const step of steps) {
    if (step === acceptance || step === ending) continue;
    const next = advance(progress, step, context.calendar);
    if (next.stretch !== progress.stretch) stretches.push({ ...progress.stretch, to: step.at });
    progress = next;
  }
  stretches.push(progress.stretch);
  return {
    acceptedAt: acceptance.at,
    acceptance,
    stretches,
    ending: ending ? endWith(progress, ending, context) : null,
  };
}

/**
 * The working time from the acceptance to the end, waiting taken out; null where nobody can tell it: of a dossier told by its
 * end alone, or in a year without a working calendar.
 */
export function findWorkedMs(
  { acceptance, stretches }: Life,
  ending: Ending,
  { calendar }: FoldContext,
): number | null {
  if (TERMINAL.has(acceptance.status)) return null;
  try {
    return stretches
      .filter(({ running }) => running)
      .reduce((sum, { from, to }) => sum + calendar.workingMsBetween(from, Math.min(to, ending.at)), 0);
  } catch (error) {
    if (error instanceof CalendarYearMissing) return null;
    throw error;
  }
}
