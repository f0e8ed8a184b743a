import { createHash, randomBytes } from 'node:crypto';
import { AppError } from '../errors.ts';
import { feedIdOf, hashToken } from '../people/tokens.ts';
import { findFeed } from '../store/feed-store.ts';
import type { TokenRow } from '../store/schema.ts';
import { insertToken, revokeToken as revoke, writeFeed } from '../store/write/tokens.ts';
import type { Act } from './act.ts';
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
export const createToken: Act<{ kind: 'command' }, TokenOrder, string> = async (work, _caller, order) => {
  const { tx } = work;
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
  return { answer: token, changed: kind === 'feed' ? { units: new Set(), feeds: true } : null };
};

/** Takes a token back; false when no living one has that id. */
export const revokeToken: Act<{ kind: 'command' }, { id: string }, boolean> = async (
  { tx },
  _caller,
  { id },
) => ({
  answer: await revoke(tx, id),
  changed: null,
});
