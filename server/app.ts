/** Wiring, no logic: a store and a site become an HTTP server with a live link. */
import { createServer, type Server } from 'node:http';
import compression from 'compression';
import type { Express } from 'express';
import helmet from 'helmet';
import type { Logger } from 'pino';
import { dayOf } from '../shared/period.ts';
import { DUE_AT_ONCE } from './acts/tick.ts';
import { createTreeCache, type TreeCache } from './acts/work.ts';
import { createEntry } from './entry.ts';
import { AppError } from './errors.ts';
import { createView, type View } from './figures/sums.ts';
import {
  closePath,
  createExpress,
  DOOR_TIMES,
  problemHandler,
  sendProblem,
  serveWeb,
  type TrustedProxies,
} from './http.ts';
import { createJudging } from './judging.ts';
import { createMetrics, type Metrics } from './metrics.ts';
import { readDueByUnit } from './notify/due.ts';
import { createNotifier, type Notifier, type NotifierParts } from './notify/notify.ts';
import { createSend } from './notify/send.ts';
import { buildOpenApi, UPKEEP_PATHS } from './openapi.ts';
import type { ViewerCaller } from './people/caller.ts';
import { createPasswords } from './people/passwords.ts';
import { openReach } from './people/scope.ts';
import { serveRoutes } from './routes.ts';
import type { Site } from './site.ts';
import { readIdleAccounts } from './store/account-store.ts';
import { countWaitingNotes } from './store/channel-store.ts';
import { isLogEmpty } from './store/event-store.ts';
import type { Reader, ReadingStore } from './store/store.ts';
import { readDueSubjects } from './store/subject-store.ts';
import { namePosition, type StreamParts, type Viewer } from './stream/state.ts';
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
  /** 0 to 1: by how much a message that did not arrive waits longer, so that many do not come back at once. */
  jitter?: () => number;
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
  /** One judgement of what changed or is due, where there is anything to judge; whether there is more. */
  judge: () => Promise<boolean>;
  /** Sends merged frames and heartbeats; call it every 100 ms or so. */
  pulse: () => Promise<void>;
  /** Begins to send what channels are due to tell; call it every half second or so. */
  notify: () => Promise<number>;
  /** Waits until no channel is sending. */
  notified: () => Promise<void>;
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

/** From a caller to what it sees, over HTTP and the live link alike. */
type Access = Pick<StreamParts, 'look' | 'openView' | 'openRoom'> & {
  /** What whoever looks after a unit is told of it. */
  openUnit: (unit: number) => Promise<View>;
  /** Whoever is found, with what it may see and the position of the store as of which that holds. */
  meet: (find: () => Promise<ViewerCaller>) => Promise<Viewer>;
};

const listUnits = ({ grants }: ViewerCaller) => grants.map(({ unit }) => unit);

function createAccess({ store, site, clock }: AppOptions, trees: TreeCache): Access {
  const look = async () => {
    const known = await store.readClock();
    const tree = await trees.load(store.reader, known.unitSeq);
    return { clock: known, tree, today: dayOf(clock(), site.zone) };
  };
  const open = async (units: readonly number[]) => {
    const now = clock();
    return createView({ ...(await look()), reader: store.reader, site, units, now });
  };
  return {
    look,
    openView: (caller) => open(listUnits(caller)),
    openRoom: (unit) => open([unit]),
    openUnit: (unit) => open([unit]),
    async meet(find) {
      // Looked at first: what changes while somebody is looked up is noticed afterwards.
      const position = await look();
      const caller = await find();
      const reach = openReach(position.tree, listUnits(caller), position.today);
      return { caller, reach, asOf: namePosition(position) };
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

async function isAnythingDue(reader: Reader, now: number): Promise<boolean> {
  if ((await readDueSubjects(reader, now, 1)).length > 0) return true;
  return (await readIdleAccounts(reader, now, 1)).length > 0;
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
      if (!isNewDay && !(await isAnythingDue(store.reader, now))) break;
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

function openNotifier(
  { store, site, clock, log, jitter = () => 0.5 }: AppOptions,
  parts: Pick<NotifierParts, 'run' | 'openView' | 'onResult'>,
): Notifier {
  const send = createSend(site, { clock });
  return createNotifier({ ...parts, store, site, clock, log, send, jitter, readDue: readDueByUnit });
}

function serveProblems(app: Express, log: Logger): void {
  app.use(
    problemHandler((error, { method, path }) => log.error({ err: error, method, path }, 'request failed')),
  );
}

/** Builds an app; it listens when its `http` is told to. */
export function createApp(options: AppOptions): App {
  const { store, writer, site, build, clock, log } = options;
  const app = createExpress(options.trustProxy);
  const http = createServer(DOOR_TIMES, app);
  const gate = createGate();
  const trees = createTreeCache();
  const metrics = createMetrics(
    () => stream.viewers(),
    () => countWaitingNotes(store.reader),
  );
  const { meet, openUnit, ...access } = createAccess(options, trees);
  const run = metrics.measure(writer.run);
  const notifier = openNotifier(options, { run, openView: openUnit, onResult: metrics.countMessage });
  const standing = access.look;
  const entry = createEntry(app, { ...options, run, standing, checkReady: gate.check });
  secure(app);
  serveHealth(app, options, { checkReady: gate.check, metrics });
  app.use('/api', entry.receive);
  serveRoutes(app, {
    ...{ store, site, build, clock, run, standing, isDemo: options.demoUnit !== null },
    ...entry,
    passwords: createPasswords({ length: site.people.passwordLength }),
    openView: access.openView,
    openUnit,
    sendTrial: notifier.sendTrial,
  });
  serveWeb(app, options.webFolder);
  serveProblems(app, log);
  const onTrouble = (error: unknown) => log.error({ err: error }, 'live link failed');
  const tick = createTick(options);
  const stream = openStream({
    ...{ http, build, clock, ...access, onTrouble, knock: entry.knock },
    identify: (request, credentials) => meet(() => entry.find(request, credentials)),
    admit: (request, credentials) => meet(() => entry.admitLink(request, credentials)),
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
    judge: createJudging({ store, run, site, clock, onJudged: metrics.noteJudgement }),
    pulse: () => stream.pulse(clock()),
    notify: () => notifier.pulse(clock()),
    notified: notifier.settled,
    async close() {
      await stream.close();
      await notifier.settled();
      await writer.close();
      await store.close();
    },
  };
}
