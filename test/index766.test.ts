import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  bandOf,
  casesToFull,
  changeOf,
  type Facts,
  listGains,
  listVersions,
  pointsOf,
  scoreIndex,
  type Told,
  versionOn,
  volumeClassOf,
} from '../shared/index766.ts';
import { COMPONENTS, GROUP_POINTS, INDEX_GROUP_IDS } from '../shared/index766-components.ts';
import { TAKEN_IDS, TAKEN_MEASURES } from '../shared/taken-measures.ts';

test('a total is compared on the groups known alike both times, and on nothing where none is', () => {
  const line = (id: (typeof INDEX_GROUP_IDS)[number], points: number, outOf: number) => ({
    id,
    points,
    outOf,
  });
  const before = [line('progress', 16, 20), line('online', 11.1, 12), line('payment', 8, 10)];
  const now = [line('progress', 17, 20), line('online', 0, 0), line('payment', 8.5, 10)];
  expect(changeOf(now, before)).toEqual({ points: 5, groups: 2 });
  expect(changeOf(now, now)).toEqual({ points: 0, groups: 2 });
  expect(changeOf([line('online', 0, 0)], before)).toBeNull();
  expect(changeOf([line('payment', 4, 6)], before)).toBeNull();
});

const [shipped] = listVersions([]);
if (!shipped) throw new Error('no version is shipped');

const share = (numerator: number, denominator: number): Told => ({ kind: 'share', numerator, denominator });
const nothing: Told = { kind: 'notReported' };
const tell = (told: Record<string, Told>, published: Partial<Record<string, number>> = {}): Facts => ({
  told: ({ id }) => told[id] ?? nothing,
  published: (group) => published[group] ?? null,
});
const componentOf = (id: string) => {
  const component = COMPONENTS.find((one) => one.id === id);
  if (!component) throw new Error(`no component ${id}`);
  return component;
};

describe('points by the law', () => {
  test('the components come to 18, 20, 12, 10, 18 and 22 points of their groups, 100 in all', () => {
    const maxima = INDEX_GROUP_IDS.map((group) =>
      COMPONENTS.filter((one) => one.group === group).reduce((sum, { max }) => sum + max, 0),
    );
    expect(maxima).toEqual([18, 20, 12, 10, 18, 22]);
    expect(INDEX_GROUP_IDS.map((group) => TAKEN_MEASURES[GROUP_POINTS[group]].most)).toEqual(maxima);
  });

  // Worked by hand from published figures of August 2026.
  test.each([
    ['progress', 486, 588, 16.53],
    ['progress', 144_625, 184_513, 15.68],
    ['paidDossiers', 82_913, 98_459, 5.05],
    ['paidProcedures', 93, 310, 0.75],
    ['paidProcedures', 7, 8, 2],
    ['integrated', 56, 310, 0.45],
    ['dossierSatisfaction', 144_315, 184_503, 5.21],
    ['dossierSatisfaction', 90, 100, 6],
    ['petitionsOnTime', 182, 247, 4.42],
    ['petitionsSatisfied', 137, 247, 3.33],
    ['electronicResult', 133_609, 184_503, 4.34],
    ['digitised', 21_476, 184_503, 0.47],
    ['reused', 3158, 184_503, 0.04],
    ['reused', 80, 100, 2],
    ['populationDossiers', 85_633, 184_503, 0.93],
    ['populationProcedures', 297, 1301, 0.46],
    ['fullContent', 87, 89, 1.96],
    ['dossierSync', 138_744, 138_744, 6],
  ])('%s: %d of %d brings %d', (id, numerator, denominator, points) => {
    expect(pointsOf(componentOf(id), { numerator, denominator })).toBe(points);
  });

  test.each([
    ['publishedOnTime', null],
    ['updatedOnTime', null],
    ['fullContent', null],
    ['dossierSync', null],
    ['progress', 0],
    ['online', null],
    ['paidDossiers', 0],
    ['paidProcedures', 0],
    ['integrated', 0],
    ['petitionsOnTime', 6],
    ['petitionsSatisfied', 6],
    ['dossierSatisfaction', 0],
    ['electronicResult', 0],
    ['digitised', 0],
    ['certifiedCopy', 0],
    ['reused', 0],
    ['personalStore', 0],
    ['populationDossiers', 0],
    ['populationProcedures', 0],
  ])('%s where nothing occurred: %s', (id, points) => {
    expect(pointsOf(componentOf(id), { numerator: 0, denominator: 0 })).toBe(points);
  });

  test('every component has a line in the table of nothing, and a source at the portal that exists', () => {
    expect(COMPONENTS).toHaveLength(19);
    const named = COMPONENTS.flatMap(({ portal }) => Object.values(portal).slice(1));
    for (const id of named) expect(TAKEN_IDS).toContain(id);
  });

  test('points never leave 0 to the most, whatever is told, and more cases never bring fewer', () => {
    const counts = fc.integer({ min: -5, max: 300_000 });
    fc.assert(
      fc.property(fc.constantFrom(...COMPONENTS), counts, counts, (component, a, denominator) => {
        const points = pointsOf(component, { numerator: a, denominator });
        if (points === null) return;
        expect(points).toBeGreaterThanOrEqual(0);
        expect(points).toBeLessThanOrEqual(component.max);
        expect(pointsOf(component, { numerator: a + 1, denominator }) ?? 0).toBeGreaterThanOrEqual(points);
      }),
    );
  });

  test('a total never leaves 0 to what is known, whatever is told and published', () => {
    const told = fc.oneof(
      fc.record({ kind: fc.constant('share' as const), numerator: fc.nat(500), denominator: fc.nat(500) }),
      fc.record({
        kind: fc.constant('points' as const),
        points: fc.float({ min: -5, max: 50, noNaN: true }),
      }),
      fc.record({ kind: fc.constant('rate' as const), rate: fc.integer({ min: 0, max: 120 }) }),
      fc.constant(nothing),
    );
    const all = fc.record(Object.fromEntries(COMPONENTS.map(({ id }) => [id, told])));
    const published = fc.option(fc.float({ min: -5, max: 50, noNaN: true }));
    fc.assert(
      fc.property(all, published, (facts, points) => {
        const score = scoreIndex(shipped, {
          told: ({ id }) => facts[id] ?? nothing,
          published: () => points,
        });
        for (const group of score.groups) {
          expect(group.points).toBeGreaterThanOrEqual(0);
          expect(group.points).toBeLessThanOrEqual(group.outOf);
          expect(group.outOf).toBeLessThanOrEqual(group.max);
        }
        expect(score.points).toBeLessThanOrEqual(score.outOf);
        expect(score.value === null).toBe(score.outOf === 0);
      }),
    );
  });
});

describe('a total', () => {
  test('is over what is known, says out of how many, and has the band of the share', () => {
    const score = scoreIndex(shipped, tell({ progress: share(90, 100), electronicResult: share(50, 100) }));
    expect([score.points, score.outOf, score.value, score.band]).toEqual([21, 26, 80.77, 'good']);
  });

  test('of nothing known is nothing, not 0', () => {
    const score = scoreIndex(shipped, tell({}));
    expect([score.value, score.band, score.outOf]).toEqual([null, null, 0]);
  });

  test('takes published points of a group only where a component of it is not known', () => {
    const published = { transparency: 7.96, progress: 1 };
    const score = scoreIndex(shipped, tell({ progress: share(1, 2), fullContent: share(87, 89) }, published));
    const [transparency, progress] = score.groups;
    expect(transparency).toMatchObject({ points: 7.96, outOf: 18, isTaken: true });
    expect(progress).toMatchObject({ points: 10, outOf: 20, isTaken: false });
  });

  test('shows points of the online group as taken', () => {
    const score = scoreIndex(shipped, tell({ online: { kind: 'points', points: 8.83 } }));
    expect(score.groups[2]).toMatchObject({ points: 8.83, outOf: 12, isTaken: true });
  });

  test.each([
    [100, 'excellent'],
    [90, 'excellent'],
    [89.99, 'good'],
    [80, 'good'],
    [79.99, 'fair'],
    [70, 'fair'],
    [69.99, 'average'],
    [50, 'average'],
    [49.99, 'weak'],
    [0, 'weak'],
  ])('%d is %s', (value, band) => {
    expect(bandOf(value)).toBe(band);
  });

  test.each([
    [0, 'under100'],
    [99.9, 'under100'],
    [100, 'under500'],
    [499, 'under500'],
    [500, 'under2000'],
    [1999, 'under2000'],
    [2000, 'from2000'],
  ])('%d dossiers a month: %s', (monthly, of) => {
    expect(volumeClassOf(monthly)).toBe(of);
  });
});

describe('what would raise us most', () => {
  test('ranks components by points still to win, with how many cases that is', () => {
    const score = scoreIndex(
      shipped,
      tell({
        ...{ progress: share(60, 100), dossierSatisfaction: share(81, 100), digitised: share(100, 100) },
        ...{ online: { kind: 'points', points: 9 }, certifiedCopy: { kind: 'rate', rate: 50 } },
      }),
    );
    expect(listGains(shipped, score)).toEqual([
      { component: 'progress', toWin: 8, cases: 40 },
      { component: 'online', toWin: 3, cases: null },
      { component: 'certifiedCopy', toWin: 1, cases: null },
      { component: 'dossierSatisfaction', toWin: 0.6, cases: 9 },
    ]);
  });

  test('so many more cases bring full points, and one fewer does not', () => {
    const sizes = fc.integer({ min: 1, max: 10_000 });
    fc.assert(
      fc.property(fc.constantFrom(...COMPONENTS), sizes, fc.nat(100), (component, denominator, percent) => {
        const numerator = Math.floor((denominator * percent) / 100);
        const cases = casesToFull(component, { numerator, denominator }) ?? 0;
        const shareWith = (more: number) => (numerator + more) / denominator;
        expect(shareWith(cases)).toBeGreaterThanOrEqual(component.full - 1e-9);
        if (cases > 0) expect(shareWith(cases - 1)).toBeLessThan(component.full);
      }),
    );
  });
});

describe('versions', () => {
  const overrides = [
    { component: 'digitised', from: '2026-10-01', full: 0.8, reason: 'Văn bản 12/VP' },
    { component: 'progress', from: '2027-01-01', max: 30, reason: 'Quy định mới' },
  ];
  const versions = listVersions(overrides);

  test('a period keeps the version in force on its first day', () => {
    expect(versionOn(versions, '2020-01-01').number).toBe(1);
    expect(versionOn(versions, '2026-09-01').number).toBe(1);
    expect(versionOn(versions, '2026-10-01')).toMatchObject({ number: 2, reason: 'Văn bản 12/VP' });
    expect(versionOn(versions, '2027-02-01').number).toBe(3);
  });

  test('what was set on an earlier day goes on, and the shipped constants stay what they were', () => {
    const constants = (number: number, id: string) =>
      versions[number - 1]?.components.find((one) => one.id === id);
    expect(constants(3, 'digitised')).toMatchObject({ full: 0.8, max: 4, whenNone: 'zero' });
    expect(constants(2, 'progress')).toMatchObject({ max: 20 });
    expect(constants(3, 'progress')).toMatchObject({ max: 30, full: 1 });
    expect(componentOf('digitised').full).toBe(1);
  });

  test('the same counts come to other points by another version', () => {
    const facts = tell({ digitised: share(40, 100) });
    const pointsBy = (day: string) => scoreIndex(versionOn(versions, day), facts).points;
    expect([pointsBy('2026-09-01'), pointsBy('2026-10-01')]).toEqual([1.6, 2]);
  });
});
