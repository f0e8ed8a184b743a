import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { importCommand } from '../server/intake/command.ts';
import type { UnitRecord } from '../shared/unit-record.ts';
import { type Door, openDoor } from './intake-door.ts';
import { FIELDS } from './intake-rows.ts';

/** What a run of the command said, and its exit status. */
export type Ran = { status: number; out: string; error: string };
/** A folder and a door for runs of the import command; `waits` are the pauses it made, `units` those it added. */
export type Imports = {
  folder: string;
  door: Door;
  waits: number[];
  units: UnitRecord[];
  run(...args: string[]): Promise<Ran>;
  write(name: string, text: string): string;
  /** The arguments of importing so many rows of two steps each. */
  writeMany(count: number): string[];
  close(): Promise<void>;
};

/** A mapping of rows with the columns no, way, in and out. */
export const PLAIN = JSON.stringify({
  fields: FIELDS,
  zone: 'UTC',
  steps: [
    { status: 2, at: 'in' },
    { status: 9, at: 'out' },
  ],
});

/** Opens a folder and a door of its own for one test. */
export async function openImports(): Promise<Imports> {
  const folder = mkdtempSync(join(tmpdir(), 'intake-'));
  const door = await openDoor();
  const waits: number[] = [];
  const units: UnitRecord[] = [];
  const write = (name: string, text: string) => {
    writeFileSync(join(folder, name), text);
    return name;
  };
  return {
    ...{ folder, door, waits, units, write },
    async run(...args) {
      const said = { out: '', error: '' };
      const status = await importCommand(args, {
        env: { DATA_DIR: 'store', IOC_TOKEN: 'secret' },
        cwd: folder,
        stdout: { write: (text) => (said.out += text) },
        stderr: { write: (text) => (said.error += text) },
        now: () => 0,
        wait: async (ms) => void waits.push(ms),
        ensureUnits: async (records) => void units.push(...records),
      });
      return { status, ...said };
    },
    writeMany(count) {
      const rows = Array.from(
        { length: count },
        (_, index) => `D${index},${index % 3 ? 'Desk' : 'Internet'},2026-03-02,2026-03-0${3 + (index % 5)}`,
      );
      const file = write('many.csv', ['no,way,in,out', ...rows].join('\n'));
      return [file, '--map', write('map.json', PLAIN), '--url', door.url];
    },
    async close() {
      await door.close();
      rmSync(folder, { recursive: true });
    },
  };
}
