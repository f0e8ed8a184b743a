/** The one order in which told steps count, and which of them stand. The rule in words: docs/events.md. Pure. */
import { isVoid, type Step } from './step.ts';

/** What may follow a status in the national life cycle (domain §3.2); 0 stands for the beginning. */
const FOLLOWERS: Readonly<Record<number, readonly number[]>> = {
  0: [1, 2],
  1: [2, 3, 7],
  2: [4, 5, 6, 7, 8],
  4: [5, 6, 7, 8, 9],
  5: [2, 4, 7, 8],
  6: [4, 7, 8],
  8: [4],
  9: [10],
};

const mayFollow = (reached: number, { status }: Step) =>
  status === reached || (FOLLOWERS[reached]?.includes(status) ?? false);

/** Steps of one instant, in the order told, put in the order of a life that has reached a status. */
function orderInstant(told: readonly Step[], before: number): Step[] {
  const placed: Step[] = [];
  const rest = [...told];
  let reached = before;
  while (rest.length > 0) {
    const legal = rest.findIndex((step) => mayFollow(reached, step));
    const [step] = rest.splice(Math.max(legal, 0), 1);
    if (!step) break;
    const again = placed.findLastIndex(({ status }) => status === step.status);
    if (legal < 0 && (again >= 0 || step.status === before)) {
      placed.splice(again + 1, 0, step);
      continue;
    }
    placed.push(step);
    reached = step.status;
  }
  return placed;
}

const nameOf = ({ status, at }: Step) => `${status} ${at}`;

/** Told steps without those withdrawn, as they count: by instant, within one as a life may go, else in the order told. */
export function orderSteps(told: readonly Step[]): Step[] {
  const withdrawn = new Set(told.filter(isVoid).map(nameOf));
  const left = withdrawn.size === 0 ? told : told.filter((step) => !withdrawn.has(nameOf(step)));
  const sorted = left.toSorted((a, b) => a.at - b.at);
  const ordered: Step[] = [];
  for (let from = 0, to = 0; from < sorted.length; from = to) {
    while (to < sorted.length && sorted[to]?.at === sorted[from]?.at) to++;
    const reached = ordered.at(-1)?.status ?? 0;
    ordered.push(...(to - from > 1 ? orderInstant(sorted.slice(from, to), reached) : sorted.slice(from, to)));
  }
  return ordered;
}

/** Statuses after which a dossier is closed, for good or until it is taken up again. */
export const TERMINAL: ReadonlySet<number> = new Set([3, 7, 8, 9, 10]);
/** Statuses in which the clock rests. */
export const PAUSING: ReadonlySet<number> = new Set([3, 5, 6, 7, 8, 9, 10]);
/** Statuses that only an accepted dossier has: a refusal, a withdrawal or a stop alone accepts nothing. */
const ACCEPTING = new Set([2, 4, 5, 6, 9, 10]);

/** Where the acceptance stands among ordered steps: the last receipt told before anything rests, else the first accepting step. */
export function findAcceptance(ordered: readonly Step[]): number {
  const first = ordered.findIndex(({ status }) => ACCEPTING.has(status));
  if (first < 0) return first;
  let receipt = first;
  for (let index = first; index < ordered.length; index++) {
    const status = ordered[index]?.status ?? 0;
    if (PAUSING.has(status)) break;
    if (status === 2) receipt = index;
  }
  return receipt;
}

/** Whether the ordered step at an index is told again further on, so that the later telling stands instead. */
function isToldAgain(ordered: readonly Step[], index: number, acceptance: number): boolean {
  const status = ordered[index]?.status ?? 0;
  if (status === 2 && index < acceptance) return true;
  if (status === 4) return false;
  for (let later = index + 1; later < ordered.length; later++) {
    const next = ordered[later]?.status ?? 0;
    if (next === status) return true;
    if (next === 1) continue;
    if (!TERMINAL.has(status) || !TERMINAL.has(next)) return false;
  }
  return false;
}

/**
 * The ordered steps that stand: of a step told again the latest telling. Told again is a receipt until something rests,
 * an end until something opens it again, any other status until another follows; 4 again is further work, and stands too.
 */
export function listStanding(ordered: readonly Step[]): Step[] {
  const acceptance = findAcceptance(ordered);
  return ordered.filter((_, index) => !isToldAgain(ordered, index, acceptance));
}
