/** `ioc script`: commands one after the other in one process. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { createInterface } from 'node:readline';
import { afterAll, expect, test } from 'vitest';
import { makeFolder } from './server/postgres.ts';

const folder = makeFolder();
afterAll(() => folder.remove());

function start() {
  const config = join(folder.path, 'site.json');
  writeFileSync(config, '{}');
  const env = { PATH: process.env.PATH ?? '', DATA_DIR: folder.path, IOC_CONFIG: config };
  const child = spawn(process.execPath, ['server/ioc.ts', 'script'], { env });
  const answers = createInterface(child.stdout)[Symbol.asyncIterator]();
  const ask = async (...words: string[]) => {
    child.stdin.write(`${JSON.stringify(words)}\n`);
    return JSON.parse((await answers.next()).value ?? 'null');
  };
  return { child, ask, ended: once(child, 'close') };
}

test('a script’s commands are performed in one process, each answered by itself', async () => {
  const { child, ask, ended } = start();
  expect(await ask('units', '--province', '25')).toEqual({ status: 0, out: '678 units loaded\n', err: '' });
  const made = await ask('token', '--kind', 'feed', '--unit', '25');
  expect(made).toEqual({ status: 0, out: expect.stringMatching(/^\S{16,}\n$/), err: '' });
  const refused = await ask('token', '--kind', 'feed', '--unit', 'nowhere');
  expect(refused).toMatchObject({ status: 1, out: '', err: expect.stringContaining('No unit is named') });
  expect((await ask('fly')).status).toBe(2);
  expect((await ask('token', '--list')).out.split('\n')).toHaveLength(2);
  expect((await ask('warning', 'pause')).out).toMatch(/^nothing is judged until /);
  expect((await ask('warning')).out).toMatch(/^paused until /);
  child.stdin.end();
  expect(await ended).toEqual([2, null]);
}, 60_000);

test('what is no command ends a script', async () => {
  const { child, ended } = start();
  let said = '';
  child.stderr.on('data', (text) => {
    said += text;
  });
  child.stdin.end('token --list\n["token","--list"]\n');
  expect(await ended).toEqual([2, null]);
  expect(said).toMatch(/^ioc: a line is a command as JSON/);
}, 60_000);
