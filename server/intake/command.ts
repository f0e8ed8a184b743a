/**
 * The door of this room: files of other systems become events by a mapping file and enter through POST /api/events.
 * Its law: the same file and mapping always give the same events, so importing twice changes nothing.
 */
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { LineageRecord, UnitRecord } from '../../shared/unit-record.ts';
import { AppError } from '../errors.ts';
import { findCheckpoint, nameCheckpoint, type Tally } from './checkpoint.ts';
import { type ImportJob, sendFile, surveyFile } from './import-file.ts';
import { parseMapping } from './mapping.ts';
import { countOf, createProgress, formatCount, type Output } from './progress.ts';
import { createWarnings, openRejects } from './rejects.ts';
import type { Target } from './send.ts';

/** The world as the command sees it. `ensureUnits` adds units to the store, and does nothing for those it has. */
export type ImportIo = {
  env: Readonly<Record<string, string | undefined>>;
  cwd: string;
  stdout: { write(text: string): unknown };
  stderr: Output;
  now(): number;
  wait(ms: number): Promise<void>;
  ensureUnits(units: UnitRecord[], lineage: LineageRecord[]): Promise<void>;
};

const USAGE = `Usage: ioc import FILE --map MAP.json [--url URL] [--token TOKEN] [--rejects FILE]
            [--dry-run | --units-only]

Imports a CSV, XLSX or NDJSON file of another system by a mapping file (docs/import.md).

  --map MAP.json   how rows become events
  --url URL        the server (http://127.0.0.1:PORT, where PORT is that of the environment or 3000)
  --token TOKEN    a feed token: ioc token --kind feed --unit CODE (or IOC_TOKEN in the environment)
  --dry-run        sends nothing: prints the first five events, counts what would be refused
  --units-only     makes the units the file names, sends no event: a token needs its unit to be there
  --rejects FILE   writes every refused line with its reason to a CSV file

Running it twice changes nothing; an interrupted import goes on where it stopped.
Exit status: 0 done (refused lines are counted and listed), 1 refused, 2 usage.
`;

type Options = {
  file: string;
  map: string;
  url: string;
  token: string;
  mode: 'send' | 'dry' | 'units';
  rejects: string | undefined;
};

function parseOptions(args: string[], { env }: ImportIo): Options | 'help' {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      map: { type: 'string' },
      url: { type: 'string' },
      token: { type: 'string' },
      rejects: { type: 'string' },
      'dry-run': { type: 'boolean', default: false },
      'units-only': { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (values.help) return 'help';
  const [file, ...more] = positionals;
  if (file === undefined || more.length > 0) throw new TypeError('name one file to import');
  if (values.map === undefined) throw new TypeError('name a mapping file with --map');
  const mode = chooseMode(values);
  return { file, map: values.map, mode, rejects: values.rejects, ...readTarget(values, env, mode) };
}

type Flags = { 'dry-run': boolean; 'units-only': boolean };

function chooseMode(flags: Flags): Options['mode'] {
  if (flags['dry-run'] && flags['units-only']) throw new TypeError('give --dry-run or --units-only');
  if (flags['dry-run']) return 'dry';
  return flags['units-only'] ? 'units' : 'send';
}

function readTarget(
  values: { url?: string | undefined; token?: string | undefined },
  env: ImportIo['env'],
  mode: Options['mode'],
): Pick<Options, 'url' | 'token'> {
  const url = values.url ?? `http://127.0.0.1:${env.PORT ?? '3000'}`;
  if (!/^https?:\/\//.test(url) || !URL.canParse(url)) throw new TypeError(`${url} is no http address`);
  const token = values.token ?? env.IOC_TOKEN ?? '';
  if (token === '' && mode === 'send') throw new TypeError('give a feed token with --token or IOC_TOKEN');
  return { url, token };
}

function wordTally(tally: Tally): string {
  const parts = [
    tally.repeated > 0 ? `${formatCount(tally.repeated)} repeated within the file` : '',
    tally.refusedRows > 0 ? `${countOf(tally.refusedRows, 'row')} refused` : '',
    tally.refusedByServer > 0 ? `${countOf(tally.refusedByServer, 'row')} refused by the server` : '',
    tally.emptyRows > 0 ? `${countOf(tally.emptyRows, 'row')} without a step` : '',
    tally.leftRows > 0 ? `${countOf(tally.leftRows, 'row')} left out by where` : '',
  ];
  return parts.map((part) => (part === '' ? '' : `, ${part}`)).join('');
}

function isNothingTaken(tally: Tally, taken: number): boolean {
  return taken === 0 && tally.refusedRows + tally.refusedByServer > 0;
}

async function rehearse(job: ImportJob, io: ImportIo): Promise<number> {
  const rejects = openRejects({ path: job.rejects, isResumed: false, say: job.progress.say });
  const warnings = createWarnings(job.progress.say);
  const survey = await surveyFile(job, ({ refused, warned }) => {
    rejects.add(refused);
    warnings.add(warned);
  });
  job.progress.end();
  await rejects.close();
  warnings.close();
  for (const event of survey.first) io.stdout.write(`${JSON.stringify(event)}\n`);
  const { tally, units } = survey;
  const made = units.length === 0 ? '' : `, ${countOf(units.length, 'unit')}`;
  const counts = `${countOf(tally.rows, 'row')}: ${countOf(tally.events, 'event')}${made}${wordTally(tally)}`;
  job.progress.say(`${counts}; dry run, nothing was sent`);
  return isNothingTaken(tally, tally.events) ? 1 : 0;
}

async function makeUnits(job: ImportJob, io: ImportIo): Promise<void> {
  const { units } = await surveyFile(job);
  job.progress.say(`units named in the file: ${formatCount(units.length)}`);
  await io.ensureUnits(units, []);
}

async function makeUnitsOnly(job: ImportJob, io: ImportIo): Promise<number> {
  if (!job.mapping.units) throw new AppError('badInput', 'the mapping has no key units: it makes none');
  await makeUnits(job, io);
  return 0;
}

/** Whether an import ended because the server was away, busy or in trouble for too long. */
function isAway(error: unknown): boolean {
  return error instanceof AppError && (error.code === 'notReady' || error.code === 'tooMany');
}

async function perform(job: ImportJob, target: Target, io: ImportIo): Promise<number> {
  if (job.mapping.units) await makeUnits(job, io);
  const dataDir = resolve(io.cwd, io.env.DATA_DIR || 'data');
  const map = JSON.stringify(job.mapping);
  const checkpointFile = await nameCheckpoint(dataDir, { file: job.file, map, url: target.url });
  try {
    const tally = await sendFile(job, target, checkpointFile);
    job.progress.end();
    const { rows, accepted, duplicates } = tally;
    const counts = `${formatCount(accepted)} new, ${formatCount(duplicates)} already there`;
    io.stdout.write(`${countOf(rows, 'row')}: ${counts}${wordTally(tally)}\n`);
    return isNothingTaken(tally, accepted + duplicates) ? 1 : 0;
  } catch (error) {
    const before = await findCheckpoint(checkpointFile);
    if (before) job.progress.say(`lines up to ${before.line} are there; the same command goes on from them`);
    else if (isAway(error))
      job.progress.say('nothing of the file is there yet; the same command begins again');
    throw error;
  }
}

async function run(options: Options, io: ImportIo): Promise<number> {
  const progress = createProgress(io.stderr, io.now);
  const target: Target = {
    url: options.url,
    token: options.token,
    wait: io.wait,
    onPause: (reason, ms) => progress.say(`${reason}: waiting ${ms / 1000} s`),
  };
  try {
    const mapping = parseMapping(await readFile(resolve(io.cwd, options.map), 'utf8'));
    const rejects = options.rejects === undefined ? undefined : resolve(io.cwd, options.rejects);
    const job = { file: resolve(io.cwd, options.file), mapping, rejects, progress };
    if (options.mode === 'dry') return await rehearse(job, io);
    return options.mode === 'units' ? await makeUnitsOnly(job, io) : await perform(job, target, io);
  } catch (error) {
    const isSystem = error instanceof Error && 'syscall' in error;
    if (!(error instanceof AppError) && !isSystem) throw error;
    progress.say(`refused: ${error.message}`);
    if (error instanceof AppError) {
      for (const { field, reason } of error.errors) progress.say(`  ${field} ${reason}`);
    }
    return 1;
  } finally {
    progress.end();
  }
}

/** `ioc import`: the exit status, 0 done, 1 refused (why is on standard error), 2 usage. */
export async function importCommand(args: string[], io: ImportIo): Promise<number> {
  let options: Options | 'help';
  try {
    options = parseOptions(args, io);
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    io.stderr.write(`${error.message}\n\n${USAGE}`);
    return 2;
  }
  if (options !== 'help') return run(options, io);
  io.stdout.write(USAGE);
  return 0;
}
