/** Files of every kind of event: the documented month, as a clerk loads it, and workbooks and lines of JSON. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readGazetteer, selectProvince } from '../seed/gazetteer/gazetteer.ts';
import { importCommand } from '../server/intake/command.ts';
import { readNumber, readPeriodKey } from '../server/intake/words.ts';
import type { FiguresAnswer } from '../shared/answers.ts';
import { OpsEvent } from '../shared/event.ts';
import { bookOf, rowOf } from './intake-book.ts';
import { mappingOf } from './intake-rows.ts';
import { type Running, runApp } from './server.ts';

const docs = (name: string) => resolve(import.meta.dirname, '../docs', name);
const MANUAL = readFileSync(docs('import.md'), 'utf8');

/** The cells of the manual's table rows that begin with a word, without what marks them up. */
const rowsOf = (pattern: RegExp): string[][] =>
  MANUAL.split('\n')
    .filter((line) => pattern.test(line))
    .map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.replace(/[`[\]]|\(.*?\)/g, '').trim()),
    );

let running: Running;
let folder: string;
let feed: string;
let screen: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'clerk-'));
  running = await runApp({ selection: selectProvince(readGazetteer(), '25') });
  feed = await running.token('feed', '25');
  screen = await running.token('display', '25');
}, 60_000);
afterAll(async () => {
  await running.close();
  expect(running.troubles).toEqual([]);
  rmSync(folder, { recursive: true });
});

async function importFile(...args: string[]): Promise<{ status: number; out: string; error: string }> {
  const said = { out: '', error: '' };
  const status = await importCommand([...args, '--url', running.url], {
    ...{
      env: { DATA_DIR: 'store', IOC_TOKEN: feed },
      cwd: folder,
      now: () => 0,
      wait: async () => undefined,
    },
    stdout: { write: (text) => (said.out += text) },
    stderr: { write: (text) => (said.error += text) },
    ensureUnits: async () => undefined,
  });
  return { status, ...said };
}

const importExample = (name: string) =>
  importFile(docs(`import-example/${name}.csv`), '--map', docs(`import-example/${name}.json`));

async function readFigures(period: string, ids: string[]) {
  const path = `/api/figures?unit=25&period=${period}&indicators=${ids.join(',')}`;
  const { body } = await running.ask(path, { token: screen });
  return (body as FiguresAnswer).units[0]?.figures ?? {};
}

describe('the documented month', () => {
  const files = rowsOf(/^\| \[`\w+\.csv`\]/);
  const figures = rowsOf(/^\| [A-Z]{2,3}\d\d +\|/);

  test('has the seven kinds, the dossier in the example above it', () => {
    expect([files.length, figures.length]).toEqual([6, 13]);
  });

  test.each(files)(
    '%s goes in as the manual says, and changes nothing the second time',
    async (file = '', _map, first, second) => {
      const name = file.replace('.csv', '');
      expect(MANUAL).toContain(`import $PWD/${name}.csv --map $PWD/${name}.json`);
      expect(await importExample(name)).toMatchObject({ status: 0, out: `${first}\n` });
      expect(await importExample(name)).toMatchObject({ status: 0, out: `${second}\n` });
    },
  );

  test.each(figures)('%s, %s, is on the board: %s, %s', async (id = '', _words, cases, value) => {
    const { [id]: figure } = await readFigures('2026-10', [id]);
    expect(figure).toBeDefined();
    expect([`${figure?.numerator} of ${figure?.denominator}`, `${figure?.value} %`]).toEqual([cases, value]);
  });
});

test('the events of the other manual, one of each kind, are taken as it says and give the figures it says', async () => {
  const manual = readFileSync(docs('events.md'), 'utf8');
  const lines = /```ndjson\n([^`]*)```/.exec(manual)?.[1] ?? '';
  const kinds = lines
    .trim()
    .split('\n')
    .map((line) => (JSON.parse(line) as OpsEvent).kind);
  expect(new Set(kinds).size).toBe(OpsEvent.options.length);
  const other = await runApp({ selection: selectProvince(readGazetteer(), '25') });
  const headers = { 'content-type': 'application/x-ndjson' };
  const token = await other.token('feed', '25');
  const { body } = await other.ask('/api/events', { method: 'POST', token, headers, body: lines });
  expect(manual).toContain(`"accepted": ${(body as { accepted: number }).accepted}, "duplicates": 0`);
  const stated = [...manual.matchAll(/\b([A-Z]{2,3}\d\d) (\d+(?:\.\d+)?) %/g)].map(([, id, value]) => [
    id,
    Number(value),
  ]);
  const path = `/api/figures?unit=25&period=2026-10&indicators=${stated.map(([id]) => id).join(',')}`;
  const answer = (await other.ask(path, { token: await other.token('display', '25') })).body as FiguresAnswer;
  const figures = answer.units[0]?.figures ?? {};
  expect(stated).toHaveLength(8);
  expect(Object.entries(figures).map(([id, { value }]) => [id, value])).toEqual(stated);
  await other.close();
});

/** A day as a cell of a workbook, by the pattern of its style. */
const dayCell = (day: string, style: number) =>
  `<c s="${style}"><v>${Date.parse(`${day}T00:00:00Z`) / 86_400_000 + 25_569}</v></c>`;

test('a workbook of reports: a day as a month, numbers as numbers, and the last word on a period counts', async () => {
  const map = {
    kind: 'report',
    fields: { unit: 'Đơn vị', period: 'Kỳ', measure: { constant: 'meetings' }, value: 'Cuộc họp' },
    steps: [{ at: 'Ngày' }],
  };
  writeFileSync(join(folder, 'map.json'), JSON.stringify(map));
  const send = (quarter: number) => {
    const told = dayCell('2026-10-02', 1);
    const rows = [
      rowOf(1, ['Đơn vị', 'Kỳ', 'Ngày', 'Cuộc họp']),
      rowOf(2, ['08716', 'Quý III/2026', told, `<c><v>${quarter}</v></c>`]),
      rowOf(3, ['08740', dayCell('2026-08-01', 2), told, '<c><v>10</v></c>']),
    ];
    const sheets = [{ name: 'S', rows: rows.join('') }];
    writeFileSync(join(folder, 'q3.xlsx'), bookOf({ sheets, patterns: ['dd/mm/yyyy', 'mm/yyyy'] }));
    return importFile('q3.xlsx', '--map', 'map.json');
  };
  const meetingsOf = async (period: string) => (await readFigures(period, ['DOC05'])).DOC05?.denominator;
  expect(await send(30)).toMatchObject({ status: 0, out: '2 rows: 2 new, 0 already there\n' });
  expect([await meetingsOf('2026-Q3'), await meetingsOf('2026-08')]).toEqual([40, 10]);
  expect(await send(24)).toMatchObject({ status: 0, out: '2 rows: 1 new, 1 already there\n' });
  expect([await meetingsOf('2026-Q3'), await meetingsOf('2026-08')]).toEqual([34, 10]);
});

test('lines of JSON with readings go in; a bad one is refused by its line and field, the others are taken', async () => {
  const map = {
    kind: 'probe',
    fields: { unit: { constant: '25' }, system: 'name', up: 'state.up', latencyMs: 'state.ms' },
    steps: [{ at: 'time' }],
  };
  const lines = [
    { name: 'Cổng thanh toán', time: '2026-09-01T08:00:00+07:00', state: { up: true, ms: 12 } },
    { name: 'Cổng thanh toán', time: '2026-09-01T08:15:00+07:00', state: { up: 'maybe', ms: 12 } },
    { name: 'Cổng thanh toán', time: '2026-09-01T08:30:00+07:00', state: { up: false } },
  ];
  writeFileSync(join(folder, 'map.json'), JSON.stringify(map));
  writeFileSync(join(folder, 'probes.ndjson'), lines.map((line) => JSON.stringify(line)).join('\n'));
  const ran = await importFile('probes.ndjson', '--map', 'map.json');
  expect(ran.out).toBe('3 rows: 2 new, 0 already there, 1 row refused\n');
  expect(ran.error).toContain('line 2: up: "maybe" is neither yes nor no');
  expect((await readFigures('2026-09', ['SYS01'])).SYS01).toMatchObject({ numerator: 1, denominator: 2 });
});

test('a document filled in later is one document; without a code it needs an id', async () => {
  const map = JSON.parse(readFileSync(docs('import-example/documents.json'), 'utf8')) as { fields: object };
  writeFileSync(join(folder, 'map.json'), JSON.stringify(map));
  const head = 'Số đăng ký;Đơn vị;Loại;Hình thức;Ký số;Ngày;Hạn xử lý;Ngày xong';
  const send = (...rows: string[]) => {
    writeFileSync(join(folder, 'doc.csv'), [head, ...rows].join('\n'));
    return importFile('doc.csv', '--map', 'map.json');
  };
  await send('S-1;Sở Nội vụ;Đến;Điện tử;Có;01/09/2026;04/09/2026;');
  expect((await readFigures('2026-09', ['DOC03'])).DOC03).toMatchObject({ numerator: 1, denominator: 1 });
  await send('S-1;Sở Nội vụ;Đến;Điện tử;Có;01/09/2026;04/09/2026;03/09/2026');
  expect((await readFigures('2026-09', ['DOC03'])).DOC03).toMatchObject({ numerator: 0, value: null });
  const refused = await send(';Sở Nội vụ;Đi;Điện tử;Có;01/09/2026;;');
  expect(refused.error).toContain('line 2: id: is empty');
  const { document: _, ...fields } = map.fields as Record<string, unknown>;
  expect(() => mappingOf({ ...map, fields })).toThrow('steps[0]: no source for id, here or in fields');
});

test('periods and numbers are read as people write them', () => {
  const periods = {
    '2026-08': [
      '2026-08',
      '08/2026',
      '8/2026',
      'Tháng 8/2026',
      'THÁNG 08 NĂM 2026',
      'T8/2026',
      '8.2026',
      '2026-08-01',
    ],
    '2026-Q3': ['2026-Q3', 'Q3/2026', 'Quý 3/2026', 'quý III năm 2026', 'Quí III/2026'],
    '2026': ['2026', 'Năm 2026'],
    'nửa năm 2026': ['nửa năm 2026'],
    '2026-08-15': ['2026-08-15'],
  };
  for (const [key, texts] of Object.entries(periods))
    expect(texts.map(readPeriodKey)).toEqual(texts.map(() => key));
  const byComma = ['1.234,5', '12.500', '1 250', '78,38', '7', '-3,5', '1234.5', '1,5,5', ''].map((text) =>
    readNumber(text, ','),
  );
  expect(byComma).toEqual([1234.5, 12_500, 1250, 78.38, 7, -3.5, 1234.5, Number.NaN, 0]);
  expect(['1.5', '1,5', '1.234'].map((text) => readNumber(text, '.'))).toEqual([1.5, Number.NaN, 1.234]);
});
