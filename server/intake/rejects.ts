import { createWriteStream, type WriteStream } from 'node:fs';
import type { Refused } from './map-row.ts';

/** How many refusals are shown; all of them go to the file. */
const SHOWN = 20;

/** Where refusals go: the first 20 to the screen, all to a CSV file when one is named. */
export type Rejects = { add(refused: readonly Refused[]): void; close(): Promise<void> };

function csvCell(text: string): string {
  return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

function openFile(path: string | undefined, isResumed: boolean): WriteStream | undefined {
  if (path === undefined) return undefined;
  const file = createWriteStream(path, { flags: isResumed ? 'a' : 'w' });
  if (!isResumed) file.write('line,field,reason\n');
  return file;
}

/** Shows what is doubtful: the first of each field, and at the end how many rows are like it. */
export function createWarnings(say: (text: string) => void): {
  add(warned: readonly Refused[]): void;
  close(): void;
} {
  const counts = new Map<string, number>();
  return {
    add(warned) {
      for (const { line, field, reason } of warned) {
        const count = counts.get(field) ?? 0;
        counts.set(field, count + 1);
        if (count === 0) say(`line ${line}: taken, but look at ${field}: ${reason}`);
      }
    },
    close() {
      for (const [field, count] of counts) {
        if (count > 1) say(`… and ${count - 1} more taken with a doubt about ${field}`);
      }
    },
  };
}

/** Opens the list of refusals; a resumed import adds to the file of the first run. */
export function openRejects(options: {
  path: string | undefined;
  isResumed: boolean;
  say(text: string): void;
}): Rejects {
  const file = openFile(options.path, options.isResumed);
  let failure: Error | undefined;
  file?.on('error', (error) => {
    failure = error;
  });
  let count = 0;
  return {
    add(refused) {
      for (const { line, field, reason } of refused) {
        count += 1;
        if (count <= SHOWN) options.say(`line ${line}: ${field === '' ? '' : `${field}: `}${reason}`);
        file?.write(`${line},${csvCell(field)},${csvCell(reason)}\n`);
      }
    },
    async close() {
      if (count > SHOWN)
        options.say(`… and ${count - SHOWN} more${file ? '' : ' (--rejects FILE lists them all)'}`);
      if (file && !failure) await new Promise<void>((resolve) => file.end(() => resolve()));
      if (failure) options.say(`the refusals could not be written: ${failure.message}`);
    },
  };
}
