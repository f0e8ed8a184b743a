import { parseArgs } from 'node:util';
import type { RebuildResult } from '../acts/rebuild.ts';
import { COMMAND, type Command, type CommandIo, createCounter, type ExitStatus } from './command.ts';

function tell(io: CommandIo, { subjects, differences }: RebuildResult): void {
  io.stdout.write(`${subjects} dossiers folded\n`);
  for (const { table, was, is, examples } of differences) {
    io.stdout.write(`${table}: ${was} rows stood otherwise before, ${is} come out of the log\n`);
    for (const example of examples) io.stdout.write(`  ${example}\n`);
  }
  if (differences.length === 0) io.stdout.write('the tables are what the log says\n');
}

async function fold(io: CommandIo, name: 'rebuild' | 'verify'): Promise<RebuildResult> {
  parseArgs({ args: io.args, options: {} });
  const counter = createCounter(io, (count) => `folding: ${count} dossiers`);
  const { store, writer } = await io.openStore(counter.show);
  const { foldKey } = await store.readClock();
  if (foldKey !== '' && foldKey !== io.site.foldKey) {
    io.stderr.write(
      `the figures were folded by another calendar, zone or norms than ${io.settings.configPath} states\n`,
    );
  }
  const result = await writer.run({ name, caller: COMMAND, input: null, now: io.now() });
  counter.end();
  tell(io, result);
  return result;
}

/** `ioc rebuild`: folds the log again and keeps the result. */
export const rebuildCommand: Command = {
  usage: `Usage: ioc rebuild

Folds the whole log again and keeps the result: how a corrected norm, calendar or unit fills its past.
Says in what the tables differed. Events wait meanwhile; viewers are told afterwards.
`,
  run: async (io): Promise<ExitStatus> => {
    await fold(io, 'rebuild');
    return 0;
  },
};

/** `ioc verify`: folds the log again, compares, changes nothing. */
export const verifyCommand: Command = {
  usage: `Usage: ioc verify

Folds the whole log again, compares the result with the tables and changes nothing. Exit status 1 when they differ.
`,
  run: async (io): Promise<ExitStatus> => ((await fold(io, 'verify')).differences.length === 0 ? 0 : 1),
};
