/** How people write numbers and periods in tables of figures. */
import { keyOfText } from '../../shared/text.ts';

/** A number with a comma before its decimals and dots, or spaces, between its thousands: `1.234,5`. */
const WITH_COMMA = /^([+-]?\d{1,3}(?:[. ]\d{3})*|[+-]?\d+)(?:,(\d+))?$/;

/** The number a text states, by what stands before its decimals; NaN where it states none. */
export function readNumber(text: string, decimal: '.' | ','): number {
  const match = decimal === ',' ? WITH_COMMA.exec(text) : null;
  return match ? Number(`${match[1]?.replace(/[. ]/g, '')}.${match[2] ?? '0'}`) : Number(text);
}

const QUARTERS = ['i', 'ii', 'iii', 'iv'];
const quarterOf = (text: string) => QUARTERS.indexOf(text) + 1 || Number(text);
const MONTH = /^(?:tháng|thg|th|t|month)?\.? ?(\d{1,2}) ?(?:[/.-]|năm|year)? ?(\d{4})$/;
const QUARTER = /^(?:quý|quarter|q)\.? ?(i|ii|iii|iv|[1-4]) ?(?:[/.-]|năm|year)? ?(\d{4})$/;
const YEAR = /^(?:năm|year) ?(\d{4})$/;
/** A spreadsheet that is told 8/2026 keeps the first of August. */
const FIRST_DAY = /^(\d{4})-(\d\d)-01(?:[t ]00:00(?::00(?:\.0+)?)?)?$/;

/** The key of the period that a text names (`08/2026`, `tháng 8 năm 2026`, `Quý III/2026`, a first day of a month); else the text as it is. */
export function readPeriodKey(text: string): string {
  const key = keyOfText(text).replaceAll('quí', 'quý');
  const month = MONTH.exec(key);
  if (month) return `${month[2]}-${month[1]?.padStart(2, '0')}`;
  const quarter = QUARTER.exec(key);
  if (quarter) return `${quarter[2]}-Q${quarterOf(quarter[1] ?? '')}`;
  const day = FIRST_DAY.exec(key);
  if (day) return `${day[1]}-${day[2]}`;
  return YEAR.exec(key)?.[1] ?? text;
}
