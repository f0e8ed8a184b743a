/** Where progress is shown: a terminal redraws one line, anything else gets a line now and then. */
export type Output = { write(text: string): unknown; isTTY?: boolean | undefined };
/** How far an import is: `share` 0..1 of the file, undefined when its length is not known. */
export type Progress = { rows: number; events: number; share: number | undefined };

const REDRAW_MS = 100;
const LINE_MS = 10_000;
const WIDTH = 24;

const count = new Intl.NumberFormat('en');

/** A number with thousands marked. */
export function formatCount(value: number): string {
  return count.format(value);
}

/** A count with its noun: `1 row`, `4,443 rows`. */
export function countOf(value: number, noun: string): string {
  return `${count.format(value)} ${noun}${value === 1 ? '' : 's'}`;
}

function draw({ rows, events, share }: Progress, elapsedMs: number): string {
  const rate = elapsedMs > 0 ? Math.round((events * 1000) / elapsedMs) : 0;
  const facts = `${formatCount(rows)} rows  ${formatCount(events)} events  ${formatCount(rate)}/s`;
  if (share === undefined) return facts;
  const filled = Math.round(Math.min(share, 1) * WIDTH);
  const percent = `${Math.floor(Math.min(share, 1) * 100)}`.padStart(3);
  return `[${'#'.repeat(filled)}${'.'.repeat(WIDTH - filled)}] ${percent} %  ${facts}`;
}

/** A progress line; `say` prints a message without spoiling it, `end` leaves the cursor on a fresh line. */
export function createProgress(output: Output, now: () => number) {
  const start = now();
  const isTerminal = output.isTTY === true;
  let shownAt = start;
  let hasLine = false;
  const clear = () => {
    if (hasLine) output.write('\r\u001b[K');
    hasLine = false;
  };
  return {
    show(progress: Progress): void {
      const at = now();
      if (at - shownAt < (isTerminal ? REDRAW_MS : LINE_MS)) return;
      shownAt = at;
      const line = draw(progress, at - start);
      output.write(isTerminal ? `\r${line}\u001b[K` : `${line}\n`);
      hasLine = isTerminal;
    },
    say(text: string): void {
      clear();
      output.write(`${text}\n`);
    },
    end: clear,
  };
}
