import type { IncomingMessage } from 'node:http';
import { AppError } from '../errors.ts';
import { readBearer, readCookie } from './callers.ts';

/** A request as far as its origin is concerned; scheme and host as they are seen from outside. */
export type OriginatedRequest = {
  method: string;
  path: string;
  protocol: string;
  host: string | undefined;
  headers: IncomingMessage['headers'];
};

/** Addresses at which a session is opened. */
const OPENING = new Set(['/api/session', '/api/session/unlock']);
const READING = new Set(['GET', 'HEAD', 'OPTIONS']);

/** Whether a request could be one that another site made a browser send with what it knows of this one. */
function isByBrowser({ method, path, headers }: OriginatedRequest): boolean {
  if (READING.has(method) || readBearer(headers.authorization) !== undefined) return false;
  return readCookie(headers.cookie) !== undefined || (method === 'POST' && OPENING.has(path));
}

/** Passes for what changes nothing, shows a bearer token, or comes from this very site. AppError `forbidden`. */
export function checkOrigin(request: OriginatedRequest): void {
  if (!isByBrowser(request)) return;
  const { protocol, host, headers } = request;
  const own = `${protocol}://${host}`;
  if (headers.origin?.toLowerCase() === own.toLowerCase()) return;
  const given = headers.origin === undefined ? 'no origin' : `the origin ${headers.origin}`;
  throw new AppError(
    'forbidden',
    `A change must come from ${own}, and this has ${given}. Behind a proxy, set TRUST_PROXY.`,
    [{ field: 'origin', reason: 'is not that of this site' }],
  );
}
