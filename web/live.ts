/** The only socket. Hides transport, gaps, resumption and healing; tells a listener what is known and how far to trust it. */
import { io, type Socket } from 'socket.io-client';
import type { Problem } from '../shared/answers.ts';
import type { ClientEvents, Frame, ServerEvents, Watch, WatchAnswer } from '../shared/live.ts';
import { probeHealth } from './api.ts';
import { applyFrame, type LiveState, startState } from './live/fold.ts';
import { healPause, SILENCE, type Stage, stageOf } from './live/stage.ts';

/** What the viewer knows now. `lostAt` (server time, epoch ms) is the last word heard, while the link is lost. */
export type LiveView = {
  /** The unit asked for; `state` is null until its snapshot came. */
  ref: string;
  state: LiveState | null;
  stage: Stage;
  lostAt: number | null;
  problem: Problem | null;
};

/** The part of a socket that live needs. */
export type LiveSocket = Pick<
  Socket<ServerEvents, ClientEvents>,
  'on' | 'emit' | 'connect' | 'disconnect'
> & {
  connected: boolean;
};

/** A followed unit. `turn` follows another one over the same link; `serverNow` is the server's clock, epoch ms. */
export type Follower = { turn: (ref: string) => void; serverNow: () => number; close: () => void };

/** What may be replaced: the link, the monotonic clock, and what to do when a newer build is out or the link is refused. */
export type LiveOptions = {
  open?: () => LiveSocket;
  now?: () => number;
  build?: string;
  onReload?: (build: string) => void;
  onRefused?: () => void;
  serverTime?: number;
};

const MERGE_MS = 400;
const BEAT_MS = 500;
const KEPT_UNITS = 6;

function openSocket(): LiveSocket {
  return io('/live', {
    reconnectionDelay: 1000,
    reconnectionDelayMax: 5000,
    timeout: 8000,
    transports: ['websocket', 'polling'],
  });
}

/** Follows a unit and its children; the listener hears at most every 400 ms, and whenever the stage changes. */
export function followLive(
  ref: string,
  listener: (view: LiveView) => void,
  options: LiveOptions = {},
): Follower {
  return new LiveLink(ref, listener, options);
}

/** Owns the socket and its timer until `close`. */
class LiveLink implements Follower {
  #ref: string;
  readonly #listener: (view: LiveView) => void;
  readonly #options: LiveOptions;
  readonly #now: () => number;
  readonly #socket: LiveSocket;
  readonly #timer: ReturnType<typeof setInterval>;
  readonly #kept = new Map<string, LiveState>();
  #state: LiveState | null = null;
  #problem: Problem | null = null;
  #stage: Stage = 'connecting';
  #wasHeard: 'heard' | 'never' = 'never';
  #heardAt: number;
  #serverAt: number;
  #serverSetAt: number;
  #asking: string | null = null;
  #asked = 0;
  #pending: ReturnType<typeof setTimeout> | null = null;
  #toldAt = Number.NEGATIVE_INFINITY;
  #healAt: number = SILENCE.heal;
  #failedHeals = 0;

  constructor(ref: string, listener: (view: LiveView) => void, options: LiveOptions) {
    this.#ref = ref;
    this.#listener = listener;
    this.#options = options;
    this.#now = options.now ?? (() => performance.now());
    this.#heardAt = this.#now();
    this.#serverSetAt = this.#heardAt;
    this.#serverAt = options.serverTime ?? Date.now();
    this.#socket = (options.open ?? openSocket)();
    this.#socket.on('connect', () => this.#watch());
    this.#socket.on('disconnect', () => this.#beat());
    this.#socket.on('connect_error', () => options.onRefused?.());
    this.#socket.on('frame', (frame: Frame) => this.#take(frame));
    this.#socket.on('reset', () => this.#restart());
    this.#timer = setInterval(() => this.#beat(), BEAT_MS);
    if (this.#socket.connected) this.#watch();
  }

  serverNow = (): number => this.#serverAt + this.#now() - this.#serverSetAt;

  turn = (ref: string): void => {
    if (ref === this.#ref) return;
    if (this.#state) this.#keep(this.#ref, this.#state);
    this.#ref = ref;
    this.#state = this.#kept.get(ref) ?? null;
    this.#problem = null;
    this.#asking = null;
    this.#tell();
    if (this.#socket.connected) this.#watch();
  };

  close = (): void => {
    clearInterval(this.#timer);
    if (this.#pending) clearTimeout(this.#pending);
    this.#socket.disconnect();
  };

  #keep(ref: string, state: LiveState): void {
    this.#kept.delete(ref);
    this.#kept.set(ref, state);
    const oldest = this.#kept.keys().next().value;
    if (this.#kept.size > KEPT_UNITS && oldest !== undefined) this.#kept.delete(oldest);
  }

  #watch(): void {
    const watch: Watch = { unit: this.#ref };
    if (this.#state) watch.since = this.#state.seq;
    if (this.#options.build) watch.build = this.#options.build;
    this.#asked += 1;
    const asked = this.#asked;
    this.#asking = this.#ref;
    this.#socket.emit('watch', watch, (answer) => {
      if (asked === this.#asked) this.#answer(answer);
    });
  }

  #restart(): void {
    this.#state = null;
    this.#kept.clear();
    this.#watch();
  }

  #answer(answer: WatchAnswer): void {
    this.#asking = null;
    switch (answer.type) {
      case 'reset':
        this.#restart();
        break;
      case 'reload':
        this.#options.onReload?.(answer.build);
        break;
      case 'failure':
        this.#hear(this.serverNow());
        this.#put(null, answer.problem);
        break;
      case 'frame':
        this.#take(answer);
        break;
      case 'snapshot':
        this.#hear(Date.parse(answer.at));
        this.#put(startState(answer), null);
    }
  }

  #put(state: LiveState | null, problem: Problem | null): void {
    this.#state = state;
    this.#problem = problem;
    this.#tell();
  }

  #take(frame: Frame): void {
    this.#hear(Date.parse(frame.at));
    const { build, onReload } = this.#options;
    if (build && frame.build !== build) onReload?.(frame.build);
    if (this.#asking === null && this.#state) this.#apply(this.#state, frame);
  }

  #apply(state: LiveState, frame: Frame): void {
    const next = applyFrame(state, frame);
    if (next === 'gap') this.#watch();
    else if (next === 'anew') this.#restart();
    else {
      this.#state = next;
      this.#problem = null;
      this.#tellSoon();
    }
  }

  #hear(serverAt: number): void {
    this.#heardAt = this.#now();
    this.#wasHeard = 'heard';
    this.#serverAt = serverAt;
    this.#serverSetAt = this.#heardAt;
    this.#healAt = SILENCE.heal;
    this.#failedHeals = 0;
    if (this.#stage !== 'live') this.#setStage('live');
  }

  #setStage(stage: Stage): void {
    this.#stage = stage;
    this.#tell();
  }

  #beat(): void {
    const silentMs = this.#now() - this.#heardAt;
    const isCut = this.#wasHeard === 'heard' && !this.#socket.connected;
    const stage = stageOf(silentMs, isCut ? 'cut' : this.#wasHeard);
    if (stage !== this.#stage) this.#setStage(stage);
    if (silentMs < this.#healAt) return;
    this.#healAt = silentMs + healPause(Math.random());
    void this.#heal();
  }

  async #heal(): Promise<void> {
    if (!(await probeHealth())) return;
    this.#failedHeals += 1;
    if (this.#failedHeals > 2) {
      this.#options.onReload?.('');
      return;
    }
    this.#socket.disconnect();
    this.#socket.connect();
  }

  #tellSoon(): void {
    if (this.#pending) return;
    const wait = Math.max(0, this.#toldAt + MERGE_MS - this.#now());
    this.#pending = setTimeout(() => this.#tell(), wait);
  }

  #tell(): void {
    if (this.#pending) clearTimeout(this.#pending);
    this.#pending = null;
    this.#toldAt = this.#now();
    const isLost = this.#stage === 'offline' || this.#stage === 'distrust';
    const lostAt = isLost && this.#wasHeard === 'heard' ? this.#serverAt : null;
    this.#listener({
      ref: this.#ref,
      state: this.#state,
      stage: this.#stage,
      lostAt,
      problem: this.#problem,
    });
  }
}
