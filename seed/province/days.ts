/** The days of the make-believe province: which are worked, how much comes in on each, at what hour. */
import { createCalendar, type WorkingCalendar } from '../../shared/calendar.ts';
import { VIETNAM_CALENDAR } from '../../shared/holidays.ts';
import { addDays, dayNumber, startOfDay, weekdayOf } from '../../shared/period.ts';
import { type Dice, sumUp } from './dice.ts';

/** Last year the make-believe calendar knows. */
const LAST_YEAR = 2040;

/** First day of Tết and day of the Hùng Kings, by the lunar calendar. */
const LUNAR: Record<number, { tet: string; kings: string }> = {
  2023: { tet: '2023-01-22', kings: '2023-04-29' },
  2027: { tet: '2027-02-06', kings: '2027-04-16' },
  2028: { tet: '2028-01-26', kings: '2028-04-04' },
  2029: { tet: '2029-02-13', kings: '2029-04-23' },
  2030: { tet: '2030-02-02', kings: '2030-04-12' },
};

type YearDays = { holidays: string[]; makeUp: string[] };

/** Days off of a year nobody announced to this province: by the rule, seven days of Tết. Invented, for the demo alone. */
function inventYear(year: number): YearDays {
  const days = new Set([`${year}-01-01`, `${year}-04-30`, `${year}-05-01`, `${year}-09-01`, `${year}-09-02`]);
  const lunar = LUNAR[year];
  if (lunar) {
    days.add(lunar.kings);
    for (let offset = -2; offset < 5; offset++) days.add(addDays(lunar.tet, offset));
  }
  return { holidays: [...days].sort(), makeUp: [] };
}

/** The years of the province's calendar: the announced ones as they are, those around them invented. */
export function listCalendarYears(): Record<string, YearDays> {
  const years: Record<string, YearDays> = {};
  for (let year = 2023; year <= LAST_YEAR; year++) {
    years[String(year)] = VIETNAM_CALENDAR.years[String(year)] ?? inventYear(year);
  }
  return years;
}

/** A day as the generator needs it. `month` counts from year 0; `pull` is the last closing of the month before, else 0. */
export type Day = {
  number: number;
  text: string;
  startsAt: number;
  isWorking: boolean;
  month: number;
  volume: number;
  pullTo: number;
};

const WEEKDAYS = [1.2, 1.06, 1, 0.95, 0.87, 0.75, 0.75];
const MONTHS = [1, 0.96, 1.05, 1, 1, 1.06, 1.04, 1.06, 1, 1, 0.99, 0.95];

/** The province's days by number (days since 1970), each worked out once. */
export class Days {
  readonly calendar: WorkingCalendar;
  readonly zone: string;
  readonly #known = new Map<number, Day>();
  readonly #epoch: { number: number; startsAt: number };

  constructor() {
    this.calendar = createCalendar({ ...VIETNAM_CALENDAR, years: listCalendarYears() });
    this.zone = this.calendar.config.zone;
    this.#epoch = { number: dayNumber('2024-01-01'), startsAt: startOfDay('2024-01-01', this.zone) };
  }

  /** The number of the day an instant falls in (the zone has kept one offset since 1975). */
  numberAt(at: number): number {
    return this.#epoch.number + Math.floor((at - this.#epoch.startsAt) / 86_400_000);
  }

  /** The day with a number. */
  get(number: number): Day {
    let day = this.#known.get(number);
    if (!day) {
      day = this.#describe(number);
      this.#known.set(number, day);
    }
    return day;
  }

  #describe(number: number): Day {
    const text = addDays('1970-01-01', number);
    const startsAt = startOfDay(text, this.zone);
    const isWorking = this.calendar.isWorkingDay(text);
    const worked = this.calendar.workingDaysBetween(`${text.slice(0, 7)}-01`, text);
    return {
      number,
      text,
      startsAt,
      isWorking,
      month: Number(text.slice(0, 4)) * 12 + Number(text.slice(5, 7)) - 1,
      volume: this.#volumeOf(text, isWorking),
      pullTo:
        isWorking && worked < 2 ? this.calendar.addWorkingHours(startsAt, -(8 * worked + 1)) + 3_540_000 : 0,
    };
  }

  #volumeOf(text: string, isWorking: boolean): number {
    const year = Number(text.slice(0, 4));
    const month = Number(text.slice(5, 7));
    const grown = 1 + 0.06 * (year + month / 12 - 2026.6);
    const base = grown * (MONTHS[month - 1] ?? 1) * mergerFactor(text);
    const weekday = weekdayOf(text);
    if (!isWorking) return base * (weekday === 6 ? 0.1 : weekday === 7 ? 0.07 : 0.03);
    const left = this.calendar.workingDaysBetween(
      text,
      `${addDays(`${text.slice(0, 7)}-28`, 4).slice(0, 7)}-01`,
    );
    return base * (WEEKDAYS[weekday - 1] ?? 1) * (left <= 3 ? 1.12 : 1) * this.#tetFactor(text);
  }

  /** More before Tết, little just after it. */
  #tetFactor(text: string): number {
    const holidays = this.calendar.config.years[text.slice(0, 4)]?.holidays ?? [];
    const tet = holidays.filter((day) => day.slice(5) > '01-15' && day.slice(5) < '03-01');
    const [first, last] = [tet[0], tet.at(-1)];
    if (first === undefined || last === undefined) return 1;
    const before = dayNumber(first) - dayNumber(text);
    const after = dayNumber(text) - dayNumber(last);
    if (before > 0 && before <= 10) return 1.18;
    return after > 0 && after <= 14 ? 0.5 + after / 28 : 1;
  }
}

/** How much of the usual came in around the merger of July 2025. */
function mergerFactor(text: string): number {
  if (text < '2025-07-01' || text >= '2025-10-01') return 1;
  if (text < '2025-07-12') return 0.55;
  if (text < '2025-08-01') return 0.7;
  return text < '2025-09-01' ? 0.85 : 0.93;
}

const ONLINE_HOURS = sumUp([
  3, 2, 1, 1, 1, 4, 12, 35, 85, 112, 92, 62, 30, 45, 98, 102, 78, 48, 30, 26, 30, 26, 16, 8,
]);
/** Half hours of the two sessions, from 7:30 and from 13:00. */
const COUNTER_HALVES = sumUp([7, 10, 13, 15, 14, 11, 8, 5, 6, 10, 13, 13, 11, 8, 6, 3]);

/** When in a day someone files, as ms after its midnight: online at any hour, at the counter in office hours. */
export function drawTimeOfDay(dice: Dice, isOnline: boolean): number {
  if (isOnline) return (dice.draw(ONLINE_HOURS) + dice.next()) * 3_600_000;
  const half = dice.draw(COUNTER_HALVES);
  return (7.5 + half / 2 + (half >= 8 ? 1.5 : 0) + dice.next() / 2) * 3_600_000;
}
