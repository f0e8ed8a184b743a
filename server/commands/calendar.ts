import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { createSite } from '../site.ts';
import { type Command, type CommandIo, type ExitStatus, UsageError } from './command.ts';
import { DRAFT_YEARS, draftYear } from './draft-year.ts';

/** Adds a provisional year to the configuration file, beside all that it says; what contradicts it is refused. */
function addYear({ settings, site, stdout }: CommandIo, year: string): ExitStatus {
  const { weekend, years } = site.calendar.config;
  if (years[year]) throw new Error(`the year ${year} is loaded already`);
  const days = draftYear(year, weekend);
  if (!days) throw new UsageError(`only ${DRAFT_YEARS.join(', ')} can be drafted, not ${year}`);
  const { configPath } = settings;
  const config = existsSync(configPath) ? JSON.parse(readFileSync(configPath, 'utf8')) : {};
  const calendar = config.calendar ?? {};
  const changed = {
    ...config,
    calendar: { ...calendar, years: { ...calendar.years, [year]: days } },
  };
  createSite(changed);
  writeFileSync(configPath, `${JSON.stringify(changed, null, 2)}\n`);
  stdout.write(
    `${year} is in ${configPath}, provisional: by the Labour Code, article 112.\n  days off: ${days.holidays.join(' ')}\n` +
      'Start the server again to use it. When the days off are announced, put them there in place of these and take\n' +
      '"provisional" out: the next start works every due time out anew.\n',
  );
  return 0;
}

/** `ioc calendar`: which years of the working calendar are loaded; `--add` a provisional one. */
export const calendarCommand: Command = {
  usage: `Usage: ioc calendar [--add YEAR]

Lists the years of the working calendar that are loaded, with their days off and make-up working days. Further years
are stated in ioc.config.json: {"calendar": {"years": {"2027": {"holidays": ["2027-01-01"], "makeUp": []}}}}

  --add YEAR   puts a year that is not announced yet into the configuration file, by the days off that the law fixes
               and marked provisional, so that what falls due in it can be taken (${DRAFT_YEARS.join(', ')})
`,
  async run(io) {
    const { values } = parseArgs({ args: io.args, options: { add: { type: 'string' } } });
    if (values.add !== undefined) return addYear(io, values.add);
    const { config } = io.site.calendar;
    io.stdout.write(
      `zone ${config.zone}, sessions ${config.sessions.map((session) => session.join('-')).join(' ')}\n`,
    );
    for (const [year, { holidays, makeUp, provisional }] of Object.entries(config.years)) {
      io.stdout.write(
        `${year}${provisional ? ' (provisional)' : ''}\n  days off: ${holidays.join(' ')}\n  worked instead: ${makeUp.join(' ') || 'none'}\n`,
      );
    }
    return 0;
  },
};
