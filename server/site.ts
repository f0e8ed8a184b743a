import { createHash } from 'node:crypto';
import { createCalendar, type WorkingCalendar } from '../shared/calendar.ts';
import {
  type AlertingConfig,
  type PeopleConfig,
  type PortalConfig,
  type Procedure,
  SiteConfig,
} from '../shared/config.ts';
import { VIETNAM_CALENDAR } from '../shared/holidays.ts';
import { type FormulaVersion, listVersions } from '../shared/index766.ts';
import type { PlanConfig } from '../shared/plan-config.ts';
import type { Words } from '../shared/words.ts';

/** How people sign in. `failures` wrong passwords lock an account for an address, for `longestLockMs` at the longest. */
export type PeopleRules = {
  idleMs: number;
  adminIdleMs: number;
  failures: number;
  longestLockMs: number;
  linkMs: number;
  passwordLength: number;
  disabledAfterMs: number;
};

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

function readPeople(config: PeopleConfig): PeopleRules {
  return {
    idleMs: config.idleMinutes * MINUTE_MS,
    adminIdleMs: config.adminIdleMinutes * MINUTE_MS,
    failures: config.failuresBeforeLock,
    longestLockMs: config.longestLockHours * HOUR_MS,
    linkMs: config.linkHours * HOUR_MS,
    passwordLength: config.passwordLength,
    disabledAfterMs: config.idleDaysBeforeDisabled * 24 * HOUR_MS,
  };
}

/** What a site says of itself, ready for use. `foldKey` changes when figures of the past would. */
export type Site = {
  name: Words;
  zone: string;
  calendar: WorkingCalendar;
  procedures: ReadonlyMap<string, Procedure>;
  fields: ReadonlyMap<string, Words>;
  requestsPerSecond: number;
  people: PeopleRules;
  alerting: AlertingConfig;
  /** Every version of the index of Decision 766, the oldest first. */
  index766: readonly FormulaVersion[];
  /** Where the portal's evaluation is asked for; null: nowhere. */
  portal: PortalConfig | null;
  /** The plan of the digital transformation. */
  plan: PlanConfig;
  foldKey: string;
  /** The configuration it was made from: another thread makes the same site of it. */
  source: unknown;
};

/** Raised when the fold counts differently or its tables look different: every store then folds its past anew once. */
const FOLD_VERSION = 8;

/** A site from its configuration file's content; throws ZodError that names what is wrong. */
export function createSite(source: unknown): Site {
  const config = SiteConfig.parse(source);
  const { sessions, weekend, years } = config.calendar;
  const calendar = createCalendar({
    ...VIETNAM_CALENDAR,
    zone: config.zone,
    ...(sessions ? { sessions } : {}),
    ...(weekend ? { weekend } : {}),
    years: { ...VIETNAM_CALENDAR.years, ...years },
  });
  const facts = [FOLD_VERSION, config.zone, calendar.config, config.procedures];
  return {
    name: config.site,
    zone: config.zone,
    calendar,
    procedures: new Map(config.procedures.map((procedure) => [procedure.code, procedure])),
    fields: new Map(config.fields.map((field) => [field.code, field.name])),
    requestsPerSecond: config.requestsPerSecond,
    people: readPeople(config.people),
    alerting: config.alerting,
    index766: listVersions(config.index766),
    portal: config.portal,
    plan: config.plan,
    source,
    foldKey: createHash('sha256').update(JSON.stringify(facts)).digest('base64url').slice(0, 16),
  };
}
