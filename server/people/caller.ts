import type { Role } from '../../shared/people.ts';

/** `validUntil`: the instant from which, by time alone, it may be another or nobody; null where no time changes that. */
type Lasting = { validUntil: number | null };

/** A role in the subtree of a unit, as it stands at this moment: grants that are over or not begun are none. */
export type Grant = { role: Role; unit: number };

/**
 * A person's session. `idleMs`: after how long without input it locks; null for never. `isCookieOld`: what it may do changed
 * since its cookie was given out. `address`: where it comes from, for the audit.
 */
export type PersonCaller = Lasting & {
  kind: 'person';
  account: number;
  login: string;
  title: string;
  session: string;
  how: 'password' | 'demo';
  grants: readonly Grant[];
  isLocked: boolean;
  idleMs: number | null;
  isCookieOld: boolean;
  address: string | null;
};

/** A display: reads the subtree its token is bound to, and never acts. */
export type ScreenCaller = Lasting & { kind: 'screen'; token: string; grants: readonly [Grant] };

/** Whoever looks at the demo. */
export type VisitorCaller = Lasting & { kind: 'visitor'; grants: readonly [Grant] };

/** Whoever looks at the board. */
export type ViewerCaller = PersonCaller | ScreenCaller | VisitorCaller;

/** A feed: the unit whose subtree it may speak of, and within which codes of its dossiers count. */
export type FeedCaller = { kind: 'feed'; feed: string; unit: number; namespace: string };

/** Somebody who is yet to show who it is: signs in, or sets a password by a link. */
export type StrangerCaller = { kind: 'stranger'; address: string };

/** The clock of the server, and the command line: they may do what they do everywhere. */
export type OwnCaller = { kind: 'clock' } | { kind: 'command' };

/** Who asks for anything. */
export type Caller = ViewerCaller | FeedCaller | StrangerCaller | OwnCaller;

/** Who may look after people: an administrator, or the command line. */
export type ManagingCaller = PersonCaller | { kind: 'command' };
