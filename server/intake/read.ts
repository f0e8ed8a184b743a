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
/** A file's rows in order, read as they are asked for, and how many of its bytes have been read. */
export type RowStream = { rows: AsyncIterable<ReadRow>; bytesRead(): number };
/** What a reader needs: the file as a stream, how it is written, and the columns that must be there. */
export type ReadInput = { stream: ReadStream; format: FileFormat; columns: readonly string[] };

const FORMATS: Readonly<Record<string, 'csv' | 'xlsx' | 'ndjson'>> = {
  '.csv': 'csv',
  '.tsv': 'csv',
  '.txt': 'csv',
  '.xlsx': 'xlsx',
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
  const stream = createReadStream(path);
  const delimiter = options.format.delimiter ?? (ending === '.tsv' ? '\t' : ',');
  const input = { stream, format: { ...options.format, delimiter }, columns: options.columns };
  const read = { csv: readCsv, xlsx: readXlsx, ndjson: readNdjson }[format];
  return { rows: read(input), bytesRead: () => stream.bytesRead };
}
