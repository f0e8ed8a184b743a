import type { Figure, Indicator } from '../shared/indicator.ts';
import { levelOf, type Thresholds } from '../shared/judgement.ts';
import { dayOf, offsetOf, type Period, weekdayOf } from '../shared/period.ts';
import type { Words } from '../shared/words.ts';

/** The languages of the screen. */
export type Lang = 'vi' | 'en';

const LOCALES: Record<Lang, string> = { vi: 'vi-VN', en: 'en-GB' };
const WEEKDAYS: Record<Lang, readonly string[]> = {
  vi: ['Thứ Hai', 'Thứ Ba', 'Thứ Tư', 'Thứ Năm', 'Thứ Sáu', 'Thứ Bảy', 'Chủ Nhật'],
  en: ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'],
};
const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];
const ROMAN = ['I', 'II', 'III', 'IV'];

/** How numbers, days and instants are written in one language and one zone. Instants are epoch ms. */
export type Format = {
  lang: Lang;
  /** A count: `1.234`; at most one decimal, for shares of divided units. */
  number: (value: number) => string;
  /** A rate or a mean, always with one decimal: `98,9`. */
  decimal: (value: number) => string;
  /** A rate with two decimals, where one would round it over a border: `89,96`. */
  fine: (value: number) => string;
  /** A share of units that told, in percent and rounded down, so that none is whole that is not: `97,5`. */
  share: (value: number) => string;
  /** A figure of an indicator without its unit; points with the two decimals in which they are published. */
  figure: (indicator: Indicator, value: number) => string;
  /** The unit that stands behind a figure of an indicator. */
  unitOf: (indicator: Indicator) => string;
  /** `22/11/2026` of a day `YYYY-MM-DD`. */
  day: (day: string) => string;
  /** `Chủ Nhật 22/11/2026`. */
  longDay: (day: string) => string;
  /** `14:31`. */
  time: (at: number) => string;
  /** `14:31:07`. */
  clock: (at: number) => string;
  /** As short as it is clear: `14:31` on the same day, `20/11 14:31` in the same year, else with the year. */
  moment: (at: number, now: number) => string;
  /** Only the time on the same day, only day and month on another. */
  shortMoment: (at: number, now: number) => string;
  period: (period: Period) => string;
  /** Without the year where that is the one of `today`: `Tháng 10`, `Quý III`, `25/11`. */
  shortPeriod: (period: Period, today: string) => string;
  /** The month of a day, short: `Tháng 12`, `Dec`. */
  month: (day: string) => string;
  /** The name in the language of the screen. */
  say: (words: Words) => string;
};

function formatDay(day: string): string {
  return `${day.slice(8, 10)}/${day.slice(5, 7)}/${day.slice(0, 4)}`;
}

function formatMonth(lang: Lang, { year, month }: { year: string; month: number }): string {
  return lang === 'vi' ? `Tháng ${month}/${year}` : `${MONTHS[month - 1]} ${year}`;
}

function formatShortMonth(lang: Lang, day: string): string {
  const month = Number(day.slice(5, 7));
  return lang === 'vi' ? `Tháng ${month}` : (MONTHS[month - 1] ?? '').slice(0, 3);
}

/** A period in words: `Tháng 11/2026`, `Quý IV/2026`, `Năm 2026`. */
export function formatPeriod(period: Period, lang: Lang): string {
  const year = period.from.slice(0, 4);
  const month = Number(period.from.slice(5, 7));
  if (period.grain === 'day') return formatDay(period.from);
  if (period.grain === 'week') {
    const week = period.key.slice(6);
    return lang === 'vi'
      ? `Tuần ${week}/${period.key.slice(0, 4)}`
      : `Week ${week}, ${period.key.slice(0, 4)}`;
  }
  if (period.grain === 'month') return formatMonth(lang, { year, month });
  const quarter = Math.ceil(month / 3);
  if (period.grain === 'quarter') {
    return lang === 'vi' ? `Quý ${ROMAN[quarter - 1]}/${year}` : `Q${quarter} ${year}`;
  }
  return lang === 'vi' ? `Năm ${year}` : year;
}

function formatShortPeriod(period: Period, { lang, today }: { lang: Lang; today: string }): string {
  const { grain, from } = period;
  const year = from.slice(0, 4);
  const isThisYear = year === today.slice(0, 4);
  if (grain === 'year') return formatPeriod(period, lang);
  if (grain === 'day') return isThisYear ? formatDay(from).slice(0, 5) : formatDay(from);
  if (grain === 'week') {
    const text = formatPeriod(period, lang);
    return isThisYear ? text.slice(0, -5).replace(/,$/, '') : text;
  }
  if (grain === 'month') {
    const name = formatShortMonth(lang, from);
    return isThisYear ? name : `${name}${lang === 'vi' ? '/' : ' '}${year}`;
  }
  const quarter = Math.ceil(Number(from.slice(5, 7)) / 3);
  const text = lang === 'vi' ? `Quý ${ROMAN[quarter - 1]}` : `Q${quarter}`;
  return isThisYear ? text : `${text}/${year}`;
}

function unitWord(indicator: Indicator, lang: Lang): string {
  if (indicator.unit === 'percent' && indicator.hero === 'value') return '%';
  if (indicator.unit === 'days') return lang === 'vi' ? 'ngày' : 'days';
  return indicator.noun[lang];
}

/** The writing of one language in one zone (IANA name). */
export function createFormat(lang: Lang, zone: string): Format {
  const counts = new Intl.NumberFormat(LOCALES[lang], { maximumFractionDigits: 1 });
  const decimals = new Intl.NumberFormat(LOCALES[lang], {
    minimumFractionDigits: 1,
    maximumFractionDigits: 1,
  });
  const fines = new Intl.NumberFormat(LOCALES[lang], { minimumFractionDigits: 2, maximumFractionDigits: 2 });
  const number = (value: number) => counts.format(value);
  const decimal = (value: number) => decimals.format(value);
  const local = (at: number) => new Date(at + offsetOf(at, zone)).toISOString();
  const time = (at: number) => local(at).slice(11, 16);
  const moment = (at: number, now: number) => {
    const day = dayOf(at, zone);
    const today = dayOf(now, zone);
    if (day === today) return time(at);
    const text = formatDay(day);
    return `${day.slice(0, 4) === today.slice(0, 4) ? text.slice(0, 5) : text} ${time(at)}`;
  };
  return {
    lang,
    number,
    decimal,
    fine: (value) => fines.format(value),
    share: (value) => number(Math.floor(value * 1000) / 10),
    figure: (indicator, value) =>
      indicator.unit === 'count' || indicator.hero === 'numerator'
        ? number(value)
        : indicator.unit === 'points' || isNearlyWhole(indicator, value)
          ? fines.format(value)
          : decimal(value),
    unitOf: (indicator) => unitWord(indicator, lang),
    day: formatDay,
    longDay: (day) => `${WEEKDAYS[lang][weekdayOf(day) - 1]} ${formatDay(day)}`,
    time,
    clock: (at) => local(at).slice(11, 19),
    moment,
    shortMoment: (at, now) => {
      const day = dayOf(at, zone);
      return day === dayOf(now, zone) ? time(at) : formatDay(day).slice(0, 5);
    },
    period: (period) => formatPeriod(period, lang),
    shortPeriod: (period, today) => formatShortPeriod(period, { lang, today }),
    month: (day) => formatShortMonth(lang, day),
    say: (words) => words[lang],
  };
}

/** A stretch of time in its largest whole unit: `40 giây`, `3 phút`, `2 giờ`, `5 ngày`. */
export function formatAge(ms: number, lang: Lang): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const steps: [number, string, string][] = [
    [86_400, 'ngày', 'd'],
    [3600, 'giờ', 'h'],
    [60, 'phút', 'min'],
    [1, 'giây', 's'],
  ];
  const [size, vi, en] = steps.find(([length]) => seconds >= length) ?? [1, 'giây', 's'];
  return `${Math.floor(seconds / size)} ${lang === 'vi' ? vi : en}`;
}

/** A figure in as few digits as are true: two decimals where one would round it over the border of a level. */
export function writeFigure(
  indicator: Indicator,
  figure: Figure,
  { format, thresholds }: { format: Format; thresholds: Thresholds | null },
): string {
  const value = figure.value ?? 0;
  if (indicator.unit === 'count') return format.number(value);
  if (indicator.unit === 'points') return format.fine(value);
  const rounded = Math.round(value * 10) / 10;
  const level = (of: number) => thresholds && levelOf(thresholds.bands, thresholds, of);
  const isTrue = level(rounded) === level(value);
  return isTrue && !isNearlyWhole(indicator, value) ? format.decimal(value) : format.fine(value);
}

/** Whether one decimal would say of a rate that nothing is missing where something is. */
function isNearlyWhole({ unit }: Indicator, value: number): boolean {
  return unit === 'percent' && value >= 99.95 && value < 100;
}
