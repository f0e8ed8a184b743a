import { keyOfText } from '../../shared/text.ts';
import { AppError } from '../errors.ts';
import type { ReadRow, TextInput } from './read.ts';
import { decode } from './read-csv.ts';

/** The longest line, in characters. */
const LINE_CHARACTERS = 4 * 1024 * 1024;
/** Paths of keys whose column is remembered. */
const REMEMBERED = 1000;

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

/** A number as the file writes it: 9007199254740993 and 1.001190 keep every digit. */
class Written {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

function parseLine(text: string): unknown {
  return JSON.parse(text, (_key: string, value: unknown, context?: { source?: string }) =>
    typeof value === 'number' ? new Written(context?.source ?? String(value)) : value,
  );
}

type Keep = (path: string, text: string) => void;

function flatten(value: unknown, path: string, keep: Keep): void {
  if (value === null || value === undefined) return;
  if (value instanceof Written) keep(path, value.text);
  else if (typeof value !== 'object') keep(path, String(value));
  else {
    for (const [key, inner] of Object.entries(value))
      flatten(inner, path === '' ? key : `${path}.${key}`, keep);
  }
}

/** The column a path of keys means: the one written like it, or the one that reads the same. */
function createColumnFinder(columns: readonly string[]): (path: string) => string | undefined {
  const exact = new Set(columns);
  const byKey = new Map(columns.map((column) => [keyOfText(column), column]));
  const known = new Map<string, string | undefined>();
  return (path) => {
    if (exact.has(path)) return path;
    if (known.has(path)) return known.get(path);
    const column = byKey.get(keyOfText(path));
    if (known.size < REMEMBERED) known.set(path, column);
    return column;
  };
}

function readLine(text: string, line: number, findColumn: (path: string) => string | undefined): ReadRow {
  let value: unknown;
  try {
    value = parseLine(text);
  } catch {
    return { line, reason: 'is not JSON' };
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value) || value instanceof Written) {
    return { line, reason: 'is not a JSON object' };
  }
  const cells = new Map<string, string>();
  flatten(value, '', (path, cell) => {
    const column = findColumn(path);
    if (column !== undefined && (column === path || !cells.has(column))) cells.set(column, cell);
  });
  return { line, cells };
}

/** The rows of a file with one JSON object a line; a column is a key, or a path of keys: `unit.code`, `steps.0.at`. */
export async function* readNdjson({ stream, format, columns }: TextInput): AsyncGenerator<ReadRow> {
  const findColumn = createColumnFinder(columns);
  let line = 0;
  for await (const text of splitLines(decode(stream, format.encoding))) {
    line += 1;
    if (text.trim() !== '') yield readLine(text, line, findColumn);
  }
}
