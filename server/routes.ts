/** One entry per route: what it answers. Hides nothing; every read is cut to the caller's scope by `getUnit`. */
import type { Express, Request, RequestHandler } from 'express';
import type { z } from 'zod';
import { BATCH_BYTES } from '../shared/event.ts';
import { INDICATORS, type Indicator } from '../shared/indicator.ts';
import { addDays, dayOf, isoOf } from '../shared/period.ts';
import { ROUTES, type Route, type RouteName } from '../shared/wire.ts';
import type { FeedCaller } from './acts/act.ts';
import type { TreeCache } from './acts/work.ts';
import { AppError } from './errors.ts';
import { readDossierList } from './figures/dossiers.ts';
import { readFigures } from './figures/figures.ts';
import { readForm } from './figures/form.ts';
import { readRanking } from './figures/ranking.ts';
import { readSilent } from './figures/reporting.ts';
import { readSeries } from './figures/series.ts';
import type { View } from './figures/sums.ts';
import { describeUnit, listUnits, readFeedViews, readMap } from './figures/units.ts';
import { showUnit } from './figures/views.ts';
import { type Call, closePath, serveRoute, shortBody } from './http.ts';
import { parseInput } from './input.ts';
import { createPacer } from './pacer.ts';
import { COOKIE, findSpeaker } from './people/callers.ts';
import { checkToken } from './people/tokens.ts';
import { createBudget, holdBody } from './read-body.ts';
import { readEvents } from './read-events.ts';
import type { Site } from './site.ts';
import { readFirstMonth } from './store/span-store.ts';
import type { ReadingStore } from './store/store.ts';
import type { Writer } from './writer/writer.ts';

/** What the routes work with. */
export type RouteParts = {
  store: ReadingStore;
  site: Site;
  trees: TreeCache;
  run: Writer['run'];
  build: string;
  isDemo: boolean;
  clock: () => number;
  /** Looks up who asks by `check`, and counts what came of it; `token` where it stands in the body. */
  identify: <T>(request: Request, check: () => Promise<T>, token?: string) => Promise<T>;
  /** The view of whoever asks; AppError `unauthorised` for a stranger. */
  openView: (request: Request) => Promise<View>;
};

/** The unit a reference names, if it lies in the view's scope; AppError `notFound` or `forbidden`. */
export function getUnit(view: View, reference: string): number {
  const unit = view.tree.findByReference(reference, view.today);
  if (!unit)
    throw new AppError('notFound', `No unit is named ${reference}.`, [
      { field: 'unit', reason: 'is not known' },
    ]);
  const day = unit.to === null ? (unit.from > view.today ? unit.from : view.today) : addDays(unit.to, -1);
  if (!view.tree.isWithin(view.scope, unit.id, day)) {
    throw new AppError('forbidden', `${reference} lies outside your scope.`, [
      { field: 'unit', reason: 'lies outside your scope' },
    ]);
  }
  return unit.id;
}

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

function serveEvents(app: Express, { store, run, identify, clock }: RouteParts): void {
  const budget = createBudget(MOST_WAITING);
  const speakers = new WeakMap<Request, FeedCaller>();
  const enter: RequestHandler = async (request, _response, next) => {
    const { authorization } = request.headers;
    speakers.set(request, await identify(request, () => findSpeaker(store.reader, authorization, clock())));
    next();
  };
  const take = async ({ request }: Call<(typeof ROUTES)['postEvents']>) => {
    const caller = speakers.get(request);
    if (!caller) throw new Error('a batch came in without a speaker');
    const form = formOf(request);
    const limits = { mostBytes: BATCH_BYTES, budget, owner: caller.feed };
    return holdBody(request, limits, async (text) => {
      const events = await readEvents(text, form);
      return run({ name: 'ingest', caller, input: { events }, now: clock() });
    });
  };
  serveRoute(app, ROUTES.postEvents, take, [enter]);
}

function serveSession(app: Express, { store, site, trees, identify, clock }: RouteParts): void {
  const attributes = 'Path=/; HttpOnly; SameSite=Strict';
  serveRoute(
    app,
    ROUTES.openSession,
    async ({ request, response }) => {
      const { token } = parseInput(ROUTES.openSession.body, request.body, 'unprocessable');
      const check = () => checkToken(store.reader, token, { kind: 'display', now: clock() });
      const { unit } = await identify(request, check, token);
      const { unitSeq } = await store.readClock();
      const tree = await trees.load(store.reader, unitSeq);
      const secure = request.secure ? '; Secure' : '';
      response.setHeader('Set-Cookie', `${COOKIE}=${token}; ${attributes}; Max-Age=31536000${secure}`);
      const today = dayOf(clock(), site.zone);
      return { unit: tree.referenceOf(tree.get(tree.currentOf(unit, today)), today) };
    },
    [shortBody(10_000)],
  );
  serveRoute(app, ROUTES.closeSession, async ({ response }) => {
    response.setHeader('Set-Cookie', `${COOKIE}=; ${attributes}; Max-Age=0`);
    return {};
  });
}

type ReadName = Exclude<RouteName, 'postEvents' | 'openSession' | 'closeSession'>;

/** Refuses every method of a route's path that is no route. */
function closeRoutes(app: Express): void {
  const routes = Map.groupBy(Object.values<Route>(ROUTES), ({ path }) => path);
  for (const [path, list] of routes) {
    const methods = list.map(({ method }) => method);
    closePath(app, path, methods);
  }
}

function copyIndicator(indicator: Indicator) {
  const { numerator, denominator, bands, countBands } = indicator;
  return {
    ...indicator,
    numerator: { ...numerator },
    denominator: denominator && { ...denominator },
    bands: bands && { ...bands },
    countBands: countBands && { ...countBands },
  };
}

/** Serves every route of the contract. */
export function serveRoutes(app: Express, parts: RouteParts): void {
  const views = new WeakMap<Request, View>();
  const takeTurn = createPacer(1);
  const enter: RequestHandler = async (request, _response, next) => {
    await takeTurn();
    views.set(request, await parts.identify(request, () => parts.openView(request)));
    next();
  };
  const read = <N extends ReadName>(
    name: N,
    answer: (view: View, call: Call<(typeof ROUTES)[N]>) => Promise<z.input<(typeof ROUTES)[N]['answer']>>,
  ) => {
    const handle = async (call: Call<(typeof ROUTES)[N]>) => {
      const view = views.get(call.request);
      if (!view) throw new Error('a read came in without a view');
      return answer(view, call);
    };
    serveRoute(app, ROUTES[name], handle, [enter]);
  };

  read('getSession', async (view) => ({
    demo: parts.isDemo,
    site: parts.site.name,
    zone: parts.site.zone,
    build: parts.build,
    now: isoOf(view.now, parts.site.zone),
    unit: showUnit(view, view.root),
    since: await readFirstMonth(view.reader, [...view.scope.keys()]),
  }));
  read('listUnits', async (view, { query }) =>
    listUnits(
      view,
      query.under === undefined ? view.root : getUnit(view, query.under),
      query.on ?? view.today,
    ),
  );
  read('getUnit', async (view, { query, params }) =>
    describeUnit(view, getUnit(view, params.code ?? ''), query.on),
  );
  read('listIndicators', async () => ({ indicators: INDICATORS.map(copyIndicator) }));
  read('getFigures', (view, { query }) => readFigures(view, getUnit(view, query.unit), query));
  read('getSeries', (view, { query }) => readSeries(view, getUnit(view, query.unit), query));
  read('getRanking', (view, { query }) => readRanking(view, getUnit(view, query.unit), query));
  read('getForm', (view, { query }) => readForm(view, getUnit(view, query.unit), query.period));
  read('listSilent', (view, { query }) => readSilent(view, getUnit(view, query.unit), query.period));
  read('listDossiers', (view, { query }) => readDossierList(view, getUnit(view, query.unit), query));
  read('listFeeds', async (view) => ({ feeds: await readFeedViews(view) }));
  read('getMap', (view, { query }) => readMap(view, getUnit(view, query.unit), query.on ?? view.today));
  serveSession(app, parts);
  serveEvents(app, parts);
  closeRoutes(app);
}
