/** Viewers over a real socket: strict ones, and lossy ones that drop frames and resume. */
import { io, type Socket } from 'socket.io-client';
import { feedIdOf } from '../../server/people/tokens.ts';
import type { DossierEvent } from '../../shared/event.ts';
import type { ClientEvents, Frame, ServerEvents, Snapshot, Watch, WatchAnswer } from '../../shared/live.ts';
import { applyFrame, type LiveState, startState } from '../../web/live/fold.ts';
import { type Running, type RunOptions, runApp } from '../server.ts';
import { actsOf, speakerOf } from './acts.ts';
import { iso, step, TODAY } from './world.ts';

export type Link = Socket<ServerEvents, ClientEvents>;

/** A connected socket, or the problem it was refused with. */
export async function connect(
  { url }: Pick<Running, 'url'>,
  auth: object,
  extraHeaders: Record<string, string> = {},
): Promise<Link> {
  const socket: Link = io(`${url}/live`, {
    ...{ auth, transports: ['websocket'], reconnection: false, forceNew: true, extraHeaders },
  });
  const { promise, resolve, reject } = Promise.withResolvers<Link>();
  socket.once('connect', () => resolve(socket));
  socket.once('connect_error', (error) => reject((error as Error & { data?: Error }).data ?? error));
  return promise;
}

export const watch = (socket: Link, order: Watch): Promise<WatchAnswer> =>
  socket.timeout(2000).emitWithAck('watch', order);

/** A snapshot of a unit; throws for any other answer. */
export async function start(socket: Link, unit: string): Promise<Snapshot> {
  const answer = await watch(socket, { unit });
  if (answer.type !== 'snapshot') throw new Error(`not a snapshot: ${JSON.stringify(answer)}`);
  return answer;
}

/** Waits until everything the server has sent before is here: a room it refuses is asked for on the same line. */
export async function settleLine(socket: Link): Promise<void> {
  const probe = socket.io.socket('/');
  const { promise, resolve } = Promise.withResolvers<void>();
  probe.once('connect_error', () => resolve());
  probe.connect();
  await promise;
}

/** What matters of a state: rows that hold something, and what the strip and the feeds say. */
export function essence(state: LiveState): object {
  const rows = [...state.rows]
    .filter(([, { sums }]) => Object.values(sums).some((value) => value !== 0))
    .sort(([a], [b]) => (a < b ? -1 : 1));
  const { seq, day, unit, children, workingDays, feeds, steps, alerts, rulesSeq } = state;
  return { seq, day, unit, children, workingDays, feeds, steps, alerts, rulesSeq, rows };
}

/** A viewer as the web has it. `loses` says of each frame whether it gets lost on the way. */
export class Viewer {
  state: LiveState | null = null;
  resets = 0;
  isBehind = false;
  readonly frames: Frame[] = [];
  #socket: Link;
  readonly #unit: string;
  readonly #loses: () => boolean;

  constructor(socket: Link, unit: string, loses: () => boolean) {
    this.#socket = socket;
    this.#unit = unit;
    this.#loses = loses;
    this.attach(socket);
  }

  /** Goes on over another link with what it knows. */
  attach(socket: Link): void {
    this.#socket = socket;
    socket.on('frame', (frame) => {
      if (socket !== this.#socket || this.#loses()) return;
      this.frames.push(frame);
      if (!this.state) return;
      const next = applyFrame(this.state, frame);
      if (next === 'gap') this.isBehind = true;
      else this.state = next === 'anew' ? null : next;
    });
    socket.on('reset', () => {
      this.resets++;
      this.state = null;
    });
  }

  /** Does what the web does when a frame shows that one before it got lost. */
  async mend(): Promise<void> {
    if (this.isBehind || !this.state) await this.catchUp();
  }

  /** Asks for what it does not have: all, or what came since. */
  async catchUp(): Promise<void> {
    this.isBehind = false;
    const { state } = this;
    const answer = await watch(this.#socket, { unit: this.#unit, ...(state ? { since: state.seq } : {}) });
    if (answer.type === 'snapshot') this.state = startState(answer);
    else if (answer.type === 'frame' && this.state) this.state = this.#resume(answer, this.state);
    else if (answer.type === 'reset') this.state = null;
    if (!this.state && answer.type !== 'failure') await this.catchUp();
  }

  #resume(frame: Frame, state: LiveState): LiveState | null {
    const next = applyFrame(state, frame);
    if (next === 'gap') throw new Error('the answer to since leaves a gap');
    return next === 'anew' ? null : next;
  }
}

/** Running apps and links of one test; `close` ends them and says what the apps logged as errors. */
export type Hall = {
  run: (options?: RunOptions) => Promise<Running>;
  link: (running: Running, unit?: string) => Promise<Link>;
  keep: (socket: Link) => Link;
  close: () => Promise<string[]>;
};

export function openHall(): Hall {
  const open: Running[] = [];
  const links: Link[] = [];
  const keep = (socket: Link) => {
    links.push(socket);
    return socket;
  };
  return {
    keep,
    async run(options = {}) {
      const running = await runApp(options);
      open.push(running);
      return running;
    },
    link: async (running, unit = '25') =>
      keep(await connect(running, { token: await running.token('display', unit) })),
    async close() {
      for (const socket of links.splice(0)) socket.disconnect();
      const closed = open.splice(0);
      for (const running of closed) await running.close();
      return closed.flatMap(({ troubles }) => troubles);
    },
  };
}

let told = 0;

function taken({ clock }: Running, unit: string): DossierEvent {
  told++;
  const at = iso(clock.now());
  return step({ id: `t${told}`, dossier: `t${told}`, at, status: 2, receiver: unit, resolver: unit });
}

/** The feed that a feed token of the unit speaks for. */
const feedOf = ({ tree }: Running, unit: string): string =>
  feedIdOf({ unit: tree.findByReference(unit, TODAY)?.id ?? 0, name: `feed ${unit}` });

/** Tells of a dossier that a unit accepts now, as this process's own commit. */
export async function tell(running: Running, unit: string): Promise<void> {
  const { acts, clock, tree } = running;
  await acts.ingest([taken(running, unit)], speakerOf(tree, feedOf(running, unit)), clock.now());
}

/** The same by another process: the app is not told. */
export async function tellElsewhere(running: Running, unit: string): Promise<void> {
  const { store, clock, tree } = running;
  const speaker = speakerOf(tree, feedOf(running, unit));
  await actsOf(store).ingest([taken(running, unit)], speaker, clock.now());
}

/** The frames that come from now on. */
export function collect(socket: Link): Frame[] {
  const frames: Frame[] = [];
  socket.on('frame', (frame) => frames.push(frame));
  return frames;
}

/** Turns the clock and lets the server do what it does every 100 ms; everything sent is here afterwards. */
export async function pass(running: Running, ms: number, ...sockets: Link[]): Promise<void> {
  for (let left = ms; left > 0; left -= 100) {
    running.clock.advance(Math.min(left, 100));
    await running.app.pulse();
  }
  for (const socket of sockets) await settleLine(socket);
}
