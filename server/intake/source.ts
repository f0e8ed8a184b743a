import { cleanText, keyOfText } from '../../shared/text.ts';
import { AppError } from '../errors.ts';
import type { Condition, Mapping, Scalar, Source } from './mapping.ts';
import { columnsOfTemplate } from './mapping-check.ts';
import { quote, wordError } from './quote.ts';
import { createTimeReader, type Instant } from './time.ts';

/**
 * One row while it is mapped: its cells by column, those that cannot be used and why, those that are numbers without a
 * written form, the code of its unit at a level, and whom to tell what is doubtful.
 */
export type Row = {
  cells: ReadonlyMap<string, string>;
  faults?: ReadonlyMap<string, string> | undefined;
  numbers?: ReadonlySet<string> | undefined;
  unitAt(level: string): string | undefined;
  warn(field: string, reason: string): void;
};
/** What a source gives for a row; undefined when empty; throws AppError with one `errors` entry when unusable. */
export type Reader<T> = (row: Row) => T | undefined;
/** What compiling a source needs to know: the field it feeds, whether it is a code, and the file's rules. */
export type SourceRules = { field: string; isCode: boolean; mapping: Mapping; dateOnly: string };

/** What a spreadsheet makes of a long code: 2.60302E+14. */
const SHORTENED = /^[+-]?\d(?:[.,]\d+)?E\+\d+$/i;
/** What a spreadsheet writes where it has no value, or a column too narrow for one. */
const ERROR = /^(#(N\/A|REF!|VALUE!|NAME\?|DIV\/0!|NUM!|NULL!|SPILL!|CALC!|GETTING_DATA)|#{3,}|Err:\d{3})$/;
/** A spreadsheet keeps 15 digits of a number. */
const FIRST_DAMAGED = 1e15;
/** Texts of a value table whose line is remembered. */
const REMEMBERED = 1000;

/** The refusal of one field of a row. */
export function refuse(field: string, reason: string): AppError {
  return new AppError('badInput', `${field}: ${reason}`, [{ field, reason }]);
}

/** Latin letters without marks, digits and dashes in capitals: `Sở Nội vụ` gives `SO-NOI-VU`; may be empty. */
export function makeCode(text: string): string {
  const plain = text
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '')
    .normalize('NFC')
    .replace(/[đĐ]/g, 'D');
  return plain
    .toUpperCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-+|-+$/g, '');
}

type CellReader = (row: Row, column: string) => string | undefined;

/** The clean text of a column; undefined where the mapping calls it empty; throws where the cell cannot be used. */
export function createCellReader(mapping: Mapping): CellReader {
  const empty = new Set(mapping.empty.map(keyOfText));
  return (row, column) => {
    const text = cleanText(row.cells.get(column) ?? '');
    if (empty.size > 0 && empty.has(keyOfText(text))) return undefined;
    const fault = row.faults?.get(column) ?? (ERROR.test(text) ? wordError(text) : undefined);
    if (fault !== undefined) throw refuse(column, fault);
    return text === '' ? undefined : text;
  };
}

/** Refuses a code whose digits a spreadsheet has lost, and warns of one that may have lost the zeros at its end. */
function checkCode(row: Row, text: string, given: { column: string; field: string }): void {
  const { column, field } = given;
  const remedy = `make the column ${column} text where the file comes from, and export again`;
  if (SHORTENED.test(text))
    throw refuse(
      field,
      `${quote(text)} is a code that a spreadsheet has shortened, its digits are lost: ${remedy}`,
    );
  if (!row.numbers?.has(column)) return;
  if (Math.abs(Number(text)) >= FIRST_DAMAGED)
    throw refuse(
      field,
      `${quote(text)} is a number of more than 15 digits, a spreadsheet has lost the last: ${remedy}`,
    );
  if (!Number.isInteger(Number(text)))
    row.warn(
      field,
      `${quote(text)} is kept as a number, zeros at its end are lost; if it is a code, ${remedy}`,
    );
}

function createCodeReader(rules: SourceRules): CellReader {
  const cell = createCellReader(rules.mapping);
  if (!rules.isCode) return cell;
  return (row, column) => {
    const text = cell(row, column);
    if (text !== undefined) checkCode(row, text, { column, field: rules.field });
    return text;
  };
}

function compileRaw(source: Source, rules: SourceRules): Reader<Scalar> {
  const cell = createCodeReader(rules);
  const { column, constant, template, unit, first } = source;
  if (column !== undefined) return (row) => cell(row, column);
  if (constant !== undefined) return () => constant;
  if (unit !== undefined) return (row) => row.unitAt(unit);
  if (template !== undefined) {
    const columns = columnsOfTemplate(template);
    return (row) => {
      const texts = new Map(columns.map((name) => [name, cell(row, name)]));
      if ([...texts.values()].includes(undefined)) return undefined;
      return template.replace(/\{([^{}]+)\}/g, (_, name: string) => texts.get(name) ?? '');
    };
  }
  const readers = (first ?? []).map((nested) => compileScalar(nested, rules));
  return (row) => {
    for (const read of readers) {
      const value = read(row);
      if (value !== undefined) return value;
    }
    return undefined;
  };
}

/** Lines by what they stand for; a text written as in the table goes before one that only reads the same. */
function createLookup(values: Record<string, Scalar | null>): (text: string) => Scalar | null | undefined {
  const exact = new Map(Object.entries(values).map(([text, value]) => [cleanText(text), value]));
  const byKey = new Map<string, Scalar | null>();
  const torn = new Set<string>();
  for (const [text, value] of exact) {
    const key = keyOfText(text);
    if (byKey.has(key) && byKey.get(key) !== value) torn.add(key);
    byKey.set(key, value);
  }
  for (const key of torn) byKey.delete(key);
  const known = new Map<string, Scalar | null | undefined>();
  return (text) => {
    if (exact.has(text)) return exact.get(text);
    if (known.has(text)) return known.get(text);
    const value = byKey.get(keyOfText(text));
    if (known.size < REMEMBERED) known.set(text, value);
    return value;
  };
}

function compileValues(
  values: Record<string, Scalar | null>,
  field: string,
): (value: Scalar | undefined) => Scalar | undefined {
  const find = createLookup(values);
  const rest = '*' in values ? (values['*'] ?? undefined) : undefined;
  return (value) => {
    const text = value === undefined ? '' : String(value);
    const found = find(text);
    if (found !== undefined) return found ?? undefined;
    if (value === undefined) return undefined;
    if (!('*' in values)) throw refuse(field, `${quote(text)} stands in no line of its values`);
    return rest;
  };
}

/** A reader of any source but times: raw value, then `values`, then `code`; `required` refuses an empty one. */
export function compileScalar(source: Source, rules: SourceRules): Reader<Scalar> {
  const raw = compileRaw(source, source.values ? { ...rules, isCode: false } : rules);
  const translate = source.values && compileValues(source.values, rules.field);
  return (row) => {
    let value = raw(row);
    if (translate) value = translate(value);
    if (value === undefined && source.required) throw refuse(rules.field, 'is empty');
    return value !== undefined && source.code ? makeCode(String(value)) : value;
  };
}

function pick(source: Source, instants: readonly Instant[]): Instant | undefined {
  const [first, ...others] = instants;
  if (!first || source.first) return first;
  const isBetter = (left: Instant, right: Instant) =>
    source.earliest ? left.at < right.at : left.at > right.at;
  return others.reduce((best, one) => (isBetter(one, best) ? one : best), first);
}

function wordNoTime(text: string, formats: readonly string[]): string {
  const isSerial = /^\d{5}([.,]\d+)?$/.test(text) && !formats.includes('excel');
  const hint = isSerial ? '; if it is a day number of a spreadsheet, add "excel" to times' : '';
  return `${quote(text)} is no time in the forms ${formats.join(', ')}${hint}`;
}

function readOne(
  text: string,
  instants: readonly Instant[],
  rules: { field: string; formats: readonly string[] },
): Instant {
  const [instant, other] = instants;
  if (!instant) throw refuse(rules.field, wordNoTime(text, rules.formats));
  if (!other) return instant;
  const meanings = instants.map(({ wall, format }) => `${wall} by ${format}`).join(' and ');
  throw refuse(rules.field, `${quote(text)} is ${meanings}: leave one of them in times`);
}

/** A reader of instants. `dateOnly` and `times` of the source go before those of the file. */
export function compileTime(source: Source, rules: SourceRules): Reader<Instant> {
  const nested = source.first ?? source.earliest ?? source.latest;
  if (nested) {
    const inner = { ...rules, dateOnly: source.dateOnly ?? rules.dateOnly };
    const readers = nested.map((one) => compileTime(one, inner));
    return (row) => {
      const time = pick(
        source,
        readers.map((read) => read(row)).filter((instant) => instant !== undefined),
      );
      if (time === undefined && source.required) throw refuse(rules.field, 'is empty');
      return time;
    };
  }
  const formats = source.times ?? rules.mapping.times;
  const dateOnly = source.dateOnly ?? rules.dateOnly;
  const readTime = createTimeReader({ zone: rules.mapping.zone, formats, dateOnly });
  const readText = compileScalar(source, rules);
  return (row) => {
    const text = readText(row);
    return text === undefined
      ? undefined
      : readOne(String(text), readTime(String(text)), { field: rules.field, formats });
  };
}

type Order = 'before' | 'notBefore' | 'after' | 'notAfter';
const HOLDS: Readonly<Record<Order, (left: number, right: number) => boolean>> = {
  before: (left, right) => left < right,
  notBefore: (left, right) => left >= right,
  after: (left, right) => left > right,
  notAfter: (left, right) => left <= right,
};

/** Whether one is a bare date and the other an hour of that day: which came first cannot be known. */
function isOfOneDay(left: Instant, right: Instant): boolean {
  if ((left.day === undefined) === (right.day === undefined)) return false;
  const day = left.day ?? right.day;
  const { at } = left.day ? right : left;
  return day !== undefined && at >= day.start && at < day.end;
}

function compileOrder(condition: Condition, order: Order, rules: SourceRules): (row: Row) => boolean {
  const left = compileTime({ column: condition.column }, rules);
  const right = compileTime(condition[order] ?? {}, rules);
  return (row) => {
    const one = left(row);
    if (one === undefined) return false;
    const other = right(row);
    return other === undefined || isOfOneDay(one, other) || HOLDS[order](one.at, other.at);
  };
}

/** A test of a row; texts that read the same are equal. A comparison with an empty other side holds; one of an empty column does not. */
export function compileCondition(condition: Condition, mapping: Mapping): (row: Row) => boolean {
  const { column, present, equals } = condition;
  const rules = { field: column, isCode: false, mapping, dateOnly: mapping.dateOnly };
  const cell = createCellReader(mapping);
  if (present !== undefined) return (row) => (cell(row, column) !== undefined) === present;
  const list = equals === undefined ? (condition.in ?? condition.notIn) : [equals];
  if (list) {
    const keys = new Set(list.map(keyOfText));
    const isWanted = condition.notIn === undefined;
    return (row) => keys.has(keyOfText(cell(row, column) ?? '')) === isWanted;
  }
  const order = (['before', 'notBefore', 'after', 'notAfter'] as const).find((name) => condition[name]);
  return order ? compileOrder(condition, order, rules) : () => true;
}
