/** What is kept of batches that were refused. Law: no value that a batch told is kept, nor a field that may hold one. */
import { addDays, dayOf } from '../../shared/period.ts';
import type { ErrorCode, InputError } from '../errors.ts';
import type { FeedCaller } from '../people/caller.ts';
import { addToFeedDay, insertRefusal } from '../store/write/intake.ts';
import type { Act } from './act.ts';

/** How a batch was refused. `events`: how many were read of it by then. */
export type RefusedBatch = {
  code: ErrorCode;
  events: number;
  faults: number;
  errors: readonly InputError[];
};

/** Ways to be refused that lie with the batch and not with the hour. */
export const REFUSALS: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'badInput',
  'forbidden',
  'conflict',
  'tooLarge',
  'unsupported',
  'unprocessable',
]);

/** Rows kept of a feed in a day; what is refused beyond is counted. */
export const KEPT_A_DAY = 20;
const KEPT_REASONS = 5;
const KEPT_DAYS = 92;

/** Names as programs give to fields: a person's name, a number or a sentence is none. */
const FIELD = /^[A-Za-z][A-Za-z]{0,39}(\.([A-Za-z]{1,40}|\d{1,3}))*$/;

/** A fault without what was told: of a code only that there was one. */
export function anonymise({ index, field, reason }: InputError): InputError {
  return {
    ...(index === undefined ? {} : { index }),
    field: field === '' || FIELD.test(field) ? field : '?',
    reason: reason
      .replace(/^no unit has the code .* on (\d{4}-\d{2}-\d{2})$/s, 'no unit has this code on $1')
      .slice(0, 200),
  };
}

/** Notes that a batch of a feed was refused; of many a day only that they were. */
export const noteRefusal: Act<FeedCaller, RefusedBatch, null> = async (
  { tx, site },
  { feed },
  { code, events, faults, errors },
) => {
  const day = dayOf(tx.at, site.zone);
  const none = { batches: 0, events: 0, duplicates: 0 };
  const { refusals } = await addToFeedDay(tx, { feed, day, ...none, refusals: 1, refusedEvents: events });
  if (refusals <= KEPT_A_DAY) {
    const reasons = JSON.stringify(errors.slice(0, KEPT_REASONS).map(anonymise));
    const row = { feed, day, code, faults, reasons, events: events === 0 ? null : events };
    await insertRefusal(tx, row, addDays(day, -KEPT_DAYS));
  }
  return { answer: null, changed: null };
};
