import type { Role } from '../../shared/people.ts';

/** A role in the subtree of a unit, as it stands at this moment: grants that are over or not begun are none. */
export type Grant = { role: Role; unit: number };

/** A person's session. `unlockedUntil`: when it asks for its password again. `address`: where it comes from, for the audit. */
export type PersonCaller = {
  kind: 'person';
  account: number;
  login: string;
  title: string;
  session: string;
  how: 'password' | 'demo';
  grants: readonly Grant[];
  isLocked: boolean;
  idleMs: number | null;
  address: string | null;
};

/** A display: reads the subtree its token is bound to, and never acts. */
export type ScreenCaller = { kind: 'screen'; token: string; grants: readonly [Grant] };

/** Whoever looks at the demo. */
export type VisitorCaller = { kind: 'visitor'; grants: readonly [Grant] };

/** Whoever looks at the board. */
export type ViewerCaller = PersonCaller | ScreenCaller | VisitorCaller;

/** A feed: the unit whose subtree it may speak of, and within which codes of its dossiers count. */
export type FeedCaller = { kind: 'feed'; feed: string; unit: number; namespace: string };

/** Who asks for anything: the clock of the server and the command line may do what they do everywhere. */
export type Caller = ViewerCaller | FeedCaller | { kind: 'clock' } | { kind: 'command' };
