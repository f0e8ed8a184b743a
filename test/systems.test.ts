/** Readings of connected systems, from the events that feeds post to what pages, figures and the judge make of them. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { FiguresAnswer } from '../shared/answers.ts';
import type { ProbeEvent } from '../shared/event.ts';
import type { SystemsAnswer } from '../shared/system-wire.ts';
import { listNotes, listOpen } from './server/judging.ts';
import { at, iso } from './server/world.ts';
import { type Running, runApp } from './server.ts';

const MINUTE = 60_000;

let running: Running;
let screen: string;
let feed: string;
beforeEach(async () => {
  running = await runApp({ start: at('2026-11-24 08:00') });
  screen = await running.token('display', '25');
  feed = await running.token('feed', '25');
});
afterEach(async () => {
  await running.close();
  expect(running.troubles).toEqual([]);
});

let told = 0;
type Told = Partial<Omit<ProbeEvent, 'id' | 'kind' | 'at'>>;

const probe = (when: number, more: Told = {}): ProbeEvent => ({
  ...{ kind: 'probe', id: `p${++told}`, at: iso(when), system: 'LGSP', up: true },
  ...more,
});

async function post(events: ProbeEvent[], token = feed): Promise<void> {
  const reply = await running.post(events, token);
  expect(reply.status, JSON.stringify(reply.body)).toBe(200);
}

/** Readings every five minutes from one instant of 24 November up to another, told as they happen at its end. */
async function tellFrom(from: string, to: string, more: Told = {}): Promise<void> {
  const events: ProbeEvent[] = [];
  for (let when = at(`2026-11-24 ${from}`); when <= at(`2026-11-24 ${to}`); when += 5 * MINUTE)
    events.push(probe(when, more));
  running.clock.set(at(`2026-11-24 ${to}`));
  await post(events);
}

async function see(query = 'unit=25'): Promise<SystemsAnswer> {
  const { status, body } = await running.ask(`/api/systems?${query}`, { token: screen });
  expect(status, JSON.stringify(body)).toBe(200);
  return body as SystemsAnswer;
}

async function figure(id: string, unit = '25', period = '2026-11-24') {
  const path = `/api/figures?unit=${unit}&period=${period}&indicators=${id}`;
  const { body } = await running.ask(path, { token: screen });
  return (body as FiguresAnswer).units[0]?.figures[id];
}

test('a reading is shown with all it tells; the unit of the feed is whose it is', async () => {
  await tellFrom('07:00', '07:55', { latencyMs: 200, calls: 50, failed: 1 });
  running.clock.set(at('2026-11-24 08:00'));
  await post([
    probe(at('2026-11-24 08:00'), {
      ...{ latencyMs: 2000, calls: 50, failed: 0, queued: 7, oldestQueuedAt: '2026-11-24T07:30:00+07:00' },
      certificateUntil: '2026-12-01T00:00:00+07:00',
    }),
  ]);
  running.clock.set(at('2026-11-24 08:02'));
  const { systems, ...answer } = await see();
  expect(answer).toMatchObject({ day: '2026-11-24', month: '2026-11', at: '2026-11-24T08:02:00+07:00' });
  const figures = {
    ...{ readings: 13, up: 13, availability: 100, calls: 650, failed: 12, success: 98.15 },
    p95: { ms: 3000, isOver: false },
  };
  const [system] = systems;
  expect(systems).toHaveLength(1);
  expect({ ...system, unit: system?.unit.code, band: system?.band.length }).toEqual({
    ...{ name: 'LGSP', key: 'lgsp', unit: '25', state: 'up', isSinceKnown: false },
    ...{ since: '2026-11-24T07:00:00+07:00', lastAt: '2026-11-24T08:00:00+07:00' },
    rhythm: { minutes: 5, source: 'learned', hours: 'all' },
    ...{ day: figures, month: figures },
    queue: {
      ...{ count: 7, oldestAt: '2026-11-24T07:30:00+07:00', oldestMinutes: 32 },
      at: '2026-11-24T08:00:00+07:00',
    },
    certificate: { until: '2026-12-01T00:00:00+07:00', daysLeft: 6, state: 'urgent' },
    ...{ band: 96, silentMinutes: 0 },
  });
});

test('an undeclared field of a reading is refused by name', async () => {
  const reply = await running.post([{ ...probe(at('2026-11-24 07:00')), certificate: 'x' }], feed);
  expect(reply.status).toBe(422);
  expect(JSON.stringify(reply.body)).toContain('certificate');
});

test('silent time is shown and lowers no availability, nor raises it; a day gone by is told as it ended', async () => {
  await tellFrom('06:00', '08:55');
  await tellFrom('09:00', '09:55', { up: false });
  running.clock.set(at('2026-11-24 12:00'));
  const [system] = (await see()).systems;
  expect(system).toMatchObject({
    ...{ state: 'silent', since: '2026-11-24T09:55:00+07:00', silentMinutes: 135 },
    day: { readings: 48, up: 36, availability: 75 },
  });
  running.clock.set(at('2026-11-26 09:00'));
  const past = await see('unit=25&day=2026-11-24');
  expect(past.at).toBe('2026-11-24T23:59:59+07:00');
  expect(past.systems[0]).toMatchObject({
    state: 'silent',
    silentMinutes: 14 * 60,
    day: { availability: 75 },
  });
  expect(past.systems[0]?.band.filter((one) => one === 'ahead')).toEqual([]);
  const today = await see();
  expect(today.systems[0]).toMatchObject({ state: 'silent', day: { readings: 0, availability: null } });
  expect(new Set(today.systems[0]?.band.slice(0, 36))).toEqual(new Set(['none']));
  expect((await see('unit=25&day=2026-11-23')).systems).toEqual([]);
});

test('spellings are one system; the same name further down is counted for its own unit alone', async () => {
  const below = await running.token('feed', 'A');
  await tellFrom('07:00', '07:55');
  running.clock.set(at('2026-11-24 08:00'));
  await post([probe(at('2026-11-24 07:58'), { system: 'lgsp' })]);
  await post(
    [probe(at('2026-11-24 07:50'), { up: false }), probe(at('2026-11-24 07:55'), { up: false })],
    below,
  );
  const systems = (await see()).systems.map(({ name, unit, state, month, day }) => ({
    ...{ name, unit: unit.code, state, month: month.readings, up: month.up, day: day.readings },
  }));
  expect(systems).toEqual([
    { name: 'LGSP', unit: 'A', state: 'down', month: 2, up: 0, day: 2 },
    { name: 'lgsp', unit: '25', state: 'up', month: 13, up: 13, day: 13 },
  ]);
  expect((await see('unit=A')).systems.map(({ unit }) => unit.code)).toEqual(['A']);
  expect((await see('unit=D')).systems).toEqual([]);
});

test('the month stands by itself when the hours are far back, and who has been silent for weeks is not forgotten', async () => {
  await tellFrom('07:00', '07:55');
  running.clock.set(at('2026-12-20 09:00'));
  const { systems } = await see();
  expect(systems[0]).toMatchObject({
    ...{ state: 'silent', since: '2026-11-24T07:55:00+07:00' },
    month: { readings: 0, availability: null },
  });
  expect((await see('unit=25&day=2026-11-30')).systems[0]).toMatchObject({ month: { readings: 12 } });
});

test('of a unit that ended, that is yet to be, or of a day to come, nothing is told but why', async () => {
  expect(await see('unit=26@2025-06-01')).toMatchObject({ ended: '2025-07-01', systems: [] });
  expect(await see('unit=25&day=2026-11-25')).toMatchObject({ noData: 'notBegun', systems: [] });
  const { status } = await running.ask('/api/systems?unit=25&day=tomorrow', { token: screen });
  expect(status).toBe(400);
});

test('a system is seen in its scope only', async () => {
  const commune = await running.token('display', 'A');
  await tellFrom('07:00', '07:55');
  expect((await running.ask('/api/systems?unit=25', { token: commune })).status).toBe(403);
  expect((await running.ask('/api/systems?unit=A', { token: commune })).body).toMatchObject({ systems: [] });
});

test('SYS04 is what waits by the newest readings, of a unit with all below it; told of nobody it is none', async () => {
  const below = await running.token('feed', 'A');
  await tellFrom('07:00', '07:55', { queued: 4 });
  await post([probe(at('2026-11-24 07:50'), { system: 'Trục', queued: 9 })], below);
  const is = (value: number) => ({ value, numerator: value, denominator: null });
  expect(await figure('SYS04')).toMatchObject(is(13));
  expect(await figure('SYS04', 'A')).toMatchObject(is(9));
  expect(await figure('SYS04', 'D')).toMatchObject({ value: null });
  expect(await figure('SYS04', '25', '2026-11-23')).toMatchObject({ value: null });
  running.clock.set(at('2026-11-25 09:00'));
  await post([probe(at('2026-11-25 09:00'), { queued: 1 })]);
  expect([await figure('SYS04', '25', '2026-11-25'), await figure('SYS04')]).toMatchObject([is(10), is(13)]);
});

test('SYS03 is how many working minutes old the newest word of the feed is that lags most', async () => {
  expect(await figure('SYS03')).toMatchObject({ value: null });
  await post([probe(at('2026-11-24 08:00'))]);
  const slow = await running.token('feed', 'A');
  running.clock.set(at('2026-11-24 09:00'));
  await post([probe(at('2026-11-24 08:40'))], slow);
  running.clock.set(at('2026-11-24 14:00'));
  await post([probe(at('2026-11-24 13:50'))]);
  // The midday break is nobody's delay: 8:40 to 11:30, and an hour since 13:00.
  expect(await figure('SYS03', 'A')).toMatchObject({ value: 230, numerator: 230, denominator: null });
  expect(await figure('SYS03', 'D')).toMatchObject({ value: 10 });
  expect(await figure('SYS03', 'A', '2026-11-23')).toMatchObject({ value: null });
});

test('a system that is down is an alert after its delay, until it answers; one that falls silent is one by the clock alone', async () => {
  const { app, store, clock } = running;
  const goTo = async (time: string) => {
    clock.set(at(`2026-11-24 ${time}`));
    await app.judge();
  };
  const open = async () =>
    (await listOpen(store))
      .filter(({ rule }) => rule === 'system')
      .map(({ key, condition, figure: value }) => ({ key, condition, figure: value }));
  const lastNote = async () => (await listNotes(store)).findLast(({ rule }) => rule === 'system');
  await tellFrom('08:00', '09:00');
  await goTo('09:00');
  expect(await open()).toEqual([]);
  await tellFrom('09:05', '09:05', { up: false });
  await goTo('09:05');
  expect(await open()).toEqual([]);
  await tellFrom('09:10', '09:10', { up: false });
  await goTo('09:11');
  expect(await open()).toMatchObject([{ key: 'lgsp', figure: 2 }]);
  const { body } = await running.ask('/api/alerts?unit=25', { token: screen });
  expect(JSON.stringify(body)).toContain('"subject":"LGSP"');
  await tellFrom('09:15', '09:40');
  await goTo('09:41');
  await goTo('09:54');
  expect(await lastNote()).toMatchObject({ key: 'lgsp', kind: 'cleared' });
  // Fifteen minutes without a word are silence; five more are the delay.
  await goTo('09:56');
  await goTo('10:02');
  expect(await lastNote()).toMatchObject({ kind: 'returned', figure: 1 });
});

test('a certificate is warned of 30, 14 and 3 days before its end and past it, until a reading has a later one', async () => {
  const { app, store, clock } = running;
  const standing = async () =>
    (await listOpen(store))
      .filter(({ rule }) => rule === 'certificate')
      .map(({ key, condition, severity, figure: days }) => [key, condition, severity, days]);
  const lookAt = async (when: string) => {
    clock.set(at(when));
    await app.judge();
    return standing();
  };
  await post([probe(at('2026-11-24 08:00'), { certificateUntil: '2026-12-26T00:00:00+07:00' })]);
  // One whose certificate nobody tells of is not warned of.
  await post([probe(at('2026-11-24 08:00'), { system: 'VNeID' })]);
  expect(await lookAt('2026-11-25 23:59')).toEqual([]);
  expect(await lookAt('2026-11-26 00:01')).toEqual([['lgsp', 'active', 'advisory', 29]]);
  expect(await lookAt('2026-12-12 00:01')).toEqual([['lgsp', 'active', 'warning', 13]]);
  expect(await lookAt('2026-12-23 00:01')).toEqual([['lgsp', 'active', 'major', 2]]);
  expect(await lookAt('2026-12-26 00:01')).toEqual([['lgsp', 'active', 'critical', -1]]);
  const { body } = await running.ask('/api/alerts?unit=25', { token: screen });
  expect(JSON.stringify(body)).toContain('"watches":"certificate"');
  // A reading that says nothing of it clears nothing; one with another date does.
  clock.set(at('2026-12-26 08:00'));
  await post([probe(at('2026-12-26 08:00'))]);
  expect(await lookAt('2026-12-26 08:01')).toEqual([['lgsp', 'active', 'critical', -1]]);
  await post([probe(at('2026-12-26 08:01'), { certificateUntil: '2027-12-26T00:00:00+07:00' })]);
  await lookAt('2026-12-26 08:03');
  expect((await listNotes(store)).findLast(({ rule }) => rule === 'certificate')).toMatchObject({
    ...{ key: 'lgsp', kind: 'cleared' },
  });
  clock.set(at('2026-12-26 08:05'));
  expect((await see()).systems.find(({ name }) => name === 'LGSP')?.certificate?.state).toBe('valid');
});

test('what a file tells of the past raises nothing, and a system too seldom read clears nothing', async () => {
  const { app, store, clock } = running;
  clock.set(at('2026-11-24 08:00'));
  await post([0, 5, 10, 15, 20].map((minutes) => probe(at('2026-11-20 08:00') + minutes * MINUTE)));
  await app.judge();
  clock.set(at('2026-11-24 08:30'));
  await app.judge();
  expect((await see()).systems).toMatchObject([{ state: 'silent' }]);
  expect((await listOpen(store)).filter(({ rule }) => rule === 'system')).toEqual([]);
});
