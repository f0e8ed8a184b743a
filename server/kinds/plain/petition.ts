/** The petition (phản ánh, kiến nghị): open from its first step until it is answered or refused, in time within 15 working days. */
import type { PetitionEvent } from '../../../shared/event.ts';
import type { MeasureId } from '../../../shared/measure.ts';
import { PETITION_MEASURES } from '../../../shared/other-measures.ts';
import { dayOf } from '../../../shared/period.ts';
import type { Emit, FoldContext, Kind, Subject, SubjectState } from '../kind.ts';
import { endsOf, inOrder, nextOf, type PlainStep, plainFold, plainState, unitOf } from './plain.ts';

type Step = PlainStep & { state: PetitionEvent['state']; due: number | null; satisfied: boolean | null };

/** Within which a petition is to be answered, where it states no due time (Decision 766, 5.2). */
export const PETITION_WORKING_DAYS = 15;

/** The answer that stands: the first of those after the petition was last received. */
function findEnd(steps: readonly Step[]): Step | undefined {
  const reopened = steps.findLastIndex(({ state }) => state === 'received');
  return steps.slice(reopened + 1)[0];
}

type Course = { path: readonly number[]; from: number; due: number; end: Step | undefined };

function emitEnd(emit: Emit, { path, due, end }: Course, isSatisfied: boolean): void {
  if (!end) return;
  const isLate = end.at > due;
  const counts: [MeasureId, number, boolean][] = [
    ['petOpen', -1, true],
    [isLate ? 'petLate' : 'petOnTime', 1, true],
    ['petRefused', 1, end.state === 'refused'],
    ['petDissatisfied', 1, !isLate && !isSatisfied],
    ['petOverdue', -1, isLate],
  ];
  for (const [measure, amount, counted] of counts) if (counted) emit(path, end.at, measure, amount);
}

function fold(subject: Subject<Step>, context: FoldContext, emit: Emit): SubjectState {
  const steps = inOrder(subject);
  const { first, last } = endsOf(steps);
  const path = context.tree.pathOn(last.unit, dayOf(first.at, context.zone));
  const stated = steps.findLast((step) => step.due !== null)?.due ?? null;
  const due = stated ?? context.calendar.addWorkingDays(first.at, PETITION_WORKING_DAYS);
  const course: Course = { path, from: first.at, due, end: findEnd(steps) };
  emit(path, first.at, 'petReceived', 1);
  emit(path, first.at, 'petOpen', 1);
  const lateFrom = Math.max(due + 1, first.at);
  if (lateFrom <= (course.end?.at ?? context.now)) emit(path, lateFrom, 'petOverdue', 1);
  const satisfied = steps.findLast((step) => step.satisfied !== null)?.satisfied;
  emitEnd(emit, course, satisfied !== false);
  return plainState({
    unit: last.unit,
    ...{ dueAt: due, endAt: course.end?.at ?? null },
    nextAt: course.end ? null : nextOf([due + 1], context),
  });
}

/** Events of kind `petition`. */
export const petitionKind: Kind<PetitionEvent, Step> = {
  ...{ units: ['unit'], code: 'petition', otherCodes: [], keyOf: null },
  fold: plainFold<PetitionEvent, Step>({
    measures: Object.keys(PETITION_MEASURES) as MeasureId[],
    read: ({ state, due, satisfied }, told) => ({
      ...{ feed: told.feed, id: told.id, at: told.at, unit: unitOf(told) },
      ...{ state, due: due === undefined ? null : Date.parse(due), satisfied: satisfied ?? null },
    }),
    fold,
  }),
};
