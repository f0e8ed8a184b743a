import { type Cell, type CellStyle, cellRef, type MergeRange, type WriteSheet } from 'hucre/xlsx';

/** What stands in a cell. A text stays a text, whatever it begins with; a formula brings the value it has. */
export type Content =
  | { text: string }
  | { number: number }
  | { formula: string; result: number | string }
  | { blank: true };

/** Where something stands, counted from 0, and over how many rows and columns it reaches. */
export type Place = { row: number; column: number; rows?: number; columns?: number };

/** A sheet in the making. */
export type Grid = {
  put(place: Place, content: Content, style: CellStyle): void;
  setHeight(row: number, points: number): void;
  finish(): Pick<WriteSheet, 'cells' | 'merges' | 'rowDefs'>;
};

/** Texts of this form are read as errors unless they are written as rich text. */
const LIKE_ERROR = /^#/;

function toCell(content: Content, style: CellStyle): Partial<Cell> {
  if ('number' in content) return { value: content.number, style };
  if ('formula' in content) return { formula: content.formula, formulaResult: content.result, style };
  if ('blank' in content) return { style };
  const { text } = content;
  return LIKE_ERROR.test(text) ? { richText: [{ text }], style } : { value: text, style };
}

/** An empty sheet. What reaches over several cells is merged, with its borders all around. */
export function createGrid(): Grid {
  const cells = new Map<string, Partial<Cell>>();
  const merges: MergeRange[] = [];
  const rowDefs = new Map<number, { height: number }>();
  return {
    put({ row, column, rows = 1, columns = 1 }, content, style) {
      const [endRow, endCol] = [row + rows - 1, column + columns - 1];
      for (let r = row; r <= endRow; r++)
        for (let c = column; c <= endCol; c++) cells.set(`${r},${c}`, { style });
      cells.set(`${row},${column}`, toCell(content, style));
      if (rows * columns > 1) merges.push({ startRow: row, startCol: column, endRow, endCol });
    },
    setHeight: (row, points) => rowDefs.set(row, { height: points }),
    finish: () => ({ cells, merges, rowDefs }),
  };
}

/** How formulas name a cell: `C10`. */
export const nameOfCell = ({ row, column }: Pick<Place, 'row' | 'column'>): string => cellRef(row, column);
