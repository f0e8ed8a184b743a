import { once } from 'node:events';
import { connect } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Running, runApp } from './server.ts';

let running: Running;
beforeEach(async () => {
  running = await runApp();
});
afterEach(async () => {
  await running.close();
});

/** The queries of the reading side by turn of the event loop, until told to stop. */
function countByTurn(): { stop: () => number[] } {
  const counts = [0];
  let isCounting = true;
  const turn = () => {
    counts.push(0);
    if (isCounting) setImmediate(turn);
  };
  setImmediate(turn);
  running.beforeRead(() => {
    counts[counts.length - 1] = (counts.at(-1) ?? 0) + 1;
  });
  return {
    stop: () => {
      isCounting = false;
      running.beforeRead(null);
      return counts;
    },
  };
}

/** Asks the same so many times in one piece, as many boards that wake up together; gives the queries of each turn. */
async function askTogether(count: number, token: string): Promise<number[]> {
  const { hostname, port } = new URL(running.url);
  const socket = connect(Number(port), hostname);
  await once(socket, 'connect');
  const head = (index: number) =>
    [
      'GET /api/figures?unit=25&period=2026-11&children=1 HTTP/1.1',
      `Host: ${hostname}`,
      `Authorization: Bearer ${token}`,
      `Connection: ${index === count - 1 ? 'close' : 'keep-alive'}`,
      '\r\n',
    ].join('\r\n');
  const counter = countByTurn();
  let text = '';
  socket.setEncoding('utf8').on('data', (chunk: string) => {
    text += chunk;
  });
  socket.write(Array.from({ length: count }, (_, index) => head(index)).join(''));
  await once(socket, 'end');
  socket.destroy();
  expect(text.match(/HTTP\/1\.1 200 /g)).toHaveLength(count);
  return counter.stop();
}

test('reads that come in together are answered one to a turn of the event loop', async () => {
  const token = await running.token('display', '25');
  await askTogether(1, token);
  const alone = Math.max(...(await askTogether(1, token)));
  const together = await askTogether(12, token);
  expect(alone).toBeGreaterThan(1);
  expect(Math.max(...together)).toBe(alone);
});
