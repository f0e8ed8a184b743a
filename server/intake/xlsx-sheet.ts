import type { Readable } from 'node:stream';
import { wordError } from './quote.ts';
import { type Book, unescapeText } from './xlsx-book.ts';
import { textOfSerial, writeByPattern } from './xlsx-format.ts';
import { walkXml, type XmlHandler } from './xlsx-zip.ts';

/** A cell as read. `fault`: why it cannot be used; the text of an error is its name. `isNumber`: a number that no format gives a written form. */
export type SheetCell = { text: string; fault: string | undefined; isNumber: boolean };
/** A row as it stands in the sheet: its cells by column, from 0. */
export type SheetRow = { number: number; isHidden: boolean; cells: Map<number, SheetCell> };

/** A range of merged cells: columns from 0, rows from 1, ends included. */
export type Range = { left: number; top: number; right: number; bottom: number };

type Open = { type: string; style: number; value: string | undefined; inline: string; hasFormula: boolean };

/** The column of a cell's address, from 0; -1 where there is none. */
export function columnOf(address: string): number {
  let column = 0;
  for (const letter of /^[A-Z]*/i.exec(address)?.[0].toUpperCase() ?? '')
    column = column * 26 + letter.charCodeAt(0) - 64;
  return column - 1;
}

/** The letters of a column from 0: A, Z, AA. */
export function lettersOf(column: number): string {
  const rest = Math.floor(column / 26);
  return (rest > 0 ? lettersOf(rest - 1) : '') + String.fromCharCode(65 + (column % 26));
}

function plain(text: string): SheetCell {
  return { text, fault: undefined, isNumber: false };
}

function faulty(fault: string): SheetCell {
  return { text: '', fault, isNumber: false };
}

function readNumber(raw: string, style: number, book: Book): SheetCell {
  const value = Number(raw);
  if (!Number.isFinite(value)) return faulty(`holds ${raw}, which is no number`);
  const format = book.formats[style];
  if (format?.kind === 'date')
    return plain(textOfSerial(value, { is1904: book.is1904, hasHours: format.hasHours }));
  const shown = format?.pattern === undefined ? undefined : writeByPattern(value, format.pattern);
  return shown === undefined ? { text: String(value), fault: undefined, isNumber: true } : plain(shown);
}

/** A date cell of a Strict workbook: local ISO text, bare at midnight, an hour alone on day 0; one with an offset keeps it. */
function readIsoCell(raw: string): string {
  const bare = raw.replace(/^(\d{4}-\d\d-\d\d)T00:00(:00(\.0+)?)?$/, '$1');
  return bare.replace(/^(1899-12-3[01]|1904-01-01)?T/, '');
}

const NO_VALUE =
  'is a formula without a kept value: open the workbook in a spreadsheet, save it, import again';

function readShared(index: string, book: Book): SheetCell {
  const text = book.texts[Number(index)];
  return text === undefined ? faulty(`names the shared text ${index}, which is not there`) : plain(text);
}

function isOn(flag: string | undefined): boolean {
  return flag === '1' || flag === 'true';
}

function settleCell({ type, style, value, inline, hasFormula }: Open, book: Book): SheetCell | undefined {
  if (hasFormula && (value === undefined || (value === '' && type !== 'str'))) return faulty(NO_VALUE);
  if (type === 'inlineStr') return plain(unescapeText(inline));
  if (value === undefined) return undefined;
  if (type === 'str') return plain(unescapeText(value));
  if (type === 'e') return { ...plain(value), fault: wordError(value) };
  if (value.trim() === '') return undefined;
  if (type === 's') return readShared(value, book);
  if (type === 'b') return plain(String(isOn(value.trim())));
  return type === 'd' ? plain(readIsoCell(value.trim())) : readNumber(value.trim(), style, book);
}

/** Where the reading of a sheet stands. */
type Reading = {
  book: Book;
  rows: SheetRow[];
  row: SheetRow;
  column: number;
  cell: Open | undefined;
  into: 'value' | 'inline' | undefined;
  isPhonetic: boolean;
};
type Attribute = (name: string) => string | undefined;

const OPEN: Readonly<Record<string, (reading: Reading, attribute: Attribute) => void>> = {
  row(reading, attribute) {
    const number = Number(attribute('r') ?? reading.row.number + 1);
    reading.row = { number, isHidden: isOn(attribute('hidden')), cells: new Map() };
    reading.column = -1;
  },
  c(reading, attribute) {
    const address = attribute('r');
    reading.column = address === undefined ? reading.column + 1 : columnOf(address);
    const style = Number(attribute('s') ?? 0);
    reading.cell = { type: attribute('t') ?? 'n', style, value: undefined, inline: '', hasFormula: false };
  },
  v(reading) {
    if (reading.cell) reading.cell.value = '';
    reading.into = 'value';
  },
  t(reading) {
    reading.into = reading.isPhonetic ? undefined : 'inline';
  },
  f(reading) {
    if (reading.cell) reading.cell.hasFormula = true;
  },
  rPh(reading) {
    reading.isPhonetic = true;
  },
};

const CLOSE: Readonly<Record<string, (reading: Reading) => void>> = {
  row: (reading) => void reading.rows.push(reading.row),
  c(reading) {
    const settled = reading.cell && settleCell(reading.cell, reading.book);
    if (settled) reading.row.cells.set(reading.column, settled);
    reading.cell = undefined;
  },
  v(reading) {
    reading.into = undefined;
  },
  t(reading) {
    reading.into = undefined;
  },
  rPh(reading) {
    reading.isPhonetic = false;
  },
};

/** Collects the rows of a sheet as its XML goes by. */
function createCollector(book: Book): XmlHandler & { take(): SheetRow[] } {
  const row: SheetRow = { number: 0, isHidden: false, cells: new Map() };
  const reading: Reading = {
    book,
    rows: [],
    row,
    column: -1,
    cell: undefined,
    into: undefined,
    isPhonetic: false,
  };
  return {
    open: (name, attribute) => OPEN[name]?.(reading, attribute),
    text(text) {
      if (reading.cell && reading.into) reading.cell[reading.into] += text;
    },
    close: (name) => CLOSE[name]?.(reading),
    take: () => reading.rows.splice(0),
  };
}

/** The rows of a sheet in order; holds those of one piece of the file at a time. */
export async function* readSheetRows(stream: Readable, book: Book): AsyncGenerator<SheetRow> {
  const collector = createCollector(book);
  for await (const _piece of walkXml(stream, collector)) yield* collector.take();
  yield* collector.take();
}

/** The merged ranges of a sheet, topmost first. They stand behind the rows, so a sheet is read once for them alone. */
export async function readMerged(stream: Readable): Promise<Range[]> {
  const ranges: Range[] = [];
  let held = '';
  for await (const bytes of stream) {
    const text = held + (bytes as Buffer).toString('latin1');
    let end = 0;
    for (const match of text.matchAll(
      /<(?:\w+:)?mergeCell\s[^>]*?ref\s*=\s*["']([A-Z]+)(\d+):([A-Z]+)(\d+)["'][^>]*>/gi,
    )) {
      const [, from = '', top, to = '', bottom] = match;
      ranges.push({ left: columnOf(from), top: Number(top), right: columnOf(to), bottom: Number(bottom) });
      end = match.index + match[0].length;
    }
    held = text.slice(Math.max(end, text.length - 200));
  }
  return ranges.sort((a, b) => a.top - b.top);
}

function fillRange(row: SheetRow, { left, right }: Range, cell: SheetCell | undefined): void {
  if (!cell) return;
  for (let column = left; column <= right; column += 1) {
    if (!row.cells.has(column)) row.cells.set(column, cell);
  }
}

/**
 * Fills the cells of merged ranges with the value of the first: call it for each row in order. A header is filled downwards
 * alone: a name over several columns is that of the first.
 */
export function createMergeFiller(ranges: readonly Range[]): (row: SheetRow, as: 'header' | 'row') => void {
  let next = 0;
  let active: { range: Range; cell: SheetCell | undefined }[] = [];
  return (row, as) => {
    for (let range = ranges[next]; range && range.top <= row.number; range = ranges[next]) {
      active.push({ range, cell: row.number === range.top ? row.cells.get(range.left) : undefined });
      next += 1;
    }
    active = active.filter(({ range }) => range.bottom >= row.number);
    for (const { range, cell } of active)
      fillRange(row, as === 'header' ? { ...range, right: range.left } : range, cell);
  };
}
