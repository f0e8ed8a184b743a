// Which units are in alert, what of them flashes, where their marks lead, and how they roll up.
import { describe, expect, it } from 'vitest';
import type { UnitView } from '../../shared/answers.ts';
import type { UnitLevel } from '../../shared/unit.ts';
import { findFlashing, hrefOfMark, markOf, markUnits, rollUp } from '../../web/alerts/unit-marks.ts';
import { ago, brief } from './alert-briefs.ts';

const unitOf = (id: number, level: UnitLevel = 'commune'): UnitView => ({
  ...{ id, ref: `u${id}`, code: `u${id}`, name: { vi: `Xã ${id}`, en: `Commune ${id}` }, level },
  ...{ from: '2025-07-01', to: null, lat: null, lon: null },
});

const units = [unitOf(2), unitOf(3), unitOf(4), unitOf(5, 'department')];
const parents = new Map([
  [30, 3],
  [300, 30],
  [9, 1],
]);
const parentOf = (id: number) => parents.get(id);

describe('marks', () => {
  it('tell the worst of a unit, whether any of its alerts waits, and how many there are', () => {
    const alerts = [
      brief({ id: 1, unit: 2, severity: 'warning', label: 'new' }),
      brief({ id: 2, unit: 2, severity: 'critical', label: 'inHand' }),
    ];
    const mark = markUnits(alerts, units, parentOf).get(2);
    expect(mark).toMatchObject({ isNew: true, count: 2, worst: { id: 2 } });
  });

  it('count the alerts of a whole subtree for the unit that is drawn, and none for units elsewhere', () => {
    const alerts = [300, 30, 9, 77].map((unit, index) => brief({ id: index + 1, unit }));
    const marks = markUnits(alerts, units, parentOf);
    expect([...marks.keys()]).toEqual([3]);
    expect(marks.get(3)?.count).toBe(2);
  });

  it('do not go round in a circle of parents', () => {
    expect(markUnits([brief({ id: 1, unit: 6 })], units, (id) => (id === 6 ? 7 : 6)).size).toBe(0);
  });

  it.each(['shelved', 'suppressed', 'outOfService', 'closed'] as const)('leave out what is %s', (label) => {
    expect(markOf([brief({ id: 1, label })])).toBe(null);
  });

  it('leave out messages', () => {
    expect(markOf([brief({ id: 1, severity: 'advisory' })])).toBe(null);
  });

  it('wait for somebody also when the alert went as it came', () => {
    expect(markOf([brief({ id: 1, label: 'gone' })])?.isNew).toBe(true);
    expect(markOf([brief({ id: 1, label: 'inHand' })])?.isNew).toBe(false);
  });

  it('flash at one place: the worst that waits, then the oldest', () => {
    const alerts = [
      brief({ id: 1, unit: 2, severity: 'major', openedAt: ago(5) }),
      brief({ id: 2, unit: 3, severity: 'major', openedAt: ago(50) }),
      brief({ id: 3, unit: 4, severity: 'critical', label: 'inHand' }),
    ];
    const flashing = (list: typeof alerts) => findFlashing(units, markUnits(list, units, parentOf));
    expect(flashing(alerts)).toBe(3);
    expect(flashing(alerts.slice(2))).toBe(null);
  });

  it('lead to the one alert, or to all of the unit, and keep language and theme', () => {
    const search = '?lang=en&theme=light&period=quarter';
    const href = (count: number) =>
      hrefOfMark({ worst: brief({ id: 41 }), isNew: true, count }, { ref: '247@2025-06-30', search });
    expect(href(1)).toBe('/alerts/41?lang=en&theme=light');
    expect(href(2)).toBe('/alerts?unit=247%402025-06-30&lang=en&theme=light');
  });
});

describe('the roll-up', () => {
  it('counts units, not alerts, by level, with the worst', () => {
    const alerts = [
      brief({ id: 1, unit: 2, severity: 'warning' }),
      brief({ id: 2, unit: 2, severity: 'warning' }),
      brief({ id: 3, unit: 5, severity: 'major', label: 'inHand' }),
    ];
    expect(rollUp(units, markUnits(alerts, units, parentOf))).toEqual({
      ...{ affected: 2, of: 4, worst: 'major' },
      levels: [
        { level: 'commune', affected: 1, of: 3 },
        { level: 'department', affected: 1, of: 1 },
      ],
    });
  });

  it('is nothing where no unit is in alert', () => {
    expect(rollUp(units, new Map())).toBe(null);
  });
});
