/** When channels speak: quiet hours in the site's zone, digests of working days, repeats of what nobody acknowledged. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { findDigestAfter, findQuietEnd, findRepeatAfter, waitAfter } from '../server/notify/schedule.ts';
import { openStore, type Store } from '../server/store/store.ts';
import { type Following, type NotifyWorld, openNotifyWorld } from './server/notify-world.ts';
import { type Hook, openHook } from './server/receivers.ts';
import { at, SITE, ZONE } from './server/world.ts';
import { settle } from './server.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const NIGHT = { quietFrom: '22:00', quietTo: '06:00' };

const utc = (instant: number) => new Date(instant).toISOString();
const local = (text: string) => utc(at(text));

describe('a schedule', () => {
  test('knows quiet hours past midnight, to the very minute, in the zone of the site', () => {
    const endOf = (text: string, hours = NIGHT, zone = ZONE) => {
      const end = findQuietEnd(hours, at(text), zone);
      return end === null ? null : utc(end);
    };
    expect(endOf('2026-11-18 21:59')).toBe(null);
    expect(endOf('2026-11-18 22:00')).toBe(local('2026-11-19 06:00'));
    expect(endOf('2026-11-19 05:59')).toBe(local('2026-11-19 06:00'));
    expect(endOf('2026-11-19 06:00')).toBe(null);
    expect(endOf('2026-12-31 23:30')).toBe(local('2027-01-01 06:00'));
    expect(endOf('2026-11-18 12:00', { quietFrom: '11:30', quietTo: '13:30' })).toBe(
      local('2026-11-18 13:30'),
    );
    // The same instant lies in no night elsewhere.
    expect(endOf('2026-11-18 23:00', NIGHT, 'Europe/London')).toBe(null);
  });

  test('has digests on working days alone: over Tết, at its eve, on a Saturday that is worked, on one that is not', () => {
    const digestAfter = (text: string) => utc(findDigestAfter(SITE, at(text)));
    expect(digestAfter('2026-11-18 07:59')).toBe(local('2026-11-18 08:00'));
    expect(digestAfter('2026-11-18 08:00')).toBe(local('2026-11-19 08:00'));
    expect(digestAfter('2026-11-20 09:00')).toBe(local('2026-11-23 08:00'));
    // The last working day before Tết is Friday 13 February; the next is Monday the 23rd.
    expect(digestAfter('2026-02-12 08:00')).toBe(local('2026-02-13 08:00'));
    expect(digestAfter('2026-02-13 08:00')).toBe(local('2026-02-23 08:00'));
    expect(digestAfter('2026-01-09 10:00')).toBe(local('2026-01-10 08:00'));
    // Of a year whose days off nobody has told every day is one: a digest too many is better than none.
    expect(digestAfter('2026-12-31 08:00')).toBe(local('2027-01-01 08:00'));
  });

  test('waits longer after each failure up to five minutes, by a quarter more or less', () => {
    expect([1, 2, 3, 4, 9, 10, 50].map((failures) => waitAfter(failures, 0.5))).toEqual([
      ...[1000, 2000, 4000, 8000, 256_000, 300_000, 300_000],
    ]);
    expect([waitAfter(1, 0), waitAfter(1, 1), waitAfter(50, 0), waitAfter(50, 1)]).toEqual([
      ...[750, 1250, 225_000, 375_000],
    ]);
  });

  test('repeats at whole minutes, never early', () => {
    const raised = at('2026-11-18 10:00') + 12_345;
    expect(utc(findRepeatAfter(raised, HOUR, raised))).toBe(local('2026-11-18 11:01'));
    expect(utc(findRepeatAfter(raised, HOUR, at('2026-11-18 11:01')))).toBe(local('2026-11-18 12:01'));
    expect(utc(findRepeatAfter(raised, HOUR, at('2026-11-20 00:00')))).toBe(local('2026-11-20 00:01'));
  });
});

let store: Store;
let hook: Hook;
let world: NotifyWorld;
let follower: Following;
beforeEach(async () => {
  [store, hook] = await Promise.all([openStore(':memory:'), openHook()]);
  world = openNotifyWorld({ store, tree: await settle(store) });
  follower = world.follow();
});
afterEach(async () => {
  await Promise.all([hook.close(), store.close()]);
});

/** What arrived, each message with what it told. */
const told = () =>
  hook
    .messages()
    .map(({ kind, alerts }) => [
      kind,
      ...alerts.map(({ ref, severity, told: kinds }) => `${ref} ${severity} ${kinds}`),
    ]);

/** Lets time pass, looking every minute. */
async function pass(until: string, stepMs = MINUTE): Promise<void> {
  for (const end = at(until); world.clock.now() < end; ) {
    world.clock.set(Math.min(end, world.clock.now() + stepMs));
    await follower.run();
  }
}

describe('quiet hours', () => {
  test('let what is critical pass; at their end what stands is told once, and what recovered never', async () => {
    world.clock.set(at('2026-11-18 21:00'));
    await world.add({ target: hook.url, ...NIGHT });
    const [before] = await world.tell([{ unit: 'D', kind: 'raised' }]);
    await pass('2026-11-18 23:00');
    expect(told()).toEqual([['alerts', 'D major raised']]);
    const [, , brief] = await world.tell([
      { unit: 'A', kind: 'raised' },
      { unit: 'A', kind: 'raised', severity: 'critical' },
      { unit: 'D', kind: 'raised', severity: 'warning' },
    ]);
    const [growing] = await world.tell([{ unit: '25.SNV', kind: 'raised', severity: 'warning' }]);
    await pass('2026-11-19 02:00', 10 * MINUTE);
    await world.tell([
      { unit: 'D', kind: 'cleared', episode: brief, severity: 'warning' },
      { unit: 'D', kind: 'cleared', episode: before },
      { unit: '25.SNV', kind: 'worsened', episode: growing, severity: 'critical' },
    ]);
    await pass('2026-11-19 05:59', 10 * MINUTE);
    expect(told().slice(1)).toEqual([
      ['alerts', 'A critical raised'],
      ['alerts', '25.SNV critical worsened'],
    ]);
    await pass('2026-11-19 06:00');
    expect(told().slice(3)).toEqual(
      [['quietEnd', 'D major cleared', 'A major raised'].sort()].map(() => told()[3]),
    );
    expect(told()[3]).toEqual(['quietEnd', 'D major cleared', 'A major raised']);
    await pass('2026-11-19 22:30', 10 * MINUTE);
    expect(told().length).toBe(4);
  });

  test('end late but once when the server was down at their end', async () => {
    world.clock.set(at('2026-11-18 23:00'));
    await world.add({ target: hook.url, ...NIGHT });
    await world.tell([{ unit: 'A', kind: 'raised' }]);
    await follower.run();
    expect(told()).toEqual([]);
    world.clock.set(at('2026-11-19 09:17'));
    follower = world.follow();
    await follower.run();
    await pass('2026-11-19 09:30');
    expect(told()).toEqual([['quietEnd', 'A major raised']]);
  });

  test('hold on a day off as on any other, and over the turn of a year', async () => {
    world.clock.set(at('2026-12-31 22:30'));
    await world.add({ target: hook.url, ...NIGHT });
    await world.tell([{ unit: 'A', kind: 'raised' }]);
    await pass('2027-01-01 05:59', 10 * MINUTE);
    expect(told()).toEqual([]);
    await pass('2027-01-01 06:00');
    expect(told()).toEqual([['quietEnd', 'A major raised']]);
  });

  test('that are changed while they hold something back end when the new ones do', async () => {
    world.clock.set(at('2026-11-18 23:00'));
    const id = await world.add({ target: hook.url, ...NIGHT });
    await world.tell([{ unit: 'A', kind: 'raised' }]);
    await follower.run();
    const input = { id, quietFrom: null, quietTo: null };
    const caller = { kind: 'command' } as const;
    await world.acts.writer.run({ name: 'changeChannel', caller, input, now: world.clock.now() });
    await follower.run();
    expect(told()).toEqual([['quietEnd', 'A major raised']]);
  });
});

describe('a digest', () => {
  test('gathers all of Tết, what is advisory too, and goes out on the first working day after it', async () => {
    world.clock.set(at('2026-02-12 10:00'));
    await world.add({ target: hook.url, mode: 'digest', least: 'advisory' });
    const [episode] = await world.tell([{ unit: 'A', kind: 'raised' }]);
    await pass('2026-02-13 07:59', HOUR);
    expect(told()).toEqual([]);
    // The eve: the last digest before ten days off.
    await pass('2026-02-13 08:00');
    expect(told()).toEqual([['digest', 'A major raised']]);
    await world.tell([{ unit: 'D', kind: 'raised', severity: 'advisory' }]);
    await pass('2026-02-17 12:00', HOUR);
    await world.tell([{ unit: 'A', kind: 'cleared', episode }]);
    await world.tell([{ unit: '25.SNV', kind: 'raised', severity: 'critical' }]);
    await pass('2026-02-23 07:59', HOUR);
    expect(told().length).toBe(1);
    await pass('2026-02-23 08:00');
    expect(told().slice(1)).toEqual([
      ['digest', '25.SNV critical raised', 'A major cleared', 'D advisory raised'],
    ]);
    await pass('2026-02-24 12:00', HOUR);
    expect(told().length).toBe(2);
  });

  test('goes out on a Saturday that is worked, and is silent where nothing happened', async () => {
    world.clock.set(at('2026-01-09 10:00'));
    const id = await world.add({ target: hook.url, mode: 'digest' });
    await world.tell([{ unit: 'A', kind: 'raised' }]);
    await pass('2026-01-10 08:00', HOUR);
    expect(told()).toEqual([['digest', 'A major raised']]);
    await pass('2026-01-12 08:30', HOUR);
    expect(told().length).toBe(1);
    expect(utc((await world.channel(id)).nextAt ?? 0)).toBe(local('2026-01-13 08:00'));
  });

  test('tells which dossiers will be late, by unit, though no alert was raised', async () => {
    const stages = { used70: 1, within8h: 0, within2h: 2, overdue: 3, overdueTwice: 0 };
    const due = [{ ref: 'A', name: { vi: 'A', en: 'A' }, stages }];
    world = openNotifyWorld(world, { readDue: async () => due, start: at('2026-11-18 07:00') });
    follower = world.follow();
    await world.add({ target: hook.url, mode: 'digest' });
    await pass('2026-11-18 08:00');
    expect(hook.messages()).toMatchObject([{ kind: 'digest', alerts: [], due }]);
  });

  test('that does not arrive is sent again under its key, and the next one at its own time', async () => {
    const id = await world.add({ target: hook.url, mode: 'digest' });
    await world.tell([{ unit: 'A', kind: 'raised' }]);
    hook.replies.push(500);
    await pass('2026-11-19 08:00', HOUR);
    await world.tell([{ unit: 'D', kind: 'raised' }]);
    await pass('2026-11-19 08:02');
    expect(hook.messages().map(({ key }) => key)).toEqual([`ioc-${id}-digest-0-1`, `ioc-${id}-digest-0-1`]);
    expect(utc((await world.channel(id)).nextAt ?? 0)).toBe(local('2026-11-20 08:00'));
  });
});

describe('a repeat', () => {
  test('tells what stays unacknowledged every so often, until somebody acknowledges or it is over', async () => {
    await world.add({ target: hook.url, repeatMs: 2 * HOUR });
    const [acknowledged, over] = await world.tell([
      { unit: 'A', kind: 'raised' },
      { unit: 'D', kind: 'raised' },
      { unit: '25.SNV', kind: 'raised', severity: 'critical' },
    ]);
    await follower.run();
    await pass('2026-11-18 11:59');
    expect(told().length).toBe(1);
    await pass('2026-11-18 12:00');
    expect(told()[1]).toEqual(['repeat', '25.SNV critical ', 'A major ', 'D major ']);
    await world.change(acknowledged ?? 0, { response: 'ack' });
    await pass('2026-11-18 14:00');
    expect(told()[2]).toEqual(['repeat', '25.SNV critical ', 'D major ']);
    await world.tell([{ unit: 'D', kind: 'cleared', episode: over }]);
    await pass('2026-11-18 18:30');
    expect(told().slice(3)).toEqual([
      ['alerts', 'D major cleared'],
      ['repeat', '25.SNV critical '],
      ['repeat', '25.SNV critical '],
    ]);
  });

  test('keeps quiet in quiet hours but for what is critical, and goes on after them', async () => {
    await world.add({ target: hook.url, repeatMs: 5 * HOUR, ...NIGHT });
    await world.tell([
      { unit: 'A', kind: 'raised' },
      { unit: 'D', kind: 'raised', severity: 'critical' },
    ]);
    await follower.run();
    await pass('2026-11-19 11:30', 10 * MINUTE);
    expect(hook.messages().map(({ at: sent, alerts }) => `${sent.slice(8, 16)} ${alerts.length}`)).toEqual([
      ...['18T10:00 2', '18T15:00 2', '18T20:00 2', '19T01:00 1', '19T06:00 2', '19T11:00 2'],
    ]);
  });
});
