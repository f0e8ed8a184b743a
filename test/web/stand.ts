/** A live server on a port of its own, over real Socket.IO, that has moods; and the web's own link to it. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Namespace, Server, type Socket as ServerSocket } from 'socket.io';
import { io, type Socket } from 'socket.io-client';
import type { ClientEvents, ServerEvents, Watch, WatchAnswer } from '../../shared/live.ts';
import type { Problem } from '../../shared/problem.ts';
import type { LiveState } from '../../web/live/fold.ts';
import type { LiveView } from '../../web/live/view.ts';
import { followLive } from '../../web/live.ts';
import { until } from '../server.ts';
import { HandClock } from './hand-clock.ts';
import { type Commit, Model } from './model.ts';

/** How the server treats viewers: as it should, with a failure, with a refusal, or with no word at all though the socket is open. */
export type Mood = 'well' | 'failing' | 'mute' | 'refusing';

/** What a server says that could not read. */
export const BROKEN: Problem = {
  ...{ type: 'urn:ioc:problem:internal', title: 'Internal error', status: 500 },
  detail: 'Something went wrong; it has been logged.',
};

/** What a server says to whoever may not see a unit. */
const FORBIDDEN: Problem = {
  ...{ type: 'urn:ioc:problem:forbidden', title: 'Forbidden', status: 403 },
  detail: 'Not in your scope.',
};

type Asking = ClientEvents & { settle: (done: () => void) => void };
type Client = Socket<ServerEvents, Asking>;

/** Heartbeats come this often (contract: at least every 5 s). */
const BEAT_MS = 4000;

export class Stand {
  readonly model = new Model();
  readonly watches: Watch[] = [];
  mood: Mood = 'well';
  /** Sockets that hear nothing any longer, though they are open at both ends. */
  readonly dead = new Set<string>();
  refuses = false;
  losesFrames = false;
  #sent = this.model.seq;
  readonly #http = createServer();
  readonly #live: Namespace<Asking, ServerEvents>;
  readonly #io: Server;

  constructor() {
    this.#io = new Server(this.#http, { serveClient: false });
    this.#live = this.#io.of('/live');
    this.#live.use((_, next) =>
      this.refuses ? next(Object.assign(new Error('refused'), { data: BROKEN })) : next(),
    );
    this.#live.on('connection', (socket) => this.#serve(socket));
  }

  async open(): Promise<string> {
    await new Promise<void>((resolve) => void this.#http.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(this.#http.address() as AddressInfo).port}`;
  }

  close = (): Promise<void> => this.#io.close();

  commit(commit: Commit): void {
    this.model.commit(commit);
    this.beat();
  }

  regroup(): void {
    this.model.regroup();
    this.#sent = this.model.seq;
    this.#say((socket) => socket.emit('reset'));
  }

  /** A frame with what was not sent yet, or an empty one. */
  beat(): void {
    const frame = this.model.frame(this.#sent);
    this.#sent = frame.seq;
    this.#say((socket) => socket.emit('frame', frame));
  }

  /** Cuts every connection as a broken network does. */
  cut(): void {
    for (const socket of this.#live.sockets.values()) socket.conn.close();
  }

  /** Shows every viewer the door. */
  expel(): void {
    this.#live.disconnectSockets();
  }

  #say(tell: (socket: ServerSocket<Asking, ServerEvents>) => void): void {
    if (this.losesFrames || this.mood !== 'well') return;
    for (const socket of this.#live.adapter.rooms.get('room') ?? []) {
      const viewer = this.#live.sockets.get(socket);
      if (viewer && !this.dead.has(socket)) tell(viewer);
    }
  }

  #serve(socket: ServerSocket<Asking, ServerEvents>): void {
    socket.on('settle', (done) => done());
    socket.on('watch', (watch, reply) => {
      this.watches.push(watch);
      if (this.mood === 'mute' || this.dead.has(socket.id)) return;
      if (this.mood === 'failing') reply({ type: 'failure', problem: BROKEN });
      else if (this.mood === 'refusing') reply({ type: 'failure', problem: FORBIDDEN });
      else reply(this.#answer(socket, watch));
    });
  }

  #answer(socket: ServerSocket, { since }: Watch): WatchAnswer {
    const { model } = this;
    if (since !== undefined && (since < model.floor || since > model.seq)) return { type: 'reset' };
    void socket.join('room');
    return since === undefined ? model.snapshot() : { type: 'frame', ...model.frame(since) };
  }
}

/** The web's link to a stand, with its time in hand. */
export class Watcher {
  readonly clock = new HandClock();
  readonly socket: Client;
  readonly #link: ReturnType<typeof followLive>;
  readonly #stand: Stand;
  #beatAt = 0;
  view: LiveView | null = null;

  constructor(stand: Stand, url: string, chance: () => number = () => 0.5) {
    this.#stand = stand;
    this.socket = io(`${url}/live`, {
      ...{ transports: ['websocket'], forceNew: true },
      ...{ reconnectionDelay: 1, reconnectionDelayMax: 5 },
    });
    this.#link = followLive(
      '1',
      (view) => {
        this.view = view;
      },
      { open: () => this.socket, clock: this.clock, chance, build: 'b1', serverTime: 0 },
    );
  }

  get state(): LiveState | null {
    return this.view?.state ?? null;
  }

  turn = (ref: string) => this.#link.turn(ref);

  close = () => this.#link.close();

  /** Time passes in half seconds, with the server's heartbeats; all that was said on the way is heard. */
  async pass(ms: number): Promise<void> {
    await this.settle();
    for (let left = ms; left > 0; left -= 500) {
      this.clock.advance(500);
      if (this.clock.now() >= this.#beatAt) {
        this.#beatAt = this.clock.now() + BEAT_MS;
        this.#stand.beat();
      }
      await this.settle();
    }
  }

  /** Waits until the socket is open, or given up by itself, and until everything said over it is here. */
  async settle(): Promise<void> {
    const { socket } = this;
    await until(() => socket.connected || !socket.active, 'the socket opens or is refused');
    // More than once: the answer to a question may lead to another.
    for (let turn = 0; turn < 3 && socket.connected; turn++) {
      await socket
        .timeout(2000)
        .emitWithAck('settle')
        .catch(() => undefined);
    }
  }
}
