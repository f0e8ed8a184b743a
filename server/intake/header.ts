import { cleanText, keyOfText } from '../../shared/text.ts';
import { AppError } from '../errors.ts';

/** Where the wanted columns stand in the rows of a table; the names are those of the header row, clean. */
export type Header = {
  names: readonly string[];
  wanted: readonly { column: string; index: number }[];
  toCells(texts: readonly string[]): Map<string, string>;
};

/** The places of a wanted name: those that read the same, or of these the one written the same where there are several. */
function findPlaces(names: readonly string[], column: string): number[] {
  const key = keyOfText(column);
  const places = names.flatMap((name, index) => (keyOfText(name) === key ? [index] : []));
  const exact = places.filter((index) => names[index] === cleanText(column));
  return places.length > 1 && exact.length === 1 ? exact : places;
}

function hintOfEncoding(encoding: string): string {
  if (/^utf/i.test(encoding)) return '';
  return ` (read as ${encoding}: is file.encoding right? Convert a file in TCVN3 to UTF-8 first)`;
}

/** The header of a table. Throws AppError when a wanted column is not there, or twice. */
export function readHeader(texts: readonly string[], columns: readonly string[], encoding = 'utf-8'): Header {
  const names = texts.map(cleanText);
  const found = columns.map((column) => ({ column, places: findPlaces(names, column) }));
  const missing = found.filter(({ places }) => places.length === 0).map(({ column }) => column);
  if (missing.length > 0) {
    const there = names.filter((name) => name !== '').join(' | ');
    const hint =
      names.length === 1 ? ' (one column only: is file.delimiter right?)' : hintOfEncoding(encoding);
    throw new AppError(
      'badInput',
      `the file has no column ${missing.join(', ')}; its columns are: ${there}${hint}`,
    );
  }
  const twice = found.find(({ places }) => places.length > 1);
  if (twice) throw new AppError('badInput', `the file has two columns called ${twice.column}`);
  const wanted = found.map(({ column, places }) => ({ column, index: places[0] ?? 0 }));
  return {
    names,
    wanted,
    toCells: (row) => new Map(wanted.map(({ column, index }) => [column, row[index] ?? ''])),
  };
}
