/** The same events told in many ways: any order and batches, repeats, corrections and withdrawals by a second feed, ticks. */
import fc from 'fast-check';
import type { DossierEvent, OpsEvent } from '../../shared/event.ts';
import type { Deed } from './acts.ts';
import { anyLog, inOrder, LIVES_TO } from './lives.ts';
import { iso } from './world.ts';

const DAY = 86_400_000;

/** A log, told once in order in one batch a feed, and told otherwise; both end with a tick at the same instant. */
export type Script = { straight: Deed[]; crooked: Deed[]; end: number };

/** An event as a feed tells it. */
export type Told = { feed: string; event: OpsEvent };

/** A second feed tells the same step under the same id, a little later, and knows better when it is due. */
const correct = (event: DossierEvent, index: number): DossierEvent => ({
  ...event,
  at: iso(Date.parse(event.at) + (index + 1) * 1000),
  due: iso(Date.parse(event.at) + (index + 1) * 7 * 3_600_000),
  field: 'civil',
});

/** What two feeds tell of a few dossiers. */
export const anyTold: fc.Arbitrary<Told[]> = fc
  .tuple(anyLog(4), fc.array(fc.nat({ max: 20 }), { maxLength: 4 }), fc.nat({ max: 40 }))
  .map(([events, picks, withdrawn]) => [
    ...events.map((event) => ({ feed: 'portal', event })),
    ...events.slice(withdrawn, withdrawn + 2).map((event) => ({
      feed: 'office',
      event: { ...event, id: `v${event.id}`, void: true },
    })),
    ...[...new Set(picks)].flatMap((pick) => {
      const event = events[pick];
      return event ? [{ feed: 'office', event: correct(event, pick) }] : [];
    }),
  ]);

type Way = { told: Told[]; sizes: number[]; pauses: number[]; days: number; aheadMs: number };

/** The told things in their batches; a batch comes when its newest event has happened by the feed's clock, or later. */
function batch({ told, sizes, pauses, aheadMs }: Way, end: number): Deed[] {
  const deeds: Deed[] = [];
  let now = 0;
  let turn = 0;
  for (let from = 0; from < told.length; turn++) {
    const part = told.slice(from, from + (sizes[turn % sizes.length] ?? 1));
    from += part.length;
    const newest = Math.max(...part.map(({ event }) => Date.parse(event.at)));
    now = Math.min(end, Math.max(now, newest - aheadMs) + (pauses[turn % pauses.length] ?? 0));
    for (const feed of ['office', 'portal']) {
      const events = part.filter((one) => one.feed === feed).map(({ event }) => event);
      if (events.length > 0) deeds.push({ kind: 'ingest', feed, events, now });
    }
    if (turn % 2 === 0) deeds.push({ kind: 'tick', now });
  }
  return [...deeds, { kind: 'tick', now: end }];
}

function straighten(told: readonly Told[], end: number): Deed[] {
  const feeds = ['portal', 'office'].map((feed): Deed => {
    const events = inOrder(told.filter((one) => one.feed === feed).map(({ event }) => event));
    return { kind: 'ingest', feed, events, now: end };
  });
  return [...feeds, { kind: 'tick', now: end }];
}

/** Steps of one instant count in the order told: told otherwise, they keep the order of their ids. */
function keepInstants(told: readonly Told[]): Told[] {
  const byId = told.toSorted((a, b) => (a.event.id < b.event.id ? -1 : 1));
  const left = Map.groupBy(byId, ({ event }) => event.at);
  return told.map((one) => left.get(one.event.at)?.shift() ?? one);
}

/** Scripts of told things: events of one instant have ids in the order in which they count. */
export function anyScriptOf(anyLogTold: fc.Arbitrary<Told[]>): fc.Arbitrary<Script> {
  return anyLogTold.chain(anyWay).map((way) => {
    const end = LIVES_TO + way.days * DAY;
    return { straight: straighten(way.told, end), crooked: batch(way, end), end };
  });
}

const anyWay = (told: Told[]): fc.Arbitrary<Way> =>
  fc.record({
    told: fc
      .tuple(fc.shuffledSubarray(told, { minLength: told.length }), fc.subarray(told))
      .map(([all, again]) => [...keepInstants(all), ...again]),
    sizes: fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 5 }),
    pauses: fc.array(fc.integer({ min: 0, max: 3 * DAY }), { minLength: 1, maxLength: 5 }),
    days: fc.constantFrom(0, 3, 45),
    aheadMs: fc.constantFrom(0, 4 * 60_000),
  });

/** Scripts of dossiers. */
export const anyScript: fc.Arbitrary<Script> = anyScriptOf(anyTold);
