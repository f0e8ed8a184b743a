/**
 * How callers come in, over either door. Law: they are counted by address until they are known, then by their secret; who asks
 * is found in one place, and before that only where a request comes from is looked at.
 */
import type { IncomingMessage } from 'node:http';
import { type Application, addressOf, type Middleware, type Request, type Response } from './http.ts';
import { type Admission, type AdmissionParts, cookieOf, createAdmission } from './people/admission.ts';
import type { ViewerCaller } from './people/caller.ts';
import { type Credentials, findSecret, requireUnlocked } from './people/callers.ts';
import { setCookie } from './people/cookie.ts';
import { createLimits, type Requester } from './people/limits.ts';
import { checkOrigin } from './people/origin.ts';

/** What the entry works with; `checkReady` throws while nobody is let in yet. */
export type EntryParts = AdmissionParts & { checkReady: () => void };

export type Entry = {
  /** Middleware: lets a request in before anybody looked it up, if it comes from where it may. */
  receive: Middleware;
  /** A connection that says nothing yet of who it is. */
  knock: (request: IncomingMessage) => void;
  addressOf: (request: IncomingMessage) => string;
  /** Who asks, be its session locked; its cookie is replaced where what it may do has changed. */
  admit: (request: Request, response: Response) => Promise<ViewerCaller>;
  /** Who holds a link open; AppError `locked` where its session is. */
  admitLink: (request: IncomingMessage, credentials: Credentials) => Promise<ViewerCaller>;
  /** The same, asked again while it stays. */
  find: (request: IncomingMessage, credentials: Credentials) => Promise<ViewerCaller>;
  /** Looks up who asks by `check`, and counts what came of it. */
  identify: <T>(request: IncomingMessage, check: () => Promise<T>, token?: string) => Promise<T>;
  /** The same for a secret in a body, which is not known when the request comes in. */
  guard: <T>(request: IncomingMessage, secret: string, check: () => Promise<T>) => Promise<T>;
  noteUse: Admission['noteUse'];
};

/** The entry of an application. */
export function createEntry(app: Application, parts: EntryParts): Entry {
  const { site, clock, checkReady } = parts;
  const limits = createLimits({ perSecond: site.requestsPerSecond, clock });
  const admission = createAdmission(parts);
  const requesterOf = (request: IncomingMessage, token?: string): Requester => {
    const { authorization, cookie } = request.headers;
    return { address: addressOf(app, request), token: findSecret({ authorization, cookie, token }) };
  };
  const enter = (request: IncomingMessage, token?: string) => limits.enter(requesterOf(request, token));
  const identify = <T>(request: IncomingMessage, check: () => Promise<T>, token?: string): Promise<T> =>
    limits.identify(requesterOf(request, token), check);
  const findAny = (request: IncomingMessage, credentials: Credentials): Promise<ViewerCaller> => {
    checkReady();
    return admission.find(credentials, addressOf(app, request));
  };
  const find = async (request: IncomingMessage, credentials: Credentials): Promise<ViewerCaller> => {
    const caller = await findAny(request, credentials);
    requireUnlocked(caller);
    return caller;
  };
  const receive: Middleware = (request, _response, next) => {
    checkReady();
    enter(request);
    const { method, protocol, host, headers } = request;
    checkOrigin({ method, protocol, host, headers, path: request.baseUrl + request.path });
    next();
  };
  return {
    ...{ find, identify, receive, noteUse: admission.noteUse },
    addressOf: (request: IncomingMessage) => addressOf(app, request),
    knock: (request: IncomingMessage) => limits.enter({ ...requesterOf(request), token: undefined }),
    async admit(request: Request, response: Response): Promise<ViewerCaller> {
      const { authorization, cookie } = request.headers;
      const caller = await identify(request, () => findAny(request, { authorization, cookie }));
      const secret = await admission.renew(caller, cookieOf(request));
      if (secret !== null) setCookie(response, secret, 'browser');
      return caller;
    },
    async admitLink(request: IncomingMessage, credentials: Credentials): Promise<ViewerCaller> {
      enter(request, credentials.token);
      return identify(request, () => find(request, credentials), credentials.token);
    },
    async guard<T>(request: IncomingMessage, secret: string, check: () => Promise<T>): Promise<T> {
      const requester = { address: addressOf(app, request), token: secret };
      limits.enter(requester);
      return limits.identify(requester, check);
    },
  };
}
