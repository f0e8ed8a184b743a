/** The command door: `npm run ioc -- <command>`. Acts on the store that the environment names. */
import process from 'node:process';
import { createInterface } from 'node:readline';
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
import { runScript, SCRIPT_USAGE, type ScriptAnswer } from './commands/script.ts';
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
  script      perform commands of standard input in one process
`;

type Said = Pick<CommandIo, 'stdout' | 'stderr'>;

let opened: OpenStore | null = null;
let showProgress: (subjects: number) => void = () => undefined;

/** The store that the environment names, with its writer: opened once, closed at the end. */
async function openOnce({ settings, site }: Pick<CommandIo, 'settings' | 'site'>): Promise<OpenStore> {
  if (opened) return opened;
  const store = await openStore(settings.databaseUrl);
  const onProgress = (subjects: number) => showProgress(subjects);
  opened = {
    store,
    writer: createWriter({ store, site, kinds: KINDS, publish: () => undefined, onProgress }),
  };
  return opened;
}

function createIo(args: string[], { stdout, stderr }: Said): CommandIo {
  const settings = readSettings(process.env, process.cwd());
  const site = readSite(settings);
  return {
    args,
    env: process.env,
    cwd: process.cwd(),
    settings,
    site,
    stdout,
    stderr,
    now: () => Date.now(),
    wait: (ms) => wait(ms),
    async openStore(onProgress = () => undefined) {
      showProgress = onProgress;
      return openOnce({ settings, site });
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

/** A command of a script: what it says is kept for its answer. */
async function perform(words: string[]): Promise<ScriptAnswer> {
  const said = { out: '', err: '' };
  const stdout = { write: (text: string) => (said.out += text) };
  const stderr = { write: (text: string) => (said.err += text) };
  try {
    return { status: await run(words, { stdout, stderr }), ...said };
  } catch (error) {
    const status = explain(error, { usage: COMMANDS[words[0] ?? '']?.usage ?? USAGE, stderr });
    return { status, ...said };
  }
}

function readScript(args: string[], { stdout }: Said): Promise<number> {
  if (args.length > 0) throw new UsageError('a script is read from standard input');
  return runScript(createInterface({ input: process.stdin }), {
    perform,
    write: (text) => stdout.write(text),
  });
}

async function run(argv: string[], said: Said): Promise<number> {
  const [name = '', ...args] = argv;
  const command = COMMANDS[name];
  if (name === '--help' || name === 'help') {
    said.stdout.write(USAGE);
    return 0;
  }
  if (name !== 'import' && !command)
    throw new UsageError(name === '' ? 'name a command' : `there is no command ${name}`);
  if (command && args.some((arg) => arg === '--help' || arg === '-h')) {
    said.stdout.write(command.usage);
    return 0;
  }
  const io = createIo(args, said);
  return command ? command.run(io) : runImport(io);
}

function explain(error: unknown, { usage, stderr }: { usage: string } & Pick<Said, 'stderr'>): ExitStatus {
  const isArgument =
    error instanceof Error && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS');
  const message = error instanceof Error ? error.message : String(error);
  stderr.write(`ioc: ${message}\n`);
  if (error instanceof AppError)
    for (const { field, reason } of error.errors) stderr.write(`  ${field} ${reason}\n`);
  if (!isArgument && !(error instanceof UsageError)) return 1;
  stderr.write(`\n${usage}`);
  return 2;
}

/** Whoever reads may stop (`ioc … | head -1`): what is under way is finished all the same, and the rest told to nobody. */
function forgetReaders(): void {
  for (const stream of [process.stdout, process.stderr])
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') throw error;
    });
}

async function closeOpened(): Promise<void> {
  await opened?.writer.close();
  await opened?.store.close();
}

const argv = process.argv.slice(2);
forgetReaders();
try {
  const [first, ...rest] = argv;
  if (first === 'script' && (rest[0] === '--help' || rest[0] === '-h')) process.stdout.write(SCRIPT_USAGE);
  else process.exitCode = first === 'script' ? await readScript(rest, process) : await run(argv, process);
} catch (error) {
  const usage = COMMANDS[argv[0] ?? '']?.usage ?? (argv[0] === 'script' ? SCRIPT_USAGE : USAGE);
  process.exitCode = explain(error, { usage, stderr: process.stderr });
} finally {
  await closeOpened();
}
