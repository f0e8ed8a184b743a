import { dayOf } from '../../shared/period.ts';
import { AppError } from '../errors.ts';
import type { Caller, ManagingCaller, PersonCaller } from '../people/caller.ts';
import { isLockedAt, readGrantsOn, requireUnlocked } from '../people/callers.ts';
import { type DatedGrant, findHome, type Standing } from '../people/roles.ts';
import { findAccount, readGrants } from '../store/account-store.ts';
import { findSessionById } from '../store/session-store.ts';
import { insertAudit, type NewEntry } from '../store/write/audit.ts';
import type { Act } from './act.ts';
import type { Work } from './work.ts';

/** What is said of an act in the audit: no secrets in it. `address` where the caller does not know its own. */
export type Noted = {
  act: string;
  subject: string;
  unit: number | null;
  before?: object | null;
  after?: object | null;
  address?: string | null;
};

/** A caller as the audit names it. */
export function nameCaller(caller: Caller): string {
  switch (caller.kind) {
    case 'person':
      return `person:${caller.login}`;
    case 'screen':
      return `screen:${caller.token}`;
    case 'feed':
      return `feed:${caller.feed}`;
    default:
      return caller.kind;
  }
}

const toText = (facts: object | null | undefined) => (facts ? JSON.stringify(facts) : null);

function toEntry(caller: Caller, noted: Noted): NewEntry {
  const { act, subject, unit, before, after } = noted;
  const own = 'address' in caller ? caller.address : null;
  return {
    ...{ caller: nameCaller(caller), act, subject, unit },
    ...{ before: toText(before), after: toText(after), address: noted.address ?? own },
  };
}

/** Writes an entry into the audit, in the transaction of the act it tells of. */
export async function note(work: Work, caller: Caller, noted: Noted): Promise<void> {
  await insertAudit(work.tx, [toEntry(caller, noted)]);
}

/** Writes many entries at once: of an act that changed many things. */
export async function noteAll(work: Work, caller: Caller, noted: readonly Noted[]): Promise<void> {
  await insertAudit(
    work.tx,
    noted.map((one) => toEntry(caller, one)),
  );
}

/** The units as they stand on the day of the commit. */
export async function openStanding({ tx, site, trees }: Work): Promise<Standing> {
  return { tree: await trees.load(tx, tx.unitSeq), today: dayOf(tx.at, site.zone) };
}

/** The grants of an account, and the unit whose administrators look after it. */
export async function openHome(
  work: Work,
  account: number,
): Promise<{ grants: DatedGrant[]; home: number | null }> {
  const grants = await readGrants(work.tx, [account]);
  return { grants, home: findHome(grants, await openStanding(work)) };
}

/** A person with what it may do at this very commit; AppError `unauthorised` when its session or account has ended since. */
export async function confirmPerson({ tx, site }: Work, caller: PersonCaller): Promise<PersonCaller> {
  const session = await findSessionById(tx, caller.session);
  const account = await findAccount(tx, caller.account);
  if (!session || session.endedAt !== null || !account || account.disabledAt !== null)
    throw new AppError('unauthorised', 'This session has ended: sign in again.');
  const grants = await readGrantsOn(tx, caller.account, dayOf(tx.at, site.zone));
  return { ...caller, grants, isLocked: caller.isLocked || isLockedAt(session, caller.idleMs, tx.at) };
}

/** The same for whoever looks after people, AppError `locked` where its session is; the command line stays what it is. */
export async function confirm<C extends ManagingCaller>(work: Work, caller: C): Promise<C> {
  if (caller.kind !== 'person') return caller;
  const person = await confirmPerson(work, caller);
  requireUnlocked(person);
  return { ...caller, ...person };
}

/** Notes that the audit was handed out as a file; gives the commit up to which it holds all, this entry included. */
export const noteExport: Act<PersonCaller, { filter: object }, { seq: number }> = async (
  work,
  asking,
  { filter },
) => {
  const caller = await confirm(work, asking);
  await note(work, caller, { act: 'noteExport', subject: 'audit:all', unit: null, after: filter });
  return { answer: { seq: work.tx.seq }, changed: null };
};

/** Which rows behind which figure were handed out. */
export type RowsNoted = { unit: number; indicator: string; filter: object };

/** Notes that the rows behind a figure were handed out as a file. */
export const noteRows: Act<PersonCaller, RowsNoted, null> = async (
  work,
  asking,
  { unit, indicator, filter },
) => {
  const caller = await confirm(work, asking);
  await note(work, caller, { act: 'noteRows', subject: `figure:${indicator}`, unit, after: filter });
  return { answer: null, changed: null };
};
