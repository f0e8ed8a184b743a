/**
 * A year of the working calendar before the Government has announced it: the days off of the Labour Code 2019, article 112, and
 * where one falls on a weekly day off the next working day. Which days are exchanged, and which five are Tết, only the
 * announcement says: what is made here is provisional. Pure.
 */
import type { z } from 'zod';
import type { CalendarYear } from '../../shared/config.ts';
import { addDays, weekdayOf } from '../../shared/period.ts';

/** First day of Tết and the day of the Hùng Kings by the lunar calendar. */
const LUNAR: Readonly<Record<string, { tet: string; kings: string }>> = {
  2027: { tet: '2027-02-06', kings: '2027-04-16' },
  2028: { tet: '2028-01-26', kings: '2028-04-04' },
  2029: { tet: '2029-02-13', kings: '2029-04-23' },
  2030: { tet: '2030-02-02', kings: '2030-04-12' },
};

const TET_DAYS = 5;

/** The years that can be drafted. */
export const DRAFT_YEARS: readonly string[] = Object.keys(LUNAR);

/** A provisional year, by the weekly days off of an office (ISO, 1 Monday); undefined for one whose lunar days are not known. */
export function draftYear(
  year: string,
  weekend: readonly number[],
): z.infer<typeof CalendarYear> | undefined {
  const lunar = LUNAR[year];
  if (!lunar) return undefined;
  const isOff = (day: string) => weekend.includes(weekdayOf(day));
  const tet = Array.from({ length: TET_DAYS }, (_, index) => addDays(lunar.tet, index - 1));
  const fixed = ['01-01', '04-30', '05-01', '09-01', '09-02'].map((day) => `${year}-${day}`);
  const stated = [...tet, lunar.kings, ...fixed].sort();
  const days = new Set(stated);
  for (const day of stated.filter(isOff)) {
    let instead = addDays(day, 1);
    while (days.has(instead) || isOff(instead)) instead = addDays(instead, 1);
    days.add(instead);
  }
  return { holidays: [...days].sort(), makeUp: [], provisional: true };
}
