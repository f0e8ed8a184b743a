import { describe, expect, test } from 'vitest';
import { SAMPLING } from '../seed/province/filings.ts';
import { createProvince } from '../seed/province/province.ts';
import { SMALL_COUNT } from '../shared/judgement.ts';
import { dayOf, startOfDay, weekdayOf } from '../shared/period.ts';
import { isOpen, isOverdue, onTime766, readStories, type Story, share } from './province/stories.ts';

const ZONE = 'Asia/Ho_Chi_Minh';
const DAY_MS = 86_400_000;
const anchor = Date.parse('2026-11-22T18:00:00+07:00');
const full = createProvince({ anchor });
const stories = readStories(full, startOfDay('2024-01-01', ZONE), anchor);
const months = (month: string, next: string) =>
  [startOfDay(`${month}-01`, ZONE), startOfDay(`${next}-01`, ZONE)] as const;

describe('likeness', () => {
  test('in Vĩnh Phúc, 2024, 99.39 % come online in districts and communes, 60.48 % in departments', () => {
    const year = stories.filter(({ acceptedAt }) => dayOf(acceptedAt, ZONE).startsWith('2024'));
    const districts = year.filter(({ receiver }) => /^(24[3-9]|25[1-3])$/.test(receiver));
    const departments = year.filter(({ receiver }) => receiver.startsWith('26.'));
    expect(Math.abs(share(districts, ({ online }) => online) - 99.39)).toBeLessThan(0.5);
    expect(Math.abs(share(departments, ({ online }) => online) - 60.48)).toBeLessThan(3);
  });

  test('until the merger communes take 55, districts 30, departments 15 %; since then no district', () => {
    const before = stories.filter(({ acceptedAt }) => acceptedAt < startOfDay('2025-07-01', ZONE));
    const since = stories.filter(({ acceptedAt }) => acceptedAt >= startOfDay('2025-07-01', ZONE));
    const tiers = [/^\d{5}$/, /^\d{3}$/, /\./];
    const spread = (list: Story[]) =>
      tiers.map((tier) => Math.round(share(list, ({ firstUnit }) => tier.test(firstUnit))));
    expect(spread(before)).toEqual([55, 30, 15]);
    expect(spread(since)[1]).toBe(0);
    expect(Math.abs((spread(since)[2] ?? 0) - 19.5)).toBeLessThan(2);
  });

  test('August 2026 looks like the real one: volume, channel, on time, big and fast communes', () => {
    const [from, to] = months('2026-08', '2026-09');
    const month = stories.filter(({ acceptedAt }) => acceptedAt >= from && acceptedAt < to);
    expect((month.length * SAMPLING) / 152_595).toBeGreaterThan(0.95);
    expect((month.length * SAMPLING) / 152_595).toBeLessThan(1.2);
    expect(Math.abs(share(month, ({ online }) => online) - 98.9)).toBeLessThan(0.7);
    expect(Math.abs(onTime766(stories, from, to) - 78.38)).toBeLessThan(3);
    const elsewhere = share(month, ({ receiver, firstUnit }) => receiver !== firstUnit);
    expect(Math.abs(elsewhere - 6)).toBeLessThan(1.5);
    const halfYear = stories.filter(({ endAt }) => endAt >= startOfDay('2026-06-01', ZONE) && endAt < to);
    const lateShare = (units: string[]) =>
      share(
        halfYear.filter(({ unit }) => units.includes(unit)),
        ({ endAt, dueAt }) => endAt > dueAt,
      );
    const slow = ['08515', '09025', '08869', '08824', '08896', '08872'];
    const fast = ['05305', '05152', '05212', '05425', '08527', '08761'];
    expect(lateShare(slow) - lateShare(fast)).toBeGreaterThan(12);
    expect(month.filter(({ unit }) => unit === '07900').length).toBeGreaterThan(
      3 * month.filter(({ unit }) => unit === '08431').length,
    );
  });

  test('the months of 2026 rise and fall as published', () => {
    const keys = [
      '2026-01',
      '2026-02',
      '2026-03',
      '2026-04',
      '2026-05',
      '2026-06',
      '2026-07',
      '2026-08',
      '2026-09',
      '2026-10',
    ];
    const rates = keys
      .slice(0, 9)
      .map((key, index) => onTime766(stories, ...months(key, keys[index + 1] ?? '')));
    const published = [67.16, 43.24, 64.29, 31.58, 49.63, 84.52, 79.31, 78.38, 82.87];
    for (const [index, rate] of rates.entries())
      expect(Math.abs(rate - (published[index] ?? 0))).toBeLessThan(12);
    expect(Math.min(...rates)).toBe(rates[3]);
    expect(onTime766(stories, ...months('2024-05', '2024-06'))).toBeGreaterThan(97);
  });

  test('at the merger less comes in and more is late, and four months later both are mended', () => {
    const count = (a: string, b: string) => {
      const [from, to] = months(a, b);
      return stories.filter(({ acceptedAt }) => acceptedAt >= from && acceptedAt < to).length;
    };
    expect(count('2025-07', '2025-08') / count('2025-06', '2025-07')).toBeLessThan(0.8);
    expect(count('2025-10', '2025-11')).toBeGreaterThan(count('2025-07', '2025-08') * 1.3);
    expect(onTime766(stories, ...months('2025-07', '2025-08'))).toBeLessThan(90);
    expect(onTime766(stories, ...months('2025-11', '2025-12'))).toBeGreaterThan(94);
  });

  test('work is done in office hours of working days; on days off people file online only', () => {
    const { calendar } = full.days;
    const mondays = stories.filter(({ acceptedAt }) => weekdayOf(dayOf(acceptedAt, ZONE)) === 1).length;
    const fridays = stories.filter(({ acceptedAt }) => weekdayOf(dayOf(acceptedAt, ZONE)) === 5).length;
    expect(mondays).toBeGreaterThan(fridays * 1.1);
    expect(stories.filter(({ acceptedAt }) => !calendar.isWorkingDay(dayOf(acceptedAt, ZONE)))).toEqual([]);
    const [from, to] = [startOfDay('2026-02-14', ZONE), startOfDay('2026-02-23', ZONE)];
    const tet = [...full.eventsBetween(from, to)].map(({ event }) => event);
    expect(tet.filter(({ status, channel }) => status !== 1 || channel !== 'online')).toEqual([]);
    expect(tet.length).toBeGreaterThan(10);
  });

  test('at any time a healthy number are open, some overdue and some soon due, in many units', () => {
    const at = startOfDay('2026-09-15', ZONE);
    const open = stories.filter((story) => isOpen(story, at));
    const soonUntil = full.days.calendar.addWorkingHours(at, 24);
    expect(open.length).toBeGreaterThan(2100);
    expect(new Set(open.map(({ unit }) => unit)).size).toBeGreaterThan(110);
    expect(share(open, (story) => isOverdue(story, at))).toBeGreaterThan(5);
    expect(share(open, ({ dueAt }) => dueAt >= at && dueAt < soonUntil)).toBeGreaterThan(8);
  });
});

describe('planted trouble', () => {
  const ofUnit = (unit: string) => stories.filter((story) => story.unit === unit);
  const recently = (days: number) => anchor - days * DAY_MS;

  const isLate = ({ endAt, dueAt }: Story) => endAt > dueAt;
  const endedIn = (unit: string, from: number, to: number) =>
    ofUnit(unit).filter(({ endAt }) => endAt >= recently(from) && endAt < recently(to));
  const overdueAt = (unit: string, at: number) => ofUnit(unit).filter((story) => isOverdue(story, at)).length;
  /** On time in November, by units with enough dossiers to be judged, the worst first. */
  const rank = (tier: RegExp) => {
    const [from] = months('2026-11', '2026-12');
    return [...Map.groupBy(stories, ({ unit }) => unit)]
      .filter(([unit]) => tier.test(unit))
      .map(([unit, own]) => ({ unit, rate: onTime766(own, from, anchor), size: countCases(own, from) }))
      .filter(({ size }) => size >= SMALL_COUNT)
      .sort((a, b) => a.rate - b.rate);
  };
  const countCases = (own: readonly Story[], from: number) =>
    own.filter((story) => (story.endAt >= from && story.endAt < anchor) || isOpen(story, anchor)).length;

  test('Hy Cương collapses in the last three weeks, and its overdue grows', () => {
    expect(share(endedIn('08515', 120, 21), isLate)).toBeLessThan(35);
    expect(share(endedIn('08515', 14, 0), isLate)).toBeGreaterThan(60);
    expect(overdueAt('08515', anchor)).toBeGreaterThan(2 * overdueAt('08515', recently(14)));
    expect(overdueAt('08515', recently(14))).toBeGreaterThan(overdueAt('08515', recently(22)));
  });

  test('it is the worst commune of the month, and two or three are as bad; the rest is calm', () => {
    const communes = rank(/^\d{5}$/);
    expect(communes[0]?.unit).toBe('08515');
    expect(communes.filter(({ rate }) => rate < 70).length).toBeLessThanOrEqual(4);
    expect(communes.filter(({ rate }) => rate > 85).length).toBeGreaterThan(communes.length * 0.6);
  });

  test('three weeks into a month four communes in five have enough dossiers to judge', () => {
    expect(rank(/^\d{5}$/).length).toBeGreaterThanOrEqual(0.8 * 148);
  });

  test('Health is late since five weeks: the worst department', () => {
    expect(share(endedIn('25.SYT', 120, 40), isLate)).toBeLessThan(45);
    expect(share(endedIn('25.SYT', 25, 0), isLate)).toBeGreaterThan(80);
    expect(rank(/^25\./)[0]?.unit).toBe('25.SYT');
  });

  test('Lập Thạch was late for weeks and has recovered', () => {
    expect(share(endedIn('08761', 180, 76), isLate)).toBeLessThan(15);
    expect(share(endedIn('08761', 70, 25), isLate)).toBeGreaterThan(35);
    expect(share(endedIn('08761', 14, 0), isLate)).toBeLessThan(15);
  });

  test('forty dossiers of the Department of Construction fall due on Monday', () => {
    const due = ofUnit('25.SXD').filter(
      (story) => isOpen(story, anchor) && dayOf(story.dueAt, ZONE) === '2026-11-23',
    );
    expect(due.length).toBeGreaterThanOrEqual(36);
  });

  test('the feed of Tam Hồng is silent since two working days before the anchor', () => {
    const last = (unit: string) => {
      const told = [...full.eventsBetween(recently(30), anchor + 10 * DAY_MS)];
      return Math.max(...told.filter(({ event }) => event.resolver === unit).map(({ at }) => at));
    };
    expect(last('09043')).toBeLessThan(Date.parse('2026-11-19T07:30:00+07:00'));
    expect(last('09043')).toBeGreaterThan(recently(10));
  });

  test('in Lạc Thủy the online share falls', () => {
    const accepted = ofUnit('05392').filter(({ acceptedAt }) => acceptedAt >= recently(150));
    const online = ({ online }: Story) => online;
    expect(
      share(
        accepted.filter(({ acceptedAt }) => acceptedAt < recently(28)),
        online,
      ),
    ).toBeGreaterThan(95);
    expect(
      share(
        accepted.filter(({ acceptedAt }) => acceptedAt >= recently(27)),
        online,
      ),
    ).toBeLessThan(70);
  });

  test('the backlog of Vân Phú doubles and more in six weeks', () => {
    const open = (at: number) => ofUnit('07918').filter((story) => isOpen(story, at)).length;
    expect(open(anchor)).toBeGreaterThan(2.2 * open(recently(42)));
  });

  test('Tam Dương asks again and again for supplements', () => {
    const accepted = ofUnit('08869').filter(({ acceptedAt }) => acceptedAt >= recently(60));
    expect(share(accepted, ({ requests }) => requests > 1)).toBeGreaterThan(8);
    expect(share(stories, ({ requests }) => requests > 1)).toBeLessThan(1);
  });
});
