import { AppError } from '../errors.ts';

/** The cells of a row by column name; the names are those of the header row, trimmed. */
export type Header = { names: readonly string[]; toCells(texts: readonly string[]): Map<string, string> };

/** The header of a table. Throws AppError when a wanted column is not there, or twice. */
export function readHeader(texts: readonly string[], columns: readonly string[]): Header {
  const names = texts.map((text) => text.trim());
  const missing = columns.filter((column) => !names.includes(column.trim()));
  if (missing.length > 0) {
    const found = names.filter((name) => name !== '').join(' | ');
    const hint = names.length === 1 ? ' (one column only: is file.delimiter right?)' : '';
    throw new AppError(
      'badInput',
      `the file has no column ${missing.join(', ')}; its columns are: ${found}${hint}`,
    );
  }
  const twice = columns.find((column) => names.indexOf(column.trim()) !== names.lastIndexOf(column.trim()));
  if (twice !== undefined) throw new AppError('badInput', `the file has two columns called ${twice}`);
  const wanted = columns.map((column) => ({ column, index: names.indexOf(column.trim()) }));
  return { names, toCells: (row) => new Map(wanted.map(({ column, index }) => [column, row[index] ?? ''])) };
}
