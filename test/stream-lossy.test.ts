import fc from 'fast-check';
import { afterEach, describe, expect, test } from 'vitest';
import { startState } from '../web/live/fold.ts';
import {
  collect,
  essence,
  type Link,
  openHall,
  pass,
  start,
  tell,
  tellElsewhere,
  Viewer,
} from './server/viewers.ts';
import { at } from './server/world.ts';
import type { Running } from './server.ts';

const hall = openHall();
afterEach(async () => {
  expect(await hall.close()).toEqual([]);
});

/** A read that breaks. */
class Broken extends Error {}

const breakReads = (running: Running, breaks: () => boolean) =>
  running.beforeRead(() => {
    if (breaks()) throw new Broken('the disk is gone');
  });

/** What the app logged, all of it reads that broke; taken out, so that nothing else hides behind it. */
function takeBroken({ troubles }: Running): number {
  const lines = troubles.splice(0);
  expect(lines.filter((line) => !line.includes('the disk is gone'))).toEqual([]);
  return lines.length;
}

describe('a frame whose read breaks', () => {
  test.each(Array.from({ length: 8 }, (_, query) => query))('at query %i loses nothing', async (query) => {
    const running = await hall.run();
    await running.token('feed', 'A');
    const socket = await hall.link(running);
    await start(socket, '25');
    await pass(running, 1000, socket);
    const frames = collect(socket);
    let count = 0;
    breakReads(running, () => count++ === query);
    await tell(running, 'A');
    await pass(running, 100, socket);
    const first = frames.length;
    await pass(running, 1000, socket);
    running.beforeRead(null);
    const told = frames.flatMap(({ steps }) => steps.map(({ seq }) => seq));
    const { seq } = await running.store.readClock();
    expect({ broken: takeBroken(running), told, rows: frames[0]?.tallies.rows.length }).toEqual({
      ...{ broken: count > query ? 1 : 0, told: [seq], rows: 10 },
    });
    if (first === 0) expect(count).toBeGreaterThan(query);
  });

  test('is tried again less and less often, and other rooms go on', async () => {
    const running = await hall.run();
    const one = await hall.link(running);
    await start(one, '25');
    await pass(running, 1000, one);
    breakReads(running, () => true);
    await tell(running, 'A');
    await pass(running, 20_000);
    const tries = takeBroken(running);
    expect(tries).toBeGreaterThan(5);
    expect(tries).toBeLessThan(40);
    running.beforeRead(null);
    const frames = collect(one);
    await pass(running, 5000, one);
    expect(frames[0]?.steps.length).toBe(1);
  });
});

describe('a viewer that loses frames', () => {
  const deed = fc.record({
    unit: fc.constantFrom('A', 'A', 'D', '25.SNV'),
    elsewhere: fc.boolean(),
    waitMs: fc.constantFrom(0, 100, 300, 1500, 6_000_000),
    resumes: fc.boolean(),
    reconnects: fc.constantFrom(false, false, true),
    losses: fc.array(fc.integer({ min: 0, max: 99 }), { minLength: 3, maxLength: 3 }),
    breaks: fc.array(fc.integer({ min: 0, max: 99 }), { minLength: 6, maxLength: 12 }),
  });

  type Deed = typeof deed extends fc.Arbitrary<infer T> ? T : never;

  /** What happens to a viewer: commits, frames that get lost, reads that fail, links that end. */
  class Life {
    readonly viewer: Viewer;
    readonly #running: Running;
    #socket: Link;
    #luck: number[] = [];

    constructor(running: Running, socket: Link, unit: string) {
      this.#running = running;
      this.#socket = socket;
      this.viewer = new Viewer(socket, unit, () => (this.#luck.shift() ?? 99) < 40);
    }

    async suffer({ unit, elsewhere, waitMs, resumes, reconnects, losses, breaks }: Deed): Promise<void> {
      this.#luck = [...losses];
      await (elsewhere ? tellElsewhere : tell)(this.#running, unit);
      this.#running.clock.advance(waitMs);
      const health = [...breaks];
      breakReads(this.#running, () => (health.shift() ?? 99) < 25);
      await pass(this.#running, 100, this.#socket);
      if (resumes) await this.viewer.catchUp();
      this.#running.beforeRead(null);
      if (reconnects) await this.#reconnect();
      if (reconnects || !this.viewer.state) await this.viewer.catchUp();
    }

    async #reconnect(): Promise<void> {
      this.#socket.disconnect();
      this.#socket = await hall.link(this.#running);
      this.viewer.attach(this.#socket);
    }

    /** Time enough for a heartbeat, with nothing in the way. */
    async rest(): Promise<void> {
      this.#luck = [];
      await pass(this.#running, 5000, this.#socket);
      await this.viewer.mend();
      this.#socket.disconnect();
    }
  }

  test('over links that break, from a store whose reads fail, ends equal to a fresh snapshot', async () => {
    const running = await hall.run({ start: at('2026-11-18 17:30') });
    for (const unit of ['25', 'A', 'D']) await running.token('feed', unit);
    let broken = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(deed, { minLength: 4, maxLength: 10 }),
        fc.constantFrom('25', 'A'),
        async (deeds, unit) => {
          const life = new Life(running, await hall.link(running), unit);
          await life.viewer.catchUp();
          for (const one of deeds) await life.suffer(one);
          broken += takeBroken(running);
          await running.app.tick();
          const other = await hall.link(running);
          await life.rest();
          const fresh = startState(await start(other, unit));
          expect(life.viewer.state && essence(life.viewer.state)).toEqual(essence(fresh));
        },
      ),
      { seed: 40, numRuns: 30 },
    );
    expect(broken).toBeGreaterThan(20);
  }, 60_000);
});
