import { probeHealth } from '../api/probe.ts';
import { healPause, SILENCE } from './stage.ts';

/** What may help a link that has been silent for long: a fresh socket, the page anew, or only time. */
export type Cure = 'socket' | 'page' | 'time';

/** Decides when a silent link needs more than patience, and what. */
export class Healer {
  readonly #chance: () => number;
  #dueMs: number = SILENCE.heal;
  #tries = 0;

  constructor(chance: () => number) {
    this.#chance = chance;
  }

  /** The link is well. */
  rest(): void {
    this.#dueMs = SILENCE.heal;
    this.#tries = 0;
  }

  /** Whether it is time for a cure after so much silence; then the next is due a minute later, more or less. */
  isDue(silentMs: number): boolean {
    if (silentMs < this.#dueMs) return false;
    this.#dueMs = silentMs + healPause(this.#chance());
    return true;
  }

  /** What to do: nothing while the server does not answer at all; the page anew when two fresh sockets did not help. */
  async choose(): Promise<Cure> {
    if (!(await probeHealth())) return 'time';
    this.#tries += 1;
    return this.#tries > 2 ? 'page' : 'socket';
  }
}
