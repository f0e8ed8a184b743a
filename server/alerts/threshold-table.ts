/** A table of thresholds as text: CSV as spreadsheets write it, or JSON. What goes out comes in again as it was. */
import { type CsvError, parse } from 'csv-parse/sync';
import { z } from 'zod';
import { OVERRIDE_FIELDS, statedBy } from '../../shared/effective.ts';
import { codeOfIssue, type Said } from '../../shared/problem.ts';
import type { OverrideField } from '../../shared/rule.ts';
import { ThresholdLine } from '../../shared/rule-view.ts';
import { AppError, createFaults, type Faults } from '../errors.ts';
import { writeCell } from '../people/audit.ts';

/** A line by its number as people count: of a CSV file that of the file, of JSON the place in the list. */
export type NumberedLine = { line: number; content: ThresholdLine };

const FACTS = ['rule', 'unit', 'level', 'from', 'to'] as const;
const COLUMNS: readonly string[] = [...FACTS, ...OVERRIDE_FIELDS, 'reason'];

/** The table as a file for spreadsheets; its mark tells them that it is UTF-8. */
export function writeTable(lines: readonly Required<ThresholdLine>[]): string {
  const rows = lines.map((line) => {
    const facts = FACTS.map((name) => line[name] ?? '');
    const values = OVERRIDE_FIELDS.map((field) => statedBy(line.values, field) ?? '');
    return [...facts, ...values, line.reason].map(writeCell).join(',');
  });
  return `\uFEFF${[COLUMNS.join(','), ...rows].join('\r\n')}\r\n`;
}

const refuseFile = (reason: string, { line, ...said }: Said & { line?: number }) =>
  new AppError(
    'unprocessable',
    'This is no table of thresholds.',
    [{ ...(line === undefined ? {} : { index: line }), field: 'text', reason, ...said }],
    { says: { code: 'noTable' } },
  );

/** A cell without the mark that keeps spreadsheets from reading it as a formula. */
const plain = (cell: string) => (/^'[=+\-@]/.test(cell) ? cell.slice(1) : cell);

/** A number as spreadsheets write it, here or elsewhere: with a point or a comma. */
const readNumber = (cell: string): number | string => {
  const text = cell.replace(',', '.');
  return text !== '' && Number.isFinite(Number(text)) ? Number(text) : cell;
};

type Cells = Record<string, string>;

/** A row as a line would be written in JSON; empty cells say nothing. */
function toContent(cells: Cells): Record<string, unknown> {
  const textOf = (name: string) => plain((cells[name] ?? '').trim());
  const values: Record<string, unknown> = {};
  for (const field of OVERRIDE_FIELDS) {
    const cell = textOf(field);
    if (cell !== '') place(values, field, cell);
  }
  const named = [...FACTS, 'reason'].flatMap((name) => {
    const text = textOf(name);
    return text === '' ? [] : [[name, text] as const];
  });
  return { ...Object.fromEntries(named), values };
}

function place(values: Record<string, unknown>, field: OverrideField, cell: string): void {
  if (field === 'isOff') values.isOff = ['1', 'true'].includes(cell.toLowerCase()) ? true : cell;
  else if (field === 'minimum') values.minimum = readNumber(cell);
  else {
    const [key = '', severity = ''] = field.split('.');
    values[key] = { ...(values[key] as object | undefined), [severity]: readNumber(cell) };
  }
}

function checkHeader(header: readonly string[]): string[] {
  const names = header.map((name) => name.trim());
  const unknown = names.find((name) => !COLUMNS.includes(name));
  if (unknown !== undefined)
    throw refuseFile(`has a column ${unknown}, which nobody knows`, {
      ...{ line: 1, code: 'column', params: { column: unknown.slice(0, 60) } },
    });
  if (new Set(names).size < names.length)
    throw refuseFile('has a column twice', { line: 1, code: 'columnTwice' });
  if (!names.includes('rule') || !names.includes('unit'))
    throw refuseFile('needs the columns rule and unit', { line: 1, code: 'columnMissing' });
  return names;
}

/** A row; of one whose cells are not as many as the header's the parser says so. */
type Row = { record: Cells; info: { lines: number; error?: CsvError } };

/** A line as it was read; `isRagged`: with more or fewer cells than the header. */
type ReadLine = { line: number; content: unknown; isRagged?: boolean };

function readCsv(text: string): ReadLine[] {
  const [head = ''] = text.split(/\r?\n/, 1);
  const delimiter = head.includes(';') && !head.includes(',') ? ';' : head.includes('\t') ? '\t' : ',';
  try {
    const rows = parse(text, {
      ...{ bom: true, columns: checkHeader, delimiter, info: true, skip_empty_lines: true },
      relax_column_count: true,
    }) as unknown as Row[];
    return rows.map(({ record, info }) => ({
      ...{ line: info.lines, content: toContent(record), isRagged: info.error !== undefined },
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

function check({ line, content, isRagged }: ReadLine, faults: Faults): NumberedLine[] {
  if (isRagged) {
    const reason = 'has more or fewer cells than the header';
    faults.note({ index: line, field: 'line', reason, code: 'cells' });
    return [];
  }
  const parsed = ThresholdLine.safeParse(content);
  if (parsed.success) return [{ line, content: parsed.data }];
  for (const issue of parsed.error.issues)
    faults.note({
      ...{ index: line, field: issue.path.join('.') || 'line', reason: issue.message },
      ...codeOfIssue(issue),
    });
  return [];
}

/** The lines of a table. AppError `unprocessable` names every line that is none, with field and reason; of all the others too. */
export function readTable(format: 'json' | 'csv', text: string): NumberedLine[] {
  const read = format === 'csv' ? readCsv(text) : readJson(text);
  const faults = createFaults();
  const lines = read.flatMap((line) => check(line, faults));
  faults.raise('unprocessable', 'Some lines cannot be read; none was taken.', { code: 'tableLines' });
  if (lines.length === 0) throw refuseFile('has no lines', { code: 'noLines' });
  return lines;
}
