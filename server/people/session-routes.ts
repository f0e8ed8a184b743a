import { AppError } from '../errors.ts';
import type { Application, Request } from '../http.ts';
import { cookieOf } from './admission.ts';
import type { PersonCaller, ViewerCaller } from './caller.ts';
import { findCaller, requireUnlocked } from './callers.ts';
import { setCookie } from './cookie.ts';
import { type Asked, enterSession, type PeopleParts, servePeopleRoute } from './people-routes.ts';
import { hashSecret } from './secrets.ts';
import { changePassword, type Proof, setPasswordByLink, signIn, unlock } from './sign-in.ts';
import { checkToken } from './tokens.ts';
import { showLock } from './views.ts';

/** A session is touched in the store this often at most. */
const TOUCHED_EVERY_MS = 5000;

/** What was sent, checked as far as it can be before a session is opened by it. */
async function readProof(
  parts: PeopleParts,
  request: Request,
  body: Asked<'openSession'>['body'],
): Promise<Proof> {
  if ('token' in body) {
    const { store, clock, guard } = parts;
    const check = () => checkToken(store.reader, body.token, { kind: 'display', now: clock() });
    return { token: (await guard(request, body.token, check)).id };
  }
  if ('as' in body && !parts.isDemo)
    throw new AppError('forbidden', 'There are roles to step into in the demo only.');
  return body;
}

/** The unit a caller's board opens with. */
async function firstUnit({ standing }: PeopleParts, { grants: [first] }: ViewerCaller): Promise<string> {
  const { tree, today } = await standing();
  if (!first) throw new AppError('forbidden', 'This account has no role in any unit today.');
  return tree.referenceOf(tree.get(tree.currentOf(first.unit, today)), today);
}

async function open(parts: PeopleParts, { request, response, body }: Asked<'openSession'>) {
  const { store, site, standing, clock, addressOf, guard } = parts;
  const address = addressOf(request);
  const proof = await readProof(parts, request, body);
  const enter = () => signIn(parts, proof, { address, cookie: cookieOf(request) });
  const secret = 'login' in proof ? await guard(request, `login ${proof.login}`, enter) : await enter();
  const { tree } = await standing();
  const lookup = { site, tree, demoUnit: null, now: clock(), address };
  const caller = await findCaller(store.reader, { cookie: `ioc_session=${secret}` }, lookup);
  setCookie(response, secret, 'token' in proof ? 'year' : 'browser');
  return { unit: await firstUnit(parts, caller) };
}

function serveLocks(app: Application, parts: PeopleParts): void {
  const { run, clock, guard } = parts;
  const touched = new Map<string, number>();
  const enter = (...pair: Parameters<PeopleParts['admit']>) => enterSession(parts, ...pair);
  servePeopleRoute(app, 'touchSession', enter, async (caller) => {
    requireUnlocked(caller);
    const now = clock();
    const last = touched.get(caller.session);
    if (last === undefined || Math.abs(now - last) >= TOUCHED_EVERY_MS) {
      if (touched.size > 10_000) touched.clear();
      touched.set(caller.session, now);
      await run({ name: 'touchSession', caller, input: null, now });
    }
    return showLock(caller);
  });
  servePeopleRoute(app, 'lockSession', enter, async (caller) => {
    if (caller.idleMs === null)
      throw new AppError('conflict', 'This session has no password to lock it with.');
    if (!caller.isLocked) await run({ name: 'lockSession', caller, input: null, now: clock() });
    return showLock({ ...caller, isLocked: true });
  });
  servePeopleRoute(app, 'unlockSession', enter, async (caller, { request, response, body }) => {
    if (caller.idleMs === null) return showLock(caller);
    const secret = await guard(request, `login ${caller.login}`, () => unlock(parts, caller, body.password));
    setCookie(response, secret, 'browser');
    return showLock({ ...caller, isLocked: false });
  });
}

async function setPassword(parts: PeopleParts, asked: Asked<'setPassword'>): Promise<{ login: string }> {
  const { request, response, body } = asked;
  if ('link' in body) {
    const set = () => setPasswordByLink(parts, body, parts.addressOf(request));
    return { login: await parts.guard(request, body.link, set) };
  }
  const caller: PersonCaller = await enterSession(parts, request, response);
  requireUnlocked(caller);
  const login = await parts.guard(request, `login ${caller.login}`, () =>
    changePassword(parts, caller, body),
  );
  setCookie(response, '', 'over');
  return { login };
}

/** Serves signing in and out, locks and passwords. */
export function serveSessions(app: Application, parts: PeopleParts): void {
  const anyone = async () => null;
  servePeopleRoute(app, 'openSession', anyone, (_, asked) => open(parts, asked));
  serveLocks(app, parts);
  servePeopleRoute(app, 'closeSession', anyone, async (_, { request, response }) => {
    const cookie = cookieOf(request);
    if (cookie !== undefined) await close(parts, request, cookie);
    setCookie(response, '', 'over');
    return {};
  });
  servePeopleRoute(app, 'setPassword', anyone, (_, asked) => setPassword(parts, asked));
}

async function close(parts: PeopleParts, request: Request, cookie: string): Promise<void> {
  const { store, site, standing, run, clock, addressOf } = parts;
  const address = addressOf(request);
  const lookup = { site, tree: (await standing()).tree, demoUnit: null, now: clock(), address };
  const found = await findCaller(store.reader, { cookie: `ioc_session=${cookie}` }, lookup).catch(() => null);
  const caller = found?.kind === 'person' ? found : ({ kind: 'stranger', address } as const);
  if (found) await run({ name: 'closeSession', caller, input: { cookie: hashSecret(cookie) }, now: clock() });
}
