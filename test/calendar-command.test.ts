import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { calendarCommand } from '../server/commands/calendar.ts';
import { type CommandIo, UsageError } from '../server/commands/command.ts';
import { readSettings, readSite } from '../server/settings.ts';
import { makeFolder } from './server/postgres.ts';
import { at, iso, SITE } from './server/world.ts';
import { runApp } from './server.ts';

const folder = makeFolder();
afterAll(() => folder.remove());

async function run(args: string[], site = SITE): Promise<{ status: number; out: string }> {
  let out = '';
  const io: CommandIo = {
    ...{ args, env: {}, cwd: folder.path, settings: readSettings({}, folder.path), site },
    stdout: {
      write: (text) => {
        out += text;
      },
    },
    stderr: { write: () => undefined },
    now: () => at('2026-12-14 10:00'),
    wait: async () => undefined,
    openStore: () => Promise.reject(new Error('no store')),
    selectUnits: () => ({ units: [], lineage: [] }),
  };
  return { status: await calendarCommand.run(io), out };
}

test('ioc calendar shows the years that are loaded', async () => {
  const { status, out } = await run([]);
  expect(status).toBe(0);
  expect(out.match(/^\d{4}$/gm)).toEqual(['2024', '2025', '2026']);
});

test('ioc calendar --add puts a provisional year into the configuration, beside what it says, by the days the law fixes', async () => {
  const path = join(folder.path, 'ioc.config.json');
  writeFileSync(path, JSON.stringify({ requestsPerSecond: 7, calendar: { weekend: [6, 7] } }));
  const { status, out } = await run(['--add', '2027']);
  expect([status, out.split('\n')[0]]).toEqual([
    0,
    `2027 is in ${path}, provisional: by the Labour Code, article 112.`,
  ]);
  const config = JSON.parse(readFileSync(path, 'utf8'));
  expect(config).toEqual({
    requestsPerSecond: 7,
    calendar: {
      weekend: [6, 7],
      years: {
        2027: {
          holidays: [
            '2027-01-01',
            // Tết from its eve, a Friday; for the Saturday and the Sunday two days more.
            ...[
              '2027-02-05',
              '2027-02-06',
              '2027-02-07',
              '2027-02-08',
              '2027-02-09',
              '2027-02-10',
              '2027-02-11',
            ],
            '2027-04-16',
            // Labour Day on a Saturday: the Monday after.
            ...['2027-04-30', '2027-05-01', '2027-05-03'],
            ...['2027-09-01', '2027-09-02'],
          ],
          makeUp: [],
          provisional: true,
        },
      },
    },
  });
  const site = readSite({ configPath: path, isConfigNamed: true });
  expect((await run([], site)).out).toContain('2027 (provisional)');
  await expect(run(['--add', '2027'], site)).rejects.toThrow('2027 is loaded already');
  await expect(run(['--add', '2041'])).rejects.toThrow(UsageError);
});

test('what falls due in a year that is not loaded is refused with the command that loads it, and taken once it is', async () => {
  const received = (id: string) => ({
    ...{ kind: 'petition', id, petition: id, unit: 'A', state: 'received' },
    at: iso(at('2026-12-14 09:00')),
  });
  const start = at('2026-12-14 10:00');
  const before = await runApp({ start });
  const refused = await before.post([received('p1')], await before.token('feed', '25'));
  expect(refused).toMatchObject({
    status: 422,
    body: {
      errors: [
        {
          ...{ index: 0, field: 'due' },
          reason:
            'needs the working calendar of 2027, which is not loaded: state due, or load the year (ioc calendar --add 2027)',
        },
      ],
    },
  });
  await before.close();
  const path = join(folder.path, 'ioc.config.json');
  writeFileSync(path, '{}');
  await run(['--add', '2027']);
  const site = readSite({ configPath: path, isConfigNamed: true });
  const after = await runApp({ start, site });
  expect(await after.post([received('p1')], await after.token('feed', '25'))).toMatchObject({ status: 200 });
  const rows = await after.store.reader.db
    .selectFrom('subject')
    .select('dueAt')
    .where('kind', '=', 'petition')
    .execute();
  // Fifteen working days on, New Year's Day left out.
  expect(rows).toEqual([{ dueAt: at('2027-01-05 09:00') }]);
  await after.close();
});
