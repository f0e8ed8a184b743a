// Texts: each is said somewhere. A text is named whole, or by a name that the source puts together from its beginning or end.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import i18next from 'i18next';
import { beforeAll, expect, it } from 'vitest';
import { startWords } from '../../web/words/words.ts';

const read = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter(
      (path) => /\.tsx?$/.test(path) && !/words[/\\].*-(?:vi|en)\.ts$|words[/\\](?:vi|en)\.ts$/.test(path),
    )
    .map((path) => readFileSync(join(folder, path), 'utf8'));

beforeAll(() => startWords('vi'));

it('are all said somewhere', () => {
  const source = [...read('web'), ...read('shared')].join('\n');
  const whole = new Set([...source.matchAll(/['"`]([\w.]+)['"`]/g)].map(([, name]) => name ?? ''));
  const begun = new Set([...source.matchAll(/`([\w.]+\.\w*)\$\{/g)].map(([, name]) => name ?? ''));
  const ended = [...new Set([...source.matchAll(/`\$\{\w+\}([A-Z]\w*)`/g)].map(([, end]) => end ?? ''))];
  const isSaid = (key: string): boolean =>
    whole.has(key) ||
    [...begun].some((start) => key.startsWith(start) && key.length > start.length) ||
    ended.some((end) => key.endsWith(end) && whole.has(key.slice(0, -end.length)));
  const keys = Object.keys(i18next.getResourceBundle('vi', 'translation'));
  expect(keys.length).toBeGreaterThan(1000);
  expect(keys.filter((key) => !isSaid(key.replace(/_(?:one|other|zero)$/, '')))).toEqual([]);
});
