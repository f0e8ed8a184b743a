/** What holds of an alert whatever happens to it, in whatever order, and however often the house stops and starts again. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { START, type StepContext } from '../server/rules/draft.ts';
import type { AlertEvent, AlertState, Effect } from '../server/rules/state.ts';
import { isWell, step } from '../server/rules/step.ts';
import { POLICY } from '../shared/alert-policy.ts';
import { createCalendar } from '../shared/calendar.ts';
import { VIETNAM_CALENDAR } from '../shared/holidays.ts';
import { BEGIN, contexts, expectSound, figures, gaps, histories, spans } from './rules-events.ts';
import { contextOf, DAY, HOUR, MINUTE, run, sampleOf } from './rules-world.ts';
import { at } from './server/world.ts';

const T = at('2026-11-24 09:00');

type Stream = { effects: Effect[]; state: AlertState };

/** Lives through events and, up to the end, what the clock alone brings. */
function live(by: StepContext, events: readonly AlertEvent[], until: number): Stream {
  const { state, effects } = run(by, [...events, { kind: 'time', at: until }]);
  return { state, effects };
}

/** Tells a sample again right after itself, and after it the one before it. */
function tellAgain(events: readonly AlertEvent[], place: number): readonly AlertEvent[] {
  const index = place % Math.max(1, events.length);
  const event = events[index];
  if (event?.kind !== 'sample') return events;
  const older = events
    .slice(0, index)
    .filter(({ kind }) => kind === 'sample')
    .slice(-1);
  return [...events.slice(0, index + 1), event, ...older, ...events.slice(index + 1)];
}

const END = at('2026-12-30 17:00');

describe('whatever happens', () => {
  test('a state is sound, timers that are due have fired, and histories are well formed', () => {
    fc.assert(
      fc.property(contexts, histories, (by, events) => {
        let state: AlertState = START;
        let isOpen = false;
        for (const event of events) {
          const stepped = step(state, event, by);
          state = stepped.state;
          expectSound(state, stepped.nextAt);
          if (stepped.nextAt !== null) expect(stepped.nextAt).toBeGreaterThan(event.at);
          for (const { kind, reason, at: when } of stepped.effects) {
            expect(when).toBeLessThanOrEqual(event.at);
            expect(kind === 'raised').toBe(!isOpen);
            isOpen = kind !== 'closed';
            expect(reason !== null).toBe(kind === 'closed');
          }
          expect(state.worst !== null).toBe(isOpen);
        }
      }),
      { seed: 18, numRuns: 600 },
    );
  });

  test('stopping and starting again at any point changes nothing: states are written down and read', () => {
    fc.assert(
      fc.property(contexts, histories, (by, events) => {
        let state: AlertState = START;
        const effects: Effect[] = [];
        for (const event of events) {
          const stepped = step(JSON.parse(JSON.stringify(state)), event, by);
          effects.push(...stepped.effects);
          state = stepped.state;
        }
        expect({ effects, state }).toEqual({
          effects: run(by, events).effects,
          state: run(by, events).state,
        });
      }),
      { seed: 2, numRuns: 200 },
    );
  });

  test('a clock that comes by late, even days late, finds the same as one that was on time', () => {
    fc.assert(
      fc.property(contexts, histories, (by, events) => {
        const due: AlertEvent[] = [];
        let state: AlertState = START;
        for (const event of events) {
          for (;;) {
            const { nextAt } = step(state, { kind: 'time', at: -1 }, by);
            if (nextAt === null || nextAt >= event.at) break;
            due.push({ kind: 'time', at: nextAt });
            state = step(state, { kind: 'time', at: nextAt }, by).state;
          }
          due.push(event);
          state = step(state, event, by).state;
        }
        expect(live(by, due, END)).toEqual(live(by, events, END));
      }),
      { seed: 20, numRuns: 300 },
    );
  });

  test('samples told again, or older than what is known, change nothing', () => {
    fc.assert(
      fc.property(contexts, histories, fc.array(fc.nat(), { maxLength: 20 }), (by, events, places) => {
        const again = places.reduce(tellAgain, events);
        expect(live(by, again, END)).toEqual(live(by, events, END));
      }),
      { seed: 3, numRuns: 300 },
    );
  });

  test('what is missing, wrong or too little never raises and never clears', () => {
    const blind = fc.constantFrom(
      { quality: 'missing' as const },
      { quality: 'error' as const },
      { quality: 'fresh' as const, cases: 3 },
      { quality: 'fresh' as const, figure: null, cases: 0 },
      { quality: 'partial' as const, told: 0.1 },
    );
    const partial = { partialBelow: 0.5 };
    fc.assert(
      fc.property(
        histories,
        fc.array(fc.tuple(blind, figures, gaps), { minLength: 1 }),
        spans,
        (events, seen, delay) => {
          const by = contextOf({ ...partial, delay, clearDelay: delay });
          const samples = events.filter(({ kind }) => kind === 'sample');
          const from = run(by, samples).state;
          let now = (samples.at(-1)?.at ?? T) + 1;
          const blinded = seen.map(([said, figure, gap]) => {
            const event = sampleOf(now, figure, said);
            now += gap;
            return event;
          });
          const after = run(by, blinded, from);
          const { condition, severity } = run(by, [{ kind: 'time', at: blinded[0]?.at ?? 0 }], from).state;
          expect(after.state).toMatchObject({ condition, severity });
          const kinds = after.effects.map(({ kind }) => kind);
          const moved = ['raised', 'worsened', 'improved', 'recovering', 'returned', 'cleared'];
          const sinceBlind = after.effects.filter(({ at: when }) => when > (blinded[0]?.at ?? 0));
          expect(sinceBlind.filter(({ kind }) => moved.includes(kind))).toEqual([]);
          expect(kinds.filter((kind) => kind === 'resumed')).toEqual([]);
        },
      ),
      { seed: 12, numRuns: 400 },
    );
  });

  test('an alert that is well may be forgotten: one that begins anew goes on exactly alike', () => {
    fc.assert(
      fc.property(contexts, histories, histories, (by, events, coming) => {
        const { state } = run(by, events);
        const last = events.at(-1)?.at ?? 0;
        const much = 20 * DAY;
        const well = Array.from({ length: 21 }, (_, index) => sampleOf(last + much + index * MINUTE, 99));
        const quiet = run(
          by,
          [...well, { kind: 'acknowledge', at: last + 2 * much }, sampleOf(last + 3 * much, 99)],
          state,
        );
        const begin = last + 3 * much;
        fc.pre(isWell(quiet.state, begin));
        const later = coming.map((event) => {
          const shifted = event.at - BEGIN + begin;
          if (event.kind === 'sample')
            return { ...event, at: shifted, sample: { ...event.sample, at: shifted } };
          if (event.kind === 'shelve') return { ...event, at: shifted, until: shifted + HOUR };
          return { ...event, at: shifted };
        });
        const begun = run(by, later, { ...START, since: quiet.state.since });
        expect(run(by, later, quiet.state).effects).toEqual(begun.effects);
      }),
      { seed: 4, numRuns: 300 },
    );
  });
});

test('a calendar that has no such year delays by the clock on the wall: late is never never', () => {
  const bare = createCalendar({ ...VIETNAM_CALENDAR, years: {} });
  const by = { ...contextOf({ delay: { amount: 2, unit: 'workingHours' } }), calendar: bare, policy: POLICY };
  const { effects } = run(by, [sampleOf(T, 85), { kind: 'time', at: T + DAY }]);
  expect(effects.map(({ kind, at: when }) => [kind, when])).toEqual([['raised', T + 2 * HOUR]]);
});
