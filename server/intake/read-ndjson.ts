import { AppError } from '../errors.ts';
import type { ReadInput, ReadRow } from './read.ts';
import { decode } from './read-csv.ts';

/** The longest line, in characters. */
const LINE_CHARACTERS = 4 * 1024 * 1024;

async function* splitLines(texts: AsyncIterable<string>): AsyncGenerator<string> {
  let pending = '';
  for await (const text of texts) {
    const lines = (pending + text).split('\n');
    pending = lines.pop() ?? '';
    yield* lines;
    if (pending.length > LINE_CHARACTERS) {
      throw new AppError('badInput', 'a line is longer than 4 MiB: is this one JSON object a line?');
    }
  }
  yield pending;
}

function flatten(value: unknown, path: string, cells: Map<string, string>): void {
  if (value === null || value === undefined) return;
  if (typeof value !== 'object') {
    cells.set(path, String(value));
    return;
  }
  for (const [key, inner] of Object.entries(value))
    flatten(inner, path === '' ? key : `${path}.${key}`, cells);
}

function readLine(text: string, line: number): ReadRow {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { line, reason: 'is not JSON' };
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return { line, reason: 'is not a JSON object' };
  }
  const cells = new Map<string, string>();
  flatten(value, '', cells);
  return { line, cells };
}

/** The rows of a file with one JSON object a line; a column is a key, or a path of keys: `unit.code`, `steps.0.at`. */
export async function* readNdjson({ stream, format }: ReadInput): AsyncGenerator<ReadRow> {
  let line = 0;
  for await (const text of splitLines(decode(stream, format.encoding))) {
    line += 1;
    if (text.trim() !== '') yield readLine(text, line);
  }
}
