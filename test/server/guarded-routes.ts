/** Every route as it is asked for in the guarded world, and what the answer must be, from what is said of roles and scopes. */
import { obtain } from '../../shared/obtain.ts';
import type { RouteName } from '../../shared/wire.ts';
import type { Running } from '../server.ts';
import { type Asking, addAccount, heldBy, idOf, postsOf } from './guarded-callers.ts';
import { roomCases } from './guarded-rooms.ts';
import { markOf, referenceOf, sightOf, type Target, takeDossier, type UnitKey } from './guarded-world.ts';

/** A request but for who makes it. */
export type Order = { path: string; method?: 'POST' | 'PUT' | 'DELETE'; body?: unknown };

/** Roles by which something is changed; of the last two any. */
export type Managing =
  | ('administrator' | 'editor' | 'operator' | 'head')
  | ('operator or editor' | 'operator or head');

/** Whether something is changed by a role. */
export const isManaging = (who: unknown): who is Managing =>
  typeof who === 'string' && /^(administrator|editor|operator|head)/.test(who);

/**
 * How a route is asked for. `tellsAbove`: it names units above, from which thresholds come down. `by`: of a unit it names, by reference or as what an id belongs to, or of none. `who` may ask, or what
 * all are answered where no role is asked for. `isOwn`: it changes the very session, so that each request has one of its own. `isLasting`: what it is
 * done to can be asked for again.
 */
export type RouteCase = { isOwn?: true; tellsAbove?: true; isLasting?: true } & (
  | {
      by: 'reference';
      who: 'viewer' | 'person' | Managing | 'feed';
      /** Instead of 404 or 403: it is one of many lines of what is sent. */
      ofHidden?: number;
      ask: (running: Running, target: Target) => Order | Promise<Order>;
    }
  | {
      by: 'id';
      who: 'viewer' | Managing;
      /** What belongs to a unit above is known, and may not be changed. */
      isSeenAbove?: true;
      /** It is seen by whoever sees the unit, and so refused as what it is; of a unit above it is not. */
      isSeen?: true;
      ask: (running: Running, target: Target) => Promise<Order>;
    }
  | {
      by: 'nothing';
      who: 'viewer' | 'locked' | 'administrator' | { live: number; locked: number; other: number } | number;
      ask: () => Order;
    }
);

let made = 0;
const next = () => `made-${++made}`;
const COMMAND = { kind: 'command' } as const;
const NO_ID = 999_999;

const readNamed = (pathOf: (reference: string) => string): RouteCase => ({
  ...{ by: 'reference', who: 'viewer' },
  ask: (_running, target) => ({ path: pathOf(referenceOf(target)) }),
});
const readUnit = (path: string, more = '') => readNamed((unit) => `${path}?unit=${unit}${more}`);
const readAll = (path: string): RouteCase => ({ by: 'nothing', who: 'viewer', ask: () => ({ path }) });
const readManaged = (path: string): RouteCase => ({
  by: 'nothing',
  who: 'administrator',
  ask: () => ({ path }),
});

/** An account made for one request, with a role in a unit. */
export const addVictim = (running: Running, unit: UnitKey) =>
  addAccount(running, next(), [{ role: 'viewer', unit }]);

async function findGrant({ store }: Running, account: number): Promise<number> {
  const row = store.reader.db.selectFrom('grant').select('id').where('account', '=', account);
  return (await row.executeTakeFirstOrThrow()).id;
}

/** The id of the grant of an account made for one request. */
export const addVictimGrant = async (running: Running, unit: UnitKey) =>
  findGrant(running, await addVictim(running, unit));

/** The id of a token made for one request. */
export async function addVictimToken(running: Running, unit: UnitKey): Promise<string> {
  const { acts, clock, store } = running;
  const name = `${next()} ${markOf(unit)}`;
  const feed = { namespace: null, cadenceMs: null, dueTime: null };
  const input = { kind: 'display', unit: idOf(running, unit), name, days: null, feed } as const;
  await acts.writer.run({ name: 'createToken', caller: COMMAND, input, now: clock.now() });
  const row = store.reader.db.selectFrom('token').select('id').where('name', '=', name);
  return (await row.executeTakeFirstOrThrow()).id;
}

/** What was made to be asked for, until a request spent it. */
const victims = new Map<string, Promise<unknown>>();

/** The id of something that belongs to a unit. */
export const ofVictim = <T>(running: Running, unit: UnitKey, make: Make<T>): Promise<T> =>
  obtain(victims, `${running.url} ${unit} ${make.name}`, () => make(running, unit)) as Promise<T>;

type Make<T> = (running: Running, unit: UnitKey) => Promise<T>;

/** The same, or of nothing for a code that nobody has. */
const ofTarget = async <T>(running: Running, target: Target, make: Make<T>): Promise<T | number> =>
  target === 'unknown' ? NO_ID : ofVictim(running, target, make);

/** Has others made in place of those that a request has spent. */
export function spendVictims(): void {
  victims.clear();
}

/** Every route; one without an entry does not compile. */
export const ROUTE_CASES: Record<RouteName, RouteCase | readonly RouteCase[]> = {
  getSession: { by: 'nothing', who: 'locked', ask: () => ({ path: '/api/session' }) },
  listUnits: [
    readAll('/api/units'),
    readAll('/api/units?on=2025-05-20'),
    readNamed((unit) => `/api/units?under=${unit}`),
    readNamed((unit) => `/api/units?under=${unit}&on=2025-05-20`),
  ],
  getUnit: [
    readNamed((unit) => `/api/units/${unit}`),
    readNamed((unit) => `/api/units/${unit}?on=2025-05-20`),
  ],
  listIndicators: readAll('/api/indicators'),
  getFigures: ['children=1&compare=1', 'by=field', 'by=procedure'].map((more) =>
    readUnit('/api/figures', `&period=2026&${more}`),
  ),
  getSeries: ['then', 'now'].map((tree) =>
    readUnit('/api/series', `&indicator=HS01&from=2025-01&to=2026-12&tree=${tree}`),
  ),
  getRanking: readUnit('/api/ranking', '&period=2026&indicator=HS01'),
  listSilent: readUnit('/api/silent', '&period=2026'),
  getQuality: readUnit('/api/quality', '&period=2026'),
  listDossiers: readUnit('/api/dossiers', '&limit=500'),
  listFeeds: readAll('/api/feeds'),
  getMap: readUnit('/api/map'),
  openSession: {
    by: 'nothing',
    who: 401,
    ask: () => ({ path: '/api/session', method: 'POST', body: { login: 'nobody', password: 'wrong' } }),
  },
  touchSession: {
    by: 'nothing',
    who: { live: 200, locked: 401, other: 403 },
    ask: () => ({ path: '/api/session', method: 'PUT', body: {} }),
  },
  unlockSession: {
    by: 'nothing',
    who: { live: 401, locked: 401, other: 403 },
    ask: () => ({ path: '/api/session/unlock', method: 'POST', body: { password: 'wrong' } }),
  },
  lockSession: {
    by: 'nothing',
    who: { live: 200, locked: 200, other: 403 },
    isOwn: true,
    ask: () => ({ path: '/api/session/lock', method: 'POST', body: {} }),
  },
  closeSession: {
    by: 'nothing',
    who: 200,
    isOwn: true,
    ask: () => ({ path: '/api/session', method: 'DELETE' }),
  },
  setPassword: {
    by: 'nothing',
    who: 401,
    ask: () => ({
      path: '/api/password',
      method: 'PUT',
      body: { link: 'wrong', password: 'a very long one' },
    }),
  },
  listAccounts: readManaged('/api/accounts'),
  addAccount: {
    by: 'reference',
    who: 'administrator',
    ask: (_running, target) => ({
      ...{ path: '/api/accounts', method: 'POST' },
      body: { login: next(), title: 'Made', grants: [{ role: 'viewer', unit: referenceOf(target) }] },
    }),
  },
  changeAccount: {
    by: 'id',
    who: 'administrator',
    ask: async (running, target) => ({
      ...{ path: '/api/accounts', method: 'PUT' },
      body: { id: await ofTarget(running, target, addVictim), isDisabled: true },
    }),
  },
  listGrants: readManaged('/api/grants'),
  addGrant: {
    by: 'reference',
    who: 'administrator',
    ask: async (running, target) => ({
      ...{ path: '/api/grants', method: 'POST' },
      // To one whom every administrator looks after: it is about the unit alone.
      body: {
        account: await ofVictim(running, 'child', addVictim),
        role: 'viewer',
        unit: referenceOf(target),
      },
    }),
  },
  removeGrant: {
    by: 'id',
    who: 'administrator',
    ask: async (running, target) => ({
      path: `/api/grants?id=${await ofTarget(running, target, addVictimGrant)}`,
      method: 'DELETE',
    }),
  },
  listTokens: readManaged('/api/tokens'),
  createToken: {
    by: 'reference',
    who: 'administrator',
    ask: (_running, target) => ({
      ...{ path: '/api/tokens', method: 'POST' },
      body: { kind: 'feed', unit: referenceOf(target), name: next() },
    }),
  },
  revokeToken: {
    by: 'id',
    who: 'administrator',
    ask: async (running, target) => ({
      path: `/api/tokens?id=${await ofTarget(running, target, addVictimToken)}`,
      method: 'DELETE',
    }),
  },
  listAudit: readManaged('/api/audit?limit=500'),
  ...roomCases(ofTarget),
  postEvents: {
    by: 'reference',
    who: 'feed',
    ask: (_running, target) => ({
      ...{ path: '/api/events', method: 'POST' },
      body: {
        events: [
          target === 'unknown'
            ? { ...takeDossier('own', next()), receiver: 'QZU00', resolver: 'QZU00' }
            : tell(target),
        ],
      },
    }),
  },
};

/** Something that a unit tells of, on a day of its life; of one that is yet to begin, today. */
function tell(target: UnitKey) {
  const day = referenceOf(target).endsWith('@2025-06-30') ? '2025-05-20 09:00' : '2026-11-18 09:30';
  return takeDossier(target, next(), day);
}

const isPerson = ({ kind, standing }: Asking) =>
  kind === 'person' && (standing === 'live' || standing === 'locked');
const isViewer = ({ kind, standing }: Asking) =>
  standing === 'live' && (kind === 'person' || kind === 'screen' || kind === 'visitor');

/** What a feed hears that tells of a unit: an event of a place that is none on its day cannot be taken, whoever tells of it. */
function expectOfFeed(asking: Asking, target: Target): number {
  if (asking.kind !== 'feed') return 401;
  if (target === 'unknown' || target === 'successor') return 422;
  return sightOf(['own'], target) === 'whole' ? 200 : 403;
}

function expectOfManaging(asking: Asking, one: RouteCase, target: Target): number {
  if (!isViewer(asking)) return 401;
  const managed = heldBy(asking, one.who as Managing);
  if (managed.length === 0) return 403;
  if (one.by === 'nothing' || sightOf(managed, target) === 'whole') return 200;
  const sight = sightOf(postsOf(asking), target);
  if (one.by === 'id') {
    const isKnown = (one.isSeenAbove && sight !== 'none') || (one.isSeen && sight === 'whole');
    return isKnown ? 403 : 404;
  }
  if (one.by === 'reference' && one.ofHidden !== undefined && sight !== 'whole') return one.ofHidden;
  return sight === 'none' ? 404 : 403;
}

/** What whoever may read hears; what is over a unit above judges those below, too. */
function expectOfViewing(asking: Asking, one: RouteCase, sight: ReturnType<typeof sightOf>): number {
  if (one.by === 'nothing') return 200;
  if (one.who === 'person' && !isPerson(asking)) return 403;
  const ofAbove = one.by === 'reference' ? 403 : one.isSeen ? 404 : 200;
  return { whole: 200, part: ofAbove, none: 404 }[sight];
}

/** The status that must come of a request. */
export function expectStatus(asking: Asking, one: RouteCase, target: Target): number {
  const { who } = one;
  if (typeof who === 'number') return who;
  if (who === 'feed') return expectOfFeed(asking, target);
  if (isManaging(who)) return expectOfManaging(asking, one, target);
  if (typeof who === 'object') {
    if (isPerson(asking)) return asking.standing === 'locked' ? who.locked : who.live;
    return isViewer(asking) ? who.other : 401;
  }
  if (who === 'locked' && isPerson(asking)) return 200;
  if (!isViewer(asking)) return 401;
  return expectOfViewing(asking, one, sightOf(postsOf(asking), target));
}
