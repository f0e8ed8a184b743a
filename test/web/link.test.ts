// @vitest-environment node
// The web's own link against a real Socket.IO server that fails, is silent, loses frames, cuts and refuses: whatever
// happens, it ends equal to a fresh snapshot, and never says live while it is behind. Seeds are kept.
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type LiveState, startState } from '../../web/live/fold.ts';
import { commits } from './model.ts';
import { BROKEN, Stand, Watcher } from './stand.ts';

const commit = { unit: 2, grain: 'day', value: 4, steps: 1, feed: true } as const;

let stand: Stand;
let url: string;
let watcher: Watcher;

/** What is held, but for the time of the last word. */
const essence = (state: LiveState | null) => state && { ...state, at: 0 };
const fresh = () => essence(startState(stand.model.snapshot()));

async function open(): Promise<void> {
  stand = new Stand();
  url = await stand.open();
  watcher = new Watcher(stand, url);
  await watcher.pass(1000);
}

async function close(): Promise<void> {
  watcher.close();
  await stand.close();
}

const expectWhole = () => {
  expect(essence(watcher.state)).toEqual(fresh());
  expect(watcher.view).toMatchObject({ stage: 'live', lostAt: null, problem: null });
};

beforeEach(open);
afterEach(close);

describe('a link', () => {
  it('asks again after failures, slower and slower, says why meanwhile, and ends whole', async () => {
    stand.cut();
    stand.mood = 'failing';
    await watcher.pass(500);
    expect(watcher.view).toMatchObject({ stage: 'slow', problem: BROKEN });
    stand.commit(commit);
    await watcher.pass(60_000);
    expect(watcher.view).toMatchObject({ stage: 'distrust', problem: BROKEN });
    expect(watcher.view?.lostAt).not.toBeNull();
    expect(stand.watches.length).toBeLessThan(12);
    stand.mood = 'well';
    await watcher.pass(31_000);
    expectWhole();
  });

  it('asks again when a question is never answered, then over a fresh socket', async () => {
    stand.cut();
    stand.mood = 'mute';
    await watcher.pass(500);
    const first = watcher.socket.id;
    const asked = stand.watches.length;
    await watcher.pass(10_500);
    expect([stand.watches.length, watcher.socket.id, watcher.view?.stage]).toEqual([
      asked + 1,
      first,
      'offline',
    ]);
    await watcher.pass(10_500);
    expect(watcher.socket.id).not.toBe(first);
    stand.commit(commit);
    stand.mood = 'well';
    await watcher.pass(10_500);
    expectWhole();
  });

  it('notices lost frames by their numbers and asks for what it missed', async () => {
    stand.losesFrames = true;
    for (let count = 0; count < 5; count++) stand.commit(commit);
    stand.losesFrames = false;
    await watcher.pass(4500);
    expect(stand.watches.at(-1)).toEqual({ unit: '1', since: 7, build: 'b1' });
    expectWhole();
  });

  it('does not trust a socket that is open and says nothing: asks over it, then over a fresh one', async () => {
    const first = watcher.socket.id ?? '';
    const asked = stand.watches.length;
    stand.dead.add(first);
    stand.commit(commit);
    await watcher.pass(9_500);
    expect([watcher.socket.connected, watcher.view?.stage]).toEqual([true, 'offline']);
    await watcher.pass(6_500);
    expect(stand.watches.length).toBe(asked + 1);
    await watcher.pass(10_500);
    expect(watcher.socket.id).not.toBe(first);
    expectWhole();
  });

  it('asks at once when the machine wakes, and counts its sleep as silence', async () => {
    stand.losesFrames = true;
    stand.commit(commit);
    watcher.clock.sleep(3_600_000);
    watcher.clock.advance(500);
    expect(watcher.view?.stage).toBe('distrust');
    await watcher.settle();
    expectWhole();
  });

  it('asks at once after a short sleep too, not only when the next heartbeat shows what it missed', async () => {
    stand.losesFrames = true;
    stand.commit(commit);
    watcher.clock.sleep(8_000);
    watcher.clock.advance(500);
    await watcher.settle();
    expectWhole();
  });

  it('does not wait out a pause, nor trust a dead socket for long, when the machine wakes', async () => {
    stand.dead.add(watcher.socket.id ?? '');
    watcher.clock.sleep(3_600_000);
    await watcher.pass(11_000);
    expectWhole();
  });

  it('comes back after it was refused or shown the door', async () => {
    stand.refuses = true;
    stand.expel();
    await watcher.pass(8_000);
    expect(watcher.view).toMatchObject({ stage: 'slow', problem: BROKEN });
    await watcher.pass(20_000);
    stand.commit(commit);
    stand.refuses = false;
    await watcher.pass(31_000);
    expectWhole();
  });
});

const deed = fc.oneof(
  { weight: 4, arbitrary: fc.record({ do: fc.constant('commit' as const), commits }) },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('pass' as const),
      ms: fc.constantFrom(500, 3_000, 16_000, 40_000),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('mood' as const),
      mood: fc.constantFrom('well', 'failing', 'mute'),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constantFrom('lose', 'find', 'deafen', 'cut', 'expel', 'refuse', 'admit', 'regroup', 'sleep'),
    }),
  },
);
type Deed = typeof deed extends fc.Arbitrary<infer D> ? D : never;

async function carryOut(done: Deed): Promise<void> {
  switch (done.do) {
    case 'commit':
      for (const one of done.commits.slice(0, 5)) stand.commit(one);
      break;
    case 'pass':
      await watcher.pass(done.ms);
      break;
    case 'mood':
      stand.mood = done.mood;
      break;
    case 'lose':
    case 'find':
      stand.losesFrames = done.do === 'lose';
      break;
    case 'deafen':
      if (watcher.socket.id) stand.dead.add(watcher.socket.id);
      break;
    case 'refuse':
    case 'admit':
      stand.refuses = done.do === 'refuse';
      break;
    case 'sleep':
      watcher.clock.sleep(600_000);
      await watcher.pass(500);
      break;
    default:
      stand[done.do]();
  }
}

/** Ten seconds is how long a screen may say live though something was missed. */
const BLIND_MS = 10_000;

it('ends whole after any troubles, and never says live when it missed something long ago', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(deed, { minLength: 4, maxLength: 16 }), async (deeds) => {
      await close();
      await open();
      const history = [{ at: 0, seq: stand.model.seq }];
      for (const one of deeds) {
        await carryOut(one);
        await watcher.settle();
        const now = watcher.clock.wall();
        history.push({ at: now, seq: stand.model.seq });
        if (watcher.view?.stage !== 'live') continue;
        const owed = history.findLast(({ at }) => at <= now - BLIND_MS)?.seq ?? 0;
        expect(watcher.state?.seq).toBeGreaterThanOrEqual(owed);
      }
      Object.assign(stand, { mood: 'well', losesFrames: false, refuses: false });
      await watcher.pass(60_000);
      expectWhole();
    }),
    { seed: 20261125, numRuns: 150 },
  );
}, 120_000);
