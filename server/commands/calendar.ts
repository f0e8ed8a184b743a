import { parseArgs } from 'node:util';
import type { Command } from './command.ts';

/** `ioc calendar`: which years of the working calendar are loaded. */
export const calendarCommand: Command = {
  usage: `Usage: ioc calendar

Lists the years of the working calendar that are loaded, with their days off and make-up working days. Further years
are stated in ioc.config.json: {"calendar": {"years": {"2027": {"holidays": ["2027-01-01"], "makeUp": []}}}}
`,
  async run(io) {
    parseArgs({ args: io.args, options: {} });
    const { config } = io.site.calendar;
    io.stdout.write(
      `zone ${config.zone}, sessions ${config.sessions.map((session) => session.join('-')).join(' ')}\n`,
    );
    for (const [year, { holidays, makeUp }] of Object.entries(config.years)) {
      io.stdout.write(
        `${year}\n  days off: ${holidays.join(' ')}\n  worked instead: ${makeUp.join(' ') || 'none'}\n`,
      );
    }
    return 0;
  },
};
