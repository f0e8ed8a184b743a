import { createHash } from 'node:crypto';
import { AppError } from '../errors.ts';
import { findToken } from '../store/feed-store.ts';
import type { TokenRow } from '../store/schema.ts';
import type { Reader } from '../store/store.ts';

/** What is kept of a token. */
export const hashToken = (token: string): string => createHash('sha256').update(token).digest('base64url');

/** The feed that a token speaks for: the same for every token of that unit and name, so a token may be renewed. */
export function feedIdOf({ unit, name }: Pick<TokenRow, 'unit' | 'name'>): string {
  return createHash('sha256').update(`${unit} ${name}`).digest('hex').slice(0, 12);
}

/** Whether a token is good at an instant. */
export function isLive({ revokedAt, expiresAt }: TokenRow, now: number): boolean {
  return revokedAt === null && (expiresAt === null || expiresAt > now);
}

/** The token a caller shows; AppError `unauthorised` when it is unknown, ended, or of another kind. */
export async function checkToken(
  reader: Reader,
  token: string | undefined,
  { kind, now }: { kind: TokenRow['kind']; now: number },
): Promise<TokenRow> {
  const row = token ? await findToken(reader, hashToken(token)) : undefined;
  if (!row || !isLive(row, now) || row.kind !== kind)
    throw new AppError('unauthorised', `This needs a valid ${kind} token.`);
  return row;
}
