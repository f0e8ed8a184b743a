/** The only socket. Hides transport, gaps, resumption and healing; tells a listener what is known and how far to trust it. */
import { io, type Socket } from 'socket.io-client';
import type { ClientEvents, Frame, ServerEvents, Watch, WatchAnswer } from '../shared/live.ts';
import type { Problem } from '../shared/problem.ts';
import { createAgeClock, type LiveClock, MACHINE_CLOCK } from './live/clock.ts';
import { applyFrame, type LiveState, startState } from './live/fold.ts';
import { Healer } from './live/healer.ts';
import { Held } from './live/held.ts';
import { isRefusal, problemOf } from './live/refusal.ts';
import { ANSWER_MS, retryPause, SILENCE } from './live/stage.ts';
import { Teller } from './live/teller.ts';
import { Trust } from './live/trust.ts';
import type { Follower, Listener, LiveView } from './live/view.ts';

/** The part of a socket that live needs. */
export type LiveSocket = Pick<
  Socket<ServerEvents, ClientEvents>,
  'on' | 'emit' | 'connect' | 'disconnect' | 'active'
> & {
  connected: boolean;
};

/** The server's time when the link opens (epoch ms), what may be replaced, and what to do on a newer build or a refusal. */
export type LiveOptions = {
  serverTime: number;
  open?: () => LiveSocket;
  clock?: LiveClock;
  /** 0..1, spreads pauses. */
  chance?: () => number;
  build?: string;
  onReload?: (build: string) => void;
  onRefused?: () => void;
};

/**
 * Where a link stands: without a socket that works (`cut`: it comes back by itself), waiting for an answer about `ref`
 * until `until`, waiting to try again from `until` on, or in the room of its unit, where frames count.
 */
type Phase =
  | { is: 'cut' }
  | { is: 'asking'; ref: string; until: number }
  | { is: 'waiting'; until: number }
  | { is: 'following' };

const BEAT_MS = 500;
/** Beats so far apart that the machine slept, or the page was stopped. */
const STOPPED_MS = 5_000;

function openSocket(): LiveSocket {
  return io('/live', {
    reconnectionDelay: 1000,
    reconnectionDelayMax: 5000,
    timeout: 8000,
    transports: ['websocket', 'polling'],
  });
}

/** Follows a unit and its children; the listener hears at most every 400 ms, and whenever the stage changes. */
export function followLive(ref: string, listener: Listener, options: LiveOptions): Follower {
  return new LiveLink(ref, listener, options);
}

/** Owns the socket and its timer until `close`. */
class LiveLink implements Follower {
  readonly #options: LiveOptions;
  readonly #clock: LiveClock;
  readonly #now: () => number;
  readonly #chance: () => number;
  readonly #socket: LiveSocket;
  readonly #held: Held;
  readonly #trust: Trust;
  readonly #teller: Teller;
  readonly #healer: Healer;
  #phase: Phase = { is: 'cut' };
  #problem: Problem | null = null;
  #asked = 0;
  #refusals = 0;
  #unanswered = 0;
  #beatAt: number;
  #stopBeat: () => void;
  #isClosed = false;

  constructor(ref: string, listener: Listener, options: LiveOptions) {
    this.#options = options;
    this.#clock = options.clock ?? MACHINE_CLOCK;
    this.#now = createAgeClock(this.#clock);
    this.#chance = options.chance ?? Math.random;
    this.#held = new Held(ref);
    this.#trust = new Trust(this.#now, options.serverTime);
    this.#teller = new Teller(this.#clock, () => listener(this.#view()));
    this.#healer = new Healer(this.#chance);
    this.#beatAt = this.#now();
    this.#stopBeat = this.#clock.after(BEAT_MS, () => this.#beat());
    this.#socket = (options.open ?? openSocket)();
    this.#socket.on('connect', () => this.#ask());
    this.#socket.on('disconnect', (reason) => this.#lose(reason));
    this.#socket.on('connect_error', (error) => this.#miss(error));
    this.#socket.on('frame', (frame: Frame) => this.#take(frame));
    this.#socket.on('reset', () => this.#askAnew());
    if (this.#socket.connected) this.#ask();
  }

  serverNow = (): number => this.#trust.serverNow;

  turn = (ref: string): void => {
    if (ref === this.#held.ref) return;
    this.#held.turn(ref);
    this.#trust.turn();
    this.#problem = null;
    this.#teller.now();
    this.#ask();
  };

  close = (): void => {
    this.#isClosed = true;
    this.#stopBeat();
    this.#teller.close();
    this.#socket.disconnect();
  };

  /** Asks for what is not held. While another unit is asked about it waits: a late answer would lead into that one's room. */
  #ask(): void {
    const { ref, since } = this.#held;
    if (!this.#socket.connected || this.#isClosed) return;
    if (this.#phase.is === 'asking' && this.#phase.ref !== ref) return;
    const watch: Watch = { unit: ref };
    if (since !== null) watch.since = since;
    if (this.#options.build) watch.build = this.#options.build;
    this.#asked += 1;
    const asked = this.#asked;
    this.#phase = { is: 'asking', ref, until: this.#now() + ANSWER_MS };
    this.#socket.emit('watch', watch, (answer) => {
      if (asked === this.#asked && this.#phase.is === 'asking') this.#answer(answer, ref);
    });
  }

  #askAnew(): void {
    this.#held.forget();
    this.#ask();
  }

  #answer(answer: WatchAnswer, ref: string): void {
    this.#unanswered = 0;
    if (ref !== this.#held.ref) {
      this.#phase = { is: 'waiting', until: this.#now() };
      this.#ask();
      return;
    }
    switch (answer.type) {
      case 'reset':
        if (this.#held.since === null) this.#wait(null);
        else this.#askAnew();
        break;
      case 'reload':
        this.#wait(null);
        this.#options.onReload?.(answer.build);
        break;
      case 'failure':
        this.#wait(answer.problem);
        break;
      case 'frame':
        this.#trust.setClock(answer.at);
        this.#resume(answer);
        break;
      case 'snapshot':
        this.#trust.setClock(answer.at);
        this.#hold(startState(answer));
        this.#teller.now();
    }
  }

  /** The server gave nothing: it is asked again after a while. Who may not see a unit keeps nothing of it. */
  #wait(problem: Problem | null): void {
    this.#refusals += 1;
    this.#phase = { is: 'waiting', until: this.#now() + retryPause(this.#refusals, this.#chance()) };
    if (problem && isRefusal(problem)) this.#held.drop();
    this.#explain(problem);
    this.#setStage();
  }

  #explain(problem: Problem | null): void {
    if (problem === this.#problem) return;
    this.#problem = problem;
    this.#teller.now();
  }

  #take(frame: Frame): void {
    this.#trust.setClock(frame.at);
    const { build, onReload } = this.#options;
    if (build && frame.build !== build) onReload?.(frame.build);
    if (this.#phase.is !== 'following') return;
    const outcome = this.#apply(frame);
    if (outcome === 'gap') this.#ask();
    if (outcome === 'anew') this.#askAnew();
  }

  /** The answer to `since`. One that does not fit is asked for again, but not at once: it could go on for ever. */
  #resume(frame: Frame): void {
    const outcome = this.#apply(frame);
    if (outcome === 'anew' && this.#held.since !== null) this.#askAnew();
    else if (outcome !== 'whole') this.#wait(null);
  }

  #apply(frame: Frame): 'whole' | 'known' | 'gap' | 'anew' {
    const { state } = this.#held;
    const next = state ? applyFrame(state, frame) : 'anew';
    if (next === 'gap' || next === 'anew') return next;
    if (next === state) return 'known';
    this.#hold(next);
    this.#teller.soon();
    return 'whole';
  }

  /** Nothing is unknown now. */
  #hold(state: LiveState): void {
    this.#held.put(state);
    this.#phase = { is: 'following' };
    this.#problem = null;
    this.#trust.renew(state);
    this.#refusals = 0;
    this.#healer.rest();
    this.#setStage();
  }

  /** The link is gone, not by our doing. After a bare cut the socket comes back by itself; shown the door, it does not. */
  #lose(reason: string): void {
    if (this.#isClosed || reason === 'io client disconnect') return;
    this.#explain(null);
    this.#phase = { is: 'cut' };
    if (this.#socket.active) this.#setStage();
    else this.#wait(null);
  }

  /** The socket could not be opened. Where the server said no, it does not try again by itself. */
  #miss(error: Error): void {
    if (this.#isClosed) return;
    const problem = problemOf(error);
    if (this.#socket.active) this.#explain(problem);
    else this.#wait(problem);
    this.#options.onRefused?.();
  }

  /** A fresh socket; it asks as soon as it is open. */
  #renew(): void {
    this.#unanswered = 0;
    this.#asked += 1;
    this.#socket.disconnect();
    this.#phase = { is: 'cut' };
    this.#socket.connect();
  }

  /** Asks again at once, and trusts a socket that may be dead with one question only. */
  #doubt(): void {
    this.#unanswered = 1;
    if (this.#socket.connected) this.#ask();
    else this.#renew();
  }

  #beat(): void {
    const now = this.#now();
    const isStopped = now - this.#beatAt > STOPPED_MS;
    this.#beatAt = now;
    this.#stopBeat = this.#clock.after(BEAT_MS, () => this.#beat());
    if (isStopped) this.#doubt();
    else this.#step(now);
    this.#setStage();
    // A server that says why it gives nothing needs no other socket.
    if (this.#problem === null && this.#healer.isDue(this.#trust.silentMs)) void this.#heal();
  }

  #step(now: number): void {
    const phase = this.#phase;
    if (phase.is === 'following' && this.#trust.silentMs >= SILENCE.ask) this.#doubt();
    if (phase.is === 'waiting' && now >= phase.until) {
      if (this.#socket.connected) this.#ask();
      else this.#renew();
    }
    if (phase.is !== 'asking' || now < phase.until) return;
    this.#explain(null);
    this.#unanswered += 1;
    if (this.#unanswered > 1 || phase.ref !== this.#held.ref) this.#renew();
    else this.#ask();
  }

  async #heal(): Promise<void> {
    const cure = await this.#healer.choose();
    if (this.#isClosed) return;
    if (cure === 'page') this.#options.onReload?.('');
    if (cure === 'socket') this.#renew();
  }

  #setStage(): void {
    const isCut = !this.#socket.connected || this.#phase.is === 'waiting';
    if (this.#trust.judge(isCut ? 'cut' : 'open') === 'changed') this.#teller.now();
  }

  #view(): LiveView {
    const { ref, state, glimpse } = this.#held;
    const { stage } = this.#trust;
    const lostAt = this.#trust.lostAt(state ?? glimpse?.state ?? null);
    return { ref, state, glimpse, stage, lostAt, problem: this.#problem };
  }
}
