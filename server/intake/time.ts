import { offsetOf } from '../../shared/period.ts';

/** How the times of a file are written; `dateOnly` is `start`, `end` or `HH:mm`: the hour of a bare date. */
export type TimeRules = { zone: string; formats: readonly string[]; dateOnly: string };
/** The day of a bare date, `[start, end)` in epoch ms. */
export type Day = { start: number; end: number };
/** An instant in epoch ms; `day` where only a date is known. `format` and `wall` say how the text was understood. */
export type Instant = { at: number; day: Day | undefined; format: string; wall: string };
/** The instants a text can mean: none when it is no time, several when the formats disagree. */
export type TimeReader = (text: string) => readonly Instant[];

const DAY_MS = 86_400_000;
/** Days between Excel's day 0 (30 December 1899) and 1 January 1970. */
const EXCEL_EPOCH_DAYS = 25_569;
const FIRST = Date.UTC(1900, 0, 1);
const LAST = Date.UTC(2200, 0, 1);
const ISO =
  /^(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:[.,](\d+))?)?\s*(Z|[+-]\d\d(?::?\d\d)?)?)?$/i;
/** The parts of a pattern; what stands in single quotes is meant as it is. */
const TOKENS = /'[^']*'|yyyy|yy|MMM|MM|M|dd|d|HH|H|hh|h|mm|ss|SSS|XXX|a/g;
const TOKEN_PATTERNS: Readonly<Record<string, string>> = {
  yyyy: '(?<yyyy>\\d{4})',
  yy: '(?<yy>\\d{2})',
  MMM: '(?<MMM>(?:tháng|thg|th)\\.?\\s*\\d{1,2}|\\p{L}{3,9}\\.?)',
  MM: '(?<MM>\\d\\d)',
  M: '(?<MM>\\d\\d?)',
  dd: '(?<dd>\\d\\d)',
  d: '(?<dd>\\d\\d?)',
  HH: '(?<HH>\\d\\d)',
  H: '(?<HH>\\d\\d?)',
  hh: '(?<hh>\\d\\d)',
  h: '(?<hh>\\d\\d?)',
  mm: '(?<mm>\\d\\d)',
  ss: '(?<ss>\\d\\d)',
  SSS: '(?<SSS>\\d{3})',
  XXX: '(?<XXX>Z|[+-]\\d\\d(?::?\\d\\d)?)',
  a: '(?<a>[ap]\\.?m\\.?|sa|ch)',
};

/** English months; any beginning of three letters or more counts. */
const MONTHS = [
  ...['january', 'february', 'march', 'april', 'may', 'june', 'july'],
  ...['august', 'september', 'october', 'november', 'december'],
];
/** Two digits from 70 on are of the last century. */
const CENTURY_TURN = 70;

type Wall = { day: number; clock: number | undefined; offset: string | undefined };

/** The instant a wall clock (ms as if UTC) showed in a zone: the first of two, the later reading where an hour is skipped. */
export function instantOfWall(wall: number, zone: string): number {
  const before = offsetOf(wall - DAY_MS, zone);
  for (const offset of [before, offsetOf(wall + DAY_MS, zone)]) {
    if (offsetOf(wall - offset, zone) === offset) return wall - offset;
  }
  return wall - before;
}

function dayOfDate(year: number, month: number, day: number): number | undefined {
  const at = Date.UTC(year, month - 1, day);
  const date = new Date(at);
  const isReal =
    date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  return isReal ? at : undefined;
}

function clockOf(parts: {
  hour: number;
  minute: number;
  second: number;
  fraction: string;
}): number | undefined {
  const { hour, minute, second } = parts;
  if (hour > 23 || minute > 59 || second > 59) return undefined;
  return (
    (hour * 3600 + minute * 60 + second) * 1000 + Math.floor(Number(`0.${parts.fraction || '0'}`) * 1000)
  );
}

function offsetMs(text: string): number | undefined {
  if (text.toUpperCase() === 'Z') return 0;
  const match = /^([+-])(\d\d):?(\d\d)?$/.exec(text);
  if (!match) return undefined;
  const minutes = Number(match[2]) * 60 + Number(match[3] ?? 0);
  return (match[1] === '-' ? -minutes : minutes) * 60_000;
}

function readIso(text: string): Wall | undefined {
  const match = ISO.exec(text);
  if (!match) return undefined;
  const day = dayOfDate(Number(match[1]), Number(match[2]), Number(match[3]));
  if (day === undefined) return undefined;
  if (match[4] === undefined) return { day, clock: undefined, offset: undefined };
  const [hour, minute, second] = [Number(match[4]), Number(match[5]), Number(match[6] ?? 0)];
  const clock = clockOf({ hour, minute, second, fraction: match[7] ?? '' });
  return clock === undefined ? undefined : { day, clock, offset: match[8] };
}

function compilePattern(format: string): RegExp {
  let pattern = '';
  let at = 0;
  const literal = (text: string) => text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&').replace(/\s+/g, '\\s+');
  for (const match of format.matchAll(TOKENS)) {
    const [token] = match;
    pattern +=
      literal(format.slice(at, match.index)) + (TOKEN_PATTERNS[token] ?? literal(token.slice(1, -1)));
    at = match.index + token.length;
  }
  return new RegExp(`^${pattern}${literal(format.slice(at))}$`, 'iu');
}

/** The hour of a text; one of 1 to 12 with a half of the day is of that half, however the pattern spells it. */
function hourOf(groups: Record<string, string | undefined>): number | undefined {
  const written = groups.HH ?? groups.hh;
  if (written === undefined) return undefined;
  const hour = Number(written);
  if (groups.a === undefined) return hour;
  const isLate = /^[pc]/i.test(groups.a);
  if (hour >= 1 && hour <= 12) return (hour % 12) + (isLate ? 12 : 0);
  return groups.HH !== undefined && isLate === hour > 12 ? hour : 99;
}

function monthOf(name: string): number {
  const word = name.toLowerCase().replace(/\.$/, '');
  const numbered = /^th.*?(\d{1,2})$/.exec(word);
  return numbered ? Number(numbered[1]) : MONTHS.findIndex((month) => month.startsWith(word)) + 1;
}

function dateOfGroups(groups: Record<string, string | undefined>): number | undefined {
  const short = Number(groups.yy);
  const year = groups.yyyy === undefined ? short + (short < CENTURY_TURN ? 2000 : 1900) : Number(groups.yyyy);
  const month = groups.MMM === undefined ? Number(groups.MM) : monthOf(groups.MMM);
  return dayOfDate(year, month, Number(groups.dd));
}

function readPattern(pattern: RegExp, text: string): Wall | undefined {
  const groups = pattern.exec(text)?.groups as Record<string, string | undefined> | undefined;
  if (!groups) return undefined;
  const day = dateOfGroups(groups);
  const hour = hourOf(groups);
  if (day === undefined) return undefined;
  if (hour === undefined) return { day, clock: undefined, offset: undefined };
  const [minute, second] = [Number(groups.mm ?? 0), Number(groups.ss ?? 0)];
  const clock = clockOf({ hour, minute, second, fraction: groups.SSS ?? '' });
  return clock === undefined ? undefined : { day, clock, offset: groups.XXX };
}

function readExcel(text: string): Wall | undefined {
  if (!/^\d+([.,]\d+)?$/.test(text)) return undefined;
  const serial = Number(text.replace(',', '.'));
  const wall = Math.round((serial - EXCEL_EPOCH_DAYS) * 86_400) * 1000;
  const day = Math.floor(wall / DAY_MS) * DAY_MS;
  return { day, clock: Number.isInteger(serial) ? undefined : wall - day, offset: undefined };
}

function readEpoch(text: string, unitMs: number): Wall | undefined {
  if (!/^-?\d+(\.\d+)?$/.test(text)) return undefined;
  return { day: Math.floor(Number(text) * unitMs), clock: 0, offset: 'Z' };
}

/** Whether a text is a format `createTimeReader` knows. */
export function isTimeFormat(format: string): boolean {
  if (/^(iso|epoch|epochMs|excel)$/.test(format)) return true;
  const tokens = [...format.matchAll(TOKENS)]
    .map(([token]) => token)
    .filter((token) => !token.startsWith("'"))
    .map((token) =>
      token
        .replace(/^yy$/, 'yyyy')
        .replace(/^(M|MMM)$/, 'MM')
        .replace(/^(d|H|h)$/, '$1$1'),
    );
  return (
    ['yyyy', 'MM', 'dd'].every((token) => tokens.includes(token)) && new Set(tokens).size === tokens.length
  );
}

function clockOfRule(rule: string): number {
  if (rule === 'start') return 0;
  const [hour, minute] = (rule === 'end' ? '17:00' : rule).split(':').map(Number);
  return ((hour ?? 0) * 60 + (minute ?? 0)) * 60_000;
}

function createFormatReader(format: string): (text: string) => Wall | undefined {
  if (format === 'epoch') return (text) => readEpoch(text, 1000);
  if (format === 'epochMs') return (text) => readEpoch(text, 1);
  if (format === 'excel') return readExcel;
  if (format === 'iso') return readIso;
  const pattern = compilePattern(format);
  return (text) => readPattern(pattern, text);
}

/** The instant of a wall clock; undefined where it lies outside 1900 to 2199 or its offset is none. */
function settle(wall: Wall, rules: TimeRules): Omit<Instant, 'format'> | undefined {
  const local = wall.day + (wall.clock ?? clockOfRule(rules.dateOnly));
  const offset = wall.offset === undefined ? undefined : offsetMs(wall.offset);
  if (wall.offset !== undefined && offset === undefined) return undefined;
  const at = offset === undefined ? instantOfWall(local, rules.zone) : local - offset;
  if (at < FIRST || at >= LAST) return undefined;
  const start = instantOfWall(wall.day, rules.zone);
  const day =
    wall.clock === undefined ? { start, end: instantOfWall(wall.day + DAY_MS, rules.zone) } : undefined;
  const text = new Date(local).toISOString();
  return {
    at,
    day,
    wall: wall.clock === undefined ? text.slice(0, 10) : text.slice(0, 16).replace('T', ' '),
  };
}

/**
 * A reader by all of the formats; ISO 8601 is read where none of them fits. Times without an offset are of the zone. Two
 * formats that understand a text differently give both instants: which is meant cannot be known.
 */
export function createTimeReader(rules: TimeRules): TimeReader {
  const readers = rules.formats.map((format) => ({ format, read: createFormatReader(format) }));
  const readBy = (text: string, { format, read }: (typeof readers)[number]): Instant[] => {
    const wall = read(text);
    const settled = wall && settle(wall, rules);
    return settled ? [{ ...settled, format }] : [];
  };
  return remember((text) => {
    const found = readers.flatMap((reader) => readBy(text, reader));
    if (found.length === 0) return readBy(text, { format: 'iso', read: readIso });
    return found.filter(({ at }, index) => found.findIndex((other) => other.at === at) === index);
  });
}

/** The rows of one dossier stand together and repeat its times: the last thousand are kept. */
function remember(read: TimeReader): TimeReader {
  const known = new Map<string, readonly Instant[]>();
  return (text) => {
    const before = known.get(text);
    if (before) return before;
    if (known.size >= 1000) known.clear();
    const instants = read(text);
    known.set(text, instants);
    return instants;
  };
}
