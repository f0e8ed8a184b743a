import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
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
    '3: has 2 cells where the header has 3 ("ragged": true in file of the mapping takes empty cells too many or too few)',
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

test('a file of one byte a letter, and one in NFD, find their columns and give composed text', async () => {
  const bytes = Buffer.from(
    'S\u00F4\u0301;Ca\u0301ch;in\nH\u00F4\u0300;Tr\u01B0\u0323c;2026-03-02\n'
      .replaceAll('\u0301', '\u00EC')
      .replaceAll('\u0300', '\u00CC')
      .replaceAll('\u0323', '\u00F2')
      .replaceAll('\u01B0', '\u00FD'),
    'latin1',
  );
  const parts = {
    fields: {
      ...FIELDS,
      dossier: 'Số',
      channel: { column: 'Cách', values: { Trực: 'online', '*': 'direct' } },
    },
    zone: 'UTC',
  };
  const old = await readAll(write('viet.csv', bytes), {
    ...parts,
    file: { delimiter: ';', encoding: 'windows-1258' },
  });
  const text = 'Số;Cách;in\nHồ;Trực;2026-03-02\n'.normalize('NFD');
  const apart = await readAll(write('nfd.csv', text), { ...parts, file: { delimiter: ';' } });
  for (const { mapped } of [old, apart]) {
    expect(mapped[0]).toMatchObject({ events: [{ dossier: 'Hồ', channel: 'online' }] });
  }
});

test('columns are found by what their names read as; of two that read the same the one written the same counts', async () => {
  const parts = { fields: { ...FIELDS, dossier: 'Mã hoà' }, zone: 'UTC' };
  const { mapped } = await readAll(
    write('head.csv', '\u200Bmã\u00A0 HÒA,Way,in\nA,Desk,2026-03-02\n'),
    parts,
  );
  expect(summarise(mapped)).toEqual([['A 2 2026-03-02T00:00:00.000Z']]);
  const twice = await readAll(write('twice.csv', 'NO,no,way,in\nA,B,Desk,2026-03-02\n'), { zone: 'UTC' });
  expect(summarise(twice.mapped)).toEqual([['B 2 2026-03-02T00:00:00.000Z']]);
  await expect(readAll(write('two.csv', 'NO,No,way,in\n'), {})).rejects.toThrow('two columns called no');
});

test('rows with empty cells too many or too few are refused by the name of the option, and taken with it', async () => {
  const path = write(
    'ragged.csv',
    'no,way,in,note\nA,Desk,2026-03-02,x,\nB,Desk,2026-03-02\nC,Desk,2026-03-02,x,y\n',
  );
  const reasons = async (file: object) =>
    (await readAll(path, { file })).read.map((row) => ('reason' in row ? row.reason : row.cells.get('no')));
  const hint = '("ragged": true in file of the mapping takes empty cells too many or too few)';
  expect(await reasons({})).toEqual([
    `has 5 cells where the header has 4 ${hint}`,
    `has 3 cells where the header has 4 ${hint}`,
    `has 5 cells where the header has 4 ${hint}`,
  ]);
  expect(await reasons({ ragged: true })).toEqual([
    'A',
    'B',
    'has 5 cells where the header has 4, and one too many says "y"',
  ]);
});

test('a header that is not found in another encoding asks whether the encoding is right', async () => {
  const path = write('tcvn.csv', Buffer.from('M\u00B7 h\u00E5 s\u00AC,way,in\n', 'latin1'));
  const fields = { ...FIELDS, dossier: 'Mã hồ sơ' };
  await expect(readAll(path, { fields, file: { encoding: 'windows-1252' } })).rejects.toThrow(
    'read as windows-1252: is file.encoding right? Convert a file in TCVN3 to UTF-8 first',
  );
  await expect(readAll(path, { fields })).rejects.toThrow('convert TCVN3 to UTF-8 first');
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

test('numbers of JSON keep every digit, and keys are found by what they read as', async () => {
  const lines = [
    '{"NO":9007199254740992,"way":"Desk","in":"2026-03-02","code":1.001190}',
    '{"no":9007199254740993,"way":"Desk","in":"2026-03-02","code":1e2}',
  ];
  const { mapped } = await readAll(write('big.ndjson', lines.join('\n')), {
    fields: { ...FIELDS, procedure: 'code' },
    zone: 'UTC',
  });
  expect(mapped).toMatchObject([
    { events: [{ dossier: '9007199254740992', procedure: '1.001190' }] },
    { events: [{ dossier: '9007199254740993', procedure: '1e2' }] },
  ]);
});
