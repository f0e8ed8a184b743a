import type { UnitSelection } from '../acts/units.ts';
import type { Settings } from '../settings.ts';
import type { Site } from '../site.ts';
import type { Store } from '../store/store.ts';
import type { Writer } from '../writer/writer.ts';

/** A store and its writer. */
export type OpenStore = { store: Store; writer: Writer };

/** Who asks for the acts of commands. */
export const COMMAND = { kind: 'command' } as const;

/** What a command works with. `stdout` is for the answer alone; progress and words go to `stderr`. */
export type CommandIo = {
  args: string[];
  env: Readonly<Record<string, string | undefined>>;
  cwd: string;
  settings: Settings;
  site: Site;
  stdout: { write: (text: string) => unknown };
  stderr: { write: (text: string) => unknown; isTTY?: boolean };
  now: () => number;
  wait: (ms: number) => Promise<void>;
  /** Opens the store that the environment names, with a writer; closed when the command ends. */
  openStore: (onProgress?: (subjects: number) => void) => Promise<OpenStore>;
  /** Official units of a province by its code, or of the whole country without one. RangeError for an unknown code. */
  selectUnits: (province: string | null) => UnitSelection;
};

/** Exit status of a command: 0 done, 1 refused, 2 usage. */
export type ExitStatus = 0 | 1 | 2;

export type Command = { usage: string; run: (io: CommandIo) => Promise<ExitStatus> };

/** A command called in a way it does not understand. */
export class UsageError extends Error {
  override name = 'UsageError';
}

/** A counter on one line of standard error: rewritten on a terminal, else a line every few seconds. */
export function createCounter(
  io: CommandIo,
  words: (count: number) => string,
): { show: (count: number) => void; end: () => void } {
  let shownAt = 0;
  let last = '';
  return {
    show(count) {
      last = words(count);
      const gap = io.stderr.isTTY ? 100 : 5000;
      if (io.now() - shownAt < gap) return;
      shownAt = io.now();
      io.stderr.write(io.stderr.isTTY ? `\r\u001b[2K${last}` : `${last}\n`);
    },
    end() {
      if (last !== '') io.stderr.write(io.stderr.isTTY ? `\r\u001b[2K${last}\n` : `${last}\n`);
    },
  };
}
