/** Spans of time as instants: by the wall clock, or by the working time of the office. */
import { CalendarYearMissing, type WorkingCalendar } from '../../shared/calendar.ts';
import type { RuleVersion, Span } from '../../shared/rule.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const UNIT_MS = { minutes: 60_000, hours: HOUR_MS, days: DAY_MS, workingHours: HOUR_MS, workingDays: DAY_MS };

/** Where the calendar knows no such year, working time is counted as if every day were worked: earlier rather than never. */
function within<T>(find: () => T, otherwise: () => T): T {
  try {
    return find();
  } catch (error) {
    if (error instanceof CalendarYearMissing) return otherwise();
    throw error;
  }
}

type Clock = { calendar: WorkingCalendar; isWorking: boolean };

function clockOf(span: Span, calendar: WorkingCalendar): Clock {
  return { calendar, isWorking: span.unit === 'workingHours' || span.unit === 'workingDays' };
}

/** How long a span is by its own clock. With timers that stand outside working time a day is a working day. */
function lengthOf({ amount, unit }: Span, { calendar, isWorking }: Clock): number {
  const isDay = unit === 'workingDays' || (unit === 'days' && isWorking);
  return Math.round(amount * (isDay ? calendar.workingDayMs : UNIT_MS[unit]));
}

/** The first working instant at or after one. */
export function findWorkingFrom(at: number, calendar: WorkingCalendar): number {
  return within(
    () => calendar.addWorkingHours(at, 0),
    () => at,
  );
}

/** When a span that began at an instant ends. */
export function addSpan(at: number, span: Span, calendar: WorkingCalendar): number {
  const clock = clockOf(span, calendar);
  const length = lengthOf(span, clock);
  if (!clock.isWorking || length === 0) return at + length;
  return within(
    () => calendar.addWorkingHours(at, length / HOUR_MS),
    () => at + length,
  );
}

/** Working time from one instant to a later one. */
export function countWorkingMs(from: number, to: number, calendar: WorkingCalendar): number {
  return within(
    () => calendar.workingMsBetween(from, to),
    () => to - from,
  );
}

/** Of a rule's own delay: it runs in working time, and ends in it, where the rule stands still outside. */
type OfRule = { rule: RuleVersion; calendar: WorkingCalendar };

/** When a delay of a rule that began at an instant ends. */
export function addDelay(at: number, span: Span, { rule, calendar }: OfRule): number {
  if (rule.body.outside !== 'freeze') return addSpan(at, span, calendar);
  const length = lengthOf(span, { calendar, isWorking: true });
  const end = within(
    () => calendar.addWorkingHours(at, length / HOUR_MS),
    () => at + length,
  );
  return findWorkingFrom(end, calendar);
}

/** The instant from which a delay would have to run so that, at `to`, as much of it has gone by as had between two instants. */
export function shiftStart(
  { from, until, to }: { from: number; until: number; to: number },
  span: Span,
  { rule, calendar }: OfRule,
): number {
  const isWorking = rule.body.outside === 'freeze' || clockOf(span, calendar).isWorking;
  const byWall = () => to - Math.max(0, until - from);
  if (!isWorking) return byWall();
  return within(() => {
    const elapsed = Math.max(0, calendar.workingMsBetween(from, until));
    return elapsed === 0 ? to : calendar.addWorkingHours(to, -elapsed / HOUR_MS);
  }, byWall);
}
