/** Everybody who may come to the guarded world: what they show, and what they may do by what was given to them. */
import { hash } from '@node-rs/argon2';
import { createId, createSecret } from '../../server/people/secrets.ts';
import type { Role } from '../../shared/people.ts';
import type { Running } from '../server.ts';
import { markOf, type Post, referenceOf, type Target, type UnitKey } from './guarded-world.ts';
import { TODAY } from './world.ts';

/** How somebody stands with the server. `locked`, `ended`, `disabled`: of a person who was let in before. */
export type Standing = 'live' | 'locked' | 'ended' | 'disabled';

/** Somebody who asks. `headers`: what it shows with every request. */
export type Asking = {
  name: string;
  kind: 'stranger' | 'visitor' | 'screen' | 'feed' | 'person';
  standing: Standing;
  grants: readonly { role: Role; post: Post }[];
  headers: Record<string, string>;
  account: number | null;
  session: Session | null;
};

const COMMAND = { kind: 'command' } as const;
/** An address of its own for each that is not known: wrong ones are slowed down by address. */
const ADDRESS = '198.51.100.7';

/** The id of a unit; of no unit for a code that nobody has. */
export const idOf = ({ tree }: Running, target: Target): number =>
  tree.findByReference(referenceOf(target), TODAY)?.id ?? 999_999;

/** One hash for all: making it is meant to take long. */
export const password = hash('the password of everybody');

/** Makes an account that may sign in, named after the units of its grants, and gives its id. */
export async function addAccount(
  running: Running,
  login: string,
  grants: readonly { role: Role; unit: UnitKey }[],
): Promise<number> {
  const { acts, clock } = running;
  const link = createSecret();
  const title = `Office ${grants.map(({ unit }) => markOf(unit)).join(' ')}`;
  const input = {
    ...{ login, title, mail: null, linkHash: link.hash, demoRole: null },
    grants: grants.map(({ role, unit }) => ({ role, unit: idOf(running, unit) })),
  };
  const now = clock.now();
  const { id } = await acts.writer.run({ name: 'addAccount', caller: COMMAND, input, now });
  const stranger = { kind: 'stranger', address: ADDRESS } as const;
  const order = { link: link.hash, hash: await password };
  await acts.writer.run({ name: 'setPassword', caller: stranger, input: order, now });
  return id;
}

/** A session: its id, what is kept of its cookie, and the headers by which a browser of the site shows it. */
export type Session = { id: string; hash: string; headers: Record<string, string> };

/** Opens a session of an account. */
export async function openSession({ acts, clock, url }: Running, account: number): Promise<Session> {
  const secret = createSecret();
  const session = { id: createId(), hash: secret.hash };
  const input = { session, replaces: null, by: { account, password: await password } };
  const caller = { kind: 'stranger', address: ADDRESS } as const;
  await acts.writer.run({ name: 'openSession', caller, input, now: clock.now() });
  return { ...session, headers: { cookie: `ioc_session=${secret.text}`, origin: url } };
}

let addresses = 0;
/** An address that nobody came from before: wrong credentials are slowed down by address. */
export const newAddress = (): string => {
  addresses++;
  return `10.${(addresses >> 16) & 255}.${(addresses >> 8) & 255}.${addresses & 255}`;
};

/** Locks or ends a session as its browser does. */
async function endAs({ ask }: Running, session: Session, standing: Standing): Promise<void> {
  if (standing !== 'locked' && standing !== 'ended') return;
  const headers = { ...session.headers, 'content-type': 'application/json', 'x-forwarded-for': newAddress() };
  const { status } =
    standing === 'locked'
      ? await ask('/api/session/lock', { method: 'POST', headers, body: '{}' })
      : await ask('/api/session', { method: 'DELETE', headers });
  if (status !== 200) throw new Error(`a session is not ${standing}: ${status}`);
}

/** Another session for a person, standing as the first does; what is done to it concerns no other request. */
export async function openAnother(running: Running, asking: Asking): Promise<Session | null> {
  if (asking.account === null || asking.standing === 'disabled') return asking.session;
  const session = await openSession(running, asking.account);
  await endAs(running, session, asking.standing);
  return session;
}

async function hire(
  running: Running,
  name: string,
  grants: Asking['grants'],
  standing: Standing = 'live',
): Promise<Asking> {
  const posts = grants.map(({ role, post }) => ({ role, unit: post }));
  const account = await addAccount(running, name.replaceAll(' ', '-'), posts);
  const session = await openSession(running, account);
  await endAs(running, session, standing);
  const { acts, clock } = running;
  const input = { id: account, isDisabled: true };
  if (standing === 'disabled')
    await acts.writer.run({ name: 'changeAccount', caller: COMMAND, input, now: clock.now() });
  return { name, kind: 'person', standing, grants, headers: session.headers, account, session };
}

async function show(running: Running, kind: 'screen' | 'feed', post: Post): Promise<Asking> {
  const token = await running.token(kind === 'screen' ? 'display' : 'feed', referenceOf(post));
  return {
    ...{ name: `${kind} of ${post}`, kind, standing: 'live', account: null, session: null },
    grants: [{ role: 'viewer', post }],
    headers: { authorization: `Bearer ${token}` },
  };
}

const nobody = (name: string, kind: 'stranger' | 'visitor', grants: Asking['grants']): Asking => ({
  ...{ name, kind, standing: 'live', grants, headers: {}, account: null, session: null },
});

const ROLES: readonly Role[] = ['viewer', 'operator', 'head', 'editor', 'administrator'];

/** Everybody who may come where there are no visitors. */
export async function gatherAskers(running: Running): Promise<Asking[]> {
  const list = [nobody('nobody', 'stranger', [])];
  for (const post of ['own', 'parent', 'predecessor'] as const)
    list.push(await show(running, 'screen', post));
  list.push(await show(running, 'feed', 'own'));
  for (const role of ROLES) list.push(await hire(running, `${role} of own`, [{ role, post: 'own' }]));
  const chief = { role: 'administrator', post: 'parent' } as const;
  list.push(await hire(running, 'administrator of parent', [chief]));
  const both = [
    { role: 'administrator', post: 'own' },
    { role: 'viewer', post: 'far' },
  ] as const;
  list.push(await hire(running, 'administrator of own and viewer of far', both));
  for (const standing of ['locked', 'ended', 'disabled'] as const)
    list.push(await hire(running, `${standing} administrator`, [chief], standing));
  return list;
}

/** Whoever comes to a demo without anything. */
export const visitorOf = (post: Post): Asking => nobody('visitor', 'visitor', [{ role: 'viewer', post }]);

/** The posts whose subtrees somebody may see, as far as he is let in. */
export function postsOf({ kind, standing, grants }: Asking): Post[] {
  return kind === 'feed' || standing !== 'live' ? [] : grants.map(({ post }) => post);
}

/** The posts in whose subtrees somebody has a role, or one of `operator or editor` and the like. */
export const heldBy = ({ kind, standing, grants }: Asking, wanted: string): Post[] =>
  kind === 'person' && standing === 'live'
    ? grants.flatMap(({ role, post }) => (wanted.split(' or ').includes(role) ? [post] : []))
    : [];
