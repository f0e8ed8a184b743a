import { hash } from 'node:crypto';
import { OpsEvent } from '../../shared/event.ts';
import { AppError } from '../errors.ts';
import { type Field, listFields, NATURAL_KEYS } from './fields.ts';
import type { Mapping, Scalar, Step } from './mapping.ts';
import {
  compileCondition,
  compileScalar,
  compileTime,
  quote,
  type Reader,
  type Row,
  refuse,
} from './source.ts';
import { compileUnits, findUnitAt, type RowUnit } from './units.ts';

/** A field of a line that could not be taken, and why. */
export type Refused = { line: number; field: string; reason: string };
/** A line of a file, its cells by column. */
export type FileRow = { line: number; cells: ReadonlyMap<string, string> };
/**
 * What a row became. `events`: at least one. `empty`: no step happened. `left`: the mapping's `where` leaves it out.
 * `refused`: something in it cannot be used, so none of its steps is sent.
 */
export type MappedRow =
  | { state: 'events'; events: OpsEvent[]; units: RowUnit[] }
  | { state: 'empty' }
  | { state: 'left' }
  | { state: 'refused'; refused: Refused[] };
/** Turns rows into events; the same row always gives the same events with the same ids. */
export type RowMapper = (row: FileRow) => MappedRow;

const YES = new Set(['true', '1', 'yes', 'y', 'x', 'có', 'đúng']);
const NO = new Set(['false', '0', 'no', 'n', 'không', 'sai']);

function toFlag(value: Scalar, field: string): boolean {
  const text = String(value).toLowerCase().normalize('NFC');
  if (YES.has(text)) return true;
  if (NO.has(text)) return false;
  throw refuse(field, `${quote(String(value))} is neither yes nor no`);
}

function toNumber(value: Scalar, field: string): number {
  const number = typeof value === 'boolean' ? Number.NaN : Number(value);
  if (!Number.isFinite(number)) throw refuse(field, `${quote(String(value))} is no number`);
  return number;
}

function shape(value: Scalar, field: Field): unknown {
  if (field.kind === 'flag') return toFlag(value, field.name);
  if (field.kind === 'number') return toNumber(value, field.name);
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
  for (const [name, source] of Object.entries(sources)) {
    const field = fields.get(name);
    if (!field) continue;
    const rules = { field: name, mapping, dateOnly: name === 'due' ? 'end' : mapping.dateOnly };
    if (field.kind === 'time') {
      const read = compileTime(source, rules);
      readers.push({ name, read: (row) => toIso(read(row)) });
    } else {
      const read = compileScalar(source, rules);
      readers.push({ name, read: (row) => mapPresent(read(row), (value) => shape(value, field)) });
    }
  }
  return readers;
}

function mapPresent<T, U>(value: T | undefined, change: (value: T) => U): U | undefined {
  return value === undefined ? undefined : change(value);
}

function toIso(at: number | undefined): string | undefined {
  return at === undefined ? undefined : new Date(at).toISOString();
}

function makeId(mapping: Mapping, event: Record<string, unknown>): string {
  const key = NATURAL_KEYS[mapping.kind].map((name) => event[name]);
  const text = JSON.stringify([mapping.salt, mapping.kind, ...key]);
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

type StepReader = (row: Row) => OpsEvent | undefined;

function compileStep(mapping: Mapping, step: Step): StepReader {
  const readAt = compileTime(step.at, { field: 'at', mapping, dateOnly: mapping.dateOnly });
  const conditions = step.where.map((condition) => compileCondition(condition, mapping));
  const fields = compileFields(mapping, step);
  return (row) => {
    if (!conditions.every((holds) => holds(row))) return undefined;
    const at = toIso(readAt(row));
    if (at === undefined) return undefined;
    const event: Record<string, unknown> = { kind: mapping.kind, at };
    for (const { name, read } of fields) {
      const value = read(row);
      if (value !== undefined) event[name] = value;
    }
    if (event.id === undefined && NATURAL_KEYS[mapping.kind].length > 0) event.id = makeId(mapping, event);
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
  return ({ line, cells }) => {
    let units: RowUnit[] = [];
    const row: Row = { cells, unitAt: (level) => findUnitAt(units, { level, order }) };
    try {
      if (!wanted.every((holds) => holds(row))) return { state: 'left' };
      units = readUnits(row);
      const events = steps.map((read) => read(row)).filter((event) => event !== undefined);
      return events.length > 0 ? { state: 'events', events, units } : { state: 'empty' };
    } catch (error) {
      return { state: 'refused', refused: listRefused(error, line) };
    }
  };
}
