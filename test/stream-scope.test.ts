import { afterEach, describe, expect, test } from 'vitest';
import type { WatchAnswer } from '../shared/live.ts';
import { collect, connect, openHall, pass, start, tell, tellElsewhere, watch } from './server/viewers.ts';

const hall = openHall();
afterEach(async () => {
  expect(await hall.close()).toEqual([]);
});

describe('the scope', () => {
  test('a token of a commune never receives a row of another unit', async () => {
    const running = await hall.run();
    const socket = await hall.link(running, 'A');
    const frames = collect(socket);
    const snapshot = await start(socket, 'A');
    for (const unit of ['A', 'D', '25.SNV']) await tell(running, unit);
    await tellElsewhere(running, 'D');
    await pass(running, 5000, socket);
    const tables = [snapshot, ...frames].flatMap(({ tallies, steps }) => [
      ...tallies.rows.map(([unit]) => unit),
      ...steps.map((one) => one.unit),
    ]);
    expect(new Set(tables.map((id) => running.tree.get(id).code))).toEqual(new Set(['A']));
    expect([snapshot.path, snapshot.children].map((list) => list.map(({ code }) => code))).toEqual([
      ['A'],
      [],
    ]);
  });

  test('a snapshot that many share is told only to those who see the same above it', async () => {
    const running = await hall.run();
    const wide = await hall.link(running, '25');
    const narrow = await hall.link(running, 'A');
    const told = [await start(wide, 'A'), await start(narrow, 'A'), await start(wide, 'A')];
    expect(new Set(told.map(({ seq }) => seq)).size).toBe(1);
    expect(told.map(({ path }) => path.map(({ code }) => code))).toEqual([['25', 'A'], ['A'], ['25', 'A']]);
  });

  test('another unit, an unknown one and an undeclared field are refused with a problem', async () => {
    const socket = await hall.link(await hall.run(), 'A');
    const orders = [{ unit: 'D' }, { unit: '25' }, { unit: 'nowhere' }, { unit: 'A', phone: '0912' }];
    const answers: WatchAnswer[] = [];
    for (const order of orders) answers.push(await watch(socket, order));
    expect(
      answers.map((answer) =>
        answer.type === 'failure' ? [answer.problem.status, answer.problem.errors] : answer,
      ),
    ).toEqual([
      [404, [{ field: 'unit', reason: 'is not known' }]],
      [403, [{ field: 'unit', reason: 'stands above your scope' }]],
      [404, [{ field: 'unit', reason: 'is not known' }]],
      [400, [{ field: 'phone', reason: 'is not a field of this kind', code: 'unknownField' }]],
    ]);
  });

  test('strangers, wrong, feed, ended and revoked tokens do not get in; a cookie does', async () => {
    const running = await hall.run();
    const { store, clock } = running;
    const good = await running.token('display', '25');
    const ended = await running.token('display', 'A', 1);
    const revoked = await running.token('display', 'D');
    const rows = await store.reader.db.selectFrom('token').select(['id', 'name']).execute();
    const id = rows.find(({ name }) => name === 'display D')?.id ?? '';
    await running.acts.revokeToken(id, clock.now());
    clock.advance(86_400_000);
    const feed = await running.token('feed', '25');
    for (const auth of [{}, { token: 'ioc_wrong' }, { token: feed }, { token: ended }, { token: revoked }]) {
      await expect(connect(running, auth)).rejects.toMatchObject({
        status: 401,
        type: 'urn:ioc:problem:unauthorised',
      });
    }
    const socket = hall.keep(await connect(running, {}, { cookie: `other=1; ioc_session=${good}` }));
    expect((await start(socket, '25')).type).toBe('snapshot');
  });

  test('a viewer whose token is revoked or runs out while it watches is shown the door', async () => {
    const running = await hall.run();
    const { store, clock } = running;
    const staying = await hall.link(running, '25');
    const leaving = hall.keep(await connect(running, { token: await running.token('display', 'A', 1) }));
    const revoked = hall.keep(await connect(running, { token: await running.token('display', 'D') }));
    for (const [socket, unit] of [
      [staying, '25'],
      [leaving, 'A'],
      [revoked, 'D'],
    ] as const)
      await start(socket, unit);
    const gone = [leaving, revoked].map(
      (socket) => new Promise((resolve) => socket.once('disconnect', resolve)),
    );
    const rows = await store.reader.db.selectFrom('token').select(['id', 'name']).execute();
    const id = rows.find(({ name }) => name === 'display D')?.id ?? '';
    await running.acts.revokeToken(id, clock.now());
    clock.advance(86_400_000);
    await running.app.pulse();
    await Promise.all(gone);
    expect(staying.connected).toBe(true);
  });
});
