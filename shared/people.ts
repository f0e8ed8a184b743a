import { z } from 'zod';
import { Day, Iso, UnitRef, UnitView } from './answers.ts';
import { Words } from './words.ts';

/** Who may see and do what, as the public surface tells it: roles, grants, accounts, sessions, audit. */

/** What a grant lets its holder do in a unit's subtree; every one of them may read there. */
export const Role = z.enum(['viewer', 'operator', 'head', 'editor', 'administrator']);
export type Role = z.infer<typeof Role>;

/** A login name: small letters, digits and `.`, `-`, `_`, beginning with a letter. */
export const Login = z
  .string()
  .regex(/^[a-z][a-z0-9._-]{1,39}$/, 'is 2 to 40 of a-z 0-9 . _ -, a letter first');

/** What a screen shows of an account: an office or a person's function. */
export const AccountTitle = z.string().trim().min(1).max(120);

/** A role in a unit's subtree from a day on, until a day (exclusive); it follows succession. */
export const GrantView = z.object({
  id: z.int(),
  account: z.int(),
  role: Role,
  unit: UnitRef,
  unitName: Words,
  from: Day,
  to: Day.nullable(),
});
export type GrantView = z.infer<typeof GrantView>;

/** `invited`: it has no password yet. `locked`: after failures, from some address. */
export const AccountState = z.enum(['invited', 'active', 'locked', 'disabled']);
export type AccountState = z.infer<typeof AccountState>;

export const AccountView = z.object({
  id: z.int(),
  login: Login,
  title: z.string(),
  mail: z.string().nullable(),
  state: AccountState,
  createdAt: Iso,
  lastSeenAt: Iso.nullable().describe('when it last signed in or gave a sign of life'),
  lockedUntil: Iso.nullable(),
  grants: z.array(GrantView),
});
export type AccountView = z.infer<typeof AccountView>;

/** A link by which an account sets its own password: a path of this site, good once, until an instant. */
export const PasswordLink = z.object({ path: z.string(), until: Iso });
export type PasswordLink = z.infer<typeof PasswordLink>;

/** Who is looking. `visitor` exists in the demo only; `how` it came in. */
export const CallerView = z.object({
  kind: z.enum(['person', 'screen', 'visitor']),
  how: z.enum(['password', 'token', 'demo', 'none']),
  account: z.int().nullable(),
  login: z.string().nullable(),
  title: z.string().nullable(),
  grants: z.array(z.object({ role: Role, unit: UnitRef, unitName: Words })),
});
export type CallerView = z.infer<typeof CallerView>;

/** Whether the session asks for its password again, and after how many ms without input it will. Null: it never does. */
export const LockView = z.object({ isLocked: z.boolean(), idleMs: z.int().nullable() });
export type LockView = z.infer<typeof LockView>;

/** The roles a visitor of the demo may step into. */
export const DemoRole = z.enum(['operator', 'editor', 'leader', 'head', 'administrator']);
export type DemoRole = z.infer<typeof DemoRole>;

/** A token as it is listed: never its text. */
export const TokenView = z.object({
  id: z.string(),
  kind: z.enum(['feed', 'display']),
  unit: UnitRef,
  unitName: Words,
  name: z.string(),
  createdAt: Iso,
  expiresAt: Iso.nullable(),
  revokedAt: Iso.nullable(),
  lastUsedAt: Iso.nullable(),
});
export type TokenView = z.infer<typeof TokenView>;

/** One line of the audit: who did what to what, when, from where; `before` and `after` hold no secrets. */
export const AuditEntry = z.object({
  seq: z.int(),
  at: Iso,
  caller: z.string().describe('person:LOGIN, screen:ID, feed:ID, visitor, command or clock'),
  act: z.string(),
  subject: z.string().describe('what it was done to, as kind:id'),
  unit: UnitRef.nullable(),
  before: z.record(z.string(), z.unknown()).nullable(),
  after: z.record(z.string(), z.unknown()).nullable(),
  address: z.string().nullable(),
});
export type AuditEntry = z.infer<typeof AuditEntry>;

/** Who is looking at which site: the first thing a screen asks. */
export const Session = z.object({
  demo: z.boolean(),
  site: Words,
  zone: z.string(),
  build: z.string(),
  now: Iso,
  unit: UnitView,
  caller: CallerView,
  lock: LockView,
  demoRoles: z.array(DemoRole).describe('the roles one may step into with one click: in the demo only'),
  since: Day.nullable().describe('the first month with figures in the scope'),
});
export type Session = z.infer<typeof Session>;
