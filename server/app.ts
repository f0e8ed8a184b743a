/** Wiring, no logic: a store and a site become an HTTP server with a live link. */
import { createServer, type Server } from 'node:http';
import compression from 'compression';
import type { Express, Request } from 'express';
import { rateLimit } from 'express-rate-limit';
import helmet from 'helmet';
import type { Logger } from 'pino';
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import { AppError } from './errors.ts';
import { createView, type View } from './figures/sums.ts';
import { createExpress, problemHandler, sendProblem, serveWeb, toProblem } from './http.ts';
import { buildOpenApi } from './openapi.ts';
import { findViewerUnit } from './people/callers.ts';
import { createPipeline, type Pipeline } from './pipeline/pipeline.ts';
import { rebuild } from './pipeline/rebuild.ts';
import { readRecentSteps } from './pipeline/recent.ts';
import { getUnit, serveRoutes } from './routes.ts';
import type { Site } from './site.ts';
import { isLogEmpty } from './store/log-store.ts';
import type { Store } from './store/store.ts';
import { openStream, type Stream } from './stream.ts';

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

function createMetrics(viewers: () => number) {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const events = new Counter({
    name: 'ioc_events_total',
    help: 'Events taken, by outcome',
    labelNames: ['outcome'],
    registers: [registry],
  });
  const ingest = new Histogram({
    name: 'ioc_ingest_seconds',
    help: 'Time of a batch from the door to its commit',
    registers: [registry],
  });
  new Gauge({
    name: 'ioc_viewers',
    help: 'Connected viewers',
    registers: [registry],
    collect() {
      this.set(viewers());
    },
  });
  return { registry, events, ingest };
}

function secure(app: Express): void {
  app.use(
    helmet({
      contentSecurityPolicy: {
        directives: {
          'default-src': ["'self'"],
          'img-src': ["'self'", 'data:', 'blob:'],
          'style-src': ["'self'", "'unsafe-inline'"],
          'connect-src': ["'self'", 'ws:', 'wss:'],
          'upgrade-insecure-requests': null,
        },
      },
      strictTransportSecurity: false,
    }),
  );
  app.use(compression());
}

function serveHealth(
  app: Express,
  { store, version, log }: AppOptions,
  isReady: () => boolean,
  registry: Registry,
): void {
  app.get('/healthz', (_request, response) => {
    response.json({ status: 'ok' });
  });
  app.get('/readyz', async (_request, response) => {
    try {
      const { seq } = await store.readClock();
      if (!isReady()) throw new AppError('notReady', 'The log is being folded.');
      response.json({ status: 'ready', seq });
    } catch (error) {
      if (!(error instanceof AppError)) log.error({ error }, 'store does not answer');
      sendProblem(response, toProblem(new AppError('notReady', 'Not ready yet.')));
    }
  });
  app.get('/metrics', async (_request, response) => {
    response.type(registry.contentType).send(await registry.metrics());
  });
  const document = buildOpenApi(version);
  app.get('/api/openapi.json', (_request, response) => {
    response.json(document);
  });
}

function limitRequests(site: Site) {
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

/** Builds an app; it listens when its `http` is told to. */
export function createApp(options: AppOptions): App {
  const { store, site, build, clock, log } = options;
  let stream: Stream | undefined;
  const metrics = createMetrics(() => stream?.viewers() ?? 0);
  const pipeline = createPipeline({ store, site, publish: (change) => stream?.publish(change) });

  const openView = async (root: number): Promise<View> => {
    const now = clock();
    const known = await store.readClock();
    const tree = await pipeline.trees.load(store.reader, known.unitSeq);
    return createView({ reader: store.reader, site, tree, clock: known, root, now });
  };
  const identify = async (credentials: Parameters<typeof findViewerUnit>[1]): Promise<number> => {
    const known = await store.readClock();
    const tree = await pipeline.trees.load(store.reader, known.unitSeq);
    const demoUnit = options.demoUnit === null ? null : (tree.findNewest(options.demoUnit)?.id ?? null);
    return findViewerUnit(store.reader, credentials, { demoUnit, now: clock() });
  };

  let ready = false;
  const app = createExpress();
  secure(app);
  serveHealth(app, options, () => ready, metrics.registry);
  const ingest: Pipeline['ingest'] = async (events, speaker, now) => {
    const stop = metrics.ingest.startTimer();
    const receipt = await pipeline.ingest(events, speaker, now);
    stop();
    metrics.events.inc({ outcome: 'accepted' }, receipt.accepted);
    metrics.events.inc({ outcome: 'duplicate' }, receipt.duplicates);
    return receipt;
  };
  serveRoutes(app, {
    store,
    site,
    pipeline: { ...pipeline, ingest },
    build,
    clock,
    isDemo: options.demoUnit !== null,
    openView: async ({ headers }: Request) =>
      openView(await identify({ authorization: headers.authorization, cookie: headers.cookie })),
    limitRate: [limitRequests(site)],
  });
  serveWeb(app, options.webFolder);
  app.use(
    problemHandler((error, request) =>
      log.error({ error, method: request.method, path: request.path }, 'request failed'),
    ),
  );

  const http = createServer(app);
  stream = openStream({
    http,
    build,
    identify,
    openView,
    getUnit,
    recentSteps: () => readRecentSteps({ store, site, trees: pipeline.trees }, 200),
    onTrouble: (error) => log.error({ error }, 'live link failed'),
  });

  return {
    http,
    pipeline,
    async prepare() {
      const { foldKey } = await store.readClock();
      if (foldKey !== site.foldKey) {
        if (!(await isLogEmpty(store.reader)))
          log.info('folding the log anew: the calendar, zone or norms changed');
        await rebuild({ store, site, now: clock(), onProgress: () => undefined });
      }
      ready = true;
    },
    tick: () => pipeline.tick(clock()),
    pulse: () => stream.pulse(clock()),
    async close() {
      await stream.close();
      await store.close();
    },
  };
}
