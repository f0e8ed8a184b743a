/** Every act that people may ask for, as it is asked for in the guarded world, past the routes that stand before it. */
import type { ActName, CallerOf, InputOf } from '../../server/acts/acts.ts';
import type { PersonCaller } from '../../server/people/caller.ts';
import { createSecret } from '../../server/people/secrets.ts';
import type { Running } from '../server.ts';
import { alertActs, explanationActs, serviceActs } from './guarded-alerts.ts';
import { type Asking, heldBy, idOf, type Session } from './guarded-callers.ts';
import { addVictimChannel, channelOrder } from './guarded-channels.ts';
import { SEAL_CASE } from './guarded-index.ts';
import { planActs } from './guarded-plans.ts';
import {
  addVictim,
  addVictimGrant,
  addVictimToken,
  isManaging,
  type Managing,
  ofVictim,
} from './guarded-routes.ts';
import { ruleActs } from './guarded-rules.ts';
import { sightOf, type UnitKey } from './guarded-world.ts';

/** The acts that a person may ask for, as the types of the acts say. */
export type PersonalAct = { [N in ActName]: PersonCaller extends CallerOf<N> ? N : never }[ActName];

type Asked = { running: Running; target: UnitKey; session: Session };

/**
 * `who` may: administrators or editors of the unit it touches, whoever's session it is (locked too), nobody with what is shown here, or all
 * whom the server itself asks it for: it only notes. `isLasting`: what it is done to can be asked for again.
 */
type ActCase<N extends PersonalAct> = {
  isLasting?: true;
  who: Managing | 'session' | 'lockedSession' | 'nobody' | 'all';
  input: (asked: Asked) => InputOf<N> | Promise<InputOf<N>>;
};

const FEED = { namespace: null, cadenceMs: null, dueTime: null };
const viewerIn = (running: Running, target: UnitKey) => ({
  role: 'viewer' as const,
  unit: idOf(running, target),
});
let made = 0;

/** Every one of them; one without an entry does not compile. */
export const ACT_CASES: { [N in PersonalAct]: ActCase<N> } = {
  addAccount: {
    who: 'administrator',
    input: ({ running, target }) => ({
      ...{ login: `acted-${++made}`, title: 'Made', mail: null, linkHash: null, demoRole: null },
      grants: [viewerIn(running, target)],
    }),
  },
  changeAccount: {
    who: 'administrator',
    input: async ({ running, target }) => ({
      id: await ofVictim(running, target, addVictim),
      isDisabled: true,
    }),
  },
  addGrant: {
    who: 'administrator',
    input: async ({ running, target }) => ({
      ...{ account: await ofVictim(running, 'child', addVictim), ...viewerIn(running, target) },
    }),
  },
  removeGrant: {
    who: 'administrator',
    input: async ({ running, target }) => ({ id: await ofVictim(running, target, addVictimGrant) }),
  },
  createToken: {
    who: 'administrator',
    input: ({ running, target }) => ({
      ...{ kind: 'feed', unit: idOf(running, target), name: `acted ${++made}`, days: null, feed: FEED },
    }),
  },
  revokeToken: {
    who: 'administrator',
    input: async ({ running, target }) => ({ id: await ofVictim(running, target, addVictimToken) }),
  },
  addChannel: {
    who: 'administrator',
    input: ({ running, target }) => channelOrder(running, target),
  },
  changeChannel: {
    who: 'administrator',
    input: async ({ running, target }) => ({
      id: await ofVictim(running, target, addVictimChannel),
      name: 'Another',
    }),
  },
  removeChannel: {
    who: 'administrator',
    input: async ({ running, target }) => ({ id: await ofVictim(running, target, addVictimChannel) }),
  },
  setPassword: { who: 'nobody', input: () => ({ hash: 'another', current: 'not the hash it has' }) },
  touchSession: { who: 'session', input: () => null },
  lockSession: { who: 'lockedSession', input: () => null },
  unlockSession: { who: 'nobody', input: () => ({ password: 'not the hash it has', cookie: 'x' }) },
  renewCookie: {
    who: 'lockedSession',
    input: ({ session }) => ({ present: session.hash, next: createSecret().hash }),
  },
  // Of a session that has ended there is nothing to end.
  closeSession: { who: 'all', input: ({ session }) => ({ cookie: session.hash }) },
  noteExport: { who: 'session', input: () => ({ filter: {} }) },
  noteRows: {
    who: 'session',
    input: ({ running, target }) => ({ unit: idOf(running, target), indicator: 'TT02', filter: {} }),
  },
  noteTokenUse: { who: 'all', input: () => ({ token: 'none', address: 'x' }) },
  ...ruleActs((running, target, make) => ofVictim(running, target as UnitKey, make)),
  ...planActs((running, target, make) => ofVictim(running, target as UnitKey, make)),
  sealIndex: SEAL_CASE,
  ...alertActs((running, target, make) => ofVictim(running, target as UnitKey, make)),
  ...serviceActs((running, target, make) => ofVictim(running, target as UnitKey, make)),
  ...explanationActs((running, target, make) => ofVictim(running, target as UnitKey, make)),
  noteWrongPassword: { who: 'all', input: () => ({ login: 'nobody', address: 'x', session: null }) },
};

/** Whether an act must be done. */
export function expectDone(
  asking: Asking,
  { who }: { who: ActCase<PersonalAct>['who'] },
  target: UnitKey,
): boolean {
  if (who === 'all') return true;
  if (isManaging(who)) return sightOf(heldBy(asking, who), target) === 'whole';
  if (who === 'session') return asking.standing === 'live';
  return who === 'lockedSession' && (asking.standing === 'live' || asking.standing === 'locked');
}

/** A person as a route hands it on, with what it claims to be. */
export function callerOf(
  running: Running,
  { account, name, grants }: Asking,
  session: Session,
): PersonCaller {
  return {
    ...{ kind: 'person', account: account ?? 0, login: name.replaceAll(' ', '-'), title: name },
    ...{ session: session.id, how: 'password', isLocked: false, idleMs: 900_000, isCookieOld: false },
    grants: grants.map(({ role, post }) => ({ role, unit: idOf(running, post) })),
    address: null,
    validUntil: null,
  };
}
