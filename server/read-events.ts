/**
 * A batch's text becomes its events, or names what is wrong with them. Hides the two forms a batch comes in.
 * Law: what it costs grows with the events allowed, not with what was sent: a text is cut into events as it is read, each
 * is parsed and checked alone by the schema of its own kind, and others are heard after every few.
 */
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { z } from 'zod';
import { BATCH_EVENTS, OpsEvent } from '../shared/event.ts';
import { AppError, createFaults, type Faults } from './errors.ts';
import { noteIssues } from './input.ts';

/** More than any event needs: what is longer is refused without being parsed. */
const EVENT_CHARS = 32 * 1024;
/** Events read before others are heard. */
const AT_ONCE = 50;

const KINDS: ReadonlyMap<unknown, z.ZodType<OpsEvent>> = new Map(
  OpsEvent.options.flatMap((schema) => [...schema.shape.kind.values].map((kind) => [kind, schema] as const)),
);

const noJson = () => new AppError('badInput', 'The body is not valid JSON.');
const tooLong = () => new AppError('tooLarge', `One event may have ${EVENT_CHARS / 1024} KiB.`);
const noEnvelope = (field: string, reason: string) =>
  new AppError('unprocessable', 'The body is not { "events": […] }.', [{ field, reason }]);

/** A place in a text that moves on: what JSON's own reader cannot do in pieces. */
class Cursor {
  readonly text: string;
  at = 0;
  readonly #solid = /[^ \t\r\n]/g;
  readonly #marks = /["[\]{},]/g;

  constructor(text: string) {
    this.text = text;
  }

  /** The next character that is not blank, taken; empty at the end. */
  take(): string {
    this.#solid.lastIndex = this.at;
    const found = this.#solid.exec(this.text);
    this.at = found ? found.index + 1 : this.text.length;
    return found?.[0] ?? '';
  }

  /** Goes past the end of a string whose opening mark was taken. */
  skipString(): void {
    for (const from = this.at; ; ) {
      const end = this.text.indexOf('"', this.at);
      if (end < 0) throw noJson();
      if (end - from > EVENT_CHARS) throw tooLong();
      let marks = 0;
      while (this.text[end - 1 - marks] === '\\') marks += 1;
      this.at = end + 1;
      if (marks % 2 === 0) return;
    }
  }

  /** Goes past one value, up to the comma or bracket after it; gives its text, not yet known to be JSON. */
  skipValue(): string {
    const from = this.at;
    for (let depth = 0; depth >= 0; ) {
      const mark = this.#nextMark();
      if (this.at - from > EVENT_CHARS) throw tooLong();
      if (mark === '"') this.skipString();
      else if (mark === '[' || mark === '{') depth += 1;
      else if (mark !== ',') depth -= 1;
      else if (depth === 0) break;
    }
    this.at -= 1;
    return this.text.slice(from, this.at);
  }

  #nextMark(): string {
    this.#marks.lastIndex = this.at;
    const found = this.#marks.exec(this.text);
    if (!found) throw noJson();
    this.at = found.index + 1;
    return found[0];
  }
}

function* cutList(cursor: Cursor): Generator<string> {
  const start = cursor.at;
  if (cursor.take() === ']') return;
  cursor.at = start;
  for (let mark = ','; mark === ','; mark = cursor.take()) {
    yield cursor.skipValue();
    if (cursor.text[cursor.at] === '}') throw noJson();
  }
}

function readKey(cursor: Cursor): unknown {
  const from = cursor.at - 1;
  cursor.skipString();
  const text = cursor.text.slice(from, cursor.at);
  if (cursor.take() !== ':') throw noJson();
  try {
    return JSON.parse(text);
  } catch {
    throw noJson();
  }
}

/** The texts of the events of `{ "events": [ … ] }`, one after the other. */
function* cutEnvelope(text: string): Generator<string> {
  const cursor = new Cursor(text);
  const first = cursor.take();
  if (first === '[') throw noEnvelope('', 'is a list');
  if (first !== '{') throw noJson();
  const mark = cursor.take();
  if (mark === '}') throw noEnvelope('events', 'is missing');
  if (mark !== '"') throw noJson();
  const key = readKey(cursor);
  if (key !== 'events') throw noEnvelope(String(key).slice(0, 200), 'is not a field of a batch');
  if (cursor.take() !== '[') throw noEnvelope('events', 'is not a list');
  yield* cutList(cursor);
  const end = cursor.take();
  if (end === ',') throw noEnvelope('', 'has more in it than events');
  if (end !== '}' || cursor.take() !== '') throw noJson();
}

/** The lines of a text that are not blank. */
function* cutLines(text: string): Generator<string> {
  const solid = /\S/g;
  for (let at = 0; ; ) {
    solid.lastIndex = at;
    const found = solid.exec(text);
    if (!found) return;
    const end = text.indexOf('\n', found.index);
    at = end < 0 ? text.length : end;
    if (at - found.index > EVENT_CHARS) throw tooLong();
    yield text.slice(found.index, at);
  }
}

function parse(text: string): { value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) };
  } catch {
    return undefined;
  }
}

function check(value: unknown, index: number, faults: Faults): OpsEvent | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    faults.note({ index, field: '', reason: 'is not an event' });
    return undefined;
  }
  const schema = KINDS.get('kind' in value ? value.kind : undefined);
  if (!schema) {
    faults.note({ index, field: 'kind', reason: 'is not one of the kinds of event' });
    return undefined;
  }
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  noteIssues(result.error.issues, { faults, index });
  return undefined;
}

type Form = 'json' | 'lines';

/** A line that is no JSON is a bad event; an envelope with such a piece in it is no JSON as a whole. */
function readEvent(
  piece: string,
  index: number,
  { form, faults }: { form: Form; faults: Faults },
): OpsEvent | undefined {
  const parsed = parse(piece);
  if (parsed) return check(parsed.value, index, faults);
  if (form === 'json') throw noJson();
  faults.note({ index, field: '', reason: 'is not valid JSON' });
  return undefined;
}

/**
 * The events of a body: JSON of one envelope, or one event a line; `count` says how many were read by then. Throws AppError
 * that names every bad event by index.
 */
export async function readEvents(
  text: string,
  form: Form,
  count: (read: number) => void = () => undefined,
): Promise<OpsEvent[]> {
  const faults = createFaults();
  const events: OpsEvent[] = [];
  let index = 0;
  for (const piece of form === 'json' ? cutEnvelope(text) : cutLines(text)) {
    if (index === BATCH_EVENTS) throw new AppError('tooLarge', `A batch may have ${BATCH_EVENTS} events.`);
    const event = readEvent(piece, index, { form, faults });
    if (event) events.push(event);
    index += 1;
    count(index);
    if (index % AT_ONCE === 0) await nextTurn();
  }
  faults.raise('unprocessable', 'Some events cannot be taken; none was.');
  return events;
}
