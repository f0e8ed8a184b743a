/** Wiring, no logic: a store and a site become an HTTP server with a live link. */

import { createServer, type Server } from 'node:http';
import compression from 'compression';
import type { Express } from 'express';
import { type RateLimitRequestHandler, rateLimit } from 'express-rate-limit';
import helmet from 'helmet';
import type { Logger } from 'pino';
import { dayOf } from '../shared/period.ts';
import { AppError } from './errors.ts';
import { createView, type View } from './figures/sums.ts';
import { createExpress, problemHandler, sendProblem, serveWeb, toProblem } from './http.ts';
import { createMetrics, type Metrics } from './metrics.ts';
import { buildOpenApi } from './openapi.ts';
import { type Credentials, findViewerUnit } from './people/callers.ts';
import { createPipeline, type Pipeline } from './pipeline/pipeline.ts';
import { rebuild } from './pipeline/rebuild.ts';
import { readRecentSteps } from './pipeline/recent.ts';
import { getUnit, serveRoutes } from './routes.ts';
import type { Site } from './site.ts';
import { isLogEmpty } from './store/log-store.ts';
import type { Store } from './store/store.ts';
import { openStream, type Stream } from './stream/stream.ts';

/** What an app is made of. `demoUnit`: the code whose board visitors are let in to, null for a real office. */
export type AppOptions = {
  store: Store;
  site: Site;
  build: string;
  version: string;
  demoUnit: string | null;
  webFolder: string;
  clock: () => number;
  log: Logger;
};

export type App = {
  http: Server;
  pipeline: Pipeline;
  /** Folds the log anew if the site's zone, calendar or norms changed since; once, before the first tick. */
  prepare: () => Promise<void>;
  /** The clock's own work: what became due. */
  tick: () => Promise<number>;
  /** Sends merged frames and heartbeats; call it every 100 ms or so. */
  pulse: () => Promise<void>;
  close: () => Promise<void>;
};

/** Steps of the log that a live strip starts with after a restart. */
const FIRST_STEPS = 200;

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

function serveHealth(
  app: Express,
  options: AppOptions,
  parts: { isReady: () => boolean; metrics: Metrics },
): void {
  const { store, version, log } = options;
  app.get('/healthz', (_request, response) => {
    response.json({ status: 'ok' });
  });
  app.get('/readyz', async (_request, response) => {
    try {
      const { seq } = await store.readClock();
      if (!parts.isReady()) throw new AppError('notReady', 'The log is being folded.');
      response.json({ status: 'ready', seq });
    } catch (error) {
      if (!(error instanceof AppError)) log.error({ err: error }, 'store does not answer');
      sendProblem(response, toProblem(new AppError('notReady', 'Not ready yet.')));
    }
  });
  app.get('/metrics', async (_request, response) => {
    response.type(parts.metrics.contentType).send(await parts.metrics.render());
  });
  const document = buildOpenApi(version);
  app.get('/api/openapi.json', (_request, response) => {
    response.json(document);
  });
}

function limitRequests(site: Site): RateLimitRequestHandler {
  const seconds = 10;
  return rateLimit({
    windowMs: seconds * 1000,
    limit: site.requestsPerSecond * seconds,
    standardHeaders: 'draft-8',
    legacyHeaders: false,
    validate: false,
    keyGenerator: (request) => request.headers.authorization ?? request.ip ?? '',
    handler: (_request, response) =>
      sendProblem(response, toProblem(new AppError('tooMany', 'Too many requests; wait a moment.'))),
  });
}

type Access = {
  openView: (root: number) => Promise<View>;
  identify: (credentials: Credentials) => Promise<number>;
};

function createAccess({ store, site, clock, demoUnit: code }: AppOptions, pipeline: Pipeline): Access {
  const look = async () => {
    const known = await store.readClock();
    return { known, tree: await pipeline.trees.load(store.reader, known.unitSeq) };
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

async function refoldIfStale({ store, site, clock, log }: AppOptions): Promise<void> {
  const { foldKey } = await store.readClock();
  if (foldKey === site.foldKey) return;
  if (!(await isLogEmpty(store.reader)))
    log.info('folding the log anew: the calendar, zone or norms changed');
  await rebuild({ store, site, now: clock(), onProgress: () => undefined });
}

/** Builds an app; it listens when its `http` is told to. */
export function createApp(options: AppOptions): App {
  const { store, site, build, clock, log } = options;
  const app = createExpress();
  const http = createServer(app);
  let stream: Stream | undefined;
  let ready = false;
  const metrics = createMetrics(() => stream?.viewers() ?? 0);
  const pipeline = createPipeline({ store, site, publish: (change) => stream?.publish(change) });
  const { openView, identify } = createAccess(options, pipeline);
  secure(app);
  serveHealth(app, options, { isReady: () => ready, metrics });
  app.use('/api', limitRequests(site));
  serveRoutes(app, {
    ...{ store, site, build, clock, isDemo: options.demoUnit !== null },
    pipeline: { ...pipeline, ingest: metrics.measure(pipeline.ingest) },
    openView: async ({ headers: { authorization, cookie } }) =>
      openView(await identify({ authorization, cookie })),
  });
  serveWeb(app, options.webFolder);
  app.use(
    problemHandler((error, { method, path }) => log.error({ err: error, method, path }, 'request failed')),
  );
  const recentSteps = () => readRecentSteps({ store, site, trees: pipeline.trees }, FIRST_STEPS);
  const onTrouble = (error: unknown) => log.error({ err: error }, 'live link failed');
  stream = openStream({ http, build, identify, openView, getUnit, recentSteps, onTrouble });
  const opened = stream;
  return {
    http,
    pipeline,
    async prepare() {
      await refoldIfStale(options);
      ready = true;
    },
    tick: () => pipeline.tick(clock()),
    pulse: () => opened.pulse(clock()),
    async close() {
      await opened.close();
      await store.close();
    },
  };
}
