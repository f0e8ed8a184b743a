import { offsetOf } from '../../shared/period.ts';

/** How the times of a file are written; `dateOnly` is `start`, `end` or `HH:mm`: the hour of a bare date. */
export type TimeRules = { zone: string; formats: readonly string[]; dateOnly: string };
/** The instant a text states, in epoch ms; undefined when it states none. */
export type TimeReader = (text: string) => number | undefined;

const DAY_MS = 86_400_000;
/** Days between Excel's day 0 (30 December 1899) and 1 January 1970. */
const EXCEL_EPOCH_DAYS = 25_569;
const FIRST = Date.UTC(1900, 0, 1);
const LAST = Date.UTC(2200, 0, 1);
const ISO =
  /^(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:[.,](\d+))?)?\s*(Z|[+-]\d\d(?::?\d\d)?)?)?$/i;
const TOKENS = /yyyy|MM|M|dd|d|HH|H|hh|h|mm|ss|SSS|XXX|a/g;
const TOKEN_PATTERNS: Readonly<Record<string, string>> = {
  yyyy: '(?<yyyy>\\d{4})',
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
  a: '(?<a>[AaPp]\\.?[Mm]\\.?)',
};

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
    pattern += literal(format.slice(at, match.index)) + (TOKEN_PATTERNS[match[0]] ?? '');
    at = match.index + match[0].length;
  }
  return new RegExp(`^${pattern}${literal(format.slice(at))}$`, 'u');
}

function hourOf(groups: Record<string, string | undefined>): number | undefined {
  if (groups.HH !== undefined) return Number(groups.HH);
  if (groups.hh === undefined) return undefined;
  const hour = Number(groups.hh);
  if (groups.a === undefined) return hour;
  if (hour < 1 || hour > 12) return 99;
  return (hour % 12) + (groups.a.toLowerCase().startsWith('p') ? 12 : 0);
}

function readPattern(pattern: RegExp, text: string): Wall | undefined {
  const groups = pattern.exec(text)?.groups as Record<string, string | undefined> | undefined;
  if (!groups) return undefined;
  const day = dayOfDate(Number(groups.yyyy), Number(groups.MM), Number(groups.dd));
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

function readEpoch(text: string, unitMs: number): number | undefined {
  return /^-?\d+(\.\d+)?$/.test(text) ? Math.floor(Number(text) * unitMs) : undefined;
}

/** Whether a text is a format `createTimeReader` knows. */
export function isTimeFormat(format: string): boolean {
  if (/^(iso|epoch|epochMs|excel)$/.test(format)) return true;
  const tokens = [...format.matchAll(TOKENS)].map((match) => match[0].replace(/^(M|d|H|h)$/, '$1$1'));
  return (
    ['yyyy', 'MM', 'dd'].every((token) => tokens.includes(token)) && new Set(tokens).size === tokens.length
  );
}

function clockOfRule(rule: string): number {
  if (rule === 'start') return 0;
  const [hour, minute] = (rule === 'end' ? '17:00' : rule).split(':').map(Number);
  return ((hour ?? 0) * 60 + (minute ?? 0)) * 60_000;
}

function createFormatReader(
  format: string,
  settle: (wall: Wall | undefined) => number | undefined,
): TimeReader {
  if (format === 'epoch') return (text) => readEpoch(text, 1000);
  if (format === 'epochMs') return (text) => readEpoch(text, 1);
  if (format === 'excel') return (text) => settle(readExcel(text));
  if (format === 'iso') return (text) => settle(readIso(text));
  const pattern = compilePattern(format);
  return (text) => settle(readPattern(pattern, text));
}

/** A reader that tries the formats in order and ISO 8601 last; times without an offset are of the zone. */
export function createTimeReader(rules: TimeRules): TimeReader {
  const bare = clockOfRule(rules.dateOnly);
  const settle = (wall: Wall | undefined) => {
    if (!wall) return undefined;
    const at = wall.day + (wall.clock ?? bare);
    if (wall.offset === undefined) return instantOfWall(at, rules.zone);
    const offset = offsetMs(wall.offset);
    return offset === undefined ? undefined : at - offset;
  };
  const readers = [...rules.formats, 'iso'].map((format) => createFormatReader(format, settle));
  return remember((text) => {
    for (const read of readers) {
      const at = read(text);
      if (at !== undefined && at >= FIRST && at < LAST) return at;
    }
    return undefined;
  });
}

/** The rows of one dossier stand together and repeat its times: the last thousand are kept. */
function remember(read: TimeReader): TimeReader {
  const known = new Map<string, number | undefined>();
  return (text) => {
    if (known.has(text)) return known.get(text);
    if (known.size >= 1000) known.clear();
    const at = read(text);
    known.set(text, at);
    return at;
  };
}
