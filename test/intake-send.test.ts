import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { bookOf, rowOf } from './intake-book.ts';
import { type Imports, openImports, PLAIN } from './intake-imports.ts';
import { FIELDS } from './intake-rows.ts';

let imports: Imports;

beforeEach(async () => {
  imports = await openImports();
});

afterEach(() => imports.close());

test('the worked example of the manual gives what the manual says, and nothing new the second time', async () => {
  const { folder, door, units, run } = imports;
  const example = (name: string) => resolve(import.meta.dirname, '../docs/import-example', name);
  const args = [example('permits.csv'), '--map', example('map.json'), '--url', door.url];
  const dry = await run(...args, '--dry-run', '--rejects', 'dry.csv');
  expect([dry.status, dry.out.trim().split('\n').length, door.events.size, units.length]).toEqual([
    0, 5, 0, 0,
  ]);
  const manual = readFileSync(resolve(import.meta.dirname, '../docs/import.md'), 'utf8');
  expect(manual).toContain(dry.error);
  expect(readFileSync(join(folder, 'dry.csv'), 'utf8')).toBe(
    'line,field,reason\n5,channel,"""Fax"" stands in no line of its values"\n',
  );
  const first = await run(...args);
  const counts = '2 repeated within the file, 1 row refused\n';
  expect(first).toMatchObject({ status: 0, out: `5 rows: 8 new, 0 already there, ${counts}` });
  expect(await run(...args)).toMatchObject({ status: 0, out: `5 rows: 0 new, 8 already there, ${counts}` });
  expect(units[0]).toEqual({
    code: '25.SXD.PHONG-QUAN-LY-DO-THI',
    name: { vi: 'Phòng Quản lý đô thị', en: 'Phòng Quản lý đô thị' },
    level: 'office',
    from: '2025-07-01',
    to: null,
    parent: '25.SXD',
  });
  expect([...door.tokens]).toEqual(['Bearer secret']);
});

test('the units of a file can be made before there is a token', async () => {
  const { door, units, run, writeMany } = imports;
  const example = (name: string) => resolve(import.meta.dirname, '../docs/import-example', name);
  const made = await run(example('permits.csv'), '--map', example('map.json'), '--units-only');
  expect(made).toEqual({ status: 0, out: '', error: 'units named in the file: 1\n' });
  expect([units.length, door.events.size]).toEqual([1, 0]);
  const args = writeMany(1);
  expect(await run(...args, '--units-only')).toMatchObject({ status: 1 });
});

test('what arrives is what an independent count of the file finds', async () => {
  const { door, run } = imports;
  const text = readFileSync(resolve(import.meta.dirname, '../docs/import-example/permits.csv'), 'utf8');
  const rows = text
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => line.split(';'))
    .filter((cells) => cells[4] !== 'Fax');
  const cases = [...new Map(rows.map((cells) => [cells[0], cells])).values()];
  const minutes = (day = '') => day.replace(/^(\d\d)\/(\d\d)\/(\d{4})/, '$3-$2-$1');
  const counted = {
    received: cases.length,
    online: cases.filter((cells) => cells[4] === 'Trực tuyến').length,
    resolved: cases.filter((cells) => cells[9] !== '').length,
    late: cases.filter((cells) => cells[9] !== '' && minutes(cells[9]) > `${minutes(cells[6])} 17:00`).length,
  };
  const example = (name: string) => resolve(import.meta.dirname, '../docs/import-example', name);
  await run(example('permits.csv'), '--map', example('map.json'), '--url', door.url);
  const events = [...door.events.values()];
  const resolved = events.filter(({ status }) => status === 9);
  expect({
    received: new Set(events.map(({ dossier }) => dossier)).size,
    online: events.filter(({ status, channel }) => status === 2 && channel === 'online').length,
    resolved: resolved.length,
    late: resolved.filter(({ at, due }) => due !== undefined && at > due).length,
  }).toEqual(counted);
  expect(counted).toEqual({ received: 3, online: 1, resolved: 2, late: 1 });
});

test('a large file goes in batches of a thousand and leaves no note behind', async () => {
  const { folder, door, run, writeMany } = imports;
  expect(await run(...writeMany(1250))).toMatchObject({
    status: 0,
    out: '1,250 rows: 2,500 new, 0 already there\n',
  });
  expect(door.batches).toEqual([1000, 1000, 500]);
  expect(readdirSync(join(folder, 'store/imports'))).toEqual([]);
});

test('only twenty refusals are shown, all are in the file', async () => {
  const { folder, door, run, write } = imports;
  const rows = Array.from({ length: 25 }, (_, index) => `D${index},Fax,2026-03-02,`);
  const file = write('fax.csv', ['no,way,in,out', ...rows].join('\n'));
  const { status, error } = await run(
    file,
    '--map',
    write('map.json', PLAIN),
    '--url',
    door.url,
    '--rejects',
    'r.csv',
  );
  expect(status).toBe(1);
  expect(error.trim().split('\n')).toHaveLength(21);
  expect(error).toContain('… and 5 more');
  expect(readFileSync(join(folder, 'r.csv'), 'utf8').trim().split('\n')).toHaveLength(26);
});

test('wrong usage is status 2 with the usage, an unreadable mapping or file is status 1', async () => {
  const { run, write } = imports;
  expect(await run('--help')).toMatchObject({
    status: 0,
    out: expect.stringContaining('Usage: ioc import FILE'),
  });
  expect(await run()).toMatchObject({ status: 2, error: expect.stringContaining('name one file to import') });
  expect(await run('a.csv')).toMatchObject({ status: 2, error: expect.stringContaining('--map') });
  expect(await run('a.csv', '--map', 'm.json', '--colour')).toMatchObject({ status: 2 });
  expect(await run('a.csv', '--map', 'none.json')).toMatchObject({
    status: 1,
    error: expect.stringContaining('ENOENT'),
  });
  const map = write('bad.json', '{"steps":[]}');
  expect(await run('a.csv', '--map', map)).toMatchObject({
    status: 1,
    error: expect.stringContaining('steps: '),
  });
  const good = write('map.json', PLAIN);
  expect(await run('a.csv', '--map', good)).toMatchObject({
    status: 1,
    error: expect.stringContaining('ENOENT'),
  });
});

test('what is doubtful is taken and said once for each field, in a dry run and in a real one', async () => {
  const { folder, door, run, write } = imports;
  const row = (number: number) => rowOf(number, ['A', 'Desk', `2026-03-0${number}`, '<c><v>1.00119</v></c>']);
  const rows = rowOf(1, ['no', 'way', 'in', 'code']) + [2, 3, 4].map(row).join('');
  writeFileSync(join(folder, 'codes.xlsx'), bookOf({ sheets: [{ name: 'A', rows }] }));
  const mapping = { fields: { ...FIELDS, procedure: 'code' }, steps: [{ status: 2, at: 'in' }] };
  const args = ['codes.xlsx', '--map', write('codes.json', JSON.stringify(mapping)), '--url', door.url];
  const remedy = 'make the column code text where the file comes from, and export again';
  const lost = '"1.00119" is kept as a number, zeros at its end are lost; if it is a code, ';
  const doubt = `line 2: taken, but look at procedure: ${lost}${remedy}\n… and 2 more taken with a doubt about procedure\n`;
  expect(await run(...args)).toMatchObject({ status: 0, error: doubt });
  const dry = await run(...args, '--dry-run');
  expect(dry).toMatchObject({ status: 0, error: `${doubt}3 rows: 3 events; dry run, nothing was sent\n` });
});

test('a changed row is told again after what was told before, and only what it changes', async () => {
  const { door, run, write } = imports;
  const head = 'no,way,in,out\n';
  const map = write('map.json', PLAIN);
  const before = 'A,Desk,2026-03-02,2026-03-04\nB,Desk,2026-03-02,\n';
  const after = 'A,Desk,2026-03-02,2026-03-06\nB,Internet,2026-03-03,\n';
  await run(write('a.csv', head + before), '--map', map, '--url', door.url);
  const ran = await run(write('b.csv', head + after), '--map', map, '--url', door.url);
  expect(ran.out).toBe('2 rows: 2 new, 1 already there\n');
  const told = [...door.events.values()].map((event) => [
    event.dossier,
    event.status,
    event.at.slice(0, 10),
    event.channel,
  ]);
  expect(told).toEqual([
    ['A', 2, '2026-03-02', 'direct'],
    ['A', 9, '2026-03-04', 'direct'],
    ['B', 2, '2026-03-02', 'direct'],
    ['A', 9, '2026-03-06', 'direct'],
    ['B', 2, '2026-03-03', 'online'],
  ]);
  expect((await run('b.csv', '--map', map, '--url', door.url)).out).toBe('2 rows: 0 new, 3 already there\n');
});
