/** Readings of the province's connected systems: one fails each Monday morning, one has been silent since the day before. */
import type { ProbeEvent } from '../../shared/event.ts';
import { isoOf, weekdayOf } from '../../shared/period.ts';
import type { Day, Days } from './days.ts';
import { PROVINCE } from './departments.ts';
import { Dice, hashText, mixSeeds } from './dice.ts';
import type { Told } from './tell.ts';

type System = { name: string; latencyMs: number; calls: number; up: number };

const FAILING = 'Cổng thanh toán tập trung quốc gia';
const SILENT = 'Giám sát EMC';

/** The connected systems, with what is usual of each: its latency, calls in a quarter of an hour, the share of readings up. */
export const SYSTEMS: readonly System[] = [
  { name: 'Trục LGSP tỉnh', latencyMs: 140, calls: 900, up: 0.9995 },
  { name: 'Trục liên thông văn bản quốc gia', latencyMs: 420, calls: 240, up: 0.999 },
  { name: FAILING, latencyMs: 760, calls: 110, up: 0.998 },
  { name: 'CSDL quốc gia về dân cư', latencyMs: 980, calls: 380, up: 0.996 },
  { name: 'Cổng Dịch vụ công quốc gia', latencyMs: 610, calls: 520, up: 0.998 },
  { name: SILENT, latencyMs: 350, calls: 12, up: 0.999 },
  { name: 'Dịch vụ ký số', latencyMs: 520, calls: 160, up: 0.9985 },
  { name: 'Thư điện tử công vụ', latencyMs: 230, calls: 300, up: 0.9995 },
];

const MINUTE_MS = 60_000;
const QUARTER_MS = 15 * MINUTE_MS;
/** How often live readings are told. */
export const LIVE_READINGS_MS = 30_000;
/** Before this many days ago one reading an hour is told. */
const DENSE_DAYS = 21;

/** When in a Monday the one system fails, and when in the day before the anchor the other was last heard (minutes). */
const FAILS = { from: 7 * 60 + 30, to: 9 * 60 + 15 };
const FELL_SILENT = 16 * 60 + 45;

/** What readings are drawn from: `anchor` is when the demo was first made (epoch ms). */
export type SystemSource = { days: Days; seed: number; anchor: number };

/** The last instant at which the silent system was heard (epoch ms). */
export function silentFrom({ days, anchor }: Pick<SystemSource, 'days' | 'anchor'>): number {
  return days.get(days.numberAt(anchor) - 1).startsAt + FELL_SILENT * MINUTE_MS;
}

/** The readings of a day, in order of time. */
export function* drawReadings(source: SystemSource, day: Day): Generator<Told<ProbeEvent>> {
  const { days, anchor } = source;
  const isDense = day.number > days.numberAt(anchor) - DENSE_DAYS;
  const step = isDense ? QUARTER_MS : 4 * QUARTER_MS;
  for (let at = day.startsAt; at < day.startsAt + 86_400_000; at += step)
    yield* readAll(source, at, QUARTER_MS);
}

/** The reading of each system at an instant (epoch ms), of the calls of the `spanMs` before it. The same instant gives the same. */
export function* readAll(source: SystemSource, at: number, spanMs: number): Generator<Told<ProbeEvent>> {
  for (const system of SYSTEMS) {
    if (system.name === SILENT && at > silentFrom(source)) continue;
    yield { at, feed: 'systems', event: readOne(system, { source, at, spanMs }) };
  }
}

type Reading = { source: SystemSource; at: number; spanMs: number };

function readOne(system: System, { source: { days, seed }, at, spanMs }: Reading): ProbeEvent {
  const dice = new Dice(mixSeeds(seed, hashText(system.name), at / 1000));
  const day = days.get(days.numberAt(at));
  const minute = (at - day.startsAt) / MINUTE_MS;
  const isFailing =
    system.name === FAILING && weekdayOf(day.text) === 1 && minute >= FAILS.from && minute < FAILS.to;
  const up = !isFailing && dice.isLucky(system.up);
  const isBusy = day.isWorking && minute >= 7 * 60 && minute < 18 * 60;
  const calls = dice.count((system.calls * spanMs * (isBusy ? 1 : 0.08)) / QUARTER_MS);
  const event: ProbeEvent = {
    ...{ id: `${hashText(system.name).toString(36)}.${at / 1000}.${spanMs / 1000}`, kind: 'probe' },
    ...{ at: isoOf(at, days.zone), unit: PROVINCE, system: system.name, up, calls },
    failed: up ? Math.min(calls, dice.count(calls * 0.002)) : calls,
    queued: isFailing ? Math.round((minute - FAILS.from) * 6 + calls) : dice.count(0.3),
  };
  if (up) event.latencyMs = Math.round(system.latencyMs * (0.6 + dice.wait(0.4)));
  const since = isFailing ? day.startsAt + FAILS.from * MINUTE_MS : at - 2 * MINUTE_MS;
  if (event.queued !== 0) event.oldestQueuedAt = isoOf(since, days.zone);
  return event;
}
