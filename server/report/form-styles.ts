import type { CellStyle } from 'hucre/xlsx';

/** Official papers are set in this face. */
export const FACE = 'Times New Roman';

const side = { style: 'thin', color: { rgb: '000000' } } as const;
const border = { top: side, right: side, bottom: side, left: side };
const font = { name: FACE, size: 11 };
const wrapped = { wrapText: true, vertical: 'center' } as const;

/** How the parts of a form look. */
export const LOOKS = {
  code: { font: { ...font, bold: true }, alignment: { ...wrapped, horizontal: 'left' } },
  plain: { font, alignment: { ...wrapped, horizontal: 'left' } },
  title: { font: { ...font, size: 13, bold: true }, alignment: { ...wrapped, horizontal: 'center' } },
  period: { font: { ...font, bold: true }, alignment: { ...wrapped, horizontal: 'center' } },
  days: { font: { ...font, italic: true }, alignment: { ...wrapped, horizontal: 'center' } },
  unitOfCount: { font: { ...font, italic: true }, alignment: { ...wrapped, horizontal: 'right' } },
  head: { font: { ...font, bold: true }, border, alignment: { ...wrapped, horizontal: 'center' } },
  columnNumber: {
    font: { ...font, size: 9, italic: true },
    border,
    alignment: { ...wrapped, horizontal: 'center' },
  },
  rowNumber: { font, border, alignment: { ...wrapped, horizontal: 'center' } },
  name: { font, border, alignment: { ...wrapped, horizontal: 'left' } },
  count: { font, border, numFmt: '#,##0', alignment: { vertical: 'center', horizontal: 'right' } },
  sum: {
    font: { ...font, bold: true },
    border,
    numFmt: '#,##0',
    alignment: { vertical: 'center', horizontal: 'right' },
  },
  totalName: { font: { ...font, bold: true }, border, alignment: { ...wrapped, horizontal: 'center' } },
  rate: {
    font: { ...font, bold: true },
    border,
    numFmt: '0.00%',
    alignment: { vertical: 'center', horizontal: 'right' },
  },
  noteHead: { font: { ...font, bold: true }, alignment: { ...wrapped, horizontal: 'left' } },
  note: { font: { ...font, size: 10 }, alignment: { ...wrapped, horizontal: 'left', vertical: 'top' } },
} as const satisfies Record<string, CellStyle>;

/** The look of a count; shares of divided units keep their decimals. */
export const lookOfCount = (style: CellStyle, value: number | string): CellStyle =>
  typeof value === 'number' && !Number.isInteger(value) ? { ...style, numFmt: '#,##0.00' } : style;
