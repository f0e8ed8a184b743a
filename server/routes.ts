/** One entry per route: what it answers. Hides nothing; every read is cut to the caller's scope by `getScopedUnit`. */
import type { Express, Request, RequestHandler } from 'express';
import { INDICATORS } from '../shared/catalogue.ts';
import { BATCH_BYTES } from '../shared/event.ts';
import type { Indicator } from '../shared/indicator.ts';
import { isoOf } from '../shared/period.ts';
import type { Route } from '../shared/route.ts';
import { ROUTES } from '../shared/wire.ts';
import { REFUSALS } from './acts/refusals.ts';
import { serveAlerts } from './alerts/alert-routes.ts';
import { servePreview } from './alerts/preview-route.ts';
import { serveRules } from './alerts/rule-routes.ts';
import { AppError } from './errors.ts';
import { serveExplain } from './explain/explain-routes.ts';
import { readDossierList } from './figures/dossiers.ts';
import { readFigures } from './figures/figures.ts';
import { readRanking } from './figures/ranking.ts';
import { readSilent } from './figures/reporting.ts';
import { readSeries } from './figures/series.ts';
import type { View } from './figures/sums.ts';
import { describeUnit, listUnits, readFeedViews, readMap } from './figures/units.ts';
import { showUnit } from './figures/views.ts';
import { type Call, closePath, serveRoute } from './http.ts';
import { serveIndex } from './index766/index-routes.ts';
import { type ChannelParts, serveChannels } from './notify/channel-routes.ts';
import { createPacer } from './pacer.ts';
import { serveAdministration } from './people/account-routes.ts';
import type { Admission } from './people/admission.ts';
import type { FeedCaller, ViewerCaller } from './people/caller.ts';
import { findSpeaker, requireUnlocked } from './people/callers.ts';
import { getScopedUnit } from './people/scope.ts';
import { serveSessions } from './people/session-routes.ts';
import { showCaller, showLock } from './people/views.ts';
import { serveQuality } from './quality/quality-routes.ts';
import { createBudget, holdBody } from './read-body.ts';
import { readEvents } from './read-events.ts';
import type { ServeRead } from './read-route.ts';
import { serveForms } from './report/form-routes.ts';
import { readDemoRoles } from './store/account-store.ts';
import { readFirstMonth } from './store/span-store.ts';
import { serveSystems } from './systems/system-routes.ts';
import { serveTargets } from './targets/target-routes.ts';
import { listTasks } from './tasks/tasks.ts';

/** What the routes work with. */
export type RouteParts = ChannelParts & {
  build: string;
  /** Looks up who asks by `check`, and counts what came of it. */
  identify: <T>(request: Request, check: () => Promise<T>) => Promise<T>;
  noteUse: Admission['noteUse'];
  /** What a caller sees. */
  openView: (caller: ViewerCaller) => Promise<View>;
};

const MIB = 1024 * 1024;
/** Batches that come in or wait for their commit, beyond which a feed is asked to wait; each feed has a share of them. */
const MOST_WAITING = {
  all: { bodies: 256, bytes: 64 * MIB },
  each: { bodies: 64, bytes: 16 * MIB },
};

/** In which of its two forms a batch comes. */
function formOf(request: Request): 'json' | 'lines' {
  if (request.is('application/json')) return 'json';
  if (request.is(['application/x-ndjson', 'application/ndjson'])) return 'lines';
  throw new AppError('unsupported', 'Send application/json or application/x-ndjson.');
}

type Refused = { caller: FeedCaller; error: unknown; events: number };

/** Keeps that a batch was refused, by an act of its own after the refusal, which is told whatever becomes of that. */
async function keepRefusal({ run, clock }: RouteParts, { caller, error, events }: Refused): Promise<unknown> {
  if (!(error instanceof AppError) || !REFUSALS.has(error.code)) return error;
  const { code, message, errors, unlisted } = error;
  const input = { code, events, faults: errors.length + unlisted, errors };
  try {
    await run({ name: 'noteRefusal', caller, input, now: clock() });
    return error;
  } catch (cause) {
    return new AppError(code, message, errors, { unlisted, cause });
  }
}

function serveEvents(app: Express, parts: RouteParts): void {
  const { store, run, identify, clock, addressOf, noteUse } = parts;
  const budget = createBudget(MOST_WAITING);
  const speakers = new WeakMap<Request, FeedCaller>();
  const enter: RequestHandler = async (request, _response, next) => {
    const { authorization } = request.headers;
    const find = () => findSpeaker(store.reader, authorization, clock());
    const { caller, token } = await identify(request, find);
    await noteUse(caller, token, addressOf(request));
    speakers.set(request, caller);
    next();
  };
  const take = async ({ request }: Call<(typeof ROUTES)['postEvents']>) => {
    const caller = speakers.get(request);
    if (!caller) throw new Error('a batch came in without a speaker');
    let events = 0;
    const count = (read: number) => {
      events = read;
    };
    try {
      const form = formOf(request);
      const limits = { mostBytes: BATCH_BYTES, budget, owner: caller.feed };
      return await holdBody(request, limits, async (text) => {
        const batch = await readEvents(text, form, count);
        return run({ name: 'ingest', caller, input: { events: batch }, now: clock() });
      });
    } catch (error) {
      throw await keepRefusal(parts, { caller, error, events });
    }
  };
  serveRoute(app, ROUTES.postEvents, take, [enter]);
}

/** Refuses every method of a path that is no route, of paths with an open place or of those without. */
function closeRoutes(app: Express, which: 'fixed' | 'open'): void {
  const routes = Map.groupBy(Object.values<Route>(ROUTES), ({ path }) => path);
  for (const [path, list] of routes) {
    if (path.includes(':') !== (which === 'open')) continue;
    const methods = list.map(({ method }) => method);
    closePath(app, path, methods);
  }
}

function copyIndicator(indicator: Indicator) {
  const { numerator, denominator } = indicator;
  return {
    ...indicator,
    numerator: { ...numerator },
    denominator: denominator && { ...denominator },
  };
}

type Seen = { view: View; caller: ViewerCaller };

/** Serves who is looking at which site: the one read that a locked session still answers. */
function serveSession(
  app: Express,
  parts: RouteParts,
  seen: (request: Request) => Seen,
  enter: RequestHandler,
) {
  const handle = async ({ request }: Call<(typeof ROUTES)['getSession']>) => {
    const { view, caller } = seen(request);
    return {
      demo: parts.isDemo,
      site: parts.site.name,
      zone: parts.site.zone,
      build: parts.build,
      now: isoOf(view.now, parts.site.zone),
      unit: showUnit(view, view.root),
      caller: showCaller(view, caller),
      lock: showLock(caller),
      demoRoles: parts.isDemo ? await readDemoRoles(view.reader) : [],
      since: await readFirstMonth(view.reader, [...view.scope.keys()]),
    };
  };
  serveRoute(app, ROUTES.getSession, handle, [enter]);
}

/** Who reads, found once for each request; `enter` refuses a locked session, `enterLocked` does not. */
function createEntrance(parts: RouteParts) {
  const callers = new WeakMap<Request, Seen>();
  const takeTurn = createPacer(1);
  const enterIf =
    (check: (caller: ViewerCaller) => void): RequestHandler =>
    async (request, response, next) => {
      await takeTurn();
      const caller = await parts.admit(request, response);
      check(caller);
      callers.set(request, { caller, view: await parts.openView(caller) });
      next();
    };
  return {
    enter: enterIf(requireUnlocked),
    enterLocked: enterIf(() => undefined),
    getSeen(request: Request): Seen {
      const seen = callers.get(request);
      if (!seen) throw new Error('a read came in without a view');
      return seen;
    },
  };
}

/** Serves every route of the contract. */
export function serveRoutes(app: Express, parts: RouteParts): void {
  // First: an id may be in the place of a word that is a path of its own.
  closeRoutes(app, 'fixed');
  const { enter, enterLocked, getSeen } = createEntrance(parts);
  const read: ServeRead = (name, answer) => {
    const handle = async (call: Call<(typeof ROUTES)[typeof name]>) => {
      const { view, caller } = getSeen(call.request);
      return answer(view, call, caller);
    };
    serveRoute(app, ROUTES[name], handle, [enter]);
  };

  serveSession(app, parts, getSeen, enterLocked);
  read('listUnits', async (view, { query }) =>
    listUnits(
      view,
      query.under === undefined ? view.roots : [getScopedUnit(view, query.under)],
      query.on ?? view.today,
    ),
  );
  read('getUnit', async (view, { query, params }) =>
    describeUnit(view, getScopedUnit(view, params.code ?? ''), query.on),
  );
  read('listIndicators', async () => ({ indicators: INDICATORS.map(copyIndicator) }));
  read('getFigures', (view, { query }) => readFigures(view, getScopedUnit(view, query.unit), query));
  read('getSeries', (view, { query }) => readSeries(view, getScopedUnit(view, query.unit), query));
  read('getRanking', (view, { query }) => readRanking(view, getScopedUnit(view, query.unit), query));
  read('listSilent', (view, { query }) => readSilent(view, getScopedUnit(view, query.unit), query.period));
  read('listDossiers', (view, { query }) => readDossierList(view, getScopedUnit(view, query.unit), query));
  read('listFeeds', async (view) => ({ feeds: await readFeedViews(view) }));
  read('getMap', (view, { query }) => readMap(view, getScopedUnit(view, query.unit), query.on ?? view.today));
  serveForms(read);
  serveSystems(read);
  read('listTasks', (view, { query }) => listTasks(view, getScopedUnit(view, query.unit), query));
  serveTargets(app, { ...parts, read });
  serveIndex(app, { ...parts, read });
  serveAlerts(app, { ...parts, read });
  serveExplain(app, { ...parts, read });
  serveQuality({ read });
  serveSessions(app, parts);
  serveAdministration(app, parts);
  serveChannels(app, parts);
  servePreview(app, parts);
  serveRules(app, { ...parts, enter, getSeen });
  serveEvents(app, parts);
  closeRoutes(app, 'open');
}
