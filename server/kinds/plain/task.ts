/** The task of a digital-transformation plan: assigned with a due time, under way, blocked, met or exceeded. */
import type { TaskEvent } from '../../../shared/event.ts';
import type { MeasureId } from '../../../shared/measure.ts';
import { TASK_MEASURES } from '../../../shared/other-measures.ts';
import { dayOf, startOfDay } from '../../../shared/period.ts';
import type { Words } from '../../../shared/words.ts';
import type { Emit, FoldContext, Kind, Subject, SubjectState } from '../kind.ts';
import type { Seat } from '../seat.ts';
import { emitStay, listSeats, nextSeat, seatAt } from './hold.ts';
import { endsOf, inOrder, nextOf, type PlainStep, plainFold, plainState, unitOf } from './plain.ts';

/** A task as one event told it. */
export type TaskStep = PlainStep & {
  title: Words;
  state: TaskEvent['state'];
  due: number;
  reason: string | null;
};

const COUNTED_AS: Partial<Record<TaskEvent['state'], MeasureId>> = {
  met: 'taskMet',
  exceeded: 'taskExceeded',
  blocked: 'taskBlocked',
};

/** The states in their order, for rows that keep a number. */
export const TASK_STATES = ['assigned', 'inProgress', 'met', 'exceeded', 'blocked'] as const;

const isDone = ({ state }: TaskStep) => state === 'met' || state === 'exceeded';

/** A step, and how long it counts: until the next one, and of what is done to the end of the year in which it was told. */
type Standing = { step: TaskStep; from: number; to: number | null };

/** The first instant of the year after a step. */
const endOfYear = ({ at }: TaskStep, zone: string) =>
  startOfDay(`${Number(dayOf(at, zone).slice(0, 4)) + 1}-01-01`, zone);

/**
 * How a task stood, step by step: what is done counts in the plan of its own year alone, as boards show it. The end of a year
 * that is yet to come is left to the clock.
 */
function listStandings(steps: readonly TaskStep[], { zone, now }: FoldContext): Standing[] {
  return steps.map((step, index) => {
    const next = steps[index + 1]?.at ?? null;
    const ends = isDone(step) ? endOfYear(step, zone) : null;
    const isNext = ends === null || (next === null ? ends > now : next < ends);
    return { step, from: step.at, to: isNext ? next : ends };
  });
}

/** The stretches over which a task counts at all: standings that follow on each other are one. */
function joinStandings(standings: readonly Standing[]): Pick<Standing, 'from' | 'to'>[] {
  const joined: Pick<Standing, 'from' | 'to'>[] = [];
  for (const { from, to } of standings) {
    const last = joined.at(-1);
    if (last && last.to === from) last.to = to;
    else joined.push({ from, to });
  }
  return joined;
}

function emitStanding(
  emit: Emit,
  seats: readonly Seat[],
  { step, from, to, now }: Standing & { now: number },
): void {
  const measure = COUNTED_AS[step.state];
  if (measure) emitStay(emit, seats, { measure, from, to });
  const lateFrom = Math.max(step.due + 1, from);
  if (!isDone(step) && lateFrom <= (to ?? now))
    emitStay(emit, seats, { measure: 'taskOverdue', from: lateFrom, to });
}

function fold(subject: Subject<TaskStep>, context: FoldContext, emit: Emit): SubjectState {
  const { now, zone } = context;
  const steps = inOrder(subject);
  const { last } = endsOf(steps);
  const seats = listSeats(subject, context);
  const standings = listStandings(steps, context);
  for (const { from, to } of joinStandings(standings))
    emitStay(emit, seats, { measure: 'taskAssigned', from, to });
  for (const standing of standings) emitStanding(emit, seats, { ...standing, now });
  return plainState({
    unit: seatAt(seats, now).unit,
    ...{ status: TASK_STATES.indexOf(last.state), dueAt: last.due, endAt: isDone(last) ? last.at : null },
    nextAt: nextOf([isDone(last) ? endOfYear(last, zone) : last.due + 1, nextSeat(seats, context)], context),
  });
}

/** Events of kind `task`. */
export const taskKind: Kind<TaskEvent, TaskStep> = {
  ...{ units: ['unit'], code: 'task', otherCodes: [], keyOf: null },
  fold: plainFold<TaskEvent, TaskStep>({
    measures: Object.keys(TASK_MEASURES) as MeasureId[],
    read: ({ title, state, due, reason }, told) => ({
      ...{ feed: told.feed, id: told.id, at: told.at, unit: unitOf(told) },
      ...{ title, state, due: Date.parse(due), reason: reason ?? null },
    }),
    fold,
  }),
};
