import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { LineageRecord, MoveRecord, UnitRecord } from '../../shared/unit-record.ts';
import type { UnitSelection } from '../acts/units.ts';
import { AppError } from '../errors.ts';
import { COMMAND, type Command, type CommandIo, createCounter, UsageError } from './command.ts';

const UnitFile = z.strictObject({
  units: z.array(UnitRecord),
  lineage: z.array(LineageRecord).default([]),
  moves: z.array(MoveRecord).default([]),
});

async function readUnitFile(io: CommandIo, path: string): Promise<UnitSelection> {
  const result = UnitFile.safeParse(JSON.parse(await readFile(resolve(io.cwd, path), 'utf8')));
  if (!result.success) throw new AppError('badInput', `${path}: ${z.prettifyError(result.error)}`);
  return result.data;
}

function select(io: CommandIo, province: string | null): UnitSelection {
  try {
    return io.selectUnits(province);
  } catch (error) {
    if (error instanceof RangeError) throw new AppError('badInput', error.message);
    throw error;
  }
}

/** `ioc units`: loads units and their lineage. */
export const unitsCommand: Command = {
  usage: `Usage: ioc units (--province CODE | --all | --file FILE)

Loads units into the store, with the tree before 1 July 2025, the tree since, and the lineage between them.
Running it twice changes nothing. Where events are stored already, the figures are folded anew.

  --province CODE  official units of the province with that code, old or new (26, 25 …)
  --all            official units of the whole country
  --file FILE      units of your own: {"units": [{code, name: {vi, en}, level, from, to, parent, aliases?, lat?, lon?}],
                   "lineage": [{from, to, on, share}], "moves": [{unit, parent, on}]}; shares of a divided unit are set
                   in lineage, a new place in the tree of a unit that lives on in moves
`,
  async run(io) {
    const { values } = parseArgs({
      args: io.args,
      options: { province: { type: 'string' }, all: { type: 'boolean' }, file: { type: 'string' } },
    });
    const chosen = [values.province, values.all, values.file].filter((value) => value !== undefined);
    if (chosen.length !== 1) throw new UsageError('give one of --province, --all and --file');
    const selection =
      values.file === undefined ? select(io, values.province ?? null) : await readUnitFile(io, values.file);
    const counter = createCounter(io, (count) => `folding anew: ${count} dossiers`);
    const { writer } = await io.openStore(counter.show);
    const result = await writer.run({ name: 'loadUnits', caller: COMMAND, input: selection, now: io.now() });
    counter.end();
    io.stdout.write(
      `${result.stated} units ${result.changed ? 'loaded' : 'were there already; nothing changed'}\n`,
    );
    return 0;
  },
};
