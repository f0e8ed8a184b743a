/**
 * Readings of the province's connected systems: one fails each Monday morning, one has been silent since the day before, and the
 * certificate of one ends within two weeks.
 */
import type { ProbeEvent } from '../../shared/event.ts';
import { isoOf, weekdayOf } from '../../shared/period.ts';
import type { Day, Days } from './days.ts';
import { PROVINCE } from './departments.ts';
import { Dice, hashText, mixSeeds } from './dice.ts';
import type { Told } from './tell.ts';

/** `certificate`: so many days after the demo was made its certificate runs out; absent: nobody tells. */
type System = { name: string; latencyMs: number; calls: number; up: number; certificate?: number };

const FAILING = 'Cổng thanh toán tập trung quốc gia';
const SILENT = 'Giám sát EMC';
const RUNS_OUT = 'Dịch vụ ký số';

/** The connected systems, with what is usual of each: its latency, calls in a quarter of an hour, the share of readings up. */
export const SYSTEMS: readonly System[] = [
  { name: 'Trục LGSP tỉnh', latencyMs: 140, calls: 900, up: 0.9995, certificate: 214 },
  { name: 'Trục liên thông văn bản quốc gia', latencyMs: 420, calls: 240, up: 0.999, certificate: 158 },
  { name: FAILING, latencyMs: 760, calls: 110, up: 0.998, certificate: 96 },
  { name: 'CSDL quốc gia về dân cư', latencyMs: 980, calls: 380, up: 0.996, certificate: 301 },
  { name: 'Cổng Dịch vụ công quốc gia', latencyMs: 610, calls: 520, up: 0.998, certificate: 127 },
  { name: SILENT, latencyMs: 350, calls: 12, up: 0.999 },
  { name: RUNS_OUT, latencyMs: 520, calls: 160, up: 0.9985, certificate: 12 },
  { name: 'Thư điện tử công vụ', latencyMs: 230, calls: 300, up: 0.9995, certificate: 183 },
];

const MINUTE_MS = 60_000;
const QUARTER_MS = 15 * MINUTE_MS;
const DAY_MS = 24 * 60 * MINUTE_MS;
/** A certificate is for a year, and renewed on the last day but one. */
const CERTIFICATE_MS = 365 * DAY_MS;
/** Readings of the past tell of certificates once in six hours. */
const CERTIFICATE_TOLD_MS = 6 * 60 * MINUTE_MS;
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
  for (let at = day.startsAt; at < day.startsAt + DAY_MS; at += step) yield* readAll(source, at, QUARTER_MS);
}

/** The reading of each system at an instant (epoch ms), of the calls of the `spanMs` before it. The same instant gives the same. */
export function* readAll(source: SystemSource, at: number, spanMs: number): Generator<Told<ProbeEvent>> {
  for (const system of SYSTEMS) {
    if (system.name === SILENT && at > silentFrom(source)) continue;
    yield { at, feed: 'systems', event: readOne(system, { source, at, spanMs }) };
  }
}

/** When the certificate that a system has at an instant runs out (epoch ms), at an end of a day. */
export function certificateUntil(
  { certificate = 0 }: Pick<System, 'certificate'>,
  { source: { days, anchor }, at }: { source: SystemSource; at: number },
): number {
  const first = days.get(days.numberAt(anchor)).startsAt + (certificate + 1) * DAY_MS;
  return first + Math.ceil((at + DAY_MS - first) / CERTIFICATE_MS) * CERTIFICATE_MS;
}

type Reading = { source: SystemSource; at: number; spanMs: number };

function readOne(system: System, { source, at, spanMs }: Reading): ProbeEvent {
  const { days, seed } = source;
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
  const isCertificateTold = spanMs === LIVE_READINGS_MS || (at - day.startsAt) % CERTIFICATE_TOLD_MS === 0;
  if (system.certificate !== undefined && isCertificateTold)
    event.certificateUntil = isoOf(certificateUntil(system, { source, at }), days.zone);
  const since = isFailing ? day.startsAt + FAILS.from * MINUTE_MS : at - 2 * MINUTE_MS;
  if (event.queued !== 0) event.oldestQueuedAt = isoOf(since, days.zone);
  return event;
}
