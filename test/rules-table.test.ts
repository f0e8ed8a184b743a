/** The whole table: every condition, response and suppression meets every event and every quality of data. */
import { describe, expect, test } from 'vitest';
import { TREATMENT } from '../server/rules/levels.ts';
import type { AlertEvent, AlertState } from '../server/rules/state.ts';
import { step, TRANSITIONS } from '../server/rules/step.ts';
import { AlertQuality } from '../shared/alert.ts';
import { expectSound } from './rules-events.ts';
import { TABLE } from './rules-table.ts';
import { contextOf, DAY, HOUR, run, sampleOf } from './rules-world.ts';
import { at } from './server/world.ts';

const T = at('2026-11-24 09:00');
const delayed = { delay: { amount: 1, unit: 'hours' }, clearDelay: { amount: 1, unit: 'hours' } } as const;
const context = contextOf({ ...delayed, partialBelow: 0.5 });

/** States that are reached by living, one for each meaning that the regions have together. */
const LIVES: Record<string, AlertEvent[]> = {
  'normal, new': [],
  'normal, well': [sampleOf(T - 9 * HOUR, 95)],
  pending: [sampleOf(T - 0.5 * HOUR, 85)],
  'active, unacknowledged': [sampleOf(T - 3 * HOUR, 85), { kind: 'time', at: T - 1 }],
  'active, acknowledged': [sampleOf(T - 3 * HOUR, 85), { kind: 'acknowledge', at: T - HOUR }],
  'active, shelved': [
    sampleOf(T - 3 * HOUR, 85),
    { kind: 'shelve', at: T - HOUR, until: T + DAY, isOneShot: false },
  ],
  'active, suppressed': [sampleOf(T - 3 * HOUR, 85), { kind: 'suppress', at: T - HOUR }],
  'active, frozen': [
    sampleOf(T - 3 * HOUR, 85),
    { kind: 'time', at: T - 1.5 * HOUR },
    sampleOf(T - HOUR, null, { quality: 'missing' }),
  ],
  'recovering, unacknowledged': [sampleOf(T - 3 * HOUR, 85), sampleOf(T - 0.5 * HOUR, 95)],
  'recovering, acknowledged': [
    sampleOf(T - 3 * HOUR, 85),
    { kind: 'acknowledge', at: T - HOUR },
    sampleOf(T - 0.5 * HOUR, 95),
  ],
  'gone, unacknowledged': [
    sampleOf(T - 5 * HOUR, 85),
    sampleOf(T - 3 * HOUR, 95),
    { kind: 'time', at: T - 1 },
  ],
  'gone, pending again': [
    sampleOf(T - 5 * HOUR, 85),
    sampleOf(T - 3 * HOUR, 95),
    sampleOf(T - 0.5 * HOUR, 85),
  ],
  'active, out of service': [sampleOf(T - 3 * HOUR, 85), { kind: 'takeOut', at: T - HOUR, until: T + DAY }],
  'over, out of service': [
    sampleOf(T - 9 * HOUR, 85),
    { kind: 'acknowledge', at: T - 7 * HOUR },
    { kind: 'takeOut', at: T - 6 * HOUR, until: T + DAY },
    sampleOf(T - 5 * HOUR, 95),
    { kind: 'time', at: T - 1 },
  ],
};

const QUALITIES = {
  judge: AlertQuality.options.filter((quality) => TREATMENT[quality] !== 'freeze'),
  freeze: AlertQuality.options.filter((quality) => TREATMENT[quality] === 'freeze'),
};

/** Events that mean the same, of every kind and every quality of data. */
const sampled = (figure: number) =>
  QUALITIES.judge.map((quality) => sampleOf(T, figure, { quality, told: 1 }));
const EVENTS: Record<string, AlertEvent[]> = {
  critical: sampled(60),
  warning: sampled(85),
  clear: sampled(95),
  blind: [
    ...QUALITIES.freeze.flatMap((quality) =>
      [60, 85, 95, null].map((figure) => sampleOf(T, figure, { quality })),
    ),
    sampleOf(T, null, { cases: 0 }),
    sampleOf(T, null, { cases: null }),
    sampleOf(T, 60, { cases: 3 }),
    sampleOf(T, 95, { quality: 'partial', told: 0.1 }),
  ],
  time: [{ kind: 'time', at: T }],
  acknowledge: [{ kind: 'acknowledge', at: T }],
  shelve: [true, false].map((isOneShot) => ({ kind: 'shelve', at: T, until: T + DAY, isOneShot })),
  unshelve: [{ kind: 'unshelve', at: T }],
  takeOut: [{ kind: 'takeOut', at: T, until: T + DAY }],
  putBack: [{ kind: 'putBack', at: T }],
  suppress: [{ kind: 'suppress', at: T }],
  unsuppress: [{ kind: 'unsuppress', at: T }],
  end: [{ kind: 'end', at: T, reason: 'ruleOff' }],
};

/** What an event comes to: the four regions, and the effects; those that people are told of with a mark. */
function outcomeOf(before: AlertState, event: AlertEvent): string {
  const { state, effects, nextAt } = step(before, event, context);
  expectSound(state, nextAt);
  const told = effects.map(({ kind, severity, isSilent }) => `${kind} ${severity}${isSilent ? '' : '!'}`);
  const regions = [state.condition, state.severity, state.response, state.suppression].filter(
    (region) => region !== null && region !== 'none',
  );
  return [regions.join(' '), ...told].join(' | ');
}

describe('every state meets every event', () => {
  test('the table names each of them', () => {
    const events = [
      ...['acknowledge', 'end', 'putBack', 'sample', 'shelve', 'suppress', 'takeOut', 'time', 'unshelve'],
      'unsuppress',
    ];
    for (const handlers of Object.values(TRANSITIONS)) expect(Object.keys(handlers).sort()).toEqual(events);
    expect(Object.keys(TRANSITIONS)).toEqual(['normal', 'pending', 'active', 'recovering']);
    expect(Object.keys(TREATMENT).sort()).toEqual([...AlertQuality.options].sort());
    expect(Object.keys(TABLE)).toEqual(Object.keys(LIVES));
  });

  test.each(Object.entries(LIVES))('%s', (name, life) => {
    const { state } = run(context, life);
    const before = structuredClone(state);
    for (const [kind, events] of Object.entries(EVENTS)) {
      const outcomes = new Set(events.map((event) => outcomeOf(state, event)));
      expect([kind, ...outcomes]).toEqual([kind, TABLE[name]?.[kind]]);
    }
    expect(state).toEqual(before);
  });
});
