import { afterEach, describe, expect, test } from 'vitest';
import { readSettings } from '../server/settings.ts';
import { createSite } from '../server/site.ts';
import { openRawLink } from './server/raw-link.ts';
import { connect, openHall } from './server/viewers.ts';
import type { Answer, Running } from './server.ts';

const hall = openHall();
afterEach(async () => {
  expect(await hall.close()).toEqual([]);
});

const SLOW = createSite({ requestsPerSecond: 0.3 });

async function statuses(asks: (() => Promise<Answer>)[]): Promise<number[]> {
  const answers: number[] = [];
  for (const ask of asks) answers.push((await ask()).status);
  return answers;
}

const times = <T>(count: number, make: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, index) => make(index));
const from = (address: string, more: object = {}) => ({ headers: { 'x-forwarded-for': address, ...more } });

describe('strangers are limited by their address', () => {
  test('whatever they write into the header of their token', async () => {
    const running = await hall.run({ site: SLOW });
    const asks = times(5, (index) => () => running.ask('/api/session', { token: `ioc_${index}` }));
    expect(await statuses(asks)).toEqual([401, 401, 401, 429, 429]);
    running.clock.advance(10_000);
    expect(await statuses(asks.slice(0, 1))).toEqual([401]);
  });

  test('and by fewer wrong tokens than right ones, for a minute, over either door', async () => {
    const running = await hall.run();
    const known = await running.token('display', '25');
    const ask = (token: string) => () => running.ask('/api/session', { token });
    const open = (token: string) => () =>
      running.ask('/api/session', {
        ...{ method: 'POST', headers: { 'content-type': 'application/json' } },
        body: JSON.stringify({ token }),
      });
    expect(await statuses([ask(known)])).toEqual([200]);
    const guesses = times(20, (index) => (index % 2 ? ask : open)(`ioc_${index}`));
    expect(new Set(await statuses(guesses))).toEqual(new Set([401]));
    const refused = await running.ask('/api/session', { token: 'ioc_more' });
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '60']);
    await expect(connect(running, { token: 'ioc_other' })).rejects.toMatchObject({ status: 429 });
    expect(await statuses([ask(known), () => running.ask('/api/session')])).toEqual([200, 401]);
    hall.keep(await connect(running, { token: known }));
    running.clock.advance(60_000);
    expect(await statuses([ask('ioc_more')])).toEqual([401]);
  });

  test('but one that shows the same wrong token for ever shuts out itself alone', async () => {
    const running = await hall.run();
    const ask = (token: string) => () => running.ask('/api/session', { token });
    const again = await statuses(times(22, () => ask('ioc_ended')));
    expect(again).toEqual([...times(20, () => 401), 429, 429]);
    expect(await statuses([ask(await running.token('display', '25'))])).toEqual([200]);
  });

  test('and so are their sockets', async () => {
    const running = await hall.run({ site: SLOW });
    for (const index of [1, 2, 3]) await running.ask(`/api/session?${index}`);
    await expect(connect(running, {})).rejects.toBeInstanceOf(Error);
    const polled = await running.ask('/socket.io/?EIO=4&transport=polling');
    expect([polled.status, polled.headers.get('retry-after')]).toEqual([429, '10']);
  });
});

test('feeds behind one address have each its own measure', async () => {
  const running = await hall.run({ site: createSite({ requestsPerSecond: 0.5 }) });
  const feeds = await Promise.all(['25', 'A', 'D'].map((unit) => running.token('feed', unit)));
  const [first = '', ...others] = feeds;
  expect(await statuses(times(6, () => () => running.post([], first)))).toEqual([
    ...times(5, () => 200),
    429,
  ]);
  for (const feed of others)
    expect(await statuses(times(5, () => () => running.post([], feed)))).toEqual(times(5, () => 200));
});

describe('behind a proxy', () => {
  const session = async (running: Running, { isTrusted }: { isTrusted: boolean }) => {
    const token = await running.token('display', '25');
    const origin = isTrusted ? running.url.replace('http:', 'https:') : running.url;
    const { headers } = await running.ask('/api/session', {
      ...{ method: 'POST', body: JSON.stringify({ token }) },
      headers: { 'content-type': 'application/json', 'x-forwarded-proto': 'https', origin },
    });
    return headers.get('set-cookie');
  };

  test.each([1, ['loopback'], ['127.0.0.0/8']])(
    'that is trusted (%j), callers are told apart',
    async (trustProxy) => {
      const running = await hall.run({ site: SLOW, trustProxy });
      const ask = (address: string) => () => running.ask('/api/session', from(address));
      expect(await statuses(times(4, () => ask('203.0.113.7')))).toEqual([401, 401, 401, 429]);
      expect(await statuses([ask('203.0.113.8'), ask('203.0.113.9, 203.0.113.7')])).toEqual([401, 429]);
      const six = times(4, (index) => ask(`2001:db8:0:${index}::1`));
      expect(await statuses(six)).toEqual([401, 401, 401, 429]);
      expect(await session(running, { isTrusted: true })).toMatch(/; Secure/);
    },
  );

  test('and so are their sockets', async () => {
    const running = await hall.run({ site: SLOW, trustProxy: 1 });
    const knock = (address: string) => () =>
      running.ask('/socket.io/?EIO=4&transport=polling', from(address));
    expect(await statuses(times(4, () => knock('203.0.113.7')))).toEqual([200, 200, 200, 429]);
    expect(await statuses([knock('203.0.113.8')])).toEqual([200]);
  });

  test('nobody named is trusted: what the header says of address and scheme counts for nothing', async () => {
    const running = await hall.run({ site: SLOW });
    const asks = times(4, (index) => () => running.ask('/api/session', from(`203.0.113.${index}`)));
    expect(await statuses(asks)).toEqual([401, 401, 401, 429]);
    running.clock.advance(10_000);
    expect(await session(running, { isTrusted: false })).not.toMatch(/Secure/);
  });

  test('the setting is a count, or a list of addresses and subnets', () => {
    const read = (TRUST_PROXY?: string) => readSettings({ TRUST_PROXY }, '/').trustProxy;
    expect(['1', '10.0.0.1, fd00::/8', 'loopback', '', undefined].map(read)).toEqual([
      ...[1, ['10.0.0.1', 'fd00::/8'], ['loopback'], [], []],
    ]);
    for (const wrong of ['true', '10.0.0.0/33', 'proxy.example', '1.2.3.4/x', '-1'])
      expect(() => read(wrong)).toThrow(RangeError);
  });
});

test('a connection that shows no token is closed after ten seconds at most, whatever it joins', async () => {
  const running = await hall.run();
  const stays = times(300, async (index) => {
    const began = performance.now();
    const link = openRawLink(running.url);
    await link.next();
    const joins = ['', '40', '40/live,', '40/live,{"token":"ioc_x"}', '40/other,'][index % 5];
    if (joins) link.send(joins);
    await link.closed;
    return performance.now() - began;
  });
  expect(Math.max(...(await Promise.all(stays)))).toBeLessThan(13_000);
}, 30_000);
