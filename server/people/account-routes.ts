import type { z } from 'zod';
import type { PasswordLink } from '../../shared/people.ts';
import { isoOf } from '../../shared/period.ts';
import type { ROUTES } from '../../shared/wire.ts';
import { getSharedUnit, isShared } from '../alerts/subjects.ts';
import { AppError } from '../errors.ts';
import type { View } from '../figures/sums.ts';
import { type Application, SENT } from '../http.ts';
import { findAccount, readAccounts, readGrants } from '../store/account-store.ts';
import { readTokens } from '../store/feed-store.ts';
import { readTokenUses } from '../store/session-store.ts';
import { filterFor, readAuditPage, sharedFilter, typeOfExport, writeExport } from './audit.ts';
import type { PersonCaller, ViewerCaller } from './caller.ts';
import {
  enterAdministrator,
  enterUnlocked,
  openShowing,
  type PeopleParts,
  servePeopleRoute,
} from './people-routes.ts';
import { createReach, hasRole, looksAfter, requireRole, rootsOf, type Standing } from './roles.ts';
import { getScopedUnit, openReach } from './scope.ts';
import { createSecret, type Secret } from './secrets.ts';
import { showAccounts, showGrant, showToken } from './views.ts';

type Enter = PeopleParts['admit'] extends (...pair: infer P) => unknown
  ? (...pair: P) => Promise<PersonCaller>
  : never;

/** What the routes of administrators work with beside those of people. */
export type AdministrationParts = PeopleParts & { openView: (caller: ViewerCaller) => Promise<View> };

type AuditQuery = z.output<(typeof ROUTES)['listAudit']['query']>;

/** The unit that is named, where the caller is administrator; one that it cannot see does not exist. */
export function getAdministered(caller: PersonCaller, reference: string, standing: Standing): number {
  const reach = openReach(standing.tree, rootsOf(caller, 'viewer'), standing.today);
  const unit = getScopedUnit(reach, reference);
  requireRole(caller, 'administrator', unit, standing);
  return unit;
}

/** The link by which a password is set: what follows # is never sent to a server, and so never logged. */
export function describeLink(secret: Secret, until: number, zone: string): PasswordLink {
  return { path: `/password#link=${secret.text}`, until: isoOf(until, zone) };
}

async function showOne(parts: PeopleParts, id: number) {
  const account = await findAccount(parts.store.reader, id);
  if (!account) throw new AppError('notFound', `There is no account ${id}.`);
  const [view] = await showAccounts(parts.store.reader, [account], await openShowing(parts));
  if (!view) throw new Error('an account is shown as nothing');
  return view;
}

function serveAccounts(app: Application, parts: PeopleParts, enter: Enter): void {
  const { store, site, run, clock } = parts;
  const linkOf = (secret: Secret, now: number) => describeLink(secret, now + site.people.linkMs, site.zone);
  servePeopleRoute(app, 'listAccounts', enter, async (caller) => {
    const showing = await openShowing(parts);
    const grants = Map.groupBy(await readGrants(store.reader), ({ account }) => account);
    const own = (await readAccounts(store.reader)).filter(({ id }) =>
      looksAfter(caller, grants.get(id) ?? [], showing),
    );
    return { accounts: await showAccounts(store.reader, own, showing) };
  });
  servePeopleRoute(app, 'addAccount', enter, async (caller, { body }) => {
    const standing = await parts.standing();
    const { login, title, mail = null } = body;
    const grants = body.grants.map((grant) => ({
      ...grant,
      unit: getAdministered(caller, grant.unit, standing),
    }));
    const secret = createSecret();
    const now = clock();
    const input = { login, title, mail, grants, linkHash: secret.hash, demoRole: null };
    const { id } = await run({ name: 'addAccount', caller, input, now });
    return { account: await showOne(parts, id), link: linkOf(secret, now) };
  });
  servePeopleRoute(app, 'changeAccount', enter, async (caller, { body }) => {
    const { renewLink, ...change } = body;
    const secret = renewLink ? createSecret() : null;
    const now = clock();
    const input = { ...change, ...(secret ? { linkHash: secret.hash } : {}) };
    await run({ name: 'changeAccount', caller, input, now });
    return { account: await showOne(parts, body.id), link: secret ? linkOf(secret, now) : null };
  });
}

function serveGrants(app: Application, parts: PeopleParts, enter: Enter): void {
  const { store, run, clock } = parts;
  servePeopleRoute(app, 'listGrants', enter, async (caller, { query }) => {
    const showing = await openShowing(parts);
    const { account } = query;
    const isReached = createReach(showing, rootsOf(caller, 'administrator'));
    const grants = await readGrants(store.reader, account === undefined ? undefined : [account]);
    const isShown = ({ unit, validTo }: (typeof grants)[number]) =>
      isReached(unit) && (validTo === null || validTo > showing.today);
    return { grants: grants.filter(isShown).map((grant) => showGrant(showing, grant)) };
  });
  servePeopleRoute(app, 'addGrant', enter, async (caller, { body }) => {
    const standing = await parts.standing();
    const input = { ...body, unit: getAdministered(caller, body.unit, standing) };
    const { id } = await run({ name: 'addGrant', caller, input, now: clock() });
    const grants = await readGrants(store.reader, [body.account]);
    const grant = grants.find((one) => one.id === id);
    if (!grant) throw new Error('a grant was given that is not there');
    return showGrant(await parts.standing(), grant);
  });
  servePeopleRoute(app, 'removeGrant', enter, async (caller, { query }) => {
    await run({ name: 'removeGrant', caller, input: { id: query.id }, now: clock() });
    return {};
  });
}

function serveTokens(app: Application, parts: PeopleParts, enter: Enter): void {
  const { store, run, clock } = parts;
  servePeopleRoute(app, 'listTokens', enter, async (caller) => {
    const showing = await openShowing(parts);
    const uses = await readTokenUses(store.reader);
    const isReached = createReach(showing, rootsOf(caller, 'administrator'));
    const own = (await readTokens(store.reader)).filter(({ unit }) => isReached(unit));
    return { tokens: own.map((token) => showToken(showing, token, uses.get(token.id))) };
  });
  servePeopleRoute(app, 'createToken', enter, async (caller, { body }) => {
    const { kind, name, days = null, namespace = null } = body;
    if (namespace !== null && kind !== 'feed')
      throw new AppError('unprocessable', 'Only feeds have a namespace.', [
        { field: 'namespace', reason: 'is for feeds' },
      ]);
    const unit = getAdministered(caller, body.unit, await parts.standing());
    const feed = { namespace, cadenceMs: null, dueTime: null };
    const input = { kind, unit, name, days, feed };
    return { token: await run({ name: 'createToken', caller, input, now: clock() }) };
  });
  servePeopleRoute(app, 'revokeToken', enter, async (caller, { query }) => {
    if (!(await run({ name: 'revokeToken', caller, input: { id: query.id }, now: clock() })))
      throw new AppError('notFound', `No living token has the id ${query.id}.`);
    return {};
  });
}

/**
 * What was done to something that the caller may see, but not from where: as JSON alone. Null for who administers its unit, and
 * so is told all. AppError `notFound` where it may not be seen.
 */
async function readShared(parts: AdministrationParts, caller: PersonCaller, query: AuditQuery) {
  const { limit, format, subject = '' } = query;
  const unit = await getSharedUnit(await parts.openView(caller), subject);
  const showing = await openShowing(parts);
  if (hasRole(caller, 'administrator', unit, showing)) return null;
  if (format !== 'json') requireRole(caller, 'administrator', unit, showing);
  const page = await readAuditPage(parts.store.reader, sharedFilter(query, showing), { limit, showing });
  return { ...page, entries: page.entries.map((entry) => ({ ...entry, address: null })) };
}

function serveAudit(app: Application, parts: AdministrationParts): void {
  const { store, run, clock } = parts;
  const enter: Enter = async (request, response) => {
    if (isShared(String(request.query.subject))) return enterUnlocked(parts, request, response);
    return enterAdministrator(parts, request, response);
  };
  servePeopleRoute(app, 'listAudit', enter, async (caller, { query, response }) => {
    const shared = isShared(query.subject) ? await readShared(parts, caller, query) : null;
    if (shared) return shared;
    const showing = await openShowing(parts);
    const { limit, format, ...wanted } = query;
    const filter = filterFor(caller, wanted, showing);
    if (format === 'json') return readAuditPage(store.reader, filter, { limit, showing });
    const input = { filter: { format, ...wanted } };
    const { seq } = await run({ name: 'noteExport', caller, input, now: clock() });
    response.setHeader('Content-Type', typeOfExport(format));
    response.setHeader('Content-Disposition', `attachment; filename="audit-${showing.today}.${format}"`);
    response.setHeader('Cache-Control', 'no-store');
    await writeExport(response, store.reader, { filter: { ...filter, upTo: seq }, format, showing });
    return SENT;
  });
}

/** Serves what administrators do: accounts, grants, tokens, the audit. */
export function serveAdministration(app: Application, parts: AdministrationParts): void {
  const enter: Enter = (request, response) => enterAdministrator(parts, request, response);
  serveAccounts(app, parts, enter);
  serveGrants(app, parts, enter);
  serveTokens(app, parts, enter);
  serveAudit(app, parts);
}
