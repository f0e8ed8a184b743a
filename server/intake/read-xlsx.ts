import exceljs from 'exceljs';
import { AppError } from '../errors.ts';
import { type Header, readHeader } from './header.ts';
import type { ReadInput, ReadRow } from './read.ts';

/** An Excel date as local ISO text without offset; one at midnight is a bare date. */
function textOfDate(date: Date): string {
  if (Number.isNaN(date.getTime())) return '';
  const text = new Date(Math.round(date.getTime() / 1000) * 1000).toISOString();
  return text.endsWith('T00:00:00.000Z') ? text.slice(0, 10) : text.slice(0, 19);
}

function textOfCell(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (value instanceof Date) return textOfDate(value);
  if (typeof value !== 'object') return String(value);
  if ('result' in value) return textOfCell(value.result);
  if ('error' in value) return String(value.error);
  if ('richText' in value && Array.isArray(value.richText)) {
    return value.richText.map((part: { text?: unknown }) => String(part.text ?? '')).join('');
  }
  return 'text' in value ? textOfCell(value.text) : '';
}

function textsOfRow(row: exceljs.Row): string[] {
  const texts: string[] = [];
  for (let column = 1; column <= row.cellCount; column += 1)
    texts.push(textOfCell(row.getCell(column).value));
  return texts;
}

function nameOf(sheet: object): string {
  return 'name' in sheet ? String(sheet.name) : '';
}

function openBook({ stream }: ReadInput): exceljs.stream.xlsx.WorkbookReader {
  return new exceljs.stream.xlsx.WorkbookReader(stream, {
    entries: 'ignore',
    hyperlinks: 'ignore',
    sharedStrings: 'cache',
    styles: 'cache',
    worksheets: 'emit',
  });
}

async function* readSheet(rows: AsyncIterable<exceljs.Row>, input: ReadInput): AsyncGenerator<ReadRow> {
  let header: Header | undefined;
  for await (const row of rows) {
    if (row.number < input.format.headerRow) continue;
    const texts = textsOfRow(row);
    if (!header) header = readHeader(texts, input.columns);
    else if (texts.some((text) => text.trim() !== ''))
      yield { line: row.number, cells: header.toCells(texts) };
  }
  if (!header) throw new AppError('badInput', 'the sheet has no header row');
}

/** The rows of one sheet of an XLSX file; `line` is the row's number; dates are the wall clock of the sheet. */
export async function* readXlsx(input: ReadInput): AsyncGenerator<ReadRow> {
  const wanted = input.format.sheet;
  const names: string[] = [];
  try {
    for await (const sheet of openBook(input)) {
      names.push(nameOf(sheet));
      const isWanted = typeof wanted === 'number' ? names.length === wanted : names.at(-1) === wanted;
      if (isWanted) yield* readSheet(sheet, input);
      else for await (const _row of sheet);
      if (isWanted) return;
    }
  } catch (error) {
    if (error instanceof AppError) throw error;
    throw new AppError(
      'badInput',
      `the file cannot be read as XLSX: ${error instanceof Error ? error.message : ''}`,
    );
  }
  throw new AppError('badInput', `the file has no sheet ${wanted}; its sheets are: ${names.join(' | ')}`);
}
