/** Wiring, no logic: a store and a site become an HTTP server with a live link. */
import { createServer, type IncomingMessage, type Server } from 'node:http';
import compression from 'compression';
import type { Express } from 'express';
import helmet from 'helmet';
import type { Logger } from 'pino';
import { dayOf } from '../shared/period.ts';
import { DUE_AT_ONCE } from './acts/tick.ts';
import { createTreeCache, type TreeCache } from './acts/work.ts';
import { AppError } from './errors.ts';
import { createView, type View } from './figures/sums.ts';
import {
  addressOf,
  closePath,
  createExpress,
  DOOR_TIMES,
  problemHandler,
  sendProblem,
  serveWeb,
  type TrustedProxies,
} from './http.ts';
import { createMetrics, type Metrics } from './metrics.ts';
import { buildOpenApi, UPKEEP_PATHS } from './openapi.ts';
import { type Credentials, findToken, findViewerUnit } from './people/callers.ts';
import { createLimits, type Requester } from './people/limits.ts';
import { getUnit, serveRoutes } from './routes.ts';
import type { Site } from './site.ts';
import { isLogEmpty } from './store/event-store.ts';
import type { ReadingStore } from './store/store.ts';
import { readDueSubjects } from './store/subject-store.ts';
import { openStream } from './stream/stream.ts';
import type { Change } from './writer/order.ts';
import type { Writer } from './writer/writer.ts';

/** What an app is made of. `demoUnit`: the code whose board visitors are let in to, null for a real office. */
export type AppOptions = {
  store: ReadingStore;
  writer: Writer;
  site: Site;
  build: string;
  version: string;
  demoUnit: string | null;
  webFolder: string;
  trustProxy: TrustedProxies;
  clock: () => number;
  log: Logger;
};

export type App = {
  http: Server;
  /** Tells whoever watches what a commit changed: what the writer publishes goes here. */
  publish: (change: Change) => void;
  /** Folds the log anew if the site's zone, calendar or norms changed since; nothing is answered before it has ended. */
  prepare: () => Promise<void>;
  /** The clock's own work: what became due; gives how many subjects moved. AppError `staleFold` ends the app. */
  tick: () => Promise<number>;
  /** Sends merged frames and heartbeats; call it every 100 ms or so. */
  pulse: () => Promise<void>;
  close: () => Promise<void>;
};

function secure(app: Express): void {
  const directives = {
    'default-src': ["'self'"],
    'img-src': ["'self'", 'data:', 'blob:'],
    'style-src': ["'self'", "'unsafe-inline'"],
    'connect-src': ["'self'", 'ws:', 'wss:'],
    'upgrade-insecure-requests': null,
  };
  app.use(helmet({ contentSecurityPolicy: { directives }, strictTransportSecurity: false }));
  app.use(compression());
}

/** For how long one check of the writer is good: a write transaction is not for everybody to ask for. */
const CHECK_MS = 1000;

/** Passes when a write transaction succeeds; asked often, it is tried once a second. */
function createCheck(writer: Writer, clock: () => number): () => Promise<void> {
  let last: Promise<void> | null = null;
  let until = 0;
  return () => {
    const now = clock();
    if (!last || now >= until || now < until - CHECK_MS) {
      last = writer.check();
      until = now + CHECK_MS;
    }
    return last;
  };
}

function serveHealth(
  app: Express,
  options: AppOptions,
  parts: { checkReady: () => void; metrics: Metrics },
): void {
  const { writer, version, log } = options;
  const isWritable = createCheck(writer, options.clock);
  app.get('/healthz', (_request, response) => {
    response.json({ status: 'ok' });
  });
  app.get('/readyz', async (_request, response) => {
    try {
      parts.checkReady();
      await isWritable();
      const { seq } = await options.store.readClock();
      response.json({ status: 'ready', seq });
    } catch (error) {
      const isKnown = error instanceof AppError;
      if (!isKnown) log.error({ err: error }, 'store does not answer');
      const words = isKnown ? error.message : 'The store does not answer.';
      sendProblem(response, new AppError('notReady', words));
    }
  });
  app.get('/metrics', async (_request, response) => {
    response.type(parts.metrics.contentType).send(await parts.metrics.render());
  });
  const document = buildOpenApi(version);
  app.get('/api/openapi.json', (_request, response) => {
    response.json(document);
  });
  for (const path of UPKEEP_PATHS) closePath(app, path, ['get']);
}

type Access = {
  openView: (root: number) => Promise<View>;
  identify: (credentials: Credentials) => Promise<number>;
};

function createAccess({ store, site, clock, demoUnit: code }: AppOptions, trees: TreeCache): Access {
  const look = async () => {
    const known = await store.readClock();
    return { known, tree: await trees.load(store.reader, known.unitSeq) };
  };
  return {
    async openView(root) {
      const now = clock();
      const { known, tree } = await look();
      return createView({ reader: store.reader, site, tree, clock: known, root, now });
    },
    async identify(credentials) {
      const { tree } = await look();
      const demoUnit = code === null ? null : (tree.findAsOf(code, dayOf(clock(), site.zone))?.id ?? null);
      return findViewerUnit(store.reader, credentials, { demoUnit, now: clock() });
    },
  };
}

async function refoldIfStale({ store, writer, site, clock, log }: AppOptions): Promise<void> {
  const { foldKey } = await store.readClock();
  if (foldKey === site.foldKey) return;
  if (!(await isLogEmpty(store.reader)))
    log.info('folding the log anew: the calendar, zone or norms changed');
  await writer.run({ name: 'rebuild', caller: { kind: 'clock' }, input: null, now: clock() });
}

/** The clock's own work, while anything is due or a day is new. */
function createTick({ store, writer, site, clock }: AppOptions): () => Promise<number> {
  return async () => {
    let total = 0;
    for (let moved = DUE_AT_ONCE; moved === DUE_AT_ONCE; ) {
      const now = clock();
      const { foldKey, tickedTo } = await store.readClock();
      if (foldKey !== site.foldKey)
        throw new AppError('staleFold', 'The store has been folded by another calendar, zone or norms.');
      const isNewDay = dayOf(tickedTo, site.zone) !== dayOf(now, site.zone);
      if (!isNewDay && (await readDueSubjects(store.reader, now, 1)).length === 0) break;
      moved = await writer.run({ name: 'tick', caller: { kind: 'clock' }, input: null, now });
      total += moved;
    }
    return total;
  };
}

/** Nothing but health is answered before the app is prepared. */
function createGate(): { open: () => void; check: () => void } {
  let isOpen = false;
  return {
    open: () => {
      isOpen = true;
    },
    check: () => {
      if (!isOpen) throw new AppError('notReady', 'The server is being prepared: the log is folded anew.');
    },
  };
}

/** How callers come in, over either door: counted by address until they are known, then by their token. */
function createEntry(app: Express, { site, clock }: AppOptions) {
  const limits = createLimits({ perSecond: site.requestsPerSecond, clock });
  const requesterOf = (request: IncomingMessage, token?: string): Requester => {
    const { authorization, cookie } = request.headers;
    return { address: addressOf(app, request), token: findToken({ authorization, cookie, token }) };
  };
  return {
    /** A connection that says nothing yet of who it is. */
    knock: (request: IncomingMessage) => limits.enter({ ...requesterOf(request), token: undefined }),
    enter: (request: IncomingMessage, token?: string) => limits.enter(requesterOf(request, token)),
    identify: <T>(request: IncomingMessage, check: () => Promise<T>, token?: string) =>
      limits.identify(requesterOf(request, token), check),
  };
}

/** Builds an app; it listens when its `http` is told to. */
export function createApp(options: AppOptions): App {
  const { store, writer, site, build, clock, log } = options;
  const app = createExpress(options.trustProxy);
  const http = createServer(DOOR_TIMES, app);
  const gate = createGate();
  const trees = createTreeCache();
  const metrics = createMetrics(() => stream.viewers());
  const { openView, identify } = createAccess(options, trees);
  const entry = createEntry(app, options);
  const admit = async (credentials: Credentials) => {
    gate.check();
    return identify(credentials);
  };
  secure(app);
  serveHealth(app, options, { checkReady: gate.check, metrics });
  app.use('/api', (request, _response, next) => {
    gate.check();
    entry.enter(request);
    next();
  });
  serveRoutes(app, {
    ...{ store, site, build, clock, trees, isDemo: options.demoUnit !== null },
    run: metrics.measure(writer.run),
    identify: entry.identify,
    openView: async ({ headers: { authorization, cookie } }) =>
      openView(await admit({ authorization, cookie })),
  });
  serveWeb(app, options.webFolder);
  app.use(
    problemHandler((error, { method, path }) => log.error({ err: error, method, path }, 'request failed')),
  );
  const onTrouble = (error: unknown) => log.error({ err: error }, 'live link failed');
  const tick = createTick(options);
  const stream = openStream({
    ...{ http, build, clock, identify: admit, openView, getUnit, onTrouble, knock: entry.knock },
    async admit(request, credentials) {
      entry.enter(request, credentials.token);
      return entry.identify(request, () => admit(credentials), credentials.token);
    },
  });
  return {
    http,
    publish: stream.publish,
    async prepare() {
      await refoldIfStale(options);
      await tick();
      gate.open();
    },
    tick,
    pulse: () => stream.pulse(clock()),
    async close() {
      await stream.close();
      await writer.close();
      await store.close();
    },
  };
}
