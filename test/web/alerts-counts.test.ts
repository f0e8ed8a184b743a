// What a list of episodes comes to: counts, order, flood.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AlertLabel, FLOOD } from '../../shared/alert.ts';
import { AlertSeverity } from '../../shared/rule.ts';
import { compareAlerts, countAlerts, isFloodAt, OPEN_LABELS } from '../../web/alerts/counts.ts';
import { ago, brief, NOW } from './alert-briefs.ts';

const MINUTE = 60_000;

describe('the counts of episodes', () => {
  it('tell severity and state apart, leave out what is closed, and know the newest and the oldest new one', () => {
    const sums = countAlerts(
      [
        brief({ id: 1, severity: 'critical', openedAt: ago(50) }),
        brief({ id: 2, severity: 'critical', label: 'inHand', openedAt: ago(55) }),
        brief({ id: 3, severity: 'major', label: 'gone', openedAt: ago(45) }),
        brief({ id: 4, severity: 'warning', label: 'shelved', openedAt: ago(1) }),
        brief({ id: 5, severity: 'warning', openedAt: ago(2) }),
        brief({ id: 6, severity: 'advisory', openedAt: ago(90) }),
        brief({ id: 7, severity: 'major', label: 'suppressed', openedAt: ago(1) }),
        brief({ id: 8, severity: 'major', label: 'closed', openedAt: ago(1) }),
      ],
      NOW,
    );
    expect(sums.bySeverity.critical).toEqual({
      ...{ new: 1, inHand: 1, gone: 0, shelved: 0, suppressed: 0, outOfService: 0 },
    });
    expect(sums.byLabel).toEqual({
      ...{ new: 2, inHand: 1, gone: 1, shelved: 1, suppressed: 1, outOfService: 0 },
    });
    expect({ ...sums, bySeverity: undefined, byLabel: undefined }).toEqual({
      ...{
        open: 6,
        pressing: 2,
        worst: 'critical',
        recent: 1,
        isFlood: false,
        oldestNewAt: ago(50),
      },
      newest: expect.objectContaining({ id: 5 }),
      oldestNew: expect.objectContaining({ id: 1 }),
    });
  });

  it('say nothing of nothing', () => {
    const { newest, oldestNew, oldestNewAt, worst, open, pressing, recent, isFlood } = countAlerts([], NOW);
    expect([newest, oldestNew, oldestNewAt, worst, open, pressing, recent, isFlood]).toEqual([
      ...[null, null, null, null, 0, 0, 0, false],
    ]);
  });

  it('add up to the same, by severity as by state, whatever there is', () => {
    const any = fc.array(
      fc.record({
        severity: fc.constantFrom(...AlertSeverity.options),
        label: fc.constantFrom(...AlertLabel.options),
        minutes: fc.integer({ min: 0, max: 300 }),
      }),
    );
    fc.assert(
      fc.property(any, (given) => {
        const alerts = given.map(({ minutes, ...rest }, id) =>
          brief({ id, ...rest, openedAt: ago(minutes) }),
        );
        const sums = countAlerts(alerts, NOW);
        expect(sums.open).toBe(
          alerts.filter(({ label }) => label !== 'closed' && label !== 'message').length,
        );
        for (const label of OPEN_LABELS) {
          const bySeverity = AlertSeverity.options.map((severity) => sums.bySeverity[severity][label]);
          expect(bySeverity.reduce((sum, count) => sum + count, 0)).toBe(sums.byLabel[label]);
        }
      }),
    );
  });
});

describe('the order of episodes', () => {
  it('is the worst first, then the oldest, then by number', () => {
    const alerts = [
      brief({ id: 1, severity: 'warning', openedAt: ago(500) }),
      brief({ id: 2, severity: 'critical', openedAt: ago(5) }),
      brief({ id: 4, severity: 'critical', openedAt: ago(50) }),
      brief({ id: 3, severity: 'critical', openedAt: ago(50) }),
      brief({ id: 5, severity: 'advisory', openedAt: ago(999) }),
      brief({ id: 6, severity: 'major', openedAt: ago(1) }),
    ];
    expect(alerts.sort(compareAlerts).map(({ id }) => id)).toEqual([3, 4, 2, 6, 1, 5]);
  });
});

describe('a flood', () => {
  const at = (...minutes: number[]) => minutes.map((minute) => NOW - minute * MINUTE);
  const many = (count: number, minute: number) => Array.from({ length: count }, () => NOW - minute * MINUTE);

  it('begins with more than ten in ten minutes, not with ten', () => {
    expect(isFloodAt(many(FLOOD.begins, 1), NOW)).toBe(false);
    expect(isFloodAt(many(FLOOD.begins + 1, 1), NOW)).toBe(true);
  });

  it('goes on while five are left in ten minutes, and ends below', () => {
    const begun = many(7, 12);
    expect(isFloodAt([...begun, ...many(5, 9)], NOW)).toBe(true);
    expect(isFloodAt([...begun, ...many(4, 9)], NOW)).toBe(false);
    expect(isFloodAt([...many(11, 9)], NOW + MINUTE)).toBe(false);
  });

  it('does not begin anew by itself once it has ended', () => {
    expect(isFloodAt([...many(20, 40), ...at(9, 8, 7, 6, 5, 4)], NOW)).toBe(false);
  });
});
