/** Histories of events as property tests of early warning draw them, and what must hold of every state. */
import fc from 'fast-check';
import { expect } from 'vitest';
import type { AlertEvent, AlertState } from '../server/rules/state.ts';
import { AlertQuality } from '../shared/alert.ts';
import type { RuleBody } from '../shared/rule.ts';
import { contextOf, DAY, HOUR, MINUTE, sampleOf } from './rules-world.ts';
import { at } from './server/world.ts';

/** What must hold of every state, whatever led to it. */
export function expectSound(state: AlertState, nextAt: number | null): void {
  const isHot = state.condition === 'active' || state.condition === 'recovering';
  expect(state.severity !== null).toBe(isHot);
  if (isHot) expect(state.worst).not.toBeNull();
  if (state.response !== 'none') expect(state.worst).not.toBeNull();
  if (state.condition === 'normal' && state.worst !== null && state.outUntil === null)
    expect(state.response).toBe('unack');
  expect(state.clearSince !== null).toBe(state.condition === 'recovering');
  const kept = state.shelf ? 'shelved' : state.isByDesign ? 'byDesign' : 'none';
  expect(state.suppression).toBe(state.outUntil === null ? kept : 'outOfService');
  if (state.condition === 'pending') expect(Object.keys(state.reachedSince)).not.toEqual([]);
  if (nextAt !== null) expect(Number.isFinite(nextAt)).toBe(true);
  expect(JSON.parse(JSON.stringify(state))).toEqual(state);
}

/** Percentages, now and then none. */
export const figures = fc.oneof(
  { weight: 10, arbitrary: fc.integer({ min: 60, max: 100 }) },
  { weight: 1, arbitrary: fc.constant(null) },
);
const anyEvent = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({
      kind: fc.constant('sample' as const),
      figure: figures,
      quality: fc.constantFrom(...AlertQuality.options, 'fresh' as const, 'fresh' as const),
      cases: fc.constantFrom(100, 100, 100, 3),
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('time' as const) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('acknowledge' as const) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('shelve' as const), isOneShot: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('unshelve' as const) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constantFrom('takeOut' as const, 'putBack' as const) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constantFrom('suppress' as const, 'unsuppress' as const) }) },
);
type Drawn = typeof anyEvent extends fc.Arbitrary<infer T> ? T : never;

/** Delays of every kind. */
export const spans = fc.constantFrom<RuleBody['delay']>(
  { amount: 0, unit: 'minutes' },
  { amount: 50, unit: 'minutes' },
  { amount: 3, unit: 'workingHours' },
  { amount: 1, unit: 'workingDays' },
  { amount: 30, unit: 'hours' },
);
/** Rules of every kind of delay, vote and working time. */
export const contexts = fc
  .record({
    delay: spans,
    clearDelay: spans,
    deadband: fc.constantFrom(0, 2),
    votes: fc.constantFrom({ of: 1, raise: 1, clear: 1 }, { of: 3, raise: 2, clear: 2 }),
    outside: fc.constantFrom('judge' as const, 'quiet' as const, 'freeze' as const),
    partialBelow: fc.constantFrom(0, 0.5),
  })
  .map((said) => contextOf(said));
/** From one event to the next. */
export const gaps = fc.constantFrom(MINUTE, 20 * MINUTE, HOUR, 5 * HOUR, 17 * HOUR, 3 * DAY);

/** When histories begin: just before Tết. */
export const BEGIN = at('2026-02-12 15:00');

/** Events in order of time, from then on. */
export const histories = fc.array(fc.tuple(gaps, anyEvent), { maxLength: 60 }).map((drawn) => {
  let now = BEGIN;
  return drawn.map(([gap, event]): AlertEvent => {
    now += gap;
    return toEvent(event, now);
  });
});

function toEvent(drawn: Drawn, now: number): AlertEvent {
  if (drawn.kind === 'sample') {
    const { figure, quality, cases } = drawn;
    return sampleOf(now, figure, {
      quality,
      cases: figure === null ? 0 : cases,
      told: quality === 'partial' ? 0.2 : 1,
    });
  }
  if (drawn.kind === 'shelve')
    return { kind: 'shelve', at: now, until: now + 9 * HOUR, isOneShot: drawn.isOneShot };
  if (drawn.kind === 'takeOut') return { kind: 'takeOut', at: now, until: now + 2 * DAY };
  return { kind: drawn.kind, at: now };
}
