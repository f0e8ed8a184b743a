import { parseArgs } from 'node:util';
import { dayOf, isoOf } from '../../shared/period.ts';
import { UnitTree } from '../../shared/unit.ts';
import type { FeedOrder, TokenOrder } from '../acts/tokens.ts';
import { AppError } from '../errors.ts';
import { feedIdOf } from '../people/tokens.ts';
import { readFeeds, readTokens } from '../store/feed-store.ts';
import type { FeedRow, TokenRow } from '../store/schema.ts';
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

type Listing = {
  tree: UnitTree;
  zone: string;
  now: number;
  workingDayMs: number;
  feeds: ReadonlyMap<string, FeedRow>;
};

function describeLife({ revokedAt, expiresAt }: TokenRow, { zone, now }: Listing): string {
  if (revokedAt !== null) return 'revoked';
  if (expiresAt === null) return 'no end';
  return expiresAt <= now ? 'ended' : `until ${isoOf(expiresAt, zone)}`;
}

/** What a feed states of itself, as the options state it; of a namespace's name only a mark is kept, the same for all in it. */
function describeFeed(feed: FeedRow, workingDayMs: number): string[] {
  const { namespace, cadenceMs, dueTime } = feed;
  return [
    ...(namespace.startsWith('=') ? [`namespace ${namespace.slice(0, 9)}`] : []),
    ...(cadenceMs === null ? [] : [`cadence ${writeCadence(cadenceMs, workingDayMs)}`]),
    ...(dueTime === null ? [] : [`due ${dueTime}`]),
  ];
}

function describe(token: TokenRow, listing: Listing): string {
  const { tree, zone, now, feeds, workingDayMs } = listing;
  const unit = tree.units.get(token.unit);
  const feed = token.kind === 'feed' ? feeds.get(feedIdOf(token)) : undefined;
  const stated = feed ? describeFeed(feed, workingDayMs) : [];
  return [
    token.id,
    token.kind,
    unit ? tree.referenceOf(unit, dayOf(now, zone)) : '?',
    isoOf(token.createdAt, zone),
    describeLife(token, listing),
    token.name,
    ...(stated.length > 0 ? [stated.join(', ')] : []),
  ].join('\t');
}

async function list(io: CommandIo, { reader }: Store): Promise<ExitStatus> {
  const tree = new UnitTree(await readUnitFacts(reader));
  const feeds = new Map((await readFeeds(reader)).map((feed) => [feed.id, feed]));
  const { zone, calendar } = io.site;
  const listing = { tree, zone, now: io.now(), workingDayMs: calendar.workingDayMs, feeds };
  for (const token of await readTokens(reader)) io.stdout.write(`${describe(token, listing)}\n`);
  return 0;
}

async function revoke(io: CommandIo, { writer }: OpenStore, id: string): Promise<ExitStatus> {
  const done = await writer.run({ name: 'revokeToken', caller: COMMAND, input: { id }, now: io.now() });
  if (!done) throw new AppError('notFound', `No living token has the id ${id}; see ioc token --list.`);
  io.stderr.write(`token ${id} is revoked\n`);
  return 0;
}

/** Longer than any office plans: a hundred years. */
const MOST_DAYS = 36_500;

type Order = {
  kind?: string | undefined;
  unit?: string | undefined;
  name?: string | undefined;
  days?: string | undefined;
  namespace?: string | undefined;
  cadence?: string | undefined;
  due?: string | undefined;
};

const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;

/** Working time: `15m`, `2h`, `1d` (a working day of the office). */
function readCadence(text: string, workingDayMs: number): number {
  const [, amount, unit] = /^([1-9]\d{0,3})([mhd])$/.exec(text) ?? [];
  if (amount === undefined || unit === undefined)
    throw new UsageError('--cadence is minutes, hours or working days: 15m, 2h, 1d');
  return Number(amount) * (unit === 'd' ? workingDayMs : unit === 'h' ? HOUR_MS : MINUTE_MS);
}

function writeCadence(ms: number, workingDayMs: number): string {
  if (ms % workingDayMs === 0) return `${ms / workingDayMs}d`;
  return ms % HOUR_MS === 0 ? `${ms / HOUR_MS}h` : `${ms / MINUTE_MS}m`;
}

function readDueTime(text: string): string {
  if (!/^([01]\d|2[0-3]):[0-5]\d$/.test(text)) throw new UsageError('--due is a time of day: 17:00');
  return text;
}

/** What the options say of a feed; UsageError where they are for a display, or make no sense. */
function readFeedOrder({ kind, namespace, cadence, due }: Order, workingDayMs: number): FeedOrder {
  const isAsked = [namespace, cadence, due].some((value) => value !== undefined);
  if (isAsked && kind !== 'feed') throw new UsageError('--namespace, --cadence and --due are for feeds');
  if (namespace !== undefined && namespace.trim() === '') throw new UsageError('--namespace is a name');
  return {
    namespace: namespace?.trim() ?? null,
    cadenceMs: cadence === undefined ? null : readCadence(cadence, workingDayMs),
    dueTime: due === undefined ? null : readDueTime(due),
  };
}

async function make(io: CommandIo, { store, writer }: OpenStore, order: Order): Promise<ExitStatus> {
  const { kind, unit: reference, name } = order;
  if (kind !== 'feed' && kind !== 'display') throw new UsageError('--kind is feed or display');
  if (reference === undefined) throw new UsageError('give --unit CODE');
  const days = order.days === undefined ? null : Number(order.days);
  if (days !== null && !(days > 0 && days <= MOST_DAYS))
    throw new UsageError(`--days is a number above 0, at most ${MOST_DAYS}; without it there is no end`);
  if (name !== undefined && !/^[^\p{Cc}\p{Cs}]{1,120}$/u.test(name))
    throw new UsageError('--name has 1 to 120 characters, none of them a control character');
  const tree = new UnitTree(await readUnitFacts(store.reader));
  const unit = tree.findByReference(reference, dayOf(io.now(), io.site.zone));
  if (!unit)
    throw new AppError(
      'notFound',
      `No unit is named ${reference}; load units first: ioc units --province CODE.`,
    );
  const feed = readFeedOrder(order, io.site.calendar.workingDayMs);
  const input: TokenOrder = { kind, unit: unit.id, name: name ?? `${kind} ${reference}`, days, feed };
  const token = await writer.run({ name: 'createToken', caller: COMMAND, input, now: io.now() });
  io.stdout.write(`${token}\n`);
  return 0;
}

/** `ioc token`: makes, lists and revokes tokens. */
export const tokenCommand: Command = {
  usage: `Usage: ioc token --kind (feed | display) --unit CODE [--name NAME] [--days N]
                 [--namespace NAME] [--cadence TIME] [--due HH:MM]
       ioc token --list
       ioc token --revoke ID

Makes a token for the subtree of a unit and prints it alone: it is kept as a hash and cannot be read again.
A feed token sends events; tokens of the same unit and name speak for the same feed, so one can replace another.
A display token opens the board: http://…/#token=TOKEN

  --name NAME   what the token is called in the list, and the feed on the board (KIND CODE)
  --namespace NAME  within which a dossier's code counts: feeds that tell of the same dossiers share one (the feed's own)
  --cadence TIME    how often a feed means to speak, in working time: 15m, 2h, 1d; it is late after twice that,
                    missing after five times (learned from its past: late after three times its longest usual pause)
  --due HH:MM       by when it means to have spoken on every working day: late half an hour after a day without a
                    word, missing a working day later. Nights, weekends and holidays make no feed late
  --days N      how long it is good for (for ever)
  --list        every token: id, kind, unit, made when, until when, name, and what its feed states, if anything
  --revoke ID   ends a token at once; whoever watches with it is sent away
`,
  async run(io) {
    const text = { type: 'string' } as const;
    const { values } = parseArgs({
      args: io.args,
      options: {
        ...{ kind: text, unit: text, name: text, days: text, namespace: text, cadence: text, due: text },
        ...{ list: { type: 'boolean' }, revoke: text },
      },
    });
    const { list: isListing, revoke: id, ...order } = values;
    const named = Object.keys(values).length;
    if ((isListing || id !== undefined) && named > 1)
      throw new UsageError('make, list or revoke one at a time');
    const opened = await io.openStore();
    if (isListing) return list(io, opened.store);
    return id === undefined ? make(io, opened, order) : revoke(io, opened, id);
  },
};
