import { expect, test } from 'vitest';
import { createCalendar } from '../shared/calendar.ts';
import {
  bandOf,
  certificateAt,
  countSilent,
  findRhythm,
  queueOf,
  type SystemReading,
  type SystemRhythm,
  silentAfter,
  standAt,
} from '../shared/system.ts';
import { boundP95, emptyProbeSums, figuresOfProbes } from '../shared/system-figures.ts';
import { at, SITE } from './server/world.ts';

const MINUTE = 60_000;
const { calendar } = SITE;
/** A working Tuesday. */
const DAY = at('2026-11-24');

const read = (local: string, up = true, more: Partial<SystemReading> = {}): SystemReading => ({
  ...{ at: at(`2026-11-24 ${local}`), up, queued: null, oldestQueuedAt: null, certificateUntil: null },
  ...more,
});

/** Readings every so many minutes from one time of the day to another, both included. */
function readFrom(from: string, to: string, minutes = 5, up = true): SystemReading[] {
  const readings: SystemReading[] = [];
  for (let when = at(`2026-11-24 ${from}`); when <= at(`2026-11-24 ${to}`); when += minutes * MINUTE)
    readings.push({ ...read('00:00', up), at: when });
  return readings;
}

const rhythmOf = (readings: readonly SystemReading[], statedMs: number | null = null): SystemRhythm => {
  const ats = readings.map((one) => one.at);
  return findRhythm({ ats, heard: ats, statedMs }, calendar);
};

const stand = (readings: SystemReading[], now: string, rhythm = rhythmOf(readings)) =>
  standAt(readings, { now: at(`2026-11-24 ${now}`), rhythm, calendar });

test('the usual pause is stated by the feed, else learned; an outage is no habit; of too little nothing is said', () => {
  const steady = [...readFrom('00:00', '03:00'), ...readFrom('09:00', '12:00')];
  expect(rhythmOf(steady)).toEqual({
    ...{ gapMs: 5 * MINUTE, source: 'learned', silentMs: 15 * MINUTE, hours: 'all' },
  });
  expect(rhythmOf(readFrom('00:00', '12:00', 60))).toMatchObject({ silentMs: 180 * MINUTE });
  expect(rhythmOf(steady, 30 * MINUTE)).toMatchObject({ source: 'stated', silentMs: 60 * MINUTE });
  expect(rhythmOf(readFrom('09:00', '09:10'))).toMatchObject({ gapMs: null, silentMs: 24 * 60 * MINUTE });
});

test('silence is not health: what was up is silent once its pause is over, since its last word', () => {
  const readings = readFrom('08:00', '10:00');
  const since = at('2026-11-24 08:00');
  expect(stand(readings, '10:14')).toEqual({ state: 'up', since, isSinceKnown: false });
  const silent = { state: 'silent', since: at('2026-11-24 10:00'), isSinceKnown: true };
  expect(stand(readings, '10:15')).toEqual(silent);
  expect(stand(readings, '23:00')).toEqual(silent);
});

test('down from the first reading that failed; up again from the first after it, or after a silence', () => {
  const failing = [...readFrom('08:00', '10:00'), ...readFrom('10:05', '10:20', 5, false)];
  expect(stand(failing, '10:21')).toEqual({
    ...{ state: 'down', since: at('2026-11-24 10:05'), isSinceKnown: true },
  });
  const back = [...failing, ...readFrom('10:25', '10:40')];
  expect(stand(back, '10:41')).toMatchObject({ state: 'up', since: at('2026-11-24 10:25') });
  const quiet = [...readFrom('08:00', '10:00'), ...readFrom('11:00', '11:30')];
  expect(stand(quiet, '11:31')).toMatchObject({ state: 'up', since: at('2026-11-24 11:00') });
});

test('a system that was never read, or too seldom to know its pause, is neither up nor silent', () => {
  expect(stand([], '10:00')).toEqual({ state: 'unknown', since: null, isSinceKnown: false });
  const once = [read('09:00')];
  expect(['09:59', '10:00', '23:59'].map((now) => stand(once, now).state)).toEqual([
    'up',
    'unknown',
    'unknown',
  ]);
  expect(standAt(once, { now: at('2026-11-25 09:00'), rhythm: rhythmOf(once), calendar }).state).toBe(
    'silent',
  );
});

test('a system read in office hours only is not silent at night, and is in the morning', () => {
  const heard = ['2026-11-23', '2026-11-24'].flatMap((day) =>
    ['08:00', '09:00', '10:00', '11:00', '13:30', '15:00', '16:55'].map((time) => at(`${day} ${time}`)),
  );
  const readings = readFrom('13:00', '16:55');
  const rhythm = findRhythm({ ats: readings.map((one) => one.at), heard, statedMs: null }, calendar);
  expect(rhythm.hours).toBe('office');
  expect(silentAfter(at('2026-11-24 16:55'), rhythm, calendar)).toBe(at('2026-11-25 07:40'));
  expect(stand(readings, '23:00', rhythm).state).toBe('up');
  const restless = findRhythm(
    { ats: readings.map((one) => one.at), heard: [...heard, at('2026-11-24 22:00')], statedMs: null },
    calendar,
  );
  expect(restless.hours).toBe('all');
  // One day alone, without a night in it, proves nothing.
  expect(rhythmOf(readings).hours).toBe('all');
});

test('a year without a calendar leaves a system on the clock of the wall', () => {
  const bare = createCalendar({ years: {} });
  const ats = readFrom('08:00', '10:00').map((one) => one.at);
  expect(findRhythm({ ats, heard: ats, statedMs: null }, bare).hours).toBe('all');
});

const bandAt = (readings: SystemReading[], now: string) =>
  bandOf(readings, {
    from: DAY,
    to: DAY + 24 * 60 * MINUTE,
    now: at(`2026-11-24 ${now}`),
    rhythm: rhythmOf(readings),
  });

test('a day is 96 quarters: up, partly, down, not read, yet to come; not read is never up', () => {
  const readings = [
    ...readFrom('00:00', '08:40'),
    ...readFrom('08:45', '09:10', 5, false),
    ...readFrom('10:00', '10:40'),
    read('10:44', false),
  ];
  const band = bandAt(readings, '12:00');
  expect(band).toHaveLength(96);
  const quarter = (time: string) => band[(Number(time.slice(0, 2)) * 60 + Number(time.slice(3))) / 15];
  expect(
    ['08:30', '08:45', '09:00', '09:15', '09:45', '10:00', '10:30', '10:45', '12:15'].map(quarter),
  ).toEqual([...['up', 'down', 'down', 'none', 'none', 'up', 'partly', 'none', 'ahead']]);
  expect(band.filter((one) => one === 'ahead')).toHaveLength(47);
  const order = { from: DAY, firstAt: DAY, rhythm: rhythmOf(readings), calendar };
  // 9:15 to 10:00, and from 10:45 on the five quarters up to noon and the one that just began.
  expect(countSilent(band, order)).toBe(3 * 15 + 6 * 15);
  // Before its first word nobody expected any.
  expect(countSilent(band, { ...order, firstAt: at('2026-11-24 10:44') })).toBe(6 * 15);
});

test('between the readings of a system read each hour nothing is missing, and past three of them all is', () => {
  const band = bandAt(readFrom('00:00', '06:00', 60), '12:00');
  expect(band.slice(0, 24).every((one) => one === 'up')).toBe(true);
  expect(band[35]).toBe('up');
  expect(band.slice(36, 48).every((one) => one === 'none')).toBe(true);
});

test('the queue and the certificate are those told of last; a certificate warns at 30 and 7 days', () => {
  const until = at('2026-12-24 10:00');
  const readings = [
    read('08:00', true, { queued: 3, oldestQueuedAt: at('2026-11-24 07:10'), certificateUntil: until }),
    read('08:05'),
  ];
  expect(queueOf(readings)).toEqual({
    ...{ count: 3, oldestAt: at('2026-11-24 07:10'), at: at('2026-11-24 08:00') },
  });
  expect(queueOf([read('08:00', true, { queued: 0, oldestQueuedAt: 5 })])?.oldestAt).toBeNull();
  expect(queueOf([read('08:00')])).toBeNull();
  const told = (now: string) => certificateAt(readings, at(now));
  expect(told('2026-11-24 09:59')).toEqual({ until, daysLeft: 30, state: 'valid' });
  expect(told('2026-11-24 10:00')).toEqual({ until, daysLeft: 30, state: 'soon' });
  expect(told('2026-12-10 09:59')).toEqual({ until, daysLeft: 14, state: 'soon' });
  expect(told('2026-12-10 10:00')).toEqual({ until, daysLeft: 14, state: 'urgent' });
  expect(told('2026-12-24 10:00')).toEqual({ until, daysLeft: 0, state: 'expired' });
  expect(certificateAt([read('08:00')], DAY)).toBeNull();
});

test('the 95th percentile is told by the end of its bucket; of nothing measured there is none, and beyond the last no number', () => {
  const sums = (more: object) => ({ ...emptyProbeSums(), ...more });
  expect(boundP95(sums({}))).toBeNull();
  expect(boundP95(sums({ latencyTo300: 100 }))).toEqual({ ms: 300, isOver: false });
  // 95 of 100 lie within the first; the 95th ends it.
  expect(boundP95(sums({ latencyTo300: 95, latencyTo1000: 5 }))).toEqual({ ms: 300, isOver: false });
  expect(boundP95(sums({ latencyTo300: 90, latencyTo3000: 10 }))).toEqual({ ms: 3000, isOver: false });
  expect(boundP95(sums({ latencyTo300: 90, latencyOver: 10 }))).toEqual({ ms: 10_000, isOver: true });
});

test('availability is of readings, success of calls; of nothing there is no percentage', () => {
  expect(
    figuresOfProbes({ ...emptyProbeSums(), probes: 3, probesUp: 2, calls: 200, callsFailed: 1 }),
  ).toEqual({
    ...{ readings: 3, up: 2, availability: 66.67, calls: 200, failed: 1, success: 99.5, p95: null },
  });
  expect(figuresOfProbes(emptyProbeSums())).toMatchObject({ availability: null, success: null });
});
