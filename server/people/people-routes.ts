/** What the routes of people are made of: who asks is found, and refused, before anything else is read. */
import type { z } from 'zod';
import type { Route } from '../../shared/route.ts';
import { ROUTES, type RouteName } from '../../shared/wire.ts';
import { AppError } from '../errors.ts';
import {
  type Application,
  type Call,
  type Middleware,
  type Request,
  type Response,
  type Sent,
  serveRoute,
  shortBody,
} from '../http.ts';
import { checkTexts, parseInput } from '../input.ts';
import type { Site } from '../site.ts';
import type { ReadingStore } from '../store/store.ts';
import type { Writer } from '../writer/writer.ts';
import type { PersonCaller, ViewerCaller } from './caller.ts';
import { requireUnlocked } from './callers.ts';
import type { Passwords } from './passwords.ts';
import { requireRoleAnywhere, type Standing } from './roles.ts';
import type { Showing } from './views.ts';

/** What the routes of people work with. */
export type PeopleParts = {
  store: ReadingStore;
  site: Site;
  run: Writer['run'];
  isDemo: boolean;
  clock: () => number;
  passwords: Passwords;
  standing: () => Promise<Standing>;
  addressOf: (request: Request) => string;
  /** Who asks, be its session locked; its cookie is replaced where it must be. AppError `unauthorised`. */
  admit: (request: Request, response: Response) => Promise<ViewerCaller>;
  /** Counts what comes of a look for a secret in a body; throws AppError `tooMany` before, where too much failed. */
  guard: <T>(request: Request, secret: string, check: () => Promise<T>) => Promise<T>;
};

/** A body of a person's request is short. */
const BODY_BYTES = 20_000;

type Handled<N extends RouteName> = Promise<z.input<(typeof ROUTES)[N]['answer']> | Sent>;
type BodyOf<N extends RouteName> = (typeof ROUTES)[N] extends { body: infer B extends z.ZodType }
  ? z.output<B>
  : undefined;

/** What a handler is given beside the call. */
export type Asked<N extends RouteName> = Call<(typeof ROUTES)[N]> & { body: BodyOf<N> };

const readBody = <N extends RouteName>(name: N, body: unknown): BodyOf<N> => {
  const route: Route = ROUTES[name];
  checkTexts(body);
  return (route.body ? parseInput(route.body, body, 'unprocessable') : undefined) as BodyOf<N>;
};

/** Serves a route of people: whoever `enter` lets in is handed over with the checked body, which is of so many bytes at the most. */
export function servePeopleRoute<N extends RouteName, C>(
  app: Application,
  name: N,
  enter: (request: Request, response: Response) => Promise<C>,
  handle: (caller: C, asked: Asked<N>) => Handled<N>,
  bodyBytes = BODY_BYTES,
): void {
  const callers = new WeakMap<Request, { caller: C }>();
  const admit: Middleware = async (request, response, next) => {
    callers.set(request, { caller: await enter(request, response) });
    next();
  };
  const answer = async (call: Call<(typeof ROUTES)[N]>) => {
    const known = callers.get(call.request);
    if (!known) throw new Error('a request came in without a caller');
    return handle(known.caller, { ...call, body: readBody(name, call.request.body) });
  };
  serveRoute(app, ROUTES[name], answer, [admit, shortBody(bodyBytes)]);
}

/** A person's own session; AppError `forbidden` for screens and visitors, who have none. */
export async function enterSession(
  parts: PeopleParts,
  request: Request,
  response: Response,
): Promise<PersonCaller> {
  const caller = await parts.admit(request, response);
  if (caller.kind !== 'person') throw new AppError('forbidden', 'This is for people who have signed in.');
  return caller;
}

/** A person whose session is not locked; AppError `forbidden` for screens and visitors. */
export async function enterUnlocked(
  parts: PeopleParts,
  request: Request,
  response: Response,
): Promise<PersonCaller> {
  const caller = await parts.admit(request, response);
  requireUnlocked(caller);
  if (caller.kind !== 'person') throw new AppError('forbidden', 'This is for people who have signed in.');
  return caller;
}

/** An administrator of something, whose session is not locked. AppError `forbidden` names the role. */
export async function enterAdministrator(
  parts: PeopleParts,
  request: Request,
  response: Response,
): Promise<PersonCaller> {
  const caller = await parts.admit(request, response);
  requireUnlocked(caller);
  requireRoleAnywhere(caller, 'administrator');
  if (caller.kind !== 'person') throw new AppError('forbidden', 'This is for people who have signed in.');
  return caller;
}

/** The units of now, and what answers are shown with. */
export async function openShowing({ standing, site, clock }: PeopleParts): Promise<Showing> {
  return { ...(await standing()), zone: site.zone, now: clock() };
}
