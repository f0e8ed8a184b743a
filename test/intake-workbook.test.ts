import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { createMapper, type MappedRow } from '../server/intake/map-row.ts';
import { listColumns } from '../server/intake/mapping-check.ts';
import { openRows } from '../server/intake/read.ts';
import { bookOf, rowOf, type TestBook, zipOf } from './intake-book.ts';
import { FIELDS, mappingOf, summarise } from './intake-rows.ts';

const folder = mkdtempSync(join(tmpdir(), 'workbook-'));
afterAll(() => rmSync(folder, { recursive: true }));

let written = 0;

async function readFile(bytes: Uint8Array, parts: object = {}): Promise<MappedRow[]> {
  written += 1;
  const path = join(folder, `${written}.xlsx`);
  writeFileSync(path, bytes);
  const mapping = mappingOf({ zone: 'UTC', ...parts });
  const map = createMapper(mapping);
  const mapped: MappedRow[] = [];
  for await (const row of openRows(path, { format: mapping.file, columns: listColumns(mapping) }).rows)
    if ('cells' in row) mapped.push(map(row));
  return mapped;
}

const readBook = (book: TestBook, parts?: object) => readFile(bookOf(book), parts);
const readRows = (rows: string, book: Partial<TestBook> = {}, parts?: object) =>
  readBook({ sheets: [{ name: 'Data', rows }], ...book }, parts);

const HEAD = rowOf(1, ['no', 'way', 'in']);
const date = (serial: number | string, more = '') => `<c s="1"${more}><v>${serial}</v></c>`;
const DATES = {
  patterns: ['dd/mm/yyyy', 'dd/mm/yyyy hh:mm', '00000', '0.000000', '#,##0.00', '[$-42A]h:mm:ss AM/PM'],
};
/** A workbook whose texts are shared and whose dates are styled, of which a hundred readings must give one answer. */
const SHARED =
  '<si><t>no</t></si><si><t>way</t></si><si><t>in</t></si>' +
  '<si><r><t>C</t></r><r><rPr><b/></rPr><t xml:space="preserve">-1 </t></r><rPh sb="0" eb="1"><t>x</t></rPh></si>' +
  '<si><t>De_x0073_k</t></si>';
const SHARED_ROWS =
  rowOf(1, ['<c t="s"><v>0</v></c>', '<c t="s"><v>1</v></c>', '<c t="s"><v>2</v></c>']) +
  Array.from({ length: 400 }, (_, at) =>
    rowOf(at + 2, ['<c t="s"><v>3</v></c>', '<c t="s"><v>4</v></c>', date(46_083)]),
  ).join('');

test('a workbook that begins with its rows gives one answer a hundred times, packed or not', async () => {
  for (const isStored of [true, false]) {
    const bytes = bookOf({
      sheets: [{ name: 'Data', rows: SHARED_ROWS }],
      texts: SHARED,
      isStored,
      ...DATES,
    });
    const answers = new Set<string>();
    for (let time = 0; time < 50; time += 1) answers.add(JSON.stringify(summarise(await readFile(bytes))));
    expect(answers.size).toBe(1);
    const rows = JSON.parse([...answers][0] ?? '') as string[][];
    expect([rows.length, rows[0], rows[399]]).toEqual([
      400,
      ['C-1 2 2026-03-02T00:00:00.000Z'],
      ['C-1 2 2026-03-02T00:00:00.000Z'],
    ]);
  }
});

test('dates are read by their format, in both calendars, as ISO cells, and from formulas that keep a value', async () => {
  const rows = [
    rowOf(2, ['day', 'Desk', date(46_083)]),
    rowOf(3, ['hour', 'Desk', '<c s="2"><v>46083.340277777781</v></c>']),
    rowOf(4, ['iso', 'Desk', date('2026-03-02T08:10:00', ' t="d"')]),
    rowOf(5, ['isoDay', 'Desk', date('2026-03-02T00:00:00', ' t="d"')]),
    rowOf(6, ['zone', 'Desk', date('2026-03-02T01:10:00.000Z', ' t="d"')]),
    rowOf(7, ['formula', 'Desk', '<c s="1"><f>C2+5</f><v>46088</v></c>']),
    rowOf(8, ['text', 'Desk', '2026-03-03']),
    rowOf(9, ['<c t="str"><f>"X"&amp;1</f><v>X1</v></c>', 'Desk', date(46_083)]),
  ];
  const steps = [{ status: 2, at: { column: 'in', dateOnly: '07:00' } }];
  const mapped = await readRows(HEAD + rows.join(''), { ...DATES, isStrict: true }, { steps });
  expect(summarise(mapped).flat()).toEqual([
    'day 2 2026-03-02T07:00:00.000Z',
    'hour 2 2026-03-02T08:10:00.000Z',
    'iso 2 2026-03-02T08:10:00.000Z',
    'isoDay 2 2026-03-02T07:00:00.000Z',
    'zone 2 2026-03-02T01:10:00.000Z',
    'formula 2 2026-03-07T07:00:00.000Z',
    'text 2 2026-03-03T07:00:00.000Z',
    'X1 2 2026-03-02T07:00:00.000Z',
  ]);
  const old = await readRows(HEAD + rowOf(2, ['A', 'Desk', date(44_621)]), { ...DATES, is1904: true });
  expect(summarise(old)).toEqual([['A 2 2026-03-02T00:00:00.000Z']]);
});

test('an hour in a column of its own joins the date', async () => {
  const head = rowOf(1, ['no', 'way', 'in', 'hour']);
  const row = rowOf(2, ['A', 'Desk', date(46_083), '<c s="6"><v>0.34375</v></c>']);
  const steps = [{ status: 2, at: { template: '{in} {hour}' } }];
  const strict = rowOf(3, [
    'B',
    'Desk',
    date('2026-03-02', ' t="d"'),
    '<c t="d"><v>1899-12-30T09:30:00</v></c>',
  ]);
  expect(summarise(await readRows(head + row + strict, DATES, { steps }))).toEqual([
    ['A 2 2026-03-02T08:15:00.000Z'],
    ['B 2 2026-03-02T09:30:00.000Z'],
  ]);
});

test('a number that no format makes a date asks for the form excel', async () => {
  const rows = HEAD + rowOf(2, ['A', 'Desk', '<c><v>46083.75</v></c>']);
  expect(summarise(await readRows(rows))).toEqual([
    [
      '2 at: "46083.75" is no time in the forms iso; if it is a day number of a spreadsheet, add "excel" to times',
    ],
  ]);
  expect(summarise(await readRows(rows, {}, { times: ['excel'] }))).toEqual([
    ['A 2 2026-03-02T18:00:00.000Z'],
  ]);
});

test('errors and formulas without a kept value refuse their row by cell, unless nobody asks for the cell', async () => {
  const head = rowOf(1, ['no', 'way', 'in', 'note']);
  const rows = [
    rowOf(2, ['<c t="e"><f>VLOOKUP(A9,Z:Z,1,0)</f><v>#N/A</v></c>', 'Desk', date(46_083)]),
    rowOf(3, ['A', 'Desk', '<c s="1"><f>C2+1</f></c>']),
    rowOf(4, ['B', 'Desk', '<c s="1"><f>C2+1</f><v/></c>']),
    rowOf(5, ['C', 'Desk', '<c t="str"><f>IF(1,"","")</f><v></v></c>']),
    rowOf(6, ['D', 'Desk', date(46_083), '<c t="e"><v>#REF!</v></c>']),
  ];
  const noValue =
    'is a formula without a kept value: open the workbook in a spreadsheet, save it, import again';
  expect(summarise(await readRows(head + rows.join(''), DATES))).toEqual([
    ['2 no: cell A2 holds the error #N/A: mend it in the spreadsheet, or name it in empty'],
    [`3 in: cell C3 ${noValue}`],
    [`4 in: cell C4 ${noValue}`],
    'empty',
    ['D 2 2026-03-02T00:00:00.000Z'],
  ]);
});

test('an error that the mapping calls empty is, and so is a cell without its shared text', async () => {
  const rows = [
    rowOf(2, ['A', 'Desk', '<c t="e"><v>#N/A</v></c>']),
    rowOf(3, ['B', 'Desk', '<c t="s"><v></v></c>']),
  ];
  const mapped = await readRows(
    HEAD + rows.join(''),
    { texts: '<si><t>2026-03-02</t></si>' },
    { empty: ['#n/a'] },
  );
  expect(summarise(mapped)).toEqual(['empty', 'empty']);
});

test('sheets are counted in the order of the tabs, hidden ones are read by name alone', async () => {
  const sheet = (name: string, more: object = {}) => ({
    ...{ name, rows: HEAD + rowOf(2, [name, 'Desk', date(46_083)]) },
    ...more,
  });
  const sheets = [
    sheet('Ẩn', { state: 'hidden', part: 'worksheets/sheet3.xml' }),
    sheet('Mới', { part: 'worksheets/sheet2.xml' }),
    sheet('Cũ', { part: 'worksheets/sheet1.xml' }),
    sheet('Kín', { state: 'veryHidden', part: 'worksheets/sheet4.xml' }),
  ];
  for (const isAbsolute of [true, false]) {
    const first = async (file?: object) =>
      summarise(await readBook({ sheets, isAbsolute, ...DATES }, file && { file }))[0];
    expect(await first()).toEqual(['Mới 2 2026-03-02T00:00:00.000Z']);
    expect(await first({ sheet: 2 })).toEqual(['Cũ 2 2026-03-02T00:00:00.000Z']);
    expect(await first({ sheet: 'ẩn '.normalize('NFD') })).toEqual(['Ẩn 2 2026-03-02T00:00:00.000Z']);
    await expect(first({ sheet: 3 })).rejects.toThrow(
      'no sheet 3; its sheets are: Ẩn (hidden) | Mới | Cũ | Kín (hidden)',
    );
  }
  await expect(readBook({ sheets: [sheet('Ẩn', { state: 'hidden' })] })).rejects.toThrow(
    'every sheet of the file is hidden: name one in file.sheet: Ẩn (hidden)',
  );
});

test('a merged cell holds for its whole range, or for its first cell alone where the mapping says so', async () => {
  const rows = [
    rowOf(2, ['A', 'Desk', date(46_083)]),
    rowOf(3, ['B', '', '']),
    rowOf(4, ['C', '', date(46_084)]),
    rowOf(5, ['D', '', date(46_084)]),
  ];
  const book = {
    sheets: [
      {
        name: 'Data',
        rows: HEAD + rows.join(''),
        after:
          '<mergeCells count="2"><mergeCell ref="B2:B4"/><x:mergeCell ref="C2:C3"/></mergeCells>'.replaceAll(
            'x:',
            '',
          ),
      },
    ],
    ...DATES,
  };
  expect(summarise(await readBook(book))).toEqual([
    ['A 2 2026-03-02T00:00:00.000Z'],
    ['B 2 2026-03-02T00:00:00.000Z'],
    ['C 2 2026-03-03T00:00:00.000Z'],
    ['5 channel: is empty'],
  ]);
  expect(summarise(await readBook(book, { file: { merged: 'first' } }))).toEqual([
    ['A 2 2026-03-02T00:00:00.000Z'],
    'empty',
    ['4 channel: is empty'],
    ['5 channel: is empty'],
  ]);
});

test('a header of two rows is filled downwards; a name over two columns is that of the first', async () => {
  const rows =
    rowOf(1, ['no', 'way', 'in']) +
    rowOf(2, ['', '', 'in', '']) +
    rowOf(3, ['A', 'Desk', date(46_083), '08:00']);
  const after =
    '<mergeCells><mergeCell ref="A1:A2"/><mergeCell ref="B1:B2"/><mergeCell ref="C2:D2"/></mergeCells>';
  const mapped = await readBook(
    { sheets: [{ name: 'Data', rows, after }], ...DATES },
    { file: { headerRow: 2 } },
  );
  expect(summarise(mapped)).toEqual([['A 2 2026-03-02T00:00:00.000Z']]);
});

test('hidden rows are taken, and skipped where the mapping says so', async () => {
  const rows =
    HEAD + rowOf(2, ['A', 'Desk', date(46_083)], ' hidden="1"') + rowOf(3, ['B', 'Desk', date(46_083)]);
  const [a, b] = [['A 2 2026-03-02T00:00:00.000Z'], ['B 2 2026-03-02T00:00:00.000Z']];
  expect(summarise(await readRows(rows, DATES))).toEqual([a, b]);
  expect(summarise(await readRows(rows, DATES, { file: { hiddenRows: 'skip' } }))).toEqual([b]);
});

test('a code stored as a number is read as it is shown; one that may have lost digits is warned of or refused', async () => {
  const head = rowOf(1, ['no', 'way', 'in', 'code']);
  const number = (value: string, style = 0) => `<c s="${style}"><v>${value}</v></c>`;
  const rows = [
    rowOf(2, [number('512', 3), 'Desk', date(46_083), number('1.00119', 4)]),
    rowOf(3, [number('512'), 'Desk', date(46_083), number('1.00119')]),
    rowOf(4, [number('9.00719925474099E+15'), 'Desk', date(46_083), '1.001190']),
    rowOf(5, [number('2.60302123456789E+14'), 'Desk', date(46_083), number('1234.5', 5)]),
  ];
  const mapped = await readRows(head + rows.join(''), DATES, { fields: { ...FIELDS, procedure: 'code' } });
  const remedy = (column: string) =>
    `make the column ${column} text where the file comes from, and export again`;
  const lost = (line: number, text: string) => ({
    line,
    field: 'procedure',
    reason: `"${text}" is kept as a number, zeros at its end are lost; if it is a code, ${remedy('code')}`,
  });
  expect(mapped).toMatchObject([
    { events: [{ dossier: '00512', procedure: '1.001190' }], warned: [] },
    { events: [{ dossier: '512', procedure: '1.00119' }], warned: [lost(3, '1.00119')] },
    {
      refused: [
        {
          line: 4,
          field: 'dossier',
          reason: `"9007199254740990" is a number of more than 15 digits, a spreadsheet has lost the last: ${remedy('no')}`,
        },
      ],
    },
    { events: [{ dossier: '260302123456789', procedure: '1234.5' }], warned: [lost(5, '1234.5')] },
  ]);
});

test('cells and rows without an address stand after the one before', async () => {
  const texts = (row: readonly string[]) =>
    `<row>${row.map((text) => `<c t="inlineStr"><is><r><t>${text}</t></r><rPh><t>x</t></rPh></is></c>`).join('')}</row>`;
  const rows = [
    ['no', 'way', 'in'],
    ['A', 'Desk', '2026-03-02'],
  ]
    .map(texts)
    .join('');
  expect(summarise(await readRows(rows))).toEqual([['A 2 2026-03-02T00:00:00.000Z']]);
});

test('what is no workbook is refused in words that say what to do', async () => {
  await expect(
    readFile(Buffer.from('\u00D0\u00CF\u0011\u00E0 an old one'.repeat(9), 'latin1')),
  ).rejects.toThrow('the file is no XLSX workbook: save it as .xlsx, without a password, and import that');
  await expect(readFile(zipOf([{ name: 'a.txt', text: 'a' }], true))).rejects.toThrow(
    'the file holds no workbook',
  );
  const cut = bookOf({ sheets: [{ name: 'Data', rows: `${HEAD}<row><c>` }] });
  await expect(readFile(cut)).rejects.toThrow('the file cannot be read as XLSX');
});
