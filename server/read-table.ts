/**
 * Tables that people take out and in again: CSV as spreadsheets write it, or JSON. Hides quoting, marks and separators.
 * Law: of a table all lines are read or none, and each that cannot be is named with its field and reason.
 */
import { type CsvError, parse } from 'csv-parse/sync';
import { z } from 'zod';
import { codeOfIssue, type Said } from '../shared/problem.ts';
import { AppError, createFaults, type Faults } from './errors.ts';
import type { Response } from './http.ts';
import { writeCell } from './people/audit.ts';

/** A table of every unit of a province is long. */
export const TABLE_BYTES = 4_000_000;

/** A line by its number as people count: of a CSV file that of the file, of JSON the place in the list. */
export type NumberedLine<T> = { line: number; content: T };

/** What a table is made of. `toContent` gives a row of CSV as it would be written in JSON, from the texts of its cells. */
export type TableShape<T> = {
  columns: readonly string[];
  needed: readonly string[];
  line: z.ZodType<T>;
  toContent: (textOf: (column: string) => string) => Record<string, unknown>;
};

/** A table as a file for spreadsheets; its mark tells them that it is UTF-8. */
export function writeTable(columns: readonly string[], rows: readonly (readonly unknown[])[]): string {
  const lines = rows.map((cells) => cells.map(writeCell).join(','));
  return `\uFEFF${[columns.join(','), ...lines].join('\r\n')}\r\n`;
}

/** Has a file downloaded under a name of its day; gives whether a table for spreadsheets was sent in the place of an answer. */
export function sendTable(
  { query, response }: { query: { format: 'json' | 'csv' }; response: Response },
  { name, table }: { name: string; table: () => string },
): boolean {
  response.setHeader('Content-Disposition', `attachment; filename="${name}.${query.format}"`);
  if (query.format === 'json') return false;
  response.setHeader('Content-Type', 'text/csv; charset=utf-8');
  response.setHeader('Cache-Control', 'no-store');
  response.send(table());
  return true;
}

const refuseFile = (reason: string, { line, ...said }: Said & { line?: number }) =>
  new AppError(
    'unprocessable',
    'This table cannot be read.',
    [{ ...(line === undefined ? {} : { index: line }), field: 'text', reason, ...said }],
    { says: { code: 'noTable' } },
  );

/** A cell without the mark that keeps spreadsheets from reading it as a formula. */
const plain = (cell: string) => (/^'[=+\-@]/.test(cell) ? cell.slice(1) : cell);

/** A number as spreadsheets write it, here or elsewhere: with a point or a comma; what is none stays as it is. */
export const readNumber = (cell: string): number | string => {
  const text = cell.replace(',', '.');
  return text !== '' && Number.isFinite(Number(text)) ? Number(text) : cell;
};

function checkHeader(header: readonly string[], { columns, needed }: TableShape<unknown>): string[] {
  const names = header.map((name) => name.trim());
  const unknown = names.find((name) => !columns.includes(name));
  if (unknown !== undefined)
    throw refuseFile(`has a column ${unknown}, which nobody knows`, {
      ...{ line: 1, code: 'column', params: { column: unknown.slice(0, 60) } },
    });
  if (new Set(names).size < names.length)
    throw refuseFile('has a column twice', { line: 1, code: 'columnTwice' });
  if (needed.some((name) => !names.includes(name))) {
    const params = { columns: needed.join(', ') };
    throw refuseFile(`needs the columns ${params.columns}`, { line: 1, code: 'columnMissing', params });
  }
  return names;
}

/** A row; of one whose cells are not as many as the header's the parser says so. */
type Row = { record: Record<string, string>; info: { lines: number; error?: CsvError } };

/** A line as it was read; `isRagged`: with more or fewer cells than the header. */
type ReadLine = { line: number; content: unknown; isRagged?: boolean };

function readCsv(text: string, shape: TableShape<unknown>): ReadLine[] {
  const [head = ''] = text.split(/\r?\n/, 1);
  const delimiter = head.includes(';') && !head.includes(',') ? ';' : head.includes('\t') ? '\t' : ',';
  try {
    const rows = parse(text, {
      ...{ bom: true, columns: (header: string[]) => checkHeader(header, shape), delimiter },
      ...{ info: true, skip_empty_lines: true, relax_column_count: true },
    }) as unknown as Row[];
    return rows.map(({ record, info }) => ({
      line: info.lines,
      content: shape.toContent((name) => plain((record[name] ?? '').trim())),
      isRagged: info.error !== undefined,
    }));
  } catch (error) {
    if (error instanceof AppError || !(error instanceof Error) || !('code' in error)) throw error;
    const { lines, message } = error as CsvError;
    throw refuseFile(message, { code: 'quotes', ...(typeof lines === 'number' && { line: lines }) });
  }
}

const Listed = z.union([z.array(z.unknown()), z.strictObject({ lines: z.array(z.unknown()) })]);

function readJson(text: string): ReadLine[] {
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch {
    throw refuseFile('is no JSON', { code: 'noJson' });
  }
  const listed = Listed.safeParse(content);
  if (!listed.success) throw refuseFile('is no list of lines, nor an object with one', { code: 'noJson' });
  const lines = Array.isArray(listed.data) ? listed.data : listed.data.lines;
  return lines.map((line, index) => ({ line: index + 1, content: line }));
}

type Checking<T> = { shape: TableShape<T>; faults: Faults };

function check<T>({ line, content, isRagged }: ReadLine, { shape, faults }: Checking<T>): NumberedLine<T>[] {
  if (isRagged) {
    const reason = 'has more or fewer cells than the header';
    faults.note({ index: line, field: 'line', reason, code: 'cells' });
    return [];
  }
  const parsed = shape.line.safeParse(content);
  if (parsed.success) return [{ line, content: parsed.data }];
  for (const issue of parsed.error.issues)
    faults.note({
      ...{ index: line, field: issue.path.join('.') || 'line', reason: issue.message },
      ...codeOfIssue(issue),
    });
  return [];
}

/** The lines of a table. AppError `unprocessable` names every line that is none, with field and reason; of all the others too. */
export function readTable<T>(
  shape: TableShape<T>,
  { format, text }: { format: 'json' | 'csv'; text: string },
): NumberedLine<T>[] {
  const read = format === 'csv' ? readCsv(text, shape) : readJson(text);
  const faults = createFaults();
  const lines = read.flatMap((line) => check(line, { shape, faults }));
  faults.raise('unprocessable', 'Some lines cannot be read; none was taken.', { code: 'tableLines' });
  if (lines.length === 0) throw refuseFile('has no lines', { code: 'noLines' });
  return lines;
}

/** Lines by the units they name, as `find` knows them; AppError `unprocessable` with every line whose unit is not known. */
export function placeLines<T extends { unit: string }, U extends number>(
  lines: readonly NumberedLine<T>[],
  find: (unit: string) => U,
): (Omit<T, 'unit'> & { line: number; unit: U })[] {
  const faults = createFaults();
  const placed = lines.flatMap(({ line, content: { unit, ...rest } }) => {
    try {
      return [{ ...rest, line, unit: find(unit) }];
    } catch {
      faults.note({ index: line, field: 'unit', reason: `${unit} is not known`, code: 'unknown' });
      return [];
    }
  });
  faults.raise('unprocessable', 'Some lines cannot be taken; none was.', { code: 'tableLines' });
  return placed;
}
