/** A right that a command takes away while a server runs: whoever watches by it is sent away. Real processes, one store. */
import { execFile } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, expect, test } from 'vitest';
import { createSite } from '../server/site.ts';
import { openStore } from '../server/store/store.ts';
import type { Frame } from '../shared/live.ts';
import { actsOf } from './server/acts.ts';
import { makeFolder } from './server/postgres.ts';
import { type ServerProcess, startProcess } from './server/process.ts';
import { connect, start } from './server/viewers.ts';
import { iso, SMALL, step } from './server/world.ts';

const folder = makeFolder();
let server: ServerProcess | undefined;
afterAll(async () => {
  if (server?.child.exitCode === null) await server.kill('SIGKILL');
  folder.remove();
});

const own = join(folder.path, 'office');
const url = join(own, 'ioc.db');

/** An office with units, a feed's token and a display's, and the id of the latter. */
async function found(): Promise<{ feed: string; display: string; id: string }> {
  mkdirSync(own);
  const store = await openStore(url);
  const acts = actsOf(store, { site: createSite({}) });
  await acts.loadUnits(SMALL, Date.now());
  await acts.rebuild(Date.now());
  const units = await store.reader.db.selectFrom('unit').selectAll().where('code', '=', 'A').execute();
  const unit = units.find(({ validTo }) => validTo === null)?.id ?? 0;
  const facts = { namespace: null, cadenceMs: null, dueTime: null };
  const make = (kind: 'feed' | 'display') =>
    acts.createToken({ kind, unit, name: kind, days: null, feed: facts }, Date.now());
  const [feed, display] = [await make('feed'), await make('display')];
  const row = store.reader.db.selectFrom('token').select('id').where('kind', '=', 'display');
  const { id } = await row.executeTakeFirstOrThrow();
  await store.close();
  return { feed, display, id };
}

/** When the commit was made that last changed somebody's rights. */
async function readRightsAt(): Promise<number> {
  const store = await openStore(url);
  const { rightsSeq } = await store.readClock();
  const row = store.reader.db.selectFrom('commit').select('at').where('seq', '=', rightsSeq);
  const { at } = await row.executeTakeFirstOrThrow();
  await store.close();
  return at;
}

test('a token that the command line revokes brings no frame that is more than a second younger', async () => {
  const { feed, display, id } = await found();
  server = await startProcess({ folder: own });
  await server.untilReady();
  const link = await connect(server, { token: display });
  await start(link, 'A');
  const frames: Frame[] = [];
  link.on('frame', (frame) => frames.push(frame));
  const gone = new Promise<void>((resolve) => void link.once('disconnect', () => resolve()));
  let told = 0;
  const tell = async () => {
    const at = iso(Date.now() - 1000);
    const event = step({ id: `t${++told}`, dossier: `d${told}`, at, status: 2 });
    await server?.post([event], feed);
  };
  const revoke = promisify(execFile)(process.execPath, ['server/ioc.ts', 'token', '--revoke', id], {
    env: { ...process.env, DATA_DIR: own },
  });
  let isGone = false;
  void gone.then(() => {
    isGone = true;
  });
  while (!isGone) await tell();
  await revoke;
  const at = await readRightsAt();
  expect(frames.length).toBeGreaterThan(0);
  // What a frame says of its time has whole seconds.
  expect(frames.filter((frame) => Date.parse(frame.at) > at + 1000)).toEqual([]);
  await expect(connect(server, { token: display })).rejects.toMatchObject({ status: 401 });
}, 60_000);
