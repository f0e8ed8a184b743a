/** Answers `watch`: a snapshot, or what came since a number. One question of a socket at a time, many sockets in turns. */
import { Watch, type WatchAnswer } from '../../shared/live.ts';
import { dayOf } from '../../shared/period.ts';
import { AppError } from '../errors.ts';
import type { View } from '../figures/sums.ts';
import { toProblem } from '../http.ts';
import { parseInput } from '../input.ts';
import { getScopedUnit, type ScopedUnit } from '../people/scope.ts';
import { findCommitAt } from '../store/commit-store.ts';
import { isSlow } from './admit.ts';
import { changesSince, listPath, readSnapshot } from './changes.ts';
import type { Encoded } from './encoded.ts';
import { createRoom } from './rooms.ts';
import { type LiveSocket, roomName, type StreamState } from './state.ts';
import { cutOff } from './wire.ts';

/**
 * What the questions of one link may cost within the window; beyond, it is ended. A viewer on a slow line may ask for every
 * frame what it missed (10 a second, each cheap); no screen turns to other units twenty times.
 */
const MOST_COST = 100;
const WINDOW_MS = 10_000;
const costOf = (input: unknown): number =>
  typeof input === 'object' && input !== null && 'since' in input ? 1 : 5;

async function enterRoom(
  { rooms }: StreamState,
  socket: LiveSocket,
  unit: ScopedUnit,
  seq: number,
): Promise<void> {
  const name = roomName(unit);
  for (const other of socket.rooms) if (other !== socket.id && other !== name) await socket.leave(other);
  await socket.join(name);
  if (!rooms.has(unit)) rooms.set(unit, createRoom(unit, seq));
}

/** Whether a viewer that knows everything up to a number starts anew all the same: of another life, tree or day. */
async function mustStartAnew({ reader, clock, site, today }: View, since: number): Promise<boolean> {
  if (since < clock.resetSeq || since > clock.seq) return true;
  const at = await findCommitAt(reader, since);
  return at === undefined || dayOf(at, site.zone) !== today;
}

/** What the viewers of a unit have missed since a number, or all there is; read once for all that ask the same. */
function readAnswer(
  { build, cache }: StreamState,
  view: View,
  { unit, since }: { unit: ScopedUnit; since: number | undefined },
): Promise<Encoded> {
  const { seq } = view.clock;
  if (since === undefined) {
    // Of two viewers of a unit that see the same of what is above it, one snapshot is the other's.
    const path = listPath(view, unit).join('/');
    return cache.get(`${view.today} ${path}`, seq, () => readSnapshot(view, unit, build));
  }
  return cache.get(`${view.today} ${unit} since ${since}`, seq, async () => ({
    ...{ type: 'frame', build, prev: since },
    ...(await changesSince(view, { unit, since })),
  }));
}

async function answerWatch(
  state: StreamState,
  socket: LiveSocket,
  input: unknown,
): Promise<WatchAnswer | Encoded> {
  const { unit: reference, since, build } = parseInput(Watch, input, 'badInput');
  if (!socket.data.viewer) throw new Error('a socket entered without a caller');
  if (build !== undefined && build !== state.build) return { type: 'reload', build: state.build };
  await state.pace();
  const asked = await state.openView(socket.data.viewer.caller);
  const unit = getScopedUnit(asked, reference);
  await enterRoom(state, socket, unit, asked.clock.seq);
  // Looked at again from within the room: what is committed from now on comes as a frame.
  const view = await state.openView(socket.data.viewer.caller);
  if (since !== undefined && (await mustStartAnew(view, since))) return { type: 'reset' };
  return readAnswer(state, view, { unit, since });
}

type Reply = (answer: WatchAnswer) => void;
type Question = { input: unknown; reply: Reply };

const tooMany = (message: string): WatchAnswer => ({
  type: 'failure',
  problem: toProblem(new AppError('tooMany', message)),
});

/** Adds costs up within windows of time; gives the sum. */
function createCounter(clock: () => number): (cost: number) => number {
  let sum = 0;
  let endsAt = 0;
  return (cost) => {
    const now = clock();
    if (now >= endsAt) {
      sum = 0;
      endsAt = now + WINDOW_MS;
    }
    sum += cost;
    return sum;
  };
}

/** Serves the questions of one socket. While one is being answered the newest waits, and takes the place of one that does. */
export function serveWatches(state: StreamState, socket: LiveSocket): void {
  const addCost = createCounter(state.clock);
  let waiting: Question | undefined;
  let isBusy = false;

  const answer = async ({ input, reply }: Question): Promise<void> => {
    try {
      reply((await answerWatch(state, socket, input)) as WatchAnswer);
    } catch (error) {
      const problem = toProblem(error);
      if (problem.status === 500) state.onTrouble(error);
      reply({ type: 'failure', problem });
    }
  };
  const work = async (): Promise<void> => {
    isBusy = true;
    while (waiting && socket.connected) {
      const question = waiting;
      waiting = undefined;
      if (isSlow(socket.conn)) cutOff(socket.conn);
      else await answer(question);
    }
    isBusy = false;
  };

  socket.on('watch', (input, reply) => {
    if (typeof reply !== 'function') return;
    if (addCost(costOf(input)) > MOST_COST) {
      reply(tooMany('Too many questions; wait a moment.'));
      socket.conn.close();
      return;
    }
    waiting?.reply(tooMany('A later question took the place of this one.'));
    waiting = { input, reply };
    if (!isBusy) work().catch(state.onTrouble);
  });
  // Whoever leaves the room that it was let into has no reason to stay.
  socket.on('disconnect', () => socket.conn.close());
}
