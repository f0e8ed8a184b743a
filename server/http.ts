/**
 * HTTP once: checks what enters, finds who asks, answers, and maps every error to RFC 9457 problem+json.
 * Law: what enters is a strict object; a stranger of an error becomes `internal`, is logged whole and tells nothing.
 */
import express, {
  type ErrorRequestHandler,
  type Express,
  type Request,
  type RequestHandler,
  type Response,
} from 'express';
import type { z } from 'zod';
import type { Problem } from '../shared/answers.ts';
import type { Route } from '../shared/wire.ts';
import { AppError, type ErrorCode, type InputError } from './errors.ts';

const STATUS: Record<ErrorCode, [status: number, title: string]> = {
  badInput: [400, 'Bad request'],
  unauthorised: [401, 'Who are you?'],
  forbidden: [403, 'Outside your scope'],
  notFound: [404, 'Not found'],
  conflict: [409, 'Conflict'],
  tooLarge: [413, 'Too large'],
  unsupported: [415, 'Not a form we read'],
  unprocessable: [422, 'Cannot be taken'],
  tooMany: [429, 'Too many requests'],
  notReady: [503, 'Not ready'],
  staleFold: [503, 'Not ready'],
  internal: [500, 'Internal error'],
};

/** The most input errors one answer lists. */
const LISTED_ERRORS = 100;

/** An error as the outside sees it. */
export function toProblem(error: unknown): Problem {
  const known =
    error instanceof AppError ? error : new AppError('internal', 'Something went wrong; it has been logged.');
  const [status, title] = STATUS[known.code];
  const errors = known.errors.slice(0, LISTED_ERRORS);
  return {
    type: `urn:ioc:problem:${known.code}`,
    title,
    status,
    detail: known.message,
    ...(errors.length > 0 ? { errors: [...errors] } : {}),
  };
}

function listIssue(issue: z.core.$ZodIssue, isBatch: boolean): InputError[] {
  const [first, ...rest] = issue.path;
  const index = isBatch && typeof first === 'number' ? { index: first } : {};
  const path = 'index' in index ? rest : issue.path;
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({
      ...index,
      field: [...path, key].join('.'),
      reason: 'is not a field of this kind',
    }));
  }
  if (issue.code === 'invalid_union') {
    return [{ ...index, field: path.join('.') || 'kind', reason: 'is not one of the kinds of event' }];
  }
  return [{ ...index, field: path.join('.'), reason: issue.message }];
}

/** Reads an input by its schema; AppError names every wrong field. `isBatch`: the schema is a list of events. */
export function parseInput<T extends z.ZodType>(
  schema: T,
  input: unknown,
  { code, isBatch = false }: { code: 'badInput' | 'unprocessable'; isBatch?: boolean },
): z.output<T> {
  const result = schema.safeParse(input);
  if (result.success) return result.data;
  const errors = result.error.issues.flatMap((issue) => listIssue(issue, isBatch));
  const detail = isBatch ? 'Some events cannot be taken; none was.' : 'The request is not as documented.';
  throw new AppError(code, detail, errors);
}

/** Body-parser's own errors, in our words. */
function translate(error: unknown): unknown {
  const type = typeof error === 'object' && error !== null && 'type' in error ? error.type : undefined;
  if (type === 'entity.too.large') return new AppError('tooLarge', 'A batch may have 8 MiB unpacked.');
  if (type === 'entity.parse.failed') return new AppError('badInput', 'The body is not valid JSON.');
  if (type === 'encoding.unsupported' || type === 'charset.unsupported')
    return new AppError('unsupported', 'Use UTF-8, plain or gzip.');
  const status = typeof error === 'object' && error !== null && 'status' in error ? error.status : undefined;
  if (status === 400) return new AppError('badInput', 'The request could not be read.');
  return error;
}

/** Sends a problem; `Retry-After` with those that pass: a second, where nobody knew better before. */
export function sendProblem(response: Response, problem: Problem): void {
  const passes = problem.status === 429 || problem.status === 503;
  if (passes && !response.hasHeader('Retry-After')) response.setHeader('Retry-After', '1');
  if (problem.status === 401) response.setHeader('WWW-Authenticate', 'Bearer');
  response.status(problem.status).type('application/problem+json').send(JSON.stringify(problem));
}

/** The last handler: every error becomes a problem; those nobody foresaw are handed to `onStranger`. */
export function problemHandler(onStranger: (error: unknown, request: Request) => void): ErrorRequestHandler {
  return (thrown, request, response, next) => {
    const error = translate(thrown);
    if (!(error instanceof AppError) || error.cause !== undefined) onStranger(error, request);
    if (response.headersSent) next(error);
    else sendProblem(response, toProblem(error));
  };
}

/** What a handler is given: the checked query, the path's parameters, the checked or raw body. */
export type Call<R extends Route> = {
  query: z.output<R['query']>;
  params: Record<string, string>;
  request: Request;
  response: Response;
};

/** Serves one route: parses its strict query, then answers with what the handler gives. */
export function serveRoute<R extends Route>(
  app: Express,
  route: R,
  handle: (call: Call<R>) => Promise<z.input<R['answer']>>,
  before: RequestHandler[] = [],
): void {
  app[route.method](route.path, ...before, async (request, response) => {
    const query = parseInput(route.query, request.query, { code: 'badInput' }) as z.output<R['query']>;
    const answer = await handle({
      query,
      params: request.params as Record<string, string>,
      request,
      response,
    });
    response.setHeader('Cache-Control', 'no-store');
    response.json(answer);
  });
}

/** An Express application that gives nothing away. */
export function createExpress(): Express {
  const app = express();
  app.disable('x-powered-by');
  app.set('query parser', 'simple');
  return app;
}

/** Parsers of a batch's body, gzip included: JSON, or one event a line. */
export function bodyParsers(limit: number): RequestHandler[] {
  return [
    express.json({ limit, strict: true, type: 'application/json' }),
    express.text({ limit, type: ['application/x-ndjson', 'application/ndjson'] }),
  ];
}

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
  app.get(/^\/(?!api\/|socket\.io\/|assets\/).*/, (request, response, next) => {
    if (!request.accepts('html')) return next();
    response.setHeader('Cache-Control', 'no-cache');
    response.sendFile('index.html', { root: folder }, (error) => {
      if (error) next(new AppError('notFound', 'The web is not built: run `npm run build`.'));
    });
  });
  app.use((_request, _response, next) => next(new AppError('notFound', 'There is nothing at this address.')));
}
