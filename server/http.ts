/**
 * HTTP once: checks what enters, finds who asks, answers, and maps every error to RFC 9457 problem+json.
 * Law: what enters is a strict object; a stranger of an error becomes `internal`, is logged whole and tells nothing.
 */
import type { IncomingMessage } from 'node:http';
import express, {
  type ErrorRequestHandler,
  type Express,
  type Request,
  type RequestHandler,
  type Response,
} from 'express';
import { ipKeyGenerator } from 'express-rate-limit';
import type { z } from 'zod';
import type { Problem } from '../shared/problem.ts';
import type { Route } from '../shared/route.ts';
import { AppError, type ErrorCode, LISTED_ERRORS } from './errors.ts';
import { checkTexts, parseInput } from './input.ts';
import { isGzipped } from './read-body.ts';
import { explainOutage } from './store/store.ts';

const STATUS: Record<ErrorCode, [status: number, title: string]> = {
  badInput: [400, 'Bad request'],
  unauthorised: [401, 'Who are you?'],
  locked: [401, 'Locked'],
  forbidden: [403, 'Outside your scope'],
  notFound: [404, 'Not found'],
  badMethod: [405, 'Not a method of this address'],
  conflict: [409, 'Conflict'],
  tooLarge: [413, 'Too large'],
  unsupported: [415, 'Not a form we read'],
  unprocessable: [422, 'Cannot be taken'],
  tooMany: [429, 'Too many requests'],
  notReady: [503, 'Not ready'],
  staleFold: [503, 'Not ready'],
  internal: [500, 'Internal error'],
};

/** An error as the outside sees it. */
export function toProblem(thrown: unknown): Problem {
  const error = explainOutage(thrown);
  const known =
    error instanceof AppError ? error : new AppError('internal', 'Something went wrong; it has been logged.');
  const [status, title] = STATUS[known.code];
  const errors = known.errors.slice(0, LISTED_ERRORS);
  const more = known.errors.length - errors.length + known.unlisted;
  return {
    type: `urn:ioc:problem:${known.code}`,
    title,
    status,
    detail: more > 0 ? `${known.message} ${more} more errors are not listed.` : known.message,
    ...known.says,
    ...(known.says.code !== undefined && more > 0 ? { unlisted: more } : {}),
    ...(errors.length > 0 ? { errors: [...errors] } : {}),
  };
}

/** Body-parser's own errors, in our words. */
function translate(error: unknown): unknown {
  const type = typeof error === 'object' && error !== null && 'type' in error ? error.type : undefined;
  if (type === 'entity.too.large') return new AppError('tooLarge', 'The body is too large.');
  if (type === 'entity.parse.failed') return new AppError('badInput', 'The body is not valid JSON.');
  if (type === 'encoding.unsupported' || type === 'charset.unsupported')
    return new AppError('unsupported', 'Use UTF-8, plain or gzip.');
  const status = typeof error === 'object' && error !== null && 'status' in error ? error.status : undefined;
  if (status === 400) return new AppError('badInput', 'The request could not be read.');
  return error;
}

/** In how many seconds one may come again: a second, where nobody knows better. */
export function retryAfter(error: unknown): string {
  const waitMs = error instanceof AppError ? error.retryAfterMs : undefined;
  return String(Math.max(1, Math.ceil((waitMs ?? 0) / 1000)));
}

/** Answers with an error as a problem; `Retry-After` with those that pass. */
export function sendProblem(response: Response, error: unknown): void {
  const problem = toProblem(error);
  if (problem.status === 429 || problem.status === 503) response.setHeader('Retry-After', retryAfter(error));
  if (problem.status === 401) response.setHeader('WWW-Authenticate', 'Bearer');
  response.status(problem.status).type('application/problem+json').send(JSON.stringify(problem));
}

/** The last handler: every error becomes a problem; those nobody foresaw are handed to `onStranger`. */
export function problemHandler(onStranger: (error: unknown, request: Request) => void): ErrorRequestHandler {
  return (thrown, request, response, next) => {
    const error = explainOutage(translate(thrown));
    if (!(error instanceof AppError) || error.cause !== undefined) onStranger(error, request);
    if (response.headersSent) next(error);
    else sendProblem(response, error);
  };
}

/** What a handler is given: the checked query, the path's parameters, the checked or raw body. */
export type Call<R extends Route> = {
  query: z.output<R['query']>;
  params: Record<string, string>;
  request: Request;
  response: Response;
};

/** An Express application, what it hands on, and what is asked of and answered by it, for rooms that do not know Express. */
export type Application = Express;
export type Middleware = RequestHandler;
export type { Request, Response };

/** What a handler gives that has answered by itself. */
export const SENT = Symbol('sent');
export type Sent = typeof SENT;

/** Serves one route: parses its strict query, then answers with what the handler gives. */
export function serveRoute<R extends Route>(
  app: Express,
  route: R,
  handle: (call: Call<R>) => Promise<z.input<R['answer']> | Sent>,
  before: RequestHandler[] = [],
): void {
  app[route.method](route.path, ...before, async (request, response) => {
    checkTexts({ ...request.params, ...request.query });
    const query = parseInput(route.query, request.query, 'badInput') as z.output<R['query']>;
    const answer = await handle({
      query,
      params: request.params as Record<string, string>,
      request,
      response,
    });
    if (answer === SENT) return;
    response.setHeader('Cache-Control', 'no-store');
    response.json(answer);
  });
}

/**
 * How long a request may take to come in, ms: its head, and all of it; one that does not is ended. A connection between two
 * requests stays longer than proxies keep theirs, so that none sends into one that is just being closed.
 */
export const DOOR_TIMES = {
  headersTimeout: 15_000,
  requestTimeout: 60_000,
  keepAliveTimeout: 75_000,
  connectionsCheckingInterval: 1000,
};

/** Whose word on a caller's address and scheme is taken: so many proxies, or those at addresses and subnets. */
export type TrustedProxies = number | readonly string[];

/** An Express application that gives nothing away. Throws TypeError for a proxy that is no address. */
export function createExpress(trusted: TrustedProxies): Express {
  const app = express();
  app.set('trust proxy', trusted);
  app.disable('x-powered-by');
  app.set('query parser', 'simple');
  return app;
}

/** Where a request comes from, past the proxies that are trusted; of IPv6 the network, which is one caller's. */
export function addressOf(app: Express, { headers, socket }: IncomingMessage): string {
  const request = Object.assign(Object.create(app.request) as Request, {
    headers,
    socket,
    connection: socket,
  });
  return ipKeyGenerator(request.ip ?? '');
}

/** Refuses every other method at a path all of whose methods are served by now. */
export function closePath(app: Express, path: string | RegExp, methods: readonly string[]): void {
  const open = methods.flatMap((method) => (method === 'get' ? ['GET', 'HEAD'] : [method.toUpperCase()]));
  app.all(path, (request, response, next) => {
    if (open.includes(request.method)) return next();
    response.setHeader('Allow', open.join(', '));
    next(new AppError('badMethod', `At this address there is ${open.join(', ')}.`));
  });
}

/** Reads a short JSON body into `request.body`; AppError `unsupported` for one of another type. */
export function shortBody(limit: number): RequestHandler {
  const read = express.json({ limit, strict: true, type: 'application/json' });
  return (request, response, next) => {
    isGzipped(request);
    if (request.is('application/json') === false) throw new AppError('unsupported', 'Send application/json.');
    read(request, response, next);
  };
}

/** Where the page is: at every path that belongs to nothing else. */
const PAGES = /^\/(?!api\/|socket\.io\/|assets\/).*/;

/** Files of the built web: hashed names for ever, the page itself never kept; any other path is the page. */
export function serveWeb(app: Express, folder: string): void {
  app.use(
    express.static(folder, {
      index: 'index.html',
      setHeaders: (response, path) => {
        const isHashed = /[\\/]assets[\\/]/.test(path);
        response.setHeader('Cache-Control', isHashed ? 'public, max-age=31536000, immutable' : 'no-cache');
      },
    }),
  );
  app.get(PAGES, (request, response, next) => {
    if (!request.accepts('html')) return next();
    response.setHeader('Cache-Control', 'no-cache');
    response.sendFile('index.html', { root: folder }, (error) => {
      if (error) next(new AppError('notFound', 'The web is not built: run `npm run build`.'));
    });
  });
  closePath(app, PAGES, ['get']);
  app.use((_request, _response, next) => next(new AppError('notFound', 'There is nothing at this address.')));
}
