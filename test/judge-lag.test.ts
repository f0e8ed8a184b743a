/** How late the judge is: the time for which anything has waited to be judged, and nothing else. */
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { createJudging, readJudgeStanding } from '../server/judging.ts';
import { actsOf, speakerOf } from './server/acts.ts';
import { goLive, MINUTE, NOW, received } from './server/judged-world.ts';
import { forgetAlerts, listNotes, receivedOver, setRules } from './server/judging.ts';
import { createStores, forget, KINDS, type Prepared } from './server/stores.ts';
import { SITE } from './server/world.ts';

const stores = createStores();
afterAll(() => stores.close());

/** What was told of the judge's own alert. */
const listLag = async ({ store }: Prepared) =>
  (await listNotes(store)).filter(({ rule }) => rule === 'judge').map(({ kind, figure }) => [kind, figure]);

describe.each(KINDS)('on %s', (kind) => {
  let prepared: Prepared;
  let now: number;
  beforeEach(async () => {
    prepared ??= await stores.open(kind);
    await forget(prepared.store);
    await forgetAlerts(prepared.store);
    await setRules(prepared.store, { busy: receivedOver(1) }, { now: NOW });
    await goLive(prepared, NOW);
    await actsOf(prepared.store).judge(NOW);
    now = NOW;
  });

  const judgeWhileThereIsAny = async () => {
    const { store } = prepared;
    const { run } = actsOf(store).writer;
    const judge = createJudging({ store, run, site: SITE, clock: () => now, onJudged: () => undefined });
    while (await judge());
  };
  const standingNow = async () => {
    const { store } = prepared;
    return readJudgeStanding(store.reader, { site: SITE, clock: await store.readClock(), now });
  };
  const tell = (prefix: string) =>
    actsOf(prepared.store).ingest(received(2, 'A', now, prefix), speakerOf(prepared.tree, 'f'), now);

  test('after minutes in which nothing needed judging, the first event raises no alert of a late judge', async () => {
    await prepared.store.commit(NOW + 1000, async () => undefined);
    now = NOW + 20 * MINUTE;
    await tell('d');
    now += 500;
    expect(await standingNow()).toMatchObject({ isLate: false });
    await judgeWhileThereIsAny();
    expect(await listLag(prepared)).toEqual([]);
    expect(await standingNow()).toMatchObject({ behind: 0, lagMs: 500, isLate: false });
  });

  test('what waited for two minutes raises it with the seconds it waited, and the next judgement ends it', async () => {
    await tell('d');
    now = NOW + MINUTE;
    await tell('e');
    now = NOW + 2 * MINUTE;
    expect(await standingNow()).toMatchObject({ isLate: true });
    await judgeWhileThereIsAny();
    expect(await listLag(prepared)).toEqual([
      ['raised', 120],
      ['recovering', 0],
      ['cleared', 0],
    ]);
  });

  test('what came while a past was brought in waits from the end of the pause', async () => {
    const { store } = prepared;
    const until = NOW + 30 * MINUTE;
    const { run } = actsOf(store).writer;
    await run({ name: 'pauseJudge', caller: { kind: 'command' }, input: { until }, now: NOW });
    await tell('d');
    now = until + 200;
    expect(await standingNow()).toMatchObject({ isLate: false });
    await judgeWhileThereIsAny();
    expect(await listLag(prepared)).toEqual([]);
  });
});
