/** The command door: `npm run ioc -- <command>`. Acts on the store that the environment names. */
import process from 'node:process';
import { setTimeout as wait } from 'node:timers/promises';
import { readGazetteer, selectCountry, selectProvince } from '../seed/gazetteer/gazetteer.ts';
import { calendarCommand } from './commands/calendar.ts';
import {
  COMMAND,
  type Command,
  type CommandIo,
  type ExitStatus,
  type OpenStore,
  UsageError,
} from './commands/command.ts';
import { rebuildCommand, verifyCommand } from './commands/folds.ts';
import { geoCommand } from './commands/geo.ts';
import { tokenCommand } from './commands/token.ts';
import { unitsCommand } from './commands/units.ts';
import { userCommand } from './commands/user.ts';
import { warningCommand } from './commands/warning.ts';
import { AppError } from './errors.ts';
import { importCommand } from './intake/command.ts';
import { KINDS } from './kinds/kinds.ts';
import { readSettings, readSite } from './settings.ts';
import { openStore } from './store/store.ts';
import { createWriter } from './writer/writer.ts';

const COMMANDS: Record<string, Command> = {
  units: unitsCommand,
  token: tokenCommand,
  user: userCommand,
  'import-geo': geoCommand,
  calendar: calendarCommand,
  rebuild: rebuildCommand,
  verify: verifyCommand,
  warning: warningCommand,
};

const USAGE = `Usage: ioc <command> [--help]

  units       load official units or your own
  token       make, list and revoke tokens
  user        make accounts, grant roles, lift locks
  import      import a file of another system
  import-geo  load boundaries for the map
  calendar    show the working calendar
  verify      fold the log again and compare
  rebuild     fold the log again and keep the result
  warning     pause early warning while a past is brought in
`;

const opened: OpenStore[] = [];

function createIo(args: string[]): CommandIo {
  const settings = readSettings(process.env, process.cwd());
  const site = readSite(settings);
  return {
    args,
    env: process.env,
    cwd: process.cwd(),
    settings,
    site,
    stdout: process.stdout,
    stderr: process.stderr,
    now: () => Date.now(),
    wait: (ms) => wait(ms),
    async openStore(onProgress = () => undefined) {
      const store = await openStore(settings.databaseUrl);
      const writer = createWriter({ store, site, kinds: KINDS, publish: () => undefined, onProgress });
      opened.push({ store, writer });
      return { store, writer };
    },
    selectUnits(province) {
      const gazetteer = readGazetteer();
      return province === null ? selectCountry(gazetteer) : selectProvince(gazetteer, province);
    },
  };
}

async function runImport(io: CommandIo): Promise<number> {
  return importCommand(io.args, {
    ...io,
    async ensureUnits(units, lineage) {
      const { writer } = await io.openStore();
      await writer.run({ name: 'loadUnits', caller: COMMAND, input: { units, lineage }, now: io.now() });
    },
  });
}

async function run(argv: string[]): Promise<number> {
  const [name = '', ...args] = argv;
  const command = COMMANDS[name];
  if (name === '--help' || name === 'help') {
    process.stdout.write(USAGE);
    return 0;
  }
  if (name !== 'import' && !command)
    throw new UsageError(name === '' ? 'name a command' : `there is no command ${name}`);
  if (command && args.some((arg) => arg === '--help' || arg === '-h')) {
    process.stdout.write(command.usage);
    return 0;
  }
  const io = createIo(args);
  return command ? command.run(io) : runImport(io);
}

function explain(error: unknown, usage: string): ExitStatus {
  const isArgument =
    error instanceof Error && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS');
  const message = error instanceof Error ? error.message : String(error);
  process.stderr.write(`ioc: ${message}\n`);
  if (error instanceof AppError)
    for (const { field, reason } of error.errors) process.stderr.write(`  ${field} ${reason}\n`);
  if (!isArgument && !(error instanceof UsageError)) return 1;
  process.stderr.write(`\n${usage}`);
  return 2;
}

/** Whoever reads may stop (`ioc … | head -1`): what is under way is finished all the same, and the rest told to nobody. */
function forgetReaders(): void {
  for (const stream of [process.stdout, process.stderr])
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') throw error;
    });
}

const argv = process.argv.slice(2);
forgetReaders();
try {
  process.exitCode = await run(argv);
} catch (error) {
  process.exitCode = explain(error, COMMANDS[argv[0] ?? '']?.usage ?? USAGE);
} finally {
  for (const { store, writer } of opened) {
    await writer.close();
    await store.close();
  }
}
