/** The processes of a demo, and what it says while they work. */
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { Children } from '../seed/demo/children.ts';
import { Progress } from '../seed/demo/progress.ts';

describe('a script of commands', () => {
  const echo = `const lines = require('node:readline').createInterface(process.stdin);
    lines.on('line', (line) => {
      const words = JSON.parse(line);
      if (words[0] === 'die') process.stderr.write('out of breath', () => process.exit(1));
      else console.log(JSON.stringify({ status: words[0] === 'no' ? 1 : 0, out: ' ' + words.join('+') + ' ', err: 'refused' }));
    });`;

  test('is asked one by one, in one process, and a refusal is quoted', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'ioc-demo-'));
    const children = new Children({ node: process.execPath, cwd: folder, env: process.env });
    const { ask, end } = children.talk('-e', echo);
    const asked = [ask('units', '--all'), ask('no', 'way'), ask('token')];
    expect(await Promise.allSettled(asked)).toMatchObject([
      { value: 'units+--all' },
      { reason: { message: 'no way failed.\nrefused' } },
      { value: 'token' },
    ]);
    await expect(ask('die')).rejects.toThrow('die failed.\nout of breath');
    end();
    await children.stop();
  });
});

describe('the progress line', () => {
  const showAll = (isTTY: boolean): string => {
    let written = '';
    const write = (text: string) => {
      written += text;
    };
    const progress = new Progress({ isTTY, columns: 80, write });
    for (let part = 0; part <= 10; part++) progress.show('nạp lịch sử', part / 10, ` · ${part}`);
    progress.clear();
    return written;
  };

  test('is rewritten in place on a terminal and then gone', () => {
    expect(showAll(true)).not.toContain('\n');
    expect(showAll(true).split('\r').length).toBe(13);
    expect(showAll(true)).toContain('████████████░░░░░░░░░░░░  50 %  nạp lịch sử · 5');
  });

  test('elsewhere is one line every few seconds', () => {
    expect(showAll(false)).toBe('░░░░░░░░░░░░░░░░░░░░░░░░   0 %  nạp lịch sử · 0  0 s\n');
  });
});
