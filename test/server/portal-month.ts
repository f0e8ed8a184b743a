/** One month of the portal's figures of a province, from a folder of CSV files, loaded through `ioc import`. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parse } from 'csv-parse/sync';
import { importCommand } from '../../server/intake/command.ts';
import type { UnitRecord } from '../../shared/unit-record.ts';
import type { Running } from '../server.ts';

export type Row = Record<string, string>;

/** The files that a month is made of, each with the mapping of its name. */
export const PORTAL_FILES = [
  'progress',
  'online',
  'payment',
  'satisfaction',
  'digitised',
  'province',
] as const;

const MAPPINGS = resolve(import.meta.dirname, '../../docs/portal-import');

/** The rows of one file of a folder. */
export const readRows = (folder: string, name: string): Row[] =>
  parse(readFileSync(join(folder, `${name}.csv`)), { columns: true, bom: true });

/** The units that `agencies.csv` names: communes by their own codes with the agency's as an alias, departments by the agency's. */
export function listAgencies(folder: string, province: string): UnitRecord[] {
  const facts = { from: '2025-07-01', to: null };
  const agencies = readRows(folder, 'agencies').map(
    ({ agency_code = '', agency = '', commune_code = '' }) => {
      const isCommune = commune_code !== '';
      const name = { vi: agency, en: agency };
      const own = {
        name,
        level: isCommune ? ('commune' as const) : ('department' as const),
        parent: province,
      };
      return isCommune
        ? { ...facts, ...own, code: commune_code, aliases: [agency_code] }
        : { ...facts, ...own, code: agency_code };
    },
  );
  const name = { vi: 'Tỉnh', en: 'Province' };
  const top = { code: province, name, level: 'province' as const, parent: null, aliases: ['H44'] };
  return [{ ...facts, ...top }, ...agencies];
}

/** What the command said of a file. */
export type Imported = { file: string; status: number; out: string; error: string };

/** Imports every file of a folder into a running server, as the command line does. */
export async function importMonth(running: Running, folder: string, token: string): Promise<Imported[]> {
  const cwd = mkdtempSync(join(tmpdir(), 'portal-'));
  const results: Imported[] = [];
  for (const file of PORTAL_FILES) {
    const said = { out: '', error: '' };
    const args = [join(folder, `${file}.csv`), '--map', join(MAPPINGS, `${file}.json`)];
    const status = await importCommand([...args, '--url', running.url, '--token', token], {
      ...{ env: { DATA_DIR: cwd }, cwd, now: running.clock.now, wait: async () => undefined },
      stdout: { write: (text) => (said.out += text) },
      stderr: { write: (text) => (said.error += text) },
      ensureUnits: async () => undefined,
    });
    results.push({ file, status, ...said });
  }
  rmSync(cwd, { recursive: true });
  return results;
}
