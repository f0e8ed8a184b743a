import { afterEach, describe, expect, test } from 'vitest';
import { startState } from '../web/live/fold.ts';
import { createStores } from './server/stores.ts';
import {
  collect,
  essence,
  openHall,
  pass,
  start,
  tell,
  tellElsewhere,
  Viewer,
  watch,
} from './server/viewers.ts';
import { at, iso, SMALL, step } from './server/world.ts';

const hall = openHall();
afterEach(async () => {
  expect(await hall.close()).toEqual([]);
});

test('a snapshot holds the unit, its children, today, and the rows of the current periods', async () => {
  const running = await hall.run();
  await tell(running, 'A');
  const snapshot = await start(await hall.link(running), '25');
  expect({ ...snapshot, tallies: [], feeds: [], steps: snapshot.steps.length }).toMatchObject({
    ...{ type: 'snapshot', build: 'b1', day: '2026-11-18', steps: 1 },
    ...{ at: '2026-11-18T10:00:00+07:00', seq: (await running.store.readClock()).seq },
    unit: { code: '25', ref: '25', from: '2025-07-01', to: null },
    path: [{ code: '25' }],
    children: [{ code: '25.SNV' }, { code: 'A' }, { code: 'D' }],
    workingDays: { day: 1, month: 13, quarter: 35 },
  });
  const kept = snapshot.tallies.rows.map(([unit, grain, from]) => [running.tree.get(unit).code, grain, from]);
  const periods = [
    ['day', '2026-11-18'],
    ['ever', ''],
    ['month', '2026-11-01'],
    ['quarter', '2026-10-01'],
    ['year', '2026-01-01'],
  ];
  expect(kept.sort()).toEqual(['25', 'A'].flatMap((unit) => periods.map((period) => [unit, ...period])));
});

test('commits are merged into one frame that holds only what changed', async () => {
  const running = await hall.run();
  const socket = await hall.link(running);
  await pass(running, 100);
  const { seq: since } = await start(socket, '25');
  await pass(running, 200, socket);
  const frames = collect(socket);
  for (const unit of ['A', 'A', 'A']) await tell(running, unit);
  await pass(running, 1000, socket);
  expect(frames.map(({ prev, seq, steps }) => ({ prev, seq, steps: steps.length }))).toEqual([
    { prev: since, seq: since + 3, steps: 3 },
  ]);
  const units = new Set(frames[0]?.tallies.rows.map(([unit]) => running.tree.get(unit).code));
  expect(units).toEqual(new Set(['25', 'A']));
});

test('a quiet link hears a heartbeat at least every five seconds, with server time and build', async () => {
  const running = await hall.run();
  const socket = await hall.link(running);
  await start(socket, '25');
  const frames = collect(socket);
  for (let second = 0; second < 20; second++) await pass(running, 1000, socket);
  const heard = [at('2026-11-18 10:00'), ...frames.map((frame) => Date.parse(frame.at))];
  const gaps = heard.slice(1).map((instant, index) => instant - (heard[index] ?? 0));
  expect(Math.max(...gaps)).toBeLessThanOrEqual(5000);
  expect(frames.every(({ build, tallies }) => build === 'b1' && tallies.rows.length === 0)).toBe(true);
  expect(heard.at(-1)).toBeGreaterThan(at('2026-11-18 10:00') + 15_000);
});

test('commits of another process reach the viewers, even when an own commit follows at once', async () => {
  const running = await hall.run();
  const socket = await hall.link(running);
  const viewer = new Viewer(socket, '25', () => false);
  await viewer.catchUp();
  await pass(running, 1200, socket);
  await tellElsewhere(running, 'D');
  await tell(running, 'A');
  await pass(running, 5000, socket);
  await viewer.mend();
  const fresh = startState(await start(await hall.link(running), '25'));
  expect(viewer.state && [...viewer.state.rows.keys()].sort()).toEqual([...fresh.rows.keys()].sort());
});

test('frames alone keep a viewer of one unit equal to a fresh snapshot, feeds of other units included', async () => {
  const running = await hall.run();
  for (const unit of ['25', 'A', 'D']) await running.token('feed', unit);
  const socket = await hall.link(running);
  const other = await hall.link(running);
  const viewer = new Viewer(socket, 'A', () => false);
  await viewer.catchUp();
  for (const unit of ['A', 'D', '25.SNV']) {
    running.clock.advance(60_000);
    await tell(running, unit);
    await pass(running, 5000, socket);
    await viewer.mend();
  }
  const fresh = startState(await start(other, 'A'));
  expect(viewer.state && essence(viewer.state)).toEqual(essence(fresh));
  expect(fresh.feeds.map(({ name, events }) => [name, events]).sort()).toEqual([
    ['feed 25', null],
    ['feed A', 1],
  ]);
});

test('steps of large commits, withdrawals among them, keep their order and number through frames', async () => {
  const running = await hall.run();
  const feed = await running.token('feed', '25');
  const socket = await hall.link(running);
  const other = await hall.link(running);
  const viewer = new Viewer(socket, '25', () => false);
  await viewer.catchUp();
  for (const count of [50, 3, 40, 1, 28, 2]) {
    const events = Array.from({ length: count }, (_, index) => {
      const at = iso(running.clock.now() - ((index * 7919) % 100) * 60_000);
      const dossier = `${running.clock.now()} ${index}`;
      return step({ id: dossier, dossier, at, status: 2, receiver: 'A', resolver: index % 3 ? 'D' : 'A' });
    });
    expect((await running.post(events, feed)).status).toBe(200);
    const [first] = events;
    if (count === 40 && first) {
      const withdrawn = { ...first, id: `${first.id} void`, void: true };
      expect((await running.post([withdrawn], feed)).status).toBe(200);
    }
    await pass(running, 1000, socket);
    await viewer.mend();
    const fresh = startState(await start(other, '25'));
    expect(viewer.state?.steps).toEqual(fresh.steps);
    expect(fresh.steps.length).toBe(30);
  }
});

test('a commit that falls between two looks at the store is in the next frame', async () => {
  const running = await hall.run();
  const socket = await hall.link(running);
  const other = await hall.link(running);
  const viewer = new Viewer(socket, '25', () => false);
  await viewer.catchUp();
  for (const look of [1, 2, 3, 4]) {
    await pass(running, 4500, socket);
    let looks = 0;
    running.beforeLook(async () => {
      if (++looks === look) await tell(running, 'D');
    });
    await pass(running, 3000, socket);
    running.beforeLook(null);
    await pass(running, 5000, socket);
    await viewer.mend();
    const fresh = startState(await start(other, '25'));
    expect({ look, ...(viewer.state && essence(viewer.state)) }).toEqual({ look, ...essence(fresh) });
  }
});

describe('starting anew', () => {
  test('everybody is told when units are loaded, and who resumes from before is told too', async () => {
    const running = await hall.run();
    const socket = await hall.link(running);
    const viewer = new Viewer(socket, '25', () => false);
    await viewer.catchUp();
    const since = viewer.state?.seq ?? 0;
    await pass(running, 1200, socket);
    const renamed = SMALL.units.map((unit) =>
      unit.code === 'D' ? { ...unit, name: { vi: 'Đê', en: 'D' } } : unit,
    );
    await running.acts.loadUnits({ units: renamed, lineage: SMALL.lineage }, running.clock.now());
    await pass(running, 1200, socket);
    expect(viewer.resets).toBe(1);
    expect(await watch(socket, { unit: '25', since })).toEqual({ type: 'reset' });
    expect((await start(socket, '25')).children.at(-1)?.name).toEqual({ vi: 'Đê', en: 'D' });
  });

  test('everybody is told when the day changes, on a night without events too', async () => {
    const running = await hall.run({ start: at('2026-11-18 23:59') });
    const socket = await hall.link(running);
    const viewer = new Viewer(socket, '25', () => false);
    await viewer.catchUp();
    const since = viewer.state?.seq ?? 0;
    await pass(running, 1200, socket);
    running.clock.set(at('2026-11-19 00:00'));
    await pass(running, 1200, socket);
    expect(viewer.resets).toBe(1);
    expect(await watch(socket, { unit: '25', since })).toEqual({ type: 'reset' });
    expect((await start(socket, '25')).day).toBe('2026-11-19');
  });

  test('who resumes after the server was down over midnight starts anew', async () => {
    const stores = createStores();
    const url = await stores.address('file');
    const evening = await hall.run({ url, start: at('2026-11-18 23:00') });
    await tell(evening, 'A');
    const { seq: since } = await start(await hall.link(evening), '25');
    await evening.close();
    const morning = await hall.run({ url, start: at('2026-11-19 07:00') });
    const socket = await hall.link(morning);
    for (let index = 0; index < 3; index++) {
      expect(await watch(socket, { unit: '25', since })).toEqual({ type: 'reset' });
      await tell(morning, 'D');
    }
    const { seq } = await start(socket, '25');
    await tell(morning, 'D');
    expect(await watch(socket, { unit: '25', since: seq })).toMatchObject({ type: 'frame', seq: seq + 1 });
    await morning.close();
    await stores.close();
  });

  test('who resumes from the first snapshot of a process that was quiet till then is told what came since', async () => {
    const running = await hall.run();
    const socket = await hall.link(running);
    const { seq } = await start(socket, '25');
    expect(await watch(socket, { unit: '25', since: seq })).toMatchObject({ type: 'frame', prev: seq, seq });
    await tell(running, 'A');
    const answer = await watch(socket, { unit: '25', since: seq });
    expect(answer).toMatchObject({ type: 'frame', prev: seq, seq: seq + 1, steps: [{ status: 2 }] });
  });

  test('a number this store has not reached is from another life', async () => {
    const running = await hall.run();
    const socket = await hall.link(running);
    expect(await watch(socket, { unit: '25', since: 9999 })).toEqual({ type: 'reset' });
  });

  test('a viewer of another build is told to load itself anew', async () => {
    const running = await hall.run({ build: 'b2' });
    const socket = await hall.link(running);
    expect(await watch(socket, { unit: '25', build: 'b1' })).toEqual({ type: 'reload', build: 'b2' });
    expect((await watch(socket, { unit: '25', build: 'b2' })).type).toBe('snapshot');
  });
});
