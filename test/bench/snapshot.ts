/**
 * What a viewer starts from: the answer to `watch` for the province and everything below it, its size and the time to
 * read and write it, against the same figures as an object for each unit with names, read from the same rows; and the
 * whole way of a `watch` on an open socket. In turns, in one process.
 */
import { once } from 'node:events';
import { gzipSync } from 'node:zlib';
import { io } from 'socket.io-client';
import { PROVINCE } from '../../seed/province/departments.ts';
import { createView, type View } from '../../server/figures/sums.ts';
import { showUnit } from '../../server/figures/views.ts';
import { openStore } from '../../server/store/store.ts';
import { listWatched, readSnapshot } from '../../server/stream/changes.ts';
import type { Snapshot } from '../../shared/live.ts';
import { databaseOf, readTree, SITE } from './bench-store.ts';
import type { HistoryStore } from './history.ts';
import { startServer } from './server-process.ts';
import { bytes, ms, printTable, times } from './table.ts';
import { quantile, timeEach } from './timing.ts';
import type { Workspace } from './workspace.ts';

const RUNS = 200;
const WARM = 20;
const TURNS = 4;
/** Questions of one socket. */
const ASKS_EACH = 10;
const ANSWER_MS = 8000;

type Named = Record<string, unknown>;

/** The same figures told the way one would first think of: an object for each unit, every figure by its name. */
function nameAll({ tallies, children, unit, ...rest }: Snapshot): Named {
  const units = new Map([unit, ...children].map((view) => [view.id, { ...view, figures: {} as Named }]));
  for (const [id, grain, start, seq, ...values] of tallies.rows) {
    const figures = Object.fromEntries(tallies.measures.map((name, index) => [name, values[index]]));
    const known = units.get(id);
    if (known) known.figures[`${grain} ${start}`] = { seq, ...figures };
  }
  return { ...rest, units: [...units.values()] };
}

/** Asks on open sockets, each for a while only: a link may not ask without end. */
async function timeWatch(url: string): Promise<number[]> {
  const taken: number[] = [];
  while (taken.length < RUNS) {
    const socket = io(`${url}/live`, { transports: ['websocket'], forceNew: true });
    await once(socket as unknown as NodeJS.EventEmitter, 'connect');
    const ask = async () => {
      const answer: { type: string } = await socket
        .timeout(ANSWER_MS)
        .emitWithAck('watch', { unit: PROVINCE });
      if (answer.type !== 'snapshot') throw new Error(`watch was answered by a ${answer.type}`);
    };
    taken.push(...(await timeEach(ASKS_EACH, ask, 1)));
    socket.disconnect();
  }
  return taken;
}

type Told = { name: string; text: string; taken: number[] };

const describe = ({ name, text, taken }: Told, reference: Told): string[] => [
  name,
  bytes(text.length),
  times(text.length, reference.text.length),
  bytes(gzipSync(text).length),
  ms(quantile(taken, 0.5)),
  ms(quantile(taken, 0.99)),
  times(quantile(taken, 0.5), quantile(reference.taken, 0.5)),
];

async function measure(view: View): Promise<[columns: Told, named: Told]> {
  const read = () => readSnapshot(view, view.root, 'bench');
  const columns: Told = { name: 'columns (ours)', text: JSON.stringify(await read()), taken: [] };
  const named: Told = { name: 'object per unit', text: JSON.stringify(nameAll(await read())), taken: [] };
  for (let turn = 0; turn < TURNS; turn++) {
    const count = RUNS / TURNS;
    columns.taken.push(...(await timeEach(count, async () => JSON.stringify(await read()), WARM)));
    named.taken.push(...(await timeEach(count, async () => JSON.stringify(nameAll(await read())), WARM)));
  }
  return [columns, named];
}

/** What each part of a snapshot adds to it, packed: the goal for 163 units is 40 kB, whatever the catalogue holds. */
function describeParts(snapshot: Snapshot): string {
  const whole = gzipSync(JSON.stringify(snapshot)).length;
  const without = (part: keyof Snapshot) =>
    whole - gzipSync(JSON.stringify({ ...snapshot, [part]: undefined })).length;
  const parts = (['tallies', 'alerts', 'children', 'steps', 'feeds'] as const).map(
    (part) => `${part} ${bytes(without(part))}`,
  );
  const { alerts, tallies } = snapshot;
  return `of the gzip: ${parts.join(', ')}; ${alerts.length} alerts, ${tallies.measures.length} measures; goal 40 kB`;
}

/** Prints size and time of a snapshot. */
export async function runSnapshot(workspace: Workspace, histories: HistoryStore): Promise<void> {
  const { folder, words } = await histories.take();
  const store = await openStore(databaseOf(folder));
  const { tree, province: unit } = await readTree(store);
  const clock = await store.readClock();
  const view = createView({ reader: store.reader, site: SITE, tree, clock, units: [unit], now: Date.now() });
  const [columns, named] = await measure(view);
  const parts = describeParts(await readSnapshot(view, view.root, 'bench'));
  const count = listWatched(view, view.root).length - 1;
  await store.close();
  const server = await startServer(workspace, folder);
  const watched = await timeWatch(server.url);
  await server.stop();
  const dash = '-';
  printTable({
    title: `Snapshot of a unit with ${count} below it (${showUnit(view, unit).name.vi})`,
    head: ['form', 'JSON', 'to named', 'gzip', 'p50 ms', 'p99 ms', 'to named'],
    rows: [
      describe(columns, named),
      describe(named, named),
      [
        'watch, over a socket',
        dash,
        dash,
        dash,
        ms(quantile(watched, 0.5)),
        ms(quantile(watched, 0.99)),
        dash,
      ],
    ],
    notes: [
      parts,
      `read, built and written as JSON, ${RUNS} times in ${TURNS} turns; on ${words}`,
      'watch: nothing was committed in between, so it is read once and then kept for all who ask; parsed by the client',
    ],
  });
}
