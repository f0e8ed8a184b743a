/** A store without room: nothing is taken by halves, the server says so, and goes on when there is room again. */
import { afterAll, expect, test } from 'vitest';
import { createStores } from './server/stores.ts';
import { iso, step } from './server/world.ts';
import { type Running, runApp } from './server.ts';

const stores = createStores();
afterAll(() => stores.close());

/** Lets the file of a store grow to so many pages; SQLite says then what it says of a full disk. */
async function allowPages({ store }: Running, change: (pages: number) => number): Promise<void> {
  await store.commit(0, async ({ sqlite }) => {
    const pages = sqlite?.('pragma page_count').pluck().get() as number;
    sqlite?.(`pragma max_page_count = ${change(pages)}`).all();
  });
}

test('a full disk is 503 for feeds and for /readyz, logged with its cause, and over when there is room', async () => {
  const running = await runApp({ url: await stores.address('file') });
  const { clock, troubles } = running;
  const token = await running.token('feed', '25');
  const many = Array.from({ length: 3000 }, (_, index) =>
    step({ id: `e${index}`, dossier: `d${index}`, at: iso(clock.now() - index * 1000), status: 2 }),
  );
  const ready = async () => {
    clock.advance(2000);
    return (await running.ask('/readyz')).status;
  };
  expect(await ready()).toBe(200);
  await allowPages(running, (pages) => pages + 1);
  const refused = await running.post(many, token);
  expect(refused).toMatchObject({ status: 503, body: { detail: 'The disk is full or cannot be written.' } });
  expect(refused.headers.get('retry-after')).toBe('1');
  expect([await ready(), await ready()]).toEqual([503, 503]);
  expect(troubles.join('\n')).toContain('database or disk is full');
  expect(await running.store.reader.db.selectFrom('event').select('id').execute()).toEqual([]);
  await allowPages(running, () => 1_000_000);
  expect(await ready()).toBe(200);
  expect((await running.post(many, token)).body).toMatchObject({ accepted: 3000 });
  expect((await running.acts.verify(clock.now())).differences).toEqual([]);
  await running.close();
});
