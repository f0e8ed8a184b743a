import type { Generated } from 'kysely';
import type { DemoRole, Role } from '../../shared/people.ts';

/** Rows of people, beside schema.ts. */

/**
 * Who may sign in. Of password and link only hashes are kept; without a password it is invited. `disableAt`: the instant at
 * which it is disabled unless it is used before; null for never. `rightsSeq`: the commit that last changed what it may do.
 */
export type AccountRow = {
  id: Generated<number>;
  login: string;
  title: string;
  mail: string | null;
  password: string | null;
  linkHash: string | null;
  linkUntil: number | null;
  demoRole: DemoRole | null;
  createdAt: number;
  seenAt: number | null;
  disableAt: number | null;
  disabledAt: number | null;
  rightsSeq: number;
  seq: number;
};

/** A role in the subtree of a unit, from a day on, until a day (exclusive). */
export type GrantRow = {
  id: Generated<number>;
  account: number;
  role: Role;
  unit: number;
  validFrom: string;
  validTo: string | null;
  seq: number;
};

/**
 * A browser that is let in: for an account, or for a display's token. The cookie's value is kept hashed; the one before it
 * is good until `oldUntil`. `issuedSeq`: the commit by which the value was given out.
 */
export type SessionRow = {
  id: string;
  hash: string;
  oldHash: string | null;
  oldUntil: number | null;
  issuedSeq: number;
  account: number | null;
  token: string | null;
  how: 'password' | 'demo' | 'token';
  address: string | null;
  createdAt: number;
  seenAt: number;
  lockedAt: number | null;
  endedAt: number | null;
};

/** Wrong passwords for an account from an address since the last right one. */
export type FailureRow = {
  account: number;
  address: string;
  count: number;
  lockedUntil: number | null;
};

/** From where a token was used, and when last. */
export type TokenUseRow = { token: string; address: string; firstAt: number; lastAt: number };

/** What was done; rows are added and never changed. */
export type AuditRow = {
  n: Generated<number>;
  seq: number;
  at: number;
  caller: string;
  act: string;
  subject: string;
  unit: number | null;
  before: string | null;
  after: string | null;
  address: string | null;
};
