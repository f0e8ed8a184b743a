/** How a workbook shows a number: as a date (`hasHours` when it shows any), by a pattern, or as it stands (undefined pattern). */
export type NumberFormat =
  | { kind: 'date'; hasHours: boolean }
  | { kind: 'number'; pattern: string | undefined };

/** The formats every workbook has without naming them (ECMA-376 part 1, 18.8.30). */
const BUILT_IN: Readonly<Record<number, string>> = {
  1: '0',
  2: '0.00',
  3: '#,##0',
  4: '#,##0.00',
  9: '0%',
  10: '0.00%',
  11: '0.00E+00',
  12: '# ?/?',
  13: '# ??/??',
  18: 'h:mm AM/PM',
  19: 'h:mm:ss AM/PM',
  20: 'h:mm',
  21: 'h:mm:ss',
  22: 'm/d/yy h:mm',
  32: 'h:mm',
  33: 'h:mm:ss',
  45: 'mm:ss',
  46: '[h]:mm:ss',
  47: 'mm:ss.0',
};
/** Excel's day 25569 is 1 January 1970; a workbook of 1904 counts 1,462 days less. */
const EPOCH_DAYS = 25_569;
const DAYS_1904 = 1462;
/** What a pattern says between quotes, behind a backslash or in brackets, but not hours, minutes or seconds gone by. */
const LITERALS = /"[^"]*"|\\.|_.|\*.|\[(?!(?:h+|m+|s+)\])[^\]]*\]/gi;

function isBuiltInDate(id: number): boolean {
  return (id >= 14 && id <= 17) || (id >= 27 && id <= 36) || (id >= 50 && id <= 58);
}

/** The format of a number, by its id and, where the workbook names one, its pattern. */
export function describeFormat(id: number, pattern: string | undefined): NumberFormat {
  const code = pattern ?? BUILT_IN[id];
  if (code === undefined)
    return isBuiltInDate(id) ? { kind: 'date', hasHours: false } : { kind: 'number', pattern: undefined };
  const bare = (code.replace(LITERALS, '').split(';')[0] ?? '').toLowerCase();
  if (bare.trim() === 'general' || bare.trim() === '@' || bare.trim() === '')
    return { kind: 'number', pattern: undefined };
  if (/[ymdhs]/.test(bare)) return { kind: 'date', hasHours: /[hs]/.test(bare) };
  return { kind: 'number', pattern: code };
}

/**
 * A day number of a workbook as local ISO text without offset: a whole one is a bare date, one below 1 shown with hours is
 * the hour alone, to the second.
 */
export function textOfSerial(serial: number, options: { is1904: boolean; hasHours: boolean }): string {
  const seconds = Math.round((serial + (options.is1904 ? DAYS_1904 : 0) - EPOCH_DAYS) * 86_400);
  const date = new Date(seconds * 1000);
  if (Number.isNaN(date.getTime())) return String(serial);
  const text = date.toISOString();
  if (serial >= 0 && serial < 1 && options.hasHours) return text.slice(11, 19);
  return text.endsWith('T00:00:00.000Z') ? text.slice(0, 10) : text.slice(0, 19);
}

/** A place of a pattern: a digit that is always shown (0) or only where there is one (#), or a text; empty for what paints. */
type Slot = { digit: '0' | '#' } | { literal: string };

function readSlot(part: string): Slot | undefined {
  if (part === '0') return { digit: '0' };
  if (part === '#' || part === '?') return { digit: '#' };
  if (part.startsWith('"')) return { literal: part.slice(1, -1) };
  if (part.startsWith('\\')) return { literal: part.slice(1) };
  if (/^[-. ()+]$/.test(part)) return { literal: part };
  return /^[_*[]/.test(part) && part.length > 1 ? { literal: '' } : undefined;
}

/** The places of the first section of a pattern; undefined where it does more than place digits. */
function readSlots(pattern: string): Slot[] | undefined {
  const parts = Array.from(pattern.matchAll(/"[^"]*"|\\.|_.|\*.|\[[^\]]*\]|./gu), ([part]) => part);
  const end = parts.indexOf(';');
  const slots = (end < 0 ? parts : parts.slice(0, end)).map(readSlot);
  return slots.every((slot) => slot !== undefined) ? slots : undefined;
}

/** Digits in the places before the point, from the right; those too many stand in the first place. */
function placeWhole(slots: readonly Slot[], digits: string): string {
  const first = slots.findIndex((slot) => 'digit' in slot);
  let left = digits;
  return slots.reduceRight((text, slot, index) => {
    if ('literal' in slot) return slot.literal + text;
    const taken = index === first ? left : left.slice(-1);
    left = left.slice(0, left.length - taken.length);
    return (taken === '' && slot.digit === '0' ? '0' : taken) + text;
  }, '');
}

/** Digits in the places behind the point; zeros that only fill a # are left out. */
function placeDecimals(slots: readonly Slot[], digits: string): string {
  let used = 0;
  return slots.reduce((text, slot) => {
    if ('literal' in slot) return text + slot.literal;
    const rest = digits.slice(used);
    used += 1;
    return slot.digit === '0' || /[1-9]/.test(rest) ? text + rest.slice(0, 1) : text;
  }, '');
}

/**
 * A number as its pattern shows it, where that only places its digits: 512 by `00000` is 00512, 1.00119 by `0.000000` is
 * 1.001190. Undefined where the pattern groups, rounds or scales, or the number is negative or longer than 15 digits.
 */
export function writeByPattern(value: number, pattern: string): string | undefined {
  const slots = readSlots(pattern);
  if (!slots || value < 0 || value >= 1e15) return undefined;
  const point = slots.findIndex((slot) => 'literal' in slot && slot.literal === '.');
  const whole = point < 0 ? slots : slots.slice(0, point);
  const decimals = point < 0 ? [] : slots.slice(point + 1);
  const places = decimals.filter((slot) => 'digit' in slot).length;
  const [before = '', after = ''] = value.toFixed(Math.min(places, 20)).split('.');
  if (!whole.some((slot) => 'digit' in slot) || Number(`${before}.${after}`) !== value) return undefined;
  const text = placeWhole(whole, before === '0' ? '' : before);
  return point < 0 ? text : `${text}.${placeDecimals(decimals, after)}`;
}
