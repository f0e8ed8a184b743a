import { parseArgs } from 'node:util';
import { isoOf } from '../../shared/period.ts';
import { COMMAND, type Command, type CommandIo, type ExitStatus, UsageError } from './command.ts';

const HOUR_MS = 3_600_000;
const MOST_HOURS = 72;

function readHours(text: string | undefined): number {
  const hours = Number(text ?? 2);
  if (Number.isFinite(hours) && hours > 0 && hours <= MOST_HOURS) return hours;
  throw new UsageError(`--hours is a number up to ${MOST_HOURS}, not ${text}`);
}

async function pause(io: CommandIo, hours: number): Promise<void> {
  const { writer } = await io.openStore();
  const now = io.now();
  const until = now + hours * HOUR_MS;
  await writer.run({ name: 'pauseJudge', caller: COMMAND, input: { until }, now });
  io.stdout.write(`nothing is judged until ${isoOf(until, io.site.zone)}\n`);
}

async function resume(io: CommandIo): Promise<void> {
  const { writer } = await io.openStore();
  await writer.run({ name: 'pauseJudge', caller: COMMAND, input: { until: null }, now: io.now() });
  io.stdout.write('alerts are judged again\n');
}

async function tell(io: CommandIo): Promise<void> {
  const { store } = await io.openStore();
  const { pausedUntil, judgedSeq, seq } = await store.readClock();
  const isPaused = pausedUntil > io.now();
  io.stdout.write(isPaused ? `paused until ${isoOf(pausedUntil, io.site.zone)}\n` : 'judging\n');
  io.stdout.write(`${judgedSeq} of ${seq} commits judged\n`);
}

/** `ioc warning`: pauses early warning while a past is brought in, so that half of a history raises no alerts. */
export const warningCommand: Command = {
  usage: `Usage: ioc warning [pause [--hours N] | resume]

  pause    judge nothing for so many hours (2, at most ${MOST_HOURS}): while a history is imported its halves raise no alerts
  resume   judge again; what changed meanwhile is judged in one go, and told in one message
  (none)   say how it stands
`,
  async run(io): Promise<ExitStatus> {
    const { values, positionals } = parseArgs({
      ...{ args: io.args, allowPositionals: true },
      options: { hours: { type: 'string' } },
    });
    const [what, ...more] = positionals;
    if (more.length > 0) throw new UsageError(`one word is enough, not also ${more.join(' ')}`);
    if (what !== 'pause' && values.hours !== undefined) throw new UsageError('--hours goes with pause');
    if (what === 'pause') await pause(io, readHours(values.hours));
    else if (what === 'resume') await resume(io);
    else if (what === undefined) await tell(io);
    else throw new UsageError(`there is no ${what}: pause or resume`);
    return 0;
  },
};
