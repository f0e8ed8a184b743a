/** Dossiers at random: any statuses in any order, across 1 July 2025, in the small world. Shrinks to few and early steps. */
import fc from 'fast-check';
import type { DossierEvent } from '../../shared/event.ts';
import { dayOf } from '../../shared/period.ts';
import { at, iso, REFORM, SEATS, step, ZONE } from './world.ts';

/** The first instant of random lives, and one after the last. */
export const LIVES_FROM = at('2025-06-16');
export const LIVES_TO = at('2025-07-21');

const MINUTE = 60_000;
const SPAN = (LIVES_TO - LIVES_FROM) / MINUTE - 1;

/** Working hours, nights, the very start of 1 July. */
const anyMinute = fc.oneof(
  { weight: 8, arbitrary: fc.integer({ min: 0, max: SPAN }) },
  { weight: 1, arbitrary: fc.constant((at(REFORM) - LIVES_FROM) / MINUTE) },
);

const anyStatus = fc.constantFrom(1, 2, 2, 2, 3, 4, 4, 4, 5, 5, 6, 7, 8, 9, 9, 9, 10, 10);

const anyDraft = fc.record({
  minute: anyMinute,
  status: anyStatus,
  receiver: fc.nat({ max: 23 }),
  resolver: fc.nat({ max: 23 }),
  channel: fc.constantFrom('online', 'online', 'direct', 'postal'),
  level: fc.constantFrom('full', 'partial', 'none'),
  procedure: fc.constantFrom('P.hours', 'P.days', 'P.calendar', 'P.none'),
  field: fc.option(fc.constantFrom('land', 'civil'), { nil: undefined, freq: 3 }),
  dueHours: fc.option(fc.integer({ min: -30, max: 400 }), { nil: undefined, freq: 3 }),
  fee: fc.option(fc.boolean(), { nil: undefined }),
  paidOnline: fc.option(fc.boolean(), { nil: undefined }),
  eResult: fc.option(fc.boolean(), { nil: undefined }),
  digitised: fc.option(fc.boolean(), { nil: undefined }),
});
type Draft = typeof anyDraft extends fc.Arbitrary<infer T> ? T : never;

function told(code: string, index: number, draft: Draft): DossierEvent {
  const { minute, receiver, resolver, field, dueHours, fee, paidOnline, eResult, digitised, ...rest } = draft;
  const happened = LIVES_FROM + minute * MINUTE;
  const seats = dayOf(happened, ZONE) < REFORM ? SEATS.old : SEATS.new;
  return step({
    ...rest,
    id: `e${code}-${index}`,
    dossier: code,
    at: iso(happened),
    receiver: seats[receiver % seats.length] ?? 'A',
    resolver: seats[resolver % seats.length] ?? 'A',
    ...(field === undefined ? {} : { field }),
    ...(dueHours === undefined ? {} : { due: iso(happened + dueHours * 60 * MINUTE) }),
    ...(fee === undefined ? {} : { fee }),
    ...(paidOnline === undefined ? {} : { paidOnline }),
    ...(eResult === undefined ? {} : { eResult }),
    ...(digitised === undefined ? {} : { digitised }),
  });
}

/** The events of one dossier, in no order. */
export function anyLife(code: string, most = 7): fc.Arbitrary<DossierEvent[]> {
  return fc
    .array(anyDraft, { minLength: 1, maxLength: most })
    .map((drafts) => drafts.map((draft, index) => told(code, index, draft)));
}

/** The events of several dossiers, in no order. */
export function anyLog(dossiers: number): fc.Arbitrary<DossierEvent[]> {
  const lives = Array.from({ length: dossiers }, (_, index) => anyLife(`d${index}`));
  return fc.tuple(...lives).map((all) => all.flat());
}

/** The same events told in another order, those of one instant among themselves as before: what may not matter. */
export function anyTelling<E extends { at: string }>(events: readonly E[]): fc.Arbitrary<E[]> {
  return fc.shuffledSubarray([...events], { minLength: events.length }).map((shuffled) => {
    const left = Map.groupBy(events, (event) => event.at);
    return shuffled.map((event) => left.get(event.at)?.shift() ?? event);
  });
}

/** Events in the order they happened. */
export const inOrder = <E extends { at: string; id: string }>(events: readonly E[]): E[] =>
  events.toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at) || (a.id < b.id ? -1 : 1));
