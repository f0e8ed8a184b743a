/** What the make-believe province is asked for: areas of work, procedures, norms. Hides procedures.txt. */
import { readFileSync } from 'node:fs';
import type { Norm, Procedure } from '../../shared/config.ts';
import { startOfDay } from '../../shared/period.ts';
import type { Words } from '../../shared/words.ts';

/**
 * A procedure as offices meet it. `who` resolves it: `C` communes, `D` districts until July 2025 and communes since, or
 * the letters of an old department. `fee` is the share with a fee (0..1), `fullFrom` the instant (epoch ms) from which
 * it is offered fully online, Infinity if never.
 */
export type Service = { procedure: Procedure; who: string; weight: number; fee: number; fullFrom: number };

/** Areas of work and everything that is done in them. */
export type Catalogue = { fields: { code: string; name: Words }[]; services: Service[] };

const UNITS: Record<string, Norm['unit']> = { h: 'workingHours', d: 'workingDays', c: 'days' };

/** The lines of a text file beside this one, without comments; their cells, split at `|`. */
export function readTable(file: string): string[][] {
  const text = readFileSync(new URL(file, import.meta.url), 'utf8');
  const lines = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  return lines.map((line) => line.split('|'));
}

/** The catalogue, read from the file beside this one; throws when it is damaged. */
export function readCatalogue(zone: string): Catalogue {
  const catalogue: Catalogue = { fields: [], services: [] };
  for (const cells of readTable('procedures.txt')) {
    const [code = '', vi = '', en = ''] = cells;
    if (code.startsWith('=')) catalogue.fields.push({ code: code.slice(1), name: { vi, en } });
    else catalogue.services.push(parseService(cells, { field: catalogue.fields.at(-1)?.code ?? '', zone }));
  }
  return catalogue;
}

function parseService(cells: string[], { field, zone }: { field: string; zone: string }): Service {
  const [code = '', who = '', weight, norm = '', fee, full = '-', vi = '', en = ''] = cells;
  const unit = UNITS[norm.slice(-1)];
  if (cells.length !== 8 || !unit) throw new Error(`procedure not understood: ${cells.join('|')}`);
  return {
    procedure: {
      code,
      name: { vi, en },
      field,
      norm: { amount: Number(norm.slice(0, -1)), unit },
      result: true,
    },
    who,
    weight: Number(weight),
    fee: Number(fee) / 100,
    fullFrom: full === '-' ? Number.POSITIVE_INFINITY : startOfDay(`${full}-01`, zone),
  };
}
