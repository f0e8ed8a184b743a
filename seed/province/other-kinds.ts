/**
 * What the make-believe province tells besides dossiers: documents, petitions, ratings and readings of the last weeks, reports and
 * the portal's figures of a year, the year's tasks. Law: all of it depends on the seed and the anchor alone.
 */
import type { OpsEvent } from '../../shared/event.ts';
import type { Day, Days } from './days.ts';
import { SAMPLING } from './filings.ts';
import type { Place } from './places.ts';
import { drawPortalFigures } from './portal-figures.ts';
import { drawRegisters, LONGEST_REGISTER_DAYS } from './registers.ts';
import { drawReports, type ReportSource } from './reports.ts';
import { drawReadings } from './systems.ts';
import { drawTasks } from './tasks.ts';
import type { Told } from './tell.ts';

/** Days before the anchor from which registers and readings are told, and from which anything is. */
const REGISTER_DAYS = 60;
const REPORT_DAYS = 365;

/** `anchor` (epoch ms): when the demo was first made. `places`: the units of today. */
export type OtherOptions = {
  anchor: number;
  days: Days;
  places: readonly Place[];
  seed?: number;
  sampling?: number;
};

/** What is told of `[from, to)` (epoch ms) in order of time, drawn as it is asked for; any cut gives the same sequence. */
export function* tellOtherKinds(
  options: OtherOptions,
  from: number,
  to: number,
): Generator<Told<OpsEvent>, void, undefined> {
  const { anchor, days, places, seed = 2026, sampling = SAMPLING } = options;
  const source = { anchor, days, places, seed, sampling };
  const today = days.numberAt(anchor);
  const ahead = new Map<number, Told<OpsEvent>[]>();
  const note = (told: Told<OpsEvent>) => {
    const number = days.numberAt(told.at);
    const list = ahead.get(number);
    if (list) list.push(told);
    else ahead.set(number, [told]);
  };
  for (const told of drawTasks(source)) note(told);
  const first = Math.max(today - REPORT_DAYS, days.numberAt(from) - LONGEST_REGISTER_DAYS);
  for (let day = days.get(first); day.startsAt < to; day = days.get(day.number + 1)) {
    for (const told of drawDay(source, day, from)) note(told);
    const list = ahead.get(day.number)?.filter(({ at }) => at >= from && at < to) ?? [];
    ahead.delete(day.number);
    yield* list.sort(compareTold);
  }
}

/** All that begins on a day; of one that ended before `from` (epoch ms) only what may go on after it. */
function* drawDay(source: ReportSource, day: Day, from: number): Generator<Told<OpsEvent>> {
  const isRecent = day.number >= source.days.numberAt(source.anchor) - REGISTER_DAYS;
  if (isRecent) yield* drawRegisters(source, day);
  if (day.startsAt + 86_400_000 <= from) return;
  if (isRecent) yield* drawReadings(source, day);
  yield* drawReports(source, day);
  yield* drawPortalFigures(source, day);
}

function compareTold(a: Told<OpsEvent>, b: Told<OpsEvent>): number {
  if (a.at !== b.at) return a.at - b.at;
  const [one, other] = [`${a.feed} ${a.event.id}`, `${b.feed} ${b.event.id}`];
  return one < other ? -1 : Number(one > other);
}

/**
 * What was told before an instant (epoch ms), as it is handed over: in order of time, reports by unit and measure, so that all of
 * one comes at once, which a store takes several times as fast.
 */
export function listOtherPast(options: OtherOptions, to: number): Told<OpsEvent>[] {
  const told = [...tellOtherKinds(options, 0, to)];
  const keyOf = ({ event }: Told<OpsEvent>) =>
    event.kind === 'report' ? `${event.unit} ${event.measure}` : '';
  const keyed = told.map((one) => ({ one, key: keyOf(one) }));
  keyed.sort((a, b) => (a.key < b.key ? -1 : Number(a.key > b.key)));
  return keyed.map(({ one }) => one);
}

/** Two sequences in order of time as one. */
export function* mergeTold(
  a: Iterator<Told<OpsEvent>, void>,
  b: Iterator<Told<OpsEvent>, void>,
): Generator<Told<OpsEvent>, void, undefined> {
  let one = a.next().value;
  let other = b.next().value;
  while (one || other) {
    if (one && (!other || one.at <= other.at)) {
      yield one;
      one = a.next().value;
    } else if (other) {
      yield other;
      other = b.next().value;
    }
  }
}
