import { parseArgs } from 'node:util';
import { dayOf, isoOf } from '../../shared/period.ts';
import { UnitTree } from '../../shared/unit.ts';
import { AppError } from '../errors.ts';
import { createToken } from '../people/tokens.ts';
import { readTokens, revokeToken } from '../store/feed-store.ts';
import type { TokenRow } from '../store/schema.ts';
import type { Store } from '../store/store.ts';
import { readUnitFacts } from '../store/unit-store.ts';
import { type Command, type CommandIo, type ExitStatus, UsageError } from './command.ts';

function describe(
  token: TokenRow,
  { tree, zone, now }: { tree: UnitTree; zone: string; now: number },
): string {
  const unit = tree.units.get(token.unit);
  const state =
    token.revokedAt !== null
      ? 'revoked'
      : token.expiresAt === null
        ? 'no end'
        : token.expiresAt <= now
          ? 'ended'
          : `until ${isoOf(token.expiresAt, zone)}`;
  return [
    token.id,
    token.kind,
    unit ? tree.referenceOf(unit, dayOf(now, zone)) : '?',
    isoOf(token.createdAt, zone),
    state,
    token.name,
  ].join('\t');
}

async function list(io: CommandIo, store: Store): Promise<ExitStatus> {
  const tree = new UnitTree(await readUnitFacts(store.reader));
  const context = { tree, zone: io.site.zone, now: io.now() };
  for (const token of await readTokens(store.reader)) io.stdout.write(`${describe(token, context)}\n`);
  return 0;
}

async function revoke(io: CommandIo, store: Store, id: string): Promise<ExitStatus> {
  const done = await store.commit((tx) => revokeToken(tx, id, io.now()));
  if (!done) throw new AppError('notFound', `No living token has the id ${id}; see ioc token --list.`);
  io.stderr.write(`token ${id} is revoked\n`);
  return 0;
}

type Order = {
  kind?: string | undefined;
  unit?: string | undefined;
  name?: string | undefined;
  days?: string | undefined;
};

async function make(io: CommandIo, store: Store, order: Order): Promise<ExitStatus> {
  const { kind, unit: reference, name } = order;
  if (kind !== 'feed' && kind !== 'display') throw new UsageError('--kind is feed or display');
  if (reference === undefined) throw new UsageError('give --unit CODE');
  const days = order.days === undefined ? null : Number(order.days);
  if (days !== null && !(days > 0 && Number.isFinite(days)))
    throw new UsageError('--days is a number above 0');
  const tree = new UnitTree(await readUnitFacts(store.reader));
  const unit = tree.findByReference(reference, dayOf(io.now(), io.site.zone));
  if (!unit)
    throw new AppError(
      'notFound',
      `No unit is named ${reference}; load units first: ioc units --province CODE.`,
    );
  const token = await createToken(store, {
    kind,
    unit: unit.id,
    name: name ?? `${kind} ${reference}`,
    days,
    now: io.now(),
  });
  io.stdout.write(`${token}\n`);
  return 0;
}

/** `ioc token`: makes, lists and revokes tokens. */
export const tokenCommand: Command = {
  usage: `Usage: ioc token --kind (feed | display) --unit CODE [--name NAME] [--days N]
       ioc token --list
       ioc token --revoke ID

Makes a token for the subtree of a unit and prints it alone: it is kept as a hash and cannot be read again.
A feed token sends events; tokens of the same unit and name speak for the same feed, so one can replace another.
A display token opens the board: http://…/#token=TOKEN

  --name NAME   what the token is called in the list, and the feed on the board (KIND CODE)
  --days N      how long it is good for (for ever)
  --list        every token: id, kind, unit, made when, until when, name
  --revoke ID   ends a token at once; whoever watches with it is sent away
`,
  async run(io) {
    const text = { type: 'string' } as const;
    const { values } = parseArgs({
      args: io.args,
      options: { kind: text, unit: text, name: text, days: text, list: { type: 'boolean' }, revoke: text },
    });
    const { list: isListing, revoke: id, ...order } = values;
    const named = Object.keys(values).length;
    if ((isListing || id !== undefined) && named > 1)
      throw new UsageError('make, list or revoke one at a time');
    const store = await io.openStore();
    if (isListing) return list(io, store);
    return id === undefined ? make(io, store, order) : revoke(io, store, id);
  },
};
