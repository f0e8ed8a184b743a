/**
 * The petition (phản ánh, kiến nghị): open from its first step until it is answered or refused, in time within 15 working days.
 * Received again after an answer it is open again, with a time of its own: it comes out by its last answer.
 */
import type { PetitionEvent } from '../../../shared/event.ts';
import type { MeasureId } from '../../../shared/measure.ts';
import { PETITION_MEASURES } from '../../../shared/other-measures.ts';
import type { Emit, FoldContext, Kind, Subject, SubjectState } from '../kind.ts';
import type { Seat } from '../seat.ts';
import { emitStay, listSeats, nextSeat, seatAt } from './hold.ts';
import { endsOf, inOrder, nextOf, type PlainStep, plainFold, plainState, unitOf } from './plain.ts';

type Step = PlainStep & { state: PetitionEvent['state']; due: number | null; satisfied: boolean | null };

/** Within which a petition is to be answered, where it states no due time (Decision 766, 5.2). */
export const PETITION_WORKING_DAYS = 15;

/** From a receipt to the first answer after it: told again, neither a receipt nor an answer moves it. */
type Round = { from: number; stated: number | null; end: Step | null };

/** The rounds of ordered steps, one or more. A due time is the round's in which it was stated. */
function listRounds(steps: readonly Step[]): Round[] {
  const rounds: Round[] = [];
  for (const step of steps) {
    const round = rounds.at(-1);
    const isReopened = round?.end !== null && step.state === 'received';
    if (!round || isReopened) {
      rounds.push({ from: step.at, stated: step.due, end: step.state === 'received' ? null : step });
      continue;
    }
    round.stated = step.due ?? round.stated;
    if (step.state !== 'received') round.end ??= step;
  }
  return rounds;
}

type Timed = Round & { due: number };

function timeRound(round: Round, { calendar }: FoldContext): Timed {
  return { ...round, due: round.stated ?? calendar.addWorkingDays(round.from, PETITION_WORKING_DAYS) };
}

const isLate = ({ end, due }: Timed) => end !== null && end.at > due;

function emitRound(emit: Emit, seats: readonly Seat[], round: Timed, now: number): void {
  const { from, due } = round;
  const to = round.end?.at ?? null;
  emitStay(emit, seats, { measure: 'petOpen', from, to });
  const lateFrom = Math.max(due + 1, from);
  if (lateFrom <= (to ?? now)) emitStay(emit, seats, { measure: 'petOverdue', from: lateFrom, to });
}

/** How it came out: late if any of its rounds was; complained of again, it was not to their satisfaction. */
function emitOutcome(
  emit: Emit,
  seats: readonly Seat[],
  rounds: readonly Timed[],
  isSatisfied: boolean,
): void {
  const end = rounds.at(-1)?.end;
  if (!end) return;
  const isAnyLate = rounds.some(isLate);
  const isContent = isSatisfied && rounds.length === 1;
  const counts: [MeasureId, boolean][] = [
    [isAnyLate ? 'petLate' : 'petOnTime', true],
    ['petRefused', end.state === 'refused'],
    ['petDissatisfied', !isAnyLate && !isContent],
  ];
  const { path } = seatAt(seats, end.at);
  for (const [measure, counted] of counts) if (counted) emit(path, end.at, measure, 1);
}

function fold(subject: Subject<Step>, context: FoldContext, emit: Emit): SubjectState {
  const steps = inOrder(subject);
  const { first } = endsOf(steps);
  const seats = listSeats(subject, context);
  const rounds = listRounds(steps).map((round) => timeRound(round, context));
  const { last } = endsOf(rounds);
  emit(seatAt(seats, first.at).path, first.at, 'petReceived', 1);
  for (const round of rounds) emitRound(emit, seats, round, context.now);
  const satisfied = steps.findLast((step) => step.satisfied !== null)?.satisfied;
  emitOutcome(emit, seats, rounds, satisfied !== false);
  return plainState({
    unit: seatAt(seats, last.end?.at ?? context.now).unit,
    ...{ dueAt: last.due, endAt: last.end?.at ?? null },
    nextAt: last.end ? null : nextOf([last.due + 1, nextSeat(seats, context)], context),
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
