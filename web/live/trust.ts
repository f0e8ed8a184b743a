/** How far what is shown may be trusted, and the server's time. Law: only a word that leaves nothing unknown renews trust. */
import type { LiveState } from './fold.ts';
import { isLost, type Stage, stageOf } from './stage.ts';

/** Keeps count of the time since nothing was unknown; `now` is monotonic ms. */
export class Trust {
  readonly #now: () => number;
  #stage: Stage = 'connecting';
  #hasHeard = false;
  #wholeAt: number;
  #lastWhole: number | null = null;
  #server: { at: number; setAt: number };

  constructor(now: () => number, serverTime: number) {
    this.#now = now;
    this.#wholeAt = now();
    this.#server = { at: serverTime, setAt: this.#wholeAt };
  }

  get stage(): Stage {
    return this.#stage;
  }

  /** How long something may have been unknown, in ms. */
  get silentMs(): number {
    return this.#now() - this.#wholeAt;
  }

  /** The server's clock, epoch ms. */
  get serverNow(): number {
    return this.#server.at + this.#now() - this.#server.setAt;
  }

  /** The server said what time it is. */
  setClock(at: string): void {
    this.#server = { at: Date.parse(at), setAt: this.#now() };
  }

  /** Nothing is unknown now. */
  renew(state: LiveState): void {
    this.#wholeAt = this.#now();
    this.#lastWhole = state.at;
    this.#hasHeard = true;
  }

  /** Another unit is followed: what was trusted of the one before says nothing of it. */
  turn(): void {
    if (this.#stage !== 'live') return;
    this.#hasHeard = false;
    this.#wholeAt = this.#now();
  }

  /** The stage now, by whether the link works (`open`) or is known not to; tells whether it is another than before. */
  judge(link: 'open' | 'cut'): 'same' | 'changed' {
    const heard = this.#hasHeard ? 'heard' : 'never';
    const stage = stageOf(this.silentMs, link === 'cut' && this.#hasHeard ? 'cut' : heard);
    if (stage === this.#stage) return 'same';
    this.#stage = stage;
    return 'changed';
  }

  /** When what is shown was last whole (server time, epoch ms), while it is known to be behind. */
  lostAt(state: LiveState | null): number | null {
    return isLost(this.#stage) ? (state?.at ?? this.#lastWhole) : null;
  }
}
