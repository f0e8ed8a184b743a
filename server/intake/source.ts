import { AppError } from '../errors.ts';
import type { Condition, Mapping, Scalar, Source } from './mapping.ts';
import { columnsOfTemplate } from './mapping-check.ts';
import { createTimeReader } from './time.ts';

/** One row while it is mapped: its cells by column, and the code of its unit at a level, if it has one. */
export type Row = { cells: ReadonlyMap<string, string>; unitAt(level: string): string | undefined };
/** What a source gives for a row; undefined when empty; throws AppError with one `errors` entry when unusable. */
export type Reader<T> = (row: Row) => T | undefined;
/** What compiling a source needs to know: the field it feeds (for refusals) and the file's rules. */
export type SourceRules = { field: string; mapping: Mapping; dateOnly: string };

/** The refusal of one field of a row. */
export function refuse(field: string, reason: string): AppError {
  return new AppError('badInput', `${field}: ${reason}`, [{ field, reason }]);
}

/** A cell's text as a refusal quotes it: at most 40 characters. */
export function quote(text: string): string {
  return `"${text.length > 40 ? `${text.slice(0, 40)}…` : text}"`;
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

/** The text of a column, without surrounding space; undefined where the mapping calls it empty. */
export function createCellReader(mapping: Mapping): (row: Row, column: string) => string | undefined {
  const empty = new Set(mapping.empty.map((text) => text.trim()));
  return (row, column) => {
    const text = row.cells.get(column)?.trim();
    return text === undefined || text === '' || empty.has(text) ? undefined : text;
  };
}

function compileRaw(source: Source, rules: SourceRules): Reader<Scalar> {
  const cell = createCellReader(rules.mapping);
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

function compileValues(
  values: Record<string, Scalar | null>,
  field: string,
): (value: Scalar | undefined) => Scalar | undefined {
  const table = new Map(Object.entries(values));
  return (value) => {
    const key = value === undefined ? '' : String(value);
    if (table.has(key)) return table.get(key) ?? undefined;
    if (value === undefined) return undefined;
    if (!table.has('*')) throw refuse(field, `${quote(key)} stands in no line of its values`);
    return table.get('*') ?? undefined;
  };
}

/** A reader of any source but times: raw value, then `values`, then `code`; `required` refuses an empty one. */
export function compileScalar(source: Source, rules: SourceRules): Reader<Scalar> {
  const raw = compileRaw(source, rules);
  const translate = source.values && compileValues(source.values, rules.field);
  return (row) => {
    let value = raw(row);
    if (translate) value = translate(value);
    if (value === undefined && source.required) throw refuse(rules.field, 'is empty');
    return value !== undefined && source.code ? makeCode(String(value)) : value;
  };
}

function pick(source: Source, times: readonly number[]): number | undefined {
  if (times.length === 0) return undefined;
  if (source.earliest) return Math.min(...times);
  return source.latest ? Math.max(...times) : times[0];
}

/** A reader of instants, in epoch ms. `dateOnly` and `times` of the source go before those of the file. */
export function compileTime(source: Source, rules: SourceRules): Reader<number> {
  const nested = source.first ?? source.earliest ?? source.latest;
  if (nested) {
    const inner = { ...rules, dateOnly: source.dateOnly ?? rules.dateOnly };
    const readers = nested.map((one) => compileTime(one, inner));
    return (row) => {
      const time = pick(
        source,
        readers.map((read) => read(row)).filter((at) => at !== undefined),
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
    if (text === undefined) return undefined;
    const at = readTime(String(text));
    if (at === undefined)
      throw refuse(rules.field, `${quote(String(text))} is no time in the forms ${formats.join(', ')}`);
    return at;
  };
}

type Order = 'before' | 'notBefore' | 'after' | 'notAfter';
const HOLDS: Readonly<Record<Order, (left: number, right: number) => boolean>> = {
  before: (left, right) => left < right,
  notBefore: (left, right) => left >= right,
  after: (left, right) => left > right,
  notAfter: (left, right) => left <= right,
};

function compileOrder(condition: Condition, order: Order, rules: SourceRules): (row: Row) => boolean {
  const left = compileTime({ column: condition.column }, rules);
  const right = compileTime(condition[order] ?? {}, rules);
  return (row) => {
    const at = left(row);
    if (at === undefined) return false;
    const other = right(row);
    return other === undefined || HOLDS[order](at, other);
  };
}

/** A test of a row. A comparison with an empty other side holds; one of an empty column does not. */
export function compileCondition(condition: Condition, mapping: Mapping): (row: Row) => boolean {
  const { column, present, equals } = condition;
  const rules = { field: column, mapping, dateOnly: mapping.dateOnly };
  const cell = createCellReader(mapping);
  if (present !== undefined) return (row) => (cell(row, column) !== undefined) === present;
  if (equals !== undefined) return (row) => (cell(row, column) ?? '') === equals;
  if (condition.in) {
    const wanted = new Set(condition.in);
    return (row) => wanted.has(cell(row, column) ?? '');
  }
  if (condition.notIn) {
    const unwanted = new Set(condition.notIn);
    return (row) => !unwanted.has(cell(row, column) ?? '');
  }
  const order = (['before', 'notBefore', 'after', 'notAfter'] as const).find((name) => condition[name]);
  return order ? compileOrder(condition, order, rules) : () => true;
}
