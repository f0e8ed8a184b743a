import { createReadStream, type ReadStream } from 'node:fs';
import { extname } from 'node:path';
import { AppError } from '../errors.ts';
import type { FileRow } from './map-row.ts';
import type { FileFormat } from './mapping.ts';
import { readCsv } from './read-csv.ts';
import { readNdjson } from './read-ndjson.ts';
import { readXlsx } from './read-xlsx.ts';

/** A line of a file: its cells, or why it cannot be read. */
export type ReadRow = FileRow | { line: number; reason: string };
/** A file's rows in order, read as they are asked for, and how many of its bytes have been read, where that is known. */
export type RowStream = { rows: AsyncIterable<ReadRow>; bytesRead(): number | undefined };
/** What every reader needs: where the file is, how it is written, and the columns that must be there. */
export type ReadInput = { path: string; format: FileFormat; columns: readonly string[] };
/** What a reader of text files needs besides. */
export type TextInput = ReadInput & { stream: ReadStream };

const FORMATS: Readonly<Record<string, 'csv' | 'xlsx' | 'ndjson'>> = {
  '.csv': 'csv',
  '.tsv': 'csv',
  '.txt': 'csv',
  '.xlsx': 'xlsx',
  '.xlsm': 'xlsx',
  '.ndjson': 'ndjson',
  '.jsonl': 'ndjson',
};

/** Opens a CSV, XLSX or NDJSON file; never holds more than a few rows. Throws AppError when it is none of them. */
export function openRows(
  path: string,
  options: { format: FileFormat; columns: readonly string[] },
): RowStream {
  const ending = extname(path).toLowerCase();
  const format = options.format.format ?? FORMATS[ending];
  if (!format)
    throw new AppError('badInput', `${ending || path} is no known ending: set file.format in the mapping`);
  const delimiter = options.format.delimiter ?? (ending === '.tsv' ? '\t' : ',');
  const input = { path, format: { ...options.format, delimiter }, columns: options.columns };
  if (format === 'xlsx') return { rows: readXlsx(input), bytesRead: () => undefined };
  const stream = createReadStream(path);
  const read = { csv: readCsv, ndjson: readNdjson }[format];
  return { rows: read({ ...input, stream }), bytesRead: () => stream.bytesRead };
}
