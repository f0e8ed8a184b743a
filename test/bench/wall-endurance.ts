/**
 * A wall left open: heap after garbage collection, nodes and listeners minute by minute, and the slope of the heap. Asked for
 * by itself, as it takes as long as it is told: `node test/bench/wall-endurance.ts http://localhost:3000 30`. Reference: an
 * empty page in the same browser, measured in the same way.
 */
import { setTimeout as wait } from 'node:timers/promises';
import type { CDPSession } from 'playwright-core';
import { openBrowser } from '../e2e/browser.ts';
import { bytes, describeLoad, printTable, whole } from './table.ts';

const MINUTE_MS = 60_000;
/** The page fills its buffers (the strip, the sparks, compiled code) before it counts. */
const WARM_UP_MINUTES = 3;

type Reading = { minute: number; heap: number; nodes: number; listeners: number };

async function read(session: CDPSession, minute: number): Promise<Reading> {
  // Twice: what the first lets go may hold more that only then is free.
  for (let turn = 0; turn < 2; turn += 1) await session.send('HeapProfiler.collectGarbage');
  const { usedSize } = await session.send('Runtime.getHeapUsage');
  const { nodes, jsEventListeners } = await session.send('Memory.getDOMCounters');
  return { minute, heap: usedSize, nodes, listeners: jsEventListeners };
}

/** Bytes an hour: the line through the readings with the least squares. */
function slopeOf(readings: readonly Reading[]): number {
  const mean = (pick: (reading: Reading) => number) =>
    readings.reduce((sum, reading) => sum + pick(reading), 0) / readings.length;
  const [time, heap] = [mean(({ minute }) => minute), mean((reading) => reading.heap)];
  const over = readings.reduce((sum, reading) => sum + (reading.minute - time) * (reading.heap - heap), 0);
  const under = readings.reduce((sum, { minute }) => sum + (minute - time) ** 2, 0);
  return under === 0 ? 0 : (60 * over) / under;
}

const rangeOf = (values: readonly number[]) =>
  `${whole(Math.min(...values))} – ${whole(Math.max(...values))}`;

function row(name: string, readings: readonly Reading[]): string[] {
  const [first, last] = [readings[0]?.heap ?? 0, readings.at(-1)?.heap ?? 0];
  return [
    name,
    bytes(first),
    bytes(last),
    `${(slopeOf(readings) / 1e6).toFixed(2)} MB/h`,
    `${(slopeOf(readings.slice(Math.floor(readings.length / 2))) / 1e6).toFixed(2)} MB/h`,
    rangeOf(readings.map(({ nodes }) => nodes)),
    rangeOf(readings.map(({ listeners }) => listeners)),
  ];
}

async function run(url: string, minutes: number): Promise<void> {
  const browser = await openBrowser();
  try {
    const context = await browser.newContext({ viewport: { width: 1920, height: 1080 } });
    const wall = await context.newPage();
    const troubles: string[] = [];
    wall.on('console', (said) => {
      if (said.type() === 'error' || said.type() === 'warning') troubles.push(said.text());
    });
    wall.on('pageerror', (error) => troubles.push(error.message));
    await wall.goto(url);
    const empty = await context.newPage();
    await empty.goto('about:blank');
    await wall.bringToFront();
    const sessions = [await context.newCDPSession(wall), await context.newCDPSession(empty)];
    await wait(WARM_UP_MINUTES * MINUTE_MS);
    const told: Reading[][] = [[], []];
    for (let minute = 0; minute <= minutes; minute += 1) {
      for (const [index, session] of sessions.entries()) told[index]?.push(await read(session, minute));
      const { heap, nodes, listeners } = told[0]?.at(-1) ?? { heap: 0, nodes: 0, listeners: 0 };
      process.stderr.write(`${minute} min: ${bytes(heap)}, ${nodes} nodes, ${listeners} listeners\n`);
      if (minute < minutes) await wait(MINUTE_MS);
    }
    printTable({
      title: `A wall left open for ${minutes} minutes`,
      head: ['page', 'heap at first', 'at last', 'slope', 'of the later half', 'nodes', 'listeners'],
      rows: [row('wall', told[0] ?? []), row('empty page', told[1] ?? [])],
      notes: [
        `after garbage collection, every minute, from minute ${WARM_UP_MINUTES} on; load ${describeLoad()}`,
        `console: ${troubles.length === 0 ? 'nothing' : troubles.slice(0, 5).join(' | ')}`,
        'goal: under 1 MB/h, nodes and listeners flat',
      ],
    });
  } finally {
    await browser.close();
  }
}

const [url, minutes = '30'] = process.argv.slice(2);
if (url === undefined) throw new Error('usage: node test/bench/wall-endurance.ts URL [MINUTES]');
await run(url, Number(minutes));
