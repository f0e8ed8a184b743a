import { parseArgs } from 'node:util';
import { AccountTitle, DemoRole, Login, Role } from '../../shared/people.ts';
import { dayOf } from '../../shared/period.ts';
import { UnitTree } from '../../shared/unit.ts';
import { AppError } from '../errors.ts';
import { createSecret, type Secret } from '../people/secrets.ts';
import { showAccounts } from '../people/views.ts';
import { type Account, findAccountByLogin, readAccounts } from '../store/account-store.ts';
import type { Store } from '../store/store.ts';
import { readUnitFacts } from '../store/unit-store.ts';
import {
  COMMAND,
  type Command,
  type CommandIo,
  type ExitStatus,
  type OpenStore,
  UsageError,
} from './command.ts';

type Options = Partial<Record<'login' | 'role' | 'unit' | 'title' | 'mail' | 'from' | 'to' | 'demo', string>>;

type Doing = { io: CommandIo; opened: OpenStore; options: Options; named: string | undefined };

const OPTIONS = ['login', 'role', 'unit', 'title', 'mail', 'from', 'to', 'demo'] as const;

/** What each command takes: whether a name or id, and which options. */
const TAKES: Record<string, { named: string | null; options: readonly (keyof Options)[] }> = {
  add: { named: null, options: ['login', 'role', 'unit', 'title', 'mail', 'demo'] },
  list: { named: null, options: [] },
  disable: { named: 'LOGIN', options: [] },
  enable: { named: 'LOGIN', options: [] },
  unlock: { named: 'LOGIN', options: [] },
  link: { named: 'LOGIN', options: [] },
  grant: { named: 'LOGIN', options: ['role', 'unit', 'from', 'to'] },
  revoke: { named: 'GRANT_ID', options: [] },
};

function readRole(text: string | undefined) {
  const role = Role.safeParse(text);
  if (role.success) return role.data;
  throw new UsageError(`--role is one of ${Role.options.join(', ')}`);
}

function readDay(name: 'from' | 'to', text: string | undefined): string | undefined {
  if (text === undefined || /^\d{4}-\d\d-\d\d$/.test(text)) return text;
  throw new UsageError(`--${name} is a day: 2026-12-31`);
}

async function readUnit({ io, opened, options }: Doing): Promise<number> {
  if (options.unit === undefined) throw new UsageError('give --unit CODE');
  const tree = new UnitTree(await readUnitFacts(opened.store.reader));
  const unit = tree.findByReference(options.unit, dayOf(io.now(), io.site.zone));
  if (unit) return unit.id;
  throw new AppError(
    'notFound',
    `No unit is named ${options.unit}; load units first: ioc units --province CODE.`,
  );
}

async function getAccount({ opened, named = '' }: Doing): Promise<Account> {
  const account = await findAccountByLogin(opened.store.reader, named);
  if (account) return account;
  throw new AppError('notFound', `There is no account ${named}; see ioc user list.`);
}

/** The link, alone: an address that the browser on this machine reaches. */
function printLink({ stdout, settings }: CommandIo, { text }: Secret): void {
  const host = settings.host === '0.0.0.0' || settings.host === '::' ? 'localhost' : settings.host;
  const name = host.includes(':') ? `[${host}]` : host;
  stdout.write(`http://${name}:${settings.port}/password#link=${text}\n`);
}

async function add(doing: Doing): Promise<ExitStatus> {
  const { io, opened, options } = doing;
  const login = Login.safeParse(options.login);
  if (!login.success) throw new UsageError(`--login ${login.error.issues[0]?.message}`);
  const title = AccountTitle.safeParse(options.title ?? login.data);
  if (!title.success) throw new UsageError('--title has 1 to 120 characters');
  const demo = options.demo === undefined ? null : DemoRole.safeParse(options.demo);
  if (demo && !demo.success) throw new UsageError(`--demo is one of ${DemoRole.options.join(', ')}`);
  const demoRole = demo?.data ?? null;
  const grants = [{ role: readRole(options.role), unit: await readUnit(doing) }];
  const secret = createSecret();
  const input = {
    ...{ login: login.data, title: title.data, mail: options.mail ?? null, grants, demoRole },
    linkHash: demoRole === null ? secret.hash : null,
  };
  await opened.writer.run({ name: 'addAccount', caller: COMMAND, input, now: io.now() });
  if (demoRole === null) printLink(io, secret);
  return 0;
}

async function list(io: CommandIo, { reader }: Store): Promise<ExitStatus> {
  const { zone } = io.site;
  const now = io.now();
  const showing = { tree: new UnitTree(await readUnitFacts(reader)), today: dayOf(now, zone), zone, now };
  for (const account of await showAccounts(reader, await readAccounts(reader), showing)) {
    const { id, login, state, lastSeenAt, lockedUntil, title } = account;
    const grants = account.grants.map((grant) => {
      const days = grant.to === null ? `from ${grant.from}` : `from ${grant.from} to ${grant.to}`;
      return `${grant.id}: ${grant.role} in ${grant.unit} ${days}`;
    });
    const until = lockedUntil === null ? '' : ` until ${lockedUntil}`;
    const line = [id, login, `${state}${until}`, lastSeenAt ?? 'never', title, grants.join('; ')];
    io.stdout.write(`${line.join('\t')}\n`);
  }
  return 0;
}

async function change(
  doing: Doing,
  { words, ...changes }: { isDisabled?: boolean; unlock?: true; words: string },
): Promise<ExitStatus> {
  const { io, opened } = doing;
  const { id, login } = await getAccount(doing);
  const input = { id, ...changes };
  await opened.writer.run({ name: 'changeAccount', caller: COMMAND, input, now: io.now() });
  io.stderr.write(`${login} ${words}\n`);
  return 0;
}

async function renewLink(doing: Doing): Promise<ExitStatus> {
  const { io, opened } = doing;
  const { id } = await getAccount(doing);
  const secret = createSecret();
  const input = { id, linkHash: secret.hash };
  await opened.writer.run({ name: 'changeAccount', caller: COMMAND, input, now: io.now() });
  printLink(io, secret);
  return 0;
}

async function grant(doing: Doing): Promise<ExitStatus> {
  const { io, opened, options } = doing;
  const role = readRole(options.role);
  const { id: account, login } = await getAccount(doing);
  const input = {
    ...{ account, role, unit: await readUnit(doing) },
    ...{ from: readDay('from', options.from), to: readDay('to', options.to) },
  };
  const { id } = await opened.writer.run({ name: 'addGrant', caller: COMMAND, input, now: io.now() });
  io.stderr.write(`${login} has the grant ${id}\n`);
  return 0;
}

async function revoke({ io, opened, named }: Doing): Promise<ExitStatus> {
  const id = Number(named);
  if (!Number.isSafeInteger(id) || id < 1)
    throw new UsageError('a grant is named by its number: see ioc user list');
  await opened.writer.run({ name: 'removeGrant', caller: COMMAND, input: { id }, now: io.now() });
  io.stderr.write(`grant ${id} ends today\n`);
  return 0;
}

const DEEDS: Record<string, (doing: Doing) => Promise<ExitStatus>> = {
  add,
  list: ({ io, opened }) => list(io, opened.store),
  disable: (doing) => change(doing, { isDisabled: true, words: 'is disabled: its sessions have ended' }),
  enable: (doing) => change(doing, { isDisabled: false, words: 'may sign in' }),
  unlock: (doing) => change(doing, { unlock: true, words: 'may try its password again, from everywhere' }),
  link: renewLink,
  grant,
  revoke,
};

/** The deed and what it is done to; UsageError where the words do not fit it. */
function readWords(positionals: readonly string[], options: Options) {
  const [name = '', named, ...more] = positionals;
  const takes = TAKES[name];
  const deed = DEEDS[name];
  if (!takes || !deed) throw new UsageError(`say one of ${Object.keys(TAKES).join(', ')}`);
  if (more.length > 0 || (takes.named === null) !== (named === undefined))
    throw new UsageError(
      takes.named === null ? `user ${name} takes options only` : `say user ${name} ${takes.named}`,
    );
  for (const option of OPTIONS)
    if (options[option] !== undefined && !takes.options.includes(option))
      throw new UsageError(`user ${name} has no --${option}`);
  return { deed, named };
}

/** `ioc user`: accounts and their grants, whether or not a server runs. */
export const userCommand: Command = {
  usage: `Usage: ioc user add --login LOGIN --role ROLE --unit CODE [--title TITLE] [--mail ADDRESS]
       ioc user list
       ioc user (disable | enable | unlock | link) LOGIN
       ioc user grant LOGIN --role ROLE --unit CODE [--from DAY] [--to DAY]
       ioc user revoke GRANT_ID

Makes an account and prints, alone, the link by which it sets its password: good once, and for some hours.
ROLE is viewer, operator, head, editor or administrator; it holds in the unit's subtree and follows succession.

  --title TITLE   what a screen shows of it: an office or a function (its login)
  --mail ADDRESS  where notifications go
  --from, --to    the first day of a grant (today), and the day it is over (never)
  --demo ROLE     with add, in the demo: no password; visitors step into it (operator, editor, leader, head, administrator)
  list            id, login, state, last seen, title, and its grants with their numbers
  disable         ends its sessions at once and lets it in no more; enable undoes it
  unlock          lifts what wrong passwords have locked
  link            prints a new link; the one before is good no more
`,
  async run(io) {
    const text = { type: 'string' } as const;
    const { values, positionals } = parseArgs({
      args: io.args,
      allowPositionals: true,
      options: {
        ...{ login: text, role: text, unit: text, title: text, mail: text, from: text, to: text, demo: text },
      },
    });
    const { deed, named } = readWords(positionals, values);
    return deed({ io, opened: await io.openStore(), options: values, named });
  },
};
