/** How far the working calendar reaches: what falls due beyond it is refused. Pure. */
import type { WorkingCalendar } from '../../shared/calendar.ts';
import type { CalendarReach } from '../../shared/quality-wire.ts';

/** The last day of the years loaded without a gap from a day on, and which of them are provisional. */
export function readCalendarReach({ config, hasYear }: WorkingCalendar, today: string): CalendarReach {
  const first = Number(today.slice(0, 4));
  const years: string[] = [];
  for (let year = first; hasYear(year); year++) years.push(String(year));
  const last = years.at(-1);
  return {
    until: last === undefined ? null : `${last}-12-31`,
    provisional: years.filter((year) => config.years[year]?.provisional === true),
  };
}
