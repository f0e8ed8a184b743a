import { createHash, randomBytes } from 'node:crypto';
import { AppError } from '../errors.ts';
import { findToken, insertToken } from '../store/feed-store.ts';
import type { TokenRow } from '../store/schema.ts';
import type { Reader, Store } from '../store/store.ts';

const hashToken = (token: string) => createHash('sha256').update(token).digest('base64url');

/** The feed that a token speaks for: the same for every token of that unit and name, so a token may be renewed. */
export function feedIdOf({ unit, name }: Pick<TokenRow, 'unit' | 'name'>): string {
  return createHash('sha256').update(`${unit} ${name}`).digest('hex').slice(0, 12);
}

/** What a token is made for: a feed that tells or a display that reads, over the subtree of a unit. */
export type TokenOrder = {
  kind: 'feed' | 'display';
  unit: number;
  name: string;
  days: number | null;
  now: number;
};

/** Makes a token and keeps only its hash: the answer is the one time it can be read. */
export async function createToken(
  store: Store,
  { kind, unit, name, days, now }: TokenOrder,
): Promise<string> {
  const token = `ioc_${randomBytes(24).toString('base64url')}`;
  const row: TokenRow = {
    id: randomBytes(6).toString('hex'),
    hash: hashToken(token),
    kind,
    unit,
    name,
    createdAt: now,
    expiresAt: days === null ? null : now + days * 86_400_000,
    revokedAt: null,
  };
  await store.commit((tx) => insertToken(tx, row, kind === 'feed' ? feedIdOf(row) : null));
  return token;
}

/** The token a caller shows; AppError `unauthorised` when it is unknown, ended, or of another kind. */
export async function checkToken(
  reader: Reader,
  token: string | undefined,
  { kind, now }: { kind: TokenRow['kind']; now: number },
): Promise<TokenRow> {
  const row = token ? await findToken(reader, hashToken(token)) : undefined;
  const lives = row && row.revokedAt === null && (row.expiresAt === null || row.expiresAt > now);
  if (!row || !lives || row.kind !== kind)
    throw new AppError('unauthorised', `This needs a valid ${kind} token.`);
  return row;
}
