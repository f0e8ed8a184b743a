/** Connected systems with their readings and their rhythm up to an instant: what pages, figures and the judge make of them. */
import type { WorkingCalendar } from '../../shared/calendar.ts';
import { obtain } from '../../shared/obtain.ts';
import { addDays, dayOf, periodOf } from '../../shared/period.ts';
import {
  findRhythm,
  type SystemRhythm,
  type SystemStanding,
  silentAfter,
  standAt,
} from '../../shared/system.ts';
import { readFeeds } from '../store/feed-store.ts';
import type { FeedRow } from '../store/schema.ts';
import type { Reader } from '../store/store.ts';
import {
  readHeardHours,
  readLastReadings,
  readReadings,
  readSystemNames,
  type StoredReading,
  type SystemName,
} from '../store/system-store.ts';

/**
 * A system: its readings of at least the last day before `now`, in order, or of its last hour where it has been silent for
 * longer; how it stands by them; `feed` is who told the newest.
 */
export type SystemPast = SystemName & {
  readings: readonly StoredReading[];
  firstAt: number;
  rhythm: SystemRhythm;
  standing: SystemStanding;
  feed: FeedRow | undefined;
};

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** Longer than a day, so that what is told once a day, as the end of a certificate, is always among the readings. */
const USUAL_MS = 26 * HOUR_MS;
/** So far back the hours are looked at in which a system was read. */
const WEEK_MS = 7 * DAY_MS;
/** A system is forgotten that has said nothing for so long: the month it lies in is looked at no more. */
const FORGOTTEN_DAYS = 92;
/** How many of the newest readings teach how often there are any. */
const TAUGHT_BY = 49;

/** Whose systems, known as at `now`; readings from `from` on, where that is earlier than a day before. */
export type SystemOrder = {
  units: readonly number[];
  now: number;
  zone: string;
  calendar: WorkingCalendar;
  from?: number;
};

const idOf = ({ unit, key }: SystemName) => `${unit} ${key}`;

function monthsBefore(now: number, zone: string): string[] {
  const today = dayOf(now, zone);
  const months = [0, 31, 62, FORGOTTEN_DAYS].map((days) => periodOf(addDays(today, -days), 'month').from);
  return [...new Set(months)];
}

type Heard = { id: string; spelt: Map<string, SystemName>; ats: number[] };

/** Each system with the instants it was last read at in the hours of a week, or the one it was last heard at at all. */
async function readHeard(reader: Reader, { units, now, zone }: SystemOrder): Promise<Heard[]> {
  const names = await readSystemNames(reader, units, monthsBefore(now, zone));
  const until = now + 1;
  const heard = new Map<string, Heard>();
  const add = ({ endAt, ...name }: SystemName & { endAt: number }) => {
    const id = idOf(name);
    const one = obtain(heard, id, (): Heard => ({ id, spelt: new Map(), ats: [] }));
    // The newest spelling comes to stand last.
    one.spelt.delete(name.name);
    one.spelt.set(name.name, name);
    one.ats.push(endAt);
  };
  // An hour that is not over at `now` may have been read again since.
  const hours = await readHeardHours(reader, { names, from: now - WEEK_MS, to: until + HOUR_MS });
  for (const one of hours) add({ ...one, endAt: Math.min(one.endAt, now) });
  const others = names.filter((name) => !heard.has(idOf(name)));
  const sought = { names: others, from: now - FORGOTTEN_DAYS * DAY_MS, to: until };
  for (const one of await readLastReadings(reader, sought)) add(one);
  return [...heard.values()];
}

/** The readings of systems, each from the instant it needs them from. */
async function collectReadings(reader: Reader, heard: readonly Heard[], { now, from }: SystemOrder) {
  const usual = Math.min(now - USUAL_MS, from ?? now);
  const startOf = ({ ats }: Heard) => Math.min(usual, (ats.at(-1) ?? now) - HOUR_MS);
  const all = new Map<string, StoredReading[]>();
  for (const [start, group] of Map.groupBy(heard, startOf)) {
    const names = group.flatMap(({ spelt }) => [...spelt.values()]);
    for (const { readings, ...name } of await readReadings(reader, { names, from: start, to: now + 1 }))
      obtain(all, idOf(name), (): StoredReading[] => []).push(...readings);
  }
  for (const readings of all.values()) readings.sort((a, b) => a.at - b.at);
  return all;
}

/** The systems of some units as they stand at an instant, by name; those of units below have to be asked for by their units. */
export async function readSystemPasts(reader: Reader, order: SystemOrder): Promise<SystemPast[]> {
  const heard = await readHeard(reader, order);
  if (heard.length === 0) return [];
  const readings = await collectReadings(reader, heard, order);
  const feeds = new Map((await readFeeds(reader)).map((feed) => [feed.id, feed]));
  const { calendar, now } = order;
  return heard
    .flatMap(({ id, spelt, ats }) => {
      const own = readings.get(id) ?? [];
      const last = own.at(-1);
      const name = [...spelt.values()].at(-1);
      if (!last || !name) return [];
      const feed = feeds.get(last.feed);
      const newest = own.slice(-TAUGHT_BY).map(({ at }) => at);
      const rhythm = findRhythm({ ats: newest, heard: ats, statedMs: feed?.cadenceMs ?? null }, calendar);
      const standing = standAt(own, { now, rhythm, calendar });
      const firstAt = Math.min(ats[0] ?? last.at, own[0]?.at ?? last.at);
      return [{ ...name, readings: own, firstAt, rhythm, standing, feed }];
    })
    .sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : a.unit - b.unit));
}

/** Whether readings of a system are told as they happen: what a file brought of the past is silent without being in trouble. */
export function isWatched({ feed, readings }: SystemPast): boolean {
  const last = readings.at(-1);
  return feed !== undefined && feed.liveAt !== null && last !== undefined && last.at >= feed.liveAt;
}

/** When a system that is watched falls silent unless it is read again; null of one that is not watched. */
export function findSilence(past: SystemPast, calendar: WorkingCalendar): number | null {
  const last = past.readings.at(-1);
  return last && isWatched(past) ? silentAfter(last.at, past.rhythm, calendar) : null;
}
