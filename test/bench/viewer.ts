/** One viewer: a real Socket.IO client on the websocket that watches a unit as the screens do. */
import { setTimeout as wait } from 'node:timers/promises';
import { io, type Socket } from 'socket.io-client';
import { LIGHT_PARSER } from './light-parser.ts';
import { steadyMs } from './timing.ts';

/**
 * When news reached one viewer, and up to which seq it then knew everything, in order of arrival; `lost` counts the
 * frames that did not come and had to be asked for, `failures` the questions and links that were refused or not answered.
 */
export type Arrivals = { seqs: number[]; ats: number[]; lost: number; failures: number };

/** A frame as far as a viewer looks into it here. */
type SeenFrame = { prev: number; seq: number };
type Answer = { type: string; seq: number };

/** Longer than any answer takes that will still come. */
const ANSWER_MS = 8000;
/** After a refusal. */
const RETRY_MS = 500;

const createArrivals = (): Arrivals => ({ seqs: [], ats: [], lost: 0, failures: 0 });

/** Owns its socket until `close`. Follows frames; one that does not join on to what is known is asked for, with all since. */
export class Viewer {
  readonly #unit: string;
  readonly #socket: Socket;
  #known: number | undefined;
  #isAsking = false;
  #onAnswer: () => void = () => undefined;
  arrivals = createArrivals();
  /** The last frame and the last answer that came. */
  frames: unknown[] = [];
  answer: unknown;
  readonly #isWitness: boolean;

  /** A witness reads all it is told and keeps it; others read the numbers only. */
  constructor(url: string, unit: string, { isWitness }: { isWitness: boolean }) {
    this.#unit = unit;
    this.#isWitness = isWitness;
    this.#socket = io(`${url}/live`, {
      ...{ transports: ['websocket'], forceNew: true, autoConnect: false },
      ...(isWitness ? {} : { parser: LIGHT_PARSER }),
      ...{ reconnectionDelay: 1, randomizationFactor: 0, reconnectionDelayMax: RETRY_MS },
    });
    this.#socket.on('connect', () => void this.#ask());
    this.#socket.on('connect_error', () => this.#fail());
    this.#socket.on('frame', (frame: SeenFrame) => this.#take(frame));
    this.#socket.on('reset', () => {
      this.#known = undefined;
      void this.#ask();
    });
  }

  /** Comes in; done when the first answer is there. */
  open(): Promise<void> {
    const answered = this.#whenAnswered();
    this.#socket.connect();
    return answered;
  }

  /** Loses its connection as by a break of the network and comes back at once; done when it was answered again. */
  comeBack({ knows }: { knows: boolean }): Promise<void> {
    if (!knows) this.#known = undefined;
    const answered = this.#whenAnswered();
    this.#socket.io.engine.close();
    return answered;
  }

  forget(): void {
    this.arrivals = createArrivals();
    this.frames = [];
  }

  close(): void {
    this.#socket.disconnect();
  }

  #whenAnswered(): Promise<void> {
    return new Promise((resolve) => {
      this.#onAnswer = resolve;
    });
  }

  #fail(): void {
    this.arrivals.failures += 1;
  }

  #learn(seq: number): void {
    this.#known = Math.max(this.#known ?? 0, seq);
    this.arrivals.seqs.push(this.#known);
    this.arrivals.ats.push(steadyMs());
  }

  #take(frame: SeenFrame): void {
    if (this.#isWitness) this.frames.push(frame);
    if (this.#known !== undefined && frame.prev <= this.#known) this.#learn(frame.seq);
    else if (!this.#isAsking) {
      this.arrivals.lost += 1;
      void this.#ask();
    }
  }

  async #ask(): Promise<void> {
    this.#isAsking = true;
    const since = this.#known === undefined ? {} : { since: this.#known };
    try {
      const watch = this.#socket.timeout(ANSWER_MS).emitWithAck('watch', { unit: this.#unit, ...since });
      this.#hear((await watch) as Answer);
    } catch {
      this.#fail();
      this.#askLater();
    }
    this.#isAsking = false;
  }

  #hear(answer: Answer): void {
    if (answer.type === 'snapshot' || answer.type === 'frame') {
      if (this.#isWitness) this.answer = answer;
      this.#learn(answer.seq);
      this.#onAnswer();
      return;
    }
    if (answer.type === 'reset') this.#known = undefined;
    else this.#fail();
    this.#askLater();
  }

  /** A link that is gone asks by itself when it is back. */
  #askLater(): void {
    void wait(RETRY_MS).then(() => {
      if (this.#socket.connected && !this.#isAsking) return this.#ask();
      return undefined;
    });
  }
}
