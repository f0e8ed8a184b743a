import type { FeedCaller } from '../acts/act.ts';
import { AppError } from '../errors.ts';
import { findFeed } from '../store/feed-store.ts';
import type { Reader } from '../store/store.ts';
import { checkToken, feedIdOf } from './tokens.ts';

/** The cookie that carries a display token. */
export const COOKIE = 'ioc_session';

/** What a caller brings: headers of a request or a handshake. */
export type Credentials = {
  authorization?: string | undefined;
  cookie?: string | undefined;
  token?: string | undefined;
};

/** The token of `Authorization: Bearer`, if there is one. */
export function readBearer(authorization: string | undefined): string | undefined {
  return /^Bearer\s+(\S+)$/i.exec(authorization ?? '')?.[1];
}

function readCookie(header: string | undefined): string | undefined {
  const part = header?.split(';').find((pair) => pair.trim().startsWith(`${COOKIE}=`));
  return part?.trim().slice(COOKIE.length + 1);
}

/** The token that a caller brings, wherever it does. */
export function findToken({ token, authorization, cookie }: Credentials): string | undefined {
  return token ?? readBearer(authorization) ?? readCookie(cookie);
}

/** The unit a viewer may read: of its display token, or the demo's for a visitor without any. Throws AppError `unauthorised`. */
export async function findViewerUnit(
  reader: Reader,
  credentials: Credentials,
  { demoUnit, now }: { demoUnit: number | null; now: number },
): Promise<number> {
  const token = findToken(credentials);
  if (token) return (await checkToken(reader, token, { kind: 'display', now })).unit;
  if (demoUnit !== null) return demoUnit;
  throw new AppError('unauthorised', 'This board needs a display token: ask the office that runs it.');
}

/** The feed that speaks. Throws AppError `unauthorised`. */
export async function findSpeaker(
  reader: Reader,
  authorization: string | undefined,
  now: number,
): Promise<FeedCaller> {
  const token = await checkToken(reader, readBearer(authorization), { kind: 'feed', now });
  const id = feedIdOf(token);
  const feed = await findFeed(reader, id);
  if (!feed) throw new AppError('unauthorised', 'This token has no feed: make another.');
  return { kind: 'feed', feed: id, unit: token.unit, namespace: feed.namespace };
}
