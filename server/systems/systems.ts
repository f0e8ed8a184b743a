/** Connected systems as pages show them. Hides which rows hold what. Law: each is counted for the unit whose own it is. */
import type { Absence } from '../../shared/answers.ts';
import { addDays, hasEndedBy, isoOf, periodOf, startOfDay } from '../../shared/period.ts';
import {
  bandOf,
  certificateAt,
  countSilent,
  queueOf,
  type SystemQueue,
  type SystemState,
} from '../../shared/system.ts';
import { bucketOf, emptyProbeSums, figuresOfProbes, type ProbeSums } from '../../shared/system-figures.ts';
import type { SystemsAnswer, SystemView } from '../../shared/system-wire.ts';
import type { View } from '../figures/sums.ts';
import { showUnit } from '../figures/views.ts';
import { isVisible, type ScopedUnit } from '../people/scope.ts';
import { readSystemPasts, type SystemPast } from '../samples/systems.ts';
import { type StoredReading, type SystemName, sumSystems } from '../store/system-store.ts';

const MINUTE_MS = 60_000;

/** The instant that a day is told of: now, or its end where it has gone by. */
function instantOf({ now, today, site }: View, day: string): number {
  return day >= today ? now : startOfDay(addDays(day, 1), site.zone) - 1;
}

function findAbsence(view: View, unit: number, day: string): Absence | undefined {
  const facts = view.tree.get(unit);
  if (hasEndedBy(facts, day)) return { ended: facts.to };
  if (day < facts.from) return { begins: facts.from };
  return day > view.today ? { noData: 'notBegun' } : undefined;
}

/** A unit and all below it on a day, as far as they may be seen. */
export function listWithin(view: View, unit: number, day: string): number[] {
  return view.tree
    .subtreeOn(unit, day)
    .map(({ id }) => id)
    .filter((id) => isVisible(view, id));
}

/** What readings add up to. */
export function addReadings(readings: readonly StoredReading[]): ProbeSums {
  const sums = emptyProbeSums();
  for (const { up, latencyMs, calls, failed } of readings) {
    sums.probes += 1;
    if (up) sums.probesUp += 1;
    sums.calls += calls;
    sums.callsFailed += failed;
    if (latencyMs !== null) sums[bucketOf(latencyMs)] += 1;
  }
  return sums;
}

const idOf = ({ unit, key }: Pick<SystemName, 'unit' | 'key'>) => `${unit} ${key}`;

function addTo(into: ProbeSums, sums: ProbeSums, sign: 1 | -1): void {
  for (const id of Object.keys(into) as (keyof ProbeSums)[]) into[id] += sign * sums[id];
}

/**
 * The sums of a month of each system itself: rows of a unit hold those of the units below it, so a system of the same name further
 * down is taken out again.
 */
async function readMonth(
  view: View,
  pasts: readonly SystemPast[],
  day: string,
): Promise<Map<string, ProbeSums>> {
  const { from, to } = periodOf(day, 'month');
  const units = [...new Set(pasts.map(({ unit }) => unit))];
  const all = new Map<string, ProbeSums>();
  for (const { sums, ...name } of await sumSystems(view.reader, units, { grain: 'month', from, to })) {
    const known = all.get(idOf(name));
    if (known) addTo(known, sums, 1);
    else all.set(idOf(name), sums);
  }
  const depthOf = (unit: number) => view.tree.pathOn(unit, day).length;
  const own = new Map<string, ProbeSums>();
  for (const past of pasts.toSorted((a, b) => depthOf(b.unit) - depthOf(a.unit))) {
    const sums = all.get(idOf(past)) ?? emptyProbeSums();
    const isBelow = (other: SystemPast) =>
      other.key === past.key &&
      other.unit !== past.unit &&
      view.tree.pathOn(other.unit, day).includes(past.unit);
    for (const other of pasts.filter(isBelow)) addTo(sums, own.get(idOf(other)) ?? emptyProbeSums(), -1);
    own.set(idOf(past), sums);
  }
  return own;
}

function showQueue(queue: SystemQueue | null, now: number, iso: (at: number) => string): SystemView['queue'] {
  if (!queue) return null;
  const { count, oldestAt, at } = queue;
  return {
    ...{ count, at: iso(at) },
    oldestAt: oldestAt === null ? null : iso(oldestAt),
    oldestMinutes: oldestAt === null ? null : Math.max(0, Math.round((now - oldestAt) / MINUTE_MS)),
  };
}

type Shown = { view: View; now: number; from: number; to: number; month: ReadonlyMap<string, ProbeSums> };

function showSystem(past: SystemPast, { view, now, from, to, month }: Shown): SystemView {
  const { name, key, unit, readings, rhythm, standing, firstAt } = past;
  const { calendar, zone } = view.site;
  const iso = (at: number) => isoOf(at, zone);
  const band = bandOf(readings, { from, to, now, rhythm });
  const certificate = certificateAt(readings, now);
  return {
    ...{ name, key, unit: showUnit(view, unit), state: standing.state },
    since: standing.since === null ? null : iso(standing.since),
    isSinceKnown: standing.isSinceKnown,
    lastAt: iso(readings.at(-1)?.at ?? firstAt),
    rhythm: {
      minutes: rhythm.gapMs === null ? null : Math.round(rhythm.gapMs / 6_000) / 10,
      ...{ source: rhythm.source, hours: rhythm.hours },
    },
    day: figuresOfProbes(addReadings(readings.filter(({ at }) => from <= at && at < to))),
    month: figuresOfProbes(month.get(idOf(past)) ?? emptyProbeSums()),
    queue: showQueue(queueOf(readings), now, iso),
    certificate: certificate && { ...certificate, until: iso(certificate.until) },
    band,
    silentMinutes: countSilent(band, { from, firstAt, rhythm, calendar }),
  };
}

const URGENCY: readonly SystemState[] = ['down', 'silent', 'unknown', 'up'];

/** The systems of a unit and of those below it on a day, those that stand badly first, then by name. */
export async function readSystems(view: View, unit: ScopedUnit, asked?: string): Promise<SystemsAnswer> {
  const day = asked ?? view.today;
  const { zone, calendar } = view.site;
  const now = instantOf(view, day);
  const absence = findAbsence(view, unit, day);
  const answer = {
    ...{ unit: showUnit(view, unit), day, month: periodOf(day, 'month').key, at: isoOf(now, zone) },
    ...{ seq: view.clock.seq, ...absence },
  };
  if (absence) return { ...answer, systems: [] };
  const from = startOfDay(day, zone);
  const order = { units: listWithin(view, unit, day), now, from, zone, calendar };
  const pasts = await readSystemPasts(view.reader, order);
  const to = startOfDay(addDays(day, 1), zone);
  const shown = { view, now, from, to, month: await readMonth(view, pasts, day) };
  const rank = ({ standing }: SystemPast) => URGENCY.indexOf(standing.state);
  const systems = pasts.toSorted((a, b) => rank(a) - rank(b)).map((past) => showSystem(past, shown));
  return { ...answer, systems };
}

/** The day that an instant before another lies in: where figures of a period are told as at its end. */
export function lastDayOf({ today }: Pick<View, 'today'>, to: string): string {
  const last = addDays(to, -1);
  return last < today ? last : today;
}

/** A system with the queue that its readings told last; null of one that tells of none. */
export type Waiting = { unit: number; name: string; queue: SystemQueue | null; lastAt: number };

/** The systems of some units as they were told last by the end of some days, and that instant. */
export async function readWaiting(
  view: View,
  units: readonly number[],
  to: string,
): Promise<{ at: number; systems: Waiting[] }> {
  const now = instantOf(view, lastDayOf(view, to));
  const { zone, calendar } = view.site;
  const pasts = await readSystemPasts(view.reader, { units, now, zone, calendar });
  const systems = pasts.map(({ unit, name, readings, firstAt }) => ({
    ...{ unit, name, queue: queueOf(readings), lastAt: readings.at(-1)?.at ?? firstAt },
  }));
  return { at: now, systems };
}

/** What waits to be sent of each unit with those below it, as told last by the end of some days; of nothing told there is none. */
export async function readQueues(
  view: View,
  units: readonly number[],
  to: string,
): Promise<Map<number, number>> {
  const day = lastDayOf(view, to);
  const within = new Map(units.map((unit) => [unit, new Set(listWithin(view, unit, day))]));
  const all = [...new Set([...within.values()].flatMap((ids) => [...ids]))];
  const { systems } = await readWaiting(view, all, to);
  return new Map(
    [...within].flatMap(([unit, ids]) => {
      const own = systems.flatMap((one) => (ids.has(one.unit) ? (one.queue ?? []) : []));
      return own.length === 0 ? [] : [[unit, own.reduce((sum, { count }) => sum + count, 0)] as const];
    }),
  );
}
