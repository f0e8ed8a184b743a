import { execFile, spawn as spawnProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readGazetteer, selectCountry, selectProvince } from '../seed/gazetteer/gazetteer.ts';
import { type Command, type CommandIo, UsageError } from '../server/commands/command.ts';
import { rebuildCommand, verifyCommand } from '../server/commands/folds.ts';
import { geoCommand } from '../server/commands/geo.ts';
import { tokenCommand } from '../server/commands/token.ts';
import { unitsCommand } from '../server/commands/units.ts';
import { checkToken } from '../server/people/tokens.ts';
import { readSettings } from '../server/settings.ts';
import { openStore, type Store } from '../server/store/store.ts';
import { readGeometries, readUnitFacts } from '../server/store/unit-store.ts';
import { actsOf, speakerOf } from './server/acts.ts';
import { makeFolder } from './server/postgres.ts';
import { at, iso, SITE, SMALL, step } from './server/world.ts';
import { runApp, settle } from './server.ts';

const folder = makeFolder();
const NOW = at('2026-11-18 10:00');
let store: Store;
beforeAll(async () => {
  store = await openStore(':memory:');
});
afterAll(async () => {
  await store.close();
  folder.remove();
});

type Said = { status: number; out: string; err: string };

async function run(command: Command, args: string[], now = NOW): Promise<Said> {
  const said = { out: '', err: '' };
  const io: CommandIo = {
    ...{ args, env: {}, cwd: folder.path, settings: readSettings({}, folder.path), site: SITE },
    stdout: { write: (text) => (said.out += text) },
    stderr: { write: (text) => (said.err += text) },
    now: () => now,
    wait: async () => undefined,
    openStore: async () => ({ store, writer: actsOf(store).writer }),
    selectUnits: (province) =>
      province === null ? selectCountry(readGazetteer()) : selectProvince(readGazetteer(), province),
  };
  return { status: await command.run(io), ...said };
}

function save(name: string, content: unknown): string {
  writeFileSync(join(folder.path, name), JSON.stringify(content));
  return name;
}

describe('ioc units', () => {
  test('loads a province by its old or its new code, and twice changes nothing', async () => {
    const first = await run(unitsCommand, ['--province', '26']);
    const facts = await readUnitFacts(store.reader);
    const again = await run(unitsCommand, ['--province', '25']);
    expect([first.status, first.out]).toEqual([0, `${facts.units.length} units loaded\n`]);
    expect([again.status, again.out]).toEqual([
      0,
      `${facts.units.length} units were there already; nothing changed\n`,
    ]);
    expect(await readUnitFacts(store.reader)).toEqual(facts);
  });

  test('loads units of one’s own from a file, and refuses what is not as documented', async () => {
    const file = save('own.json', {
      units: [{ ...SMALL.units[0], code: 'Z1', from: '2020-01-01', to: null }],
    });
    expect((await run(unitsCommand, ['--file', file])).out).toBe('1 units loaded\n');
    const wrong = save('wrong.json', { units: [{ ...SMALL.units[0], head: 'Nguyễn Văn A' }] });
    await expect(run(unitsCommand, ['--file', wrong])).rejects.toThrow(/head/);
    await expect(run(unitsCommand, ['--province', '99'])).rejects.toThrow(/99/);
    const unsayable = save('unsayable.json', { units: [{ ...SMALL.units[0], code: 'Phòng 1@2' }] });
    await expect(run(unitsCommand, ['--file', unsayable])).rejects.toThrow(/letters, digits/);
  });

  test.each([[[]], [['--all', '--province', '25']]])('with %j says how it is used', async (args) => {
    await expect(run(unitsCommand, args)).rejects.toThrow(UsageError);
  });
});

describe('ioc token', () => {
  test('prints a token alone, that is good for its kind, its unit and its days', async () => {
    const { status, out, err } = await run(tokenCommand, [
      '--kind',
      'display',
      '--unit',
      '25',
      '--days',
      '2',
    ]);
    expect([status, err]).toEqual([0, '']);
    expect(out).toMatch(/^ioc_[\w-]{32}\n$/);
    const check = (kind: 'feed' | 'display', now: number) =>
      checkToken(store.reader, out.trim(), { kind, now });
    expect(await check('display', NOW)).toMatchObject({ kind: 'display', expiresAt: NOW + 2 * 86_400_000 });
    await expect(check('feed', NOW)).rejects.toMatchObject({ code: 'unauthorised' });
    await expect(check('display', NOW + 2 * 86_400_000)).rejects.toMatchObject({ code: 'unauthorised' });
  });

  test('lists tokens without showing them, and takes one back', async () => {
    const { out: token } = await run(tokenCommand, [
      '--kind',
      'feed',
      '--unit',
      '26@2024-11-15',
      '--name',
      'one-stop',
    ]);
    const { out: list } = await run(tokenCommand, ['--list']);
    const line = list.split('\n').find((text) => text.endsWith('one-stop')) ?? '';
    const [id = '', ...shown] = line.split('\t');
    expect(shown).toEqual(['feed', '26', '2026-11-18T10:00:00+07:00', 'no end', 'one-stop']);
    expect(list).not.toContain(token.trim());
    expect((await run(tokenCommand, ['--revoke', id])).status).toBe(0);
    await expect(checkToken(store.reader, token.trim(), { kind: 'feed', now: NOW })).rejects.toThrow();
    await expect(run(tokenCommand, ['--revoke', id])).rejects.toMatchObject({ code: 'notFound' });
    expect((await run(tokenCommand, ['--list'])).out).toContain('revoked');
  });

  test('lists what a feed states, and those of one namespace by the same mark', async () => {
    const make = (name: string, ...stated: string[]) =>
      run(tokenCommand, ['--kind', 'feed', '--unit', '25', '--name', name, ...stated]);
    await make('hourly', '--cadence', '120m', '--namespace', 'one');
    await make('daily', '--cadence', '1d', '--due', '17:00', '--namespace', 'one');
    await make('quarterly', '--cadence', '15m');
    await make('plain');
    const { out } = await run(tokenCommand, ['--list']);
    const statedOf = (name: string) => {
      const cells = out.split('\n').map((line) => line.split('\t'));
      return cells.find((line) => line[5] === name)?.slice(6);
    };
    const mark = /namespace =[0-9a-f]{8}/.exec(statedOf('hourly')?.[0] ?? '')?.[0];
    expect(mark).toBeDefined();
    expect(['hourly', 'daily', 'quarterly', 'plain'].map(statedOf)).toEqual([
      [`${mark}, cadence 2h`],
      [`${mark}, cadence 1d, due 17:00`],
      ['cadence 15m'],
      [],
    ]);
  });

  test.each([
    [['--kind', 'admin', '--unit', '25']],
    [['--kind', 'feed']],
    [['--kind', 'feed', '--unit', '25', '--days', '0']],
    [['--kind', 'feed', '--unit', '25', '--days', 'ten']],
    [['--kind', 'feed', '--unit', '25', '--days', 'Infinity']],
    [['--list', '--revoke', 'x']],
    [['--revoke', 'x', '--kind', 'feed', '--unit', '25']],
  ])('with %j says how it is used', async (args) => {
    await expect(run(tokenCommand, args)).rejects.toThrow(UsageError);
  });

  test('of a unit that is not there is refused', async () => {
    await expect(run(tokenCommand, ['--kind', 'feed', '--unit', 'nowhere'])).rejects.toMatchObject({
      code: 'notFound',
    });
  });
});

test('ioc verify says 0 for sound tables and 1 for others, and ioc rebuild mends them', async () => {
  const tree = await settle(store);
  const told = [step({ id: '1', at: iso(at('2026-11-17 09:00')), status: 2, receiver: 'A', resolver: 'A' })];
  await actsOf(store).ingest(told, speakerOf(tree, 'f'), NOW);
  expect(await run(verifyCommand, [])).toMatchObject({
    status: 0,
    out: '1 dossiers folded\nthe tables are what the log says\n',
  });
  await store.commit(NOW, async ({ db }) =>
    db.updateTable('tally').set({ open: 5 }).where('grain', '=', 'ever').execute(),
  );
  const wrong = await run(verifyCommand, []);
  expect(wrong.status).toBe(1);
  expect(wrong.out).toMatch(
    /^1 dossiers folded\ntally: 2 rows stood otherwise before, 2 come out of the log\n {2}\{.*"open":5/,
  );
  expect((await run(rebuildCommand, [])).status).toBe(0);
  expect((await run(verifyCommand, [], at('2026-12-24 10:00'))).status).toBe(0);
});

test('ioc import-geo loads boundaries by the unit’s code and says what it cannot place', async () => {
  const square = {
    type: 'Polygon',
    coordinates: [
      [
        [105, 21],
        [106, 21],
        [106, 22],
        [105, 21],
      ],
    ],
  };
  const feature = (code: string | null) => ({ type: 'Feature', properties: { ma: code }, geometry: square });
  const file = save('map.json', {
    type: 'FeatureCollection',
    features: [feature('A'), feature('X9'), feature(null)],
  });
  const { status, out, err } = await run(geoCommand, [file, '--code-property', 'ma']);
  const unit = (await readUnitFacts(store.reader)).units.findLast(({ code }) => code === 'A')?.id ?? 0;
  expect([status, out, err]).toEqual([
    0,
    '1 boundaries loaded\n',
    '2 features name no unit of that day: X9, (no code)\n',
  ]);
  expect(JSON.parse((await readGeometries(store.reader, [unit])).get(unit) ?? '')).toEqual(square);
  await expect(run(geoCommand, [file])).rejects.toThrow(UsageError);
  await expect(run(geoCommand, [file, '--code-property', 'name'])).rejects.toMatchObject({
    code: 'badInput',
  });
});

/** The command as a process of its own, on a store in a file. */
async function spawn(dataDir: string, ...args: string[]): Promise<Said> {
  const { promise, resolve } = Promise.withResolvers<Said>();
  mkdirSync(dataDir, { recursive: true });
  const config = join(dataDir, 'site.json');
  writeFileSync(config, '{}');
  const env = { PATH: process.env.PATH ?? '', DATA_DIR: dataDir, IOC_CONFIG: config };
  execFile(process.execPath, ['server/ioc.ts', ...args], { env, timeout: 25_000 }, (error, out, err) => {
    resolve({ status: typeof error?.code === 'number' ? error.code : error ? -1 : 0, out, err });
  });
  return promise;
}

describe('as a process', () => {
  test('tells its usage with 0 when asked, 2 when called wrongly, and why with 1 when it refuses', async () => {
    const dir = join(folder.path, 'calls');
    const said = await Promise.all([
      ...[spawn(dir, '--help'), spawn(dir, 'token', '--help'), spawn(dir), spawn(dir, 'fly')],
      ...[
        spawn(dir, 'units', '--nothing'),
        spawn(dir, 'token', '--kind', 'x'),
        spawn(dir, 'units', '--province', '99'),
      ],
    ]);
    expect(said.map(({ status, out, err }) => [status, out.split('\n')[0], err.split('\n')[0]])).toEqual([
      [0, 'Usage: ioc <command> [--help]', ''],
      [0, 'Usage: ioc token --kind (feed | display) --unit CODE [--name NAME] [--days N]', ''],
      [2, '', 'ioc: name a command'],
      [2, '', 'ioc: there is no command fly'],
      [2, '', expect.stringContaining('--nothing')],
      [2, '', 'ioc: --kind is feed or display'],
      [1, '', 'ioc: no province has or had the code 99'],
    ]);
  }, 60_000);

  test.each([[['--help']], [['calendar']]])(
    '%j into a pipe that nobody reads ends quietly',
    async (args) => {
      const env = { PATH: process.env.PATH ?? '', DATA_DIR: folder.path };
      const child = spawnProcess(process.execPath, ['server/ioc.ts', ...args], { env });
      child.stdout.destroy();
      let complaints = '';
      child.stderr.on('data', (text) => {
        complaints += text;
      });
      const [status] = await once(child, 'close');
      expect([status, complaints]).toEqual([0, '']);
    },
    30_000,
  );

  test('works on the store of a server that runs', async () => {
    const dir = join(folder.path, 'live');
    const server = await runApp({ url: join(dir, 'ioc.db') });
    const [made, events] = await Promise.all([
      spawn(dir, 'token', '--kind', 'display', '--unit', 'A'),
      server.post(
        [step({ id: '1', at: iso(NOW), status: 2, procedure: 'P.none' })],
        await server.token('feed', '25'),
      ),
    ]);
    expect([made.status, events.status, made.err]).toEqual([0, 200, '']);
    expect((await server.ask('/api/session', { token: made.out.trim() })).body).toMatchObject({
      unit: { code: 'A' },
    });
    const checked = await spawn(dir, 'verify');
    expect([checked.status, checked.out]).toEqual([
      0,
      '1 dossiers folded\nthe tables are what the log says\n',
    ]);
    await server.close();
    expect(server.troubles).toEqual([]);
  }, 60_000);
});
