/** The document: issued or received, electronic or not, signed or not; an incoming one with a due time is open until it is done. */
import type { DocumentEvent } from '../../../shared/event.ts';
import type { MeasureId } from '../../../shared/measure.ts';
import { DOCUMENT_MEASURES } from '../../../shared/other-measures.ts';
import { dayOf } from '../../../shared/period.ts';
import type { Emit, FoldContext, Kind, Subject, SubjectState } from '../kind.ts';
import { endsOf, inOrder, nextOf, type PlainStep, plainFold, plainState, unitOf } from './plain.ts';

type Step = PlainStep &
  Pick<DocumentEvent, 'direction' | 'electronic' | 'signed'> & {
    due: number | null;
    done: number | null;
  };

const instantOf = (text: string | undefined) => (text === undefined ? null : Date.parse(text));

/** What has come about of an incoming document's due time by now. */
function emitDue(
  emit: Emit,
  { from, due, done, path }: { from: number; due: number; done: number | null; path: readonly number[] },
  { now }: FoldContext,
): void {
  const end = done === null ? null : Math.max(done, from);
  emit(path, from, 'docInOpen', 1);
  if (end !== null) {
    emit(path, end, 'docInOpen', -1);
    emit(path, end, end > due ? 'docInLate' : 'docInOnTime', 1);
  }
  const lateFrom = Math.max(due + 1, from);
  if (lateFrom > (end ?? now)) return;
  emit(path, lateFrom, 'docInOverdue', 1);
  if (end !== null) emit(path, end, 'docInOverdue', -1);
}

function fold(subject: Subject<Step>, context: FoldContext, emit: Emit): SubjectState {
  const steps = inOrder(subject);
  const { first, last } = endsOf(steps);
  const path = context.tree.pathOn(last.unit, dayOf(first.at, context.zone));
  const isOut = last.direction === 'out';
  const counts: [MeasureId, boolean][] = [
    [isOut ? 'docOut' : 'docIn', true],
    [isOut ? 'docOutElectronic' : 'docInElectronic', last.electronic],
    ['docOutSigned', isOut && last.signed],
  ];
  for (const [measure, counted] of counts) if (counted) emit(path, first.at, measure, 1);
  const due = steps.findLast((step) => step.due !== null)?.due ?? null;
  const stated = steps.findLast((step) => step.done !== null)?.done ?? null;
  const done = stated !== null && stated <= context.now ? stated : null;
  if (!isOut && due !== null) emitDue(emit, { from: first.at, due, done, path }, context);
  const isRunning = !isOut && due !== null && done === null;
  return plainState({
    unit: last.unit,
    ...{ dueAt: due, endAt: done },
    nextAt: isRunning ? nextOf([due + 1, stated], context) : null,
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
