import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type CommandIo, UsageError } from '../server/commands/command.ts';
import { warningCommand } from '../server/commands/warning.ts';
import { isAnythingToJudge } from '../server/judging.ts';
import { readSettings } from '../server/settings.ts';
import { actsOf, speakerOf } from './server/acts.ts';
import { goLive, HOUR, NOW, openOver, received } from './server/judged-world.ts';
import { listOpen, setRules } from './server/judging.ts';
import { createStores, type Prepared } from './server/stores.ts';
import { at, SITE } from './server/world.ts';

const stores = createStores();
let prepared: Prepared;
let now = NOW;
beforeAll(async () => {
  prepared = await stores.open('memory');
});
afterAll(() => stores.close());

async function warning(...args: string[]) {
  const said = { out: '' };
  const { store } = prepared;
  const io: CommandIo = {
    ...{ args, env: {}, cwd: '.', site: SITE, settings: readSettings({}, '.') },
    stdout: { write: (text) => (said.out += text) },
    stderr: { write: () => true },
    now: () => now,
    wait: async () => undefined,
    openStore: async () => ({ store, writer: actsOf(store).writer }),
    selectUnits: () => ({ units: [], lineage: [] }),
  };
  return { status: await warningCommand.run(io), ...said };
}

const isAsked = async () => {
  const { store } = prepared;
  return isAnythingToJudge(store.reader, { site: SITE, clock: await store.readClock(), now });
};

describe('ioc warning', () => {
  test('lets half of a history raise nothing, and then judges each alert as old as what it tells of', async () => {
    const { store, tree } = prepared;
    const acts = actsOf(store);
    await setRules(store, { busy: openOver(3) }, { now });
    await goLive(prepared, now);
    expect(await warning('pause', '--hours', '3')).toEqual({
      ...{ status: 0, out: 'nothing is judged until 2026-11-18T13:00:00+07:00\n' },
    });
    const feed = speakerOf(tree, 'f');
    const since = at('2026-11-09 08:00');
    await acts.ingest(received(5, 'A', since), feed, now);
    now += HOUR;
    expect(await isAsked()).toBe(false);
    expect((await warning()).out).toMatch(/^paused until 2026-11-18T13:00:00\+07:00\n/);
    expect((await warning('resume')).out).toBe('alerts are judged again\n');
    now += 1000;
    expect(await isAsked()).toBe(true);
    await acts.judge(now);
    const open = await listOpen(store);
    expect(open.map(({ openedAt, figure }) => ({ openedAt, figure }))).toEqual([
      { openedAt: at('2026-11-10 00:00'), figure: 5 },
      { openedAt: at('2026-11-10 00:00'), figure: 5 },
    ]);
    expect((await store.readClock()).pausedUntil).toBe(0);
    expect((await warning()).out).toMatch(/^judging\n/);
  });

  test('ends by itself, and refuses what it does not understand', async () => {
    await warning('pause');
    now += 2 * HOUR - 1;
    expect(await isAsked()).toBe(false);
    now += 1;
    expect(await isAsked()).toBe(true);
    for (const args of [['stop'], ['pause', 'now'], ['resume', '--hours', '1'], ['pause', '--hours', '73']])
      await expect(warning(...args)).rejects.toThrow(UsageError);
  });
});
