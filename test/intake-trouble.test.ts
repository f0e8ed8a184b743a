import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Imports, openImports, PLAIN } from './intake-imports.ts';

let imports: Imports;

beforeEach(async () => {
  imports = await openImports();
});

afterEach(() => imports.close());

test('a busy server is waited for as long as it asks, a broken line is tried again', async () => {
  const { door, waits, run, writeMany } = imports;
  const args = writeMany(10);
  door.moods = [429, 'drop', 503];
  const { status, out, error } = await run(...args);
  expect([status, out]).toEqual([0, '10 rows: 20 new, 0 already there\n']);
  expect(waits).toEqual([7000, 500, 7000]);
  expect(error).toContain('the server is busy: waiting 7 s');
});

async function stopHalfway(args: string[]): Promise<{ status: number; out: string; error: string }> {
  const { door, run } = imports;
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
  const { door, run, writeMany } = imports;
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
  const { door, run, writeMany } = imports;
  const args = writeMany(2250);
  await stopHalfway(args);
  door.events.clear();
  const resumed = await run(...args);
  expect(resumed).toMatchObject({ status: 0, out: '2,250 rows: 4,500 new, 0 already there\n' });
  expect(resumed.error).not.toContain('going on');
  expect(door.events.size).toBe(4500);
});

test('events the server refuses are named with their lines and the rest is sent', async () => {
  const { folder, door, run, writeMany } = imports;
  const args = writeMany(30);
  door.refuses = ({ dossier }) => (Number(dossier.slice(1)) >= 28 ? 'no such unit' : undefined);
  const { status, out, error } = await run(...args, '--rejects', 'rejects.csv');
  expect([status, out]).toEqual([0, '30 rows: 56 new, 0 already there, 2 rows refused by the server\n']);
  expect(error).toBe('line 30: receiver: no such unit\nline 31: receiver: no such unit\n');
  expect(readFileSync(join(folder, 'rejects.csv'), 'utf8').split('\n')[1]).toBe('30,receiver,no such unit');
});

test('a row of which the server refuses one event is left out whole; what other rows tell of it is sent', async () => {
  const { door, run, write } = imports;
  const rows = [
    'A,Desk,2026-03-02,2026-03-04',
    'A,Desk,2026-03-02,2026-03-05',
    'B,Desk,2026-03-02,2026-03-04',
  ];
  const file = write('shared.csv', ['no,way,in,out', ...rows].join('\n'));
  const told = () =>
    [...door.events.values()].map(({ dossier, status, at }) => `${dossier}${status} ${at.slice(8, 10)}`);
  door.refuses = ({ dossier, at }) => (dossier === 'B' && at > '2026-03-04' ? 'no such unit' : undefined);
  const args = [file, '--map', write('map.json', PLAIN), '--url', door.url];
  expect(await run(...args)).toMatchObject({
    out: '3 rows: 3 new, 0 already there, 1 repeated within the file, 1 row refused by the server\n',
    error: 'line 4: receiver: no such unit\n',
  });
  expect(told()).toEqual(['A2 02', 'A9 04', 'A9 05']);
  door.events.clear();
  door.refuses = ({ dossier, at }) =>
    dossier === 'A' && at.startsWith('2026-03-04') ? 'no such unit' : undefined;
  door.moods = [413];
  expect(await run(...args)).toMatchObject({ error: 'line 2: receiver: no such unit\n' });
  expect(told()).toEqual(['A2 02', 'A9 05', 'B2 02', 'B9 04']);
  door.events.clear();
  door.refuses = ({ dossier, status }) => (dossier === 'A' && status === 2 ? 'no such unit' : undefined);
  expect(await run(...args)).toMatchObject({
    error: 'line 2: receiver: no such unit\nline 3: receiver: no such unit\n',
  });
  expect(told()).toEqual(['B2 02', 'B9 04']);
});

test('a row is refused whole when its batch is halved, and a step told again in a later batch is not forgotten', async () => {
  const { door, run, write, writeMany } = imports;
  const args = writeMany(3);
  door.moods = [413];
  door.refuses = ({ dossier, status }) => (dossier === 'D1' && status === 9 ? 'no such unit' : undefined);
  await run(...args);
  expect([...door.events.values()].map(({ dossier }) => dossier)).toEqual(['D0', 'D0', 'D2', 'D2']);
  const between = Array.from({ length: 600 }, (_, at) => `E${at},Desk,2026-03-02,2026-03-04`);
  const rows = ['A,Desk,2026-03-02,2026-03-04', ...between, 'A,Desk,2026-03-02,2026-03-05'];
  door.refuses = ({ dossier, at }) =>
    dossier === 'A' && at.startsWith('2026-03-04') ? 'no such unit' : undefined;
  const file = write('late.csv', ['no,way,in,out', ...rows].join('\n'));
  const { out } = await run(file, '--map', write('map.json', PLAIN), '--url', door.url);
  expect(out).toBe('602 rows: 1,202 new, 0 already there, 1 row refused by the server\n');
  const told = [...door.events.values()].filter(({ dossier }) => dossier === 'A');
  expect(told.map(({ status }) => status)).toEqual([2, 9]);
});

test('a server in trouble is waited for like one that is away, and named when it stays so', async () => {
  const { door, waits, run, writeMany } = imports;
  const args = writeMany(3);
  door.moods = [500, 503, 'drop', 502, 504, 408, 507];
  expect(await run(...args)).toMatchObject({ status: 0, out: '3 rows: 6 new, 0 already there\n' });
  expect(waits).toEqual([7000, 7000, 2000, 7000, 8000, 16_000, 30_000]);
  door.moods = Array(9).fill(500);
  const { status, error } = await run(...args);
  expect([status, error.split('\n').slice(-3)]).toEqual([
    1,
    [
      'nothing of the file is there yet; the same command begins again',
      `refused: the server at ${door.url} takes nothing (status 500: mood 500)`,
      '',
    ],
  ]);
  expect(await run(...args)).toMatchObject({ status: 0, out: '3 rows: 0 new, 6 already there\n' });
});

test('a refusal of the whole is said in the words of the server, with status 1', async () => {
  const { door, run, writeMany } = imports;
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
    out: '3 rows: 0 new, 0 already there, 3 rows refused by the server\n',
  });
});

test('a batch too large for the server is halved', async () => {
  const { door, run, writeMany } = imports;
  const args = writeMany(10);
  door.moods = [413];
  expect(await run(...args)).toMatchObject({ status: 0, out: '10 rows: 20 new, 0 already there\n' });
  expect(door.batches).toEqual([10, 10]);
});
