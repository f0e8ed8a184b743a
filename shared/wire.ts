import { z } from 'zod';
import {
  Day,
  DossierView,
  FeedView,
  FiguresAnswer,
  FormAnswer,
  Kin,
  MapAnswer,
  PeriodKey,
  RankingAnswer,
  SeriesAnswer,
  UnitRef,
  UnitView,
} from './answers.ts';
import { OpsEvent } from './event.ts';
import {
  AccountTitle,
  AccountView,
  AuditEntry,
  DemoRole,
  GrantView,
  LockView,
  Login,
  PasswordLink,
  Role,
  Session,
  TokenView,
} from './people.ts';
import { UnitLevel } from './unit.ts';
import { Words } from './words.ts';

/** The HTTP surface as data: types, checks on both ends and the OpenAPI document come from here. */

/** A day that has a day before and after it in four digits. */
const OnDay = Day.refine((day) => '0001-01-02' <= day && day < '9999', 'lies outside the years 0001 to 9998');
const Id = z.string().max(40);
const Ids = z.string().max(1000).describe('of the catalogue, separated by commas');
const Moment = z.string().min(4).max(10);
const Flag = z.enum(['0', '1']);

const unitAndPeriod = { unit: UnitRef, period: PeriodKey };

const Password = z.string().min(1).max(200);
const Text = z.string().min(1).max(200);
const NewGrant = { role: Role, unit: UnitRef, from: Day.optional(), to: Day.nullable().optional() };

/**
 * Who may call: `none` anyone, `session` whoever has a session, be it locked, `read` a viewer with a scope, `person` an account by
 * its grants, `feed` a feed's token.
 */
export type Access = 'none' | 'session' | 'read' | 'person' | 'feed';

/** Every HTTP route: strict query, answer; the server serves no route that is not here. */
export const ROUTES = {
  getSession: {
    method: 'get',
    path: '/api/session',
    access: 'read',
    summary: 'Who is looking: scope, site, zone, build, server time',
    query: z.strictObject({}),
    answer: Session,
  },
  listUnits: {
    method: 'get',
    path: '/api/units',
    access: 'read',
    summary: 'The units of the scope on a day (today without `on`)',
    query: z.strictObject({ on: OnDay.optional(), under: UnitRef.optional() }),
    answer: z.object({ on: Day, units: z.array(UnitView.extend({ parent: z.int().nullable() })) }),
  },
  getUnit: {
    method: 'get',
    path: '/api/units/:code',
    access: 'read',
    summary: 'One unit: what stands above and below it on a day, before and after it',
    query: z.strictObject({ on: OnDay.optional() }),
    answer: z.object({
      unit: UnitView,
      on: Day,
      aliases: z.array(z.string()),
      path: z.array(UnitView).describe('from the top of the scope down to the unit'),
      children: z.array(UnitView).describe('before the unit existed: its predecessors'),
      predecessors: z.array(Kin),
      successors: z.array(Kin),
    }),
  },
  listIndicators: {
    method: 'get',
    path: '/api/indicators',
    access: 'read',
    summary: 'The catalogue: words, formula, target, source',
    query: z.strictObject({}),
    answer: z.object({
      indicators: z.array(
        z.object({
          id: z.string(),
          version: z.int(),
          words: Words,
          unit: z.enum(['percent', 'count', 'days']),
          hero: z.enum(['value', 'numerator']),
          direction: z.enum(['up', 'down', 'none']),
          numerator: z.record(z.string(), z.number()),
          denominator: z.record(z.string(), z.number()).nullable(),
          target: z.number().nullable(),
          bands: z.record(z.string(), z.number()).nullable(),
          source: z.string(),
        }),
      ),
    }),
  },
  getFigures: {
    method: 'get',
    path: '/api/figures',
    access: 'read',
    summary: 'Indicators of a unit, its children, or its areas of work or procedures, over a period',
    query: z.strictObject({
      ...unitAndPeriod,
      indicators: Ids.optional(),
      children: Flag.optional(),
      compare: Flag.optional(),
      by: z.enum(['field', 'procedure']).optional(),
      field: z.string().max(80).optional(),
      asKnown: Day.optional().describe('as known at the end of this day: without what was corrected later'),
    }),
    answer: FiguresAnswer,
  },
  getSeries: {
    method: 'get',
    path: '/api/series',
    access: 'read',
    summary: 'One indicator over time; by hour for the last 40 days',
    query: z.strictObject({
      unit: UnitRef,
      indicator: Id,
      from: Moment.describe('a day, or a period: its first day'),
      to: Moment.describe('a day (exclusive), or a period: to its end'),
      grain: z.enum(['hour', 'day', 'week', 'month', 'quarter', 'year']).default('month'),
      tree: z.enum(['then', 'now']).default('now'),
      field: z.string().max(80).optional(),
    }),
    answer: SeriesAnswer,
  },
  getRanking: {
    method: 'get',
    path: '/api/ranking',
    access: 'read',
    summary: 'Units below one, best first, small counts apart',
    query: z.strictObject({ ...unitAndPeriod, level: UnitLevel.optional(), indicator: Id }),
    answer: RankingAnswer,
  },
  getForm: {
    method: 'get',
    path: '/api/form/II.06a',
    access: 'read',
    summary: 'Form II.06a/VPCP/KSTT by area of work',
    query: z.strictObject(unitAndPeriod),
    answer: FormAnswer,
  },
  listDossiers: {
    method: 'get',
    path: '/api/dossiers',
    access: 'read',
    summary: 'Open dossiers, most urgent first; no personal data',
    query: z.strictObject({
      unit: UnitRef,
      state: z.enum(['overdue', 'dueSoon', 'open']).default('open'),
      field: z.string().max(80).optional(),
      limit: z.coerce.number().int().min(1).max(500).default(50),
    }),
    answer: z.object({ seq: z.int(), total: z.int(), dossiers: z.array(DossierView) }),
  },
  listFeeds: {
    method: 'get',
    path: '/api/feeds',
    access: 'read',
    summary: 'Feeds and when they last spoke',
    query: z.strictObject({}),
    answer: z.object({ feeds: z.array(FeedView) }),
  },
  getMap: {
    method: 'get',
    path: '/api/map',
    access: 'read',
    summary: 'Places, or boundaries, of what lies below a unit on a day',
    query: z.strictObject({ unit: UnitRef, on: OnDay.optional() }),
    answer: MapAnswer,
  },
  openSession: {
    method: 'post',
    path: '/api/session',
    access: 'none',
    summary: 'Sign in by password, turn a display token into a session, or (demo only) step into a role',
    query: z.strictObject({}),
    body: z.union([
      z.strictObject({ login: Text, password: Password }),
      z.strictObject({ token: Text }),
      z.strictObject({ as: DemoRole }),
    ]),
    answer: z.object({ unit: UnitRef }),
  },
  touchSession: {
    method: 'put',
    path: '/api/session',
    access: 'session',
    summary: 'Somebody is at the keyboard: the session does not lock yet',
    query: z.strictObject({}),
    body: z.strictObject({}),
    answer: LockView,
  },
  unlockSession: {
    method: 'post',
    path: '/api/session/unlock',
    access: 'session',
    summary: 'Unlock the session by the password of its account',
    query: z.strictObject({}),
    body: z.strictObject({ password: Password }),
    answer: LockView,
  },
  lockSession: {
    method: 'post',
    path: '/api/session/lock',
    access: 'session',
    summary: 'Lock the session now',
    query: z.strictObject({}),
    body: z.strictObject({}),
    answer: LockView,
  },
  closeSession: {
    method: 'delete',
    path: '/api/session',
    access: 'none',
    summary: 'Sign out',
    query: z.strictObject({}),
    answer: z.object({}),
  },
  setPassword: {
    method: 'put',
    path: '/api/password',
    access: 'none',
    summary:
      'Set a password by a one-time link, or change one by the present one; every session of the account ends',
    query: z.strictObject({}),
    body: z.union([
      z.strictObject({ link: Text, password: Password }),
      z.strictObject({ current: Password, password: Password }),
    ]),
    answer: z.object({ login: Login }),
  },
  listAccounts: {
    method: 'get',
    path: '/api/accounts',
    access: 'person',
    summary: 'Accounts that an administrator looks after, by login',
    query: z.strictObject({}),
    answer: z.object({ accounts: z.array(AccountView) }),
  },
  addAccount: {
    method: 'post',
    path: '/api/accounts',
    access: 'person',
    summary: 'Make an account with its grants; answers the link by which it sets its password',
    query: z.strictObject({}),
    body: z.strictObject({
      login: Login,
      title: AccountTitle,
      mail: z.email().max(200).nullable().optional(),
      grants: z.array(z.strictObject(NewGrant)).min(1).max(20),
    }),
    answer: z.object({ account: AccountView, link: PasswordLink }),
  },
  changeAccount: {
    method: 'put',
    path: '/api/accounts',
    access: 'person',
    summary: 'Change title or mail, disable or enable, unlock, or give a new link for its password',
    query: z.strictObject({}),
    body: z.strictObject({
      id: z.int(),
      title: AccountTitle.optional(),
      mail: z.email().max(200).nullable().optional(),
      isDisabled: z.boolean().optional(),
      unlock: z.literal(true).optional(),
      renewLink: z.literal(true).optional(),
    }),
    answer: z.object({ account: AccountView, link: PasswordLink.nullable() }),
  },
  listGrants: {
    method: 'get',
    path: '/api/grants',
    access: 'person',
    summary: 'Grants in the units that an administrator looks after, of one account or of all',
    query: z.strictObject({ account: z.coerce.number().int().optional() }),
    answer: z.object({ grants: z.array(GrantView) }),
  },
  addGrant: {
    method: 'post',
    path: '/api/grants',
    access: 'person',
    summary: 'Give an account a role in the subtree of a unit',
    query: z.strictObject({}),
    body: z.strictObject({ account: z.int(), ...NewGrant }),
    answer: GrantView,
  },
  removeGrant: {
    method: 'delete',
    path: '/api/grants',
    access: 'person',
    summary: 'Take a grant back: it ends today',
    query: z.strictObject({ id: z.coerce.number().int() }),
    answer: z.object({}),
  },
  listTokens: {
    method: 'get',
    path: '/api/tokens',
    access: 'person',
    summary: 'Tokens of feeds and displays in the units that an administrator looks after',
    query: z.strictObject({}),
    answer: z.object({ tokens: z.array(TokenView) }),
  },
  createToken: {
    method: 'post',
    path: '/api/tokens',
    access: 'person',
    summary: 'Make a token; its text is told this once',
    query: z.strictObject({}),
    body: z.strictObject({
      kind: z.enum(['feed', 'display']),
      unit: UnitRef,
      name: z.string().trim().min(1).max(120),
      days: z.int().min(1).max(36_500).nullable().optional(),
      namespace: z.string().trim().min(1).max(120).nullable().optional(),
    }),
    answer: z.object({ token: z.string() }),
  },
  revokeToken: {
    method: 'delete',
    path: '/api/tokens',
    access: 'person',
    summary: 'Revoke a token at once',
    query: z.strictObject({ id: z.string().min(1).max(40) }),
    answer: z.object({}),
  },
  listAudit: {
    method: 'get',
    path: '/api/audit',
    access: 'person',
    summary: 'What was done, newest first: by page as JSON, whole as CSV or NDJSON',
    query: z.strictObject({
      subject: z.string().max(120).optional(),
      caller: z.string().max(120).optional(),
      act: z.string().max(40).optional(),
      from: Day.optional(),
      to: Day.optional(),
      before: z.coerce.number().int().optional().describe('entries older than this seq'),
      limit: z.coerce.number().int().min(1).max(500).default(100),
      format: z.enum(['json', 'csv', 'ndjson']).default('json'),
    }),
    answer: z.object({ entries: z.array(AuditEntry), more: z.boolean() }),
  },
  postEvents: {
    method: 'post',
    path: '/api/events',
    access: 'feed',
    summary: 'A batch of events; all or nothing, safe to repeat',
    query: z.strictObject({}),
    body: z.strictObject({ events: z.array(OpsEvent).max(5000) }),
    answer: z.object({ accepted: z.int(), duplicates: z.int(), seq: z.int() }),
  },
} as const satisfies Record<string, Route>;

/** One HTTP route. */
export type Route = {
  method: 'get' | 'post' | 'put' | 'delete';
  path: string;
  access: Access;
  summary: string;
  query: z.ZodType;
  body?: z.ZodType;
  answer: z.ZodType;
};

export type RouteName = keyof typeof ROUTES;
export type QueryOf<N extends RouteName> = z.input<(typeof ROUTES)[N]['query']>;
export type AnswerOf<N extends RouteName> = z.output<(typeof ROUTES)[N]['answer']>;
