import { afterEach, beforeEach, expect, test } from 'vitest';
import type { FeedOrder } from '../server/acts/tokens.ts';
import type { FeedView } from '../shared/answers.ts';
import { judgeFeed } from '../shared/feed-state.ts';
import { at, iso, step, TODAY } from './server/world.ts';
import { type Running, runApp } from './server.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const SILENT: FeedOrder = { namespace: null, cadenceMs: null, dueTime: null };

let running: Running;
let screen: string;
beforeEach(async () => {
  running = await runApp({ start: at('2026-02-02 07:30') });
  screen = await running.token('display', '25');
});
afterEach(async () => {
  await running.close();
  expect(running.troubles).toEqual([]);
});

function openFeed(name: string, order: Partial<FeedOrder> = {}): Promise<string> {
  const { acts, tree, clock } = running;
  const unit = tree.findByReference('25', TODAY)?.id ?? 0;
  return acts.createToken(
    { kind: 'feed', unit, name, days: null, feed: { ...SILENT, ...order } },
    clock.now(),
  );
}

let told = 0;

/** The feed tells of one dossier received just now. */
async function speak(token: string, instant = running.clock.now()): Promise<void> {
  running.clock.set(instant);
  told += 1;
  const due = iso(instant + 24 * HOUR);
  const event = step({ id: `${told}`, dossier: `${told}`, at: iso(instant), status: 2, due });
  expect((await running.post([event], token)).status).toBe(200);
}

async function see(name: string): Promise<FeedView> {
  const { body } = await running.ask('/api/feeds', { token: screen });
  const feed = (body as { feeds: FeedView[] }).feeds.find((known) => known.name === name);
  if (!feed) throw new Error(`no feed ${name}`);
  return feed;
}

const kindAt = (feed: FeedView, local: string) => judgeFeed(feed, at(local)).kind;

/** Speaks at every pause of an office's sessions, from a working day's morning on, for some days. */
async function speakThrough(token: string, days: readonly string[], pauseMs: number): Promise<void> {
  for (const day of days) {
    for (const [opens, closes] of [
      ['07:30', '11:30'],
      ['13:00', '17:00'],
    ]) {
      for (let now = at(`${day} ${opens}`); now <= at(`${day} ${closes}`); now += pauseMs) {
        await speak(token, now);
      }
    }
  }
}

test('a feed says from when it is late by the cadence it stated, and Tết does not count', async () => {
  const token = await openFeed('quarterly', { cadenceMs: 15 * MINUTE, dueTime: null });
  expect(await see('quarterly')).toMatchObject({ heardAt: null, lateAt: null, missingAt: null });
  await speak(token, at('2026-02-13 16:50'));
  const feed = await see('quarterly');
  expect(feed).toMatchObject({
    heardAt: '2026-02-13T16:50:00+07:00',
    lateAt: '2026-02-23T07:50:00+07:00',
    missingAt: '2026-02-23T08:35:00+07:00',
    cadence: { workingMinutes: 15, source: 'stated' },
    dueTime: null,
  });
  running.clock.set(at('2026-02-20 10:00'));
  expect(await see('quarterly')).toEqual(feed);
  expect(
    ['02-18 10:00', '02-23 07:49', '02-23 07:50', '02-23 08:35'].map((time) => kindAt(feed, `2026-${time}`)),
  ).toEqual(['fresh', 'fresh', 'late', 'missing']);
});

test('a feed that is due by the evening is late when a working day ends without a word', async () => {
  const token = await openFeed('daily', { dueTime: '17:00' });
  await speak(token, at('2026-02-05 16:40'));
  expect(await see('daily')).toMatchObject({
    lateAt: '2026-02-06T17:30:00+07:00',
    missingAt: '2026-02-09T17:30:00+07:00',
    cadence: null,
    dueTime: '17:00',
  });
});

test('a feed that states nothing has a working day at first, then three times its usual pause', async () => {
  const token = await openFeed('plain');
  for (const time of ['07:30', '07:31', '07:32']) await speak(token, at(`2026-02-02 ${time}`));
  expect(await see('plain')).toMatchObject({ lateAt: '2026-02-03T07:32:00+07:00', cadence: null });
  const steady = await openFeed('steady');
  await speakThrough(steady, ['2026-02-03'], 20 * MINUTE);
  expect(await see('steady')).toMatchObject({
    lateAt: '2026-02-04T08:30:00+07:00',
    missingAt: '2026-02-04T09:30:00+07:00',
    cadence: { workingMinutes: 20, source: 'learned' },
  });
});

test('one outage is no habit, and a long pause is forgotten by and by', async () => {
  const token = await openFeed('steady');
  await speakThrough(token, ['2026-02-02', '2026-02-03'], 20 * MINUTE);
  const usual = async () => (await see('steady')).cadence?.workingMinutes ?? Number.NaN;
  expect(await usual()).toBe(20);
  // A week without a word teaches only what would just not have been late.
  await speak(token, at('2026-02-10 17:00'));
  expect(await usual()).toBe(60);
  await speakThrough(token, ['2026-02-11', '2026-02-12'], 20 * MINUTE);
  expect(await usual()).toBeCloseTo(60 * 0.5 ** 0.2, 0);
});

test('of a year without a calendar nothing is said', async () => {
  const token = await openFeed('early', { cadenceMs: HOUR });
  await speak(token, at('2027-01-05 10:00'));
  const feed = await see('early');
  expect(feed).toMatchObject({ heardAt: '2027-01-05T10:00:00+07:00', lateAt: null, missingAt: null });
  expect(kindAt(feed, '2027-01-05 10:01')).toBe('unknown');
});
