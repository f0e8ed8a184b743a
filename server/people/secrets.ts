import { createHash, randomBytes } from 'node:crypto';

/** A secret that nobody can guess (256 bits), with what is kept of it. */
export type Secret = { text: string; hash: string };

/** What is kept of a secret. */
export const hashSecret = (text: string): string => createHash('sha256').update(text).digest('base64url');

/** A new secret: for a cookie or a link. */
export function createSecret(): Secret {
  const text = randomBytes(32).toString('base64url');
  return { text, hash: hashSecret(text) };
}

/** An id that says nothing. */
export const createId = (): string => randomBytes(9).toString('base64url');
