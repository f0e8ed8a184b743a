import { dayOf } from '../../shared/period.ts';
import type { UnitTree } from '../../shared/unit.ts';
import { AppError } from '../errors.ts';
import type { Site } from '../site.ts';
import { findAccount, readGrants } from '../store/account-store.ts';
import { findFeed, findTokenById } from '../store/feed-store.ts';
import type { SessionRow } from '../store/people-schema.ts';
import type { TokenRow } from '../store/schema.ts';
import { findSession } from '../store/session-store.ts';
import type { Reader } from '../store/store.ts';
import type { FeedCaller, Grant, PersonCaller, ScreenCaller, ViewerCaller } from './caller.ts';
import { holdsOn } from './roles.ts';
import { hashSecret } from './secrets.ts';
import { checkToken, feedIdOf, isLive } from './tokens.ts';

/** The cookie that carries a session's secret; one set before there were sessions holds a display token. */
export const COOKIE = 'ioc_session';

/** What a caller brings: headers of a request or a handshake. */
export type Credentials = {
  authorization?: string | undefined;
  cookie?: string | undefined;
  token?: string | undefined;
};

/** What a caller is looked up by. `demoUnit`: the unit visitors see, null where there are none. */
export type Lookup = {
  site: Site;
  tree: UnitTree;
  demoUnit: number | null;
  now: number;
  address: string | null;
};

/** The token of `Authorization: Bearer`, if there is one. */
export function readBearer(authorization: string | undefined): string | undefined {
  return /^Bearer\s+(\S+)$/i.exec(authorization ?? '')?.[1];
}

/** The secret of the session cookie, if there is one. */
export function readCookie(header: string | undefined): string | undefined {
  const part = header?.split(';').find((pair) => pair.trim().startsWith(`${COOKIE}=`));
  return part?.trim().slice(COOKIE.length + 1) || undefined;
}

/** The secret that a caller brings, wherever it does. */
export function findSecret({ token, authorization, cookie }: Credentials): string | undefined {
  return token ?? readBearer(authorization) ?? readCookie(cookie);
}

const showScreen = ({ id, unit, expiresAt }: TokenRow): ScreenCaller => ({
  kind: 'screen',
  token: id,
  validUntil: expiresAt,
  grants: [{ role: 'viewer', unit }],
});

/** After how long without input a session locks: sooner for whoever administers anything; null for never. */
function idleOf(how: SessionRow['how'], grants: readonly Grant[], { people }: Site): number | null {
  if (how !== 'password') return null;
  return grants.some(({ role }) => role === 'administrator') ? people.adminIdleMs : people.idleMs;
}

/** Whether a session asks for its password again. */
export function isLockedAt({ lockedAt, seenAt }: SessionRow, idleMs: number | null, now: number): boolean {
  return idleMs !== null && (lockedAt !== null || now - seenAt > idleMs);
}

/** When, unless something is done meanwhile, a session locks or its account is disabled. */
function findEnd({ seenAt }: SessionRow, idleMs: number | null, disableAt: number | null): number | null {
  const ends = [disableAt ?? [], idleMs === null ? [] : seenAt + idleMs + 1].flat();
  return ends.length === 0 ? null : Math.min(...ends);
}

/** What an account may do on a day. */
export async function readGrantsOn(reader: Reader, account: number, day: string): Promise<Grant[]> {
  const grants = (await readGrants(reader, [account])).filter((grant) => holdsOn(grant, day));
  return grants.map(({ role, unit }) => ({ role, unit }));
}

async function findPerson(
  reader: Reader,
  session: SessionRow & { account: number },
  { site, now, address }: Omit<Lookup, 'tree' | 'demoUnit'>,
): Promise<PersonCaller | undefined> {
  const account = await findAccount(reader, session.account);
  if (!account || account.disabledAt !== null) return undefined;
  if (account.disableAt !== null && account.disableAt <= now) return undefined;
  const grants = await readGrantsOn(reader, account.id, dayOf(now, site.zone));
  const idleMs = idleOf(session.how, grants, site);
  return {
    kind: 'person',
    account: account.id,
    login: account.login,
    title: account.title,
    session: session.id,
    how: session.how === 'demo' ? 'demo' : 'password',
    grants,
    isLocked: isLockedAt(session, idleMs, now),
    validUntil: findEnd(session, idleMs, account.disableAt),
    idleMs,
    isCookieOld: session.issuedSeq < account.rightsSeq,
    address,
  };
}

/** Whether the hash of a cookie is good for its session: the present one, or for some seconds the one before. */
function isGood(session: SessionRow, hash: string, now: number): boolean {
  if (session.endedAt !== null) return false;
  return session.hash === hash || (session.oldUntil !== null && session.oldUntil > now);
}

/** The session of a cookie's hash, while both are good. */
export async function findLiveSession(
  reader: Reader,
  hash: string,
  now: number,
): Promise<SessionRow | undefined> {
  const session = await findSession(reader, hash);
  return session && isGood(session, hash, now) ? session : undefined;
}

async function findByCookie(
  reader: Reader,
  secret: string,
  lookup: Lookup,
): Promise<ViewerCaller | undefined> {
  const session = await findLiveSession(reader, hashSecret(secret), lookup.now);
  if (!session) return undefined;
  const { account, token } = session;
  if (account !== null) return findPerson(reader, { ...session, account }, lookup);
  const row = token === null ? undefined : await findTokenById(reader, token);
  return row && isLive(row, lookup.now) ? showScreen(row) : undefined;
}

/**
 * Whoever looks at the board, found by a display token or the cookie of a session, be it locked; a visitor of the demo who
 * brings neither. The one place for requests and links. Throws AppError `unauthorised`.
 */
export async function findCaller(
  reader: Reader,
  credentials: Credentials,
  lookup: Lookup,
): Promise<ViewerCaller> {
  const token = credentials.token ?? readBearer(credentials.authorization);
  const secret = readCookie(credentials.cookie);
  const shown = token ?? (secret?.startsWith('ioc_') ? secret : undefined);
  if (shown !== undefined)
    return showScreen(await checkToken(reader, shown, { kind: 'display', now: lookup.now }));
  const found = secret === undefined ? undefined : await findByCookie(reader, secret, lookup);
  if (found) return found;
  if (lookup.demoUnit !== null)
    return { kind: 'visitor', validUntil: null, grants: [{ role: 'viewer', unit: lookup.demoUnit }] };
  throw new AppError(
    'unauthorised',
    'Sign in, or show a display token: ask the office that runs this board.',
  );
}

/** Passes for whoever need not give a password first; AppError `locked`. */
export function requireUnlocked(caller: ViewerCaller): void {
  if (caller.kind === 'person' && caller.isLocked)
    throw new AppError('locked', 'This session is locked: unlock it by your password.');
}

/** The feed that speaks, and the token it shows. Throws AppError `unauthorised`. */
export async function findSpeaker(
  reader: Reader,
  authorization: string | undefined,
  now: number,
): Promise<{ caller: FeedCaller; token: string }> {
  const token = await checkToken(reader, readBearer(authorization), { kind: 'feed', now });
  const id = feedIdOf(token);
  const feed = await findFeed(reader, id);
  if (!feed) throw new AppError('unauthorised', 'This token has no feed: make another.');
  return { caller: { kind: 'feed', feed: id, unit: token.unit, namespace: feed.namespace }, token: token.id };
}
