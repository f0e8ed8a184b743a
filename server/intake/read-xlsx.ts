import { isSameText } from '../../shared/text.ts';
import { AppError } from '../errors.ts';
import { type Header, readHeader } from './header.ts';
import type { FileFormat } from './mapping.ts';
import type { ReadInput, ReadRow } from './read.ts';
import { readBook, type Sheet } from './xlsx-book.ts';
import { createMergeFiller, lettersOf, readMerged, readSheetRows, type SheetRow } from './xlsx-sheet.ts';
import { openPackage, type Package } from './xlsx-zip.ts';

/** The sheet by its name, hidden or not, or by its number among the tabs that can be seen. */
function chooseSheet(sheets: readonly Sheet[], wanted: FileFormat['sheet']): Sheet {
  const shown = sheets.filter((sheet) => !sheet.isHidden);
  const sheet =
    typeof wanted === 'number' ? shown[wanted - 1] : sheets.find(({ name }) => isSameText(name, wanted));
  if (sheet) return sheet;
  const names = sheets.map(({ name, isHidden }) => (isHidden ? `${name} (hidden)` : name)).join(' | ');
  if (typeof wanted === 'number' && shown.length === 0 && sheets.length > 0)
    throw new AppError('badInput', `every sheet of the file is hidden: name one in file.sheet: ${names}`);
  throw new AppError('badInput', `the file has no sheet ${wanted}; its sheets are: ${names}`);
}

function listTexts(row: SheetRow): string[] {
  const texts: string[] = [];
  for (const [column, { text }] of row.cells) texts[column] = text;
  return Array.from(texts, (text) => text ?? '');
}

function isBlank(row: SheetRow): boolean {
  return [...row.cells.values()].every(({ text, fault }) => fault === undefined && text.trim() === '');
}

function toRow(row: SheetRow, header: Header): ReadRow {
  const cells = new Map<string, string>();
  const faults = new Map<string, string>();
  const numbers = new Set<string>();
  for (const { column, index } of header.wanted) {
    const cell = row.cells.get(index);
    cells.set(column, cell?.text ?? '');
    if (cell?.fault !== undefined) faults.set(column, `cell ${lettersOf(index)}${row.number} ${cell.fault}`);
    if (cell?.isNumber) numbers.add(column);
  }
  return { line: row.number, cells, faults, numbers };
}

/** The rows of the wanted sheet from its header on, merged cells filled. */
async function* openSheet(parts: Package, format: FileFormat): AsyncGenerator<SheetRow> {
  const book = await readBook(parts);
  const sheet = chooseSheet(book.sheets, format.sheet);
  const merged = format.merged === 'fill' ? await parts.read(sheet.part) : undefined;
  const fill = createMergeFiller(merged ? await readMerged(merged) : []);
  const stream = await parts.read(sheet.part);
  if (!stream) throw new AppError('badInput', `the file lacks the rows of its sheet ${sheet.name}`);
  let as: 'header' | 'row' = 'header';
  for await (const row of readSheetRows(stream, book)) {
    fill(row, as);
    if (row.number < format.headerRow) continue;
    as = 'row';
    yield row;
  }
}

async function* readRows({ path, format, columns }: ReadInput): AsyncGenerator<ReadRow> {
  const parts = await openPackage(path);
  try {
    let header: Header | undefined;
    for await (const row of openSheet(parts, format)) {
      if (!header) header = readHeader(listTexts(row), columns);
      else if (!isBlank(row) && !(row.isHidden && format.hiddenRows === 'skip')) yield toRow(row, header);
    }
    if (!header) throw new AppError('badInput', 'the sheet has no header row');
  } finally {
    parts.close();
  }
}

/**
 * The rows of one sheet of an XLSX file; `line` is the row's number. Dates are the wall clock of the sheet, merged cells
 * hold for their whole range, a number is written as its format shows it where that only places its digits.
 */
export async function* readXlsx(input: ReadInput): AsyncGenerator<ReadRow> {
  try {
    yield* readRows(input);
  } catch (error) {
    if (error instanceof AppError || (error instanceof Error && 'syscall' in error)) throw error;
    const reason = error instanceof Error ? error.message : '';
    throw new AppError('badInput', `the file cannot be read as XLSX: ${reason}`);
  }
}
