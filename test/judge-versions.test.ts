/** A judge that was away: each hour and day gone by is judged by the rules and overrides that were in force as it ended. */
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { actsOf, speakerOf } from './server/acts.ts';
import { goLive, received } from './server/judged-world.ts';
import { forgetAlerts, listNotes, receivedOver, setRules } from './server/judging.ts';
import { createStores, forget, KINDS, type Prepared } from './server/stores.ts';
import { at, iso } from './server/world.ts';

const stores = createStores();
afterAll(() => stores.close());

/** The hour and minute of an instant at the site, seven hours ahead of Greenwich. */
const timeOf = (instant: number) => iso(instant + 7 * 3_600_000).slice(11, 16);
const on = (time: string) => at(`2026-11-18 ${time}`);
const hourly = (raise: number, more = {}) => receivedOver(raise, { cadence: 'hour', ...more });

async function catchUp(acts: ReturnType<typeof actsOf>, now: number): Promise<void> {
  for (let isMore = true; isMore; ) ({ isMore } = await acts.judge(now));
}

describe.each(KINDS)('on %s', (kind) => {
  let prepared: Prepared;
  beforeEach(async () => {
    prepared ??= await stores.open(kind);
    await forget(prepared.store);
    await forgetAlerts(prepared.store);
  });

  /** Two dossiers at 08:30, one more at 11:30; `meanwhile` happens before the judge comes back at 13:00. */
  async function run(first: ReturnType<typeof hourly>, meanwhile: () => Promise<void>) {
    const { store, tree } = prepared;
    const acts = actsOf(store);
    await setRules(store, { busy: first }, { now: on('08:00') });
    await goLive(prepared, on('08:00'));
    await acts.judge(on('08:00'));
    const feed = speakerOf(tree, 'f');
    await acts.ingest(received(2, 'A', on('08:30')), feed, on('08:30'));
    await meanwhile();
    await acts.ingest(received(1, 'A', on('11:30'), 'e'), feed, on('11:30'));
    await catchUp(acts, on('13:00'));
    const versions = await store.reader.db
      .selectFrom('episode')
      .select(['unit', 'version', 'closeReason'])
      .orderBy('id')
      .execute();
    const own = (one: { unit: number }) => tree.get(one.unit).code === 'A';
    const notes = (await listNotes(store)).filter(own);
    return {
      notes: notes.map(({ kind: what, at: when }) => `${timeOf(when)} ${what}`),
      versions: versions.filter(own).map(({ version, closeReason }) => [version, closeReason]),
    };
  }

  test('a line that was moved counts from the hour in which it was, not before', async () => {
    const { store } = prepared;
    const after = () => setRules(store, { busy: hourly(3) }, { now: on('10:20') });
    const found = await run(hourly(2), after);
    // 09:00 and 10:00 by two: raised at 09:00. 11:00 by three: over. 12:00 there are three: it is back.
    expect(found).toEqual({
      notes: ['09:00 raised', '11:00 recovering', '11:00 cleared', '12:00 returned'],
      versions: [[2, null]],
    });
  });

  test('a rule that became another ends what the one before had raised, at that instant, once', async () => {
    const { store } = prepared;
    const other = hourly(1, { condition: { kind: 'level', indicator: 'HS03', window: 'month' } });
    const after = () => setRules(store, { busy: other }, { now: on('10:20') });
    const found = await run(hourly(2), after);
    expect(found).toEqual({
      notes: ['09:00 raised', '10:20 closed', '11:00 raised'],
      versions: [
        [1, 'ruleChanged'],
        [2, null],
      ],
    });
  });

  test('an override counts in its days alone', async () => {
    const { store, tree } = prepared;
    const unit = [...tree.units.values()].find(({ code, to }) => code === 'A' && to === null)?.id ?? 0;
    const acts = actsOf(store);
    await setRules(store, { busy: hourly(2) }, { now: on('08:00') });
    await store.commit(on('08:00'), async ({ db, seq }) => {
      const who = {
        reason: 'a test',
        savedAt: 0,
        savedBy: 'test',
        approvedBy: null,
        state: 'active',
      } as const;
      const days = { validFrom: '2026-11-19', validTo: '2026-11-20' };
      const values = JSON.stringify({ raise: { warning: 9 } });
      await db
        .insertInto('override')
        .values({ rule: 'busy', unit, level: null, values, ...days, ...who, seq })
        .execute();
    });
    await goLive(prepared, on('08:00'));
    await acts.judge(on('08:00'));
    for (const [index, day] of ['18', '19', '20'].entries()) {
      const when = at(`2026-11-${day} 08:30`);
      await acts.ingest(received(2, 'A', when, `x${index}`), speakerOf(tree, 'f'), when);
    }
    await catchUp(acts, at('2026-11-20 13:00'));
    const raised = (await listNotes(store)).filter((one) => one.unit === unit && one.kind === 'raised');
    expect(raised.map((one) => new Date(one.at).toISOString().slice(0, 10))).toEqual([
      '2026-11-18',
      '2026-11-20',
    ]);
  });
});
