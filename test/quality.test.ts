import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readCalendarReach } from '../server/quality/calendar.ts';
import { createSite } from '../server/site.ts';
import { emptySums } from '../shared/measure.ts';
import { type Checked, findFailures, gradeOf, percentOf } from '../shared/quality.ts';
import type { QualityAnswer } from '../shared/quality-wire.ts';
import { at, iso, step } from './server/world.ts';
import { type Running, runApp } from './server.ts';

const sumsOf = (more: Partial<Checked['sums']>) => ({ ...emptySums(), ...more });
const check = (more: Partial<Checked>) =>
  findFailures({ columns: [], sums: emptySums(), portal: () => undefined, ...more });

describe('grades', () => {
  test('nothing found is the best; each finding costs its dearest step', () => {
    expect(gradeOf({})).toEqual({ grade: 'A', points: 100, findings: [] });
    expect(gradeOf({ refusals: 0.5 })).toMatchObject({ grade: 'A', points: 95 });
    expect(gradeOf({ refusals: 5, lateTimes: 3 })).toMatchObject({ grade: 'C', points: 70 });
    expect(gradeOf({ missing: 1, refusals: 40 })).toMatchObject({ grade: 'D', points: 20 });
    expect(gradeOf({ completeness: 50 })).toMatchObject({ grade: 'C', points: 70 });
    expect(gradeOf({ completeness: 100, negative: 1, form: 1, ratio: 2 })).toMatchObject({ points: 0 });
  });
  test('a share of nothing is 0', () => {
    expect([percentOf(0, 0), percentOf(1, 3)]).toEqual([0, 33.33]);
  });
});

describe('identities', () => {
  test('3 = 7 + 11 of form II.06a, with both figures', () => {
    const balanced = [10, 0, 0, 0, 6, 0, 0, 0, 4];
    expect(check({ columns: balanced })).toEqual([]);
    expect(check({ columns: balanced.with(0, 12) })).toEqual([
      { rule: 'form', left: '3', right: '7+11', leftValue: 12, rightValue: 10 },
    ]);
    expect(check({ columns: balanced.with(0, 10.04) })).toEqual([]);
  });
  test('a part is no more than its whole, and no sum is negative', () => {
    expect(check({ sums: sumsOf({ received: 5, receivedOnline: 5 }) })).toEqual([]);
    expect(check({ sums: sumsOf({ received: 5, receivedOnline: 6 }) })).toEqual([
      { rule: 'ratio', left: 'receivedOnline', right: 'received', leftValue: 6, rightValue: 5 },
    ]);
    expect(check({ sums: sumsOf({ withdrawn: -1 }) })).toEqual([
      { rule: 'negative', left: 'withdrawn', right: null, leftValue: -1, rightValue: null },
    ]);
  });
  test('the portal’s count is apart beyond a tolerance, and only where we count ourselves', () => {
    const portal = (told: number) => (id: string) => (id === 'portalSyncDue' ? told : undefined);
    const sums = sumsOf({ syncDue: 100 });
    expect(check({ sums, portal: portal(98) })).toEqual([]);
    expect(check({ sums, portal: portal(90) })).toEqual([
      { rule: 'portal', left: 'syncDue', right: 'portalSyncDue', leftValue: 100, rightValue: 90 },
    ]);
    expect(check({ portal: portal(90) })).toEqual([]);
  });
});

describe('what is answered', () => {
  let running: Running;
  beforeAll(async () => {
    running = await runApp();
  });
  afterAll(async () => {
    await running.close();
    expect(running.troubles).toEqual([]);
  });
  const read = async (scope: string, unit: string) => {
    const token = await running.token('display', scope);
    const { status, body } = await running.ask(`/api/quality?unit=${unit}&period=2026-11`, { token });
    return { status, body: body as QualityAnswer };
  };

  test('a feed with what was refused, a unit with who is missing and what fails', async () => {
    const feed = await running.token('feed', '25');
    const told = step({
      id: 'q1',
      dossier: 'q1',
      status: 2,
      receiver: 'A',
      resolver: 'A',
      at: iso(at('2026-11-17 09:00')),
    });
    const reports = Object.entries({ syncDue: 100, synced: 120, portalSyncDue: 80 }).map(
      ([measure, value]) => ({
        ...{ id: measure, kind: 'report', at: iso(at('2026-11-17 09:00')), unit: 'A', period: '2026-11' },
        ...{ measure, value },
      }),
    );
    expect((await running.post([told, ...reports], feed)).status).toBe(200);
    expect((await running.post([told], feed)).status).toBe(200);
    expect((await running.post([{ ...told, id: 'q2', name: 'x' }], feed)).status).toBe(422);
    const { body } = await read('25', '25');
    expect(body.feeds).toHaveLength(1);
    expect(body.feeds[0]).toMatchObject({
      intake: { batches: 2, events: 4, duplicates: 1, refusals: 1, refusedEvents: 1 },
      refusals: [{ code: 'unprocessable', reasons: [{ index: 0, field: 'name' }] }],
      state: 'late',
      lateTimes: 0,
    });
    expect(body.feeds[0]?.grade).toMatchObject({ grade: 'D', points: 40 });
    expect(body.feeds[0]?.grade?.findings.map(({ finding, size }) => [finding, size])).toEqual([
      ['late', 1],
      ['refusals', 33.33],
      ['duplicates', 20],
    ]);
    const own = (code: string) => body.units.find(({ unit }) => unit.code === code);
    expect(body.units[0]).toMatchObject({ unit: { code: '25' }, reporting: 3, told: 1 });
    expect(own('A')?.failures.map(({ rule, left }) => [rule, left])).toEqual([
      ['ratio', 'synced'],
      ['portal', 'syncDue'],
    ]);
    expect(own('D')?.grade).toBeNull();
  });

  test('how far the working calendar reaches, and which of its years are provisional', async () => {
    expect((await read('25', '25')).body.calendar).toEqual({ until: '2026-12-31', provisional: [] });
    const years = { 2027: { holidays: ['2027-01-01'], makeUp: [], provisional: true } };
    const { calendar } = createSite({ calendar: { years } });
    expect(readCalendarReach(calendar, '2026-12-11')).toEqual({ until: '2027-12-31', provisional: ['2027'] });
    expect(readCalendarReach(calendar, '2028-01-01')).toEqual({ until: null, provisional: [] });
  });

  test('a commune sees of a feed above neither its counts nor what was refused', async () => {
    const { status, body } = await read('A', 'A');
    expect(status).toBe(200);
    expect(body.feeds[0]).toMatchObject({ intake: null, refusals: [] });
    expect(body.units.map(({ unit }) => unit.code)).toEqual(['A']);
    expect((await read('A', 'D')).status).toBe(404);
  });
});

describe('a unit is graded by the feeds that tell of it', () => {
  let running: Running;
  beforeAll(async () => {
    running = await runApp({ start: at('2026-11-17 08:00') });
  });
  afterAll(async () => {
    await running.close();
    expect(running.troubles).toEqual([]);
  });

  /** A feed that means to speak each working hour. */
  const openHourly = (unit: string, name: string) =>
    running.acts.createToken(
      {
        ...{
          kind: 'feed',
          name,
          days: null,
          unit: running.tree.findByReference(unit, '2026-11-17')?.id ?? 0,
        },
        feed: { namespace: null, cadenceMs: 3_600_000, dueTime: null },
      },
      running.clock.now(),
    );
  const dossier = (id: string, unit: string) =>
    step({ id, dossier: id, status: 2, receiver: unit, resolver: unit, at: iso(running.clock.now()) });
  const post = async (events: unknown[], token: string) =>
    expect((await running.post(events, token)).status).toBe(200);
  const findingsOf = async (period = '2026-11') => {
    const token = await running.token('display', '25');
    const { body } = await running.ask(`/api/quality?unit=25&period=${period}`, { token });
    const feedFindings = ['feedLate', 'feedMissing', 'otherFeeds'];
    return Object.fromEntries(
      (body as QualityAnswer).units.map(({ unit, grade }) => [
        unit.code,
        (grade?.findings ?? []).filter(({ finding }) => feedFindings.includes(finding)),
      ]),
    );
  };

  test('by that of its dossiers, its own before the one above; by others less; of a month gone by as it stood at its end', async () => {
    const above = await openHourly('25', 'portal');
    const own = await openHourly('A', 'counter of A');
    const systems = await openHourly('25', 'systems');
    await post([dossier('a1', 'A')], own);
    await post([dossier('d1', 'D'), dossier('s1', '25.SNV')], above);
    await post([{ kind: 'probe', id: 'p', at: iso(running.clock.now()), system: 'LGSP', up: true }], systems);
    expect(await findingsOf()).toMatchObject({ 25: [], A: [], D: [] });
    // Three hours on: A's own and the systems' are late, the province's has spoken.
    running.clock.set(at('2026-11-17 11:00'));
    await post([dossier('d2', 'D')], above);
    const late = { finding: 'feedLate', size: 1, points: 15 };
    const other = { finding: 'otherFeeds', size: 1, points: 5 };
    expect(await findingsOf()).toMatchObject({ 25: [other], A: [late, other], D: [other] });
    // The next day A's is missing; the province's is late for whoever has no other.
    running.clock.set(at('2026-11-18 10:00'));
    await post([dossier('d3', 'D')], above);
    const missing = { finding: 'feedMissing', size: 1, points: 40 };
    expect(await findingsOf()).toMatchObject({ 25: [other], A: [missing, other], D: [other] });
    running.clock.set(at('2026-12-02 10:00'));
    await post([dossier('a2', 'A')], own);
    expect(await findingsOf('2026-12')).toMatchObject({ A: [{ ...other, size: 2 }], D: [missing, other] });
    // At the end of November A's had been missing for days.
    expect((await findingsOf()).A).toEqual([missing, { ...other, size: 2 }]);
  });
});
