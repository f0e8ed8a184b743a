/** What is wrong in a site's configuration is said in words: where, and why. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { readSite } from '../server/settings.ts';
import { makeFolder } from './server/postgres.ts';

const folder = makeFolder();
afterAll(() => folder.remove());

const path = join(folder.path, 'ioc.config.json');

/** What is said of a configuration; null when it is taken. */
function complain(config: string | object): string | null {
  writeFileSync(path, typeof config === 'string' ? config : JSON.stringify(config));
  try {
    readSite({ configPath: path, isConfigNamed: true });
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

const named = (code: string) => ({ code, name: { vi: code, en: code } });

describe('a configuration', () => {
  test.each([
    ['another type', { procedures: [named('P'), { ...named('Q'), name: 7 }] }, /procedures\[1\]\.name/],
    ['an unknown key', { proceduers: [] }, /Unrecognized key: "proceduers"/],
    [
      'one procedure twice',
      { procedures: [named('P'), named('Q'), named('P')] },
      /another procedure has the code P\s.*procedures\[2\]\.code/,
    ],
    [
      'one area twice',
      { fields: [named('HT'), named('HT')] },
      /another field has the code HT\s.*fields\[1\]\.code/,
    ],
    [
      'areas whose codes read the same',
      { fields: [named('Hòa giải'), named('HOÀ  GIẢI')] },
      /another field has the code HOÀ {2}GIẢI\s.*fields\[1\]\.code/,
    ],
    ['a zone that is none', { zone: 'Mars/Olympus' }, /no time zone.*\s.*at zone/],
    ['half a file', '{"site": ', /JSON/],
  ])('with %s is refused by its file, the place and the reason', (_words, config, reason) => {
    const said = complain(config) ?? '';
    expect(said).toMatch(reason);
    expect(said.startsWith(`${path}: `)).toBe(true);
    expect(said).not.toMatch(/"code":|"path":/);
  });

  test('may name procedures and areas alike, and procedures in capitals apart', () => {
    expect(complain({ procedures: [named('P'), named('p')], fields: [named('P')] })).toBeNull();
  });
});
