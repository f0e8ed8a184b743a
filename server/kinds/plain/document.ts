/** The document: issued or received, electronic or not, signed or not; an incoming one with a due time is open until it is done. */
import type { DocumentEvent } from '../../../shared/event.ts';
import type { MeasureId } from '../../../shared/measure.ts';
import { DOCUMENT_MEASURES } from '../../../shared/other-measures.ts';
import type { Emit, FoldContext, Kind, Subject, SubjectState } from '../kind.ts';
import type { Seat } from '../seat.ts';
import { emitStay, listSeats, nextSeat, seatAt } from './hold.ts';
import { endsOf, inOrder, nextOf, type PlainStep, plainFold, plainState, unitOf } from './plain.ts';

type Step = PlainStep &
  Pick<DocumentEvent, 'direction' | 'electronic' | 'signed'> & {
    due: number | null;
    done: number | null;
  };

const instantOf = (text: string | undefined) => (text === undefined ? null : Date.parse(text));

type Course = { seats: readonly Seat[]; from: number; due: number; end: number | null };

/** What has come about of an incoming document's due time by now. */
function emitDue(emit: Emit, { seats, from, due, end }: Course, now: number): void {
  emitStay(emit, seats, { measure: 'docInOpen', from, to: end });
  if (end !== null) emit(seatAt(seats, end).path, end, end > due ? 'docInLate' : 'docInOnTime', 1);
  const lateFrom = Math.max(due + 1, from);
  if (lateFrom <= (end ?? now)) emitStay(emit, seats, { measure: 'docInOverdue', from: lateFrom, to: end });
}

/** When it was done, by the newest statement: never before it was received, and not until the clock is there. */
function readEnd(
  steps: readonly Step[],
  from: number,
  now: number,
): { stated: number | null; end: number | null } {
  const told = steps.findLast((step) => step.done !== null)?.done ?? null;
  const stated = told === null ? null : Math.max(told, from);
  return { stated, end: stated !== null && stated <= Math.max(now, from) ? stated : null };
}

function fold(subject: Subject<Step>, context: FoldContext, emit: Emit): SubjectState {
  const steps = inOrder(subject);
  const { first, last } = endsOf(steps);
  const seats = listSeats(subject, context);
  const { path } = seatAt(seats, first.at);
  const isOut = last.direction === 'out';
  const counts: [MeasureId, boolean][] = [
    [isOut ? 'docOut' : 'docIn', true],
    [isOut ? 'docOutElectronic' : 'docInElectronic', last.electronic],
    ['docOutSigned', isOut && last.signed],
  ];
  for (const [measure, counted] of counts) if (counted) emit(path, first.at, measure, 1);
  const due = steps.findLast((step) => step.due !== null)?.due ?? null;
  const { stated, end } = readEnd(steps, first.at, context.now);
  const isTracked = !isOut && due !== null;
  if (isTracked) emitDue(emit, { seats, from: first.at, due, end }, context.now);
  const isRunning = isTracked && end === null;
  const changes = isRunning ? [due + 1, nextSeat(seats, context)] : [];
  return plainState({
    unit: seatAt(seats, isRunning ? context.now : (end ?? last.at)).unit,
    ...{ dueAt: due, endAt: end },
    nextAt: nextOf([stated, ...changes], context),
  });
}

/** Events of kind `document`. Without a code each is a document of its own. */
export const documentKind: Kind<DocumentEvent, Step> = {
  ...{ units: ['unit'], code: 'document', otherCodes: [] },
  keyOf: (_event, { feed, id }) => `${feed} ${id}`,
  fold: plainFold<DocumentEvent, Step>({
    measures: Object.keys(DOCUMENT_MEASURES) as MeasureId[],
    read: ({ direction, electronic, signed, due, done }, told) => ({
      ...{ feed: told.feed, id: told.id, at: told.at, unit: unitOf(told) },
      ...{ direction, electronic, signed, due: instantOf(due), done: instantOf(done) },
    }),
    fold,
  }),
};
