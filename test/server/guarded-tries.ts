/** One request, act or question at a time in the guarded world, and what is wrong with what came of it. */
import { AppError } from '../../server/errors.ts';
import { WORKBOOK } from '../../shared/form-wire.ts';
import type { Running } from '../server.ts';
import { ACT_CASES, callerOf, expectDone, type PersonalAct } from './guarded-acts.ts';
import { codeOf, listLeaks, withoutAbove, withoutName } from './guarded-answers.ts';
import { type Asking, newAddress, openAnother, postsOf } from './guarded-callers.ts';
import { expectStatus, isManaging, type Order, type RouteCase, spendVictims } from './guarded-routes.ts';
import type { createWatchman } from './guarded-state.ts';
import { referenceOf, sightOf, type Target, type UnitKey } from './guarded-world.ts';
import { connect, type Link, watch } from './viewers.ts';
import { textOfBook } from './workbook.ts';

/** How much was tried, and how much was given away. */
export const count = { cells: 0, leaks: 0 };

/** Counts a cell, and says what it gave away. */
export function noteCell(leaks: readonly string[]): string[] {
  count.cells++;
  count.leaks += leaks.length;
  return leaks.map((leak) => `leak: ${leak}`);
}

type Watchman = ReturnType<typeof createWatchman>;
type Reply = { status: number; text: string };
export type Cell = { running: Running; asking: Asking; name: string; one: RouteCase; target: Target };

async function send({ url }: Running, order: Order, headers: Record<string, string>): Promise<Reply> {
  const { method = 'GET', body } = order;
  const response = await fetch(url + order.path, {
    method,
    headers: { ...headers, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const isBook = response.headers.get('content-type') === WORKBOOK;
  const text = isBook
    ? await textOfBook(new Uint8Array(await response.arrayBuffer()))
    : await response.text();
  return { status: response.status, text };
}

/** What is wrong with a refusal; `unknown` is the one of a name that nobody has. */
function judgeRefusal(
  { asking, one, target }: Cell,
  text: string,
  [refusal, unknown]: [string, string | null],
) {
  const sight = sightOf(postsOf(asking), target);
  const isHidden = one.by !== 'nothing' && sight === 'none' && one.who !== 'feed';
  const isKnown = one.tellsAbove && sight === 'part';
  const isTold = isHidden && unknown !== null && refusal !== unknown;
  return [
    ...(isTold ? [`not as of an unknown one: ${refusal}`] : []),
    ...(sight !== 'whole' && !isKnown && /Nơi|Place/.test(text) ? ['names a unit'] : []),
  ];
}

/** Asks a route once. `unknown`: how it refused a name that nobody has; `refusal`: how it refused this one. */
export async function tryRoute(
  cell: Cell,
  watchman: Watchman,
  unknown: string | null,
): Promise<{ faults: string[]; refusal: string }> {
  const { running, asking, one, target } = cell;
  const order = one.by === 'nothing' ? one.ask() : await one.ask(running, target);
  const session = one.isOwn ? await openAnother(running, asking) : asking.session;
  const expected = expectStatus(asking, one, target);
  await watchman.note();
  // Whatever shows something wrong is slowed down by its address.
  const address = expected === 401 ? { 'x-forwarded-for': newAddress() } : {};
  const headers = { origin: running.url, ...(session?.headers ?? asking.headers), ...address };
  const { status, text } = await send(running, order, headers);
  const faults = status === expected ? [] : [`${status} instead of ${expected}: ${text.slice(0, 200)}`];
  const refusal = withoutName(text, target, order);
  const isRefused = status >= 400;
  if (isRefused) faults.push(...judgeRefusal(cell, text, [refusal, unknown]));
  if (isRefused && (await watchman.hasChanged())) faults.push('something changed though it was refused');
  if (!isRefused && isManaging(one.who) && one.by !== 'nothing' && !one.isLasting) spendVictims();
  const posts = asking.standing === 'locked' ? asking.grants.map(({ post }) => post) : postsOf(asking);
  const shown = one.tellsAbove && !isRefused ? withoutAbove(posts, text) : text;
  const leaks = listLeaks(running, posts, shown, isRefused ? codeOf(target) : '');
  faults.push(...noteCell(leaks.map((leak) => `${leak} ${excerptOf(shown, leak)}`)));
  return { faults: faults.map((fault) => `${asking.name}: ${cell.name} of ${target}: ${fault}`), refusal };
}

/** Where in an answer something stands. */
function excerptOf(text: string, part: string): string {
  const place = text.indexOf(part);
  return place < 0 ? '' : `in: ${text.slice(Math.max(0, place - 80), place + 80)}`;
}

type ActTry = { running: Running; asking: Asking; name: PersonalAct; target: UnitKey };

/** Asks for an act once. */
export async function tryAct(
  { running, asking, name, target }: ActTry,
  watchman: Watchman,
): Promise<string[]> {
  const one = ACT_CASES[name];
  const session = isManaging(one.who) ? asking.session : await openAnother(running, asking);
  if (!session) throw new Error('a person without a session');
  const input = await one.input({ running, target, session });
  await watchman.note();
  const order = { name, caller: callerOf(running, asking, session), input, now: running.clock.now() };
  const answer: unknown = await running.acts.writer.run(order as never).catch((error: unknown) => error);
  const isDone = !(answer instanceof AppError) && answer !== false;
  const faults = answer instanceof Error && !(answer instanceof AppError) ? [`broke: ${answer.message}`] : [];
  if (isDone !== expectDone(asking, one, target))
    faults.push(isDone ? 'was done' : `was refused: ${String(answer)}`);
  if (!isDone && (await watchman.hasChanged())) faults.push('something changed though it was refused');
  if (isDone && !one.isLasting) spendVictims();
  noteCell([]);
  return faults.map((fault) => `${asking.name}: ${name} in ${target}: ${fault}`);
}

/** A link of somebody; the status of the refusal where it is not let in. */
export async function enter(running: Running, asking: Asking): Promise<Link | number> {
  const { authorization, cookie } = asking.headers;
  const token = authorization?.replace('Bearer ', '');
  const headers = {
    ...(cookie === undefined ? {} : { cookie }),
    ...(postsOf(asking).length > 0 ? {} : { 'x-forwarded-for': newAddress() }),
  };
  return connect(running, token === undefined ? {} : { token }, headers).catch(
    (error: { status: number }) => error.status,
  );
}

/** Asks to watch every unit, one after the other; the first is one that nobody has. */
export async function tryWatches(
  running: Running,
  asking: Asking,
  { link, targets }: { link: Link; targets: readonly Target[] },
): Promise<string[]> {
  const faults: string[] = [];
  let unknown: string | null = null;
  for (const target of targets) {
    running.clock.advance(1000);
    const answer = await watch(link, { unit: referenceOf(target) });
    const status = answer.type === 'failure' ? answer.problem.status : 200;
    const expected = { whole: 200, part: 403, none: 404 }[sightOf(postsOf(asking), target)];
    if (status !== expected) faults.push(`watch of ${target}: ${status} instead of ${expected}`);
    const text = JSON.stringify(answer);
    const refusal = withoutName(text, target, { path: '' });
    unknown ??= refusal;
    if (expected === 404 && refusal !== unknown) faults.push(`watch of ${target}: not as of an unknown one`);
    const leaks = listLeaks(running, postsOf(asking), text, status === 200 ? '' : codeOf(target));
    faults.push(...noteCell(leaks).map((fault) => `watch of ${target}: ${fault}`));
  }
  return faults.map((fault) => `${asking.name}: ${fault}`);
}
