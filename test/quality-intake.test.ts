import { afterAll, beforeAll, expect, test } from 'vitest';
import { KEPT_A_DAY } from '../server/acts/refusals.ts';
import { readRefusals, sumFeedDays } from '../server/store/intake-store.ts';
import { tell } from './server/telling.ts';
import { at, iso, step, TODAY } from './server/world.ts';
import { type Running, runApp } from './server.ts';

let running: Running;
let count = 0;
beforeAll(async () => {
  running = await runApp();
});
afterAll(async () => {
  await running.close();
  expect(running.troubles).toEqual([]);
});

const good = (id: string) =>
  step({ id, dossier: `code of ${id}`, at: iso(at('2026-11-17 09:00')), status: 2 });
const EVER = { from: '2026-01-01', to: '2027-01-01' };

/** A new feed of its own, and what is kept of it. */
async function addFeed() {
  const { reader } = running.store;
  const list = async () => (await reader.db.selectFrom('feed').select('id').execute()).map(({ id }) => id);
  const before = await list();
  const order = {
    kind: 'feed',
    unit: running.tree.findByReference('25', TODAY)?.id ?? 0,
    name: `feed ${before.length}`,
  } as const;
  const token = await running.acts.createToken(
    { ...order, days: null, feed: { namespace: null, cadenceMs: null, dueTime: null } },
    running.clock.now(),
  );
  const feed = (await list()).find((id) => !before.includes(id)) ?? '';
  const kept = async () => ({
    sums: (await sumFeedDays(reader, [feed], EVER)).get(feed),
    refusals: await readRefusals(reader, feed, { ...EVER, limit: 100 }),
  });
  const send = (body: string, type = 'application/json') =>
    running.ask('/api/events', { method: 'POST', token, headers: { 'content-type': type }, body });
  return { token, feed, kept, send };
}
const named = async () => {
  count += 1;
  return { ...(await addFeed()), prefix: `q${count}` };
};

test('a refused batch is refused as before, and kept with its reasons', async () => {
  const { token, kept, prefix } = await named();
  const bad = { ...good(`${prefix}b`), citizenName: 'Nguyễn Văn A', status: 'late' };
  const { status } = await running.post([good(prefix), bad], token);
  expect(status).toBe(422);
  const { sums, refusals } = await kept();
  expect(sums).toEqual({ batches: 0, events: 0, duplicates: 0, refusals: 1, refusedEvents: 2 });
  expect(refusals).toHaveLength(1);
  const [refusal] = refusals;
  expect(refusal).toMatchObject({ code: 'unprocessable', events: 2, faults: 2, day: '2026-11-18' });
  expect(JSON.parse(refusal?.reasons ?? '')).toEqual([
    { index: 1, field: 'status', reason: expect.stringMatching(/expected number/) },
    { index: 1, field: 'citizenName', reason: 'is not a field of this kind' },
  ]);
});

test('nothing that a batch told is kept: no value, no name given to a field, no code', async () => {
  const { kept, send, prefix } = await named();
  const secret = 'Trần Thị Bích';
  const one = { ...good(prefix), [secret]: 1, '0912345678': 1 };
  await send(JSON.stringify({ events: [one] }));
  await send(JSON.stringify({ events: [{ ...good(prefix), receiver: secret, resolver: secret }] }));
  await send(JSON.stringify({ events: [{ ...good(prefix), receiver: 'TRAN.THI', resolver: 'TRAN.THI' }] }));
  await send(JSON.stringify({ [secret]: [] }));
  await send(`{"events": [${secret}]}`);
  await send(secret, 'text/plain');
  const { refusals, sums } = await kept();
  expect(refusals.map(({ code }) => code)).toEqual([
    'unsupported',
    'badInput',
    'unprocessable',
    'unprocessable',
    'unprocessable',
    'unprocessable',
  ]);
  expect(sums?.refusals).toBe(6);
  const text = JSON.stringify(refusals);
  for (const told of [secret, '0912345678', 'TRAN.THI', 'Bích']) expect(text).not.toContain(told);
  expect(text).toContain('no unit has this code on');
});

test('whatever field of whatever kind holds it, a value that was refused is kept nowhere', async () => {
  const secret = 'Đỗ Văn Kín 0987654321';
  const kinds = ['dossier', 'document', 'petition', 'rating', 'probe', 'report', 'task'] as const;
  let refused = 0;
  for (const kind of kinds) {
    const { send, kept } = await named();
    const [event] = tell(kind, ['2026-11-17 09:00']);
    const fields = [...new Set([...Object.keys(event ?? {}), 'due', 'note'])];
    for (const field of fields) {
      const { status } = (await send(JSON.stringify({ events: [{ ...event, [field]: secret }] }))) as {
        status: number;
      };
      if (status >= 400) refused += 1;
    }
    const { refusals } = await kept();
    expect(refusals.length).toBeGreaterThan(2);
    const text = JSON.stringify(refusals);
    for (const part of [secret, '0987654321', 'Kín'])
      expect([kind, text.includes(part)]).toEqual([kind, false]);
  }
  expect(refused).toBeGreaterThan(kinds.length * 4);
});

test('of many refusals a day the first have rows, and all are counted', async () => {
  const { kept, send } = await named();
  for (let turn = 0; turn < KEPT_A_DAY + 5; turn++) await send('[]');
  const { sums, refusals } = await kept();
  expect(refusals).toHaveLength(KEPT_A_DAY);
  expect(sums).toMatchObject({ refusals: KEPT_A_DAY + 5, refusedEvents: 0 });
  expect(refusals[0]).toMatchObject({ code: 'unprocessable', events: null });
});

test('what was told before is counted as told again', async () => {
  const { token, kept, prefix } = await named();
  await running.post([good(`${prefix}1`), good(`${prefix}2`)], token);
  await running.post([good(`${prefix}1`), good(`${prefix}3`), good(`${prefix}3`)], token);
  const { sums, refusals } = await kept();
  expect(sums).toEqual({ batches: 2, events: 3, duplicates: 2, refusals: 0, refusedEvents: 0 });
  expect(refusals).toEqual([]);
});

test('a refusal outside the scope of a token is one', async () => {
  const token = await running.token('feed', 'A');
  const { status } = await running.post([{ ...good('s1'), receiver: '25.SNV', resolver: '25.SNV' }], token);
  expect(status).toBe(403);
  const rows = await running.store.reader.db.selectFrom('refusal').selectAll().orderBy('id').execute();
  expect(rows.at(-1)).toMatchObject({ code: 'forbidden', events: 1 });
});

test('a caller that nobody knows leaves no row', async () => {
  const before = await running.store.reader.db.selectFrom('feedDay').selectAll().execute();
  expect((await running.post([], 'unknown')).status).toBe(401);
  expect(await running.store.reader.db.selectFrom('feedDay').selectAll().execute()).toEqual(before);
});
