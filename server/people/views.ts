import type {
  AccountView,
  AuditEntry,
  CallerView,
  GrantView,
  LockView,
  TokenView,
} from '../../shared/people.ts';
import { isoOf } from '../../shared/period.ts';
import type { Words } from '../../shared/words.ts';
import { type Account, readGrants, readLocks, type StoredGrant } from '../store/account-store.ts';
import type { StoredEntry } from '../store/audit-store.ts';
import type { TokenRow } from '../store/schema.ts';
import type { Reader } from '../store/store.ts';
import type { ViewerCaller } from './caller.ts';
import type { Standing } from './roles.ts';

/** What people's answers are shown with: the units of today, and the site's zone. */
export type Showing = Standing & { zone: string; now: number };

const timeOf = (at: number | null, zone: string) => (at === null ? null : isoOf(at, zone));

function showUnit({ tree, today }: Standing, id: number): { unit: string; unitName: Words } {
  const unit = tree.get(id);
  return { unit: tree.referenceOf(unit, today), unitName: unit.name };
}

/** A grant as answers show it. */
export function showGrant(showing: Standing, grant: StoredGrant): GrantView {
  const { id, account, role, validFrom, validTo } = grant;
  return { id, account, role, ...showUnit(showing, grant.unit), from: validFrom, to: validTo };
}

function stateOf(account: Account, lockedUntil: number | undefined): AccountView['state'] {
  if (account.disabledAt !== null) return 'disabled';
  if (account.password === null && account.demoRole === null) return 'invited';
  return lockedUntil === undefined ? 'active' : 'locked';
}

/** Accounts as answers show them, with every grant that is not over. */
export async function showAccounts(
  reader: Reader,
  accounts: readonly Account[],
  showing: Showing,
): Promise<AccountView[]> {
  const { today, zone, now } = showing;
  const grants = await readGrants(
    reader,
    accounts.map(({ id }) => id),
  );
  const current = grants.filter(({ validTo }) => validTo === null || validTo > today);
  const byAccount = Map.groupBy(current, ({ account }) => account);
  const locks = await readLocks(reader, now);
  return accounts.map((account) => {
    const lockedUntil = locks.get(account.id);
    return {
      id: account.id,
      login: account.login,
      title: account.title,
      mail: account.mail,
      state: stateOf(account, lockedUntil),
      createdAt: isoOf(account.createdAt, zone),
      lastSeenAt: timeOf(account.seenAt, zone),
      lockedUntil: timeOf(lockedUntil ?? null, zone),
      grants: (byAccount.get(account.id) ?? []).map((grant) => showGrant(showing, grant)),
    };
  });
}

/** Who is looking, as answers show it. */
export function showCaller(showing: Standing, caller: ViewerCaller): CallerView {
  const grants = caller.grants.map(({ role, unit }) => ({ role, ...showUnit(showing, unit) }));
  if (caller.kind === 'person') {
    const { kind, how, account, login, title } = caller;
    return { kind, how, account, login, title, grants };
  }
  const how = caller.kind === 'screen' ? ('token' as const) : ('none' as const);
  return { kind: caller.kind, how, account: null, login: null, title: null, grants };
}

/** Whether a caller's session is locked, and when it will be. */
export function showLock(caller: ViewerCaller): LockView {
  return caller.kind === 'person'
    ? { isLocked: caller.isLocked, idleMs: caller.idleMs }
    : { isLocked: false, idleMs: null };
}

/** A token as answers show it. */
export function showToken(showing: Showing, token: TokenRow, lastUsedAt: number | undefined): TokenView {
  const { id, kind, name, createdAt, expiresAt, revokedAt } = token;
  const { zone } = showing;
  return {
    ...{ id, kind, name, ...showUnit(showing, token.unit) },
    createdAt: isoOf(createdAt, zone),
    expiresAt: timeOf(expiresAt, zone),
    revokedAt: timeOf(revokedAt, zone),
    lastUsedAt: timeOf(lastUsedAt ?? null, zone),
  };
}

const toFacts = (text: string | null) =>
  text === null ? null : (JSON.parse(text) as Record<string, unknown>);

/** An entry of the audit as answers show it. */
export function showEntry(showing: Showing, entry: StoredEntry): AuditEntry {
  const { seq, at, caller, act, subject, unit, before, after, address } = entry;
  return {
    ...{ seq, at: isoOf(at, showing.zone), caller, act, subject, address },
    unit: unit === null ? null : showUnit(showing, unit).unit,
    before: toFacts(before),
    after: toFacts(after),
  };
}
