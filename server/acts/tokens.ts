import { createHash, randomBytes } from 'node:crypto';
import { AppError } from '../errors.ts';
import type { ManagingCaller } from '../people/caller.ts';
import { hasRole, requireRole, requireRoleAnywhere } from '../people/roles.ts';
import { feedIdOf, hashToken } from '../people/tokens.ts';
import { findFeed, findTokenById } from '../store/feed-store.ts';
import type { TokenRow } from '../store/schema.ts';
import { insertToken, revokeToken as revoke, writeFeed } from '../store/write/tokens.ts';
import { type Act, RIGHTS_CHANGED } from './act.ts';
import { confirm, note, openStanding } from './audit.ts';
import type { Work } from './work.ts';

/** What a feed states of itself: within which codes count (null: its own), how often it speaks, and by when each day. */
export type FeedOrder = { namespace: string | null; cadenceMs: number | null; dueTime: string | null };

/** What a token is made for: a feed that tells or a display that reads, over the subtree of a unit. */
export type TokenOrder = {
  kind: 'feed' | 'display';
  unit: number;
  name: string;
  days: number | null;
  feed: FeedOrder;
};

/** The namespace that a feed named states; another than it has would tear its dossiers apart. */
async function chooseNamespace({ tx }: Work, id: string, namespace: string | null): Promise<string> {
  const known = await findFeed(tx, id);
  const named = namespace === null ? null : `=${createHash('sha256').update(namespace).digest('hex')}`;
  if (!known) return named ?? id;
  if (named === null || named === known.namespace) return known.namespace;
  throw new AppError(
    'conflict',
    'This feed counts its codes in another namespace already: give the new feed another name.',
  );
}

/** Makes a token and keeps only its hash: the answer is the one time it can be read. */
export const createToken: Act<ManagingCaller, TokenOrder, string> = async (work, asking, order) => {
  const { tx } = work;
  const caller = await confirm(work, asking);
  requireRole(caller, 'administrator', order.unit, await openStanding(work));
  const { kind, unit, name, days } = order;
  const token = `ioc_${randomBytes(24).toString('base64url')}`;
  const row: TokenRow = {
    ...{ id: randomBytes(6).toString('hex'), hash: hashToken(token), kind, unit, name },
    createdAt: tx.at,
    expiresAt: days === null ? null : tx.at + days * 86_400_000,
    revokedAt: null,
  };
  await insertToken(tx, row);
  if (kind === 'feed') {
    const id = feedIdOf(row);
    const { cadenceMs, dueTime } = order.feed;
    const namespace = await chooseNamespace(work, id, order.feed.namespace);
    await writeFeed(tx, { id, name, unit, namespace, cadenceMs, dueTime });
  }
  await note(work, caller, {
    ...{ act: 'createToken', subject: `token:${row.id}`, unit },
    after: { kind, name, expiresAt: row.expiresAt === null ? null : new Date(row.expiresAt).toISOString() },
  });
  return { answer: token, changed: kind === 'feed' ? { units: new Set(), feeds: true } : null };
};

/** Takes a token back; false when no living one has that id, as far as the caller looks after it. */
export const revokeToken: Act<ManagingCaller, { id: string }, boolean> = async (work, asking, { id }) => {
  const caller = await confirm(work, asking);
  requireRoleAnywhere(caller, 'administrator');
  const row = await findTokenById(work.tx, id);
  const isSeen = row && hasRole(caller, 'administrator', row.unit, await openStanding(work));
  if (!isSeen || !(await revoke(work.tx, id))) return { answer: false, changed: null };
  const { kind, name, unit } = row;
  await note(work, caller, {
    ...{ act: 'revokeToken', subject: `token:${id}`, unit },
    before: { kind, name },
    after: { revoked: true },
  });
  return { answer: true, changed: RIGHTS_CHANGED };
};
