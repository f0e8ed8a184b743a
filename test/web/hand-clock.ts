/** A machine's clock turned by hand: its timers run when it passes them, and it can be put to sleep. */
import type { LiveClock } from '../../web/live/clock.ts';

export class HandClock implements LiveClock {
  #now = 0;
  #wall = Date.parse('2026-11-22T07:00:00Z');
  #timers: { at: number; run: () => void }[] = [];

  now = () => this.#now;
  wall = () => this.#wall;

  after = (ms: number, run: () => void) => {
    const timer = { at: this.#now + ms, run };
    this.#timers.push(timer);
    return () => {
      this.#timers = this.#timers.filter((other) => other !== timer);
    };
  };

  /** Time passes; what falls due runs in order. */
  advance(ms: number): void {
    const end = this.#now + ms;
    for (;;) {
      const due = this.#timers.filter(({ at }) => at <= end).sort((a, b) => a.at - b.at)[0];
      if (!due) break;
      this.#timers.splice(this.#timers.indexOf(due), 1);
      this.#move(Math.max(due.at, this.#now));
      due.run();
    }
    this.#move(end);
  }

  /** The machine sleeps: timers and the monotonic clock stand still, the time of day goes on. */
  sleep(ms: number): void {
    this.#wall += ms;
  }

  #move(now: number): void {
    this.#wall += now - this.#now;
    this.#now = now;
  }
}
