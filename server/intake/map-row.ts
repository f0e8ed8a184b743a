import { hash } from 'node:crypto';
import { OpsEvent } from '../../shared/event.ts';
import { isStorableText, keyOfText } from '../../shared/text.ts';
import { AppError } from '../errors.ts';
import { type Field, hasNaturalKey, listFields } from './fields.ts';
import type { Mapping, Scalar, Step } from './mapping.ts';
import { quote } from './quote.ts';
import { compileCondition, compileScalar, compileTime, type Reader, type Row, refuse } from './source.ts';
import type { Instant } from './time.ts';
import { compileUnits, findUnitAt, type RowUnit } from './units.ts';
import { readNumber, readPeriodKey } from './words.ts';

/** A field of a line that could not be taken, and why. */
export type Refused = { line: number; field: string; reason: string };
/** A line of a file, its cells by column; of a workbook also those that cannot be used, and those that are bare numbers. */
export type FileRow = { line: number } & Pick<Row, 'cells' | 'faults' | 'numbers'>;
/**
 * What a row became. `events`: at least one, with what is doubtful in them. `empty`: no step happened. `left`: the mapping's `where` leaves it out.
 * `refused`: something in it cannot be used, so none of its steps is sent.
 */
export type MappedRow =
  | { state: 'events'; events: OpsEvent[]; units: RowUnit[]; warned: Refused[] }
  | { state: 'empty' }
  | { state: 'left' }
  | { state: 'refused'; refused: Refused[] };
/** Turns rows into events; the same row always gives the same events with the same ids. */
export type RowMapper = (row: FileRow) => MappedRow;

const YES = new Set(['true', '1', 'yes', 'y', 'x', 'có', 'đúng']);
const NO = new Set(['false', '0', 'no', 'n', 'không', 'sai']);

type Decimal = Mapping['decimal'];

function toFlag(value: Scalar, field: string): boolean {
  const text = keyOfText(String(value));
  if (YES.has(text)) return true;
  if (NO.has(text)) return false;
  throw refuse(field, `${quote(String(value))} is neither yes nor no`);
}

function toNumber(value: Scalar, field: string, decimal: Decimal): number {
  const number = typeof value === 'boolean' ? Number.NaN : readNumber(String(value), decimal);
  if (!Number.isFinite(number)) throw refuse(field, `${quote(String(value))} is no number`);
  return number;
}

function shape(value: Scalar, field: Field, decimal: Decimal): unknown {
  if (field.kind === 'flag') return toFlag(value, field.name);
  if (field.kind === 'number') return toNumber(value, field.name, decimal);
  if (field.kind === 'period') return readPeriodKey(String(value));
  if (!isStorableText(String(value)))
    throw refuse(field.name, `${quote(String(value))} holds a character that cannot be kept`);
  return field.kind === 'words' ? { vi: String(value), en: String(value) } : String(value);
}

type FieldReader = { name: string; read: Reader<unknown> };

function compileFields(mapping: Mapping, step: Step): FieldReader[] {
  const fields = listFields(mapping.kind);
  const sources = {
    ...mapping.fields,
    ...step.fields,
    ...(step.status === undefined ? {} : { status: step.status }),
  };
  const readers: FieldReader[] = [];
  // What adds to a field comes after it.
  const inOrder = Object.entries(sources).sort(([a], [b]) => a.split('.').length - b.split('.').length);
  for (const [name, source] of inOrder) {
    const field = fields.get(name);
    if (!field) continue;
    const dateOnly = name === 'due' ? 'end' : mapping.dateOnly;
    const rules = { field: name, isCode: field.kind === 'text', mapping, dateOnly };
    if (field.kind === 'time') {
      const read = compileTime(source, rules);
      readers.push({ name, read: (row) => mapPresent(read(row), ({ at }) => toIso(at)) });
    } else {
      const read = compileScalar(source, rules);
      readers.push({
        name,
        read: (row) => mapPresent(read(row), (value) => shape(value, field, mapping.decimal)),
      });
    }
  }
  return readers;
}

function mapPresent<T, U>(value: T | undefined, change: (value: T) => U): U | undefined {
  return value === undefined ? undefined : change(value);
}

function toIso(at: number): string {
  return new Date(at).toISOString();
}

/** An id made of all the event says: the same row again is known, a changed one tells the step anew. */
function makeId(mapping: Mapping, event: Record<string, unknown>): string {
  const said = Object.entries(event).sort(([left], [right]) => (left < right ? -1 : 1));
  const text = JSON.stringify([mapping.salt, mapping.kind, said]);
  return hash('sha256', text, 'base64url').slice(0, 24);
}

function checkEvent(event: Record<string, unknown>): OpsEvent {
  const parsed = OpsEvent.safeParse(event);
  if (parsed.success) return parsed.data;
  const errors = parsed.error.issues.map((issue) => {
    const field = issue.path.join('.') || 'event';
    const isMissing = event[field] === undefined && issue.code !== 'unrecognized_keys';
    return { field, reason: isMissing ? 'is empty' : issue.message.replace(/^Invalid input: /, '') };
  });
  throw new AppError('badInput', 'not an event', errors);
}

/** States a field of an event; of words the English alone beside the Vietnamese. */
function sayIn(event: Record<string, unknown>, name: string, value: unknown): void {
  const words = name.endsWith('.en') ? name.slice(0, -3) : null;
  if (words === null) event[name] = value;
  else event[words] = { ...(event[words] as object | undefined), en: value };
}

/** A step of a row; `before` are the instants of the steps above it, in epoch ms. */
type StepReader = (row: Row, before: readonly number[]) => OpsEvent | undefined;

/** A bare date is the day, not its first minute: it does not come before a step above it that has an hour of that day. */
function placeInDay({ at, day }: Instant, before: readonly number[]): number {
  return day ? Math.max(at, ...before.filter((other) => other >= day.start && other < day.end)) : at;
}

function compileStep(mapping: Mapping, step: Step): StepReader {
  const readAt = compileTime(step.at, { field: 'at', isCode: false, mapping, dateOnly: mapping.dateOnly });
  const conditions = step.where.map((condition) => compileCondition(condition, mapping));
  const fields = compileFields(mapping, step);
  const known = listFields(mapping.kind);
  return (row, before) => {
    if (!conditions.every((holds) => holds(row))) return undefined;
    const instant = readAt(row);
    if (instant === undefined) return undefined;
    const event: Record<string, unknown> = { kind: mapping.kind, at: toIso(placeInDay(instant, before)) };
    for (const { name, read } of fields) {
      const value = read(row);
      if (value !== undefined) sayIn(event, name, value);
    }
    // What is missing but needed is refused by its own name, not for want of an id.
    const isSaid = (name: string) => event[name] !== undefined || known.get(name)?.isRequired === true;
    if (event.id === undefined && hasNaturalKey(mapping.kind, isSaid)) event.id = makeId(mapping, event);
    return checkEvent(event);
  };
}

function listRefused(error: unknown, line: number): Refused[] {
  if (!(error instanceof AppError) || error.errors.length === 0) throw error;
  return error.errors.map(({ field, reason }) => ({ line, field, reason }));
}

/** A mapper of rows. A row is taken whole or not at all: one bad step refuses all of them. */
export function createMapper(mapping: Mapping): RowMapper {
  const wanted = mapping.where.map((condition) => compileCondition(condition, mapping));
  const readUnits = compileUnits(mapping);
  const steps = mapping.steps.map((step) => compileStep(mapping, step));
  const order = [mapping.units?.root.level ?? '', ...(mapping.units?.levels ?? []).map((tier) => tier.level)];
  return ({ line, ...parts }) => {
    let units: RowUnit[] = [];
    const warned = new Map<string, Refused>();
    const row: Row = {
      ...parts,
      unitAt: (level) => findUnitAt(units, { level, order }),
      warn: (field, reason) => void warned.set(field, { line, field, reason }),
    };
    try {
      if (!wanted.every((holds) => holds(row))) return { state: 'left' };
      units = readUnits(row);
      const events: OpsEvent[] = [];
      for (const read of steps) {
        const event = read(
          row,
          events.map(({ at }) => Date.parse(at)),
        );
        if (event) events.push(event);
      }
      return events.length > 0
        ? { state: 'events', events, units, warned: [...warned.values()] }
        : { state: 'empty' };
    } catch (error) {
      return { state: 'refused', refused: listRefused(error, line) };
    }
  };
}
