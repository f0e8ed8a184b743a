/** The task of a digital-transformation plan: assigned with a due time, under way, blocked, met or exceeded. */
import type { TaskEvent } from '../../../shared/event.ts';
import type { MeasureId } from '../../../shared/measure.ts';
import { TASK_MEASURES } from '../../../shared/other-measures.ts';
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

/** One step's standing, from its instant to the next step's. */
function emitStanding(
  emit: Emit,
  seats: readonly Seat[],
  { step, to, now }: { step: TaskStep; to: number | null; now: number },
): void {
  const measure = COUNTED_AS[step.state];
  if (measure) emitStay(emit, seats, { measure, from: step.at, to });
  const lateFrom = Math.max(step.due + 1, step.at);
  if (!isDone(step) && lateFrom <= (to ?? now))
    emitStay(emit, seats, { measure: 'taskOverdue', from: lateFrom, to });
}

function fold(subject: Subject<TaskStep>, context: FoldContext, emit: Emit): SubjectState {
  const { now } = context;
  const steps = inOrder(subject);
  const { first, last } = endsOf(steps);
  const seats = listSeats(subject, context);
  emitStay(emit, seats, { measure: 'taskAssigned', from: first.at, to: null });
  for (const [index, step] of steps.entries())
    emitStanding(emit, seats, { step, to: steps[index + 1]?.at ?? null, now });
  return plainState({
    unit: seatAt(seats, now).unit,
    ...{ status: TASK_STATES.indexOf(last.state), dueAt: last.due, endAt: isDone(last) ? last.at : null },
    // What is done stays with its unit, too, and passes on with it.
    nextAt: nextOf([isDone(last) ? null : last.due + 1, nextSeat(seats, context)], context),
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
