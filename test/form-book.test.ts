/** The workbook of forms II.06a and 07a, read back by other means: every formula comes to what it says and what the screen shows. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { FiguresAnswer, FormAnswer } from '../shared/answers.ts';
import type { DossierEvent } from '../shared/event.ts';
import { columnsOf, FORMS, type FormId } from '../shared/form-layout.ts';
import { type WideFormAnswer, WORKBOOK } from '../shared/form-wire.ts';
import { speakerOf } from './server/acts.ts';
import { workOut } from './server/calculator.ts';
import { type Book, type BookSheet, findLines, nameOfColumn, readBook } from './server/workbook.ts';
import { at, iso, step } from './server/world.ts';
import { type Running, runApp } from './server.ts';

/** Names of areas that a spreadsheet must not take for anything but a name. */
const FIELDS = ['Đất đai', '=1+1', '+84', '-5', '@SUM(A1)', '#N/A', "'quoted", '<a&b>"'];
const MONTH = '2026-10';

let running: Running;
let token: string;

type Told = Partial<DossierEvent> & { from: string; to?: string; end?: number };

let count = 0;
/** A dossier taken in on a day, and brought to an end on another. */
function tell({ from, to, end = 9, ...more }: Told): DossierEvent[] {
  const dossier = `d${++count}`;
  const first = step({ ...more, dossier, id: `${dossier}-1`, at: iso(at(`${from} 09:00`)), status: 2 });
  if (to === undefined) return [first];
  return [first, step({ ...more, dossier, id: `${dossier}-2`, at: iso(at(`${to} 10:00`)), status: end })];
}

const LIVES: DossierEvent[] = FIELDS.flatMap((field, index) => [
  ...tell({ field, from: '2026-09-28' }),
  ...tell({ field, from: '2026-10-05', to: '2026-10-06' }),
  ...tell({ field, from: '2026-10-05', to: '2026-10-29', channel: 'direct', level: 'none', apology: true }),
  ...tell({ field, from: '2026-10-05', to: '2026-10-28', channel: 'postal', level: 'none' }),
  ...Array.from({ length: index }, () =>
    tell({ field, from: '2026-10-12', channel: 'online', level: 'partial', fee: true, paidOnline: true }),
  ).flat(),
  ...tell({ field, from: '2026-10-13', to: '2026-10-14', end: 7, fee: true, receiver: '25.SNV' }),
  ...tell({ field, from: '2026-10-13', to: '2026-10-14', end: 8 }),
]);

/** Waiting, refused, supplemented twice. */
const OTHERS: DossierEvent[] = [
  step({ id: 'w', dossier: 'w', at: iso(at('2026-10-30 16:00')), status: 1 }),
  step({ id: 'v', dossier: 'v', at: iso(at('2026-10-19 08:00')), status: 1 }),
  step({ id: 'r1', dossier: 'r', at: iso(at('2026-10-20 09:00')), status: 1 }),
  step({ id: 'r2', dossier: 'r', at: iso(at('2026-10-20 10:00')), status: 3 }),
  ...[2, 5, 4, 5, 4].map((status, index) =>
    step({
      id: `s${index}`,
      dossier: 's',
      at: iso(at(`2026-10-2${index} 09:00`)),
      status,
      procedure: 'P.calendar',
    }),
  ),
];

beforeAll(async () => {
  running = await runApp();
  token = await running.token('display', '25');
  await running.acts.ingest([...LIVES, ...OTHERS], speakerOf(running.tree, 'f'), running.clock.now());
});
afterAll(async () => {
  await running.close();
  expect(running.troubles).toEqual([]);
});

async function get<T>(path: string): Promise<T> {
  const { status, body } = await running.ask(path, { token });
  expect({ path, status, ...(status === 200 ? {} : { body }) }).toEqual({ path, status: 200 });
  return body as T;
}

async function download(query: string): Promise<Book & { headers: Headers }> {
  const headers = { authorization: `Bearer ${token}` };
  const response = await fetch(`${running.url}/api/form/xlsx?${query}`, { headers });
  expect(response.status).toBe(200);
  const book = await readBook(new Uint8Array(await response.arrayBuffer()));
  return { ...book, headers: response.headers };
}

const readAnswers = async (query: string) => ({
  'II.06a': await get<FormAnswer>(`/api/form/II.06a?${query}`),
  '07a': await get<WideFormAnswer>(`/api/form/07a?${query}`),
});

function sheetOf({ sheets }: Book, id: FormId): BookSheet {
  const sheet = sheets.find(({ name }) => name === id);
  if (!sheet) throw new Error(`there is no sheet ${id}`);
  return sheet;
}

const close = (value: unknown) => (typeof value === 'number' ? Math.round(value * 1e6) / 1e6 : value);
const shown = (value: number | null) => value ?? '–';

/** Rows and sum of a sheet, worked out anew. */
function workOutForm(sheet: BookSheet, id: FormId) {
  const { first, sum } = findLines(sheet);
  const columns = columnsOf(FORMS[id]).map(({ number }) => nameOfColumn(number));
  const valuesOf = (row: number) => columns.map((column) => close(workOut(sheet, `${column}${row}`)));
  const rows = Array.from({ length: sum - first }, (_, index) => ({
    name: sheet.cells.get(`B${first + index}`)?.value,
    columns: valuesOf(first + index),
  }));
  return { rows, total: valuesOf(sum) };
}

const notesOf = (sheet: BookSheet) => {
  const { sum, last } = findLines(sheet);
  return Array.from(
    { length: last - sum },
    (_, index) => sheet.cells.get(`A${sum + 1 + index}`)?.value ?? '',
  ).join('\n');
};

describe.each([
  ['25', MONTH],
  ['A', MONTH],
  ['25.SNV', MONTH],
  ['25', '2026-Q4'],
  ['26', MONTH],
  ['A', '2026-10-13'],
  // So long ago that areas of work are kept by month alone: the sum without rows.
  ['25', '2026-09-28'],
])('of %s for %s', (unit, period) => {
  const query = `unit=${unit}&period=${period}`;

  test('every formula comes to what it says', async () => {
    for (const sheet of (await download(query)).sheets) {
      const formulas = [...sheet.cells].filter(([, { formula }]) => formula !== undefined);
      expect(formulas.length).toBeGreaterThanOrEqual(3);
      expect(formulas.map(([ref]) => [ref, close(workOut(sheet, ref))])).toEqual(
        formulas.map(([ref, { value }]) => [ref, close(value)]),
      );
    }
  });

  test('both sheets have the rows and the sum of the screen', async () => {
    const book = await download(query);
    const answers = await readAnswers(query);
    for (const id of ['II.06a', '07a'] as const) {
      const { rows, total } = answers[id];
      expect(workOutForm(sheetOf(book, id), id)).toEqual({
        rows: rows.map(({ field, columns }) => ({ name: field.name.vi, columns: columns.map(shown) })),
        total: total.map(shown),
      });
    }
  });

  test('the two on-time rates are those of the catalogue, each named with its version', async () => {
    const sheet = sheetOf(await download(query), 'II.06a');
    const { units } = await get<FiguresAnswer>(`/api/figures?${query}&indicators=TT01,TT02`);
    const { sum } = findLines(sheet);
    const rateOf = (row: number) => {
      const value = workOut(sheet, `L${row}`);
      return typeof value === 'number' ? Math.round(value * 10_000) / 100 : null;
    };
    const told = ['TT01', 'TT02'].map((id) => units[0]?.figures[id]?.value);
    for (const [index, value] of told.entries()) {
      const own = rateOf(sum + 2 + 2 * index);
      if (value === null) expect(own).toBeNull();
      else expect(own).toBeCloseTo(value ?? -1, 1);
    }
    expect(notesOf(sheet)).toMatch(/TT01 phiên bản 1 .+TT02 phiên bản 1/);
  });
});

test('adds up by live formulas: 3, 7 and 11 across, every column down', async () => {
  const sheet = sheetOf(await download(`unit=25&period=${MONTH}`), 'II.06a');
  const { first, sum } = findLines(sheet);
  expect(sum - first).toBe(FIELDS.length + 1);
  expect(['C', 'G', 'K'].map((column) => sheet.cells.get(`${column}${first}`)?.formula)).toEqual([
    `SUM(D${first}:F${first})`,
    `SUM(H${first}:J${first})`,
    `SUM(L${first}:M${first})`,
  ]);
  for (let column = 3; column <= 13; column++) {
    const name = nameOfColumn(column);
    expect(sheet.cells.get(`${name}${sum}`)?.formula).toBe(`SUM(${name}${first}:${name}${sum - 1})`);
  }
  expect(workOut(sheet, `L${sum + 1}`)).toBe(0);
  expect(workOut(sheet, `L${sum + 3}`)).toBe(1);
});

test('of days long ago there is the sum alone, which still adds up across', async () => {
  const query = 'unit=25&period=2026-09-28';
  const { 'II.06a': form } = await readAnswers(query);
  expect([form.rows, form.total[0]]).toEqual([[], FIELDS.length]);
  const sheet = sheetOf(await download(query), 'II.06a');
  const { first, sum } = findLines(sheet);
  expect([sum, sheet.cells.get(`C${sum}`)]).toEqual([
    first,
    { value: FIELDS.length, formula: `SUM(D${sum}:F${sum})` },
  ]);
});

test('a name stays a text, whatever it begins with', async () => {
  const { sheets } = await download(`unit=25&period=${MONTH}`);
  for (const sheet of sheets) {
    const cells = [...sheet.cells.values()];
    for (const field of FIELDS) {
      const found = cells.filter(({ value }) => value === field);
      expect([field, found.length, found.every(({ formula }) => formula === undefined)]).toEqual([
        field,
        1,
        true,
      ]);
    }
    expect(sheet.xml).not.toContain('t="e"');
  }
});

test('what nothing counts has its column and a dash, and is named; it is never 0', async () => {
  const { '07a': answer } = await readAnswers(`unit=25&period=${MONTH}`);
  const unknown = columnsOf(FORMS['07a']).filter(({ isUnknown }) => isUnknown);
  expect(unknown.map(({ number }) => number)).toEqual([7, 8, 18, 19, 22]);
  for (const { columns } of [...answer.rows, { columns: answer.total }])
    expect(unknown.map(({ number }) => columns[number - 3])).toEqual([null, null, null, null, null]);
  const known = columnsOf(FORMS['07a']).filter(({ isUnknown }) => !isUnknown);
  expect(known.filter(({ number }) => (answer.total[number - 3] ?? 0) === 0)).toEqual([]);
  const sheet = sheetOf(await download(`unit=25&period=${MONTH}`), '07a');
  expect(notesOf(sheet)).toContain('Cột (7), (8), (18), (19), (22), ghi “–”: chưa có số liệu.');
});

test('form 07a of the whole province holds together with form II.06a', async () => {
  const { 'II.06a': form, '07a': wide } = await readAnswers(`unit=25&period=${MONTH}`);
  const narrow = (number: number) => form.total[number - 3];
  const broad = (number: number) => wide.total[number - 3];
  expect([broad(3), broad(10), broad(11), broad(15), broad(17)]).toEqual([3, 6, 7, 11, 13].map(narrow));
  expect([broad(25), broad(26), broad(27)]).toEqual([FIELDS.length, FIELDS.length, 1]);
  expect([broad(13), broad(14)]).toEqual([FIELDS.length, FIELDS.length]);
});

test('says whose it is, of when, as of when, and who reported nothing', async () => {
  const book = await download(`unit=25&period=${MONTH}`);
  const sheet = sheetOf(book, 'II.06a');
  const texts = [...sheet.cells.values()].map(({ value }) => value);
  for (const text of [
    'Biểu số II.06a/VPCP/KSTT',
    'Kỳ báo cáo: Tháng 10 năm 2026',
    '(Từ ngày 01/10/2026 đến ngày 31/10/2026)',
    '- Đơn vị báo cáo: 25',
    'Đơn vị tính: Số hồ sơ TTHC',
    'Trong đó',
    'Trực tiếp, dịch vụ bưu chính',
  ])
    expect(texts).toContain(text);
  expect(notesOf(sheet)).toMatch(/Số liệu nhận đến \d\d:\d\d ngày \d\d\/10\/2026/);
  expect(notesOf(sheet)).toContain('Chưa gửi số liệu trong kỳ: 2/3 đơn vị: 25.SNV; D.');
  expect(
    Array.from({ length: 13 }, (_, index) => `(${index + 1})`).filter((text) => !texts.includes(text)),
  ).toEqual([]);
  expect(sheet.merges).toEqual(
    expect.arrayContaining(['C6:F6', 'G6:J6', 'K6:M6', 'D7:E7', 'A6:A8', 'B6:B8']),
  );
  expect(book.headers.get('content-type')).toBe(WORKBOOK);
  expect(book.headers.get('content-disposition')).toBe('attachment; filename="II.06a-25-2026-10.xlsx"');
});

test('the report of a commune goes to the unit above it, and one that runs is provisional', async () => {
  const sheet = sheetOf(await download('unit=A&period=2026-11'), 'II.06a');
  const texts = [...sheet.cells.values()].map(({ value }) => value);
  expect(texts).toContain('- Đơn vị nhận báo cáo: 25');
  expect(texts).toContain('Kỳ báo cáo: Tháng 11 năm 2026 – tạm tính');
});

test('prints on A4 across, as wide as the page, with its headings on every page', async () => {
  const { sheets, parts } = await download(`unit=25&period=${MONTH}`);
  for (const { xml } of sheets) {
    expect(xml).toMatch(/<pageSetup[^>]*paperSize="9"/);
    expect(xml).toMatch(/<pageSetup[^>]*orientation="landscape"/);
    expect(xml).toMatch(/<pageSetup[^>]*fitToHeight="0"/);
    expect(xml).toContain('fitToPage="1"');
  }
  const names = parts.get('xl/workbook.xml') ?? '';
  for (const id of ['II.06a', '07a'])
    expect(names).toMatch(new RegExp(`_xlnm.Print_Titles[^>]*>'${id}'!\\$6:\\$9<`));
});

test('a unit without figures has no 0 in it, and it says why', async () => {
  const { sheets } = await download('unit=25&period=2024-05');
  for (const sheet of sheets) {
    const { first, sum } = findLines(sheet);
    expect(sum).toBe(first);
    expect([...sheet.cells.values()].filter(({ value }) => typeof value === 'number')).toEqual([]);
    expect(notesOf(sheet)).toContain('Không có số liệu: Số liệu chỉ có từ ngày 01/09/2026');
  }
});

test('is in English where that is asked for', async () => {
  const sheet = sheetOf(await download(`unit=25&period=${MONTH}&lang=en`), '07a');
  const texts = [...sheet.cells.values()].map(({ value }) => value);
  for (const text of ['Form 07a/BTP', 'TOTAL', 'Partly online', '- Reported by: 25'])
    expect(texts).toContain(text);
});
