import { pipeline, type Readable } from 'node:stream';
import { type CsvError, type Info, parse } from 'csv-parse';
import { cleanText } from '../../shared/text.ts';
import { AppError } from '../errors.ts';
import { type Header, readHeader } from './header.ts';
import type { FileFormat } from './mapping.ts';
import { quote } from './quote.ts';
import type { ReadRow, TextInput } from './read.ts';

/** The longest row: a quote that is never closed must not swallow a whole file into memory. */
const ROW_BYTES = 4 * 1024 * 1024;

/** A file's text in pieces, without byte order mark; throws AppError where the bytes are not in the encoding. */
export async function* decode(stream: Readable, encoding: string): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding, { fatal: true });
  const next = (bytes?: Uint8Array) => {
    try {
      return bytes ? decoder.decode(bytes, { stream: true }) : decoder.decode();
    } catch {
      throw new AppError(
        'badInput',
        `the file is not written in ${encoding}: set file.encoding in the mapping (utf-16le, windows-1258; convert TCVN3 to UTF-8 first)`,
      );
    }
  };
  for await (const bytes of stream) yield next(bytes as Uint8Array);
  yield next();
}

/** Line ends as one character: the parser counts CR LF inside a cell as two lines. */
async function* normalise(texts: AsyncIterable<string>): AsyncGenerator<string> {
  let held = '';
  for await (const text of texts) {
    const whole = held + text;
    held = whole.endsWith('\r') ? '\r' : '';
    yield whole.slice(0, whole.length - held.length).replaceAll('\r\n', '\n');
  }
  yield held;
}

const WORDS: Readonly<Record<string, string>> = {
  CSV_QUOTE_NOT_CLOSED: 'a quote opens here or below and is never closed; everything from here on is lost',
  INVALID_OPENING_QUOTE: 'a quote stands inside a cell that does not begin with one',
  CSV_INVALID_CLOSING_QUOTE: 'text follows a closing quote',
  CSV_MAX_RECORD_SIZE: 'a row that begins here is longer than 4 MiB: probably a quote that is never closed',
};

type Skipped = { code: string; line: number; reason: string };

function wordSkip({ code, lines, message }: CsvError): Skipped {
  return { code, line: typeof lines === 'number' ? lines : 0, reason: WORDS[code] ?? message };
}

function createParser(format: FileFormat, skipped: Skipped[]) {
  return parse({
    delimiter: format.delimiter ?? ',',
    info: true,
    relax_column_count: true,
    skip_empty_lines: true,
    skip_records_with_error: true,
    max_record_size: ROW_BYTES,
    on_skip: (error) => {
      if (error) skipped.push(wordSkip(error));
    },
  });
}

function* takeSkipped(skipped: Skipped[], last: number, before: number): Generator<ReadRow> {
  for (let first = skipped[0]; first && first.line < before; first = skipped[0]) {
    skipped.shift();
    if (first.code === 'CSV_MAX_RECORD_SIZE')
      throw new AppError('badInput', `line ${last + 1}: ${first.reason}`);
    yield { line: first.code === 'CSV_QUOTE_NOT_CLOSED' ? last + 1 : first.line, reason: first.reason };
  }
}

function toRow(
  record: readonly string[],
  header: Header,
  given: { line: number; format: FileFormat },
): ReadRow {
  const { line, format } = given;
  const width = header.names.length;
  if (record.length === width) return { line, cells: header.toCells(record) };
  const reason = `has ${record.length} cells where the header has ${width}`;
  if (!format.ragged)
    return {
      line,
      reason: `${reason} ("ragged": true in file of the mapping takes empty cells too many or too few)`,
    };
  const surplus = record.slice(width).find((cell) => cleanText(cell) !== '');
  if (surplus === undefined) return { line, cells: header.toCells(record) };
  return { line, reason: `${reason}, and one too many says ${quote(surplus)}` };
}

/** The rows of a CSV file; `line` is the last line of the row. Rows that break the format are given with the reason. */
export async function* readCsv({ stream, format, columns }: TextInput): AsyncGenerator<ReadRow> {
  const skipped: Skipped[] = [];
  const parser = createParser(format, skipped);
  // An error of the source or of the decoding ends the parser with it; the loop below throws it.
  pipeline(normalise(decode(stream, format.encoding)), parser, () => undefined);
  let header: Header | undefined;
  let line = 0;
  for await (const { record, info } of parser as AsyncIterable<{ record: string[]; info: Info }>) {
    yield* takeSkipped(skipped, line, info.lines);
    line = info.lines;
    if (line < format.headerRow) continue;
    if (header) yield toRow(record, header, { line, format });
    else header = readHeader(record, columns, format.encoding);
  }
  yield* takeSkipped(skipped, line, Number.POSITIVE_INFINITY);
  if (!header) throw new AppError('badInput', 'the file has no header row');
}
