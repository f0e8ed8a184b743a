/** How one alert lives: raised, worse, better, over; acknowledged, shelved, suppressed; by the clock alone. */
import { describe, expect, test } from 'vitest';
import { step } from '../server/rules/step.ts';
import { contextOf, DAY, HOUR, MINUTE, run, sampleOf, tell } from './rules-world.ts';
import { at } from './server/world.ts';

const MONDAY = at('2026-11-23 08:00');

describe('without delays', () => {
  const context = contextOf();

  test('an alert is raised, worsens, improves silently, and closes once acknowledged and over', () => {
    const { state, effects } = run(context, [
      sampleOf(MONDAY, 95),
      sampleOf(MONDAY + HOUR, 89),
      sampleOf(MONDAY + 2 * HOUR, 79),
      { kind: 'acknowledge', at: MONDAY + 2.5 * HOUR },
      sampleOf(MONDAY + 3 * HOUR, 85),
      sampleOf(MONDAY + 4 * HOUR, 90),
    ]);
    expect(tell(effects)).toEqual([
      '2026-11-23 09:00 raised warning',
      '2026-11-23 10:00 worsened major',
      '2026-11-23 10:30 acknowledged major (silent)',
      '2026-11-23 11:00 improved warning (silent)',
      '2026-11-23 12:00 recovering warning (silent)',
      '2026-11-23 12:00 cleared warning',
      '2026-11-23 12:00 closed major cleared (silent)',
    ]);
    expect(state).toMatchObject({ condition: 'normal', response: 'none', worst: null, figure: 90 });
  });

  test('getting worse asks for an acknowledgement again', () => {
    const events = [sampleOf(MONDAY, 89), { kind: 'acknowledge', at: MONDAY + 1 } as const];
    expect(run(context, events).state.response).toBe('ack');
    expect(run(context, [...events, sampleOf(MONDAY + HOUR, 69)]).state.response).toBe('unack');
  });

  test('over and unacknowledged, it waits; a warning closes after a day, a critical one never', () => {
    const gone = run(context, [sampleOf(MONDAY, 89), sampleOf(MONDAY + HOUR, 95)]);
    expect(gone.state).toMatchObject({ condition: 'normal', response: 'unack', worst: 'warning' });
    expect(gone.nextAt).toBe(MONDAY + HOUR + DAY);
    const late = step(gone.state, { kind: 'time', at: MONDAY + 30 * DAY }, context);
    expect(tell(late.effects)).toEqual(['2026-11-24 09:00 closed warning timedOut (silent)']);
    const critical = run(context, [sampleOf(MONDAY, 60), sampleOf(MONDAY + HOUR, 95)]);
    expect(critical).toMatchObject({ nextAt: null, state: { response: 'unack', worst: 'critical' } });
  });

  test('an acknowledgement of what is over closes it', () => {
    const events = [sampleOf(MONDAY, 60), sampleOf(MONDAY + HOUR, 95)];
    const { effects } = run(context, [...events, { kind: 'acknowledge', at: MONDAY + DAY }]);
    expect(tell(effects).slice(-2)).toEqual([
      '2026-11-24 08:00 acknowledged critical (silent)',
      '2026-11-24 08:00 closed critical acknowledged (silent)',
    ]);
  });

  test('what comes back before anybody acknowledged it is the same episode', () => {
    const events = [sampleOf(MONDAY, 89), sampleOf(MONDAY + HOUR, 95), sampleOf(MONDAY + 2 * HOUR, 79)];
    expect(tell(run(context, events).effects).slice(-1)).toEqual(['2026-11-23 10:00 returned major']);
  });

  test('an acknowledgement lapses while the alert is active: a major one after four working hours', () => {
    const events = [sampleOf(MONDAY, 79), { kind: 'acknowledge', at: at('2026-11-23 15:00') } as const];
    const { state, nextAt } = run(context, events);
    expect(nextAt).toBe(at('2026-11-24 09:30'));
    const lapsed = step(state, { kind: 'time', at: at('2026-11-24 09:30') }, context);
    expect(tell(lapsed.effects)).toEqual(['2026-11-24 09:30 reannounced major']);
    expect(lapsed.state.response).toBe('unack');
  });

  test('an acknowledgement survives a thousand re-sends', () => {
    const begin = run(context, [sampleOf(MONDAY, 60), { kind: 'acknowledge', at: MONDAY + 1 }]);
    const again = Array.from({ length: 1000 }, (_, index) => sampleOf(MONDAY + 2 + index, 60));
    const { state, effects } = run(context, again, begin.state);
    expect(effects).toEqual([]);
    expect(state).toMatchObject({ response: 'ack', ackUntil: MONDAY + 1 + 30 * MINUTE });
  });

  test('advice is a message: it asks for nothing and closes by itself', () => {
    const advice = contextOf({ levels: [{ severity: 'advisory', raise: 90, count: null }] });
    const { effects, state } = run(advice, [sampleOf(MONDAY, 80)]);
    expect([tell(effects), state.response]).toEqual([['2026-11-23 08:00 raised advisory'], 'none']);
    const over = run(advice, [sampleOf(MONDAY + HOUR, 95)], state);
    expect(over.effects.map(({ kind }) => kind)).toEqual(['recovering', 'cleared', 'closed']);
  });
});
