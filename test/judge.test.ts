/** The judge: what it raises, keeps and clears, whatever happens in between. */
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { actsOf, speakerOf } from './server/acts.ts';
import { acknowledgeEpisode, goLive, HOUR, MINUTE, NOW, openOver, received } from './server/judged-world.ts';
import { forgetAlerts, listNotes, listOpen, receivedOver, ruleBody, setRules } from './server/judging.ts';
import { createStores, forget, KINDS, type Prepared } from './server/stores.ts';
import { at, iso } from './server/world.ts';

const stores = createStores();
afterAll(() => stores.close());

describe.each(KINDS)('on %s', (kind) => {
  let prepared: Prepared;
  beforeEach(async () => {
    prepared ??= await stores.open(kind);
    await forget(prepared.store);
    await forgetAlerts(prepared.store);
  });

  test('a breach is raised with the change that brings it, and cleared by the one that ends it', async () => {
    const { store, tree } = prepared;
    const acts = actsOf(store);
    await setRules(store, { busy: receivedOver(3) }, { now: NOW });
    await goLive(prepared, NOW);
    await acts.judge(NOW);
    expect(await listOpen(store)).toEqual([]);
    const feed = speakerOf(tree, 'f');
    await acts.ingest(received(2, 'A', NOW), feed, NOW);
    await acts.judge(NOW);
    expect(await listOpen(store)).toEqual([]);
    await acts.ingest(received(3, 'A', NOW, 'e'), feed, NOW + MINUTE);
    await acts.judge(NOW + MINUTE);
    const open = await listOpen(store);
    const names = open.map(({ unit, rule, figure }) => ({ code: tree.get(unit).code, rule, figure }));
    expect(names.sort((a, b) => (a.code < b.code ? -1 : 1))).toEqual([
      { code: '25', rule: 'busy', figure: 5 },
      { code: 'A', rule: 'busy', figure: 5 },
    ]);
    const next = at('2026-11-19 00:00') + 500;
    await acts.judge(next);
    expect((await listNotes(store)).map(({ kind, unit }) => `${tree.get(unit).code} ${kind}`)).toEqual([
      ...['25 raised', 'A raised', '25 recovering', '25 cleared', 'A recovering', 'A cleared'],
    ]);
  });

  test('nobody tells of a unit any more: its alert stands still and is never cleared, whatever the clock says', async () => {
    const { store, tree } = prepared;
    const acts = actsOf(store);
    const clearDelay = { amount: 90, unit: 'minutes' } as const;
    await setRules(store, { open: openOver(2, { clearDelay }) }, { now: NOW });
    await goLive(prepared, NOW, HOUR);
    const feed = speakerOf(tree, 'f');
    await acts.ingest(received(2, 'A', NOW), feed, NOW);
    await acts.judge(NOW);
    const resolved = received(2, 'A', NOW, 'd').map((event) => ({
      ...event,
      id: `end ${event.id}`,
      status: 9,
    }));
    const spoken = at('2026-11-18 16:30');
    await acts.ingest(
      resolved.map((event) => ({ ...event, at: iso(spoken) })),
      feed,
      spoken,
    );
    await acts.judge(spoken);
    // The delay ends at 18:00, when the feed is only late: nothing holds it up then. Two days later it is.
    const again = at('2026-11-19 08:00');
    await acts.judge(again - 1);
    expect((await listOpen(store)).map(({ condition }) => condition)).toEqual(['normal', 'normal']);
    await acts.ingest(received(2, 'D', again, 'g'), feed, again);
    await acts.judge(again);
    const missing = at('2026-11-20 11:00');
    await acts.judge(missing);
    const held = (await listOpen(store)).filter(({ unit }) => tree.get(unit).code === 'D');
    expect(held.map(({ condition, quality }) => ({ condition, quality }))).toEqual([
      { condition: 'active', quality: 'missing' },
    ]);
    await acts.judge(at('2026-11-27 11:00'));
    const later = (await listOpen(store)).filter(({ unit }) => tree.get(unit).code === 'D');
    expect(later.map(({ id, condition }) => ({ id, condition }))).toEqual([
      { id: held[0]?.id, condition: 'active' },
    ]);
  });

  test('what is told again a thousand times leaves the acknowledgement as it is', async () => {
    const { store, tree } = prepared;
    const acts = actsOf(store);
    await setRules(store, { busy: receivedOver(3) }, { now: NOW });
    await goLive(prepared, NOW);
    const events = received(4, 'A', NOW);
    await acts.ingest(events, speakerOf(tree, 'f'), NOW);
    await acts.judge(NOW);
    const [episode] = (await listOpen(store)).filter(({ unit }) => tree.get(unit).code === 'A');
    if (!episode) throw new Error('nothing was raised');
    await acknowledgeEpisode(store, episode, NOW + 1000);
    const times = kind === 'memory' ? 1000 : 50;
    for (let time = 1; time <= times; time++) {
      await acts.ingest(events, speakerOf(tree, 'f'), NOW + 1000 + time);
      if (time % 10 === 0) await acts.judge(NOW + 1000 + time);
    }
    const after = (await listOpen(store)).find(({ id }) => id === episode.id);
    expect(after).toMatchObject({
      response: 'ack',
      ackedBy: 'a test',
      ackedAt: NOW + 1000,
      condition: 'active',
    });
    expect(
      (await listNotes(store)).filter(({ episode: of }) => of === episode.id).map((note) => note.kind),
    ).toEqual([...['raised', 'acknowledged']]);
  }, 120_000);

  test('a judgement that breaks off leaves nothing; the next one neither loses nor doubles a verdict', async () => {
    const { store, tree } = prepared;
    await setRules(store, { busy: receivedOver(3) }, { now: NOW });
    await goLive(prepared, NOW);
    await actsOf(store).ingest(received(4, 'A', NOW), speakerOf(tree, 'f'), NOW);
    const broken = {
      ...store,
      commit: <T>(now: number, work: Parameters<typeof store.commit<T>>[1]) =>
        store.commit<T>(now, async (tx, attempt) => {
          await work(tx, attempt);
          throw new Error('the process died');
        }),
    };
    await expect(actsOf(broken).judge(NOW)).rejects.toThrow('the process died');
    expect(await listOpen(store)).toEqual([]);
    expect((await store.readClock()).judgedTo).toBe(0);
    await actsOf(store).judge(NOW);
    await actsOf(store).judge(NOW + 1);
    expect((await listNotes(store)).map(({ kind, unit }) => `${tree.get(unit).code} ${kind}`)).toEqual([
      ...['25 raised', 'A raised'],
    ]);
  });

  test('thresholds that change leave the episode with a line of it; another condition ends it; so does a rule that goes', async () => {
    const { store, tree } = prepared;
    const acts = actsOf(store);
    const scope = { unit: null, levels: ['commune'] as ['commune'] };
    await setRules(store, { busy: receivedOver(3, { scope }) }, { now: NOW });
    await goLive(prepared, NOW);
    await acts.ingest(received(4, 'A', NOW), speakerOf(tree, 'f'), NOW);
    await acts.judge(NOW);
    await setRules(store, { busy: receivedOver(2, { scope }) }, { now: NOW + MINUTE });
    await acts.judge(NOW + MINUTE);
    const [kept] = await listOpen(store);
    expect(kept).toMatchObject({ version: 2, threshold: 2, condition: 'active' });
    const condition = { kind: 'level', indicator: 'HS01', window: 'last7' } as const;
    await setRules(store, { busy: receivedOver(2, { scope, condition }) }, { now: NOW + 2 * MINUTE });
    await acts.judge(NOW + 2 * MINUTE);
    await setRules(
      store,
      { busy: receivedOver(2, { scope, condition, isEnabled: false }) },
      { now: NOW + 3 * MINUTE },
    );
    await acts.judge(NOW + 3 * MINUTE);
    expect((await listNotes(store)).map((note) => note.kind)).toEqual([
      ...['raised', 'ruleChanged', 'closed', 'raised', 'closed'],
    ]);
    const { db } = store.reader;
    const reasons = await db.selectFrom('episode').select('closeReason').orderBy('id').execute();
    expect(reasons.map(({ closeReason }) => closeReason)).toEqual(['ruleChanged', 'ruleOff']);
  });

  test('dossiers that will be due, and the overdue ones that the coming days bring, are counted with all below a unit', async () => {
    const { store, tree } = prepared;
    const acts = actsOf(store);
    const soon = ruleBody({
      condition: { kind: 'leadTime', within: 4 },
      ...{ direction: 'above', levels: [{ severity: 'warning', raise: 2, count: null }] },
    });
    const backlog = ruleBody({
      condition: { kind: 'backlog', days: 3 },
      ...{ direction: 'above', levels: [{ severity: 'major', raise: 3, count: null }] },
    });
    await setRules(store, { soon, backlog }, { now: NOW });
    await goLive(prepared, NOW);
    const due = (seat: string, when: string) =>
      received(1, seat, NOW, `${seat} ${when}`).map((event) => ({ ...event, due: iso(at(when)) }));
    const told = [
      ...[...due('A', '2026-11-18 11:00'), ...due('D', '2026-11-18 14:00'), ...due('A', '2026-11-20 09:00')],
      ...due('A', '2026-12-20 09:00'),
    ];
    await acts.ingest(told, speakerOf(tree, 'f'), NOW);
    await acts.judge(NOW);
    const open = await listOpen(store);
    expect(open.map(({ rule, unit, figure }) => `${rule} ${tree.get(unit).code} ${figure}`).sort()).toEqual([
      ...['backlog 25 3', 'soon 25 2'],
    ]);
  });

  test('a feed that falls silent is an alert of its own, at the instant it was late, however late that is seen', async () => {
    const { store, tree } = prepared;
    const acts = actsOf(store);
    await setRules(store, {}, { now: NOW, keepShipped: ['feed'] });
    await goLive(prepared, NOW, HOUR);
    await acts.judge(NOW);
    await acts.judge(at('2026-11-18 17:30'));
    const [silent] = await listOpen(store);
    expect(silent).toMatchObject({
      rule: 'feed',
      key: 'f',
      severity: 'major',
      openedAt: at('2026-11-18 13:30'),
    });
    await acts.ingest(received(1, 'A', NOW), speakerOf(tree, 'f'), at('2026-11-19 08:00'));
    await acts.judge(at('2026-11-19 08:00'));
    expect((await listNotes(store)).map((note) => note.kind)).toEqual([
      ...['raised', 'worsened', 'recovering', 'cleared'],
    ]);
  });
});
