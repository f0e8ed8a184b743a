import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import exceljs from 'exceljs';
import { afterAll, expect, test } from 'vitest';
import { createMapper, type MappedRow } from '../server/intake/map-row.ts';
import { listColumns } from '../server/intake/mapping-check.ts';
import { openRows, type ReadRow } from '../server/intake/read.ts';
import { FIELDS, mappingOf, summarise } from './intake-rows.ts';

const folder = mkdtempSync(join(tmpdir(), 'intake-'));
afterAll(() => rmSync(folder, { recursive: true }));

function write(name: string, text: string | Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

async function readAll(path: string, parts: object): Promise<{ read: ReadRow[]; mapped: MappedRow[] }> {
  const mapping = mappingOf(parts);
  const map = createMapper(mapping);
  const read: ReadRow[] = [];
  for await (const row of openRows(path, { format: mapping.file, columns: listColumns(mapping) }).rows)
    read.push(row);
  return { read, mapped: read.flatMap((row) => ('cells' in row ? [map(row)] : [])) };
}

test('a CSV with a byte order mark, quotes, semicolons and lines inside a cell gives its rows with their lines', async () => {
  const text =
    '\uFEFFno;way;"in";note\r\nA;Internet;2026-03-02T08:00:00Z;"two\r\nlines; ""quoted"""\r\n\r\nB;Desk;2026-03-03T08:00:00Z;\r\n';
  const { read, mapped } = await readAll(write('a.csv', text), {
    file: { delimiter: ';' },
    where: [{ column: 'note', notIn: ['x'] }],
  });
  expect(read.map((row) => ('cells' in row ? [row.line, row.cells.get('note')] : row))).toEqual([
    [3, 'two\nlines; "quoted"'],
    [5, ''],
  ]);
  expect(summarise(mapped)).toEqual([['A 2 2026-03-02T08:00:00.000Z'], ['B 2 2026-03-03T08:00:00.000Z']]);
});

test('rows that break the CSV are named with line and reason, and those after them are read', async () => {
  const text = 'title\nno,way,in\nA,Internet\nB,De"sk,2026-03-02\nC,Desk,2026-03-03\nD,"Desk,2026-03-04\n';
  const { read } = await readAll(write('broken.csv', text), { file: { headerRow: 2 } });
  expect(read.map((row) => ('cells' in row ? row.cells.get('no') : `${row.line}: ${row.reason}`))).toEqual([
    '3: has 2 cells where the header has 3',
    '4: a quote stands inside a cell that does not begin with one',
    'C',
    '6: a quote opens here or below and is never closed; everything from here on is lost',
  ]);
});

test('a file in another encoding is read when the mapping names it, and refused when not', async () => {
  const path = write('u16.csv', Buffer.from('\uFEFFno,way,in\nHồ sơ 1,Desk,2026-03-02\n', 'utf16le'));
  const { mapped } = await readAll(path, { file: { encoding: 'utf-16le' }, zone: 'UTC' });
  expect(summarise(mapped)).toEqual([['Hồ sơ 1 2 2026-03-02T00:00:00.000Z']]);
  await expect(readAll(path, {})).rejects.toThrow('the file is not written in utf-8');
});

test('a column the mapping needs and the file has not is named beside those it has', async () => {
  const path = write('columns.csv', 'no;way;in\nA;Desk;2026-03-02\n');
  await expect(readAll(path, {})).rejects.toThrow(
    'the file has no column no, way, in; its columns are: no;way;in (one column only',
  );
});

test('a workbook gives real dates as the wall clock of the zone, by sheet name', async () => {
  const book = new exceljs.Workbook();
  book.addWorksheet('Notes').addRow(['nothing']);
  const sheet = book.addWorksheet('Dossiers');
  sheet.addRows([
    ['no', 'way', 'in'],
    [17, 'Internet', new Date(Date.UTC(2026, 2, 2, 8, 30))],
    ['B', 'Desk', new Date(Date.UTC(2026, 2, 3))],
  ]);
  sheet.addRow([
    { richText: [{ text: 'C' }, { text: '1' }] },
    { formula: 'B2', result: 'Internet' },
    46_084.75,
  ]);
  const path = join(folder, 'book.xlsx');
  await book.xlsx.writeFile(path);
  const { read, mapped } = await readAll(path, { file: { sheet: 'Dossiers' }, times: ['excel'] });
  expect(read.map(({ line }) => line)).toEqual([2, 3, 4]);
  expect(summarise(mapped)).toEqual([
    ['17 2 2026-03-02T01:30:00.000Z'],
    ['B 2 2026-03-02T17:00:00.000Z'],
    ['C1 2 2026-03-03T11:00:00.000Z'],
  ]);
  await expect(readAll(path, { file: { sheet: 'June' } })).rejects.toThrow(
    'no sheet June; its sheets are: Notes | Dossiers',
  );
});

test('a file of JSON objects is read by paths of keys', async () => {
  const lines = [
    '{"id":{"no":"A"},"way":"Desk","steps":[{"at":1772438400}]}',
    '',
    '[1]',
    '{"id":',
    '{"way":"Desk","steps":[]}',
  ];
  const parts = {
    fields: { ...FIELDS, dossier: 'id.no' },
    steps: [{ status: 2, at: 'steps.0.at' }],
    times: ['epoch'],
  };
  const { read, mapped } = await readAll(write('a.ndjson', lines.join('\n')), parts);
  expect(read.filter((row) => 'reason' in row)).toEqual([
    { line: 3, reason: 'is not a JSON object' },
    { line: 4, reason: 'is not JSON' },
  ]);
  expect(summarise(mapped)).toEqual([['A 2 2026-03-02T08:00:00.000Z'], 'empty']);
});
