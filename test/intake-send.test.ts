import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { importCommand } from '../server/intake/command.ts';
import type { UnitRecord } from '../shared/unit.ts';
import { type Door, openDoor } from './intake-door.ts';
import { FIELDS } from './intake-rows.ts';

let folder: string;
let door: Door;
let waits: number[];
let units: UnitRecord[];

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'intake-'));
  waits = [];
  units = [];
  door = await openDoor();
});

afterEach(async () => {
  await door.close();
  rmSync(folder, { recursive: true });
});

async function run(...args: string[]): Promise<{ status: number; out: string; error: string }> {
  let out = '';
  let error = '';
  const status = await importCommand(args, {
    env: { DATA_DIR: 'store', IOC_TOKEN: 'secret' },
    cwd: folder,
    stdout: { write: (text) => (out += text) },
    stderr: { write: (text) => (error += text) },
    now: () => 0,
    wait: async (ms) => void waits.push(ms),
    ensureUnits: async (records) => void units.push(...records),
  });
  return { status, out, error };
}

function write(name: string, text: string): string {
  writeFileSync(join(folder, name), text);
  return name;
}

const PLAIN = JSON.stringify({
  fields: FIELDS,
  zone: 'UTC',
  steps: [
    { status: 2, at: 'in' },
    { status: 9, at: 'out' },
  ],
});

function writeMany(count: number): string[] {
  const rows = Array.from(
    { length: count },
    (_, index) => `D${index},${index % 3 ? 'Desk' : 'Internet'},2026-03-02,2026-03-0${3 + (index % 5)}`,
  );
  return [
    write('many.csv', ['no,way,in,out', ...rows].join('\n')),
    '--map',
    write('map.json', PLAIN),
    '--url',
    door.url,
  ];
}

test('the worked example of the manual gives what the manual says, and nothing new the second time', async () => {
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
  const example = (name: string) => resolve(import.meta.dirname, '../docs/import-example', name);
  const made = await run(example('permits.csv'), '--map', example('map.json'), '--units-only');
  expect(made).toEqual({ status: 0, out: '', error: 'units named in the file: 1\n' });
  expect([units.length, door.events.size]).toEqual([1, 0]);
  const args = writeMany(1);
  expect(await run(...args, '--units-only')).toMatchObject({ status: 1 });
});

test('what arrives is what an independent count of the file finds', async () => {
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
  expect(await run(...writeMany(1250))).toMatchObject({
    status: 0,
    out: '1,250 rows: 2,500 new, 0 already there\n',
  });
  expect(door.batches).toEqual([1000, 1000, 500]);
  expect(readdirSync(join(folder, 'store/imports'))).toEqual([]);
});

test('a busy server is waited for as long as it asks, a broken line is tried again', async () => {
  const args = writeMany(10);
  door.moods = [429, 'drop', 503];
  const { status, out, error } = await run(...args);
  expect([status, out]).toEqual([0, '10 rows: 20 new, 0 already there\n']);
  expect(waits).toEqual([7000, 500, 1000]);
  expect(error).toContain('the server is busy: waiting 7 s');
});

async function stopHalfway(args: string[]): Promise<{ status: number; out: string; error: string }> {
  door.refuses = ({ dossier }) => {
    if (dossier === 'D999') door.isAway = true;
    return undefined;
  };
  const stopped = await run(...args);
  door.isAway = false;
  door.refuses = () => undefined;
  return stopped;
}

test('a server that stays away ends the import; the next run skips what it has', async () => {
  const args = writeMany(2250);
  const stopped = await stopHalfway(args);
  expect(stopped.status).toBe(1);
  expect(stopped.error).toContain('lines up to 1001 are there; the same command goes on from them');
  expect(stopped.error).toContain(`refused: nobody answers at ${door.url}`);
  const resumed = await run(...args);
  expect(resumed).toMatchObject({ status: 0, out: '2,250 rows: 4,500 new, 0 already there\n' });
  expect(resumed.error).toContain('going on after line 1001');
  expect(door.batches).toEqual([1000, 1000, 1000, 1000, 1000, 500]);
});

test('a server that has lost what it had is sent the whole file again', async () => {
  const args = writeMany(2250);
  await stopHalfway(args);
  door.events.clear();
  const resumed = await run(...args);
  expect(resumed).toMatchObject({ status: 0, out: '2,250 rows: 4,500 new, 0 already there\n' });
  expect(resumed.error).not.toContain('going on');
  expect(door.events.size).toBe(4500);
});

test('events the server refuses are named with their lines and the rest is sent', async () => {
  const args = writeMany(30);
  door.refuses = ({ dossier }) => (Number(dossier.slice(1)) >= 28 ? 'no such unit' : undefined);
  const { status, out, error } = await run(...args, '--rejects', 'rejects.csv');
  expect([status, out]).toEqual([0, '30 rows: 56 new, 0 already there, 4 events refused by the server\n']);
  expect(error).toBe(
    'line 30: receiver: no such unit\n'.repeat(2) + 'line 31: receiver: no such unit\n'.repeat(2),
  );
  expect(readFileSync(join(folder, 'rejects.csv'), 'utf8').split('\n')[1]).toBe('30,receiver,no such unit');
});

test('a refusal of the whole is said in the words of the server, with status 1', async () => {
  const args = writeMany(3);
  door.moods = [401];
  expect(await run(...args)).toEqual({
    status: 1,
    out: '',
    error: 'refused: the server refuses: mood 401 (status 401)\n',
  });
  door.refuses = () => 'no such unit';
  expect(await run(...args)).toMatchObject({
    status: 1,
    out: '3 rows: 0 new, 0 already there, 6 events refused by the server\n',
  });
});

test('a batch too large for the server is halved', async () => {
  const args = writeMany(10);
  door.moods = [413];
  expect(await run(...args)).toMatchObject({ status: 0, out: '10 rows: 20 new, 0 already there\n' });
  expect(door.batches).toEqual([10, 10]);
});

test('only twenty refusals are shown, all are in the file', async () => {
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
