/** Documents, petitions and ratings of a day, each with all that is told of it later. Law: drawn of the seed, unit and day alone. */
import type { DocumentEvent, OpsEvent, PetitionEvent, RatingEvent } from '../../shared/event.ts';
import { isoOf } from '../../shared/period.ts';
import { type Day, type Days, drawTimeOfDay } from './days.ts';
import { PROVINCE } from './departments.ts';
import { Dice, hashText, mixSeeds, sumUp } from './dice.ts';
import type { Place } from './places.ts';
import type { Told } from './tell.ts';

/** What is drawn from; `anchor` (epoch ms): when the demo was first made. */
export type RegisterSource = { days: Days; seed: number; places: readonly Place[]; anchor: number };

/** The department that signs none of its documents digitally. */
export const UNSIGNED_UNIT = `${PROVINCE}.SDTTG`;

/** No word of a document or petition lies later than this many days after its first. */
export const LONGEST_REGISTER_DAYS = 60;

const DOCUMENTS: Record<Place['tier'], number> = { department: 6, district: 0, commune: 1.5 };
const PETITIONS_A_DAY = 12;
const RATINGS_A_DAY = 40;
const MINUTE_MS = 60_000;
/** The working days around the anchor in which no rating is told: its feed, which means to speak each day, is late. */
const RATINGS_LATE = { before: 3, after: 2 };

const whole = (at: number): number => Math.floor(at / 1000) * 1000;
const atCounter = (dice: Dice, day: Day): number => whole(day.startsAt + drawTimeOfDay(dice, false));

/** All that is told of what begins on a day, in no order. */
export function* drawRegisters(source: RegisterSource, day: Day): Generator<Told<OpsEvent>> {
  if (!day.isWorking) return;
  for (const place of source.places) yield* drawDocuments(source, place, day);
  yield* drawPetitions(source, day);
  yield* drawRatings(source, day);
}

function* drawDocuments({ days, seed }: RegisterSource, place: Place, day: Day): Generator<Told<OpsEvent>> {
  const dice = new Dice(mixSeeds(mixSeeds(seed, hashText('documents'), 0), place.hash, day.number));
  const count = dice.count(place.code === UNSIGNED_UNIT ? 1 : DOCUMENTS[place.tier]);
  for (let index = 1; index <= count; index++) {
    const at = atCounter(dice, day);
    const code = `VB-${place.code}-${day.text}-${index}`;
    const electronic = dice.isLucky(0.996);
    const event: DocumentEvent = {
      ...{ id: `${code}.1`, kind: 'document', at: isoOf(at, days.zone), document: code, unit: place.code },
      direction: dice.isLucky(0.6) ? 'out' : 'in',
      electronic,
      signed: place.code !== UNSIGNED_UNIT && electronic && dice.isLucky(0.995),
    };
    if (event.direction === 'out' || !dice.isLucky(0.35)) yield { at, feed: 'documents', event };
    else yield* followIncoming(dice, { days, at, event });
  }
}

/** An incoming document with a due time, and then that it is done. */
function* followIncoming(
  dice: Dice,
  { days, at, event }: { days: Days; at: number; event: DocumentEvent },
): Generator<Told<OpsEvent>> {
  const { calendar, zone } = days;
  const hours = 8 * (3 + Math.floor(dice.between(0, 5)));
  const received = { ...event, due: isoOf(calendar.addWorkingHours(at, hours), zone) };
  yield { at, feed: 'documents', event: received };
  const spent = dice.isLucky(0.04) ? dice.between(hours + 2, hours + 40) : dice.between(1, hours - 1);
  const done = whole(calendar.addWorkingHours(at, spent));
  const told = { ...received, id: `${event.document}.2`, at: isoOf(done, zone), done: isoOf(done, zone) };
  yield { at: done, feed: 'documents', event: told };
}

function* drawPetitions({ days, seed, places }: RegisterSource, day: Day): Generator<Told<OpsEvent>> {
  const dice = new Dice(mixSeeds(seed, hashText('petitions'), day.number));
  const odds = sumUp(places.map(({ perDay }) => perDay));
  const count = dice.count(PETITIONS_A_DAY);
  for (let index = 1; index <= count; index++) {
    const unit = places[dice.draw(odds)]?.code ?? PROVINCE;
    const at = atCounter(dice, day);
    const petition = `PAKN-${day.text}-${index}`;
    const tell = (step: number, when: number, more: Pick<PetitionEvent, 'state' | 'satisfied'>) => ({
      ...{ at: when, feed: 'petitions' as const },
      event: {
        ...{ id: `${petition}.${step}`, kind: 'petition' as const, at: isoOf(when, days.zone) },
        ...{ petition, unit, ...more },
      },
    });
    yield tell(1, at, { state: 'received' });
    const isLate = dice.isLucky(0.36);
    const spent = isLate ? dice.between(122, 200) : dice.between(24, 116);
    const end = whole(days.calendar.addWorkingHours(at, spent));
    const isRefused = dice.isLucky(0.05);
    const satisfied = dice.isLucky(isLate ? 0.4 : 0.68);
    yield tell(2, end, isRefused ? { state: 'refused' } : { state: 'answered', satisfied });
  }
}

/** Whether the feed of ratings is late at an instant. */
export function areRatingsLate(
  { days: { calendar }, anchor }: Pick<RegisterSource, 'days' | 'anchor'>,
  at: number,
): boolean {
  const from = calendar.addWorkingDays(anchor, -RATINGS_LATE.before);
  return from <= at && at < calendar.addWorkingDays(anchor, RATINGS_LATE.after);
}

function* drawRatings(source: RegisterSource, day: Day): Generator<Told<OpsEvent>> {
  const { days, seed, places } = source;
  const dice = new Dice(mixSeeds(seed, hashText('ratings'), day.number));
  const odds = sumUp(places.map(({ perDay }) => perDay));
  const count = dice.count(RATINGS_A_DAY);
  for (let index = 1; index <= count; index++) {
    const place = places[dice.draw(odds)];
    const at = atCounter(dice, day) + MINUTE_MS;
    const isSatisfied = dice.isLucky(0.8 + 0.15 * (place?.quality.onTime ?? 1));
    const word = dice.isLucky(0.5)
      ? { satisfied: isSatisfied }
      : { score: Math.floor(isSatisfied ? dice.between(4, 6) : dice.between(1, 4)) };
    const event: RatingEvent = {
      ...{ id: `DG-${day.text}-${index}`, kind: 'rating', at: isoOf(at, days.zone) },
      ...{ unit: place?.code ?? PROVINCE, ...word },
    };
    if (!areRatingsLate(source, at)) yield { at, feed: 'ratings', event };
  }
}
