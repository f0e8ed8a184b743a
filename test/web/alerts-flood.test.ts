// A flood of alerts: when it is one, what was first in it, and where they are.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findFloodStart, isFloodAt } from '../../web/alerts/counts.ts';
import { findFlood } from '../../web/alerts/flood.ts';
import { ago, brief, NOW } from './alert-briefs.ts';

const MINUTE = 60_000;

/** Alerts raised one a minute, the first `count + last` minutes ago. */
const many = (count: number, last = 0) =>
  Array.from({ length: count }, (_, index) =>
    brief({ id: index + 1, unit: index % 3, openedAt: ago(last + (count - index) / 2) }),
  );

describe('a flood', () => {
  it('begins with the eleventh in ten minutes, not with the tenth', () => {
    expect(findFlood(many(10), NOW)).toBe(null);
    expect(findFlood(many(11), NOW)?.raised).toBe(11);
  });

  it('names the first that was raised, also when the ten minutes have left it behind', () => {
    const alerts = many(24);
    expect(findFlood(alerts, NOW)?.firstOut.id).toBe(1);
    expect(findFlood(alerts, NOW)?.raised).toBe(24);
    expect(Date.parse(alerts[0]?.openedAt ?? '')).toBeLessThan(NOW - 10 * MINUTE);
  });

  it('counts by unit, where most are first', () => {
    const one = (id: number, unit: number) => brief({ id, unit, ref: `u${unit}`, openedAt: ago(2) });
    const alerts = [1, 2, 3, 4, 5, 6, 7]
      .map((id) => one(id, 5))
      .concat([8, 9, 10, 11].map((id) => one(id, 4)));
    const units = findFlood(alerts, NOW)?.units.map(({ ref, count }) => `${ref} ${count}`);
    expect(units).toEqual(['u5 7', 'u4 4']);
  });

  it('ends by the clock alone once fewer than five are left', () => {
    const alerts = many(11);
    const end = (minutes: number) => findFlood(alerts, NOW + minutes * MINUTE);
    expect(end(7.4)).not.toBe(null);
    expect(end(8.1)).toBe(null);
  });

  it('leaves out messages and what people or the design keep down', () => {
    const quiet = many(11).map((alert, index) => ({
      ...alert,
      ...(index % 2 === 0 ? { label: 'shelved' as const } : { severity: 'advisory' as const }),
    }));
    expect(findFlood(quiet, NOW)).toBe(null);
  });

  it('starts at one of its alerts exactly where it is a flood', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 40 }), { maxLength: 60 }), (minutes) => {
        const raisedAt = minutes.map((minute) => NOW - minute * MINUTE);
        const start = findFloodStart(raisedAt, NOW);
        expect(start !== null).toBe(isFloodAt(raisedAt, NOW));
        if (start !== null) expect(raisedAt).toContain(start);
      }),
      { seed: 20261127 },
    );
  });
});
