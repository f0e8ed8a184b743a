/** The one line that says what a start is doing. */

/** Where the line goes: a terminal rewrites it in place, anything else gets a new one every few seconds. */
export type Screen = {
  isTTY?: boolean | undefined;
  columns?: number | undefined;
  write: (text: string) => unknown;
};

const BAR = 24;
const LINE_EVERY_MS = 3000;

/** The progress of a start, on one line. */
export class Progress {
  readonly #screen: Screen;
  readonly #startedAt = performance.now();
  #saidAt = Number.NEGATIVE_INFINITY;
  #said = '';
  #isOpen = false;

  constructor(screen: Screen) {
    this.#screen = screen;
  }

  /** Says what is being done, `part` (0..1) of it done, and a detail that changes with it. */
  show(words: string, part: number, detail = ''): void {
    const now = performance.now();
    const filled = Math.round(BAR * Math.min(1, Math.max(0, part)));
    const bar = `${'█'.repeat(filled)}${'░'.repeat(BAR - filled)}`;
    const seconds = Math.round((now - this.#startedAt) / 1000);
    const line = `${bar} ${String(Math.floor(part * 100)).padStart(3)} %  ${words}${detail}  ${seconds} s`;
    if (this.#screen.isTTY) {
      this.#screen.write(`\r\u001b[2K${line.slice(0, (this.#screen.columns ?? 100) - 1)}`);
      this.#isOpen = true;
    } else if (words !== this.#said || now - this.#saidAt >= LINE_EVERY_MS) {
      this.#screen.write(`${line}\n`);
      this.#saidAt = now;
      this.#said = words;
    }
  }

  /** Clears the line, so that something else can be written. */
  clear(): void {
    if (this.#isOpen) this.#screen.write('\r\u001b[2K');
    this.#isOpen = false;
  }
}
