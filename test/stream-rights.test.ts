/** Rights that change reach open links within a second: nothing is heard later by whoever may not hear it any more. */
import { afterEach, describe, expect, test } from 'vitest';
import type { Role } from '../shared/people.ts';
import type { MoveRecord } from '../shared/unit-record.ts';
import { actsOf } from './server/acts.ts';
import { addAccount, idOf, openSession, type Session } from './server/guarded-callers.ts';
import { GUARDED, referenceOf, takeDossier, type UnitKey } from './server/guarded-world.ts';
import { connect, type Link, openHall, pass, settleLine, start, watch } from './server/viewers.ts';
import { at } from './server/world.ts';
import type { Running } from './server.ts';

const hall = openHall();
afterEach(async () => {
  expect(await hall.close()).toEqual([]);
});

const COMMAND = { kind: 'command' } as const;

type Held = { running: Running; link: Link; account: number; session: Session };
type Grant = { role: Role; unit: UnitKey };

/** Somebody with some grants who watches `own`. */
async function hold(
  grants: readonly Grant[] = [{ role: 'viewer', unit: 'own' }],
  from = at('2026-11-18 10:00'),
): Promise<Held> {
  const running = await hall.run({ selection: GUARDED, start: from });
  const account = await addAccount(running, 'somebody', grants);
  const session = await openSession(running, account);
  const link = hall.keep(await connect(running, {}, session.headers));
  await start(link, referenceOf('own'));
  return { running, link, account, session };
}

const gone = (link: Link) =>
  link.connected
    ? new Promise<void>((resolve) => void link.once('disconnect', () => resolve()))
    : Promise.resolve();

/** Lets time pass while something happens in `own` all along; gives the instants at which the link heard of it. */
async function listen({ running, link }: Pick<Held, 'running' | 'link'>, ms: number): Promise<number[]> {
  const heard: number[] = [];
  const note = () => void heard.push(running.clock.now());
  link.on('frame', note);
  const feed = { kind: 'feed', feed: 'f', namespace: '', unit: idOf(running, 'own') } as const;
  for (let passed = 0; passed < ms; passed += 100) {
    await running.acts.ingest([takeDossier('own', `${running.clock.now()}`)], feed, running.clock.now());
    await pass(running, 100);
    await Promise.race([link.connected ? settleLine(link) : null, gone(link)]);
  }
  link.off('frame', note);
  return heard;
}

type Deed = [words: string, deed: (held: Held) => Promise<unknown>];

/** What ends a person's right to watch, as this process does it. */
const ENDS: Deed[] = [
  [
    'its grant is taken back',
    async ({ running: { acts, clock, store }, account }) => {
      const rows = await store.reader.db
        .selectFrom('grant')
        .selectAll()
        .where('account', '=', account)
        .execute();
      for (const { id } of rows)
        await acts.writer.run({ name: 'removeGrant', caller: COMMAND, input: { id }, now: clock.now() });
    },
  ],
  [
    'its account is disabled',
    ({ running: { acts, clock }, account }) => {
      const input = { id: account, isDisabled: true };
      return acts.writer.run({ name: 'changeAccount', caller: COMMAND, input, now: clock.now() });
    },
  ],
  [
    'it is locked',
    async ({ running, session }) => {
      const headers = { ...session.headers, 'content-type': 'application/json' };
      expect((await running.ask('/api/session/lock', { method: 'POST', headers, body: '{}' })).status).toBe(
        200,
      );
    },
  ],
  [
    'it signs out',
    async ({ running, session: { headers } }) => {
      expect((await running.ask('/api/session', { method: 'DELETE', headers })).status).toBe(200);
    },
  ],
];

test.each(ENDS)('a person hears no frame later than a second after %s', async (_words, deed) => {
  const held = await hold();
  expect((await listen(held, 1000)).length).toBeGreaterThan(3);
  const from = held.running.clock.now();
  await deed(held);
  const heard = await listen(held, 3000);
  expect(heard.filter((instant) => instant > from + 1000)).toEqual([]);
  await gone(held.link);
});

test('a right that another process takes away is noticed as soon', async () => {
  const held = await hold();
  const { running } = held;
  expect((await listen(held, 1000)).length).toBeGreaterThan(3);
  const from = running.clock.now();
  const input = { id: held.account, isDisabled: true };
  const order = { name: 'changeAccount', caller: COMMAND, input, now: from } as const;
  await actsOf(running.store).writer.run(order);
  expect((await listen(held, 3000)).filter((instant) => instant > from + 1000)).toEqual([]);
  await gone(held.link);
});

test('a screen hears nothing later than a second after its token is revoked, or its days are over', async () => {
  const running = await hall.run({ selection: GUARDED });
  for (const days of [undefined, 1]) {
    const token = await running.token('display', referenceOf('own'), days);
    const link = hall.keep(await connect(running, { token }));
    await start(link, referenceOf('own'));
    const { id, expiresAt } = await running.store.reader.db
      .selectFrom('token')
      .selectAll()
      .orderBy('createdAt', 'desc')
      .executeTakeFirstOrThrow();
    if (expiresAt !== null) running.clock.set(expiresAt - 1000);
    expect((await listen({ running, link }, 900)).length).toBeGreaterThan(0);
    const from = expiresAt ?? running.clock.now();
    if (expiresAt === null) await running.acts.revokeToken(id, from);
    expect((await listen({ running, link }, 3000)).filter((instant) => instant > from + 1000)).toEqual([]);
    await gone(link);
    running.clock.advance(3_600_000);
  }
});

test('a session that nobody touches is locked by time alone, and hears nothing from then on', async () => {
  const held = await hold();
  const { running, link, session } = held;
  const seenAt = running.clock.now();
  running.clock.set(seenAt + 10 * 60_000);
  const headers = { ...session.headers, 'content-type': 'application/json' };
  expect((await running.ask('/api/session', { method: 'PUT', headers, body: '{}' })).status).toBe(200);
  running.clock.set(seenAt + 16 * 60_000);
  expect((await listen(held, 1000)).length).toBeGreaterThan(3);
  running.clock.set(seenAt + 25 * 60_000 - 500);
  const heard = await listen(held, 3000);
  expect(heard.length).toBeGreaterThan(0);
  expect(heard.filter((instant) => instant > seenAt + 25 * 60_000 + 100)).toEqual([]);
  await gone(link);
  await expect(connect(running, {}, session.headers)).rejects.toMatchObject({
    type: 'urn:ioc:problem:locked',
  });
});

describe('a scope that changes', () => {
  const addGrant = ({ running, account }: Held, unit: UnitKey) => {
    const input = { account, role: 'viewer', unit: idOf(running, unit) } as const;
    const { acts, clock } = running;
    return acts.writer.run({ name: 'addGrant', caller: COMMAND, input, now: clock.now() });
  };

  test('and is wider has the viewer ask again, over the same link', async () => {
    const held = await hold();
    const { running, link } = held;
    let resets = 0;
    link.on('reset', () => void resets++);
    expect((await watch(link, { unit: referenceOf('sibling') })).type).toBe('failure');
    await pass(running, 1000, link);
    await addGrant(held, 'parent');
    await pass(running, 1000, link);
    expect([resets, link.connected]).toEqual([1, true]);
    const { path } = await start(link, referenceOf('sibling'));
    expect(path.map(({ ref }) => ref)).toEqual([referenceOf('parent'), referenceOf('sibling')]);
  });

  test('and is narrower ends the link, be it of a unit that is not watched', async () => {
    const held = await hold([
      { role: 'viewer', unit: 'own' },
      { role: 'operator', unit: 'far' },
    ]);
    const { running, link, session } = held;
    const grants = await running.store.reader.db.selectFrom('grant').selectAll().execute();
    const id = grants.find(({ unit }) => unit === idOf(running, 'far'))?.id ?? 0;
    const ended = gone(link);
    const input = { id };
    await running.acts.writer.run({ name: 'removeGrant', caller: COMMAND, input, now: running.clock.now() });
    await pass(running, 1000);
    await ended;
    const back = hall.keep(await connect(running, {}, session.headers));
    expect((await start(back, referenceOf('own'))).type).toBe('snapshot');
    expect(await watch(back, { unit: referenceOf('far') })).toMatchObject({ problem: { status: 404 } });
  });

  test('because a unit went elsewhere ends the link of whoever watched it through what it left', async () => {
    const held = await hold([{ role: 'viewer', unit: 'parent' }]);
    const { running, link } = held;
    const ended = gone(link);
    const move: MoveRecord = {
      unit: referenceOf('own'),
      parent: referenceOf('otherProvince'),
      on: '2026-11-01',
    };
    await running.acts.loadUnits({ ...GUARDED, moves: [move] }, running.clock.now());
    await pass(running, 1000);
    await ended;
  });

  test('because a grant ends with the day ends the link at midnight', async () => {
    const held = await hold(undefined, at('2026-11-18 23:59'));
    const { running, link, account } = held;
    const { acts, clock } = running;
    const input = { account, role: 'viewer', unit: idOf(running, 'far'), to: '2026-11-19' } as const;
    await acts.writer.run({ name: 'addGrant', caller: COMMAND, input, now: clock.now() });
    await pass(running, 1000, link);
    expect((await start(link, referenceOf('far'))).type).toBe('snapshot');
    const ended = gone(link);
    clock.set(at('2026-11-19 00:00'));
    await pass(running, 1000);
    await ended;
  });
});

test('a commit that nobody sees anything of has nothing read for those who watch', async () => {
  const { running, link } = await hold();
  await pass(running, 5000, link);
  let queries = 0;
  running.beforeRead(() => void queries++);
  for (let index = 0; index < 10; index++) {
    const caller = { kind: 'stranger', address: 'x' } as const;
    const input = { login: 'nobody', address: 'x', session: null };
    const now = running.clock.now();
    await running.acts.writer.run({ name: 'noteWrongPassword', caller, input, now });
    queries = 0;
    await pass(running, 100);
    expect(queries).toBeLessThanOrEqual(1);
  }
});

test('links that show the same are looked up once, and none is while nothing changes', async () => {
  const held = await hold();
  const { running, session } = held;
  const count = async (work: () => Promise<void>) => {
    let queries = 0;
    running.beforeRead(() => void queries++);
    await work();
    running.beforeRead(null);
    return queries;
  };
  const change = () => addAccount(running, `other-${running.clock.now()}`, [{ role: 'viewer', unit: 'far' }]);
  await pass(running, 1000, held.link);
  const quiet = () => count(() => pass(running, 500));
  const changed = async () => {
    await change();
    return count(() => pass(running, 500));
  };
  const alone = (await quiet()) + (await changed());
  for (let index = 0; index < 20; index++) hall.keep(await connect(running, {}, session.headers));
  await pass(running, 1000, held.link);
  // One look more or less, by when it fell due; twenty viewers would be sixty queries.
  expect(Math.abs((await quiet()) + (await changed()) - alone)).toBeLessThan(5);
});
